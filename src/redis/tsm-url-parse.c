/* Takes a server's address apart; every part is checked, and no error repeats the password.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-url.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/un.h>

#include "redis/tsm-profile.h"

#define MAX_DATABASE 65535

typedef gboolean (*ParseFunc) (TsmUrl      *self,
                               const char  *rest,
                               GError     **error);

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, TSM_PROFILE_ERROR, TSM_PROFILE_ERROR_SYNTAX, message);
  return FALSE;
}

static gboolean
has_control_characters (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return TRUE;

  return FALSE;
}

/* Percent-decodes one part. "%00" and other control characters are as illegal encoded as they are plain. */
static char *
decode (const char  *start,
        gsize        length,
        GError     **error)
{
  char *plain = g_uri_unescape_segment (start, start + length, NULL);

  if (plain != NULL && !has_control_characters (plain) && g_utf8_validate (plain, -1, NULL))
    return plain;

  tsm_url_wipe (plain);
  fail (error, _("The address has a % that is not followed by two hexadecimal digits of a legal character. "
                 "Write a plain % as %25."));
  return NULL;
}

/* The text up to @length is "user", "user:password" or ":password". */
static gboolean
parse_credentials (TsmUrl      *self,
                   const char  *text,
                   gsize        length,
                   GError     **error)
{
  const char *colon = memchr (text, ':', length);
  gsize user_length = colon != NULL ? (gsize) (colon - text) : length;

  if (user_length > 0)
    {
      self->user = decode (text, user_length, error);
      if (self->user == NULL)
        return FALSE;
    }

  if (colon != NULL && length > user_length + 1)
    {
      self->password = decode (colon + 1, length - user_length - 1, error);
      if (self->password == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_number (const char  *text,
              guint64      min,
              guint64      max,
              guint64     *number)
{
  return g_ascii_string_to_unsigned (text, 10, min, max, number, NULL);
}

static gboolean
parse_database (TsmUrl      *self,
                const char  *text,
                GError     **error)
{
  guint64 number;

  if (*text == '\0')
    return TRUE;

  if (!parse_number (text, 0, MAX_DATABASE, &number))
    return fail (error, _("The database after the host must be a number, as in /0."));

  self->database = (int) number;
  return TRUE;
}

static gboolean
parse_port (TsmUrl      *self,
            const char  *text,
            GError     **error)
{
  guint64 number;

  if (!parse_number (text, 1, G_MAXUINT16, &number))
    return fail (error, _("The port must be a number from 1 to 65535."));

  self->port = (guint16) number;
  return TRUE;
}

static gboolean
is_legal_host (const char *host)
{
  return strpbrk (host, " \"'<>\\^`{|}@#?%") == NULL && g_utf8_validate (host, -1, NULL);
}

/* "[::1]:6379". A scope may follow the address: "fe80::1%eth0". */
static gboolean
parse_bracketed_host (TsmUrl      *self,
                      const char  *text,
                      GError     **error)
{
  const char *end = strchr (text, ']');
  g_autoptr (GSocketAddress) address = NULL;

  if (end == NULL || (end[1] != '\0' && end[1] != ':'))
    return fail (error, _("An IPv6 address must stand between [ and ]."));

  self->host = g_strndup (text + 1, end - text - 1);
  address = g_inet_socket_address_new_from_string (self->host, 0);
  if (address == NULL || g_socket_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return fail (error, _("What stands between [ and ] is not an IPv6 address."));

  return end[1] == '\0' || parse_port (self, end + 2, error);
}

static gboolean
parse_host (TsmUrl      *self,
            const char  *text,
            GError     **error)
{
  const char *colon;

  if (*text == '[')
    return parse_bracketed_host (self, text, error);

  colon = strchr (text, ':');
  self->host = colon != NULL ? g_strndup (text, colon - text) : g_strdup (text);

  if (*self->host == '\0')
    return fail (error, _("The address has no host. Write it as redis://host:port."));
  if (colon != NULL && strchr (colon + 1, ':') != NULL)
    return fail (error, _("An IPv6 address must stand between [ and ]."));
  if (!is_legal_host (self->host))
    return fail (error, _("The host has a character that no host name may have. "
                          "In a user name or password write it as % and two hexadecimal digits."));

  return colon == NULL || parse_port (self, colon + 1, error);
}

/* The last @ ends the credentials, so that an @ in a password need not be encoded. */
static gboolean
parse_tcp (TsmUrl      *self,
           const char  *rest,
           GError     **error)
{
  const char *slash, *at;
  g_autofree char *host = NULL;

  at = strrchr (rest, '@');
  if (at != NULL && !parse_credentials (self, rest, at - rest, error))
    return FALSE;

  rest = at != NULL ? at + 1 : rest;
  slash = strchr (rest, '/');
  host = slash != NULL ? g_strndup (rest, slash - rest) : g_strdup (rest);
  self->port = TSM_URL_DEFAULT_PORT;

  return parse_host (self, host, error) && (slash == NULL || parse_database (self, slash + 1, error));
}

static gboolean
parse_tls (TsmUrl      *self,
           const char  *rest,
           GError     **error)
{
  self->tls = TRUE;
  return parse_tcp (self, rest, error);
}

/* "host:port,host:port" up to @length. Each goes through the same parser as the host of a plain address. */
static gboolean
parse_sentinels (TsmUrl      *self,
                 const char  *text,
                 gsize        length,
                 GError     **error)
{
  g_autofree char *list = g_strndup (text, length);
  g_auto (GStrv) hosts = g_strsplit (list, ",", -1);

  for (guint i = 0; hosts[i] != NULL || i == 0; i++)
    {
      self->port = TSM_URL_DEFAULT_SENTINEL_PORT;
      g_clear_pointer (&self->host, g_free);
      if (!parse_host (self, hosts[i] != NULL ? hosts[i] : "", error))
        return FALSE;

      tsm_url_add_sentinel (self, tsm_endpoint_new (self->host, self->port));
    }

  g_clear_pointer (&self->host, g_free);
  self->port = 0;
  return TRUE;
}

static gboolean
parse_sentinel (TsmUrl      *self,
                const char  *rest,
                GError     **error)
{
  const char *at = strrchr (rest, '@');
  const char *slash, *second;

  if (at != NULL && !parse_credentials (self, rest, at - rest, error))
    return FALSE;

  rest = at != NULL ? at + 1 : rest;
  slash = strchr (rest, '/');
  if (slash == NULL || slash[1] == '\0' || slash[1] == '/')
    return fail (error, _("After the sentinels the name of the service must follow, as in "
                          "redis+sentinel://host1,host2/mymaster."));
  if (!parse_sentinels (self, rest, slash - rest, error))
    return FALSE;

  second = strchr (slash + 1, '/');
  self->service = decode (slash + 1, second != NULL ? (gsize) (second - slash - 1) : strlen (slash + 1), error);
  return self->service != NULL && (second == NULL || parse_database (self, second + 1, error));
}

static gboolean
parse_sentinel_tls (TsmUrl      *self,
                    const char  *rest,
                    GError     **error)
{
  self->tls = TRUE;
  return parse_sentinel (self, rest, error);
}

static gboolean
parse_unix_query (TsmUrl      *self,
                  const char  *query,
                  GError     **error)
{
  if (!g_str_has_prefix (query, "db="))
    return fail (error, _("After the path of a Unix socket only ?db= and a number may follow."));

  return parse_database (self, query + strlen ("db="), error);
}

static gboolean
parse_unix (TsmUrl      *self,
            const char  *rest,
            GError     **error)
{
  const char *slash = strstr (rest, "@/");
  const char *query;

  if (*rest != '/' && slash != NULL)
    {
      if (!parse_credentials (self, rest, slash - rest, error))
        return FALSE;
      rest = slash + 1;
    }

  if (*rest != '/' || rest[1] == '\0')
    return fail (error, _("The path of a Unix socket must be absolute, as in unix:///run/redis.sock."));

  query = strchr (rest, '?');
  self->socket_path = decode (rest, query != NULL ? (gsize) (query - rest) : strlen (rest), error);
  if (self->socket_path == NULL)
    return FALSE;
  if (strlen (self->socket_path) >= sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return fail (error, _("The path of a Unix socket may have at most 107 bytes."));

  return query == NULL || parse_unix_query (self, query + 1, error);
}

static gboolean
parse_path (TsmUrl      *self,
            const char  *rest,
            GError     **error)
{
  if (rest[1] == '\0')
    return fail (error, _("The path of a Unix socket must be absolute, as in unix:///run/redis.sock."));
  if (strlen (rest) >= sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return fail (error, _("The path of a Unix socket may have at most 107 bytes."));

  self->socket_path = g_strdup (rest);
  return TRUE;
}

static gboolean
refuse_scheme (GError **error)
{
  g_set_error_literal (error, TSM_PROFILE_ERROR, TSM_PROFILE_ERROR_SCHEME,
                       _("The address must begin with redis://, rediss://, unix:// or redis+sentinel://."));
  return FALSE;
}

static const struct
{
  const char *prefix;
  ParseFunc   parse;
} schemes[] = {
  { "redis://", parse_tcp },
  { "unix://", parse_unix },
  { "rediss://", parse_tls },
  { "redis+sentinel://", parse_sentinel },
  { "rediss+sentinel://", parse_sentinel_tls },
};

static gboolean
parse_any (TsmUrl      *self,
           const char  *text,
           GError     **error)
{
  const char *first_slash = strchr (text, '/');
  const char *scheme_end = strstr (text, "://");

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (text, schemes[i].prefix, strlen (schemes[i].prefix)) == 0)
      return schemes[i].parse (self, text + strlen (schemes[i].prefix), error);

  if (text == first_slash)
    return parse_path (self, text, error);
  if (scheme_end != NULL && scheme_end + 1 == first_slash)
    return refuse_scheme (error);

  return parse_tcp (self, text, error);
}

/**
 * tsm_url_parse:
 * @text: an address: `redis://…`, `rediss://…`, `unix://…`, `redis+sentinel://…`, `host`, `host:port` or an absolute path; at
 *   most 2048 bytes
 * @error: return location for a #TsmProfileError
 *
 * Takes an address apart. User name, password and path of a Unix socket are percent-decoded.
 *
 * Returns: (transfer full) (nullable): the parts
 */
TsmUrl *
tsm_url_parse (const char  *text,
               GError     **error)
{
  g_autoptr (TsmUrl) self = g_new0 (TsmUrl, 1);
  gboolean ok;

  g_return_val_if_fail (text != NULL, NULL);

  self->database = -1;

  if (strlen (text) > TSM_URL_MAX_LENGTH)
    ok = fail (error, _("The address is too long; it may have at most 2048 characters."));
  else if (*text == '\0')
    ok = fail (error, _("The address is empty. Write it as redis://host:port."));
  else if (!g_utf8_validate (text, -1, NULL))
    ok = fail (error, _("The address is not UTF-8 text. Write other bytes as % and two hexadecimal digits."));
  else if (has_control_characters (text))
    ok = fail (error, _("The address has a line break or another control character in it. Remove it."));
  else
    ok = parse_any (self, text, error);

  return ok ? g_steal_pointer (&self) : NULL;
}
