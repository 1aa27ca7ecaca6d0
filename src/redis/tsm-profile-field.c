/* The fields of a profile: one table of what each is called, may hold, and holds at first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-profile-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME    80  /* characters */
#define MAX_TEXT    256 /* characters */
#define MAX_PATH    4096
#define PIN_DIGITS  64  /* hexadecimal, of SHA-256 */

/* (transfer full): @text as it is kept, or NULL with @error set */
typedef char *(*CheckFunc) (const char  *text,
                            GError     **error);

static char *
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, TSM_PROFILE_ERROR, TSM_PROFILE_ERROR_VALUE, message);
  return NULL;
}

static gboolean
has_control_characters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

static char *
check_length (const char  *text,
              glong        max,
              GError     **error)
{
  g_autofree char *message = NULL;

  if (has_control_characters (text))
    return refuse (error, _("There is a line break or another control character in it. Remove it."));
  if (g_utf8_strlen (text, -1) <= max)
    return g_strstrip (g_strdup (text));

  message = g_strdup_printf (_("It is too long; it may have at most %ld characters."), max);
  return refuse (error, message);
}

static char *
check_text (const char  *text,
            GError     **error)
{
  return check_length (text, MAX_TEXT, error);
}

static char *
check_name (const char  *text,
            GError     **error)
{
  return check_length (text, MAX_NAME, error);
}

static char *
check_colour (const char  *text,
              GError     **error)
{
  g_autofree char *list = NULL;
  g_autofree char *message = NULL;

  if (g_strv_contains (tsm_profile_get_colours (), text))
    return g_strdup (text);

  list = g_strjoinv (", ", (char **) tsm_profile_get_colours ());
  message = g_strdup_printf (_("There is no such colour. Known are: %s."), list);
  return refuse (error, message);
}

static char *
check_path (const char  *text,
            GError     **error)
{
  g_autofree char *path = check_length (text, MAX_PATH, error);

  if (path == NULL || *path == '\0' || g_path_is_absolute (path))
    return g_steal_pointer (&path);

  return refuse (error, _("The path of a file must be absolute, as in /etc/ssl/redis-ca.pem."));
}

static char *
check_host (const char  *text,
            GError     **error)
{
  g_autofree char *host = check_length (text, MAX_TEXT, error);

  if (host == NULL || strpbrk (host, " /@?#") == NULL)
    return g_steal_pointer (&host);

  return refuse (error, _("This is not a host name."));
}

/* Accepts what programs print: with colons, spaces or neither, and "SHA256:" before it, or "sha256 Fingerprint=", as of openssl. Kept
 * as "AB:CD:…". */
static char *
check_pin (const char  *text,
           GError     **error)
{
  static const char * const prefixes[] = { "SHA256:", "SHA256 Fingerprint=" };
  GString *pin = g_string_new (NULL);
  guint n_digits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (text, prefixes[i], strlen (prefixes[i])) == 0)
      text += strlen (prefixes[i]);

  for (; *text != '\0'; text++)
    {
      if (*text == ':' || *text == ' ')
        continue;
      if (!g_ascii_isxdigit (*text))
        break;

      if (n_digits > 0 && n_digits % 2 == 0)
        g_string_append_c (pin, ':');
      g_string_append_c (pin, g_ascii_toupper (*text));
      n_digits++;
    }

  if (*text == '\0' && (n_digits == 0 || n_digits == PIN_DIGITS))
    return g_string_free (pin, FALSE);

  g_string_free (pin, TRUE);
  return refuse (error, _("A fingerprint is the SHA-256 of the certificate: 64 hexadecimal digits, with or without colons."));
}

