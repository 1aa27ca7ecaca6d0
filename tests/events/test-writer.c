/* What the writer writes, the decoder reads back: the same payload, the same dialect, and no finding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "event-test.h"

#include "events/tsm-event-writer.h"

#define T0     (G_GINT64_CONSTANT (1772460310) * G_USEC_PER_SEC + 120934)
#define SOURCE "engine-1"

static const char *const dialects[] = { NULL, "a", "b", "c" };

/* Takes @text. */
static TsmEvent *
read_back (char         *text,
           TsmEventType  type,
           TsmDialect    dialect)
{
  g_autofree char *written = text;
  TsmEvent *event = decode (written);

  g_test_message ("%s", written);
  assert_clean (event);
  g_assert_cmpint (tsm_event_get_event_type (event), ==, type);
  g_assert_cmpstr (tsm_event_get_dialect_name (event), ==, dialects[dialect]);
  g_assert_cmpstr (tsm_event_get_source (event), ==, SOURCE);
  g_assert_cmpint (tsm_event_get_timestamp (event), ==, T0);
  g_assert_null (strchr (written, '\n'));
  return event;
}

static void
assert_same_number (double a,
                    double b)
{
  if (isnan (a))
    g_assert_true (isnan (b));
  else
    g_assert_cmpfloat (a, ==, b);
}

static void
assert_same_strv (char **a,
                  char **b)
{
  if (a == NULL)
    g_assert_null (b);
  else
    g_assert_true (g_strv_equal ((const char *const *) a, (const char *const *) b));
}

static void
assert_same_health (const TsmHealthData *a,
                    const TsmHealthData *b)
{
  assert_same_number (a->overall, b->overall);
  g_assert_cmpstr (a->status, ==, b->status);
  assert_same_number (a->uptime_seconds, b->uptime_seconds);
  assert_same_strv (a->recommendations, b->recommendations);
  g_assert_cmpuint (a->components->len, ==, b->components->len);
  for (guint i = 0; i < a->components->len; i++)
    {
      const TsmComponentHealth *component = &g_array_index (a->components, TsmComponentHealth, i);

      assert_component (b, i, component->name, component->status, component->score, component->details);
    }
}

static void
assert_same_details (GArray *a,
                     GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const TsmDetail *detail = &g_array_index (a, TsmDetail, i);

      assert_detail (b, i, detail->name, detail->value);
    }
}

/* Every metric of the catalogue, so that B's marks are there too. */
static void
fill_metrics (TsmMetricData *data)
{
  tsm_metric_data_init (data);
  for (guint id = 0; id < TSM_N_METRICS; id++)
    {
      const TsmMetricInfo *info = tsm_metric_get_info ((TsmMetricId) id);
      double value = info->unit == TSM_UNIT_BOOLEAN ? 1
                     : info->unit == TSM_UNIT_RATIO ? 0.941
                     : info->unit == TSM_UNIT_TIME  ? 1772460309.998102
                                                    : 12.3 + id;

      tsm_metric_data_set (data, (TsmMetricId) id, value);
    }

  tsm_metric_data_add_custom (data, "gpu.0.memory.used_mb", 0.1);
  tsm_metric_data_add_custom (data, "system.swap_percent", 3);
  tsm_metric_data_add_custom (data, "uptime", 1e6);
  data->timeframes = g_strsplit ("1min,daily", ",", 0);
  data->health.overall = 92.5;
  data->health.status = g_strdup ("HEALTHY");
  data->health.recommendations = g_strsplit ("Say \"hello\"|naïve\n\ttext\x01", "|", 0);
  data->cpu_trend = (TsmTrend) { TSM_TREND_STABLE, 0.1, 38.25 };
  data->memory_trend = (TsmTrend) { TSM_TREND_DECREASING, -0.5, NAN };
}

