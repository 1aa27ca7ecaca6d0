/* Tests of the Overview's figures: what was ingested is shown, what is not sent takes no space, what is old is marked, and
 * one source is not taken for another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "ui-fixture.h"

#include "ui/tsm-cards.h"

#define FULL "{'event_type':'METRIC_UPDATE','timestamp':'2026-03-02T14:00:00Z','source':'engine','metrics':{" \
             "'system':{'cpu_percent':37.4,'memory_percent':58.9,'memory_mb':3015.5,'thread_count':14}," \
             "'application':{'patterns_per_second':11.8,'cache_hit_rate':0.94,'active_timeframes':['1min','daily']}," \
             "'database':{'active_connections':8},'redis':{'messages_per_second':74.2}}," \
             "'health_score':{'overall':92.5,'status':'HEALTHY','components':{'pattern_detection':95,'database':61}}}"
#define DIALECT_B "{'event_type':'METRIC_UPDATE','timestamp':'2026-03-02T14:00:00Z','source':'engine','metrics':{" \
                  "'processing':{'ticks_per_second':312,'queue_depth':37}}}"

typedef UiOverview Fixture;

/* What comes from the source; alerts, jobs and actions are facts of the monitor. */
static GType
get_source_card (guint i)
{
  const GType types[] = { TSM_TYPE_SYSTEM_CARD, TSM_TYPE_HEALTH_CARD, TSM_TYPE_PROCESSING_CARD, TSM_TYPE_STORES_CARD };

  return types[i];
}

#define N_SOURCE_CARDS 4

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_overview_open (fixture, GPOINTER_TO_INT (data));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  ui_overview_close (fixture);
}

static GtkWidget *
get_card (Fixture *fixture,
          GType    type)
{
  return widget_test_find (GTK_WIDGET (fixture->page), type);
}

static void
assert_subtitle (Fixture    *fixture,
                 GType       card,
                 const char *expected)
{
  g_autofree char *subtitle = ui_dup_labels (get_card (fixture, card), "card-subtitle");

  g_assert_cmpstr (subtitle, ==, expected);
}

static void
assert_gauge (Fixture    *fixture,
              const char *label,
              const char *expected)
{
  g_autofree char *text = ui_dup_gauge_text (GTK_WIDGET (fixture->page), label);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_gauge_stale (Fixture    *fixture,
                const char *label)
{
  gboolean stale;

  g_object_get (ui_find_gauge (GTK_WIDGET (fixture->page), label), "stale", &stale, NULL);
  return stale;
}

static void
assert_stale (Fixture  *fixture,
              gboolean  stale)
{
  for (guint i = 0; i < N_SOURCE_CARDS; i++)
    g_assert_cmpint (gtk_widget_has_css_class (get_card (fixture, get_source_card (i)), "stale"), ==, stale);
  g_assert_cmpint (is_gauge_stale (fixture, "CPU"), ==, stale);
  g_assert_cmpint (is_gauge_stale (fixture, "Patterns"), ==, stale);
}

static void
test_nothing_received (Fixture       *fixture,
                       gconstpointer  data)
{
  g_assert_true (isnan (tsm_gauge_get_value (ui_find_gauge (GTK_WIDGET (fixture->page), "CPU"))));
  assert_gauge (fixture, "CPU", "");
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "no data yet");
}

static void
test_gauges_show_what_came (Fixture       *fixture,
                            gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  assert_gauge (fixture, "CPU", "37.4");
  assert_gauge (fixture, "Memory", "58.9");
  assert_gauge (fixture, "Patterns", "11.8");
  assert_gauge (fixture, "Cache hits", "94");
  g_assert_cmpfloat (tsm_gauge_get_value (ui_find_gauge (GTK_WIDGET (fixture->page), "CPU")), ==, 37.4);
}

static void
test_figures_show_what_came (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *system = NULL;
  g_autofree char *stores = NULL;

  ui_monitor_ingest (&fixture->source, FULL);
  system = ui_dup_labels (get_card (fixture, TSM_TYPE_SYSTEM_CARD), "figure-value");
  stores = ui_dup_labels (get_card (fixture, TSM_TYPE_STORES_CARD), "figure-value");
  g_assert_cmpstr (system, ==, "2.9 GiB|14");
  g_assert_cmpstr (stores, ==, "8|74.2 /s");
}

static void
test_health_shows_components (Fixture       *fixture,
                              gconstpointer  data)
{
  GtkWidget *card = get_card (fixture, TSM_TYPE_HEALTH_CARD);
  g_autofree char *scores = NULL;

  ui_monitor_ingest (&fixture->source, FULL);
  scores = ui_dup_labels (card, "figure-value");
  g_assert_cmpstr (scores, ==, "95|61");
  g_assert_nonnull (ui_find_label (card, "Pattern detection"));
}

