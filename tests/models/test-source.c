/* TsmSource: readings, counters, health, and what it tells when.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "model-fixture.h"
#include "models/tsm-source.h"

static TsmEvent *
new_cpu (double seconds,
         double value)
{
  return fixture_event (seconds, "{'event_type':'METRIC_UPDATE','metrics':{'system':{'cpu_percent':%g}}}", value);
}

static void
ingest_cpu (TsmSource *source,
            double     seconds,
            double     value)
{
  g_autoptr (TsmEvent) event = new_cpu (seconds, value);

  tsm_source_ingest (source, event);
}

/* @timestamp: NULL for none */
static void
ingest_network (TsmSource  *source,
                double      seconds,
                const char *timestamp,
                double      bytes)
{
  g_autofree char     *member = timestamp != NULL ? g_strdup_printf ("'timestamp':'%s',", timestamp) : g_strdup ("");
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds,
                         "{'event_type':'METRIC_UPDATE',%s'metrics':{'system':{'network_io':{'bytes_sent':%.0f}}}}",
                         member, bytes);
  tsm_source_ingest (source, event);
}

static void
ingest_json (TsmSource  *source,
             double      seconds,
             const char *json)
{
  g_autoptr (TsmEvent) event = fixture_event (seconds, "%s", json);

  g_assert_cmpint (tsm_event_get_acceptance (event), !=, TSM_ACCEPTED_NO);
  tsm_source_ingest (source, event);
}

static void
test_reading (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  g_assert_false (tsm_source_get_reading (source, TSM_METRIC_CPU_PERCENT, &reading));
  ingest_cpu (source, 3, 37.5);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_CPU_PERCENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 37.5);
  g_assert_cmpint (reading.received_monotonic, ==, fixture_monotonic (3));
  g_assert_false (tsm_source_get_reading (source, TSM_METRIC_MEMORY_PERCENT, &reading));
  g_assert_null (tsm_source_get_series (source, TSM_METRIC_MEMORY_PERCENT));
}

static void
test_missing_metric_keeps_its_reading (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_cpu (source, 0, 40);
  ingest_json (source, 5, "{'event_type':'METRIC_UPDATE','metrics':{'system':{'memory_percent':50}}}");

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_CPU_PERCENT, &reading));
  g_assert_cmpint (reading.received_monotonic, ==, fixture_monotonic (0));
}

static void
test_series (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  const TsmSeries      *series;

  ingest_cpu (source, 0, 40);
  ingest_cpu (source, 5, 50);
  tsm_source_mark_gap (source, fixture_monotonic (7));
  ingest_cpu (source, 10, 60);

  series = tsm_source_get_series (source, TSM_METRIC_CPU_PERCENT);
  g_assert_cmpuint (tsm_series_get_length (series), ==, 4);
  g_assert_true (isnan (tsm_series_get (series, 2).value));
  g_assert_cmpfloat (tsm_series_get (series, 3).value, ==, 60);
}

static void
test_custom_metrics (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  g_auto (GStrv)        names = NULL;
  TsmReading            reading;

  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{'system':{'cpu_percent':1},'zoo':{'b':2,'a':1}}}");
  names = tsm_source_dup_custom_names (source);

  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "zoo.a");
  g_assert_true (tsm_source_get_custom (source, "zoo.b", &reading));
  g_assert_cmpfloat (reading.value, ==, 2);
  g_assert_cmpuint (tsm_series_get_length (tsm_source_get_custom_series (source, "zoo.b")), ==, 1);
  g_assert_false (tsm_source_get_custom (source, "zoo.c", &reading));
}

static void
test_custom_metrics_are_bounded (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  g_auto (GStrv)        names = NULL;

  for (guint i = 0; i < TSM_SOURCE_MAX_CUSTOM + 10; i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (i, "{'event_type':'METRIC_UPDATE','metrics':{'zoo':{'n%u':1}}}", i);

      tsm_source_ingest (source, event);
    }

  names = tsm_source_dup_custom_names (source);
  g_assert_cmpuint (g_strv_length (names), ==, TSM_SOURCE_MAX_CUSTOM);
  g_assert_cmpuint (tsm_source_get_n_custom_dropped (source), ==, 10);
}