static void
test_metrics (gconstpointer user_data)
{
  TsmDialect dialect = GPOINTER_TO_INT (user_data);
  g_auto (TsmMetricData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;
  const TsmMetricData *read;

  fill_metrics (&data);
  tsm_health_data_add_component (&data.health, "redis", NULL, 97, NULL);
  tsm_health_data_add_component (&data.health, "database", "healthy", NAN, NULL);
  tsm_health_data_add_component (&data.health, "workers", "OK", 80.5, "12 workers");
  event = read_back (tsm_event_writer_metrics (dialect, SOURCE, T0, &data), TSM_EVENT_METRIC_UPDATE, dialect);
  read = tsm_event_get_metrics (event);

  g_assert_cmphex (read->present, ==, data.present);
  for (guint id = 0; id < TSM_N_METRICS; id++)
    g_assert_cmpfloat (read->values[id], ==, data.values[id]);
  g_assert_cmpuint (read->custom->len, ==, data.custom->len);
  for (guint i = 0; i < data.custom->len; i++)
    {
      const TsmCustomMetric *custom = &g_array_index (data.custom, TsmCustomMetric, i);

      g_assert_cmpstr (g_array_index (read->custom, TsmCustomMetric, i).path, ==, custom->path);
      g_assert_cmpfloat (g_array_index (read->custom, TsmCustomMetric, i).value, ==, custom->value);
    }
  assert_same_strv (data.timeframes, read->timeframes);
  assert_same_health (&data.health, &read->health);
  g_assert_cmpint (read->cpu_trend.direction, ==, TSM_TREND_STABLE);
  g_assert_cmpfloat (read->cpu_trend.prediction_1h, ==, 38.25);
  g_assert_cmpfloat (read->memory_trend.rate, ==, -0.5);
  g_assert_true (isnan (read->memory_trend.prediction_1h));
}

/* Without what only B has: dialect A stays A. */
static void
test_metrics_of_a (void)
{
  g_auto (TsmMetricData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;

  tsm_metric_data_init (&data);
  tsm_metric_data_set (&data, TSM_METRIC_CPU_PERCENT, 37.4);
  tsm_metric_data_set (&data, TSM_METRIC_QUERY_MS, 13.1);
  event = read_back (tsm_event_writer_metrics (TSM_DIALECT_A, SOURCE, T0, &data), TSM_EVENT_METRIC_UPDATE, TSM_DIALECT_A);
  g_assert_cmphex (tsm_event_get_metrics (event)->present, ==, data.present);
}

static void
test_alert_triggered (gconstpointer user_data)
{
  TsmDialect dialect = GPOINTER_TO_INT (user_data);

  for (guint severity = 0; severity < TSM_N_SEVERITIES; severity++)
    {
      g_auto (TsmAlertData) data = { 0 };
      g_autoptr (TsmEvent) event = NULL;
      const TsmAlertData *read;

      tsm_alert_data_init (&data);
      data.id = g_strdup ("mem-1");
      data.severity = (TsmSeverity) severity;
      data.component = g_strdup ("database");
      data.message = g_strdup ("Slow “queries” \\ more");
      tsm_details_add (&data.details, "threshold", "85");
      tsm_details_add (&data.details, "value", "93.4");
      tsm_details_add (&data.details, "version", "1.10");
      tsm_details_add (&data.details, "text", "a, b");
      data.suggested_actions = g_strsplit ("one|two", "|", 0);
      event = read_back (tsm_event_writer_alert_triggered (dialect, SOURCE, T0, &data), TSM_EVENT_ALERT_TRIGGERED, dialect);
      read = tsm_event_get_alert (event);

      g_assert_cmpstr (read->id, ==, data.id);
      g_assert_cmpint (read->severity, ==, data.severity);
      g_assert_cmpstr (read->component, ==, data.component);
      g_assert_cmpstr (read->message, ==, data.message);
      assert_same_details (data.details, read->details);
      assert_same_strv (data.suggested_actions, read->suggested_actions);
      g_assert_null (read->auto_responses);
    }
}

static void
test_alert_resolved (gconstpointer user_data)
{
  TsmDialect dialect = GPOINTER_TO_INT (user_data);
  g_auto (TsmAlertData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;

  tsm_alert_data_init (&data);
  data.id = g_strdup ("mem-1");
  data.actor = g_strdup ("ana");
  data.notes = g_strdup ("gone");
  event = read_back (tsm_event_writer_alert_resolved (dialect, SOURCE, T0, &data), TSM_EVENT_ALERT_RESOLVED, dialect);
  g_assert_cmpstr (tsm_event_get_alert (event)->id, ==, "mem-1");
  g_assert_cmpstr (tsm_event_get_alert (event)->actor, ==, "ana");
  g_assert_cmpstr (tsm_event_get_alert (event)->notes, ==, "gone");
}

static void
test_health_check (gconstpointer user_data)
{
  TsmDialect dialect = GPOINTER_TO_INT (user_data);
  g_auto (TsmHealthData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;

  tsm_health_data_init (&data);
  data.overall = 88.8;
  data.status = g_strdup ("healthy");
  data.uptime_seconds = 184220;
  data.recommendations = g_strsplit ("Check the log", "|", 0);
  tsm_health_data_add_component (&data, "market_data", "healthy", NAN, "latency_ms 4, feeds 2");
  tsm_health_data_add_component (&data, "workers", "DEGRADED", 71, "12 workers, 3 idle");
  tsm_health_data_add_component (&data, "redis", NULL, NAN, NULL);
  event = read_back (tsm_event_writer_health_check (dialect, SOURCE, T0, &data), TSM_EVENT_HEALTH_CHECK, dialect);
  assert_same_health (&data, tsm_event_get_health (event));
}

static void
test_system_status (gconstpointer user_data)
{
  TsmDialect dialect = GPOINTER_TO_INT (user_data);
  g_auto (TsmStatusData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;
  const TsmStatusData *read;

  tsm_status_data_init (&data);
  data.status = g_strdup ("RUNNING");
  data.message = g_strdup ("Up");
  data.uptime_seconds = 12.5;
  tsm_details_add (&data.details, "version", "2.0.1");
  event = read_back (tsm_event_writer_system_status (dialect, SOURCE, T0, &data), TSM_EVENT_SYSTEM_STATUS, dialect);
  read = tsm_event_get_status (event);

  g_assert_cmpstr (read->status, ==, "RUNNING");
  g_assert_cmpstr (read->message, ==, "Up");
  g_assert_cmpfloat (read->uptime_seconds, ==, 12.5);
  g_assert_true (isnan (read->events_published));
  assert_same_details (data.details, read->details);
}

static void
test_job (gconstpointer user_data)
{
  TsmJobStage stage = GPOINTER_TO_INT (user_data);
  g_auto (TsmJobData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;
  const TsmJobData *read;

  tsm_job_data_init (&data);
  data.stage = stage;
  data.run_id = g_strdup ("r-1");
  data.phase = g_strdup ("cache_sync");
  data.current_symbol = g_strdup ("BRK.B");
  data.total = 505;
  data.percentage = 48.51;
  data.success_rate = 0.99;
  data.estimated_completion = T0 + G_USEC_PER_SEC;
  event = read_back (tsm_event_writer_job (SOURCE, T0, &data), TSM_EVENT_JOB, TSM_DIALECT_C);
  read = tsm_event_get_job (event);

  g_assert_cmpint (read->stage, ==, stage);
  g_assert_cmpstr (read->run_id, ==, "r-1");
  g_assert_cmpstr (read->phase, ==, "cache_sync");
  g_assert_cmpstr (read->current_symbol, ==, "BRK.B");
  g_assert_cmpfloat (read->total, ==, 505);
  g_assert_true (isnan (read->failed));
  g_assert_cmpfloat (read->percentage, ==, 48.51);
  g_assert_cmpfloat (read->success_rate, ==, 0.99);
  g_assert_cmpint (read->estimated_completion, ==, data.estimated_completion);
}

static void
test_error (void)
{
  g_auto (TsmAlertData) data = { 0 };
  g_autoptr (TsmEvent) event = NULL;
  const TsmAlertData *read;

  tsm_alert_data_init (&data);
  data.severity = TSM_SEVERITY_CRITICAL;
  data.component = g_strdup ("data_import");
  data.error_code = g_strdup ("E42");
  data.message = g_strdup ("Broken");
  tsm_details_add (&data.details, "symbol", "AAPL");
  event = read_back (tsm_event_writer_error (SOURCE, T0, &data), TSM_EVENT_ERROR, TSM_DIALECT_C);
  read = tsm_event_get_alert (event);

  g_assert_null (read->id);
  g_assert_cmpint (read->severity, ==, TSM_SEVERITY_CRITICAL);
  g_assert_cmpstr (read->error_code, ==, "E42");
  g_assert_cmpstr (read->message, ==, "Broken");
  assert_same_details (data.details, read->details);
}

static void
test_naive_only_in_b (void)
{
  g_auto (TsmStatusData) data = { 0 };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  tsm_status_data_init (&data);
  data.status = g_strdup ("RUNNING");
  a = tsm_event_writer_system_status (TSM_DIALECT_A, "", T0, &data);
  b = tsm_event_writer_system_status (TSM_DIALECT_B, NULL, T0, &data);
  g_assert_cmpstr (a, ==, "{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10.120934Z\",\"status\":\"RUNNING\"}");
  g_assert_cmpstr (b, ==, "{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10.120934\",\"status\":\"running\"}");
}

static void
add_for_each_dialect (const char    *name,
                      GTestDataFunc  test,
                      TsmDialect     first)
{
  for (guint dialect = first; dialect <= TSM_DIALECT_C; dialect++)
    {
      g_autofree char *path = g_strdup_printf ("/writer/%s/%s", name, dialects[dialect]);

      g_test_add_data_func (path, GINT_TO_POINTER (dialect), test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_each_dialect ("metrics", test_metrics, TSM_DIALECT_B);
  g_test_add_func ("/writer/metrics/a", test_metrics_of_a);
  add_for_each_dialect ("alert-triggered", test_alert_triggered, TSM_DIALECT_A);
  add_for_each_dialect ("alert-resolved", test_alert_resolved, TSM_DIALECT_A);
  add_for_each_dialect ("health-check", test_health_check, TSM_DIALECT_A);
  add_for_each_dialect ("system-status", test_system_status, TSM_DIALECT_A);
  g_test_add_data_func ("/writer/job/started", GINT_TO_POINTER (TSM_JOB_STARTED), test_job);
  g_test_add_data_func ("/writer/job/progress", GINT_TO_POINTER (TSM_JOB_PROGRESS), test_job);
  g_test_add_data_func ("/writer/job/completed", GINT_TO_POINTER (TSM_JOB_COMPLETED), test_job);
  g_test_add_func ("/writer/error", test_error);
  g_test_add_func ("/writer/naive-only-in-b", test_naive_only_in_b);

  return g_test_run ();
}
