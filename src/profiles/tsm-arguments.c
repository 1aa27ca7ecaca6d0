/* Takes the passwords out of the command line: `ps` does not show them, and GOption, which keeps copies, never has them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles/tsm-arguments.h"

#include <string.h>

#include "profiles/tsm-mask.h"
#include "redis/tsm-url.h"

#define URL_OPTION "--url"

struct _TsmArguments
{
  char       **argv; /* for the parser */
  GHashTable  *urls; /* as shown → as given, where these differ */
};

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

/* (nullable): where in @argv[i] the address of the option begins */
static char *
find_url (char **argv,
          int    i)
{
  if (g_str_has_prefix (argv[i], URL_OPTION "="))
    return argv[i] + strlen (URL_OPTION "=");

  return g_str_equal (argv[i - 1], URL_OPTION) ? argv[i] : NULL;
}

static void
hide_url (TsmArguments *self,
          char         *url)
{
  char *given = g_strdup (url);

  hide (url, TRUE);
  if (g_str_equal (url, given))
    tsm_url_wipe (given);
  else
    g_hash_table_insert (self->urls, g_strdup (url), given);
}

/**
 * tsm_arguments_new:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments of main(), which are overwritten
 *
 * Overwrites the password in `--url=ADDRESS`, in the argument after `--url`, and in every argument with `://` in it. To be
 * called at the very start.
 *
 * Returns: (transfer full): what the program was given
 */
TsmArguments *
tsm_arguments_new (int    argc,
                   char **argv)
{
  TsmArguments *self = g_new0 (TsmArguments, 1);

  self->argv = g_new0 (char *, argc + 1);
  self->urls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsm_url_wipe);
  for (int i = 0; i < argc; i++)
    {
      char *url = i > 0 ? find_url (argv, i) : NULL;

      if (url != NULL)
        hide_url (self, url);
      self->argv[i] = g_strdup (argv[i]);
      if (i > 0)
        hide (argv[i], FALSE);
    }

  return self;
}

/**
 * tsm_arguments_free:
 * @self: (transfer full) (nullable): arguments
 *
 * Frees them, and overwrites the passwords that nobody has asked for.
 */
void
tsm_arguments_free (TsmArguments *self)
{
  if (self == NULL)
    return;

  for (char **argument = self->argv; *argument != NULL; argument++)
    tsm_url_wipe (*argument);
  g_free (self->argv);
  g_hash_table_unref (self->urls);
  g_free (self);
}

/**
 * tsm_arguments_dup_strv:
 * @self: arguments
 *
 * Returns: (transfer full) (array zero-terminated=1): the arguments as they were given, but for the passwords of `--url`
 */
char **
tsm_arguments_dup_strv (TsmArguments *self)
{
  return g_strdupv (self->argv);
}

/**
 * tsm_arguments_steal_url:
 * @self: arguments
 * @shown: the address that the parser found for `--url`; where two of them differ in nothing but the password, the last one is meant
 *
 * Returns: (transfer full): the address as it was given, the first time that it is asked for; to be freed with tsm_url_wipe().
 *   One without a password is as @shown.
 */
char *
tsm_arguments_steal_url (TsmArguments *self,
                         const char   *shown)
{
  g_autofree char *key = NULL;
  char *given;

  if (g_hash_table_steal_extended (self->urls, shown, (gpointer *) &key, (gpointer *) &given))
    return given;

  return g_strdup (shown);
}
