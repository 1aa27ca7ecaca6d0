/* Tests of the parts of the Overview's cards: TsmFigures, the frame of TsmCard, and when a view is stale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-card.h"
#include "ui/tsm-figures.h"

#define TEST_TYPE_CARD (test_card_get_type ())
G_DECLARE_FINAL_TYPE (TestCard, test_card, TEST, CARD, TsmCard)

struct _TestCard
{
  TsmCard parent_instance;
  guint   n_updates;
};

G_DEFINE_FINAL_TYPE (TestCard, test_card, TSM_TYPE_CARD)

static void
test_card_update (TsmCard       *card,
                  const TsmView *view)
{
  TEST_CARD (card)->n_updates++;
}

static void
test_card_class_init (TestCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = test_card_update;
}

static void
test_card_init (TestCard *self)
{
}

typedef struct
{
  UiMonitor  source;
  GtkWidget *card;
  GtkWidget *figures;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_monitor_open (&fixture->source, NULL);
  fixture->card = g_object_ref_sink (g_object_new (TEST_TYPE_CARD, NULL));
  fixture->figures = tsm_figures_new ();
  tsm_card_append (TSM_CARD (fixture->card), fixture->figures);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->card);
  ui_monitor_close (&fixture->source);
}

static char *
dup_subtitle (Fixture *fixture)
{
  return ui_dup_labels (fixture->card, "card-subtitle");
}

static void
assert_values (Fixture    *fixture,
               const char *expected)
{
  g_autofree char *values = ui_dup_labels (fixture->figures, "figure-value");

  g_assert_cmpstr (values, ==, expected);
}

static void
test_figure_without_value_is_hidden (Fixture       *fixture,
                                     gconstpointer  data)
{
  guint row = tsm_figures_add (TSM_FIGURES (fixture->figures), "Uptime");

  g_assert_null (ui_find_label (fixture->figures, "Uptime"));
  tsm_figures_set (TSM_FIGURES (fixture->figures), row, "4 min");
  g_assert_nonnull (ui_find_label (fixture->figures, "Uptime"));
  tsm_figures_set (TSM_FIGURES (fixture->figures), row, NULL);
  g_assert_null (ui_find_label (fixture->figures, "Uptime"));
}

static void
test_figure_shows_again (Fixture       *fixture,
                         gconstpointer  data)
{
  guint row = tsm_figures_add (TSM_FIGURES (fixture->figures), "Uptime");

  tsm_figures_set (TSM_FIGURES (fixture->figures), row, "4 min");
  tsm_figures_set (TSM_FIGURES (fixture->figures), row, NULL);
  tsm_figures_set (TSM_FIGURES (fixture->figures), row, "4 min");
  assert_values (fixture, "4 min");
}

static void
test_hidden_figure_takes_no_space (Fixture       *fixture,
                                   gconstpointer  data)
{
  int before, after;
  guint first = tsm_figures_add (TSM_FIGURES (fixture->figures), "First");

  tsm_figures_set (TSM_FIGURES (fixture->figures), first, "1");
  gtk_widget_measure (fixture->figures, GTK_ORIENTATION_VERTICAL, -1, &before, NULL, NULL, NULL);
  tsm_figures_add (TSM_FIGURES (fixture->figures), "Never sent");
  gtk_widget_measure (fixture->figures, GTK_ORIENTATION_VERTICAL, -1, &after, NULL, NULL, NULL);
  g_assert_cmpint (after, ==, before);
}

/* A screen reader hears the name with the number. */
static void
test_figure_is_spoken_with_its_name (Fixture       *fixture,
                                     gconstpointer  data)
{
  guint row = tsm_figures_add (TSM_FIGURES (fixture->figures), "Threads");
  GtkWidget *value;

  tsm_figures_set (TSM_FIGURES (fixture->figures), row, "14");
  value = ui_find_label (fixture->figures, "14");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, "Threads 14");
  tsm_figures_set (TSM_FIGURES (fixture->figures), row, "15");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, "Threads 15");
}

static void
test_figures_of_metrics (Fixture       *fixture,
                         gconstpointer  data)
{
  static const TsmMetricId ids[] = { TSM_METRIC_CPU_PERCENT, TSM_METRIC_THREAD_COUNT, TSM_METRIC_MEMORY_PERCENT };
  TsmFigures *figures = TSM_FIGURES (fixture->figures);
  guint uptime;

  tsm_figures_add_metrics (figures, ids, G_N_ELEMENTS (ids));
  uptime = tsm_figures_add (figures, "Uptime");
  tsm_figures_set (figures, uptime, "4 min");

  g_assert_false (tsm_figures_update (figures, NULL));
  assert_values (fixture, "4 min");
  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  g_assert_true (tsm_figures_update (figures, tsm_monitor_get_lead_source (fixture->source.monitor)));
  assert_values (fixture, "37.4 %|50.0 %|4 min");
}

static void
test_card_is_named_by_its_title (Fixture       *fixture,
                                 gconstpointer  data)
{
  tsm_card_set_title (TSM_CARD (fixture->card), "System");
  g_assert_nonnull (ui_find_label (fixture->card, "System"));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->card), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->card), GTK_ACCESSIBLE_PROPERTY_LABEL, "System");
}

