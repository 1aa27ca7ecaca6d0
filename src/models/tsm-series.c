/* TsmSeries: a ring of recent samples of one number, merged into buckets of one second.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-series.h"

#include <float.h>
#include <math.h>

#define INITIAL_ALLOCATION 16 /* samples */

struct _TsmSeries
{
  TsmSample *samples;
  guint      capacity;  /* samples at most */
  guint      allocated; /* samples that there is room for now; 0 before the first */
  guint      start;     /* slot of the oldest */
  guint      length;
};

static inline TsmSample *
get_slot (const TsmSeries *self,
          guint            index)
{
  guint slot = self->start + index;

  return &self->samples[slot < self->allocated ? slot : slot - self->allocated];
}

static inline TsmSample *
get_newest (const TsmSeries *self)
{
  return self->length > 0 ? get_slot (self, self->length - 1) : NULL;
}

static void
grow (TsmSeries *self)
{
  guint      allocated = MIN (MAX (self->allocated * 2, INITIAL_ALLOCATION), self->capacity);
  TsmSample *samples = g_new (TsmSample, allocated);

  for (guint i = 0; i < self->length; i++)
    samples[i] = *get_slot (self, i);

  g_free (self->samples);
  self->samples = samples;
  self->allocated = allocated;
  self->start = 0;
}

static void
drop_oldest (TsmSeries *self)
{
  self->start = self->start + 1 == self->allocated ? 0 : self->start + 1;
  self->length--;
}

/* A full ring grows only while its oldest sample is within the time that the capacity stands for: a source that
 * sends each 5 s fills its 15 minutes with 180 samples and never needs the room for 900. */
static void
make_room (TsmSeries *self,
           gint64     time)
{
  gint64 span = (gint64) self->capacity * TSM_SERIES_BUCKET_US;

  if (self->length < self->allocated)
    return;

  if (self->allocated == self->capacity ||
      (self->length > 0 && time - get_slot (self, 0)->time > span))
    drop_oldest (self);
  else
    grow (self);
}

static void
push (TsmSeries *self,
      gint64     time,
      float      value)
{
  make_room (self, time);
  *get_slot (self, self->length) = (TsmSample) { time, value, value, value };
  self->length++;
}

/**
 * tsm_series_new: (skip)
 * @capacity: samples kept at most, at least 1
 *
 * Makes an empty series. Nothing is allocated for samples before the first one.
 *
 * Returns: (transfer full): the series; free it with tsm_series_free()
 */
TsmSeries *
tsm_series_new (guint capacity)
{
  TsmSeries *self;

  g_return_val_if_fail (capacity > 0, NULL);

  self = g_new0 (TsmSeries, 1);
  self->capacity = capacity;
  return self;
}

/**
 * tsm_series_free: (skip)
 * @self: (nullable) (transfer full): a series
 */
void
tsm_series_free (TsmSeries *self)
{
  if (self == NULL)
    return;

  g_free (self->samples);
  g_free (self);
}

/**
 * tsm_series_append: (skip)
 * @self: a series
 * @time: monotonic µs
 * @value: the value; one that is not finite is ignored
 *
 * Adds a value. It is merged with the newest sample where both fall into one bucket of a second, or where @time runs
 * backwards: then the value replaces the last one and widens the extremes.
 */
void
tsm_series_append (TsmSeries *self,
                   gint64     time,
                   double     value)
{
  TsmSample *newest;
  float      number;

  g_return_if_fail (self != NULL);

  if (!isfinite (value))
    return;

  number = (float) CLAMP (value, -FLT_MAX, FLT_MAX);
  newest = get_newest (self);

  if (newest == NULL || isnan (newest->value) ||
      time / TSM_SERIES_BUCKET_US > newest->time / TSM_SERIES_BUCKET_US)
    {
      push (self, newest != NULL ? MAX (time, newest->time) : time, number);
      return;
    }

  newest->time = MAX (newest->time, time);
  newest->value = number;
  newest->minimum = MIN (newest->minimum, number);
  newest->maximum = MAX (newest->maximum, number);
}

/**
 * tsm_series_append_gap: (skip)
 * @self: a series
 * @time: monotonic µs
 *
 * Marks that values may be missing from here to the next one. Does nothing where the series is empty or where its last
 * sample is a gap already.
 */
void
tsm_series_append_gap (TsmSeries *self,
                       gint64     time)
{
  TsmSample *newest;

  g_return_if_fail (self != NULL);

  newest = get_newest (self);
  if (newest == NULL || isnan (newest->value))
    return;

  push (self, MAX (time, newest->time), NAN);
}

/**
 * tsm_series_get_length: (skip)
 * @self: a series
 *
 * Returns: the number of samples, gaps included
 */
guint
tsm_series_get_length (const TsmSeries *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

/**
 * tsm_series_get: (skip)
 * @self: a series
 * @index: 0 for the oldest, below tsm_series_get_length()
 *
 * Returns: a copy of the sample; its value is NaN where it is a gap
 */
TsmSample
tsm_series_get (const TsmSeries *self,
                guint            index)
{
  const TsmSample none = { 0, NAN, NAN, NAN };

  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (index < self->length, none);

  return *get_slot (self, index);
}

/**
 * tsm_series_get_range: (skip)
 * @self: a series
 * @since: monotonic µs; older samples do not count
 * @minimum: (out) (optional): the least value
 * @maximum: (out) (optional): the greatest value
 *
 * Finds the extremes of the recent values. Gaps do not count.
 *
 * Returns: %FALSE where there is no value since then; the results are left alone
 */
gboolean
tsm_series_get_range (const TsmSeries *self,
                      gint64           since,
                      double          *minimum,
                      double          *maximum)
{
  float lowest = INFINITY;
  float highest = -INFINITY;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = self->length; i > 0; i--)
    {
      const TsmSample *sample = get_slot (self, i - 1);

      if (sample->time < since)
        break;

      lowest = fminf (lowest, sample->minimum);
      highest = fmaxf (highest, sample->maximum);
    }

  if (lowest > highest)
    return FALSE;

  if (minimum != NULL)
    *minimum = lowest;
  if (maximum != NULL)
    *maximum = highest;
  return TRUE;
}
