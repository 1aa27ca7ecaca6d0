/* What events say about themselves, and the finer points of what is read: dialects, summaries, names, bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "event-test.h"

#define TIME "\"timestamp\":\"2026-03-02T14:05:10Z\""
#define METRICS(text) "{\"event_type\":\"METRIC_UPDATE\"," TIME ",\"metrics\":{" text "}}"

static void
assert_summary (TsmEvent   *event,
                const char *expected)
{
  g_autofree char *summary = tsm_event_dup_summary (event);

  g_assert_cmpstr (summary, ==, expected);
}

static void
test_summaries (void)
{
  static const struct
  {
    const char *sample;
    const char *summary;
  } rows[] = {
    { "a-metric-update.json", "CPU 37.4 %, memory 58.9 %, health 92.5" },
    { "a-alert-triggered.json", "CRITICAL mem-7731: Worker memory above limit" },
    { "a-alert-resolved.json", "mem-7731 resolved by auto-recovery: Memory back under the limit for 60 s" },
    { "a-health-check.json", "88, 3 components" },
    { "b-health-check.json", "healthy, 5 components" },
    { "b-system-status.json", "STOPPING, Stopped by its operator" },
    { "c-job-progress.json", "Data import 48 %, MSFT" },
    { "c-error.json", "ERROR: Provider rate limit reached" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmEvent) event = decode_sample (rows[i].sample);

      assert_summary (event, rows[i].summary);
    }
}

static void
test_summary_of_rejected (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"a\":}");

  assert_summary (event, "Not JSON at byte 5: expected a value");
}

static void
test_summary_is_one_line (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"UP\",\"message\":\"a\\nb\\tc\"}");

  assert_summary (event, "UP, a b c");
}

static void
test_arrival (void)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (0, 0);
  g_autoptr (GBytes) message = g_bytes_new_static ("{}", 2);
  g_autoptr (TsmEvent) event = tsm_decoder_decode (decoder, message, "caf\xe9", 1000, 2000);

  g_assert_cmpint (tsm_event_get_received (event), ==, 1000);
  g_assert_cmpint (tsm_event_get_received_monotonic (event), ==, 2000);
  g_assert_cmpuint (tsm_event_get_size (event), ==, 2);
  g_assert_true (tsm_event_get_raw (event) == message);
  g_assert_cmpstr (tsm_event_get_channel (event), ==, "caf\xef\xbf\xbd");
  g_assert_cmpstr (tsm_event_get_source (event), ==, "");
}

static void
assert_dialect (const char *text,
                const char *expected)
{
  g_autoptr (TsmEvent) event = decode (text);

  g_test_message ("%s", text);
  g_assert_cmpint (tsm_event_get_acceptance (event), ==, TSM_ACCEPTED_YES);
  g_assert_cmpstr (tsm_event_get_dialect_name (event), ==, expected);
}

static void
test_marks_of_b (void)
{
  assert_dialect (METRICS ("\"system\":{\"cpu_percent\":40}"), "a");
  assert_dialect (METRICS ("\"processing\":{}"), "b");
  assert_dialect (METRICS ("\"database\":{\"connected\":true}"), "b");
  assert_dialect (METRICS ("\"database\":{\"query_latency_ms\":3}"), "b");
  assert_dialect (METRICS ("\"redis\":{\"channels\":3}"), "b");
  assert_dialect ("{\"event_type\":\"METRIC_UPDATE\"," TIME ",\"source\":\"My-Simulator\",\"metrics\":{}}", "b");
  assert_dialect ("{\"event_type\":\"METRIC_UPDATE\"," TIME ",\"metrics\":{},\"health_score\":{\"components\":{\"x\":\"ok\"}}}", "b");
  assert_dialect ("{\"event_type\":\"HEALTH_CHECK\"," TIME ",\"status\":\"HEALTHY\"}", "b");
  assert_dialect ("{\"event_type\":\"ALERT_TRIGGERED\"," TIME ",\"alert\":{\"id\":\"1\",\"level\":\"info\",\"message\":\"\"}}", "b");
  assert_dialect ("{\"event_type\":\"ALERT_TRIGGERED\"," TIME ",\"alert\":{\"id\":\"1\",\"level\":\"INFO\",\"message\":\"\"}}", "a");
}

static void
test_weak_marks_of_b (void)
{
  assert_dialect ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"RUNNING\"}", "a");
  assert_dialect ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"running\"}", "b");
  assert_dialect ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"RUNNING\",\"events_published\":1}", "b");
  assert_dialect ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10.000120\",\"status\":\"RUNNING\"}", "b");
  assert_dialect ("{\"event_type\":\"ALERT_RESOLVED\"," TIME ",\"alert_id\":\"1\",\"reason\":\"gone\"}", "b");
  assert_dialect ("{\"event_type\":\"ALERT_RESOLVED\"," TIME ",\"alert_id\":\"1\",\"notes\":\"gone\"}", "a");
}

static void
test_levels (void)
{
  static const struct
  {
    const char  *word;
    TsmSeverity  severity;
  } rows[] = {
    { "INFO", TSM_SEVERITY_INFO }, { "warning", TSM_SEVERITY_WARNING }, { "warn", TSM_SEVERITY_WARNING },
    { "error", TSM_SEVERITY_ERROR }, { "High", TSM_SEVERITY_ERROR }, { "CRITICAL", TSM_SEVERITY_CRITICAL },
    { "fatal", TSM_SEVERITY_CRITICAL }, { "EMERGENCY", TSM_SEVERITY_EMERGENCY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"error\"," TIME ",\"payload\":{\"severity\":\"%s\",\"message\":\"m\"}}",
                                               rows[i].word);
      g_autoptr (TsmEvent) event = decode (text);

      assert_clean (event);
      g_assert_cmpint (tsm_event_get_alert (event)->severity, ==, rows[i].severity);
    }
}

static void
test_jobs (void)
{
  static const struct
  {
    const char  *name;
    TsmJobStage  stage;
    const char  *phase;
  } rows[] = {
    { "processing_started", TSM_JOB_STARTED, "processing" },
    { "data_import_started", TSM_JOB_STARTED, "data_import" },
    { "data_import_completed", TSM_JOB_COMPLETED, "data_import" },
    { "cache_sync_progress", TSM_JOB_PROGRESS, "cache_sync" },
    { "job_progress_update", TSM_JOB_PROGRESS, "job" },
    { "symbol_processing_complete", TSM_JOB_PROGRESS, "symbol_processing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event\":\"%s\"," TIME ",\"payload\":{\"run_id\":\"r\"}}", rows[i].name);
      g_autoptr (TsmEvent) event = decode (text);

      assert_clean (event);
      g_assert_cmpstr (tsm_event_get_type_name (event), ==, rows[i].name);
      g_assert_cmpint (tsm_event_get_job (event)->stage, ==, rows[i].stage);
      g_assert_cmpstr (tsm_event_get_job (event)->phase, ==, rows[i].phase);
    }
}

static void
test_custom_metrics (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"gpu\":{\"0\":{\"load\":7.5,\"name\":\"x\",\"history\":[1,2]}},\"load\":2"));
  GArray *custom = tsm_event_get_metrics (event)->custom;

  assert_clean (event);
  g_assert_cmpuint (custom->len, ==, 2);
  g_assert_cmpstr (g_array_index (custom, TsmCustomMetric, 0).path, ==, "gpu.0.load");
  g_assert_cmpfloat (g_array_index (custom, TsmCustomMetric, 0).value, ==, 7.5);
  g_assert_cmpstr (g_array_index (custom, TsmCustomMetric, 1).path, ==, "load");
}

static void
test_alias (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"system\":{\"patterns_per_second\":5}"));

  g_assert_cmpfloat (get_metric (event, TSM_METRIC_PATTERNS_PER_SECOND), ==, 5);
}

static void
test_alias_yields (void)
{
  g_autoptr (TsmEvent) before = decode (METRICS ("\"system\":{\"patterns_per_second\":5},\"application\":{\"patterns_per_second\":6}"));
  g_autoptr (TsmEvent) after = decode (METRICS ("\"application\":{\"patterns_per_second\":6},\"system\":{\"patterns_per_second\":5}"));

  g_assert_cmpfloat (get_metric (before, TSM_METRIC_PATTERNS_PER_SECOND), ==, 6);
  g_assert_cmpfloat (get_metric (after, TSM_METRIC_PATTERNS_PER_SECOND), ==, 6);
}

static void
test_last_duplicate_wins (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"system\":{\"cpu_percent\":40,\"cpu_percent\":50}"));

  assert_clean (event);
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CPU_PERCENT), ==, 50);
}

static void
test_minute (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"application\":{\"active_timeframes\":[\"minute\",\"daily\"]}"));

  assert_clean (event);
  assert_strv (tsm_event_get_metrics (event)->timeframes, "1min|daily");
}

static void
test_null_last_write (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"database\":{\"last_write\":null}"));

  assert_clean (event);
  g_assert_true (isnan (get_metric (event, TSM_METRIC_DATABASE_LAST_WRITE)));
}

static void
test_components (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"HEALTH_CHECK\"," TIME ",\"components\":{\"a\":95,\"b\":\"OK\","
                                       "\"c\":{\"score\":95},\"d\":{\"status\":\"OK\",\"details\":\"fine\",\"ms\":4,"
                                       "\"list\":[1,\"x\"]},\"e\":null,\"f\":{\"details\":{\"q\":1,\"r\":\"s\"}}}}");
  const TsmHealthData *health = tsm_event_get_health (event);

  assert_clean (event);
  g_assert_cmpuint (health->components->len, ==, 6);
  assert_component (health, 0, "a", NULL, 95, NULL);
  assert_component (health, 1, "b", "OK", NAN, NULL);
  assert_component (health, 2, "c", NULL, 95, NULL);
  assert_component (health, 3, "d", "OK", NAN, "fine, ms 4, list [1,\"x\"]");
  assert_component (health, 4, "e", NULL, NAN, NULL);
  assert_component (health, 5, "f", NULL, NAN, "q 1, r s");
}

static void
test_details (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"UP\",\"details\":{\"z\":93.40,"
                                       "\"a\":1e3,\"big\":12345678901234567890,\"b\":true,\"n\":null,\"o\":{\"k\":[1,{}],\"t\":\"\\\"\"}}}");
  GArray *details = tsm_event_get_status (event)->details;

  assert_clean (event);
  assert_detail (details, 0, "z", "93.4");
  assert_detail (details, 1, "a", "1000");
  assert_detail (details, 2, "big", "12345678901234567890");
  assert_detail (details, 3, "b", "true");
  assert_detail (details, 4, "n", "null");
  assert_detail (details, 5, "o", "{\"k\":[1,{}],\"t\":\"\\\"\"}");
}

/* é is two bytes: 4096 is even, so one byte more in front makes the cut fall into one. */
static void
test_text_is_cut_between_characters (void)
{
  g_autoptr (GString) long_text = g_string_new ("x");
  g_autofree char *text = NULL;
  g_autoptr (TsmEvent) event = NULL;
  const char *message;

  for (guint i = 0; i < 3000; i++)
    g_string_append (long_text, "é");
  text = g_strdup_printf ("{\"event_type\":\"SYSTEM_STATUS\"," TIME ",\"status\":\"UP\",\"message\":\"%s\"}", long_text->str);
  event = decode (text);
  message = tsm_event_get_status (event)->message;

  g_assert_cmpuint (strlen (message), ==, 4095);
  g_assert_true (g_utf8_validate (message, -1, NULL));
}