static const struct
{
  const char     *key;
  TsmProfileKind  kind;
  CheckFunc       check;   /* of texts that are stored as they are */
  guint           initial; /* of numbers and booleans */
  guint           min;
  guint           max;
} fields[] = {
  [TSM_PROFILE_NAME] = { "name", TSM_PROFILE_TEXT, check_name },
  [TSM_PROFILE_COLOUR] = { "colour", TSM_PROFILE_TEXT, check_colour },
  [TSM_PROFILE_URL] = { "url", TSM_PROFILE_TEXT },
  [TSM_PROFILE_CHANNELS] = { "channels", TSM_PROFILE_LIST },
  [TSM_PROFILE_CONTROL_CHANNEL] = { "control-channel", TSM_PROFILE_TEXT, check_text },
  [TSM_PROFILE_READ_ONLY] = { "read-only", TSM_PROFILE_BOOLEAN, NULL, FALSE, FALSE, TRUE },
  [TSM_PROFILE_REQUESTED_BY] = { "requested-by", TSM_PROFILE_TEXT, check_name },
  [TSM_PROFILE_TLS_CA_FILE] = { "tls-ca-file", TSM_PROFILE_TEXT, check_path },
  [TSM_PROFILE_TLS_CERTIFICATE_FILE] = { "tls-certificate-file", TSM_PROFILE_TEXT, check_path },
  [TSM_PROFILE_TLS_KEY_FILE] = { "tls-key-file", TSM_PROFILE_TEXT, check_path },
  [TSM_PROFILE_TLS_SERVER_NAME] = { "tls-server-name", TSM_PROFILE_TEXT, check_host },
  [TSM_PROFILE_TLS_PIN] = { "tls-pin", TSM_PROFILE_TEXT, check_pin },
  [TSM_PROFILE_CONNECT_TIMEOUT] = { "connect-timeout-ms", TSM_PROFILE_NUMBER, NULL, 5000, 100, 120000 },
  [TSM_PROFILE_REPLY_TIMEOUT] = { "reply-timeout-ms", TSM_PROFILE_NUMBER, NULL, 5000, 100, 120000 },
  [TSM_PROFILE_KEEP_ALIVE] = { "keep-alive-s", TSM_PROFILE_NUMBER, NULL, 5, 1, 3600 },
  [TSM_PROFILE_USER_TIMEOUT] = { "user-timeout-ms", TSM_PROFILE_NUMBER, NULL, 14000, 1000, 600000 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == TSM_N_PROFILE_FIELDS);

/**
 * tsm_profile_field_get_key:
 * @field: a field
 *
 * Returns: its name in keyfiles and JSON, not translated
 */
const char *
tsm_profile_field_get_key (TsmProfileField field)
{
  g_return_val_if_fail (field < TSM_N_PROFILE_FIELDS, NULL);

  return fields[field].key;
}

/**
 * tsm_profile_field_get_kind:
 * @field: a field
 *
 * Returns: how its text is read
 */
TsmProfileKind
tsm_profile_field_get_kind (TsmProfileField field)
{
  g_return_val_if_fail (field < TSM_N_PROFILE_FIELDS, TSM_PROFILE_TEXT);

  return fields[field].kind;
}

/**
 * tsm_profile_field_from_key:
 * @key: a name
 * @field: (out): the field of that name
 *
 * Returns: %FALSE when there is none
 */
gboolean
tsm_profile_field_from_key (const char      *key,
                            TsmProfileField *field)
{
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    if (strcmp (fields[i].key, key) == 0)
      {
        *field = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * tsm_profile_get_colours:
 *
 * Returns: (array zero-terminated=1): the colours a profile may have, "none" first
 */
const char * const *
tsm_profile_get_colours (void)
{
  static const char * const colours[] = { "none", "blue", "green", "yellow", "orange", "red", "purple", "brown", NULL };

  return colours;
}

/* Every field but the address as a new profile has it. */
void
tsm_profile_set_defaults (TsmProfile *self)
{
  const char *channels[] = { TSM_PROFILE_DEFAULT_CHANNEL, TSM_PROFILE_ERRORS_CHANNEL, NULL };

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    self->numbers[i] = fields[i].initial;
  self->texts[TSM_PROFILE_COLOUR] = g_strdup (tsm_profile_get_colours ()[0]);
  tsm_profile_set_channels (self, channels);
}

/* A password in @text becomes ours; where it has none, or the one that hides it, ours stays. */
static gboolean
set_url (TsmProfile  *self,
         const char  *text,
         GError     **error)
{
  TsmUrl *url = tsm_url_parse (text, error);

  if (url == NULL)
    return FALSE;

  if (g_strcmp0 (url->password, TSM_URL_HIDDEN_PASSWORD) == 0)
    g_clear_pointer (&url->password, tsm_url_wipe);
  if (url->password == NULL && self->url != NULL)
    url->password = g_steal_pointer (&self->url->password);

  g_clear_pointer (&self->url, tsm_url_free);
  self->url = url;
  return TRUE;
}

static gboolean
set_list (TsmProfile  *self,
          const char  *text,
          GError     **error)
{
  g_autofree char *checked = check_length (text, MAX_PATH, error);
  g_auto (GStrv) words = NULL;

  if (checked == NULL)
    return FALSE;
  if (checked[strspn (checked, " ,")] == '\0')
    return refuse (error, _("At least one channel is needed, such as tickstock:monitoring.")) != NULL;

  words = g_strsplit_set (checked, " ,", -1);
  tsm_profile_set_channels (self, (const char * const *) words);
  return TRUE;
}

static gboolean
set_number (TsmProfile       *self,
            TsmProfileField   field,
            const char       *text,
            GError          **error)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (text, 10, fields[field].min, fields[field].max, &number, NULL))
    {
      self->numbers[field] = (guint) number;
      return TRUE;
    }

  g_set_error (error, TSM_PROFILE_ERROR, TSM_PROFILE_ERROR_VALUE, _("It must be a whole number from %u to %u."),
               fields[field].min, fields[field].max);
  return FALSE;
}

static gboolean
set_boolean (TsmProfile       *self,
             TsmProfileField   field,
             const char       *text,
             GError          **error)
{
  gboolean value = strcmp (text, "true") == 0;

  if (!value && strcmp (text, "false") != 0)
    return refuse (error, _("It must be true or false.")) != NULL;

  self->numbers[field] = value;
  return TRUE;
}

/* @text: (transfer full) (nullable): what is legal for a field of kind TEXT */
void
tsm_profile_take_text (TsmProfile      *self,
                       TsmProfileField  field,
                       char            *text)
{
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);

  g_free (self->texts[field]);
  self->texts[field] = text;
}

