/* Each sample of the wire decodes, without a finding, to exactly what it says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "event-test.h"

static void
assert_envelope (TsmEvent   *event,
                 const char *type,
                 const char *dialect,
                 const char *source,
                 gint64      timestamp)
{
  assert_clean (event);
  g_assert_cmpstr (tsm_event_get_type_name (event), ==, type);
  g_assert_cmpstr (tsm_event_get_dialect_name (event), ==, dialect);
  g_assert_cmpstr (tsm_event_get_source (event), ==, source);
  g_assert_cmpint (tsm_event_get_timestamp (event), ==, timestamp);
  g_assert_cmpstr (tsm_event_get_acceptance_name (event), ==, "yes");
}

typedef struct
{
  TsmMetricId id;
  double      value;
} Expected;

static void
assert_metrics (TsmEvent       *event,
                const Expected *expected,
                guint           n_expected)
{
  guint64 present = 0;

  for (guint i = 0; i < n_expected; i++)
    {
      g_assert_cmpfloat (get_metric (event, expected[i].id), ==, expected[i].value);
      present |= G_GUINT64_CONSTANT (1) << expected[i].id;
    }

  g_assert_cmphex (tsm_event_get_metrics (event)->present, ==, present);
  g_assert_null (tsm_event_get_metrics (event)->custom);
}

static void
test_a_metric_update (void)
{
  static const Expected expected[] = {
    { TSM_METRIC_CPU_PERCENT, 37.4 },
    { TSM_METRIC_MEMORY_PERCENT, 58.9 },
    { TSM_METRIC_MEMORY_MB, 3015.5 },
    { TSM_METRIC_THREAD_COUNT, 14 },
    { TSM_METRIC_DISK_PERCENT, 44 },
    { TSM_METRIC_NETWORK_SENT, 884512331 },
    { TSM_METRIC_NETWORK_RECEIVED, 1903311765 },
    { TSM_METRIC_PATTERNS_PER_SECOND, 11.8 },
    { TSM_METRIC_INDICATORS_PER_SECOND, 46.3 },
    { TSM_METRIC_PATTERN_DETECTION_MS, 6.9 },
    { TSM_METRIC_INDICATOR_CALC_MS, 2.8 },
    { TSM_METRIC_CACHE_HIT_RATE, 0.94 },
    { TSM_METRIC_SYMBOLS_PROCESSED, 1487 },
    { TSM_METRIC_DATABASE_CONNECTIONS, 8 },
    { TSM_METRIC_QUERY_MS, 13.1 },
    { TSM_METRIC_SLOW_QUERIES, 1 },
    { TSM_METRIC_REDIS_MESSAGES, 74.2 },
    { TSM_METRIC_REDIS_CLIENTS, 5 },
    { TSM_METRIC_REDIS_MEMORY_MB, 41.7 },
  };
  g_autoptr (TsmEvent) event = decode_sample ("a-metric-update.json");
  const TsmMetricData *data = tsm_event_get_metrics (event);
  const TsmHealthData *health = tsm_event_get_health (event);

  assert_envelope (event, "METRIC_UPDATE", "a", "TickStockPL", G_GINT64_CONSTANT (1772460310120934));
  assert_metrics (event, expected, G_N_ELEMENTS (expected));
  assert_strv (data->timeframes, "1min|hourly|daily");

  g_assert_true (health == &data->health);
  g_assert_cmpfloat (health->overall, ==, 92.5);
  g_assert_cmpstr (health->status, ==, "HEALTHY");
  g_assert_cmpuint (health->components->len, ==, 4);
  assert_component (health, 0, "pattern_detection", NULL, 95, NULL);
  assert_component (health, 3, "memory", NULL, 84, NULL);
  assert_strv (health->recommendations, "Memory grows: plan a worker restart after the close");

  g_assert_cmpint (data->cpu_trend.direction, ==, TSM_TREND_STABLE);
  g_assert_cmpfloat (data->cpu_trend.rate, ==, 0.1);
  g_assert_cmpfloat (data->cpu_trend.prediction_1h, ==, 38);
  g_assert_cmpint (data->memory_trend.direction, ==, TSM_TREND_INCREASING);
  g_assert_cmpfloat (data->memory_trend.rate, ==, 0.9);
  g_assert_cmpfloat (data->memory_trend.prediction_1h, ==, 63.2);
}

static void
test_b_metric_update (void)
{
  static const Expected expected[] = {
    { TSM_METRIC_CPU_PERCENT, 61.3 },
    { TSM_METRIC_MEMORY_PERCENT, 49.8 },
    { TSM_METRIC_DISK_PERCENT, 33.1 },
    { TSM_METRIC_NETWORK_SENT, 2411876 },
    { TSM_METRIC_NETWORK_RECEIVED, 3391180 },
    { TSM_METRIC_TICKS_PER_SECOND, 3120 },
    { TSM_METRIC_PATTERNS_DETECTED, 4 },
    { TSM_METRIC_ACTIVE_BACKTESTS, 1 },
    { TSM_METRIC_QUEUE_DEPTH, 37 },
    { TSM_METRIC_REDIS_CONNECTED, 1 },
    { TSM_METRIC_REDIS_CHANNELS, 4 },
    { TSM_METRIC_REDIS_PUBLISHED, 612 },
    { TSM_METRIC_REDIS_MEMORY_MB, 88.2 },
    { TSM_METRIC_DATABASE_CONNECTED, 1 },
    { TSM_METRIC_DATABASE_CONNECTIONS, 6 },
    { TSM_METRIC_QUERY_MS, 21.35 },
    { TSM_METRIC_DATABASE_LAST_WRITE, 1772460311.998102 },
  };
  g_autoptr (TsmEvent) event = decode_sample ("b-metric-update.json");
  const TsmHealthData *health = tsm_event_get_health (event);

  assert_envelope (event, "METRIC_UPDATE", "b", "TickStockPL-Simulator", G_GINT64_CONSTANT (1772460312004410));
  assert_metrics (event, expected, G_N_ELEMENTS (expected));
  g_assert_cmpfloat (health->overall, ==, 91);
  g_assert_cmpstr (health->status, ==, "healthy");
  g_assert_cmpuint (health->components->len, ==, 5);
  assert_component (health, 2, "backtesting", "warning", NAN, NULL);
  g_assert_null (health->recommendations);
  g_assert_null (tsm_event_get_metrics (event)->timeframes);
  g_assert_cmpint (tsm_event_get_metrics (event)->cpu_trend.direction, ==, TSM_TREND_UNKNOWN);
}

static void
test_a_alert_triggered (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("a-alert-triggered.json");
  const TsmAlertData *alert = tsm_event_get_alert (event);

  assert_envelope (event, "ALERT_TRIGGERED", "a", "TickStockPL", G_GINT64_CONSTANT (1772460360000000));
  g_assert_cmpstr (alert->id, ==, "mem-7731");
  g_assert_cmpint (alert->severity, ==, TSM_SEVERITY_CRITICAL);
  g_assert_cmpstr (alert->component, ==, "pattern_detection");
  g_assert_cmpstr (alert->message, ==, "Worker memory above limit");
  g_assert_cmpuint (alert->details->len, ==, 3);
  assert_detail (alert->details, 0, "threshold", "85");
  assert_detail (alert->details, 1, "current_value", "93.4");
  assert_detail (alert->details, 2, "duration_seconds", "140");
  assert_strv (alert->suggested_actions, "Restart the workers|Lower the batch size");
  assert_strv (alert->auto_responses, "Batch size halved");
}

static void
test_b_alert_triggered (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("b-alert-triggered.json");
  const TsmAlertData *alert = tsm_event_get_alert (event);

  assert_envelope (event, "ALERT_TRIGGERED", "b", "TickStockPL-Simulator", G_GINT64_CONSTANT (1772460364771003));
  g_assert_cmpstr (alert->id, ==, "alert_41");
  g_assert_cmpint (alert->severity, ==, TSM_SEVERITY_ERROR);
  g_assert_cmpstr (alert->component, ==, "backtesting");
  assert_detail (alert->details, 1, "current_value", "97");
  g_assert_null (alert->suggested_actions);
  g_assert_null (alert->auto_responses);
}

static void
test_a_alert_resolved (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("a-alert-resolved.json");
  const TsmAlertData *alert = tsm_event_get_alert (event);

  assert_envelope (event, "ALERT_RESOLVED", "a", "TickStockPL", G_GINT64_CONSTANT (1772460571000000));
  g_assert_cmpstr (alert->id, ==, "mem-7731");
  g_assert_cmpstr (alert->actor, ==, "auto-recovery");
  g_assert_cmpstr (alert->notes, ==, "Memory back under the limit for 60 s");
}

static void
test_a_health_check (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("a-health-check.json");
  const TsmHealthData *health = tsm_event_get_health (event);

  assert_envelope (event, "HEALTH_CHECK", "a", "TickStockPL", G_GINT64_CONSTANT (1772460600000000));
  g_assert_cmpfloat (health->overall, ==, 88);
  g_assert_cmpstr (health->status, ==, "HEALTHY");
  g_assert_cmpfloat (health->uptime_seconds, ==, 184220);
  g_assert_cmpuint (health->components->len, ==, 3);
  assert_component (health, 0, "pattern_detection", "OK", 92, "12 workers");
  assert_component (health, 1, "database", "DEGRADED", 71, "slow queries");
  assert_component (health, 2, "redis", "OK", 98, NULL);
  assert_strv (health->recommendations, "Check the slow query log");
}

static void
test_b_health_check (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("b-health-check.json");
  const TsmHealthData *health = tsm_event_get_health (event);

  assert_envelope (event, "HEALTH_CHECK", "b", "TickStockPL-Simulator", G_GINT64_CONSTANT (1772460602300418));
  g_assert_true (isnan (health->overall));
  g_assert_cmpstr (health->status, ==, "healthy");
  g_assert_cmpuint (health->components->len, ==, 5);
  assert_component (health, 0, "market_data", "healthy", NAN, "latency_ms 4");
  assert_component (health, 2, "backtesting", "warning", NAN, "active_jobs 3");
}

static void
test_b_system_status (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("b-system-status.json");
  const TsmStatusData *status = tsm_event_get_status (event);

  assert_envelope (event, "SYSTEM_STATUS", "b", "TickStockPL-Simulator", G_GINT64_CONSTANT (1772461800000120));
  g_assert_cmpstr (status->status, ==, "STOPPING");
  g_assert_cmpstr (status->message, ==, "Stopped by its operator");
  g_assert_cmpfloat (status->uptime_seconds, ==, 1502);
  g_assert_cmpfloat (status->events_published, ==, 751);
  g_assert_null (status->details);
}

static void
test_c_job_progress (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("c-job-progress.json");
  const TsmJobData *job = tsm_event_get_job (event);

  assert_envelope (event, "job_progress_update", "c", "job_progress_tracker", G_GINT64_CONSTANT (1772486100000000));
  g_assert_cmpint (tsm_event_get_event_type (event), ==, TSM_EVENT_JOB);
  g_assert_cmpint (job->stage, ==, TSM_JOB_PROGRESS);
  g_assert_cmpstr (job->run_id, ==, "3f0c9b0e-6d1c-4a53-9a40-0f3b8d6ce2aa");
  g_assert_cmpstr (job->phase, ==, "data_import");
  g_assert_cmpstr (job->current_symbol, ==, "MSFT");
  g_assert_cmpfloat (job->total, ==, 505);
  g_assert_cmpfloat (job->completed, ==, 241);
  g_assert_cmpfloat (job->failed, ==, 4);
  g_assert_cmpfloat (job->processed, ==, 245);
  g_assert_cmpfloat (job->remaining, ==, 260);
  g_assert_cmpfloat (job->percentage, ==, 48.51);
  g_assert_cmpfloat (job->avg_processing_ms, ==, 118);
  g_assert_true (isnan (job->duration_seconds));
  g_assert_true (isnan (job->success_rate));
  g_assert_cmpint (job->estimated_completion, ==, G_GINT64_CONSTANT (1772486760000000));
}

static void
test_c_error (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("c-error.json");
  const TsmAlertData *alert = tsm_event_get_alert (event);

  assert_envelope (event, "error", "c", "market_data_fetcher", G_GINT64_CONSTANT (1772486400000000));
  g_assert_cmpint (tsm_event_get_event_type (event), ==, TSM_EVENT_ERROR);
  g_assert_null (alert->id);
  g_assert_cmpint (alert->severity, ==, TSM_SEVERITY_ERROR);
  g_assert_cmpstr (alert->component, ==, "data_import");
  g_assert_cmpstr (alert->error_code, ==, "RATE_LIMIT_EXCEEDED");
  g_assert_cmpstr (alert->message, ==, "Provider rate limit reached");
  assert_detail (alert->details, 0, "symbol", "AAPL");
  assert_detail (alert->details, 1, "retry_after", "60");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/samples/a-metric-update", test_a_metric_update);
  g_test_add_func ("/samples/b-metric-update", test_b_metric_update);
  g_test_add_func ("/samples/a-alert-triggered", test_a_alert_triggered);
  g_test_add_func ("/samples/b-alert-triggered", test_b_alert_triggered);
  g_test_add_func ("/samples/a-alert-resolved", test_a_alert_resolved);
  g_test_add_func ("/samples/a-health-check", test_a_health_check);
  g_test_add_func ("/samples/b-health-check", test_b_health_check);
  g_test_add_func ("/samples/b-system-status", test_b_system_status);
  g_test_add_func ("/samples/c-job-progress", test_c_job_progress);
  g_test_add_func ("/samples/c-error", test_c_error);

  return g_test_run ();
}
