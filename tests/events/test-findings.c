/* One test for each code of finding: what makes it, what is said about it, and what is used of the event all the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "event-test.h"

#define HEAD    "{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"source\":\"s\","
#define METRICS(text) HEAD "\"metrics\":{" text "}}"
#define SYSTEM(text)  METRICS ("\"system\":{" text "}")
#define T0 (G_GINT64_CONSTANT (1772460310) * G_USEC_PER_SEC)

/* --- repairs --- */

static void
test_number_in_string (void)
{
  g_autoptr (TsmEvent) event = decode (SYSTEM ("\"cpu_percent\":\" 42.5\""));

  assert_finding (event, TSM_FINDING_NUMBER_IN_STRING, "metrics.system.cpu_percent");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CPU_PERCENT), ==, 42.5);
}

static void
test_boolean_in_string (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"redis\":{\"connected\":\"disconnected\"}"));

  assert_finding (event, TSM_FINDING_NUMBER_IN_STRING, "metrics.redis.connected");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_REDIS_CONNECTED), ==, 0);
}

static void
test_encoded_twice (void)
{
  g_autoptr (TsmEvent) event = decode ("\"{\\\"event_type\\\":\\\"SYSTEM_STATUS\\\",\\\"timestamp\\\":"
                                       "\\\"2026-03-02T14:05:10Z\\\",\\\"status\\\":\\\"RUNNING\\\"}\"");

  assert_finding (event, TSM_FINDING_ENCODED_TWICE, "");
  g_assert_cmpstr (tsm_event_get_status (event)->status, ==, "RUNNING");
}

static void
test_encoded_twice_with_mark (void)
{
  g_autoptr (TsmEvent) event = decode ("\"\\ufeff{\\\"event_type\\\":\\\"SYSTEM_STATUS\\\",\\\"timestamp\\\":"
                                       "\\\"2026-03-02T14:05:10Z\\\",\\\"status\\\":\\\"RUNNING\\\"}\"");

  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 2);
  g_assert_cmpint (tsm_event_get_finding (event, 0)->code, ==, TSM_FINDING_ENCODED_TWICE);
  g_assert_cmpint (tsm_event_get_finding (event, 1)->code, ==, TSM_FINDING_BYTE_ORDER_MARK);
  g_assert_cmpstr (tsm_event_get_status (event)->status, ==, "RUNNING");
}

static void
test_type_key_type (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"status\":\"RUNNING\"}");

  assert_finding (event, TSM_FINDING_TYPE_KEY, "type");
  g_assert_cmpint (tsm_event_get_event_type (event), ==, TSM_EVENT_SYSTEM_STATUS);
}

static void
test_type_key_event (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"status\":\"RUNNING\"}");

  assert_finding (event, TSM_FINDING_TYPE_KEY, "event");
  g_assert_cmpint (tsm_event_get_dialect (event), ==, TSM_DIALECT_A);
}

static void
test_type_key_of_job (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"cache_sync_started\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"payload\":{\"run_id\":\"r\"}}");

  assert_finding (event, TSM_FINDING_TYPE_KEY, "event_type");
  g_assert_cmpint (tsm_event_get_dialect (event), ==, TSM_DIALECT_C);
  g_assert_cmpstr (tsm_event_get_job (event)->phase, ==, "cache_sync");
}

static void
test_type_case (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"system_Status\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"status\":\"RUNNING\"}");

  assert_finding (event, TSM_FINDING_TYPE_CASE, "event_type");
  g_assert_cmpstr (tsm_event_get_type_name (event), ==, "SYSTEM_STATUS");
}

static void
test_type_case_of_job (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event\":\"JOB_PROGRESS_UPDATE\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"payload\":{\"run_id\":\"r\"}}");

  assert_finding (event, TSM_FINDING_TYPE_CASE, "event");
  g_assert_cmpstr (tsm_event_get_type_name (event), ==, "job_progress_update");
}

static void
test_fractions (void)
{
  g_autoptr (TsmEvent) event = decode (SYSTEM ("\"cpu_percent\":0.25,\"memory_percent\":0.5,\"disk_percent\":1"));

  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (tsm_event_get_finding (event, i)->code, ==, TSM_FINDING_FRACTION_AS_PERCENT);
  g_assert_cmpstr (tsm_event_get_finding (event, 1)->path, ==, "metrics.system.memory_percent");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CPU_PERCENT), ==, 25);
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_MEMORY_PERCENT), ==, 50);
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_DISK_PERCENT), ==, 100);
}

