/* What is learned from events: cadence, silence, clocks, repetitions, alerts without a beginning.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-pace.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

/* Whether it is stale @silence seconds after @n batches of @size events, @every seconds apart. */
static gboolean
is_stale_after (guint  n,
                guint  size,
                double every,
                double silence)
{
  TsmPaceMaker maker = { 0 };
  gint64 time = FIXTURE_NOW;

  for (guint i = 0; i < n; i++)
    {
      time = FIXTURE_NOW + SECONDS (i * every);
      for (guint j = 0; j < size; j++)
        tsm_pace_maker_add (&maker, time + j * 1000);
    }
  return tsm_pace_maker_get_pace (&maker, SECONDS (silence)) >= TSM_PACE_STALE;
}

/* A stream that keeps its cadence is never stale, and one that stops is. */
static void
test_cadences (void)
{
  static const struct
  {
    double every; /* s */
    double stale; /* s of silence after which it is */
  } rows[] = {
    { 0.001, 9 }, { 0.1, 9 }, { 1, 9 }, { 2, 9 }, { 5, 16 }, { 10, 31 }, { 60, 181 }, { 300, 901 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint n = (guint) MAX (40, 20 / rows[i].every);

      g_test_message ("every %g s", rows[i].every);
      g_assert_false (is_stale_after (n, 1, rows[i].every, rows[i].every * 1.4));
      g_assert_false (is_stale_after (n, 1, rows[i].every, MIN (7.9, rows[i].every * 2.9)));
      g_assert_true (is_stale_after (n, 1, rows[i].every, rows[i].stale));
    }
}

static void
test_bursts (void)
{
  g_assert_false (is_stale_after (20, 20, 60, 100));
  g_assert_true (is_stale_after (20, 20, 60, 200));
}

/* Twenty seconds of traffic each minute: the pauses between are no silence. */
static void
test_long_bursts (void)
{
  TsmPaceMaker maker = { 0 };

  for (guint minute = 0; minute < 20; minute++)
    for (guint i = 0; i < 40; i++)
      tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (minute * 60 + i * 0.5));
  g_assert_cmpint (tsm_pace_maker_get_pace (&maker, SECONDS (45)), <, TSM_PACE_STALE);
}

/* Random, as alerts are: a mean of two seconds. */
static void
test_irregular (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  TsmPaceMaker maker = { 0 };
  gint64 time = FIXTURE_NOW;
  guint n_stale = 0;

  for (guint i = 0; i < 20000; i++)
    {
      gint64 pause = SECONDS (-2 * log (1 - g_rand_double (random)));

      n_stale += i > 50 && tsm_pace_maker_get_pace (&maker, pause) >= TSM_PACE_STALE;
      time += pause;
      tsm_pace_maker_add (&maker, time);
    }
  g_assert_cmpuint (n_stale, <=, 4);
}

static void
test_one_event_is_not_stale_soon (void)
{
  g_assert_false (is_stale_after (1, 1, 1, 120));
  g_assert_true (is_stale_after (1, 1, 1, 200));
}

/* A source that becomes slower is learned. */
static void
test_change_of_cadence (void)
{
  TsmPaceMaker maker = { 0 };

  for (guint i = 0; i < 40; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (i * 2));
  g_assert_cmpint (tsm_pace_maker_get_pace (&maker, SECONDS (50)), >=, TSM_PACE_STALE);
  for (guint i = 1; i < 20; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (80 + i * 60));
  g_assert_cmpint (tsm_pace_maker_get_pace (&maker, SECONDS (80)), <, TSM_PACE_STALE);
}

/* An outage is nothing to get used to. */
static void
test_outage_is_not_learned (void)
{
  TsmPaceMaker maker = { 0 };

  for (guint i = 0; i < 20; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (i * 2));
  for (guint i = 0; i < 20; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (640 + i * 2));
  g_assert_cmpint (tsm_pace_maker_get_patience (&maker), <=, SECONDS (10));
}

static void
test_interruption_is_no_pause (void)
{
  TsmPaceMaker maker = { 0 };

  for (guint i = 0; i < 2; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (i * 2));
  tsm_pace_maker_interrupt (&maker);
  for (guint i = 0; i < 3; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + SECONDS (20 + i * 2));
  g_assert_cmpint (tsm_pace_maker_get_patience (&maker), <=, SECONDS (10));
}

static void
test_cadence_of_a_fast_stream (void)
{
  TsmPaceMaker maker = { 0 };

  for (guint i = 0; i < 20000; i++)
    tsm_pace_maker_add (&maker, FIXTURE_NOW + i * 1000);
  g_assert_cmpfloat_with_epsilon (tsm_pace_maker_get_cadence (&maker), 0.001, 0.0002);
}

