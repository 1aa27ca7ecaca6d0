/* How much a channel looks like one of ours, and whether it is one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-likeness.h"

#define MAX_COMPARED 128 /* characters of a name that are compared */
/* Of a name that is less like any of ours, nobody can say which it was meant to be. */
#define UNLIKE       0.5

#define SEPARATORS ":._-/|"

/* What a name is without: each step drops one kind of difference, and the first step after which both are equal says which. */
static char *
drop_space (const char *name)
{
  GString *text = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (!g_ascii_isspace (*name) && (guchar) *name >= ' ')
      g_string_append_c (text, *name);
  return g_string_free (text, FALSE);
}

static char *
drop_separators (const char *name)
{
  GString *text = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (strchr (SEPARATORS, *name) == NULL)
      g_string_append_c (text, *name);
  return g_string_free (text, FALSE);
}

static char *
drop_plurals (const char *name)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; name[i] != '\0'; i++)
    {
      gboolean ends_word = name[i + 1] == '\0' || strchr (SEPARATORS, name[i + 1]) != NULL;

      if (!(ends_word && (name[i] == 's' || name[i] == 'S') && i > 0))
        g_string_append_c (text, name[i]);
    }
  return g_string_free (text, FALSE);
}

static char *
drop_case (const char *name)
{
  return g_utf8_strdown (name, -1);
}

static const struct
{
  char       *(*drop) (const char *name);
  const char *difference;
} steps[] = {
  { drop_space, N_("white space") },
  { drop_case, N_("upper and lower case") },
  { drop_separators, N_("the separator") },
  { drop_plurals, N_("an s at the end of a word") },
};

/* One kind of difference alone. */
static const char *
find_single_difference (const char *one,
                        const char *other)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *a = steps[i].drop (one);
      g_autofree char *b = steps[i].drop (other);

      if (g_str_equal (a, b))
        return steps[i].difference;
    }
  return NULL;
}

static char *
drop_all (const char *name)
{
  g_autofree char *plurals = drop_plurals (name);
  g_autofree char *spaces = drop_space (plurals);
  g_autofree char *separators = drop_separators (spaces);

  return drop_case (separators);
}

static gsize
edit_distance (const char *one,
               const char *other)
{
  gsize n = MIN (strlen (one), MAX_COMPARED);
  gsize m = MIN (strlen (other), MAX_COMPARED);
  guint16 row[MAX_COMPARED + 1];

  for (gsize j = 0; j <= m; j++)
    row[j] = j;
  for (gsize i = 1; i <= n; i++)
    {
      guint16 diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= m; j++)
        {
          guint16 above = row[j];

          row[j] = MIN (MIN (row[j] + 1, row[j - 1] + 1), diagonal + (one[i - 1] != other[j - 1]));
          diagonal = above;
        }
    }
  return row[m];
}

/**
 * tsm_likeness:
 * @channel: a name
 * @wanted: the name that it should have
 * @difference: (out) (optional) (nullable): translated: in what they differ, where that can be said
 *
 * Returns: 0–1: 1 where both differ in one of white space, case, separators and plurals only; 0.95 where in several of them; up
 *   to 0.9 where one is part of the other; else by the number of edits
 */
double
tsm_likeness (const char  *channel,
              const char  *wanted,
              const char **difference)
{
  const char *single = find_single_difference (channel, wanted);
  g_autofree char *a = drop_all (channel);
  g_autofree char *b = drop_all (wanted);
  gsize longest = MAX (MAX (strlen (a), strlen (b)), 1);
  gboolean is_part = *a != '\0' && *b != '\0' && (strstr (a, b) != NULL || strstr (b, a) != NULL);
  double edits = 1.0 - (double) edit_distance (a, b) / MIN (longest, MAX_COMPARED);

  if (difference != NULL)
    *difference = single != NULL ? _(single) : is_part && !g_str_equal (a, b) ? _("a prefix or suffix") : NULL;
  if (single != NULL)
    return 1;
  if (g_str_equal (a, b))
    return 0.95;
  return is_part ? CLAMP (edits, 0.6, 0.85) : CLAMP (edits, 0, 0.95);
}

/**
 * tsm_find_most_alike:
 * @wanted: names of ours
 * @channel: another
 * @likeness: (out) (optional): 0–1, of the one that is most like it
 * @difference: (out) (optional) (nullable): as of tsm_likeness()
 *
 * Returns: which of @wanted it was meant to be: the one that it is most like; the first, on which the metrics come, where it is like
 *   none of them; 0 where there is none
 */
guint
tsm_find_most_alike (const char * const  *wanted,
                     const char          *channel,
                     double              *likeness,
                     const char         **difference)
{
  guint best = 0;
  double most = 0;
  const char *how = NULL;

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      const char *other = NULL;
      double alike = tsm_likeness (channel, wanted[i], &other);

      if (alike <= most)
        continue;
      best = i;
      most = alike;
      how = other;
    }

  if (likeness != NULL)
    *likeness = most;
  if (difference != NULL)
    *difference = how;
  return most >= UNLIKE ? best : 0;
}

/* One [class] of a pattern; @pattern stands behind the bracket and is moved behind the closing one. */
static gboolean
matches_class (const char **pattern,
               guchar       c)
{
  const char *p = *pattern;
  gboolean negated = *p == '^';
  gboolean found = FALSE;

  p += negated;
  for (; *p != '\0' && *p != ']'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      if (p[1] == '-' && p[2] != '\0' && p[2] != ']')
        {
          found |= c >= MIN ((guchar) p[0], (guchar) p[2]) && c <= MAX ((guchar) p[0], (guchar) p[2]);
          p += 2;
        }
      else
        found |= c == (guchar) *p;
    }

  *pattern = *p == ']' ? p + 1 : p;
  return found != negated;
}

/* One character, or class, of @pattern against @c; @pattern is moved behind it. */
static gboolean
matches_one (const char **pattern,
             guchar       c)
{
  char p = *(*pattern)++;

  if (p == '[')
    return matches_class (pattern, c);
  if (p == '\\' && **pattern != '\0')
    p = *(*pattern)++;
  else if (p == '?')
    return TRUE;
  return (guchar) p == c;
}

/**
 * tsm_pattern_matches:
 * @pattern: a name, or a pattern as PSUBSCRIBE takes it
 * @text: a channel
 *
 * Returns: whether the pattern matches, by Redis' rules: *, ?, [a-z], [^a-z] and \. Takes time in proportion to the product of
 *   both lengths at the most.
 */
gboolean
tsm_pattern_matches (const char *pattern,
                     const char *text)
{
  const char *star = NULL;   /* behind the last * */
  const char *retry = NULL;  /* where the text goes on if what is behind it does not match */

  while (*text != '\0')
    {
      const char *next = pattern;

      if (*pattern == '*')
        {
          star = ++pattern;
          retry = text;
        }
      else if (*pattern != '\0' && matches_one (&next, *text))
        {
          pattern = next;
          text++;
        }
      else if (star != NULL)
        {
          pattern = star;
          text = ++retry;
        }
      else
        return FALSE;
    }

  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}
