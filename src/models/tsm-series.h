/* TsmSeries: a ring of recent samples of one number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples within one bucket (1 s) are merged: the bucket keeps the last value and the extremes. The ring grows by
 * doubling up to its capacity, and only while its oldest sample is younger than the capacity in seconds, so that a
 * thousand sources with few samples stay small.
 *
 *     oldest                                newest
 *     [t v lo hi][t v lo hi][ gap ][t v lo hi]
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_SERIES_BUCKET_US   G_USEC_PER_SEC
#define TSM_SERIES_CAPACITY    900            /* 15 min of 1 s buckets */

typedef struct _TsmSeries TsmSeries;

/**
 * TsmSample:
 * @time: µs, monotonic, of the last value in the bucket
 * @value: the last value; NaN marks a gap
 */
typedef struct
{
  gint64 time;
  float  value;
  float  minimum;
  float  maximum;
} TsmSample;

TsmSeries       *tsm_series_new        (guint            capacity);
void             tsm_series_free       (TsmSeries       *self);
void             tsm_series_append     (TsmSeries       *self,
                                        gint64           time,
                                        double           value);
void             tsm_series_append_gap (TsmSeries       *self,
                                        gint64           time); /* nothing where the last sample is a gap */
guint            tsm_series_get_length (const TsmSeries *self);
TsmSample        tsm_series_get        (const TsmSeries *self,
                                        guint            index); /* 0 is the oldest */
gboolean         tsm_series_get_range  (const TsmSeries *self,
                                        gint64           since,
                                        double          *minimum,
                                        double          *maximum); /* FALSE where there is no sample since */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSeries, tsm_series_free)

G_END_DECLS
