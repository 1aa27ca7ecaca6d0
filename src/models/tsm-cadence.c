/* TsmCadence: learns how often a source sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-cadence.h"

#include <math.h>

/**
 * tsm_cadence_add: (skip)
 * @self: a cadence
 * @time: monotonic µs, when something arrived
 */
void
tsm_cadence_add (TsmCadence *self,
                 gint64      time)
{
  if (self->last != 0 && time >= self->last)
    {
      self->intervals[self->n_intervals % TSM_CADENCE_INTERVALS] = time - self->last;
      self->n_intervals++;
    }

  self->last = time;
}

/**
 * tsm_cadence_interrupt: (skip)
 * @self: a cadence
 *
 * The link was down: the interval that is running says nothing about the source and is not counted.
 */
void
tsm_cadence_interrupt (TsmCadence *self)
{
  self->last = 0;
}

/**
 * tsm_cadence_get: (skip)
 * @self: a cadence
 *
 * Returns: the median of the recent intervals in seconds, NaN until three of them are known
 */
double
tsm_cadence_get (const TsmCadence *self)
{
  gint64 sorted[TSM_CADENCE_INTERVALS];
  guint  n = MIN (self->n_intervals, TSM_CADENCE_INTERVALS);

  if (n < TSM_CADENCE_LEARNED)
    return NAN;

  for (guint i = 0; i < n; i++)
    {
      guint place = i;

      for (; place > 0 && sorted[place - 1] > self->intervals[i]; place--)
        sorted[place] = sorted[place - 1];
      sorted[place] = self->intervals[i];
    }

  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0 / G_USEC_PER_SEC;
}
