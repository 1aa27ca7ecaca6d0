/* TsmSeries: merging, gaps, range, growth.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <float.h>
#include <math.h>

#include "models/tsm-series.h"

#define SECOND G_TIME_SPAN_SECOND /* µs, 64 bits */

static void
test_empty (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);
  double                low;
  double                high;

  g_assert_cmpuint (tsm_series_get_length (series), ==, 0);
  g_assert_false (tsm_series_get_range (series, 0, &low, &high));
}

static void
test_merges_within_a_second (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);
  TsmSample             sample;

  tsm_series_append (series, 5 * SECOND, 3);
  tsm_series_append (series, 5 * SECOND + 300000, 9);
  tsm_series_append (series, 5 * SECOND + 999999, 1);
  tsm_series_append (series, 5 * SECOND + 999999, 4);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 1);
  sample = tsm_series_get (series, 0);
  g_assert_cmpint (sample.time, ==, 5 * SECOND + 999999);
  g_assert_cmpfloat (sample.value, ==, 4);
  g_assert_cmpfloat (sample.minimum, ==, 1);
  g_assert_cmpfloat (sample.maximum, ==, 9);
}

static void
test_new_bucket_at_the_second (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append (series, 6 * SECOND - 1, 3);
  tsm_series_append (series, 6 * SECOND, 4);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 2);
}

static void
test_time_never_runs_backwards (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append (series, 9 * SECOND, 3);
  tsm_series_append (series, 5 * SECOND, 4);
  tsm_series_append_gap (series, 4 * SECOND);
  tsm_series_append (series, 3 * SECOND, 5);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (tsm_series_get (series, i).time, ==, 9 * SECOND);
}

static void
test_not_finite_is_ignored (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append (series, SECOND, NAN);
  tsm_series_append (series, SECOND, INFINITY);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 0);
}

static void
test_huge_is_clamped (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append (series, SECOND, 1e300);

  g_assert_cmpfloat (tsm_series_get (series, 0).value, ==, FLT_MAX);
}

static void
test_gap (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append_gap (series, SECOND);
  tsm_series_append (series, 2 * SECOND, 1);
  tsm_series_append_gap (series, 2 * SECOND);
  tsm_series_append_gap (series, 3 * SECOND);
  tsm_series_append (series, 3 * SECOND, 2);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 3);
  g_assert_true (isnan (tsm_series_get (series, 1).value));
  g_assert_cmpfloat (tsm_series_get (series, 2).value, ==, 2);
}

static void
test_range (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);
  double                low;
  double                high;

  tsm_series_append (series, 1 * SECOND, 100);
  tsm_series_append (series, 2 * SECOND, 7);
  tsm_series_append (series, 2 * SECOND, 5);
  tsm_series_append_gap (series, 3 * SECOND);
  tsm_series_append (series, 4 * SECOND, 6);

  g_assert_true (tsm_series_get_range (series, 2 * SECOND, &low, &high));
  g_assert_cmpfloat (low, ==, 5);
  g_assert_cmpfloat (high, ==, 7);
}

static void
test_range_of_a_gap_alone (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (10);

  tsm_series_append (series, 1 * SECOND, 100);
  tsm_series_append_gap (series, 3 * SECOND);

  g_assert_false (tsm_series_get_range (series, 2 * SECOND, NULL, NULL));
}

static void
test_growth_keeps_order (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (TSM_SERIES_CAPACITY);

  for (guint i = 0; i < TSM_SERIES_CAPACITY; i++)
    {
      tsm_series_append (series, i * SECOND, i);
      g_assert_cmpuint (tsm_series_get_length (series), ==, i + 1);
      g_assert_cmpfloat (tsm_series_get (series, i / 2).value, ==, i / 2);
    }
}

static void
test_ring_drops_the_oldest (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (20);

  for (guint i = 0; i < 50; i++)
    tsm_series_append (series, i * SECOND, i);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 20);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpfloat (tsm_series_get (series, i).value, ==, 30 + i);
}

/* 15 minutes of one sample each 5 s are 180: room for 256 is enough for ever. */
static void
test_slow_source_stays_small (void)
{
  g_autoptr (TsmSeries) series = tsm_series_new (TSM_SERIES_CAPACITY);

  for (guint i = 0; i < 2000; i++)
    tsm_series_append (series, i * 5 * SECOND, i);

  g_assert_cmpuint (tsm_series_get_length (series), ==, 256);
  g_assert_cmpfloat (tsm_series_get (series, 255).value, ==, 1999);
  g_assert_cmpint (tsm_series_get (series, 0).time, ==, (2000 - 256) * 5 * SECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/series/empty", test_empty);
  g_test_add_func ("/series/merges-within-a-second", test_merges_within_a_second);
  g_test_add_func ("/series/new-bucket-at-the-second", test_new_bucket_at_the_second);
  g_test_add_func ("/series/time-never-runs-backwards", test_time_never_runs_backwards);
  g_test_add_func ("/series/not-finite-is-ignored", test_not_finite_is_ignored);
  g_test_add_func ("/series/huge-is-clamped", test_huge_is_clamped);
  g_test_add_func ("/series/gap", test_gap);
  g_test_add_func ("/series/range", test_range);
  g_test_add_func ("/series/range-of-a-gap-alone", test_range_of_a_gap_alone);
  g_test_add_func ("/series/growth-keeps-order", test_growth_keeps_order);
  g_test_add_func ("/series/ring-drops-the-oldest", test_ring_drops_the_oldest);
  g_test_add_func ("/series/slow-source-stays-small", test_slow_source_stays_small);

  return g_test_run ();
}