static void
test_later_event_replaces (Fixture       *fixture,
                           gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_ingest_cpu (&fixture->source, "engine", 99.5);
  assert_gauge (fixture, "CPU", "99.5");
}

static void
test_unsent_takes_no_space (Fixture       *fixture,
                            gconstpointer  data)
{
  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  g_assert_null (ui_find_label (GTK_WIDGET (fixture->page), "Threads"));
  g_assert_null (ui_find_gauge (GTK_WIDGET (fixture->page), "Patterns"));
  g_assert_false (gtk_widget_get_visible (get_card (fixture, TSM_TYPE_PROCESSING_CARD)));
  g_assert_false (gtk_widget_get_visible (get_card (fixture, TSM_TYPE_STORES_CARD)));
  g_assert_false (gtk_widget_get_visible (get_card (fixture, TSM_TYPE_JOBS_CARD)));
}

/* The neighbours of hidden cards take their place. */
static void
test_unsent_leaves_no_hole (Fixture       *fixture,
                            gconstpointer  data)
{
  GtkWidget *actions = get_card (fixture, TSM_TYPE_ACTIONS_CARD);

  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  widget_test_frames (fixture->window, 2);
  g_assert_cmpint (gtk_widget_get_width (actions), ==, gtk_widget_get_width (gtk_widget_get_parent (actions)));
}

static void
test_each_dialect_shows_its_own (Fixture       *fixture,
                                 gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, DIALECT_B);
  assert_gauge (fixture, "Ticks", "312.0");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (fixture->page), "Queue depth"));
  g_assert_null (ui_find_gauge (GTK_WIDGET (fixture->page), "Patterns"));
  g_assert_null (ui_find_gauge (GTK_WIDGET (fixture->page), "Cache hits"));
}

static void
test_disconnected_is_stale (Fixture       *fixture,
                            gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_advance (&fixture->source, 12);
  assert_stale (fixture, TRUE);
  assert_gauge (fixture, "CPU", "37.4");
  for (guint i = 0; i < N_SOURCE_CARDS; i++)
    assert_subtitle (fixture, get_source_card (i), "no data for 12 s");
}

static void
test_fresh_while_connected (Fixture       *fixture,
                            gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  assert_stale (fixture, FALSE);
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "updated just now");
  ui_monitor_advance (&fixture->source, 29);
  assert_stale (fixture, FALSE);
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "updated 29 s ago");
}

static void
test_silence_marks_every_card (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *caption = NULL;

  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_advance (&fixture->source, 31);
  assert_stale (fixture, TRUE);
  for (guint i = 0; i < N_SOURCE_CARDS; i++)
    assert_subtitle (fixture, get_source_card (i), "no data for 31 s");
  g_object_get (ui_find_gauge (GTK_WIDGET (fixture->page), "CPU"), "caption", &caption, NULL);
  g_assert_cmpstr (caption, ==, "31 s old");
  assert_gauge (fixture, "CPU", "37.4");
}

static void
test_silence_ends (Fixture       *fixture,
                   gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_advance (&fixture->source, 90);
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_advance (&fixture->source, 0);
  assert_stale (fixture, FALSE);
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "updated just now");
  assert_subtitle (fixture, TSM_TYPE_PROCESSING_CARD, "");
}

/* Another source that speaks does not make this one young. */
static void
test_silence_beside_another (Fixture       *fixture,
                             gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_advance (&fixture->source, 31);
  ui_monitor_ingest_cpu (&fixture->source, "other", 5);
  assert_stale (fixture, TRUE);
  assert_gauge (fixture, "CPU", "37.4");
}

static void
test_all_shows_the_lead (Fixture       *fixture,
                         gconstpointer  data)
{
  ui_monitor_ingest_cpu (&fixture->source, "first", 11);
  ui_monitor_ingest_cpu (&fixture->source, "second", 22);
  assert_gauge (fixture, "CPU", "11.0");
}

/* Where all are chosen, the cards say whose figures they show, and what is not one source's says nothing of it. */
static void
test_all_names_the_lead (Fixture       *fixture,
                         gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "no data for 0 s");
  ui_monitor_ingest_cpu (&fixture->source, "second", 22);
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "no data for 0 s · engine");
  for (guint i = 0; i < N_SOURCE_CARDS; i++)
    assert_subtitle (fixture, get_source_card (i), "no data for 0 s · engine");
  assert_subtitle (fixture, TSM_TYPE_ALERTS_CARD, "0 open · 0 acknowledged");
  tsm_overview_page_set_source (fixture->page, "second");
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "no data for 0 s");
}

