/* Bounding, folding and dumping of text that others wrote.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define ELLIPSIS "…"
#define HEX_ROW 8 /* bytes in a row of the dump: fits beside a list */

/**
 * tsm_event_text_dup_line:
 * @text: (nullable): any bytes
 * @max_chars: most characters to keep, at least 1
 *
 * Control characters, line breaks among them, become spaces, and bytes that are not UTF-8 become U+FFFD. What is cut off is
 * marked by an ellipsis. No more of @text is read than is kept.
 *
 * Returns: (transfer full): valid UTF-8 on one line
 */
char *
tsm_event_text_dup_line (const char *text,
                         gsize       max_chars)
{
  GString *line = g_string_new (NULL);
  const char *p = text != NULL ? text : "";

  for (gsize n = 0; *p != '\0'; n++)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);
      gboolean is_char = (gint32) c >= 0;

      if (n == max_chars)
        {
          g_string_append (line, ELLIPSIS);
          break;
        }
      if (!is_char)
        g_string_append (line, "\xef\xbf\xbd");
      else if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        g_string_append_c (line, ' ');
      else
        g_string_append_unichar (line, c);
      p = is_char ? g_utf8_next_char (p) : p + 1;
    }

  return g_string_free (line, FALSE);
}

static void
append_hex_row (GString      *dump,
                const guchar *bytes,
                gsize         offset,
                gsize         n)
{
  g_string_append_printf (dump, "%06" G_GSIZE_MODIFIER "x ", offset);
  for (gsize i = 0; i < HEX_ROW; i++)
    {
      if (i < n)
        g_string_append_printf (dump, " %02x", bytes[offset + i]);
      else
        g_string_append (dump, "   ");
    }
  g_string_append (dump, "  ");
  for (gsize i = 0; i < n; i++)
    g_string_append_c (dump, g_ascii_isprint (bytes[offset + i]) ? (char) bytes[offset + i] : '.');
  g_string_append_c (dump, '\n');
}

/* Line breaks and tabs stay; a long line is broken, since one paragraph is laid out in one go. */
static void
append_text (GString    *out,
             const char *text,
             gsize       size)
{
  gsize column = 0;

  for (const char *p = text; p < text + size; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (column == TSM_EVENT_TEXT_LINE)
        {
          g_string_append_c (out, '\n');
          column = 0;
        }
      column = c == '\n' ? 0 : column + 1;
      if (c == '\n' || c == '\t')
        g_string_append_c (out, (char) c);
      else if (g_unichar_iscntrl (c))
        g_string_append_unichar (out, c < 0x20 ? 0x2400 + c : 0x2421); /* control pictures */
      else
        g_string_append_unichar (out, c);
    }
}

/* Valid UTF-8 but for a character that the cut may have halved. */
static gboolean
is_text (const char *bytes,
         gsize       shown,
         gsize       size,
         gsize      *text_size)
{
  const char *end;
  gboolean valid = g_utf8_validate_len (bytes, shown, &end);

  *text_size = (gsize) (end - bytes);

  return valid || (shown < size && shown - *text_size < 4);
}

/**
 * tsm_event_text_dup_raw:
 * @bytes: (nullable): a message as it arrived
 * @size: bytes
 * @max_bytes: how many of them to show
 *
 * Valid UTF-8 is shown as text, with lines longer than TSM_EVENT_TEXT_LINE characters broken; anything else as a hex dump.
 * A last line says how much was cut off.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
tsm_event_text_dup_raw (const char *bytes,
                        gsize       size,
                        gsize       max_bytes)
{
  GString *out = g_string_new (NULL);
  gsize shown = MIN (size, max_bytes);
  gsize text_size = 0;

  if (shown > 0 && is_text (bytes, shown, size, &text_size))
    {
      shown = text_size;
      append_text (out, bytes, shown);
    }
  else
    {
      for (gsize offset = 0; offset < shown; offset += HEX_ROW)
        append_hex_row (out, (const guchar *) bytes, offset, MIN (HEX_ROW, shown - offset));
    }

  if (shown < size)
    {
      g_autofree char *rest = g_format_size_full (size - shown, G_FORMAT_SIZE_IEC_UNITS);

      g_string_append_c (out, '\n');
      /* TRANSLATORS: at the end of a message that is shown in part; %s is a size such as "12.5 KiB" */
      g_string_append_printf (out, _("… cut: %s more"), rest);
    }

  return g_string_free (out, FALSE);
}

/**
 * tsm_event_text_dup_title:
 * @name: a member's name from the wire
 *
 * Returns: (transfer full): @name with spaces for underscores and an upper-case first letter, bounded
 */
char *
tsm_event_text_dup_title (const char *name)
{
  g_autofree char *line = tsm_event_text_dup_line (name, TSM_EVENT_TEXT_CELL);

  g_strdelimit (line, "_", ' ');
  line[0] = g_ascii_toupper (line[0]);

  return g_steal_pointer (&line);
}

/**
 * tsm_event_text_fold:
 * @text: what a user typed
 *
 * Returns: (transfer full): @text for tsm_event_text_contains(), without surrounding white space
 */
char *
tsm_event_text_fold (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return g_utf8_casefold (g_strstrip (copy), -1);
}

/**
 * tsm_event_text_contains:
 * @text: (nullable): where to look
 * @folded: from tsm_event_text_fold()
 *
 * Whether @text contains @folded in any case. Text of ASCII only, nearly all of it, is searched without a copy: a filter runs
 * this some ten thousand times a keystroke.
 */
gboolean
tsm_event_text_contains (const char *text,
                         const char *folded)
{
  g_autofree char *copy = NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_is_ascii (folded))
    return strcasestr (text, folded) != NULL;
  copy = g_utf8_casefold (text, -1);

  return strstr (copy, folded) != NULL;
}
