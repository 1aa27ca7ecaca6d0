/* Tests of TsmAlertFilter and TsmEventFilter: what passes, and whom they tell of a change; and of the order of TsmAlertList.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-alert-filter.h"
#include "ui/tsm-alert-list.h"
#include "ui/tsm-event-filter.h"

typedef struct
{
  UiMonitor       source;
  TsmAlertFilter *alerts;
  TsmEventFilter *events;
  guint           n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_monitor_open (&fixture->source, NULL);
  fixture->alerts = tsm_alert_filter_new ();
  fixture->events = tsm_event_filter_new ();
  g_signal_connect_swapped (fixture->alerts, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->events, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->alerts);
  g_object_unref (fixture->events);
  ui_monitor_close (&fixture->source);
}

/* Three alerts: "open" of engine, "acked" of engine by Ann, "done" of backup. */
static void
ingest_alerts (Fixture *fixture)
{
  TsmAlertBook *book = tsm_monitor_get_alerts (fixture->source.monitor);

  ui_monitor_ingest_alert (&fixture->source, "engine", "open", "CRITICAL");
  ui_monitor_ingest_alert (&fixture->source, "engine", "acked", "WARNING");
  ui_monitor_ingest_alert (&fixture->source, "backup", "done", "INFO");
  g_assert_true (tsm_alert_book_acknowledge (book, tsm_alert_book_lookup (book, "engine", "acked"), "Ann", NULL, UI_REAL));
  g_assert_true (tsm_alert_book_resolve (book, tsm_alert_book_lookup (book, "backup", "done"), "Bob", NULL, UI_REAL));
  tsm_monitor_flush (fixture->source.monitor);
}

/* The ids that pass, in the order of arrival. */
static void
assert_alerts (Fixture    *fixture,
               const char *expected)
{
  GListModel *book = G_LIST_MODEL (tsm_monitor_get_alerts (fixture->source.monitor));
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (book); i++)
    {
      g_autoptr(TsmAlert) alert = g_list_model_get_item (book, i);

      if (gtk_filter_match (GTK_FILTER (fixture->alerts), alert))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", tsm_alert_get_id (alert));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_alert_show (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct { TsmAlertShow show; const char *ids; } rows[] = {
    { TSM_ALERT_SHOW_UNRESOLVED, "open acked" }, { TSM_ALERT_SHOW_OPEN, "open" }, { TSM_ALERT_SHOW_ACKNOWLEDGED, "acked" },
    { TSM_ALERT_SHOW_RESOLVED, "done" },         { TSM_ALERT_SHOW_ALL, "open acked done" },
  };

  ingest_alerts (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      tsm_alert_filter_set_show (fixture->alerts, rows[i].show);
      assert_alerts (fixture, rows[i].ids);
    }
}

static void
test_alert_severity (Fixture       *fixture,
                     gconstpointer  data)
{
  ingest_alerts (fixture);
  tsm_alert_filter_set_min_severity (fixture->alerts, TSM_SEVERITY_WARNING);
  assert_alerts (fixture, "open acked");
  tsm_alert_filter_set_min_severity (fixture->alerts, TSM_SEVERITY_CRITICAL);
  assert_alerts (fixture, "open");
  tsm_alert_filter_set_min_severity (fixture->alerts, TSM_SEVERITY_EMERGENCY);
  assert_alerts (fixture, "");
}

static void
test_alert_source (Fixture       *fixture,
                   gconstpointer  data)
{
  ingest_alerts (fixture);
  tsm_alert_filter_set_show (fixture->alerts, TSM_ALERT_SHOW_ALL);
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->alerts), "backup");
  assert_alerts (fixture, "done");
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->alerts), "");
  assert_alerts (fixture, "");
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->alerts), NULL);
  assert_alerts (fixture, "open acked done");
}

/* Message, component, id, source and person; in any case, without the spaces around it. */
static void
test_alert_text (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct { const char *text; const char *ids; } rows[] = {
    { "about OPEN", "open" }, { "rediS", "open acked" }, { "acked", "acked" }, { " ENGINE ", "open acked" }, { "ann", "acked" },
    { "ö", "" },              { "", "open acked" },      { "   ", "open acked" },
  };

  ingest_alerts (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->alerts), rows[i].text);
      assert_alerts (fixture, rows[i].ids);
    }
}

