/* TsmNearMiss: a channel heard in a search, how much it looks like ours, and whether its messages are events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-near-miss.h"

#include "diagnosis/tsm-likeness.h"

#define MAX_CHANNELS   64
#define MAX_PASSED     4096 /* names that got no place, of which it is remembered how often they were judged */
#define MAX_JUDGED     8
#define MAX_SAMPLE     (64 * 1024)

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
  GHashTable  *by_channel;  /* of TsmNearMiss: the best that were heard */
  GHashTable  *passed_over; /* of the others: how many of their messages were judged */
};

TsmNearMisses *
tsm_near_misses_new (const char * const *wanted,
                     const char * const *ignored)
{
  TsmNearMisses *self = g_new0 (TsmNearMisses, 1);

  self->wanted = g_strdupv ((char **) wanted);
  self->ignored = g_strdupv ((char **) ignored);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsm_near_miss_free);
  self->passed_over = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tsm_near_misses_free (TsmNearMisses *self)
{
  g_strfreev (self->wanted);
  g_strfreev (self->ignored);
  g_hash_table_unref (self->by_channel);
  g_hash_table_unref (self->passed_over);
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
  const char *difference;
  guint most_alike;

  miss->channel = g_utf8_make_valid (channel, -1);
  most_alike = tsm_find_most_alike ((const char * const *) self->wanted, miss->channel, &miss->likeness, &difference);
  miss->wanted = g_strdup (self->wanted[most_alike]);
  miss->difference = g_strdup (difference);
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

static void
pass_over (TsmNearMisses *self,
           const char    *channel,
           guint          n_judged)
{
  if (g_hash_table_size (self->passed_over) >= MAX_PASSED)
    g_hash_table_remove_all (self->passed_over);
  g_hash_table_insert (self->passed_over, g_strdup (channel), GUINT_TO_POINTER (n_judged));
}

/* Whether @miss is worth a place: one that is free, or that of the worst, which goes. */
static gboolean
find_place (TsmNearMisses     *self,
            const TsmNearMiss *miss)
{
  double least = get_score (miss);
  const char *worst = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer other;

  if (g_hash_table_size (self->by_channel) < MAX_CHANNELS)
    return TRUE;

  g_hash_table_iter_init (&iter, self->by_channel);
  while (g_hash_table_iter_next (&iter, &name, &other))
    if (get_score (other) < least)
      {
        worst = name;
        least = get_score (other);
      }
  if (worst == NULL)
    return FALSE;

  other = g_hash_table_lookup (self->by_channel, worst);
  pass_over (self, worst, ((TsmNearMiss *) other)->n_judged);
  g_hash_table_remove (self->by_channel, worst);
  return TRUE;
}

/* What is the first message of a channel, as far as we remember, or one of those after which it had no place yet. */
static void
hear_anew (TsmNearMisses *self,
           TsmDecoder    *decoder,
           const char    *channel,
           GBytes        *payload)
{
  guint n_judged = GPOINTER_TO_UINT (g_hash_table_lookup (self->passed_over, channel));
  TsmNearMiss *miss;

  if (n_judged >= MAX_JUDGED || matches_any (self->wanted, channel) || matches_any (self->ignored, channel))
    return;

  miss = make (self, channel);
  miss->n_judged = n_judged;
  miss->n_messages = n_judged + 1;
  judge (miss, decoder, payload);
  if (find_place (self, miss))
    {
      g_hash_table_insert (self->by_channel, g_strdup (channel), miss);
      return;
    }
  pass_over (self, channel, miss->n_judged);
  tsm_near_miss_free (miss);
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
      hear_anew (self, decoder, channel, payload);
      return;
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
  g_hash_table_remove_all (self->passed_over);
  tsm_near_misses_sort (misses);
  return misses;
}