static void
test_card_subtitle (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *shown = NULL;
  g_autofree char *hidden = NULL;

  tsm_card_set_subtitle (TSM_CARD (fixture->card), "from metrics");
  shown = dup_subtitle (fixture);
  g_assert_cmpstr (shown, ==, "from metrics");
  tsm_card_set_subtitle (TSM_CARD (fixture->card), NULL);
  hidden = dup_subtitle (fixture);
  g_assert_cmpstr (hidden, ==, "");
}

static void
test_card_goes_stale_and_back (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *subtitle = NULL;

  tsm_card_set_stale (TSM_CARD (fixture->card), TRUE, 252 * G_TIME_SPAN_SECOND);
  subtitle = dup_subtitle (fixture);
  g_assert_cmpstr (subtitle, ==, "no data for 4 min 12 s");
  g_assert_true (gtk_widget_has_css_class (fixture->card, "stale"));
  tsm_card_set_stale (TSM_CARD (fixture->card), FALSE, 0);
  g_assert_false (gtk_widget_has_css_class (fixture->card, "stale"));
}

/* The age grows while the card stays stale. */
static void
test_stale_card_says_the_new_age (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autofree char *subtitle = NULL;

  tsm_card_set_stale (TSM_CARD (fixture->card), TRUE, 30 * G_TIME_SPAN_SECOND);
  tsm_card_set_stale (TSM_CARD (fixture->card), TRUE, 31 * G_TIME_SPAN_SECOND);
  subtitle = dup_subtitle (fixture);
  g_assert_cmpstr (subtitle, ==, "no data for 31 s");
}

static void
test_card_update_reaches_its_class (Fixture       *fixture,
                                    gconstpointer  data)
{
  tsm_card_update (TSM_CARD (fixture->card), &(TsmView) { .monitor = fixture->source.monitor });
  g_assert_cmpuint (TEST_CARD (fixture->card)->n_updates, ==, 1);
}

static gboolean
is_stale (Fixture  *fixture,
          gboolean  connected,
          gint64   *age)
{
  TsmView view = { .monitor = fixture->source.monitor, .connected = connected };

  view.source = tsm_monitor_get_lead_source (fixture->source.monitor);
  view.now = tsm_monitor_now (fixture->source.monitor);
  return tsm_view_is_stale (&view, age);
}

static void
test_view_of_no_source (Fixture       *fixture,
                        gconstpointer  data)
{
  gint64 age = 0;

  g_assert_false (is_stale (fixture, TRUE, &age));
  g_assert_false (is_stale (fixture, FALSE, &age));
  g_assert_cmpint (age, ==, -1);
}

static void
test_view_while_connected (Fixture       *fixture,
                           gconstpointer  data)
{
  gint64 age;

  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  ui_monitor_advance (&fixture->source, 29.9);
  g_assert_false (is_stale (fixture, TRUE, &age));
  g_assert_cmpint (age, ==, 29900 * G_TIME_SPAN_MILLISECOND);
  ui_monitor_advance (&fixture->source, 0.2);
  g_assert_true (is_stale (fixture, TRUE, &age));
  g_assert_cmpint (age, ==, 30100 * G_TIME_SPAN_MILLISECOND);
}

static void
test_view_while_disconnected (Fixture       *fixture,
                              gconstpointer  data)
{
  gint64 age;

  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  g_assert_true (is_stale (fixture, FALSE, &age));
  g_assert_cmpint (age, ==, 0);
}

/* An alert keeps the source alive, but says nothing of how old the figures are. */
static void
test_view_counts_the_age_of_metrics (Fixture       *fixture,
                                     gconstpointer  data)
{
  gint64 age;

  ui_monitor_ingest_cpu (&fixture->source, "engine", 37.4);
  ui_monitor_advance (&fixture->source, 20);
  ui_monitor_ingest_alert (&fixture->source, "engine", "a", "ERROR");
  ui_monitor_advance (&fixture->source, 15);
  g_assert_false (is_stale (fixture, TRUE, &age));
  g_assert_cmpint (age, ==, 35 * G_TIME_SPAN_SECOND);
}

#define ADD(name, function) g_test_add ("/ui/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("figures/without-value-is-hidden", test_figure_without_value_is_hidden);
  ADD ("figures/shows-again", test_figure_shows_again);
  ADD ("figures/hidden-takes-no-space", test_hidden_figure_takes_no_space);
  ADD ("figures/spoken-with-its-name", test_figure_is_spoken_with_its_name);
  ADD ("figures/of-metrics", test_figures_of_metrics);
  ADD ("card/named-by-its-title", test_card_is_named_by_its_title);
  ADD ("card/subtitle", test_card_subtitle);
  ADD ("card/goes-stale-and-back", test_card_goes_stale_and_back);
  ADD ("card/stale-says-the-new-age", test_stale_card_says_the_new_age);
  ADD ("card/update-reaches-its-class", test_card_update_reaches_its_class);
  ADD ("view/of-no-source", test_view_of_no_source);
  ADD ("view/while-connected", test_view_while_connected);
  ADD ("view/while-disconnected", test_view_while_disconnected);
  ADD ("view/counts-the-age-of-metrics", test_view_counts_the_age_of_metrics);
  return g_test_run ();
}
