/* Tests of tsm-format: every unit, no value, grouping, times of day, and that no severity or health level lacks its look.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>
#include <math.h>

#include <glib/gstdio.h>

#include "ui/tsm-format.h"

#define SECOND_1E9 (G_GINT64_CONSTANT (1000000000) * G_TIME_SPAN_SECOND) /* 2001-09-09T01:46:40Z */

static void
test_value (void)
{
  static const struct { double value; TsmUnit unit; const char *text; } rows[] = {
    { 37.44, TSM_UNIT_PERCENT, "37.4" },
    { 1487.2, TSM_UNIT_PERCENT, "1487" },
    { 0.94, TSM_UNIT_RATIO, "94" },
    { 12.4, TSM_UNIT_COUNT, "12" },
    { 11.84, TSM_UNIT_PER_SECOND, "11.8" },
    { 3120.4, TSM_UNIT_PER_SECOND, "3120" },
    { 6.9, TSM_UNIT_MILLISECOND, "6.9" },
    { 41.7, TSM_UNIT_MIB, "41.7" },
    { 512, TSM_UNIT_BYTES, "512.0" },
    { 1, TSM_UNIT_BOOLEAN, "yes" },
    { 0, TSM_UNIT_BOOLEAN, "no" },
    { 1e9, TSM_UNIT_TIME, "2001-09-09 01:46:40" },
    { -2.5, TSM_UNIT_NONE, "-2.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tsm_format_value (rows[i].value, rows[i].unit);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_value_of_none (void)
{
  for (TsmUnit unit = 0; unit <= TSM_UNIT_NONE; unit++)
    {
      g_autofree char *text = tsm_format_value (NAN, unit);

      g_assert_cmpstr (text, ==, "–");
    }
}

/* What no calendar holds is no time, and no number may leave the range of a gint64 on the way. */
static void
test_value_of_time_beyond (void)
{
  static const double times[] = { 1e13, -1e13, 1e300, INFINITY, -INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = tsm_format_value (times[i], TSM_UNIT_TIME);

      g_assert_cmpstr (text, ==, "–");
    }
}

static void
test_reading (void)
{
  static const struct { double value; TsmMetricId id; const char *text; } rows[] = {
    { 37.4, TSM_METRIC_CPU_PERCENT, "37.4 %" },
    { 0.94, TSM_METRIC_CACHE_HIT_RATE, "94 %" },
    { 512, TSM_METRIC_MEMORY_MB, "512.0 MiB" },
    { 3015.5, TSM_METRIC_MEMORY_MB, "2.9 GiB" },
    { 512, TSM_METRIC_NETWORK_SENT, "512 B/s" },
    { 1887437, TSM_METRIC_NETWORK_RECEIVED, "1.8 MiB/s" },
    { 1e18, TSM_METRIC_NETWORK_SENT, "888.2 PiB/s" },
    { 14, TSM_METRIC_THREAD_COUNT, "14" },
    { 11.8, TSM_METRIC_PATTERNS_PER_SECOND, "11.8 /s" },
    { 13.1, TSM_METRIC_QUERY_MS, "13.1 ms" },
    { 1, TSM_METRIC_DATABASE_CONNECTED, "yes" },
    { 1e9, TSM_METRIC_DATABASE_LAST_WRITE, "2001-09-09 01:46:40" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tsm_format_reading (rows[i].value, rows[i].id);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_reading_of_each_metric (void)
{
  for (TsmMetricId id = 0; id < TSM_N_METRICS; id++)
    {
      g_autofree char *text = tsm_format_reading (1, id);
      g_autofree char *none = tsm_format_reading (NAN, id);

      g_assert_cmpstr (text, !=, "");
      g_assert_cmpstr (text, !=, "–");
      g_assert_cmpstr (none, ==, "–");
    }
}

/* Few machines have a locale that groups digits: one is compiled for the test where the sources are there. */
static gboolean
compile_locale (const char *folder)
{
  g_autofree char *target = g_build_filename (folder, "en_US.UTF-8", NULL);
  const char *argv[] = { "localedef", "-i", "en_US", "-f", "UTF-8", target, NULL };
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && status == 0 && g_setenv ("LOCPATH", folder, TRUE);
}

static void
remove_locale (const char *folder)
{
  const char *argv[] = { "rm", "-r", folder, NULL };

  g_unsetenv ("LOCPATH");
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void
test_grouping (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tsm-locale-XXXXXX", NULL);
  g_autofree char *count = NULL;
  g_autofree char *rate = NULL;

  if (setlocale (LC_NUMERIC, "en_US.UTF-8") == NULL
      && (!compile_locale (folder) || setlocale (LC_NUMERIC, "en_US.UTF-8") == NULL))
    {
      remove_locale (folder);
      g_test_skip ("no locale that groups digits");
      return;
    }

  count = tsm_format_value (1234567, TSM_UNIT_COUNT);
  rate = tsm_format_value (3120.4, TSM_UNIT_PER_SECOND);
  setlocale (LC_NUMERIC, "C");
  remove_locale (folder);
  g_assert_cmpstr (count, ==, "1,234,567");
  g_assert_cmpstr (rate, ==, "3,120");
}

static char *
dup_local (gint64      time,
           const char *format)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time / G_TIME_SPAN_SECOND);

  return g_date_time_format (date, format);
}

/* Tried again where midnight falls into it. */
static void
test_clock_today (void)
{
  gboolean same_day = FALSE;

  while (!same_day)
    {
      gint64 now = g_get_real_time ();
      g_autofree char *text = tsm_format_clock (now);
      g_autofree char *expected = dup_local (now, "%H:%M:%S");
      g_autofree char *before = dup_local (now, "%F");
      g_autofree char *after = dup_local (g_get_real_time (), "%F");

      same_day = g_str_equal (before, after);
      if (same_day)
        g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_clock_other_day (void)
{
  g_autofree char *past = tsm_format_clock (SECOND_1E9);
  gint64 tomorrow = g_get_real_time () + 36 * G_TIME_SPAN_HOUR;
  g_autofree char *future = tsm_format_clock (tomorrow);
  g_autofree char *expected = dup_local (tomorrow, "%F %H:%M:%S");

  g_assert_cmpstr (past, ==, "2001-09-09 01:46:40");
  g_assert_cmpstr (future, ==, expected);
}

static void
test_clock_ms (void)
{
  static const struct { gint64 time; const char *text; } rows[] = {
    { SECOND_1E9, "01:46:40.000" },
    { SECOND_1E9 + 7999, "01:46:40.007" },
    { SECOND_1E9 + 999999, "01:46:40.999" },
    { -1500, "23:59:59.998" },
    { -1, "23:59:59.999" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = tsm_format_clock_ms (rows[i].time);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
assert_all_differ (const char *(*get) (TsmSeverity))
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (TsmSeverity severity = 0; severity < TSM_N_SEVERITIES; severity++)
    {
      g_assert_nonnull (get (severity));
      g_assert_cmpstr (get (severity), !=, "");
      g_assert_true (g_hash_table_add (seen, (gpointer) get (severity)));
    }
}

static void
test_severity_label (void)
{
  assert_all_differ (tsm_severity_get_label);
  for (TsmSeverity severity = 0; severity < TSM_N_SEVERITIES; severity++)
    g_assert_cmpstr (tsm_severity_get_label (severity), ==, tsm_severity_get_name (severity));
}

static void
test_severity_class (void)
{
  assert_all_differ (tsm_severity_get_class);
}

static void
test_severity_icon (void)
{
  assert_all_differ (tsm_severity_get_icon);
}

static void
test_level_tone (void)
{
  static const struct { TsmHealthLevel level; TsmTone tone; } rows[] = {
    { TSM_HEALTH_UNKNOWN, TSM_TONE_NEUTRAL },   { TSM_HEALTH_DISABLED, TSM_TONE_STALE },
    { TSM_HEALTH_CRITICAL, TSM_TONE_CRITICAL }, { TSM_HEALTH_UNHEALTHY, TSM_TONE_BAD },
    { TSM_HEALTH_DEGRADED, TSM_TONE_WARN },     { TSM_HEALTH_HEALTHY, TSM_TONE_FAIR },
    { TSM_HEALTH_EXCELLENT, TSM_TONE_GOOD },
  };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, TSM_HEALTH_EXCELLENT + 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (tsm_health_level_get_tone (rows[i].level), ==, rows[i].tone);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/format/value", test_value);
  g_test_add_func ("/ui/format/value-of-none", test_value_of_none);
  g_test_add_func ("/ui/format/value-of-time-beyond", test_value_of_time_beyond);
  g_test_add_func ("/ui/format/reading", test_reading);
  g_test_add_func ("/ui/format/reading-of-each-metric", test_reading_of_each_metric);
  g_test_add_func ("/ui/format/grouping", test_grouping);
  g_test_add_func ("/ui/format/clock-today", test_clock_today);
  g_test_add_func ("/ui/format/clock-other-day", test_clock_other_day);
  g_test_add_func ("/ui/format/clock-ms", test_clock_ms);
  g_test_add_func ("/ui/format/severity-label", test_severity_label);
  g_test_add_func ("/ui/format/severity-class", test_severity_class);
  g_test_add_func ("/ui/format/severity-icon", test_severity_icon);
  g_test_add_func ("/ui/format/level-tone", test_level_tone);
  return g_test_run ();
}
