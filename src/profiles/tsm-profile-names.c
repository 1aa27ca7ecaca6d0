/* Names of profiles that nobody can mistake for each other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BASE 74 /* characters: leaves room for " 1000" in the 80 of a name */

/* (transfer full): names that are taken, without regard to case */
GHashTable *
tsm_profile_names_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
tsm_profile_names_add (GHashTable *names,
                       const char *name)
{
  g_hash_table_add (names, g_utf8_casefold (name, -1));
}

static gboolean
is_taken (GHashTable *names,
          const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  return g_hash_table_contains (names, folded);
}

/* (transfer full): "Production" of "Production 2" */
static char *
dup_base (const char *name)
{
  gsize length = strlen (name);
  gsize end = length;
  g_autofree char *base = NULL;

  while (end > 0 && g_ascii_isdigit (name[end - 1]))
    end--;
  if (end == length || end < 2 || name[end - 1] != ' ')
    end = length;

  base = g_strchomp (g_strndup (name, end));
  return g_utf8_substring (base, 0, MIN (g_utf8_strlen (base, -1), MAX_BASE));
}

/**
 * tsm_profile_names_dup_free:
 * @names: the names that are taken
 * @wanted: a name, may be empty
 *
 * Returns: (transfer full): @wanted where it is free, else with a number behind it
 */
char *
tsm_profile_names_dup_free (GHashTable *names,
                            const char *wanted)
{
  g_autofree char *base = NULL;

  if (*wanted == '\0')
    wanted = _("Connection");
  if (!is_taken (names, wanted))
    return g_strdup (wanted);

  base = dup_base (wanted);
  for (guint i = 2;; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", base, i);

      if (!is_taken (names, name))
        return g_steal_pointer (&name);
    }
}
