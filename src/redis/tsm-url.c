/* The parts of a server's address: made, copied, freed so that no password stays behind, and written again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-url.h"

#include <string.h>

/**
 * tsm_endpoint_new:
 * @host: a name or an address; IPv6 without brackets
 * @port: 1–65535
 *
 * Returns: (transfer full): an endpoint
 */
TsmEndpoint *
tsm_endpoint_new (const char *host,
                  guint16     port)
{
  TsmEndpoint *self = g_new (TsmEndpoint, 1);

  self->host = g_strdup (host);
  self->port = port;
  return self;
}

/**
 * tsm_endpoint_free:
 * @self: (transfer full): an endpoint
 *
 * Frees it.
 */
void
tsm_endpoint_free (TsmEndpoint *self)
{
  g_free (self->host);
  g_free (self);
}

/**
 * tsm_endpoint_to_string:
 * @self: an endpoint
 *
 * Returns: (transfer full): `host:port`, an IPv6 address between brackets
 */
char *
tsm_endpoint_to_string (const TsmEndpoint *self)
{
  return g_strdup_printf (strchr (self->host, ':') != NULL ? "[%s]:%u" : "%s:%u", self->host, self->port);
}

/**
 * tsm_url_add_sentinel:
 * @self: an address
 * @sentinel: (transfer full): one more to ask for the primary
 */
void
tsm_url_add_sentinel (TsmUrl      *self,
                      TsmEndpoint *sentinel)
{
  if (self->sentinels == NULL)
    self->sentinels = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_endpoint_free);
  g_ptr_array_add (self->sentinels, sentinel);
}

/**
 * tsm_url_wipe:
 * @secret: (transfer full) (nullable): a string
 *
 * Overwrites @secret and frees it, so that no password stays behind in freed memory.
 */
void
tsm_url_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * tsm_url_copy:
 * @self: an address
 *
 * Returns: (transfer full): an address that is the same
 */
TsmUrl *
tsm_url_copy (const TsmUrl *self)
{
  TsmUrl *copy = g_new0 (TsmUrl, 1);

  *copy = *self;
  copy->host = g_strdup (self->host);
  copy->socket_path = g_strdup (self->socket_path);
  copy->service = g_strdup (self->service);
  copy->user = g_strdup (self->user);
  copy->password = g_strdup (self->password);
  copy->sentinels = NULL;
  for (guint i = 0; self->sentinels != NULL && i < self->sentinels->len; i++)
    {
      const TsmEndpoint *sentinel = g_ptr_array_index (self->sentinels, i);

      tsm_url_add_sentinel (copy, tsm_endpoint_new (sentinel->host, sentinel->port));
    }

  return copy;
}

/**
 * tsm_url_free:
 * @self: (transfer full): an address
 *
 * Frees the address; the password is overwritten first.
 */
void
tsm_url_free (TsmUrl *self)
{
  g_free (self->host);
  g_free (self->socket_path);
  g_free (self->service);
  g_free (self->user);
  g_clear_pointer (&self->sentinels, g_ptr_array_unref);
  tsm_url_wipe (self->password);
  g_free (self);
}

static void
append_credentials (const TsmUrl *self,
                    TsmUrlForm    form,
                    GString      *text)
{
  gboolean masked = self->password != NULL && form == TSM_URL_MASKED;

  if (self->user != NULL)
    g_string_append_uri_escaped (text, self->user, NULL, TRUE);
  if (masked)
    g_string_append (text, ":" TSM_URL_HIDDEN_PASSWORD);
  if (self->user != NULL || masked)
    g_string_append_c (text, '@');
}

static void
append_sentinels (const TsmUrl *self,
                  GString      *text)
{
  for (guint i = 0; i < self->sentinels->len; i++)
    {
      g_autofree char *endpoint = tsm_endpoint_to_string (g_ptr_array_index (self->sentinels, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", endpoint);
    }

  g_string_append_c (text, '/');
  g_string_append_uri_escaped (text, self->service, NULL, TRUE);
}

/**
 * tsm_url_to_string:
 * @self: an address
 * @form: what becomes of the password; there is no form that shows it
 *
 * Returns: (transfer full): an address that tsm_url_parse() takes for the same one, but for the password
 */
char *
tsm_url_to_string (const TsmUrl *self,
                   TsmUrlForm    form)
{
  GString *text = g_string_new (self->socket_path != NULL ? "unix" : self->tls ? "rediss" : "redis");

  g_string_append (text, self->sentinels != NULL ? "+sentinel://" : "://");
  append_credentials (self, form, text);

  if (self->socket_path != NULL)
    g_string_append_uri_escaped (text, self->socket_path, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  else if (self->sentinels != NULL)
    append_sentinels (self, text);
  else
    g_string_append_printf (text, strchr (self->host, ':') != NULL ? "[%s]:%u" : "%s:%u", self->host, self->port);

  if (self->database >= 0)
    g_string_append_printf (text, "%s%d", self->socket_path != NULL ? "?db=" : "/", self->database);

  return g_string_free (text, FALSE);
}
