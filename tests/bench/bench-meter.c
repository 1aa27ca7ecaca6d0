/* BenchMeter: how long the main loop kept a source waiting that is due every few milliseconds, or frames came late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The source has the priority of input events: what it waits, a click waits too.
 */

#include "bench-meter.h"

#include <math.h>
#include <time.h>

static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

void
bench_meter_clear (BenchMeter *self)
{
  g_clear_pointer (&self->stalls, g_array_unref);
  self->stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->last = g_get_monotonic_time ();
  self->last_cpu = get_thread_time ();
  self->own_max = 0;
}

void
bench_meter_note (BenchMeter *self,
                  gint64      interval)
{
  gint64 now = g_get_monotonic_time ();
  gint64 stall = MAX (0, now - self->last - interval);

  gint64 cpu = get_thread_time ();

  g_array_append_val (self->stalls, stall);
  self->own_max = MAX (self->own_max, MIN (stall, cpu - self->last_cpu));
  self->last = now;
  self->last_cpu = cpu;
}

static gboolean
due_cb (gpointer user_data)
{
  bench_meter_note (user_data, BENCH_METER_INTERVAL_MS * G_TIME_SPAN_MILLISECOND);
  return G_SOURCE_CONTINUE;
}

void
bench_meter_start (BenchMeter *self)
{
  bench_meter_stop (self);
  bench_meter_clear (self);
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