static void
test_body_of_a_in_payload (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event\":\"SYSTEM_STATUS\"," TIME ",\"payload\":{\"status\":\"UP\"}}");

  assert_clean (event);
  g_assert_cmpint (tsm_event_get_dialect (event), ==, TSM_DIALECT_C);
  g_assert_cmpstr (tsm_event_get_status (event)->status, ==, "UP");
}

static void
test_other_payloads_are_null (void)
{
  g_autoptr (TsmEvent) event = decode_sample ("b-system-status.json");

  g_assert_null (tsm_event_get_metrics (event));
  g_assert_null (tsm_event_get_health (event));
  g_assert_null (tsm_event_get_alert (event));
  g_assert_null (tsm_event_get_job (event));
}

static void
assert_data (const char *text,
             const char *expected)
{
  g_autoptr (TsmEvent) event = decode (text);
  g_autoptr (JsonNode) data = tsm_event_dup_data (event);
  g_autofree char *written = json_to_string (data, FALSE);

  g_assert_cmpstr (written, ==, expected);
}

static void
test_data (void)
{
  assert_data ("{\"a\" : [1, -2, 0.5, true, null, \"x\\u0041\"], \"b\":{}}", "{\"a\":[1,-2,0.5,true,null,\"xA\"],\"b\":{}}");
  assert_data ("\xef\xbb\xbf{\"a\":NaN,\"b\":1e999}", "{\"a\":null,\"b\":null}");
  assert_data ("\"{\\\"a\\\":1}\"", "{\"a\":1}");
  assert_data ("{\"a\":1,\"a\":9007199254740993}", "{\"a\":9007199254740993}");
}