static void
test_fraction_of_memory_alone (void)
{
  g_autoptr (TsmEvent) event = decode (SYSTEM ("\"memory_percent\":0.5"));

  assert_finding (event, TSM_FINDING_FRACTION_AS_PERCENT, "metrics.system.memory_percent");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_MEMORY_PERCENT), ==, 50);
}

static void
test_idle_cpu_is_no_fraction (void)
{
  g_autoptr (TsmEvent) alone = decode (SYSTEM ("\"cpu_percent\":0.4"));
  g_autoptr (TsmEvent) beside = decode (SYSTEM ("\"cpu_percent\":0.4,\"memory_percent\":38.5"));

  assert_clean (alone);
  assert_clean (beside);
  g_assert_cmpfloat (get_metric (beside, TSM_METRIC_CPU_PERCENT), ==, 0.4);
}

static void
test_percent_as_fraction (void)
{
  g_autoptr (TsmEvent) event = decode (METRICS ("\"application\":{\"cache_hit_rate\":94}"));

  assert_finding (event, TSM_FINDING_FRACTION_AS_PERCENT, "metrics.application.cache_hit_rate");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CACHE_HIT_RATE), ==, 0.94);
}

static void
test_epoch_time (void)
{
  static const char *const times[] = { "1772460310", "1772460310.0", "1772460310000", "1772460310000000", "\"1772460310\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":%s,\"status\":\"RUNNING\"}",
                                               times[i]);
      g_autoptr (TsmEvent) event = decode (text);

      assert_finding (event, TSM_FINDING_EPOCH_TIME, "timestamp");
      g_assert_cmpint (tsm_event_get_timestamp (event), ==, T0);
    }
}

static void
test_byte_order_mark (void)
{
  g_autoptr (TsmEvent) event = decode ("\xef\xbb\xbf" SYSTEM ("\"cpu_percent\":12"));

  assert_finding (event, TSM_FINDING_BYTE_ORDER_MARK, "");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CPU_PERCENT), ==, 12);
}

/* --- losses --- */

static void
test_non_finite (void)
{
  static const char *const words[] = { "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "\"NaN\"", "\"inf\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = g_strconcat (HEAD "\"metrics\":{\"system\":{\"cpu_percent\":", words[i],
                                           ",\"memory_percent\":40}}}", NULL);
      g_autoptr (TsmEvent) event = decode (text);

      assert_finding (event, TSM_FINDING_NON_FINITE, "metrics.system.cpu_percent");
      g_assert_true (isnan (get_metric (event, TSM_METRIC_CPU_PERCENT)));
      g_assert_cmpfloat (get_metric (event, TSM_METRIC_MEMORY_PERCENT), ==, 40);
    }
}

static void
test_non_finite_in_text_is_text (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"status\":\"RUNNING\",\"message\":\"NaN, Infinity\"}");

  assert_clean (event);
  g_assert_cmpstr (tsm_event_get_status (event)->message, ==, "NaN, Infinity");
}

static void
test_non_finite_in_an_unknown_member (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"status\":\"RUNNING\",\"extra\":{\"load\":[1,NaN]}}");

  assert_finding (event, TSM_FINDING_NON_FINITE, "extra.load.1");
}

static void
test_wrong_type_number (void)
{
  static const char *const values[] = { "true", "\"high\"", "\"\"", "\"0x10\"", "\"42 %\"", "[42]", "{\"value\":42}" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strconcat (HEAD "\"metrics\":{\"system\":{\"cpu_percent\":", values[i], "}}}", NULL);
      g_autoptr (TsmEvent) event = decode (text);

      assert_finding (event, TSM_FINDING_WRONG_TYPE, "metrics.system.cpu_percent");
      g_assert_true (isnan (get_metric (event, TSM_METRIC_CPU_PERCENT)));
    }
}

static void
test_wrong_type_id_is_kept (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"ALERT_RESOLVED\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"alert_id\":42}");

  assert_finding (event, TSM_FINDING_WRONG_TYPE, "alert_id");
  g_assert_cmpstr (tsm_event_get_alert (event)->id, ==, "42");
}

static void
test_wrong_type_list (void)
{
  g_autoptr (TsmEvent) event = decode (HEAD "\"metrics\":{},\"recommendations\":\"Buy memory\"}");

  assert_finding (event, TSM_FINDING_WRONG_TYPE, "recommendations");
  assert_strv (tsm_event_get_health (event)->recommendations, "Buy memory");
}

