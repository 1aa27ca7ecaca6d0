/* The text of the tape: escapes, bounded copies, values and places as people read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-json.h"

#include <math.h>
#include <string.h>

#include "events/tsm-json-writer.h"

#define REPLACEMENT_CHARACTER 0xfffd
#define MAX_PATH              1024 /* bytes, about */
#define MAX_NAME_IN_PATH      256  /* bytes */

static int
hex_quad (const char *text)
{
  int value = 0;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* Reads what follows `\u`. A surrogate without its partner (Python writes them) and NUL, which would end the C string,
 * become U+FFFD. */
static gboolean
unescape_unicode (const char **in,
                  gunichar    *c)
{
  int high = hex_quad (*in);
  int low;

  if (high < 0)
    return FALSE;

  *in += 4;
  *c = (gunichar) high;
  if (high >= 0xd800 && high < 0xdc00 && (*in)[0] == '\\' && (*in)[1] == 'u')
    {
      low = hex_quad (*in + 2);
      if (low >= 0xdc00 && low < 0xe000)
        {
          *in += 6;
          *c = 0x10000 + (((gunichar) high - 0xd800) << 10) + ((gunichar) low - 0xdc00);
        }
    }

  if (*c == 0 || (*c >= 0xd800 && *c < 0xe000))
    *c = REPLACEMENT_CHARACTER;
  return TRUE;
}

/**
 * tsm_json_unescape:
 * @text: the rest of a string, from its first backslash on; changed in place, which never makes it longer
 * @end: (out): the closing quote, or the byte that may not stand there
 *
 * Undoes the escapes up to the closing quote.
 *
 * Returns: the bytes written at @text
 */
gsize
tsm_json_unescape (char  *text,
                   char **end)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char *in = text;
  char *out = text;

  while (*in != '"' && (guchar) *in >= 0x20)
    {
      const char *known;
      gunichar c;

      if (*in != '\\')
        {
          *out++ = *in++;
          continue;
        }

      *end = (char *) in++;
      if (*in == 'u')
        {
          in++;
          if (!unescape_unicode (&in, &c))
            return (gsize) (out - text);
          out += g_unichar_to_utf8 (c, out);
          continue;
        }

      known = *in == '\0' ? NULL : strchr (from, *in);
      if (known == NULL)
        return (gsize) (out - text);
      *out++ = to[known - from];
      in++;
    }

  *end = (char *) in;
  return (gsize) (out - text);
}

/**
 * tsm_json_escaped_offset:
 * @escaped: a string as it stood in the message, from its first character on
 * @offset: byte offset in the same string without escapes
 *
 * Returns: the byte offset of the same place in @escaped
 */
gsize
tsm_json_escaped_offset (const char *escaped,
                         gsize       offset)
{
  const char *at = escaped;
  gsize plain = 0;

  while (plain < offset && *at != '"')
    {
      gunichar c = 0;

      if (*at != '\\')
        {
          at++;
          plain++;
          continue;
        }

      at += 2;
      if (at[-1] == 'u' && unescape_unicode (&at, &c))
        plain += (gsize) g_unichar_to_utf8 (c, NULL);
      else
        plain++;
    }

  return (gsize) (at - escaped);
}

/**
 * tsm_text_dup_bounded:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): the first @max_bytes of @text or a little less, so that no character is cut
 */
char *
tsm_text_dup_bounded (const char *text,
                      gsize       length,
                      gsize       max_bytes)
{
  if (length > max_bytes)
    {
      length = max_bytes;
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
    }

  return g_strndup (text, length);
}

static void
append_value (GString            *out,
              const TsmJson      *self,
              const TsmJsonToken *value,
              gsize               max_bytes)
{
  TsmJsonIter iter;
  const char *separator = "";

  if (out->len > max_bytes)
    return;

  if (value->kind == TSM_JSON_STRING)
    {
      tsm_json_append_string (out, tsm_json_string (self, value));
      return;
    }
  if (value->kind < TSM_JSON_STRING)
    {
      g_string_append_len (out, tsm_json_string (self, value), value->length);
      return;
    }

  g_string_append_c (out, value->kind == TSM_JSON_OBJECT ? '{' : '[');
  tsm_json_iter_init (&iter, self, value);
  while (out->len <= max_bytes && tsm_json_iter_next (&iter))
    {
      g_string_append (out, separator);
      if (iter.key != NULL)
        {
          tsm_json_append_string (out, tsm_json_string (self, iter.key));
          g_string_append_c (out, ':');
        }
      append_value (out, self, iter.value, max_bytes);
      separator = ",";
    }
  g_string_append_c (out, value->kind == TSM_JSON_OBJECT ? '}' : ']');
}

/* 93.40 is shown as 93.4 and 1e3 as 1000; whole numbers stay as they were sent, with all their digits. */
static char *
dup_number (const TsmJson      *self,
            const TsmJsonToken *number)
{
  const char *text = tsm_json_string (self, number);
  double value = tsm_json_double (self, number);
  gboolean whole = strspn (text, "-0123456789") >= number->length;

  if (whole || !isfinite (value))
    return g_strndup (text, number->length);
  return tsm_json_dup_number (value);
}

/**
 * tsm_json_dup_text:
 * @value: a value of any kind
 *
 * Returns: (transfer full): the value as text for people: a string without quotes, a number plainly, what is nested as
 *   compact JSON; at most @max_bytes
 */
char *
tsm_json_dup_text (const TsmJson      *self,
                   const TsmJsonToken *value,
                   gsize               max_bytes)
{
  g_autoptr (GString) out = NULL;
  g_autofree char *number = NULL;

  if (value->kind == TSM_JSON_NUMBER)
    {
      number = dup_number (self, value);
      return tsm_text_dup_bounded (number, strlen (number), max_bytes);
    }
  if (value->kind <= TSM_JSON_STRING)
    return tsm_text_dup_bounded (tsm_json_string (self, value), value->length, max_bytes);

  out = g_string_new (NULL);
  append_value (out, self, value, max_bytes);
  return tsm_text_dup_bounded (out->str, out->len, max_bytes);
}

/**
 * tsm_json_dup_path:
 * @value: a value of the tape
 *
 * Finds the way from the root to @value, so that nobody need keep a path while reading; only findings ask.
 *
 * Returns: (transfer full): member names and element numbers joined by dots, "" for the root
 */
char *
tsm_json_dup_path (const TsmJson      *self,
                   const TsmJsonToken *value)
{
  GString *path = g_string_new (NULL);
  const TsmJsonToken *at = self->tokens;
  guint32 target = (guint32) (value - self->tokens);

  while (at != value && path->len < MAX_PATH)
    {
      TsmJsonIter iter;
      guint element = 0;

      tsm_json_iter_init (&iter, self, at);
      while (tsm_json_iter_next (&iter) && iter.at <= target)
        element++;

      if (path->len > 0)
        g_string_append_c (path, '.');
      if (iter.key != NULL)
        {
          g_autofree char *name = tsm_json_dup_text (self, iter.key, MAX_NAME_IN_PATH);

          g_string_append (path, name);
        }
      else
        g_string_append_printf (path, "%u", element);
      at = iter.value;
    }

  return g_string_free (path, FALSE);
}
