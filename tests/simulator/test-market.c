/* The model of a trading day: its shape, and that its figures follow from each other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "simulator/tsm-market.h"

#define NO_INCIDENTS 1e9 /* s */

typedef struct
{
  double ticks;
  double cpu;
  double detection;
} Averages;

/* Of the hours from @from to @to of an undisturbed day. */
static Averages
average_hours (double from,
               double to)
{
  g_autoptr (TsmMarket) market = tsm_market_new (3, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);
  Averages sum = { 0 };
  guint n = 0;

  for (guint i = 0; i < TSM_MARKET_DAY_DEFAULT * 2; i++)
    {
      double hour;

      tsm_market_advance (market, 0.5);
      hour = tsm_market_get_hour (market);
      if (hour < from || hour >= to)
        continue;
      sum.ticks += tsm_market_get (market, TSM_METRIC_TICKS_PER_SECOND);
      sum.cpu += tsm_market_get (market, TSM_METRIC_CPU_PERCENT);
      sum.detection += tsm_market_get (market, TSM_METRIC_PATTERN_DETECTION_MS);
      n++;
    }

  g_assert_cmpuint (n, >, 0);
  return (Averages) { sum.ticks / n, sum.cpu / n, sum.detection / n };
}

static void
test_opening_burst (void)
{
  g_assert_cmpfloat (average_hours (9.55, 9.9).ticks, >, 2.5 * average_hours (8.2, 9.2).ticks);
}

static void
test_lunch_dip (void)
{
  g_assert_cmpfloat (average_hours (12.5, 13.0).ticks, <, 0.6 * average_hours (9.55, 9.9).ticks);
}

static void
test_closing_burst (void)
{
  g_assert_cmpfloat (average_hours (15.7, 16.0).ticks, >, 2 * average_hours (12.5, 13.0).ticks);
}

static void
test_quiet_after_close (void)
{
  g_assert_cmpfloat (average_hours (16.5, 18.0).ticks, <, 0.3 * average_hours (12.5, 13.0).ticks + 300);
}

static void
test_cpu_follows_ticks (void)
{
  g_assert_cmpfloat (average_hours (9.6, 9.9).cpu, >, average_hours (12.5, 13.0).cpu + 15);
}

static void
test_detection_follows_cpu (void)
{
  g_assert_cmpfloat (average_hours (9.6, 9.9).detection, >, average_hours (12.5, 13.0).detection + 0.5);
}

/* Over a whole day, the correlation coefficient of two metrics. */
static double
correlate (TsmMetricId a,
           TsmMetricId b)
{
  g_autoptr (TsmMarket) market = tsm_market_new (11, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  double n = TSM_MARKET_DAY_DEFAULT;

  for (guint i = 0; i < n; i++)
    {
      double x, y;

      tsm_market_advance (market, 1);
      x = tsm_market_get (market, a);
      y = tsm_market_get (market, b);
      sa += x;
      sb += y;
      saa += x * x;
      sbb += y * y;
      sab += x * y;
    }

  return (n * sab - sa * sb) / sqrt ((n * saa - sa * sa) * (n * sbb - sb * sb));
}

static void
test_cpu_correlates (void)
{
  double r = correlate (TSM_METRIC_TICKS_PER_SECOND, TSM_METRIC_CPU_PERCENT);

  g_assert_cmpfloat (r, >, 0.85);
  g_assert_cmpfloat (r, <, 0.9999); /* it is no copy */
}

static void
test_query_time_correlates (void)
{
  g_assert_cmpfloat (correlate (TSM_METRIC_TICKS_PER_SECOND, TSM_METRIC_QUERY_MS), >, 0.6);
}

/* Memory grows, and falls at once when garbage is collected. */
static void
test_memory_is_sawtooth (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);
  guint rising = 0, falling = 0;
  double before = tsm_market_get (market, TSM_METRIC_MEMORY_MB);

  for (guint i = 0; i < 1200; i++)
    {
      double now;

      tsm_market_advance (market, 1);
      now = tsm_market_get (market, TSM_METRIC_MEMORY_MB);
      rising += now > before;
      falling += now < before - 50;
      before = now;
    }

  g_assert_cmpuint (falling, >, 0);
  g_assert_cmpuint (rising, >, 20 * falling);
}

