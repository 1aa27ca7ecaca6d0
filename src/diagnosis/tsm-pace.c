/* TsmPaceMaker: learns how often something comes, and says when it is late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A healthy stream must never be called stale, whether it brings one event a minute, a thousand a second, or twenty at once each
 * minute. So pauses are measured between batches, and both their median and the longest of them count.
 */

#include "diagnosis/tsm-pace.h"

#include <math.h>

#define BATCH_US       (G_USEC_PER_SEC / 2)
#define QUARTER_US     (15 * 60 * G_USEC_PER_SEC)
#define OUTAGE_US      (4 * (gint64) QUARTER_US)
#define MIN_PATIENCE   (8 * G_USEC_PER_SEC)
/* Of what has come only once: it may be sent each minute. */
#define PATIENCE_UNLEARNED (180 * G_USEC_PER_SEC)
#define PATIENCE_LEARNING  (30 * G_USEC_PER_SEC)
/* The longest pause is so many times the usual one where the stream is irregular. */
#define IRREGULAR      3.0
#define WEIGHT         0.2
#define DEAD           4 /* times the patience */

static const char *const names[] = {
  [TSM_PACE_LEARNING] = "learning",
  [TSM_PACE_ON_TIME] = "on-time",
  [TSM_PACE_LATE] = "late",
  [TSM_PACE_STALE] = "stale",
  [TSM_PACE_DEAD] = "dead",
};

/**
 * tsm_pace_get_name:
 * @pace: a pace
 *
 * Returns: its name for programs, e.g. `on-time`; never translated
 */
const char *
tsm_pace_get_name (TsmPace pace)
{
  g_return_val_if_fail ((guint) pace < G_N_ELEMENTS (names), NULL);

  return names[pace];
}

static gint64
get_longest (const TsmPaceMaker *self)
{
  gint64 longest = MAX (self->longest[0], self->longest[1]);
  guint n = MIN (self->batches.n_intervals, TSM_CADENCE_INTERVALS);

  if (self->batches.n_intervals <= TSM_CADENCE_LEARNED)
    for (guint i = 0; i < n; i++)
      longest = MAX (longest, self->batches.intervals[i]);
  return longest;
}

static void
turn_quarter (TsmPaceMaker *self,
              gint64        time)
{
  gint64 quarter = time / QUARTER_US;

  if (quarter == self->quarter)
    return;
  self->longest[1] = quarter == self->quarter + 1 ? self->longest[0] : 0;
  self->longest[0] = 0;
  self->quarter = quarter;
}

/* A pause that was an outage is nothing to get used to, unless it comes again within an hour. */
static void
learn_pause (TsmPaceMaker *self,
             gint64        pause,
             gint64        time)
{
  gboolean again = self->outage != 0 && time - self->outage_time < OUTAGE_US && pause <= 2 * self->outage;

  if (pause <= tsm_pace_maker_get_patience (self) || again)
    {
      self->longest[0] = MAX (self->longest[0], pause);
      return;
    }
  self->outage = pause;
  self->outage_time = time;
}

/**
 * tsm_pace_maker_add:
 * @self: a pace maker
 * @time: monotonic µs, when something came
 */
void
tsm_pace_maker_add (TsmPaceMaker *self,
                    gint64        time)
{
  gint64 pause = time - self->batches.last;

  self->n_events++;
  self->last = time;
  if (self->batches.last != 0 && pause < BATCH_US)
    {
      self->n_in_batch++;
      return;
    }

  turn_quarter (self, time);
  if (self->batches.last != 0)
    {
      learn_pause (self, pause, time);
      self->per_batch = self->per_batch == 0 ? self->n_in_batch
                                             : self->per_batch + WEIGHT * (self->n_in_batch - self->per_batch);
    }
  tsm_cadence_add (&self->batches, time);
  self->n_in_batch = 1;
}

/**
 * tsm_pace_maker_interrupt:
 * @self: a pace maker
 *
 * We could not listen: the pause that is running says nothing.
 */
void
tsm_pace_maker_interrupt (TsmPaceMaker *self)
{
  tsm_cadence_interrupt (&self->batches);
}

/**
 * tsm_pace_maker_get_cadence:
 * @self: a pace maker
 *
 * Returns: s between two events on average, NaN until learned
 */
double
tsm_pace_maker_get_cadence (const TsmPaceMaker *self)
{
  return tsm_cadence_get (&self->batches) / MAX (self->per_batch, 1);
}

/**
 * tsm_pace_maker_get_patience:
 * @self: a pace maker
 *
 * Returns: µs of silence from which on it is stale
 */
gint64
tsm_pace_maker_get_patience (const TsmPaceMaker *self)
{
  double median = tsm_cadence_get (&self->batches) * G_USEC_PER_SEC;
  gint64 longest = get_longest (self);
  double of_longest;

  if (self->batches.n_intervals == 0)
    return PATIENCE_UNLEARNED;
  if (isnan (median))
    return MAX (PATIENCE_LEARNING, 3 * longest);

  of_longest = longest > IRREGULAR * median ? 3.0 : 1.5;
  return MAX (MIN_PATIENCE, (gint64) MAX (3 * median, of_longest * longest));
}

/**
 * tsm_pace_maker_get_pace:
 * @self: a pace maker
 * @silence: µs that we have listened since the last event
 *
 * Returns: whether it is on time
 */
TsmPace
tsm_pace_maker_get_pace (const TsmPaceMaker *self,
                         gint64              silence)
{
  gint64 patience = tsm_pace_maker_get_patience (self);

  if (silence > DEAD * patience)
    return TSM_PACE_DEAD;
  if (silence > patience)
    return TSM_PACE_STALE;
  if (self->batches.n_intervals < TSM_CADENCE_LEARNED)
    return TSM_PACE_LEARNING;
  return silence > patience / 2 ? TSM_PACE_LATE : TSM_PACE_ON_TIME;
}
