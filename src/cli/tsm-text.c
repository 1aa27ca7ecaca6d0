/* Text for a terminal: what came over the wire must not be able to drive it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli/tsm-text.h"

#include <string.h>
#include <unistd.h>

/* Control characters (C0, DEL and C1, which begin escape sequences), line separators, and what turns the direction of
 * text around so that a line reads differently from what it holds. */
static gboolean
is_harmful (gunichar character)
{
  return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 || character == 0x2029 ||
         character == 0x061c || character == 0x200e || character == 0x200f || (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

/**
 * tsm_text_append_escaped:
 * @text: any bytes
 *
 * Appends @text as one harmless line: control characters as `\u001b`, bytes that are no UTF-8 as `\xff`.
 */
void
tsm_text_append_escaped (GString    *out,
                         const char *text)
{
  const char *end = text + strlen (text);

  while (text < end)
    {
      gunichar character = g_utf8_get_char_validated (text, end - text);

      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          g_string_append_printf (out, "\\x%02x", (guchar) *text);
          text++;
          continue;
        }

      if (is_harmful (character))
        g_string_append_printf (out, "\\u%04x", character);
      else
        g_string_append_unichar (out, character);
      text = g_utf8_next_char (text);
    }
}

void
tsm_text_append_toned (GString    *out,
                       const char *text,
                       TsmTone     tone,
                       gboolean    colour)
{
  static const char * const codes[] = {
    [TSM_TONE_PLAIN] = "0", [TSM_TONE_DIM] = "2", [TSM_TONE_GOOD] = "32", [TSM_TONE_MIDDLING] = "33", [TSM_TONE_BAD] = "31",
  };

  if (colour)
    g_string_append_printf (out, "\033[%sm", codes[tone]);
  tsm_text_append_escaped (out, text);
  if (colour)
    g_string_append (out, "\033[0m");
}

/**
 * tsm_text_has_colour:
 *
 * Returns: whether @fd is a terminal and the user has not set `NO_COLOR` (https://no-color.org)
 */
gboolean
tsm_text_has_colour (int fd)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return isatty (fd) && (no_colour == NULL || no_colour[0] == '\0') && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/**
 * tsm_text_from_bytes:
 * @max_bytes: no more than this much of @bytes is looked at
 *
 * Returns: (transfer full): valid UTF-8, where bytes that are none, and NUL, are written as `\xff`
 */
char *
tsm_text_from_bytes (GBytes *bytes,
                     gsize   max_bytes)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  gsize left = MIN (size, max_bytes);
  g_autoptr (GString) out = g_string_sized_new (left + 16);

  while (left > 0)
    {
      const char *end = at;

      g_utf8_validate (at, left, &end);
      g_string_append_len (out, at, end - at);
      left -= end - at;
      at = end;
      /* a character that the limit cuts in two is left out */
      if (left == 0 || (size > max_bytes && left < 4 && g_utf8_get_char_validated (at, left) == (gunichar) -2))
        break;

      g_string_append_printf (out, "\\x%02x", (guchar) *at);
      at++;
      left--;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