static void
test_counters_only_grow (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, 0);
  double sent = tsm_market_get (market, TSM_METRIC_NETWORK_SENT);

  for (guint i = 0; i < 700; i++)
    {
      double now;

      tsm_market_advance (market, 1);
      now = tsm_market_get (market, TSM_METRIC_NETWORK_SENT);
      g_assert_cmpfloat (now, >, sent);
      sent = now;
    }
}

/* An hour of real disturbances stays within the catalogue's ranges. */
static void
test_stays_in_range (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (8, TSM_MARKET_DAY_MIN, 0);

  for (guint i = 0; i < 3600; i++)
    {
      tsm_market_advance (market, 1);
      for (guint id = 0; id < TSM_N_METRICS; id++)
        {
          const TsmMetricInfo *info = tsm_metric_get_info (id);
          double value = tsm_market_get (market, id);

          if (!(value >= info->minimum && value <= info->maximum))
            g_error ("%s is %g", info->path, value);
        }
    }
}

static void
test_steps_do_not_matter (void)
{
  g_autoptr (TsmMarket) one = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, 0);
  g_autoptr (TsmMarket) many = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, 0);

  tsm_market_advance (one, 100);
  for (guint i = 0; i < 200; i++)
    tsm_market_advance (many, 0.5);

  g_assert_cmpfloat (tsm_market_get (one, TSM_METRIC_CPU_PERCENT), ==, tsm_market_get (many, TSM_METRIC_CPU_PERCENT));
}

static void
test_cache_falls_and_recovers (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);

  tsm_market_advance (market, 10);
  tsm_market_clear_cache (market);
  tsm_market_advance (market, 1);
  g_assert_cmpfloat (tsm_market_get (market, TSM_METRIC_CACHE_HIT_RATE), <, 0.2);
  tsm_market_advance (market, 60);
  g_assert_cmpfloat (tsm_market_get (market, TSM_METRIC_CACHE_HIT_RATE), >, 0.85);
}

static void
test_cold_cache_slows_queries (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);
  double before;

  tsm_market_advance (market, 10);
  before = tsm_market_get (market, TSM_METRIC_QUERY_MS);
  tsm_market_clear_cache (market);
  tsm_market_advance (market, 3);
  g_assert_cmpfloat (tsm_market_get (market, TSM_METRIC_QUERY_MS), >, before + 5);
}

static void
test_gc_frees_memory (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);
  double before;

  tsm_market_advance (market, 60);
  before = tsm_market_get (market, TSM_METRIC_MEMORY_PERCENT);
  tsm_market_force_gc (market);
  tsm_market_advance (market, 3);
  g_assert_cmpfloat (tsm_market_get (market, TSM_METRIC_MEMORY_PERCENT), <, before - 3);
}

static void
test_restart_dips_threads (void)
{
  g_autoptr (TsmMarket) market = tsm_market_new (5, TSM_MARKET_DAY_DEFAULT, NO_INCIDENTS);

  tsm_market_advance (market, 10);
  tsm_market_restart_workers (market);
  g_assert_cmpfloat (tsm_market_get_workers (market), <, 4);
  tsm_market_advance (market, 20);
  g_assert_cmpfloat (tsm_market_get_workers (market), >, 11);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/market/shape/opening-burst", test_opening_burst);
  g_test_add_func ("/market/shape/lunch-dip", test_lunch_dip);
  g_test_add_func ("/market/shape/closing-burst", test_closing_burst);
  g_test_add_func ("/market/shape/quiet-after-close", test_quiet_after_close);
  g_test_add_func ("/market/follows/cpu-ticks", test_cpu_follows_ticks);
  g_test_add_func ("/market/follows/detection-cpu", test_detection_follows_cpu);
  g_test_add_func ("/market/correlates/cpu", test_cpu_correlates);
  g_test_add_func ("/market/correlates/query-time", test_query_time_correlates);
  g_test_add_func ("/market/memory-is-sawtooth", test_memory_is_sawtooth);
  g_test_add_func ("/market/counters-only-grow", test_counters_only_grow);
  g_test_add_func ("/market/stays-in-range", test_stays_in_range);
  g_test_add_func ("/market/steps-do-not-matter", test_steps_do_not_matter);
  g_test_add_func ("/market/operator/cache-falls-and-recovers", test_cache_falls_and_recovers);
  g_test_add_func ("/market/operator/cold-cache-slows-queries", test_cold_cache_slows_queries);
  g_test_add_func ("/market/operator/gc-frees-memory", test_gc_frees_memory);
  g_test_add_func ("/market/operator/restart-dips-threads", test_restart_dips_threads);

  return g_test_run ();
}
