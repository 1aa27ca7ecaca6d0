/* An event as a publisher that gets it wrong would send it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-sim-bytes.h"

#include <string.h>

#include "events/tsm-json-writer.h"

static GBytes *
take_string (GString *string)
{
  gsize length = string->len;

  return g_bytes_new_take (g_string_free (string, FALSE), length);
}

GBytes *
tsm_sim_bytes_python (const char *text)
{
  GString *out = g_string_new (text);

  g_string_replace (out, "\"", "'", 0);
  return take_string (out);
}

GBytes *
tsm_sim_bytes_twice (const char *text)
{
  GString *out = g_string_new (NULL);

  tsm_json_append_string (out, text);
  return take_string (out);
}

GBytes *
tsm_sim_bytes_gzip (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  /* into memory, where nothing can fail */
  g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Protocol 4 (PEP 3154): PROTO, FRAME and its length, BINUNICODE and its length, MEMOIZE, STOP. */
GBytes *
tsm_sim_bytes_pickle (const char *text)
{
  GByteArray *out = g_byte_array_new ();
  guint32 length = (guint32) strlen (text);
  guint32 little_length = GUINT32_TO_LE (length);
  guint64 little_frame = GUINT64_TO_LE ((guint64) length + 7);

  g_byte_array_append (out, (const guint8 *) "\x80\x04\x95", 3);
  g_byte_array_append (out, (const guint8 *) &little_frame, sizeof little_frame);
  g_byte_array_append (out, (const guint8 *) "X", 1);
  g_byte_array_append (out, (const guint8 *) &little_length, sizeof little_length);
  g_byte_array_append (out, (const guint8 *) text, length);
  g_byte_array_append (out, (const guint8 *) "\x94.", 2);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
tsm_sim_bytes_other_key (const char *text)
{
  GString *out = g_string_new (text);

  if (g_string_replace (out, "\"event_type\":", "\"kind\":", 1) == 0)
    g_string_replace (out, "\"event\":", "\"kind\":", 1);

  return take_string (out);
}

/* From the first quote of a string to behind its last. */
static const char *
skip_string (const char *at)
{
  for (at++; *at != '"' && *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
    }

  return *at == '"' ? at + 1 : at;
}

GBytes *
tsm_sim_bytes_words (const char *text)
{
  GString *out = g_string_sized_new (2 * strlen (text));
  const char *at = text;

  while (*at != '\0')
    {
      const char *end = *at == '"' ? skip_string (at) : at + 1;
      gboolean is_number = g_ascii_isdigit (*at) || *at == '-';

      while (is_number && strchr ("+-.0123456789Ee", *end) != NULL && *end != '\0')
        end++;

      g_string_append (out, is_number ? "\"" : "");
      g_string_append_len (out, at, end - at);
      g_string_append (out, is_number ? " units\"" : "");
      at = end;
    }

  return take_string (out);
}
