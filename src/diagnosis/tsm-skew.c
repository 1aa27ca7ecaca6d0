/* TsmSkew: by how much the clock of a source differs from ours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sent in batches, or waits on the way, arrives late without any clock being wrong. So the smallest delay of each half
 * second counts, and of those a low quantile: the clocks cannot differ by more than that.
 */

#include "diagnosis/tsm-skew.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SLOT_US   (G_USEC_PER_SEC / 2)
#define MIN_SLOTS 3

/**
 * tsm_skew_add:
 * @self: a skew
 * @delay: µs: the time of arrival less the time that the event carries
 * @time: monotonic µs of the arrival
 */
void
tsm_skew_add (TsmSkew *self,
              gint64   delay,
              gint64   time)
{
  gint64 slot = time / SLOT_US;
  guint last = (self->n_slots - 1) % TSM_SKEW_SLOTS;

  if (self->n_slots > 0 && slot == self->slot)
    {
      self->delays[last] = MIN (self->delays[last], delay);
      return;
    }
  self->delays[self->n_slots++ % TSM_SKEW_SLOTS] = delay;
  self->slot = slot;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * tsm_skew_get:
 * @self: a skew
 *
 * Returns: s that the source's clock is behind ours, negative where it is ahead; NaN until three slots are known
 */
double
tsm_skew_get (const TsmSkew *self)
{
  gint64 sorted[TSM_SKEW_SLOTS];
  guint n = MIN (self->n_slots, TSM_SKEW_SLOTS);

  if (n < MIN_SLOTS)
    return NAN;

  memcpy (sorted, self->delays, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare);
  return sorted[n < 10 ? n / 2 : n / 5] / (double) G_USEC_PER_SEC;
}
