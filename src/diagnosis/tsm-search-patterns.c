/* What a search listens to, as patterns of PSUBSCRIBE.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever listens to a channel counts as a receiver of what is published there. So a search must not match the control channel, or
 * an operator would be told that somebody has received a command. Patterns have no "but": what is left is put together from the end of
 * the name that is left out. With "t" before ":c" left out,
 *
 *     t*[^c]   another last character
 *     t*[^:]c  the same last one, and another before it
 *     t?*:c    the whole of it, and more before it
 *     t[c] [t] less than the whole of it
 *
 * which match every other name, and each name once.
 */

#include "diagnosis/tsm-search-patterns.h"

#include <string.h>

#include "diagnosis/tsm-near-miss.h"

#define FAMILY     "tickstock"
#define SEPARATORS ":._-/|"
#define MIN_FAMILY 3 /* characters: of fewer, too much would be heard */

/* Bytes, as the server's patterns know no characters. */
static void
append_literal (GString    *pattern,
                const char *text,
                gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr ("*?[\\", text[i]) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, text[i]);
    }
}

static void
append_class (GString    *pattern,
              const char *begin,
              char        member)
{
  g_string_append (pattern, begin);
  if (strchr ("\\]^-", member) != NULL)
    g_string_append_c (pattern, '\\');
  g_string_append_c (pattern, member);
  g_string_append_c (pattern, ']');
}

static char *
make_other_at (const char *prefix,
               const char *rest,
               gsize       i)
{
  GString *pattern = g_string_new (NULL);

  append_literal (pattern, prefix, strlen (prefix));
  g_string_append_c (pattern, '*');
  append_class (pattern, "[^", rest[i]);
  append_literal (pattern, rest + i + 1, strlen (rest + i + 1));
  return g_string_free (pattern, FALSE);
}

static char *
make_more (const char *prefix,
           const char *rest)
{
  GString *pattern = g_string_new (NULL);

  append_literal (pattern, prefix, strlen (prefix));
  g_string_append (pattern, "?*");
  append_literal (pattern, rest, strlen (rest));
  return g_string_free (pattern, FALSE);
}

/* (nullable): The last character stands in brackets, so that it is a pattern like the others. */
static char *
make_exact (const char *prefix,
            const char *rest)
{
  g_autofree char *name = g_strconcat (prefix, rest, NULL);
  gsize length = strlen (name);
  GString *pattern;

  if (length == 0)
    return NULL;

  pattern = g_string_new (NULL);
  append_literal (pattern, name, length - 1);
  append_class (pattern, "[", name[length - 1]);
  return g_string_free (pattern, FALSE);
}

static char *
make_all (const char *prefix)
{
  GString *pattern = g_string_new (NULL);

  append_literal (pattern, prefix, strlen (prefix));
  g_string_append_c (pattern, '*');
  return g_string_free (pattern, FALSE);
}

void
tsm_search_add_all_but (GPtrArray  *patterns,
                        const char *prefix,
                        const char *left_out)
{
  const char *rest;
  gsize length;

  if (!g_str_has_prefix (left_out, prefix) || *left_out == '\0')
    {
      g_ptr_array_add (patterns, make_all (prefix));
      return;
    }

  rest = left_out + strlen (prefix);
  length = strlen (rest);
  for (gsize i = length; i > 0; i--)
    g_ptr_array_add (patterns, make_other_at (prefix, rest, i - 1));
  g_ptr_array_add (patterns, make_more (prefix, rest));
  for (gsize i = 1; i <= length; i++)
    {
      char *exact = make_exact (prefix, rest + i);

      if (exact != NULL)
        g_ptr_array_add (patterns, exact);
    }
}

/* (transfer full) (nullable): "tickstock:" of "tickstock:monitoring" */
static char *
dup_family (const char *name)
{
  gsize length = strcspn (name, SEPARATORS "*?[\\");

  if (length < MIN_FAMILY || name[length] == '\0' || strchr (SEPARATORS, name[length]) == NULL)
    return NULL;
  return g_strndup (name, length + 1);
}

/* The first characters of our channels, with the separator, each family once. */
static GPtrArray *
list_families (TsmProfile *profile)
{
  GPtrArray *families = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (families, g_strdup (FAMILY ":"));
  for (const char * const *name = tsm_profile_get_channels (profile); *name != NULL; name++)
    {
      g_autofree char *family = dup_family (*name);
      gboolean is_new = family != NULL;

      for (guint i = 0; is_new && i < families->len; i++)
        {
          const char *other = g_ptr_array_index (families, i);

          is_new = strncmp (family, other, MAX (strlen (family), strlen (other)) - 1) != 0;
        }
      if (is_new)
        g_ptr_array_add (families, g_steal_pointer (&family));
    }
  return families;
}

static void
add_family (GPtrArray      *patterns,
            TsmSearchWidth  width,
            const char     *family,
            const char     *control)
{
  g_autofree char *stem = g_strndup (family, strlen (family) - 1);

  if (width == TSM_SEARCH_FAMILY)
    tsm_search_add_all_but (patterns, stem, control);
  else
    g_ptr_array_add (patterns, make_all (width == TSM_SEARCH_PREFIX ? stem : family));
}

static gboolean
is_covered (GPtrArray  *patterns,
            const char *channel)
{
  for (guint i = 0; i < patterns->len; i++)
    if (tsm_pattern_matches (g_ptr_array_index (patterns, i), channel))
      return TRUE;
  return FALSE;
}

/* Taken as it is, whatever stands in it. */
static char *
make_literal (const char *name)
{
  GString *literal = g_string_new (NULL);

  append_literal (literal, name, strlen (name));
  return g_string_free (literal, FALSE);
}

char **
tsm_search_dup_patterns (TsmProfile         *profile,
                         TsmSearchWidth      width,
                         const char * const *found,
                         guint              *n_searched)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) families = list_families (profile);
  const char *control = tsm_profile_get_control_channel (profile);

  if (width == TSM_SEARCH_ALL)
    tsm_search_add_all_but (patterns, "", control);
  for (guint i = 0; width != TSM_SEARCH_ALL && i < families->len; i++)
    add_family (patterns, width, g_ptr_array_index (families, i), control);

  *n_searched = patterns->len;
  for (const char * const *name = tsm_profile_get_channels (profile); *name != NULL; name++)
    if (!is_covered (patterns, *name) && !tsm_pattern_matches (*name, control))
      g_ptr_array_add (patterns, g_strdup (*name));
  for (; found != NULL && *found != NULL; found++)
    if (!is_covered (patterns, *found))
      g_ptr_array_add (patterns, make_literal (*found));

  g_ptr_array_add (patterns, NULL);
  return (char **) g_ptr_array_steal (patterns, NULL);
}
