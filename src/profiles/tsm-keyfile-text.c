/* GKeyFile refuses a whole file for one wrong line; this leaves out the line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles/tsm-keyfile-text.h"

#include <string.h>

#include "redis/tsm-url.h"

#define FLAGS (G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS)
#define BOM   "\xef\xbb\xbf"

/* Where the next line may stand. */
typedef enum
{
  BEFORE_GROUPS,
  IN_GROUP,
  IN_WRONG_GROUP, /* its lines go with it */
} Place;

/**
 * tsm_keyfile_text_skip_bom:
 *
 * Returns: the bytes of the byte order mark that @text begins with, or 0
 */
gsize
tsm_keyfile_text_skip_bom (const char *text,
                           gsize       length)
{
  return length >= strlen (BOM) && memcmp (text, BOM, strlen (BOM)) == 0 ? strlen (BOM) : 0;
}

/* GKeyFile itself decides what is a line. */
static gboolean
is_legal (const char *group,
          const char *line)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char *text = g_strconcat (group, line, "\n", NULL);
  gboolean legal = g_key_file_load_from_data (file, text, strlen (text), FLAGS, NULL);

  tsm_url_wipe (text);
  return legal;
}

static gboolean
check_line (const char *line,
            Place      *place)
{
  if (line[0] == '#' || line[strspn (line, " \t\r")] == '\0')
    return TRUE;

  if (line[0] == '[')
    {
      *place = is_legal ("", line) ? IN_GROUP : IN_WRONG_GROUP;
      return *place == IN_GROUP;
    }

  return *place == IN_GROUP && is_legal ("[x]\n", line);
}

/* (transfer full): NULL where NUL is in it */
static char *
dup_line (const char *text,
          gsize       size)
{
  return memchr (text, '\0', size) == NULL ? g_strndup (text, size) : NULL;
}

static char *
leave_out_wrong_lines (const char *text,
                       gsize       length,
                       GArray     *wrong_lines)
{
  GString *good = g_string_sized_new (length + 1);
  const char *end = text + length;
  Place place = BEFORE_GROUPS;

  for (guint number = 1; text < end; number++)
    {
      const char *newline = memchr (text, '\n', end - text);
      gsize size = (newline != NULL ? newline : end) - text;
      char *line = dup_line (text, size);

      if (line != NULL && check_line (line, &place))
        g_string_append_printf (good, "%s\n", line);
      else if (place != IN_WRONG_GROUP || text[0] == '[')
        g_array_append_val (wrong_lines, number);

      tsm_url_wipe (line);
      text += size + 1;
    }

  return g_string_free (good, FALSE);
}

/**
 * tsm_keyfile_text_parse:
 * @text: (array length=length) (nullable): any bytes; a byte order mark is skipped
 * @length: bytes of @text
 * @wrong_lines: (element-type guint): the numbers of lines that were left out are added. A group with a wrong name goes with
 *   all its lines, but is one line here.
 *
 * Returns: (transfer full): what is left
 */
GKeyFile *
tsm_keyfile_text_parse (const char *text,
                        gsize       length,
                        GArray     *wrong_lines)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize bom = tsm_keyfile_text_skip_bom (text, length);
  char *good;

  text = length > 0 ? text + bom : "";
  length -= bom;
  if (memchr (text, '\0', length) == NULL && g_key_file_load_from_data (file, text, length, FLAGS, NULL))
    return g_steal_pointer (&file);

  g_clear_pointer (&file, g_key_file_unref);
  file = g_key_file_new ();
  good = leave_out_wrong_lines (text, length, wrong_lines);
  g_key_file_load_from_data (file, good, strlen (good), FLAGS, NULL);
  tsm_url_wipe (good); /* a password may stand in it */

  return g_steal_pointer (&file);
}
