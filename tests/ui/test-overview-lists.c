/* Tests of the Overview's cards that are lists: alerts worst first with their counts, jobs, actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-cards.h"

typedef struct
{
  UiOverview  overview;
  GtkWidget  *alerts;
  GtkWidget  *jobs;
  GtkWidget  *actions;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_overview_open (&fixture->overview, GPOINTER_TO_INT (data));
  fixture->alerts = widget_test_find (fixture->overview.window, TSM_TYPE_ALERTS_CARD);
  fixture->jobs = widget_test_find (fixture->overview.window, TSM_TYPE_JOBS_CARD);
  fixture->actions = widget_test_find (fixture->overview.window, TSM_TYPE_ACTIONS_CARD);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ui_overview_close (&fixture->overview);
}

static void
assert_labels (GtkWidget  *card,
               const char *style_class,
               const char *expected)
{
  g_autofree char *texts = ui_dup_labels (card, style_class);

  g_assert_cmpstr (texts, ==, expected);
}

static TsmAlert *
get_alert (Fixture    *fixture,
           const char *source,
           const char *id)
{
  return tsm_alert_book_lookup (tsm_monitor_get_alerts (fixture->overview.source.monitor), source, id);
}

static void
acknowledge (Fixture    *fixture,
             const char *source,
             const char *id)
{
  TsmAlertBook *book = tsm_monitor_get_alerts (fixture->overview.source.monitor);

  g_assert_true (tsm_alert_book_acknowledge (book, get_alert (fixture, source, id), "Ann", NULL, UI_REAL));
  tsm_monitor_flush (fixture->overview.source.monitor);
}

static void
ingest_five (Fixture *fixture)
{
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "one", "ERROR");
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "two", "INFO");
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "three", "EMERGENCY");
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "four", "WARNING");
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "five", "CRITICAL");
}

static void
test_no_alerts (Fixture       *fixture,
                gconstpointer  data)
{
  assert_labels (fixture->alerts, "group-title", "");
  assert_labels (fixture->alerts, "card-subtitle", "0 open · 0 acknowledged");
  g_assert_nonnull (ui_find_label (fixture->alerts, "No open alerts known. New ones cannot be heard while disconnected."));
}

static void
test_worst_first (Fixture       *fixture,
                  gconstpointer  data)
{
  ingest_five (fixture);
  assert_labels (fixture->alerts, "group-title", "about three|about five|about one");
  assert_labels (fixture->alerts, "severity-chip", "‼ EMERGENCY|▲ CRITICAL|◆ ERROR");
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  ingest_five (fixture);
  assert_labels (fixture->alerts, "card-subtitle", "5 open · 0 acknowledged");
  g_assert_nonnull (ui_find_label (fixture->alerts, "All Alerts (2 more)"));
}

/* What someone has taken on makes room for what nobody has. */
static void
test_acknowledged_go_last (Fixture       *fixture,
                           gconstpointer  data)
{
  ingest_five (fixture);
  acknowledge (fixture, "engine", "three");
  assert_labels (fixture->alerts, "group-title", "about five|about one|about four");
  assert_labels (fixture->alerts, "card-subtitle", "4 open · 1 acknowledged");
}

static void
test_resolved_go (Fixture       *fixture,
                  gconstpointer  data)
{
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "one", "ERROR");
  ui_monitor_ingest (&fixture->overview.source, "{'event_type':'ALERT_RESOLVED','source':'engine','alert_id':'one','resolved_by':'Bob'}");
  assert_labels (fixture->alerts, "group-title", "");
  assert_labels (fixture->alerts, "card-subtitle", "0 open · 0 acknowledged");
}

/* Who has taken it on, and no button to do it again. */
static void
test_acknowledged_says_who (Fixture       *fixture,
                            gconstpointer  data)
{
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "one", "ERROR");
  g_assert_nonnull (ui_find_label (fixture->alerts, "Acknowledge"));
  acknowledge (fixture, "engine", "one");
  g_assert_nonnull (ui_find_label (fixture->alerts, "· just now · ✓ Ann"));
  g_assert_null (ui_find_label (fixture->alerts, "Acknowledge"));
  g_assert_nonnull (ui_find_label (fixture->alerts, "Resolve…"));
}