static void
test_counter_needs_two (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_network (source, 0, NULL, 1000);
  g_assert_false (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  ingest_network (source, 5, NULL, 2000);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 200);
  g_assert_cmpuint (tsm_series_get_length (tsm_source_get_series (source, TSM_METRIC_NETWORK_SENT)), ==, 1);
}

static void
test_counter_uses_the_source_clock (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_network (source, 0, "2026-03-02T14:00:00Z", 1000);
  ingest_network (source, 5, "2026-03-02T14:00:10Z", 2000);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 100);
}

static void
test_counter_distrusts_a_clock_set_back (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_network (source, 0, "2026-03-02T14:00:00Z", 1000);
  ingest_network (source, 5, "2026-03-02T13:00:00Z", 2000);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 200);
}

static void
test_counter_reset (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_network (source, 0, NULL, 1000);
  ingest_network (source, 5, NULL, 2000);
  ingest_network (source, 10, NULL, 100);
  g_assert_false (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  ingest_network (source, 15, NULL, 600);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 100);
}

static void
test_counter_ignores_a_duplicate (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  TsmReading            reading;

  ingest_network (source, 0, "2026-03-02T14:00:00Z", 1000);
  ingest_network (source, 5, "2026-03-02T14:00:05Z", 2000);
  ingest_network (source, 5.1, "2026-03-02T14:00:05Z", 2000);

  g_assert_true (tsm_source_get_reading (source, TSM_METRIC_NETWORK_SENT, &reading));
  g_assert_cmpfloat (reading.value, ==, 200);
}

static void
test_ingest_touches_no_signal (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  g_autoptr (Shadow)    shadow = shadow_new (tsm_source_get_components (source));
  guint                 n_changed;
  guint                 n_notify;

  fixture_count (source, "changed", &n_changed);
  fixture_count (source, "notify", &n_notify);
  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'overall':90,"
                          "'components':{'redis':95}}}");

  g_assert_cmpuint (n_changed + n_notify + shadow->n_emissions, ==, 0);
}

static void
test_flush_tells_once (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  guint                 n_changed;
  guint                 n_notify;

  fixture_count (source, "changed", &n_changed);
  fixture_count (source, "notify", &n_notify);
  ingest_cpu (source, 0, 1);
  ingest_cpu (source, 5, 2);
  tsm_source_flush (source);
  g_assert_cmpuint (n_changed, ==, 1);
  tsm_source_flush (source);

  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_notify, ==, 1);
}

static void
test_gap_is_told (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  guint                 n;

  ingest_cpu (source, 0, 1);
  tsm_source_flush (source);
  fixture_count (source, "changed", &n);
  tsm_source_mark_gap (source, fixture_monotonic (1));
  tsm_source_flush (source);

  g_assert_cmpuint (n, ==, 1);
}

static void
test_health_of_a_metric_update (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_json (source, 2, "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'overall':92.5,"
                          "'status':'HEALTHY','components':{'redis':97,'database':'warning'}}}");

  g_assert_cmpfloat (tsm_source_get_health_score (source), ==, 92.5);
  g_assert_cmpint (tsm_source_get_health_level (source), ==, TSM_HEALTH_EXCELLENT);
  g_assert_cmpstr (tsm_source_get_health_status (source), ==, "HEALTHY");
  g_assert_cmpint (tsm_source_get_health_origin (source), ==, TSM_EVENT_METRIC_UPDATE);
  g_assert_cmpint (tsm_source_get_last_health (source), ==, fixture_monotonic (2));
}

