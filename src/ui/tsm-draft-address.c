/* Each part goes through the parser of addresses as the only thing in one, so that the form accepts what a URL may hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-draft-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DATABASE 65535 /* as in tsm_url_parse() */

#define BIT(part) (1u << ((part) - TSM_DRAFT_HOST))
#define ANY       (BIT (TSM_DRAFT_USER) | BIT (TSM_DRAFT_PASSWORD) | BIT (TSM_DRAFT_DATABASE))

static const guint used[TSM_N_DRAFT_TRANSPORTS] = {
  [TSM_DRAFT_TCP]          = ANY | BIT (TSM_DRAFT_HOST) | BIT (TSM_DRAFT_PORT),
  [TSM_DRAFT_TLS]          = ANY | BIT (TSM_DRAFT_HOST) | BIT (TSM_DRAFT_PORT),
  [TSM_DRAFT_UNIX]         = ANY | BIT (TSM_DRAFT_PATH),
  [TSM_DRAFT_SENTINEL]     = ANY | BIT (TSM_DRAFT_SENTINELS) | BIT (TSM_DRAFT_SERVICE),
  [TSM_DRAFT_SENTINEL_TLS] = ANY | BIT (TSM_DRAFT_SENTINELS) | BIT (TSM_DRAFT_SERVICE),
};

gboolean
tsm_draft_address_uses (TsmDraftTransport transport,
                        TsmDraftPart      part)
{
  g_return_val_if_fail (transport < TSM_N_DRAFT_TRANSPORTS, FALSE);

  return part < TSM_DRAFT_HOST || part > TSM_DRAFT_DATABASE || (used[transport] & BIT (part)) != 0;
}

TsmDraftTransport
tsm_draft_address_get_transport (const TsmUrl *url)
{
  if (url->socket_path != NULL)
    return TSM_DRAFT_UNIX;
  if (url->sentinels != NULL)
    return url->tls ? TSM_DRAFT_SENTINEL_TLS : TSM_DRAFT_SENTINEL;

  return url->tls ? TSM_DRAFT_TLS : TSM_DRAFT_TCP;
}

TsmUrl *
tsm_draft_address_new (TsmDraftTransport transport)
{
  TsmUrl *url = g_new0 (TsmUrl, 1);

  url->tls = transport == TSM_DRAFT_TLS || transport == TSM_DRAFT_SENTINEL_TLS;
  url->database = -1;
  return url;
}

static char *
dup_message (const GError *error,
             const char   *otherwise)
{
  return g_strdup (error != NULL ? error->message : otherwise);
}

static char *
apply_host (TsmUrl     *url,
            const char *text)
{
  gboolean is_ipv6 = strchr (text, ':') != NULL && *text != '[';
  g_autofree char *address = g_strdup_printf (is_ipv6 ? "redis://[%s]" : "redis://%s", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmUrl) parsed = NULL;

  if (*text == '\0')
    return g_strdup (_("Enter the name or the address of the server."));
  if (is_ipv6 && strchr (text, ':') == strrchr (text, ':'))
    return g_strdup (_("Enter the port in its own field."));

  parsed = tsm_url_parse (address, &error);
  if (parsed == NULL || parsed->user != NULL || parsed->password != NULL || strpbrk (text, "@/") != NULL
      || parsed->port != TSM_URL_DEFAULT_PORT || strstr (text, "]:") != NULL)
    return dup_message (error, _("This is not a host name."));

  g_free (url->host);
  url->host = g_steal_pointer (&parsed->host);
  return NULL;
}

static char *
apply_port (TsmUrl     *url,
            const char *text)
{
  guint64 number = TSM_URL_DEFAULT_PORT;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return g_strdup (_("The port must be a number from 1 to 65535."));

  url->port = (guint16) number;
  return NULL;
}