static void
test_alert_default (Fixture       *fixture,
                    gconstpointer  data)
{
  g_assert_true (tsm_alert_filter_is_default (fixture->alerts));
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->alerts), "engine");
  g_assert_true (tsm_alert_filter_is_default (fixture->alerts));
  tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->alerts), "x");
  g_assert_false (tsm_alert_filter_is_default (fixture->alerts));
  tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->alerts), "");
  tsm_alert_filter_set_show (fixture->alerts, TSM_ALERT_SHOW_ALL);
  g_assert_false (tsm_alert_filter_is_default (fixture->alerts));
  tsm_alert_filter_set_show (fixture->alerts, TSM_ALERT_SHOW_UNRESOLVED);
  tsm_alert_filter_set_min_severity (fixture->alerts, TSM_SEVERITY_ERROR);
  g_assert_false (tsm_alert_filter_is_default (fixture->alerts));
}

static void
test_alert_changes_are_told_once (Fixture       *fixture,
                                  gconstpointer  data)
{
  for (guint twice = 0; twice < 2; twice++)
    {
      tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->alerts), twice == 0 ? "abc" : " ABC ");
      tsm_alert_filter_set_show (fixture->alerts, TSM_ALERT_SHOW_ALL);
      tsm_alert_filter_set_min_severity (fixture->alerts, TSM_SEVERITY_ERROR);
      tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->alerts), "engine");
    }
  g_assert_cmpuint (fixture->n_changes, ==, 4);
}

/* Events of each kind; the log keeps their order. */
static void
ingest_events (Fixture *fixture)
{
  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  ui_monitor_ingest_alert (&fixture->source, "engine", "a-1", "CRITICAL");
  ui_monitor_ingest (&fixture->source, "{'event_type':'ALERT_RESOLVED','source':'engine','alert_id':'a-1','resolved_by':'Bob'}");
  ui_monitor_ingest (&fixture->source, "{'event_type':'HEALTH_CHECK','source':'backup','health':{'overall_score':88}}");
  ui_monitor_ingest (&fixture->source, "{'event_type':'SYSTEM_STATUS','source':'backup','status':'RUNNING'}");
  ui_monitor_ingest (&fixture->source, "{'event':'job_progress_update','source':'jobs','payload':{'run_id':'r','percentage':3}}");
  ui_monitor_ingest (&fixture->source, "{'event':'error','source':'jobs','payload':{'severity':'error','message':'m'}}");
  ui_monitor_ingest (&fixture->source, "{'event_type':'COFFEE_READY','source':'kitchen'}");
  ui_monitor_ingest (&fixture->source, "not JSON");
}

/* @expected: a letter for each event of ingest_events() that passes, from "a" on. */
static void
assert_events (Fixture    *fixture,
               const char *expected)
{
  GListModel *log = G_LIST_MODEL (tsm_monitor_get_log (fixture->source.monitor));
  g_autoptr(GString) passed = g_string_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (log), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr(TsmEvent) event = g_list_model_get_item (log, i);

      if (gtk_filter_match (GTK_FILTER (fixture->events), event))
        g_string_append_c (passed, (char) ('a' + (int) i));
    }
  g_assert_cmpstr (passed->str, ==, expected);
}

static void
test_event_show (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const passed[] = {
    [TSM_EVENT_SHOW_ALL] = "abcdefghi",      [TSM_EVENT_SHOW_METRIC_UPDATE] = "a", [TSM_EVENT_SHOW_ALERT_TRIGGERED] = "b",
    [TSM_EVENT_SHOW_ALERT_RESOLVED] = "c",   [TSM_EVENT_SHOW_HEALTH_CHECK] = "d",  [TSM_EVENT_SHOW_SYSTEM_STATUS] = "e",
    [TSM_EVENT_SHOW_JOB] = "f",              [TSM_EVENT_SHOW_ERROR] = "g",         [TSM_EVENT_SHOW_UNKNOWN] = "hi",
    [TSM_EVENT_SHOW_REJECTED] = "hi",
  };

  ingest_events (fixture);
  for (guint show = 0; show < G_N_ELEMENTS (passed); show++)
    {
      tsm_event_filter_set_show (fixture->events, show);
      assert_events (fixture, passed[show]);
    }
}

static void
test_event_source (Fixture       *fixture,
                   gconstpointer  data)
{
  ingest_events (fixture);
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), "backup");
  assert_events (fixture, "de");
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), "");
  assert_events (fixture, "i");
}

