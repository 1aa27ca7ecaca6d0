/* BenchMeter: how long the main loop kept a source waiting that is due every few milliseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The source has the priority of input events: what it waits, a click waits too.
 */

#include "bench-meter.h"

#include <math.h>

static gboolean
due_cb (gpointer user_data)
{
  BenchMeter *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 stall = MAX (0, now - self->last - BENCH_METER_INTERVAL_MS * G_TIME_SPAN_MILLISECOND);

  g_array_append_val (self->stalls, stall);
  self->last = now;
  return G_SOURCE_CONTINUE;
}

void
bench_meter_start (BenchMeter *self)
{
  bench_meter_stop (self);
  g_clear_pointer (&self->stalls, g_array_unref);
  self->stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->last = g_get_monotonic_time ();
  self->id = g_timeout_add (BENCH_METER_INTERVAL_MS, due_cb, self);
}

void
bench_meter_stop (BenchMeter *self)
{
  g_clear_handle_id (&self->id, g_source_remove);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

gint64
bench_meter_get_percentile (BenchMeter *self,
                            double      percentile)
{
  g_autoptr (GArray) sorted = NULL;
  guint rank;

  if (self->stalls == NULL || self->stalls->len == 0)
    return 0;

  sorted = g_array_copy (self->stalls);
  g_array_sort (sorted, compare);
  rank = (guint) ceil (percentile / 100 * sorted->len);
  return g_array_index (sorted, gint64, CLAMP (rank, 1, sorted->len) - 1);
}