static char *
apply_path (TsmUrl     *url,
            const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (text, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  g_autofree char *address = g_strconcat ("unix://", escaped, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmUrl) parsed = *text == '/' ? tsm_url_parse (address, &error) : NULL;

  if (parsed == NULL)
    return dup_message (error, _("The path must be absolute, as in /run/redis/redis.sock."));

  g_free (url->socket_path);
  url->socket_path = g_steal_pointer (&parsed->socket_path);
  return NULL;
}

/* "host:port, host:port": separated by commas, spaces or both. */
static char *
apply_sentinels (TsmUrl     *url,
                 const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  GString *list = g_string_new ("redis+sentinel://");
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmUrl) parsed = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (list, "%s%s", g_str_has_suffix (list->str, "//") ? "" : ",", words[i]);
  g_string_append (list, "/s");
  address = g_string_free (list, FALSE);

  if (text[strspn (text, ", ")] == '\0')
    return g_strdup (_("Enter the sentinels to ask, as in host1:26379, host2:26379."));
  if (strpbrk (text, "@/") == NULL)
    parsed = tsm_url_parse (address, &error);
  if (parsed == NULL)
    return dup_message (error, _("This is not a list of hosts."));

  g_clear_pointer (&url->sentinels, g_ptr_array_unref);
  url->sentinels = g_steal_pointer (&parsed->sentinels);
  return NULL;
}

/* What is percent-encoded in an address, and so may hold anything but control characters. */
static char *
apply_text (char       **place,
            const char  *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (_("It is not UTF-8 text."));
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return g_strdup (_("There is a line break or another control character in it. Remove it."));

  tsm_url_wipe (*place);
  *place = *text != '\0' ? g_strdup (text) : NULL;
  return NULL;
}

static char *
apply_database (TsmUrl     *url,
                const char *text)
{
  guint64 number = 0;

  if (*text != '\0' && !g_ascii_string_to_unsigned (text, 10, 0, MAX_DATABASE, &number, NULL))
    return g_strdup_printf (_("The database must be a number from 0 to %d."), MAX_DATABASE);

  url->database = *text != '\0' ? (int) number : -1;
  return NULL;
}

char *
tsm_draft_address_apply (TsmUrl       *url,
                         TsmDraftPart  part,
                         const char   *text)
{
  gboolean is_word = part == TSM_DRAFT_HOST || part == TSM_DRAFT_PORT || part == TSM_DRAFT_SENTINELS || part == TSM_DRAFT_DATABASE;
  g_autofree char *word = is_word ? g_strstrip (g_strdup (text)) : NULL; /* of what is pasted blanks come along */

  switch (part)
    {
    case TSM_DRAFT_HOST:
      return apply_host (url, word);
    case TSM_DRAFT_PORT:
      return apply_port (url, word);
    case TSM_DRAFT_PATH:
      return apply_path (url, text);
    case TSM_DRAFT_SENTINELS:
      return apply_sentinels (url, word);
    case TSM_DRAFT_SERVICE:
      return *text != '\0' ? apply_text (&url->service, text)
                           : g_strdup (_("Enter the name that the sentinels know the primary by, such as mymaster."));
    case TSM_DRAFT_USER:
      return apply_text (&url->user, text);
    case TSM_DRAFT_PASSWORD:
      return apply_text (&url->password, text);
    case TSM_DRAFT_DATABASE:
      return apply_database (url, word);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
dup_sentinels (const TsmUrl *url)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < url->sentinels->len; i++)
    {
      g_autofree char *endpoint = tsm_endpoint_to_string (g_ptr_array_index (url->sentinels, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", endpoint);
    }

  return g_string_free (text, FALSE);
}

char *
tsm_draft_address_dup_part (const TsmUrl *url,
                            TsmDraftPart  part)
{
  if (!tsm_draft_address_uses (tsm_draft_address_get_transport (url), part))
    return NULL;

  switch (part)
    {
    case TSM_DRAFT_HOST:
      return g_strdup (url->host);
    case TSM_DRAFT_PORT:
      return g_strdup_printf ("%u", url->port);
    case TSM_DRAFT_PATH:
      return g_strdup (url->socket_path);
    case TSM_DRAFT_SENTINELS:
      return dup_sentinels (url);
    case TSM_DRAFT_SERVICE:
      return g_strdup (url->service);
    case TSM_DRAFT_USER:
      return g_strdup (url->user != NULL ? url->user : "");
    case TSM_DRAFT_PASSWORD:
      return g_strdup (url->password);
    case TSM_DRAFT_DATABASE:
      return url->database >= 0 ? g_strdup_printf ("%d", url->database) : g_strdup ("");
    default:
      return NULL;
    }
}