typedef struct
{
  TsmSemantics     *semantics;
  TsmSemanticFacts  facts;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->semantics = tsm_semantics_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tsm_semantic_facts_clear (&fixture->facts);
  tsm_semantics_free (fixture->semantics);
}

static void
feed (Fixture  *fixture,
      TsmEvent *event)
{
  tsm_semantics_ingest (fixture->semantics, event);
  g_object_unref (event);
}

static void
look (Fixture *fixture,
      double   seconds)
{
  tsm_semantic_facts_clear (&fixture->facts);
  tsm_semantics_look (fixture->semantics, FIXTURE_NOW + SECONDS (seconds), FIXTURE_NOW, &fixture->facts);
}

static void
test_streams (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 10; i++)
    {
      feed (fixture, fixture_metrics ("a", i * 2, 0));
      feed (fixture, fixture_metrics ("b", i * 2 + 1, 0));
    }
  look (fixture, 20);
  g_assert_cmpuint (fixture->facts.streams->len, ==, 2);
  g_assert_cmpstr (g_array_index (fixture->facts.streams, TsmStreamFacts, 0).source, ==, "a");
  g_assert_cmpint (g_array_index (fixture->facts.streams, TsmStreamFacts, 0).type, ==, TSM_EVENT_METRIC_UPDATE);
  g_assert_cmpfloat_with_epsilon (g_array_index (fixture->facts.streams, TsmStreamFacts, 0).cadence, 2, 0.01);
  g_assert_cmpuint (fixture->facts.metrics.n_events, ==, 20);
  g_assert_cmpuint (fixture->facts.n_sources, ==, 2);
}

static void
test_silent_source (Fixture       *fixture,
                    gconstpointer  data)
{
  for (guint i = 0; i < 30; i++)
    {
      feed (fixture, fixture_metrics ("alive", i * 2, 0));
      if (i < 10)
        feed (fixture, fixture_metrics ("dead", i * 2, 0));
    }
  look (fixture, 60);
  g_assert_cmpuint (fixture->facts.n_silent, ==, 1);
  g_assert_cmpstr (fixture->facts.silent_source, ==, "dead");
  g_assert_cmpint (fixture->facts.all.pace, ==, TSM_PACE_ON_TIME);
}

/* Sources come and go without end, and the memory stays. */
static void
test_bounded_sources (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);

      feed (fixture, fixture_metrics (source, i, 0));
    }
  look (fixture, 500);
  g_assert_cmpuint (fixture->facts.n_sources, ==, TSM_SEMANTICS_MAX_SOURCES);
}

static void
test_skew (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < 12; i++)
    feed (fixture, fixture_metrics ("late", i * 2, 30 + (i % 3)));
  look (fixture, 24);
  g_assert_cmpfloat_with_epsilon (fixture->facts.skew, 30, 1.01);
  g_assert_cmpstr (fixture->facts.skew_source, ==, "late");
}

static void
test_skew_ahead (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < 12; i++)
    feed (fixture, fixture_metrics ("fast", i * 2, -300));
  look (fixture, 24);
  g_assert_cmpfloat_with_epsilon (fixture->facts.skew, -300, 0.1);
}

/* Events of ten seconds that are sent at once: the oldest is ten seconds old, and no clock is wrong. */
static void
test_batches_are_no_skew (Fixture       *fixture,
                          gconstpointer  data)
{
  for (guint batch = 0; batch < 8; batch++)
    for (guint i = 0; i < 10; i++)
      feed (fixture, fixture_metrics ("batch", batch * 10 + i * 0.001, 9 - i));
  look (fixture, 80);
  g_assert_cmpfloat (fabs (fixture->facts.skew), <, 1);
}

static void
test_one_wrong_time_is_no_skew (Fixture       *fixture,
                                gconstpointer  data)
{
  for (guint i = 0; i < 12; i++)
    feed (fixture, fixture_metrics ("a", i * 2, i == 5 ? -3600 : 0));
  look (fixture, 24);
  g_assert_cmpfloat (fabs (fixture->facts.skew), <, 1);
}

static void
test_repetitions (Fixture       *fixture,
                  gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    for (guint twice = 0; twice < 2; twice++)
      feed (fixture, fixture_event (i + twice * 0.01, "{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"RUNNING\","
                                                      "\"timestamp\":\"2026-03-02T14:00:00Z\"}"));
  look (fixture, 20);
  g_assert_cmpuint (fixture->facts.recent_events, ==, 40);
  g_assert_cmpuint (fixture->facts.recent_repeated, >=, 20);
}