static void
test_newest_health_wins (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'overall':92,'status':'HEALTHY'}}");
  ingest_json (source, 1, "{'event_type':'HEALTH_CHECK','status':'degraded','components':{}}");

  g_assert_true (isnan (tsm_source_get_health_score (source)));
  g_assert_cmpint (tsm_source_get_health_level (source), ==, TSM_HEALTH_DEGRADED);
  g_assert_cmpint (tsm_source_get_health_origin (source), ==, TSM_EVENT_HEALTH_CHECK);
}

static void
test_metrics_without_health_leave_it (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_json (source, 0, "{'event_type':'HEALTH_CHECK','status':'healthy','components':{}}");
  ingest_cpu (source, 5, 1);

  g_assert_cmpstr (tsm_source_get_health_status (source), ==, "healthy");
  g_assert_cmpint (tsm_source_get_last_health (source), ==, fixture_monotonic (0));
}

static TsmComponent *
get_component (TsmSource *source,
               guint      position)
{
  g_autoptr (TsmComponent) component = g_list_model_get_item (tsm_source_get_components (source), position);

  return component;
}

static void
test_components_are_kept (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");
  g_autoptr (Shadow)    shadow = shadow_new (tsm_source_get_components (source));
  TsmComponent         *redis;
  guint                 n;

  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'overall':92,"
                          "'components':{'redis':97,'database':90}}}");
  tsm_source_flush (source);
  redis = get_component (source, 0);
  fixture_count (redis, "notify::score", &n);
  ingest_json (source, 5, "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'overall':92,"
                          "'components':{'memory':70,'redis':60}}}");
  g_assert_cmpuint (n, ==, 0);
  tsm_source_flush (source);

  g_assert_cmpuint (n, ==, 1);
  g_assert_true (get_component (source, 0) == redis);
  g_assert_cmpfloat (tsm_component_get_score (redis), ==, 60);
  g_assert_cmpstr (tsm_component_get_name (get_component (source, 2)), ==, "memory");
  g_assert_cmpuint (shadow->n_emissions, ==, 2);
  shadow_assert_equal (shadow);
}

static void
test_components_are_bounded (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  for (guint i = 0; i < 250; i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (i, "{'event_type':'HEALTH_CHECK','components':{'c%u':'ok'}}", i);

      tsm_source_ingest (source, event);
    }
  tsm_source_flush (source);

  g_assert_cmpuint (g_list_model_get_n_items (tsm_source_get_components (source)), ==, 200);
}

static void
test_recommendations (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  g_assert_null (tsm_source_get_recommendations (source));
  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{},'recommendations':['Restart']}");
  g_assert_cmpstr (tsm_source_get_recommendations (source)[0], ==, "Restart");
  ingest_cpu (source, 1, 1);
  g_assert_nonnull (tsm_source_get_recommendations (source));
  ingest_json (source, 2, "{'event_type':'METRIC_UPDATE','metrics':{},'recommendations':[]}");

  g_assert_null (tsm_source_get_recommendations (source));
}

static void
test_timeframes_and_trends (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  g_assert_null (tsm_source_get_timeframes (source));
  ingest_json (source, 0, "{'event_type':'METRIC_UPDATE','metrics':{'application':{'active_timeframes':['1min','daily']}},"
                          "'trends':{'cpu':{'direction':'INCREASING','rate':0.5,'prediction_1h':60}}}");

  g_assert_cmpstr (tsm_source_get_timeframes (source)[1], ==, "daily");
  g_assert_cmpint (tsm_source_get_cpu_trend (source).direction, ==, TSM_TREND_INCREASING);
  g_assert_cmpfloat (tsm_source_get_cpu_trend (source).prediction_1h, ==, 60);
  g_assert_cmpint (tsm_source_get_memory_trend (source).direction, ==, TSM_TREND_UNKNOWN);
}