/* The board with all that it can show must not keep the window from a narrow screen. */
static void
test_fits_a_narrow_screen (Fixture       *fixture,
                           gconstpointer  data)
{
  int minimum;

  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_ingest_alert (&fixture->source, "engine", "1", "CRITICAL");
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  /* The style of the application adds 24 px around the board and 36 within a card; the window may be 350 px wide inside. */
  g_assert_cmpint (minimum, <=, 350 - 24 - 36);
}

static void
test_one_source (Fixture       *fixture,
                 gconstpointer  data)
{
  ui_monitor_ingest_cpu (&fixture->source, "first", 11);
  ui_monitor_ingest_cpu (&fixture->source, "second", 22);
  tsm_overview_page_set_source (fixture->page, "second");
  assert_gauge (fixture, "CPU", "22.0");
  ui_monitor_ingest_cpu (&fixture->source, "first", 12);
  assert_gauge (fixture, "CPU", "22.0");
  tsm_overview_page_set_source (fixture->page, NULL);
  assert_gauge (fixture, "CPU", "12.0");
}

/* What the one source never sent is not borrowed from the other. */
static void
test_one_source_shows_nothing_of_another (Fixture       *fixture,
                                          gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_ingest_cpu (&fixture->source, "second", 22);
  tsm_overview_page_set_source (fixture->page, "second");
  g_assert_null (ui_find_label (GTK_WIDGET (fixture->page), "Threads"));
  g_assert_null (ui_find_label (GTK_WIDGET (fixture->page), "Pattern detection"));
  g_assert_false (gtk_widget_get_visible (get_card (fixture, TSM_TYPE_PROCESSING_CARD)));
}

static void
test_unheard_source (Fixture       *fixture,
                     gconstpointer  data)
{
  ui_monitor_ingest (&fixture->source, FULL);
  tsm_overview_page_set_source (fixture->page, "nobody");
  assert_gauge (fixture, "CPU", "");
  assert_subtitle (fixture, TSM_TYPE_SYSTEM_CARD, "no data yet");
}

static void
test_other_monitor_starts_empty (Fixture       *fixture,
                                 gconstpointer  data)
{
  UiMonitor other;

  ui_monitor_ingest (&fixture->source, FULL);
  ui_monitor_open (&other, NULL);
  tsm_overview_page_set_monitor (fixture->page, other.monitor);
  assert_gauge (fixture, "CPU", "");
  g_assert_null (ui_find_label (GTK_WIDGET (fixture->page), "Pattern detection"));
  ui_monitor_ingest_cpu (&fixture->source, "engine", 99);
  assert_gauge (fixture, "CPU", "");
  tsm_overview_page_set_monitor (fixture->page, NULL);
  ui_monitor_close (&other);
}

/* Nothing is worked out for a page that nobody sees; it catches up. */
static void
test_catches_up_when_shown (Fixture       *fixture,
                            gconstpointer  data)
{
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  ui_monitor_ingest (&fixture->source, FULL);
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), TRUE);
  assert_gauge (fixture, "CPU", "37.4");
}

#define ADD(name, function) g_test_add ("/ui/overview/" name, Fixture, GINT_TO_POINTER (FALSE), set_up, function, tear_down)
#define ADD_CONNECTED(name, function) \
  g_test_add ("/ui/overview/" name, Fixture, GINT_TO_POINTER (TRUE), set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("nothing-received", test_nothing_received);
  ADD ("gauges-show-what-came", test_gauges_show_what_came);
  ADD ("figures-show-what-came", test_figures_show_what_came);
  ADD ("health-shows-components", test_health_shows_components);
  ADD ("later-event-replaces", test_later_event_replaces);
  ADD ("unsent-takes-no-space", test_unsent_takes_no_space);
  ADD ("unsent-leaves-no-hole", test_unsent_leaves_no_hole);
  ADD ("each-dialect-shows-its-own", test_each_dialect_shows_its_own);
  ADD ("disconnected-is-stale", test_disconnected_is_stale);
  ADD ("all-shows-the-lead", test_all_shows_the_lead);
  ADD ("all-names-the-lead", test_all_names_the_lead);
  ADD ("fits-a-narrow-screen", test_fits_a_narrow_screen);
  ADD ("one-source", test_one_source);
  ADD ("one-source-shows-nothing-of-another", test_one_source_shows_nothing_of_another);
  ADD ("unheard-source", test_unheard_source);
  ADD ("other-monitor-starts-empty", test_other_monitor_starts_empty);
  ADD ("catches-up-when-shown", test_catches_up_when_shown);
  if (!tsm_test_redis_is_available ())
    return g_test_run ();
  ADD_CONNECTED ("fresh-while-connected", test_fresh_while_connected);
  ADD_CONNECTED ("silence-marks-every-card", test_silence_marks_every_card);
  ADD_CONNECTED ("silence-ends", test_silence_ends);
  ADD_CONNECTED ("silence-beside-another", test_silence_beside_another);
  return g_test_run ();
}