/* What says the same every two seconds is no repetition; nor is what has no time in it. */
static void
test_no_repetitions (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      feed (fixture, fixture_event (i * 2, "{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"RUNNING\","
                                           "\"timestamp\":\"2026-03-02T14:00:00Z\"}"));
      feed (fixture, fixture_event (i * 0.01, "{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"RUNNING\"}"));
      feed (fixture, fixture_metrics ("a", i * 0.01, 0));
    }
  look (fixture, 40);
  g_assert_cmpuint (fixture->facts.recent_repeated, ==, 0);
}

static void
test_gauges (Fixture       *fixture,
             gconstpointer  data)
{
  feed (fixture, fixture_metrics ("a", 0, 0));
  feed (fixture, fixture_event (1, "{\"event_type\":\"METRIC_UPDATE\",\"metrics\":{\"system\":{\"cpu_percent\":\"high\","
                                   "\"memory_percent\":50}}}"));
  feed (fixture, fixture_event (2, "{\"event_type\":\"METRIC_UPDATE\",\"metrics\":{\"database\":{\"query_avg_ms\":5}}}"));
  look (fixture, 3);
  g_assert_cmpuint (fixture->facts.recent_metrics, ==, 3);
  g_assert_cmpuint (fixture->facts.recent_wrong_types, ==, 1);
  g_assert_cmpuint (fixture->facts.recent_without_gauges, ==, 1);
  g_assert_nonnull (fixture->facts.odd_metrics);
}

/* A number of no gauge that is none does not empty the page. */
static void
test_other_wrong_types (Fixture       *fixture,
                        gconstpointer  data)
{
  feed (fixture, fixture_event (0, "{\"event_type\":\"METRIC_UPDATE\",\"metrics\":{\"system\":{\"cpu_percent\":1,\"memory_percent\":2,"
                                   "\"thread_count\":\"many\"}}}"));
  look (fixture, 1);
  g_assert_cmpuint (fixture->facts.recent_wrong_types, ==, 0);
}

static void
test_alerts (Fixture       *fixture,
             gconstpointer  data)
{
  feed (fixture, fixture_event (0, "{\"event_type\":\"ALERT_TRIGGERED\",\"alert\":{\"id\":\"x\",\"level\":\"WARNING\",\"message\":\"m\"}}"));
  feed (fixture, fixture_event (1, "{\"event_type\":\"ALERT_RESOLVED\",\"alert_id\":\"x\"}"));
  feed (fixture, fixture_event (2, "{\"event_type\":\"ALERT_RESOLVED\",\"alert_id\":\"y\"}"));
  look (fixture, 3);
  g_assert_cmpuint (fixture->facts.n_resolved_unheard, ==, 1);
}

static void
test_rejected_are_ignored (Fixture       *fixture,
                           gconstpointer  data)
{
  feed (fixture, fixture_event (0, "nonsense"));
  look (fixture, 1);
  g_assert_cmpuint (fixture->facts.all.n_events, ==, 0);
}

/* Twenty thousand a second must cost a small part of a core. */
static void
test_cost (Fixture       *fixture,
           gconstpointer  data)
{
  const guint n = 200000;
  g_autoptr (TsmEvent) event = fixture_metrics ("a", 0, 0);
  gint64 begin;

  if (!g_test_perf ())
    {
      g_test_skip ("run with -m perf");
      return;
    }

  begin = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    tsm_semantics_ingest (fixture->semantics, event);
  g_test_minimized_result ((g_get_monotonic_time () - begin) / (double) n, "µs per event: %.3f",
                           (g_get_monotonic_time () - begin) / (double) n);
}