static void
test_wrong_type_element (void)
{
  g_autoptr (TsmEvent) event = decode (HEAD "\"metrics\":{},\"recommendations\":[\"a\",7,\"b\"]}");

  assert_finding (event, TSM_FINDING_WRONG_TYPE, "recommendations.1");
  assert_strv (tsm_event_get_health (event)->recommendations, "a|7|b");
}

static void
test_out_of_range_is_kept (void)
{
  g_autoptr (TsmEvent) event = decode (SYSTEM ("\"cpu_percent\":230.5"));

  assert_finding (event, TSM_FINDING_OUT_OF_RANGE, "metrics.system.cpu_percent");
  g_assert_cmpfloat (get_metric (event, TSM_METRIC_CPU_PERCENT), ==, 230.5);
}

static void
test_out_of_range_score (void)
{
  g_autoptr (TsmEvent) event = decode (HEAD "\"metrics\":{},\"health_score\":{\"overall\":-3}}");

  assert_finding (event, TSM_FINDING_OUT_OF_RANGE, "health_score.overall");
  g_assert_cmpfloat (tsm_event_get_health (event)->overall, ==, -3);
}

static void
test_missing_timestamp (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"SYSTEM_STATUS\",\"status\":\"RUNNING\"}");

  assert_finding (event, TSM_FINDING_MISSING_FIELD, "timestamp");
  g_assert_cmpint (tsm_event_get_timestamp (event), ==, TSM_TIME_NONE);
}

static void
test_missing_metrics (void)
{
  g_autoptr (TsmEvent) event = decode (HEAD "\"health_score\":{\"overall\":90}}");

  assert_finding (event, TSM_FINDING_MISSING_FIELD, "metrics");
  g_assert_cmpfloat (tsm_event_get_health (event)->overall, ==, 90);
}

static void
test_missing_level (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"ALERT_TRIGGERED\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"alert\":{\"id\":\"a\",\"message\":\"m\"}}");

  assert_finding (event, TSM_FINDING_MISSING_FIELD, "alert.level");
  g_assert_cmpint (tsm_event_get_alert (event)->severity, ==, TSM_SEVERITY_WARNING);
}

static void
test_null_metric (void)
{
  g_autoptr (TsmEvent) event = decode (SYSTEM ("\"cpu_percent\":null"));

  assert_finding (event, TSM_FINDING_MISSING_FIELD, "metrics.system.cpu_percent");
  g_assert_true (isnan (get_metric (event, TSM_METRIC_CPU_PERCENT)));
}

static void
test_bad_time (void)
{
  static const char *const times[] = { "\"yesterday\"", "17", "true", "{}", "[]", "NaN", "\"\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":%s,\"status\":\"RUNNING\"}",
                                               times[i]);
      g_autoptr (TsmEvent) event = decode (text);

      assert_finding (event, TSM_FINDING_BAD_TIME, "timestamp");
      g_assert_cmpint (tsm_event_get_timestamp (event), ==, TSM_TIME_NONE);
    }
}

static void
test_unknown_level (void)
{
  g_autoptr (TsmEvent) event = decode ("{\"event_type\":\"ALERT_TRIGGERED\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                       "\"alert\":{\"id\":\"a\",\"level\":\"PURPLE\",\"message\":\"m\"}}");

  assert_finding (event, TSM_FINDING_UNKNOWN_LEVEL, "alert.level");
  g_assert_cmpint (tsm_event_get_alert (event)->severity, ==, TSM_SEVERITY_WARNING);
}

/* A list of @n members made by @format, which takes the number, between @before and @after. */
static char *
repeat (const char *before,
        const char *format,
        guint       n,
        const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_auto (GStrv) pieces = g_strsplit (format, "#", -1);
      g_autofree char *member = g_strjoinv (number, pieces);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", member);
    }
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_too_many_custom (void)
{
  g_autofree char *text = repeat (HEAD "\"metrics\":{\"gpu\":{", "\"m#\":#", 70, "}}}");
  g_autoptr (TsmEvent) event = decode (text);

  assert_finding (event, TSM_FINDING_TOO_MANY, "metrics.gpu.m64");
  g_assert_cmpuint (tsm_event_get_metrics (event)->custom->len, ==, 64);
}

static void
test_too_many_components (void)
{
  g_autofree char *text = repeat (HEAD "\"metrics\":{},\"health_score\":{\"components\":{", "\"c#\":90", 201, "}}}");
  g_autoptr (TsmEvent) event = decode (text);

  assert_finding (event, TSM_FINDING_TOO_MANY, "health_score.components");
  g_assert_cmpuint (tsm_event_get_health (event)->components->len, ==, 200);
}

