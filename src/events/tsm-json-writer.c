/* The writer of compact JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-json-writer.h"

#include <math.h>
#include <string.h>

/**
 * tsm_json_append_string:
 * @text: valid UTF-8
 *
 * Appends @text as a JSON string, with its quotes. Only what must be escaped is.
 */
void
tsm_json_append_string (GString    *out,
                        const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *at);
        }
      else if (*at == '\n')
        {
          g_string_append (out, "\\n");
        }
      else if ((guchar) *at < 0x20)
        {
          g_string_append_printf (out, "\\u%04x", (guint) *at);
        }
      else
        {
          g_string_append_c (out, *at);
        }
    }
  g_string_append_c (out, '"');
}

/**
 * tsm_json_dup_number:
 * @value: a finite number
 *
 * Returns: (transfer full): the shortest decimal that reads back to @value, without an exponent where it is whole and
 *   below 10¹⁸
 */
char *
tsm_json_dup_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (fabs (value) < 1e18 && floor (value) == value)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) value);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }

  return g_strdup (text);
}

static void
begin_value (TsmJsonWriter *self,
             const char    *name)
{
  if (self->separate)
    g_string_append_c (self->out, ',');
  self->separate = TRUE;

  if (name != NULL)
    {
      tsm_json_append_string (self->out, name);
      g_string_append_c (self->out, ':');
    }
}

/**
 * tsm_json_writer_init:
 *
 * Starts an empty text. End it with tsm_json_writer_finish().
 */
void
tsm_json_writer_init (TsmJsonWriter *self)
{
  self->out = g_string_sized_new (512);
  self->separate = FALSE;
}

/**
 * tsm_json_writer_finish:
 *
 * Returns: (transfer full): the text
 */
char *
tsm_json_writer_finish (TsmJsonWriter *self)
{
  return g_string_free (g_steal_pointer (&self->out), FALSE);
}

void
tsm_json_writer_begin_object (TsmJsonWriter *self,
                              const char    *name)
{
  begin_value (self, name);
  g_string_append_c (self->out, '{');
  self->separate = FALSE;
}

void
tsm_json_writer_end_object (TsmJsonWriter *self)
{
  g_string_append_c (self->out, '}');
  self->separate = TRUE;
}

void
tsm_json_writer_begin_array (TsmJsonWriter *self,
                             const char    *name)
{
  begin_value (self, name);
  g_string_append_c (self->out, '[');
  self->separate = FALSE;
}

void
tsm_json_writer_end_array (TsmJsonWriter *self)
{
  g_string_append_c (self->out, ']');
  self->separate = TRUE;
}

void
tsm_json_writer_string (TsmJsonWriter *self,
                        const char    *name,
                        const char    *value)
{
  if (value == NULL)
    return;

  begin_value (self, name);
  tsm_json_append_string (self->out, value);
}

void
tsm_json_writer_number (TsmJsonWriter *self,
                        const char    *name,
                        double         value)
{
  g_autofree char *text = NULL;

  if (!isfinite (value))
    return;

  text = tsm_json_dup_number (value);
  tsm_json_writer_raw (self, name, text);
}

void
tsm_json_writer_boolean (TsmJsonWriter *self,
                         const char    *name,
                         gboolean       value)
{
  tsm_json_writer_raw (self, name, value ? "true" : "false");
}

void
tsm_json_writer_strings (TsmJsonWriter  *self,
                         const char     *name,
                         char          **values)
{
  if (values == NULL)
    return;

  tsm_json_writer_begin_array (self, name);
  for (gsize i = 0; values[i] != NULL; i++)
    tsm_json_writer_string (self, NULL, values[i]);
  tsm_json_writer_end_array (self);
}

/**
 * tsm_json_writer_raw:
 * @json: a value as it shall stand in the text
 *
 * Writes a member whose value is JSON already.
 */
void
tsm_json_writer_raw (TsmJsonWriter *self,
                     const char    *name,
                     const char    *json)
{
  begin_value (self, name);
  g_string_append (self->out, json);
}

/**
 * tsm_json_harden:
 * @json: (transfer full): a JSON text
 *
 * Writes DEL and the C1 control characters, which JSON lets stand in strings, as `\u009b`: a terminal may obey them.
 *
 * Returns: (transfer full): the text, most often the same
 */
char *
tsm_json_harden (char *json)
{
  const char *done = json;
  GString *out = NULL;

  for (const char *at = json; *at != '\0'; at++)
    {
      guchar byte = at[0], next = at[1];
      gboolean is_c1 = byte == 0xc2 && next >= 0x80 && next < 0xa0;

      if (byte != 0x7f && !is_c1)
        continue;

      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_len (out, done, at - done);
      g_string_append_printf (out, "\\u%04x", is_c1 ? next : byte);
      at += is_c1;
      done = at + 1;
    }

  if (out == NULL)
    return json;

  g_string_append (out, done);
  g_free (json);
  return g_string_free (out, FALSE);
}
