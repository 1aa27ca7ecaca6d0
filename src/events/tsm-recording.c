/* The lines of a recording: a record to its line, and the way back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "events/tsm-recording.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "events/tsm-json-writer.h"
#include "events/tsm-time.h"

#define MAX_DEPTH  32
#define MAX_OFFSET 9007199254740992.0 /* µs: 2⁵³, what a JSON number holds to the last digit; 285 years */

G_DEFINE_QUARK (tsm-recording-error-quark, tsm_recording_error)

/**
 * tsm_record_clear:
 *
 * Frees what @self holds, and leaves it empty.
 */
void
tsm_record_clear (TsmRecord *self)
{
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->pattern, g_free);
  g_clear_pointer (&self->payload, g_bytes_unref);
}

static void
write_bytes (TsmJsonWriter *writer,
             const char    *name,
             const char    *bytes,
             gsize          size,
             gboolean       as_text)
{
  if (as_text)
    {
      g_autofree char *text = g_strndup (bytes != NULL ? bytes : "", size);

      tsm_json_writer_string (writer, name, text);
    }
  else
    {
      g_autofree char *base64_name = g_strconcat (name, "_base64", NULL);
      g_autofree char *base64 = g_base64_encode ((const guchar *) bytes, size);

      tsm_json_writer_string (writer, base64_name, base64);
    }
}

static void
write_name (TsmJsonWriter *writer,
            const char    *name,
            const char    *value)
{
  if (value != NULL)
    write_bytes (writer, name, value, strlen (value), g_utf8_validate (value, -1, NULL));
}

static char *
encode (const TsmRecord *self,
        gboolean         as_text)
{
  g_autofree char *received = tsm_time_format (self->received, FALSE);
  TsmJsonWriter writer;
  gsize size;
  const char *bytes = g_bytes_get_data (self->payload, &size);

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "received", received);
  tsm_json_writer_number (&writer, "offset_us", (double) self->offset);
  write_name (&writer, "channel", self->channel);
  write_name (&writer, "pattern", self->pattern);
  write_bytes (&writer, "payload", bytes, size, as_text);
  tsm_json_writer_end_object (&writer);

  return tsm_json_harden (tsm_json_writer_finish (&writer));
}

/**
 * tsm_record_encode:
 * @self: a record; its offset is at least 0 and below 2⁵³
 * @error: %TSM_RECORDING_ERROR_TOO_LARGE
 *
 * Writes a record as its line. A payload that is UTF-8 stands in Base64 all the same where its escapes would make the line
 * too long. No control character is left in it that could drive a terminal.
 *
 * Returns: (transfer full) (nullable): the line without its newline, of at most %TSM_RECORDING_MAX_LINE bytes
 */
char *
tsm_record_encode (const TsmRecord  *self,
                   GError          **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->payload, &size);
  gboolean as_text = size == 0 || g_utf8_validate_len (bytes, size, NULL);
  g_autofree char *line = NULL;

  if (as_text && size < TSM_RECORDING_MAX_LINE)
    line = encode (self, TRUE);
  if ((line == NULL || strlen (line) > TSM_RECORDING_MAX_LINE) && size < TSM_RECORDING_MAX_LINE)
    {
      g_free (line);
      line = encode (self, FALSE);
    }
  if (line != NULL && strlen (line) <= TSM_RECORDING_MAX_LINE)
    return g_steal_pointer (&line);

  g_set_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_TOO_LARGE,
               _("A message of %lu bytes is too large for a recording."), (gulong) size);
  return NULL;
}

static gboolean
fail (GError     **error,
      const char  *words)
{
  g_set_error_literal (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE, words);
  return FALSE;
}

/* The value of the four hexadecimal digits of an escape, -1 where they are none. */
static int
hex_quad (const char *at,
          const char *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* Whether an escape stands for what no UTF-8 text holds, NUL or half of a pair: the scanner would read another character
 * in its place, and what is replayed would not be what the line says. Our own lines never have them. */
static gboolean
has_lost_character (const char *line,
                    gsize       length)
{
  const char *end = line + length;
  const char *at = line;

  while ((at = memchr (at, '\\', (gsize) (end - at))) != NULL && end - at > 1)
    {
      int value = at[1] == 'u' ? hex_quad (at + 2, end) : 1;
      gboolean pairs = value >= 0xd800 && value < 0xdc00 && end - at > 8 && at[6] == '\\' && at[7] == 'u';
      int low = pairs ? hex_quad (at + 8, end) : 0;

      if (low >= 0xdc00 && low < 0xe000)
        at += 12;
      else if (value == 0 || (value >= 0xd800 && value < 0xe000))
        return TRUE;
      else
        at += 2;
    }

  return FALSE;
}

static const TsmJsonToken *
scan (TsmJson     *json,
      const char  *line,
      gsize        length,
      GError     **error)
{
  TsmJsonError where;

  if (tsm_json_scan (json, line, length, MAX_DEPTH, &where) != TSM_JSON_OK)
    {
      g_set_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE, _("it is no JSON from byte %lu on"),
                   (gulong) where.offset);
      return NULL;
    }
  if (!tsm_json_is (json->tokens, TSM_JSON_OBJECT))
    {
      fail (error, _("it is no JSON object"));
      return NULL;
    }

  return json->tokens;
}

/* g_base64_decode() skips what it does not know; here every byte counts. */
static GBytes *
decode_base64 (const char *text)
{
  gsize size = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &size);
  g_autofree char *again = g_base64_encode (bytes, size);

  return strcmp (text, again) == 0 ? g_bytes_new_take (g_steal_pointer (&bytes), size) : NULL;
}