static void
test_repeats_are_counted (Fixture       *fixture,
                          gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    ui_monitor_ingest_alert (&fixture->overview.source, "engine", "one", "ERROR");
  ui_monitor_advance (&fixture->overview.source, 75);
  assert_labels (fixture->alerts, "group-title", "about one");
  g_assert_nonnull (ui_find_label (fixture->alerts, "· 1 min 15 s ago · 3×"));
}

static void
test_alerts_of_one_source (Fixture       *fixture,
                           gconstpointer  data)
{
  ingest_five (fixture);
  ui_monitor_ingest_alert (&fixture->overview.source, "backup", "six", "WARNING");
  ui_monitor_ingest_alert (&fixture->overview.source, "backup", "seven", "INFO");
  acknowledge (fixture, "backup", "seven");
  tsm_overview_page_set_source (fixture->overview.page, "backup");
  assert_labels (fixture->alerts, "group-title", "about six|about seven");
  assert_labels (fixture->alerts, "card-subtitle", "1 open · 1 acknowledged");
  g_assert_nonnull (ui_find_label (fixture->alerts, "All Alerts"));

  tsm_overview_page_set_source (fixture->overview.page, NULL);
  assert_labels (fixture->alerts, "card-subtitle", "6 open · 1 acknowledged");
}

static void
test_button_acknowledges_its_row (Fixture       *fixture,
                                  gconstpointer  data)
{
  GtkWidget *label;

  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "one", "ERROR");
  ui_monitor_ingest_alert (&fixture->overview.source, "engine", "two", "CRITICAL");
  label = ui_find_label (fixture->alerts, "Acknowledge");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  tsm_monitor_flush (fixture->overview.source.monitor);
  g_assert_cmpint (tsm_alert_get_state (get_alert (fixture, "engine", "two")), ==, TSM_ALERT_ACKNOWLEDGED);
  g_assert_cmpint (tsm_alert_get_state (get_alert (fixture, "engine", "one")), ==, TSM_ALERT_OPEN);
}

/* Such as a click while the page fades out after a disconnect. */
static void
test_button_after_the_monitor_went (Fixture       *fixture,
                                    gconstpointer  data)
{
  UiMonitor other;
  GtkWidget *label;

  ui_monitor_open (&other, NULL);
  tsm_overview_page_set_monitor (fixture->overview.page, other.monitor);
  ui_monitor_ingest_alert (&other, "engine", "one", "ERROR");
  label = ui_find_label (fixture->alerts, "Acknowledge");
  tsm_overview_page_set_monitor (fixture->overview.page, NULL);
  ui_monitor_close (&other);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
}

static void
ingest_job (Fixture    *fixture,
            const char *source,
            const char *run,
            double      percentage)
{
  ui_monitor_ingest (&fixture->overview.source, "{'event':'job_progress_update','timestamp':'2026-03-02T14:00:00Z','source':'%s',"
                     "'payload':{'run_id':'%s','phase':'data_import','total_symbols':505,'completed':241,'failed':4,"
                     "'processed':245,'percentage':%.2f,'current_symbol':'MSFT'}}", source, run, percentage);
}

static void
test_no_jobs_take_no_space (Fixture       *fixture,
                            gconstpointer  data)
{
  g_assert_false (gtk_widget_get_visible (fixture->jobs));
  ingest_job (fixture, "jobs", "r1", 48.51);
  g_assert_true (gtk_widget_get_visible (fixture->jobs));
}

static void
test_running_job (Fixture       *fixture,
                  gconstpointer  data)
{
  ingest_job (fixture, "jobs", "r1", 48.51);
  assert_labels (fixture->jobs, "group-title", "Data import");
  assert_labels (fixture->jobs, "card-subtitle", "1 running");
  assert_labels (fixture->jobs, "dim-label", "MSFT · 49 %|241 of 505 done · 4 failed");
}

static void
test_silent_job (Fixture       *fixture,
                 gconstpointer  data)
{
  ingest_job (fixture, "jobs", "r1", 48.51);
  ui_monitor_advance (&fixture->overview.source, 121);
  assert_labels (fixture->jobs, "dim-label", "MSFT · 49 %|241 of 505 done · 4 failed · last heard 2 min 1 s ago");
}

