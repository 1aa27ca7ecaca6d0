/* TsmNearMiss: a channel heard in a search, how much it looks like ours, and whether its messages are events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-near-miss.h"

#define MAX_CHANNELS   64
#define MAX_JUDGED     8
#define MAX_SAMPLE     (64 * 1024)
#define MAX_COMPARED   128 /* characters of a name that are compared */

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

/**
 * tsm_near_miss_has_events:
 * @self: a near miss
 *
 * Returns: whether half of the messages that were decoded are monitoring events
 */
gboolean
tsm_near_miss_has_events (const TsmNearMiss *self)
{
  return self->n_events > 0 && self->n_events * 2 >= self->n_judged;
}

/* 0–2: the likeness, and the part of its messages that are events. */
static double
get_score (const TsmNearMiss *self)
{
  return self->likeness + (self->n_judged > 0 ? (double) self->n_events / self->n_judged : 0);
}

void
tsm_near_miss_free (TsmNearMiss *self)
{
  g_free (self->channel);
  g_free (self->wanted);
  g_free (self->difference);
  g_clear_pointer (&self->sample, g_bytes_unref);
  g_free (self->sample_summary);
  g_free (self);
}

/**
 * tsm_near_miss_copy:
 * @self: a near miss
 *
 * Returns: (transfer full): a copy
 */
TsmNearMiss *
tsm_near_miss_copy (const TsmNearMiss *self)
{
  TsmNearMiss *copy = g_memdup2 (self, sizeof *self);

  copy->channel = g_strdup (self->channel);
  copy->wanted = g_strdup (self->wanted);
  copy->difference = g_strdup (self->difference);
  copy->sample = self->sample != NULL ? g_bytes_ref (self->sample) : NULL;
  copy->sample_summary = g_strdup (self->sample_summary);
  return copy;
}

struct _TsmNearMisses
{
  char       **wanted;
  char       **ignored;
  GHashTable  *by_channel; /* of TsmNearMiss; NULL for what is none */
};

TsmNearMisses *
tsm_near_misses_new (const char * const *wanted,
                     const char * const *ignored)
{
  TsmNearMisses *self = g_new0 (TsmNearMisses, 1);

  self->wanted = g_strdupv ((char **) wanted);
  self->ignored = g_strdupv ((char **) ignored);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsm_near_miss_free);
  return self;
}

void
tsm_near_misses_free (TsmNearMisses *self)
{
  g_strfreev (self->wanted);
  g_strfreev (self->ignored);
  g_hash_table_unref (self->by_channel);
  g_free (self);
}

static gboolean
matches_any (char       **patterns,
             const char  *channel)
{
  for (; patterns != NULL && *patterns != NULL; patterns++)
    if (tsm_pattern_matches (*patterns, channel))
      return TRUE;
  return FALSE;
}

static TsmNearMiss *
make (TsmNearMisses *self,
      const char    *channel)
{
  TsmNearMiss *miss = g_new0 (TsmNearMiss, 1);

  miss->channel = g_utf8_make_valid (channel, -1);
  for (char **wanted = self->wanted; *wanted != NULL; wanted++)
    {
      const char *difference = NULL;
      double likeness = tsm_likeness (miss->channel, *wanted, &difference);

      if (likeness <= miss->likeness)
        continue;
      miss->likeness = likeness;
      g_free (miss->wanted);
      miss->wanted = g_strdup (*wanted);
      g_free (miss->difference);
      miss->difference = g_strdup (difference);
    }
  return miss;
}

static void
keep_sample (TsmNearMiss *miss,
             TsmEvent    *event,
             GBytes      *payload)
{
  g_clear_pointer (&miss->sample, g_bytes_unref);
  g_free (miss->sample_summary);
  miss->sample = g_bytes_get_size (payload) <= MAX_SAMPLE ? g_bytes_ref (payload)
                                                          : g_bytes_new (g_bytes_get_data (payload, NULL), MAX_SAMPLE);
  miss->sample_summary = tsm_event_dup_summary (event);
}

static void
judge (TsmNearMiss *miss,
       TsmDecoder  *decoder,
       GBytes      *payload)
{
  g_autoptr (TsmEvent) event = tsm_decoder_decode (decoder, payload, miss->channel, 0, 0);
  gboolean is_event = tsm_event_get_acceptance (event) != TSM_ACCEPTED_NO;

  if (miss->sample == NULL || (is_event && miss->n_events == 0))
    keep_sample (miss, event, payload);
  miss->n_judged++;
  miss->n_events += is_event;
  miss->n_metrics += is_event && tsm_event_get_event_type (event) == TSM_EVENT_METRIC_UPDATE;
}

/**
 * tsm_near_misses_hear:
 * @self: a collection
 * @decoder: what decides whether a message is an event
 * @channel: where it came
 * @payload: the message
 *
 * Counts a message, unless we listen to its channel anyhow or do not care for it.
 */
void
tsm_near_misses_hear (TsmNearMisses *self,
                      TsmDecoder    *decoder,
                      const char    *channel,
                      GBytes        *payload)
{
  TsmNearMiss *miss = g_hash_table_lookup (self->by_channel, channel);

  if (miss == NULL)
    {
      if (g_hash_table_size (self->by_channel) >= MAX_CHANNELS || matches_any (self->wanted, channel)
          || matches_any (self->ignored, channel))
        return;
      miss = make (self, channel);
      g_hash_table_insert (self->by_channel, g_strdup (channel), miss);
    }

  miss->n_messages++;
  if (miss->n_judged < MAX_JUDGED)
    judge (miss, decoder, payload);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const TsmNearMiss *one = *(TsmNearMiss * const *) a;
  const TsmNearMiss *other = *(TsmNearMiss * const *) b;
  double difference = get_score (other) - get_score (one);

  /* of two that are as good, the one with the metrics, then the busier */
  if (difference != 0)
    return difference > 0 ? 1 : -1;
  if ((one->n_metrics > 0) != (other->n_metrics > 0))
    return one->n_metrics > 0 ? -1 : 1;
  if (one->n_messages != other->n_messages)
    return one->n_messages > other->n_messages ? -1 : 1;
  return g_strcmp0 (one->channel, other->channel);
}

/**
 * tsm_near_misses_sort:
 * @misses: (element-type TsmNearMiss): in any order
 *
 * Puts the best first.
 */
void
tsm_near_misses_sort (GPtrArray *misses)
{
  g_ptr_array_sort (misses, compare);
}

/**
 * tsm_near_misses_finish:
 * @self: a collection, which is empty afterwards
 * @seconds: how long was listened
 *
 * Returns: (transfer full) (element-type TsmNearMiss): the best first
 */
GPtrArray *
tsm_near_misses_finish (TsmNearMisses *self,
                        double         seconds)
{
  GPtrArray *misses = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_near_miss_free);
  GHashTableIter iter;
  gpointer miss;

  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, NULL, &miss))
    {
      TsmNearMiss *copy = tsm_near_miss_copy (miss);

      copy->rate = copy->n_messages / MAX (seconds, 0.1);
      g_ptr_array_add (misses, copy);
    }

  g_hash_table_remove_all (self->by_channel);
  tsm_near_misses_sort (misses);
  return misses;
}