static void
test_too_many_strings (void)
{
  g_autofree char *text = repeat (HEAD "\"metrics\":{},\"recommendations\":[", "\"r#\"", 101, "]}");
  g_autoptr (TsmEvent) event = decode (text);

  assert_finding (event, TSM_FINDING_TOO_MANY, "recommendations");
  g_assert_cmpuint (g_strv_length (tsm_event_get_health (event)->recommendations), ==, 100);
}

static void
test_too_many_details (void)
{
  g_autofree char *text = repeat ("{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                  "\"status\":\"RUNNING\",\"details\":{", "\"d#\":#", 65, "}}");
  g_autoptr (TsmEvent) event = decode (text);

  assert_finding (event, TSM_FINDING_TOO_MANY, "details");
  g_assert_cmpuint (tsm_event_get_status (event)->details->len, ==, 64);
}

static void
test_too_many_findings (void)
{
  g_autofree char *text = repeat (HEAD "\"metrics\":{\"gpu\":{", "\"m#\":NaN", 5000, "}}}");
  g_autoptr (TsmEvent) event = decode (text);

  g_assert_cmpuint (tsm_event_get_n_findings (event), ==, 101);
  g_assert_cmpint (tsm_event_get_finding (event, 99)->code, ==, TSM_FINDING_NON_FINITE);
  g_assert_cmpint (tsm_event_get_finding (event, 100)->code, ==, TSM_FINDING_TOO_MANY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/findings/number-in-string", test_number_in_string);
  g_test_add_func ("/findings/number-in-string/boolean", test_boolean_in_string);
  g_test_add_func ("/findings/encoded-twice", test_encoded_twice);
  g_test_add_func ("/findings/encoded-twice/with-mark", test_encoded_twice_with_mark);
  g_test_add_func ("/findings/type-key/type", test_type_key_type);
  g_test_add_func ("/findings/type-key/event", test_type_key_event);
  g_test_add_func ("/findings/type-key/job", test_type_key_of_job);
  g_test_add_func ("/findings/type-case", test_type_case);
  g_test_add_func ("/findings/type-case/job", test_type_case_of_job);
  g_test_add_func ("/findings/fraction-as-percent/all", test_fractions);
  g_test_add_func ("/findings/fraction-as-percent/memory-alone", test_fraction_of_memory_alone);
  g_test_add_func ("/findings/fraction-as-percent/not-an-idle-cpu", test_idle_cpu_is_no_fraction);
  g_test_add_func ("/findings/fraction-as-percent/ratio", test_percent_as_fraction);
  g_test_add_func ("/findings/epoch-time", test_epoch_time);
  g_test_add_func ("/findings/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/findings/non-finite", test_non_finite);
  g_test_add_func ("/findings/non-finite/not-in-text", test_non_finite_in_text_is_text);
  g_test_add_func ("/findings/non-finite/non-finite-in-an-unknown-member", test_non_finite_in_an_unknown_member);
  g_test_add_func ("/findings/wrong-type/number", test_wrong_type_number);
  g_test_add_func ("/findings/wrong-type/id", test_wrong_type_id_is_kept);
  g_test_add_func ("/findings/wrong-type/list", test_wrong_type_list);
  g_test_add_func ("/findings/wrong-type/element", test_wrong_type_element);
  g_test_add_func ("/findings/out-of-range", test_out_of_range_is_kept);
  g_test_add_func ("/findings/out-of-range/score", test_out_of_range_score);
  g_test_add_func ("/findings/missing-field/timestamp", test_missing_timestamp);
  g_test_add_func ("/findings/missing-field/metrics", test_missing_metrics);
  g_test_add_func ("/findings/missing-field/level", test_missing_level);
  g_test_add_func ("/findings/missing-field/null", test_null_metric);
  g_test_add_func ("/findings/bad-time", test_bad_time);
  g_test_add_func ("/findings/unknown-level", test_unknown_level);
  g_test_add_func ("/findings/too-many/custom", test_too_many_custom);
  g_test_add_func ("/findings/too-many/components", test_too_many_components);
  g_test_add_func ("/findings/too-many/strings", test_too_many_strings);
  g_test_add_func ("/findings/too-many/details", test_too_many_details);
  g_test_add_func ("/findings/too-many/findings", test_too_many_findings);

  return g_test_run ();
}
