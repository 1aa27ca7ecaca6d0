/* BenchMeter: how long the main loop kept a source waiting that is due every few milliseconds, or frames came late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_METER_INTERVAL_MS 5

typedef struct
{
  GArray *stalls;   /* gint64, µs */
  gint64  last;     /* monotonic µs */
  gint64  last_cpu; /* µs of this thread */
  gint64  own_max;  /* µs: of a stall, what this thread worked, whatever else the machine had to do */
  guint   id;       /* 0: off */
} BenchMeter;

void   bench_meter_start          (BenchMeter *self); /* from nothing */
void   bench_meter_clear          (BenchMeter *self); /* for who notes what comes due without our source */
void   bench_meter_note           (BenchMeter *self,
                                   gint64      interval); /* µs after the last one at which this was due */
void   bench_meter_stop           (BenchMeter *self); /* keeps what was measured */
gint64 bench_meter_get_percentile (BenchMeter *self,
                                   double      percentile); /* µs; 100 for the longest; 0 where nothing was measured */

G_END_DECLS