/* Reads the member @name, or the one in Base64 in its place. Where there is neither, @bytes stays NULL. */
static gboolean
read_bytes (const TsmJson  *json,
            const char     *name,
            GBytes        **bytes,
            GError        **error)
{
  g_autofree char *base64_name = g_strconcat (name, "_base64", NULL);
  const TsmJsonToken *text = tsm_json_member (json, json->tokens, name);
  const TsmJsonToken *base64 = tsm_json_member (json, json->tokens, base64_name);

  if (text == NULL && base64 == NULL)
    return TRUE;

  if (text != NULL && base64 == NULL && text->kind == TSM_JSON_STRING)
    *bytes = g_bytes_new (tsm_json_string (json, text), text->length);
  else if (text == NULL && base64->kind == TSM_JSON_STRING)
    *bytes = decode_base64 (tsm_json_string (json, base64));
  if (*bytes != NULL)
    return TRUE;

  g_set_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE, _("its member “%s” cannot be read"), name);
  return FALSE;
}

static gboolean
read_name (const TsmJson  *json,
           const char     *name,
           char          **value,
           GError        **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  if (!read_bytes (json, name, &bytes, error))
    return FALSE;
  if (bytes == NULL)
    return TRUE;

  data = g_bytes_get_data (bytes, &size);
  if (size > 0 && memchr (data, '\0', size) != NULL)
    return fail (error, _("a channel's name has a NUL in it"));

  *value = g_strndup (data, size);
  return TRUE;
}

static gboolean
read_times (TsmRecord      *self,
            const TsmJson  *json,
            GError        **error)
{
  const TsmJsonToken *received = tsm_json_member (json, json->tokens, "received");
  const TsmJsonToken *offset = tsm_json_member (json, json->tokens, "offset_us");
  double number;

  if (!tsm_json_is (received, TSM_JSON_STRING) || !tsm_time_parse (tsm_json_string (json, received), &self->received))
    return fail (error, _("it does not say when the message was received"));
  if (!tsm_json_is (offset, TSM_JSON_NUMBER))
    return fail (error, _("it does not say how long after the first message it was received"));

  number = tsm_json_double (json, offset);
  if (!(number >= 0 && number < MAX_OFFSET))
    return fail (error, _("it was received at no possible time after the first message"));

  self->offset = (gint64) number;
  return TRUE;
}

static gboolean
read_members (TsmRecord      *self,
              const TsmJson  *json,
              GError        **error)
{
  if (!read_times (self, json, error) || !read_name (json, "channel", &self->channel, error) ||
      !read_name (json, "pattern", &self->pattern, error) || !read_bytes (json, "payload", &self->payload, error))
    return FALSE;

  if (self->channel == NULL)
    return fail (error, _("it does not say on which channel"));
  if (self->payload == NULL)
    return fail (error, _("the message itself is missing"));
  return TRUE;
}

/**
 * tsm_record_decode:
 * @self: an empty record; untouched where FALSE is returned
 * @json: what to scan with, kept from line to line
 * @line: (array length=length): a line without its newline; any bytes
 * @length: at most %TSM_RECORDING_MAX_LINE
 * @error: %TSM_RECORDING_ERROR_BAD_LINE, whose message goes on after "line 7:"
 *
 * Returns: whether it is a record
 */
gboolean
tsm_record_decode (TsmRecord   *self,
                   TsmJson     *json,
                   const char  *line,
                   gsize        length,
                   GError     **error)
{
  g_auto (TsmRecord) record = { 0, 0, NULL, NULL, NULL };

  if (scan (json, line, length, error) == NULL)
    return FALSE;
  if (has_lost_character (line, length))
    return fail (error, _("it has an escape that stands for no character"));
  if (!read_members (&record, json, error))
    return FALSE;

  *self = record;
  record = (TsmRecord) { 0, 0, NULL, NULL, NULL };
  return TRUE;
}

/**
 * tsm_recording_dup_header:
 *
 * Returns: (transfer full): the first line of a recording, without its newline
 */
char *
tsm_recording_dup_header (void)
{
  return g_strdup_printf ("{\"format\":\"" TSM_RECORDING_FORMAT "\",\"version\":%d}", TSM_RECORDING_VERSION);
}

/**
 * tsm_recording_check_header:
 * @line: (array length=length): the first line of a file; any bytes
 * @error: %TSM_RECORDING_ERROR_NOT_A_RECORDING or %TSM_RECORDING_ERROR_VERSION
 *
 * Returns: whether a recording begins like that which tsm_record_decode() can read
 */
gboolean
tsm_recording_check_header (TsmJson     *json,
                            const char  *line,
                            gsize        length,
                            GError     **error)
{
  const TsmJsonToken *root = scan (json, line, length, NULL);
  const TsmJsonToken *format = root != NULL ? tsm_json_member (json, root, "format") : NULL;
  const TsmJsonToken *version = root != NULL ? tsm_json_member (json, root, "version") : NULL;
  double number;

  if (!tsm_json_is (format, TSM_JSON_STRING) || strcmp (tsm_json_string (json, format), TSM_RECORDING_FORMAT) != 0 ||
      !tsm_json_is (version, TSM_JSON_NUMBER))
    {
      g_set_error_literal (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_NOT_A_RECORDING,
                           _("This is no recording: its first line does not say that it is one."));
      return FALSE;
    }

  number = tsm_json_double (json, version);
  if (number == TSM_RECORDING_VERSION)
    return TRUE;

  g_set_error (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_VERSION,
               _("This recording is of version %g, and only version %d is known. A newer program may be able to read it."),
               number, TSM_RECORDING_VERSION);
  return FALSE;
}