static void
test_status_and_uptime (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  g_assert_true (isnan (tsm_source_get_uptime (source, fixture_monotonic (0))));
  ingest_json (source, 10, "{'event_type':'SYSTEM_STATUS','status':'running','message':'All well','uptime_seconds':100}");
  ingest_cpu (source, 15, 1);

  g_assert_cmpstr (tsm_source_get_status (source), ==, "RUNNING");
  g_assert_cmpstr (tsm_source_get_status_message (source), ==, "All well");
  g_assert_cmpfloat (tsm_source_get_uptime (source, fixture_monotonic (30)), ==, 120);
}

static void
test_uptime_of_a_health_check (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_json (source, 10, "{'event_type':'HEALTH_CHECK','health':{'overall_score':88,'uptime_seconds':50}}");

  g_assert_cmpfloat (tsm_source_get_uptime (source, fixture_monotonic (11)), ==, 51);
}

static void
test_counts_and_times (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_cpu (source, 1, 1);
  ingest_cpu (source, 2, 1);
  ingest_json (source, 3, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

  g_assert_cmpuint (tsm_source_get_n_events (source, TSM_EVENT_METRIC_UPDATE), ==, 2);
  g_assert_cmpuint (tsm_source_get_n_events_total (source), ==, 3);
  g_assert_cmpint (tsm_source_get_last_metrics (source), ==, fixture_monotonic (2));
  g_assert_cmpint (tsm_source_get_last_event (source), ==, fixture_monotonic (3));
}

static void
test_clock_skew (void)
{
  g_autoptr (TsmSource) source = tsm_source_new ("engine");

  ingest_json (source, 10, "{'event_type':'SYSTEM_STATUS','timestamp':'2026-03-02T14:00:03Z','status':'RUNNING'}");
  g_assert_cmpfloat (tsm_source_get_clock_skew (source), ==, 7);
  ingest_cpu (source, 11, 1);

  g_assert_true (isnan (tsm_source_get_clock_skew (source)));
}

static void
test_title (void)
{
  g_autoptr (TsmSource) unnamed = tsm_source_new ("");
  g_autoptr (TsmSource) named = tsm_source_new ("TickStockPL");
  g_autofree char      *first = tsm_source_dup_title (unnamed);
  g_autofree char      *second = tsm_source_dup_title (named);

  g_assert_cmpstr (first, ==, "Unnamed source");
  g_assert_cmpstr (second, ==, "TickStockPL");
}

static const struct
{
  const char *path;
  void      (*function) (void);
} tests[] = {
  { "/source/reading", test_reading },
  { "/source/missing-metric-keeps-its-reading", test_missing_metric_keeps_its_reading },
  { "/source/series", test_series },
  { "/source/custom/kept", test_custom_metrics },
  { "/source/custom/bounded", test_custom_metrics_are_bounded },
  { "/source/counter/needs-two", test_counter_needs_two },
  { "/source/counter/uses-the-source-clock", test_counter_uses_the_source_clock },
  { "/source/counter/distrusts-a-clock-set-back", test_counter_distrusts_a_clock_set_back },
  { "/source/counter/reset", test_counter_reset },
  { "/source/counter/duplicate", test_counter_ignores_a_duplicate },
  { "/source/flush/ingest-touches-no-signal", test_ingest_touches_no_signal },
  { "/source/flush/tells-once", test_flush_tells_once },
  { "/source/flush/gap-is-told", test_gap_is_told },
  { "/source/health/of-a-metric-update", test_health_of_a_metric_update },
  { "/source/health/newest-wins", test_newest_health_wins },
  { "/source/health/metrics-without-health-leave-it", test_metrics_without_health_leave_it },
  { "/source/components/kept", test_components_are_kept },
  { "/source/components/bounded", test_components_are_bounded },
  { "/source/recommendations", test_recommendations },
  { "/source/timeframes-and-trends", test_timeframes_and_trends },
  { "/source/status-and-uptime", test_status_and_uptime },
  { "/source/uptime-of-a-health-check", test_uptime_of_a_health_check },
  { "/source/counts-and-times", test_counts_and_times },
  { "/source/clock-skew", test_clock_skew },
  { "/source/title", test_title },
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