static void
test_intake (void)
{
  g_autoptr (TsmIntake) intake = tsm_intake_new ();
  static const char *const payloads[] = {
    "{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"UP\",\"timestamp\":\"2026-03-02T14:00:00Z\",\"source\":\"a\"}",
    "{\"event_type\": METRIC}",
    "\"{\\\"event_type\\\":\\\"SYSTEM_STATUS\\\",\\\"status\\\":\\\"UP\\\",\\\"timestamp\\\":\\\"2026-03-02T14:00:00Z\\\"}\"",
  };
  TsmIntakeFacts facts;

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (i, payloads[i]);

      tsm_intake_ingest (intake, event);
    }
  tsm_intake_look (intake, FIXTURE_NOW + SECONDS (5), &facts);
  g_assert_cmpuint (facts.decoded, ==, 1);
  g_assert_cmpuint (facts.repaired, ==, 1);
  g_assert_cmpuint (facts.rejected, ==, 1);
  g_assert_cmpuint (facts.recent, ==, 3);
  g_assert_cmpuint (facts.recent_rejected, ==, 1);
  g_assert_cmpuint (facts.recent_by_code[TSM_FINDING_INVALID_JSON], ==, 1);
  g_assert_cmpuint (facts.recent_by_code[TSM_FINDING_ENCODED_TWICE], ==, 1);
  g_assert_nonnull (facts.samples[TSM_FINDING_INVALID_JSON]);
  g_assert_nonnull (facts.sample);

  tsm_intake_look (intake, FIXTURE_NOW + SECONDS (100), &facts);
  g_assert_cmpuint (facts.recent, ==, 0);
  g_assert_cmpuint (facts.rejected, ==, 1);
}

static void
test_specimen_is_harmless (void)
{
  g_autoptr (TsmEvent) event = fixture_event (0, "\x1b[31m\xff{`\n");
  g_autoptr (TsmSpecimen) specimen = tsm_specimen_new (event);
  g_autofree char *text = tsm_specimen_dup_text (specimen);

  g_assert_cmpstr (text, ==, "\\x1b[31m\\xff{`\\x0a");
}

/* Where something is wrong is said once. */
static void
test_specimen_says_why (void)
{
  g_autoptr (TsmEvent) event = fixture_event (0, "{\"event_type\": METRIC_UPDATE}");
  g_autoptr (TsmSpecimen) specimen = tsm_specimen_new (event);

  g_assert_cmpstr (specimen->reason, ==, "Not JSON at byte 15: expected a value");
  g_assert_cmpuint (specimen->findings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (specimen->findings, 0), ==, "invalid-json: Not JSON at byte 15: expected a value");

  g_clear_object (&event);
  g_clear_pointer (&specimen, tsm_specimen_free);
  event = fixture_event (0, "{'event_type': None}");
  specimen = tsm_specimen_new (event);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (specimen->findings, 0), "invalid-json at byte 1: The message is in Python"));
}

static void
test_specimen_is_bounded (void)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autoptr (TsmEvent) event = fixture_event (0, long_text);
  g_autoptr (TsmSpecimen) specimen = tsm_specimen_new (event);
  g_autofree char *text = tsm_specimen_dup_text (specimen);

  g_assert_cmpuint (g_bytes_get_size (specimen->bytes), ==, TSM_SPECIMEN_MAX_BYTES);
  g_assert_cmpuint (specimen->size, ==, 100000);
  g_assert_true (g_str_has_suffix (text, "…"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pace/cadences", test_cadences);
  g_test_add_func ("/pace/bursts", test_bursts);
  g_test_add_func ("/pace/long-bursts", test_long_bursts);
  g_test_add_func ("/pace/irregular", test_irregular);
  g_test_add_func ("/pace/one-event-is-not-stale-soon", test_one_event_is_not_stale_soon);
  g_test_add_func ("/pace/change-of-cadence", test_change_of_cadence);
  g_test_add_func ("/pace/outage-is-not-learned", test_outage_is_not_learned);
  g_test_add_func ("/pace/interruption-is-no-pause", test_interruption_is_no_pause);
  g_test_add_func ("/pace/cadence-of-a-fast-stream", test_cadence_of_a_fast_stream);
#define ADD(name, func) g_test_add ("/semantics/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("streams", test_streams);
  ADD ("silent-source", test_silent_source);
  ADD ("bounded-sources", test_bounded_sources);
  ADD ("skew", test_skew);
  ADD ("skew-ahead", test_skew_ahead);
  ADD ("batches-are-no-skew", test_batches_are_no_skew);
  ADD ("one-wrong-time-is-no-skew", test_one_wrong_time_is_no_skew);
  ADD ("repetitions", test_repetitions);
  ADD ("no-repetitions", test_no_repetitions);
  ADD ("gauges", test_gauges);
  ADD ("other-wrong-types", test_other_wrong_types);
  ADD ("alerts", test_alerts);
  ADD ("rejected-are-ignored", test_rejected_are_ignored);
  ADD ("cost", test_cost);
  g_test_add_func ("/intake/counts", test_intake);
  g_test_add_func ("/intake/specimen-is-harmless", test_specimen_is_harmless);
  g_test_add_func ("/intake/specimen-is-bounded", test_specimen_is_bounded);
  g_test_add_func ("/intake/specimen-says-why", test_specimen_says_why);

  return g_test_run ();
}
