/* A bounded list of sentences: a hostile file has more wrong lines than anybody reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-problems.h"

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 400 /* characters */

/**
 * tsm_problems_new:
 *
 * Returns: (transfer full) (element-type utf8): an empty list, see tsm_problems_add()
 */
GPtrArray *
tsm_problems_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/**
 * tsm_problems_add:
 * @problems: (nullable) (element-type utf8): where to add it; %NULL where nobody wants to know
 * @format: a sentence
 *
 * Adds a sentence, as valid UTF-8 of a bounded length; after %TSM_PROBLEMS_MAX only that there are more.
 */
void
tsm_problems_add (GPtrArray  *problems,
                  const char *format,
                  ...)
{
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;
  va_list arguments;

  if (problems == NULL || problems->len > TSM_PROBLEMS_MAX)
    return;

  if (problems->len == TSM_PROBLEMS_MAX)
    {
      g_ptr_array_add (problems, g_strdup (_("There is more that is not understood.")));
      return;
    }

  va_start (arguments, format);
  raw = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  text = g_utf8_make_valid (raw, -1);
  g_ptr_array_add (problems, g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_LENGTH)));
}