/**
 * tsm_profile_set_text:
 * @self: a profile
 * @field: which field
 * @text: its value as text, see #TsmProfileKind
 * @error: return location for a #TsmProfileError, whose message says what the field may hold, and never has the password
 *
 * Sets a field, if @text is legal there; otherwise it stays as it is. A password in an address becomes the profile's;
 * an address without one, or with `***`, leaves the password as it is.
 *
 * Returns: %FALSE with @error set where it is not legal
 */
gboolean
tsm_profile_set_text (TsmProfile       *self,
                      TsmProfileField   field,
                      const char       *text,
                      GError          **error)
{
  char *checked;

  g_return_val_if_fail (TSM_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (field < TSM_N_PROFILE_FIELDS, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, _("It is not UTF-8 text.")) != NULL;

  switch (fields[field].kind)
    {
    case TSM_PROFILE_LIST:
      return set_list (self, text, error);
    case TSM_PROFILE_NUMBER:
      return set_number (self, field, text, error);
    case TSM_PROFILE_BOOLEAN:
      return set_boolean (self, field, text, error);
    case TSM_PROFILE_TEXT:
    default:
      break;
    }

  if (field == TSM_PROFILE_URL)
    return set_url (self, text, error);

  checked = fields[field].check (text, error);
  if (checked == NULL)
    return FALSE;

  tsm_profile_take_text (self, field, checked);
  return TRUE;
}

/**
 * tsm_profile_dup_text:
 * @self: a profile
 * @field: which field
 *
 * Returns: (transfer full): the field as tsm_profile_set_text() takes it; the address is without its password
 */
char *
tsm_profile_dup_text (TsmProfile      *self,
                      TsmProfileField  field)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), NULL);
  g_return_val_if_fail (field < TSM_N_PROFILE_FIELDS, NULL);

  switch (fields[field].kind)
    {
    case TSM_PROFILE_LIST:
      return g_strjoinv (" ", self->channels);
    case TSM_PROFILE_NUMBER:
      return g_strdup_printf ("%u", self->numbers[field]);
    case TSM_PROFILE_BOOLEAN:
      return g_strdup (self->numbers[field] ? "true" : "false");
    case TSM_PROFILE_TEXT:
    default:
      break;
    }

  if (field == TSM_PROFILE_URL)
    return tsm_url_to_string (self->url, TSM_URL_BARE);

  return g_strdup (self->texts[field] != NULL ? self->texts[field] : "");
}

/**
 * tsm_profile_is_default:
 * @self: a profile
 * @field: which field
 *
 * Returns: whether the field holds what a new profile has there, so that it need not be written down
 */
gboolean
tsm_profile_is_default (TsmProfile      *self,
                        TsmProfileField  field)
{
  g_autoptr (TsmProfile) fresh = tsm_profile_new ();
  g_autofree char *ours = tsm_profile_dup_text (self, field);
  g_autofree char *theirs = tsm_profile_dup_text (fresh, field);

  return strcmp (ours, theirs) == 0;
}

/**
 * tsm_profile_get_number:
 * @self: a profile
 * @field: one of kind %TSM_PROFILE_NUMBER
 *
 * Returns: its value, in the unit of its key: ms, or s for %TSM_PROFILE_KEEP_ALIVE
 */
guint
tsm_profile_get_number (TsmProfile      *self,
                        TsmProfileField  field)
{
  g_return_val_if_fail (TSM_IS_PROFILE (self), 0);
  g_return_val_if_fail (field < TSM_N_PROFILE_FIELDS && fields[field].kind == TSM_PROFILE_NUMBER, 0);

  return self->numbers[field];
}
