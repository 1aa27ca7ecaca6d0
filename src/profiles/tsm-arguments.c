/* Hides passwords of the command line from `ps`, by writing over the memory that the kernel shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles/tsm-arguments.h"

#include <string.h>

#include "profiles/tsm-mask.h"

#define URL_OPTION "--url"

/* The tail moves up to the mask, and the rest becomes NUL: the length of the password is not shown either. A password that is
 * shorter than the mask is only written over. */
static void
hide (char     *argument,
      gboolean  bare)
{
  gsize start, length;
  gsize size = strlen (argument);

  if (!tsm_mask_find (argument, bare, &start, &length))
    return;

  memset (argument + start, '*', length);
  if (length > strlen (TSM_MASK))
    {
      gsize tail = start + length;

      memmove (argument + start + strlen (TSM_MASK), argument + tail, size - tail);
      memset (argument + size - (length - strlen (TSM_MASK)), '\0', length - strlen (TSM_MASK));
    }
}

/**
 * tsm_arguments_hide_passwords:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments of main(), or a copy
 *
 * Overwrites the password in `--url=ADDRESS`, in the argument after `--url`, and in every argument with `://` in it. To be
 * called at the very start, after a copy has been made for the parser.
 */
void
tsm_arguments_hide_passwords (int    argc,
                              char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_has_prefix (argv[i], URL_OPTION "="))
        hide (argv[i] + strlen (URL_OPTION "="), TRUE);
      else
        hide (argv[i], g_str_equal (argv[i - 1], URL_OPTION));
    }
}
