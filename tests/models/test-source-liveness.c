/* TsmSource: how often it sends, and whether it still lives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "model-fixture.h"
#include "models/tsm-source.h"

static void
ingest_metrics (TsmSource *source,
                double     seconds)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event_type':'METRIC_UPDATE','metrics':{'system':{'cpu_percent':1}}}");
  tsm_source_ingest (source, event);
}

static void
ingest_status (TsmSource *source,
               double     seconds)
{
  g_autoptr (TsmEvent) event = fixture_event (seconds, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

  tsm_source_ingest (source, event);
}

static void
test_cadence_needs_three_intervals (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  for (guint i = 0; i < 3; i++)
    ingest_metrics (source, i * 5);
  g_assert_true (isnan (tsm_source_get_cadence (source)));
  ingest_metrics (source, 15);

  g_assert_cmpfloat (tsm_source_get_cadence (source), ==, 5);
}

static void
test_cadence_is_a_median (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  const double          times[] = { 0, 2, 104, 107, 111 }; /* intervals 2, 102, 3, 4 */

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    ingest_metrics (source, times[i]);

  g_assert_cmpfloat (tsm_source_get_cadence (source), ==, 3.5);
}

static void
test_cadence_forgets (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  double                time = 0;

  for (guint i = 0; i < 50; i++)
    ingest_metrics (source, time += 2);
  for (guint i = 0; i < 16; i++)
    ingest_metrics (source, time += 10);

  g_assert_cmpfloat (tsm_source_get_cadence (source), ==, 10);
}

static void
test_cadence_ignores_other_events (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  for (guint i = 0; i < 5; i++)
    {
      ingest_metrics (source, i * 5);
      ingest_status (source, i * 5 + 1);
    }

  g_assert_cmpfloat (tsm_source_get_cadence (source), ==, 5);
}

static void
test_cadence_ignores_a_gap (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_metrics (source, 0);
  ingest_metrics (source, 5);
  ingest_metrics (source, 10);
  tsm_source_mark_gap (source, fixture_monotonic (12));
  ingest_metrics (source, 1000);
  g_assert_true (isnan (tsm_source_get_cadence (source)));
  ingest_metrics (source, 1005);

  g_assert_cmpfloat (tsm_source_get_cadence (source), ==, 5);
}

static void
assert_liveness (TsmSource   *source,
                 double       seconds,
                 TsmLiveness  liveness)
{
  tsm_source_update_liveness (source, fixture_monotonic (seconds));
  g_assert_cmpint (tsm_source_get_liveness (source), ==, liveness);
}

static void
test_liveness_by_the_clock (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  assert_liveness (source, 0, TSM_LIVENESS_INACTIVE);
  ingest_status (source, 0);

  assert_liveness (source, 29.9, TSM_LIVENESS_ACTIVE);
  assert_liveness (source, 30, TSM_LIVENESS_DELAYED);
  assert_liveness (source, 59.9, TSM_LIVENESS_DELAYED);
  assert_liveness (source, 60, TSM_LIVENESS_INACTIVE);
}

static void
test_liveness_scales_with_a_slow_cadence (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  for (guint i = 0; i < 5; i++)
    ingest_metrics (source, i * 20);

  assert_liveness (source, 80 + 59.9, TSM_LIVENESS_ACTIVE);
  assert_liveness (source, 80 + 60, TSM_LIVENESS_DELAYED);
  assert_liveness (source, 80 + 119.9, TSM_LIVENESS_DELAYED);
  assert_liveness (source, 80 + 120, TSM_LIVENESS_INACTIVE);
}

static void
test_liveness_does_not_shrink_with_a_fast_cadence (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  for (guint i = 0; i < 5; i++)
    ingest_metrics (source, i * 2);

  assert_liveness (source, 8 + 29.9, TSM_LIVENESS_ACTIVE);
}

static void
test_liveness_notifies_changes_only (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  guint                 n;

  ingest_metrics (source, 0);
  tsm_source_flush (source);
  fixture_count (source, "notify::liveness", &n);

  tsm_source_update_liveness (source, fixture_monotonic (10));
  g_assert_cmpuint (n, ==, 0);
  tsm_source_update_liveness (source, fixture_monotonic (40));
  tsm_source_update_liveness (source, fixture_monotonic (41));

  g_assert_cmpuint (n, ==, 1);
}

static void
test_liveness_comes_back_at_the_flush (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  guint                 n;

  ingest_metrics (source, 0);
  tsm_source_flush (source);
  tsm_source_update_liveness (source, fixture_monotonic (100));
  fixture_count (source, "notify::liveness", &n);
  ingest_metrics (source, 101);
  g_assert_cmpuint (n, ==, 0);
  tsm_source_flush (source);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (tsm_source_get_liveness (source), ==, TSM_LIVENESS_ACTIVE);
}

static const struct
{
  const char *path;
  void      (*function) (void);
} tests[] = {
  { "/source/cadence/needs-three-intervals", test_cadence_needs_three_intervals },
  { "/source/cadence/median", test_cadence_is_a_median },
  { "/source/cadence/forgets", test_cadence_forgets },
  { "/source/cadence/ignores-other-events", test_cadence_ignores_other_events },
  { "/source/cadence/ignores-a-gap", test_cadence_ignores_a_gap },
  { "/source/liveness/by-the-clock", test_liveness_by_the_clock },
  { "/source/liveness/slow-cadence", test_liveness_scales_with_a_slow_cadence },
  { "/source/liveness/fast-cadence", test_liveness_does_not_shrink_with_a_fast_cadence },
  { "/source/liveness/notifies-changes-only", test_liveness_notifies_changes_only },
  { "/source/liveness/comes-back-at-the-flush", test_liveness_comes_back_at_the_flush },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].function);

  return g_test_run ();
}
