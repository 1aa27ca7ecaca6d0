/* What was counted on the whole server between two readings, and just before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An engine may publish every ten seconds, and one run listens for three: so runs that follow each other add up.
 */

#include "diagnosis/tsm-tally.h"

#include <math.h>

/* What an earlier run found holds so long. µs. */
#define HOLDS_US       (30 * G_USEC_PER_SEC)
/* Watched for longer than this, what is older weighs less. s */
#define FULL_SECONDS   60.0
/* Between two probes of a connection, and between two words of a sentinel. s */
#define PROBE_SECONDS    5.0
#define SENTINEL_SECONDS 2.0
/* Connections that may probe, where it is not known how many do. */
#define SOME_PROBES      4
/* Other programs do not publish at a steady rate: the most that was seen counts, and loses some of its weight each time. */
#define OTHERS_KEPT    0.9
/* Of what was published, this part may have been heard before or after the readings. */
#define TOLERANCE      0.05

static double
difference (gint64 before,
            gint64 after)
{
  return before >= 0 && after > before ? (double) (after - before) : 0;
}

/* What is published in @seconds by so many who do it every so often, at the most. */
static double
expect (gint64 n,
        double seconds,
        double interval)
{
  return n * (1 + ceil (seconds / interval));
}

/* Messages of which it is known who published them. */
static double
count_known (const TsmExamination *self,
             double                seconds)
{
  double known = self->sent_live;

  if (!(self->deep && self->searched))
    known += expect (self->n_sentinels, seconds, SENTINEL_SECONDS);
  if (self->searched)
    return known + self->heard;
  return known + self->heard_live + expect (self->n_probes >= 0 ? self->n_probes : SOME_PROBES, seconds, PROBE_SECONDS);
}

/* What nobody heard is a riddle while no event comes; while they do, it is what other programs publish. */
static void
count_unheard (TsmExamination *self)
{
  TsmTally *tally = &self->tally;
  double unheard = MAX (tally->publishes * (1 - TOLERANCE) - count_known (self, tally->seconds), 0);

  /* A search that came and went has heard some of it, nobody knows how much. */
  if (self->pattern != NULL && !self->searched)
    return;

  if (self->heard_live == 0)
    {
      tally->unheard = unheard;
      /* What of it is events is named; the rest is heard, and is not what we look for. */
      if (self->searched && tsm_examination_searched_all (self))
        self->others = MAX (self->others, self->heard / tally->seconds);
      return;
    }
  self->others = MAX (self->others * OTHERS_KEPT, unheard / tally->seconds);
  self->others_seconds += tally->seconds;
}

static void
count (TsmExamination *self)
{
  const TsmCounters *before = &self->before;
  const TsmCounters *after = &self->after;
  TsmTally *tally = &self->tally;

  if (before->time == 0 || after->time <= before->time)
    return;

  tally->seconds = (after->time - before->time) / (double) G_USEC_PER_SEC;
  tally->publishes = difference (before->publish_calls, after->publish_calls);
  tally->denied = difference (before->publish_rejected, after->publish_rejected);
  tally->shard_publishes = difference (before->shard_publish_calls, after->shard_publish_calls);
  tally->stream_adds = difference (before->stream_adds, after->stream_adds);
  tally->list_pushes = difference (before->list_pushes, after->list_pushes);

  count_unheard (self);
}

static gboolean
is_same_server (const TsmExamination *self,
                const TsmExamination *earlier)
{
  return earlier != NULL && (self->server.run_id == NULL || g_strcmp0 (self->server.run_id, earlier->server.run_id) == 0);
}

static gboolean
still_holds (const TsmExamination *self,
             const TsmExamination *earlier)
{
  return is_same_server (self, earlier) && self->started - earlier->finished < HOLDS_US;
}

static void
add (TsmTally       *tally,
     const TsmTally *earlier)
{
  double weight = earlier->seconds > FULL_SECONDS ? 0.5 : 1.0;

  tally->seconds += weight * earlier->seconds;
  tally->publishes += weight * earlier->publishes;
  tally->unheard += weight * earlier->unheard;
  tally->denied += weight * earlier->denied;
  tally->shard_publishes += weight * earlier->shard_publishes;
  tally->stream_adds += weight * earlier->stream_adds;
  tally->list_pushes += weight * earlier->list_pushes;
}

static gboolean
is_heard (GPtrArray  *misses,
          const char *channel)
{
  for (guint i = 0; i < misses->len; i++)
    if (g_str_equal (((TsmNearMiss *) g_ptr_array_index (misses, i))->channel, channel))
      return TRUE;
  return FALSE;
}

static void
keep_near_misses (TsmExamination *self,
                  TsmExamination *earlier)
{
  for (guint i = 0; i < earlier->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (earlier->near_misses, i);

      /* One that is not heard again and again is let go in the end. */
      if (!is_heard (self->near_misses, miss->channel) && miss->rate * FULL_SECONDS >= 1)
        {
          TsmNearMiss *copy = tsm_near_miss_copy (miss);

          copy->rate /= 2;
          g_ptr_array_add (self->near_misses, copy);
        }
    }
  tsm_near_misses_sort (self->near_misses);
}

/* One that was over before it had its answers knows less than the one before. */
static void
keep_answers (TsmExamination *self,
              TsmExamination *earlier)
{
  if (self->n_candidates < 0 && self->n_others < 0)
    {
      self->n_candidates = earlier->n_candidates;
      self->n_others = earlier->n_others;
      if (self->clients == NULL && earlier->clients != NULL)
        self->clients = g_ptr_array_ref (earlier->clients);
    }
  if (self->server.run_id == NULL)
    self->server.run_id = g_strdup (earlier->server.run_id);
  if (self->control_error == NULL && self->after.time == 0)
    {
      self->control_error = g_strdup (earlier->control_error);
      self->control_refused = earlier->control_refused;
    }
}

void
tsm_tally_take (TsmExamination *self,
                TsmExamination *earlier)
{
  if (is_same_server (self, earlier))
    {
      self->others = earlier->others;
      self->others_seconds = earlier->others_seconds;
    }
  count (self);
  if (!still_holds (self, earlier))
    return;

  add (&self->tally, &earlier->tally);
  keep_answers (self, earlier);
  keep_near_misses (self, earlier);
  if (self->pattern == NULL && self->listened == 0)
    {
      self->pattern = g_strdup (earlier->pattern);
      self->spares_control = earlier->spares_control;
    }
}
