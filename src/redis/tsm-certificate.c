/* What a person has to know of the certificate that a server showed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-certificate.h"

/* What a pin makes up for: who signed the certificate, and for which name, no longer matters when it is the very one that a
 * person has looked at. That it has run out, or was revoked, still does. */
#define FAULTS_A_PIN_SETTLES (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY)

static char *
make_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *digest = NULL;
  GString *text = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (const char *c = digest; *c != '\0'; c++)
    {
      if (c != digest && (c - digest) % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (*c));
    }

  return g_string_free (text, FALSE);
}

static gint64
to_seconds (GDateTime *time)
{
  gint64 seconds = time != NULL ? g_date_time_to_unix (time) : 0;

  g_clear_pointer (&time, g_date_time_unref);
  return seconds;
}

static void
append_name (GString    *text,
             const char *name)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, name);
}

/* The host names and addresses among its subject's alternative names. */
static char *
make_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) dns = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  GString *text = g_string_new (NULL);

  for (guint i = 0; dns != NULL && i < dns->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (dns, i);
      g_autofree char *name = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      append_name (text, name);
    }
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *address = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      append_name (text, address);
    }

  return g_string_free (text, text->len == 0);
}

static char *
make_valid (char *text)
{
  char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  g_free (text);
  return valid;
}

/**
 * tsm_certificate_new:
 * @certificate: what the server showed
 * @faults: what the check of it found
 *
 * Returns: (transfer full): what is to be known of it
 */
TsmCertificate *
tsm_certificate_new (GTlsCertificate      *certificate,
                     GTlsCertificateFlags  faults)
{
  TsmCertificate *self = g_new0 (TsmCertificate, 1);

  self->fingerprint = make_fingerprint (certificate);
  self->subject = make_valid (g_tls_certificate_get_subject_name (certificate));
  self->issuer = make_valid (g_tls_certificate_get_issuer_name (certificate));
  self->names = make_names (certificate);
  self->not_before = to_seconds (g_tls_certificate_get_not_valid_before (certificate));
  self->not_after = to_seconds (g_tls_certificate_get_not_valid_after (certificate));
  self->faults = faults;
  return self;
}

/**
 * tsm_certificate_copy:
 * @self: a certificate
 *
 * Returns: (transfer full): one that is the same
 */
TsmCertificate *
tsm_certificate_copy (const TsmCertificate *self)
{
  TsmCertificate *copy = g_new (TsmCertificate, 1);

  *copy = *self;
  copy->fingerprint = g_strdup (self->fingerprint);
  copy->subject = g_strdup (self->subject);
  copy->issuer = g_strdup (self->issuer);
  copy->names = g_strdup (self->names);
  return copy;
}

/**
 * tsm_certificate_free:
 * @self: (transfer full): a certificate
 *
 * Frees it.
 */
void
tsm_certificate_free (TsmCertificate *self)
{
  g_free (self->fingerprint);
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->names);
  g_free (self);
}

/**
 * tsm_certificate_can_be_pinned:
 * @self: a certificate
 *
 * Returns: whether the connection would work if a profile pinned it: its only faults are that nobody we trust has signed it,
 *   or that it is for another name
 */
gboolean
tsm_certificate_can_be_pinned (const TsmCertificate *self)
{
  return (self->faults & ~FAULTS_A_PIN_SETTLES) == 0;
}