/* Our commands carry it back: an id that was cut would name no alert of the engine's. */
static void
test_long_alert_id_is_whole (void)
{
  g_autofree char *id = g_strnfill (1000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"event_type\":\"ALERT_TRIGGERED\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                           "\"alert\":{\"id\":\"%s\",\"level\":\"INFO\",\"message\":\"m\"}}", id);
  g_autoptr (TsmEvent) event = decode (text);

  g_assert_cmpstr (tsm_event_get_alert (event)->id, ==, id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/long-alert-id-is-whole", test_long_alert_id_is_whole);
  g_test_add_func ("/event/summaries", test_summaries);
  g_test_add_func ("/event/summary-of-rejected", test_summary_of_rejected);
  g_test_add_func ("/event/summary-is-one-line", test_summary_is_one_line);
  g_test_add_func ("/event/arrival", test_arrival);
  g_test_add_func ("/event/marks-of-b", test_marks_of_b);
  g_test_add_func ("/event/weak-marks-of-b", test_weak_marks_of_b);
  g_test_add_func ("/event/levels", test_levels);
  g_test_add_func ("/event/jobs", test_jobs);
  g_test_add_func ("/event/custom-metrics", test_custom_metrics);
  g_test_add_func ("/event/alias", test_alias);
  g_test_add_func ("/event/alias-yields", test_alias_yields);
  g_test_add_func ("/event/last-duplicate-wins", test_last_duplicate_wins);
  g_test_add_func ("/event/minute", test_minute);
  g_test_add_func ("/event/null-last-write", test_null_last_write);
  g_test_add_func ("/event/components", test_components);
  g_test_add_func ("/event/details", test_details);
  g_test_add_func ("/event/text-is-cut-between-characters", test_text_is_cut_between_characters);
  g_test_add_func ("/event/body-of-a-in-payload", test_body_of_a_in_payload);
  g_test_add_func ("/event/other-payloads-are-null", test_other_payloads_are_null);
  g_test_add_func ("/event/data", test_data);

  return g_test_run ();
}