static void
test_event_text (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct { const char *text; const char *passed; } rows[] = {
    { "metric_UPDATE", "a" }, { "kitchen", "h" }, { "tickstock:MONITORING", "abcdefghi" }, { "about a-1", "b" }, { "37.4", "a" },
  };

  ingest_events (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->events), rows[i].text);
      assert_events (fixture, rows[i].passed);
    }
}

static void
test_event_filters_add_up (Fixture       *fixture,
                           gconstpointer  data)
{
  ingest_events (fixture);
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), "engine");
  tsm_event_filter_set_show (fixture->events, TSM_EVENT_SHOW_ALERT_TRIGGERED);
  assert_events (fixture, "b");
  tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->events), "kitchen");
  assert_events (fixture, "");
}

/* A log of tens of thousands is not gone through for a filter that passes all. */
static void
test_event_strictness (Fixture       *fixture,
                       gconstpointer  data)
{
  GtkFilter *filter = GTK_FILTER (fixture->events);

  g_assert_cmpint (gtk_filter_get_strictness (filter), ==, GTK_FILTER_MATCH_ALL);
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), "engine");
  g_assert_true (tsm_event_filter_is_default (fixture->events));
  g_assert_cmpint (gtk_filter_get_strictness (filter), ==, GTK_FILTER_MATCH_SOME);
  tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), NULL);
  tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->events), "x");
  g_assert_cmpint (gtk_filter_get_strictness (filter), ==, GTK_FILTER_MATCH_SOME);
}

static void
test_event_changes_are_told_once (Fixture       *fixture,
                                  gconstpointer  data)
{
  for (guint twice = 0; twice < 2; twice++)
    {
      tsm_row_filter_set_text (TSM_ROW_FILTER (fixture->events), twice == 0 ? "abc" : " ABC ");
      tsm_event_filter_set_show (fixture->events, TSM_EVENT_SHOW_ERROR);
      tsm_row_filter_set_source (TSM_ROW_FILTER (fixture->events), "engine");
    }
  g_assert_cmpuint (fixture->n_changes, ==, 3);
}

#define ADD(name, function) g_test_add ("/ui/" name, Fixture, NULL, set_up, function, tear_down)

/* GTK merges into what is in order: alerts that change and alerts that come in the same moment must not confuse it. */
static void
test_alert_order (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const severities[] = { "INFO", "WARNING", "ERROR", "CRITICAL", "EMERGENCY" };
  TsmAlertBook *book = tsm_monitor_get_alerts (fixture->source.monitor);
  TsmAlertList *list = tsm_alert_list_new ();
  GListModel *shown = G_LIST_MODEL (tsm_alert_list_get_selection (list));
  const guint n = 300;

  tsm_alert_list_set_book (list, book);
  for (guint round = 0; round < 5; round++)
    {
      for (guint i = round; i < n * round; i += 3)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          tsm_alert_book_acknowledge (book, tsm_alert_book_lookup (book, "engine", id), "Ann", NULL, UI_REAL);
        }
      for (guint i = n * round; i < n * (round + 1); i++)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          ui_monitor_ingest_alert (&fixture->source, "engine", id, severities[i * 7 % G_N_ELEMENTS (severities)]);
        }
      tsm_monitor_flush (fixture->source.monitor);

      g_assert_cmpuint (g_list_model_get_n_items (shown), ==, n * (round + 1));
      for (guint i = 1; i < g_list_model_get_n_items (shown); i++)
        {
          g_autoptr (TsmAlert) before = g_list_model_get_item (shown, i - 1);
          g_autoptr (TsmAlert) alert = g_list_model_get_item (shown, i);

          g_assert_cmpint (tsm_alert_compare (before, alert), <=, 0);
        }
      tsm_alert_list_update (list);
    }
  tsm_alert_list_free (list);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("alert-filter/show", test_alert_show);
  ADD ("alert-filter/severity", test_alert_severity);
  ADD ("alert-filter/source", test_alert_source);
  ADD ("alert-filter/text", test_alert_text);
  ADD ("alert-filter/default", test_alert_default);
  ADD ("alert-filter/changes-are-told-once", test_alert_changes_are_told_once);
  ADD ("alert-list/order", test_alert_order);
  ADD ("event-filter/show", test_event_show);
  ADD ("event-filter/source", test_event_source);
  ADD ("event-filter/text", test_event_text);
  ADD ("event-filter/add-up", test_event_filters_add_up);
  ADD ("event-filter/strictness", test_event_strictness);
  ADD ("event-filter/changes-are-told-once", test_event_changes_are_told_once);
  return g_test_run ();
}