static void
test_jobs_of_one_source (Fixture       *fixture,
                         gconstpointer  data)
{
  ingest_job (fixture, "jobs", "r1", 10);
  ingest_job (fixture, "other", "r2", 20);
  assert_labels (fixture->jobs, "card-subtitle", "2 running");
  tsm_overview_page_set_source (fixture->overview.page, "other");
  assert_labels (fixture->jobs, "card-subtitle", "1 running");
  tsm_overview_page_set_source (fixture->overview.page, "nobody");
  g_assert_false (gtk_widget_get_visible (fixture->jobs));
}

/* Three at most are shown; all that run are counted. */
static void
test_many_jobs (Fixture       *fixture,
                gconstpointer  data)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *run = g_strdup_printf ("r%u", i);

      ingest_job (fixture, "jobs", run, i);
    }
  assert_labels (fixture->jobs, "group-title", "Data import|Data import|Data import");
  assert_labels (fixture->jobs, "card-subtitle", "7 running");
}

static guint
count_sensitive (GtkWidget *widget)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_sensitive (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_sensitive (child);
  return n;
}

static void
test_actions_while_disconnected (Fixture       *fixture,
                                 gconstpointer  data)
{
  tsm_monitor_flush (fixture->overview.source.monitor);
  g_assert_cmpuint (count_sensitive (fixture->actions), ==, 0);
  assert_labels (fixture->actions, "card-subtitle", "not connected");
}

static void
test_actions_while_connected (Fixture       *fixture,
                              gconstpointer  data)
{
  tsm_monitor_flush (fixture->overview.source.monitor);
  g_assert_cmpuint (count_sensitive (fixture->actions), ==, 5);
}

static void
test_actions_after_the_link_broke (Fixture       *fixture,
                                   gconstpointer  data)
{
  tsm_test_redis_kill (fixture->overview.redis);
  g_assert_true (tsm_test_wait_until (count_sensitive (fixture->actions) == 0));
  tsm_test_redis_restart (fixture->overview.redis);
  g_assert_true (tsm_test_wait_until (count_sensitive (fixture->actions) == 5));
}

static void
test_no_alerts_while_connected (Fixture       *fixture,
                                gconstpointer  data)
{
  g_assert_nonnull (ui_find_label (fixture->alerts, "No open alerts"));
}

#define ADD(name, function) g_test_add ("/ui/overview-lists/" name, Fixture, GINT_TO_POINTER (FALSE), set_up, function, tear_down)
#define ADD_CONNECTED(name, function) \
  g_test_add ("/ui/overview-lists/" name, Fixture, GINT_TO_POINTER (TRUE), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("alerts/none", test_no_alerts);
  ADD ("alerts/worst-first", test_worst_first);
  ADD ("alerts/counts", test_counts);
  ADD ("alerts/acknowledged-go-last", test_acknowledged_go_last);
  ADD ("alerts/resolved-go", test_resolved_go);
  ADD ("alerts/acknowledged-says-who", test_acknowledged_says_who);
  ADD ("alerts/repeats-are-counted", test_repeats_are_counted);
  ADD ("alerts/of-one-source", test_alerts_of_one_source);
  ADD ("alerts/button-acknowledges-its-row", test_button_acknowledges_its_row);
  ADD ("alerts/button-after-the-monitor-went", test_button_after_the_monitor_went);
  ADD ("jobs/none-take-no-space", test_no_jobs_take_no_space);
  ADD ("jobs/running", test_running_job);
  ADD ("jobs/silent", test_silent_job);
  ADD ("jobs/of-one-source", test_jobs_of_one_source);
  ADD ("jobs/many", test_many_jobs);
  ADD ("actions/while-disconnected", test_actions_while_disconnected);
  if (!tsm_test_redis_is_available ())
    return g_test_run ();
  ADD_CONNECTED ("alerts/none-while-connected", test_no_alerts_while_connected);
  ADD_CONNECTED ("actions/while-connected", test_actions_while_connected);
  ADD_CONNECTED ("actions/after-the-link-broke", test_actions_after_the_link_broke);
  return g_test_run ();
}
