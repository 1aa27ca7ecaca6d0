/* Tests of TsmSourceChooser: one signal a choice, and a choice that outlives what comes and goes in the list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-source-chooser.h"

typedef struct
{
  UiMonitor         source;
  TsmSourceChooser *chooser;
  GtkDropDown      *drop_down;
  guint             n_chosen;
} Fixture;

static void
chosen_cb (Fixture *fixture)
{
  fixture->n_chosen++;
}

/* The list is "All sources", "first", "second". */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_monitor_open (&fixture->source, NULL);
  ui_monitor_ingest_cpu (&fixture->source, "first", 1);
  ui_monitor_ingest_cpu (&fixture->source, "second", 2);

  fixture->chooser = g_object_ref_sink (g_object_new (TSM_TYPE_SOURCE_CHOOSER, NULL));
  fixture->drop_down = GTK_DROP_DOWN (widget_test_find (GTK_WIDGET (fixture->chooser), GTK_TYPE_DROP_DOWN));
  tsm_source_chooser_set_sources (fixture->chooser, tsm_monitor_get_sources (fixture->source.monitor));
  g_signal_connect_swapped (fixture->chooser, "chosen", G_CALLBACK (chosen_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->chooser);
  ui_monitor_close (&fixture->source);
}

static void
test_starts_with_all (Fixture       *fixture,
                      gconstpointer  data)
{
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (fixture->drop_down)), ==, 3);
  g_assert_null (tsm_source_chooser_get_source (fixture->chooser));
}

static void
test_choice_is_told_once (Fixture       *fixture,
                          gconstpointer  data)
{
  gtk_drop_down_set_selected (fixture->drop_down, 2);
  g_assert_cmpstr (tsm_source_chooser_get_source (fixture->chooser), ==, "second");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
  gtk_drop_down_set_selected (fixture->drop_down, 2);
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

static void
test_back_to_all (Fixture       *fixture,
                  gconstpointer  data)
{
  gtk_drop_down_set_selected (fixture->drop_down, 1);
  gtk_drop_down_set_selected (fixture->drop_down, 0);
  g_assert_null (tsm_source_chooser_get_source (fixture->chooser));
  g_assert_cmpuint (fixture->n_chosen, ==, 2);
}

static void
test_survives_a_new_source (Fixture       *fixture,
                            gconstpointer  data)
{
  gtk_drop_down_set_selected (fixture->drop_down, 2);
  ui_monitor_ingest_cpu (&fixture->source, "third", 3);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (fixture->drop_down)), ==, 4);
  g_assert_cmpuint (gtk_drop_down_get_selected (fixture->drop_down), ==, 2);
  g_assert_cmpstr (tsm_source_chooser_get_source (fixture->chooser), ==, "second");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

/* Events of sources that are known already do not move it. */
static void
test_survives_events (Fixture       *fixture,
                      gconstpointer  data)
{
  gtk_drop_down_set_selected (fixture->drop_down, 1);
  for (guint i = 0; i < 10; i++)
    ui_monitor_ingest_cpu (&fixture->source, i % 2 == 0 ? "first" : "second", i);
  g_assert_cmpstr (tsm_source_chooser_get_source (fixture->chooser), ==, "first");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

/* A source without a name is one of its own, not all. */
static void
test_unnamed_source (Fixture       *fixture,
                     gconstpointer  data)
{
  ui_monitor_ingest_cpu (&fixture->source, "", 4);
  gtk_drop_down_set_selected (fixture->drop_down, 3);
  g_assert_cmpstr (tsm_source_chooser_get_source (fixture->chooser), ==, "");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
}

/* Another server: nobody knows the chosen source there. */
static void
test_other_list_starts_with_all (Fixture       *fixture,
                                 gconstpointer  data)
{
  UiMonitor other;

  gtk_drop_down_set_selected (fixture->drop_down, 2);
  ui_monitor_open (&other, NULL);
  ui_monitor_ingest_cpu (&other, "first", 1);
  tsm_source_chooser_set_sources (fixture->chooser, tsm_monitor_get_sources (other.monitor));
  g_assert_null (tsm_source_chooser_get_source (fixture->chooser));
  g_assert_cmpuint (fixture->n_chosen, ==, 2);
  tsm_source_chooser_set_sources (fixture->chooser, NULL);
  ui_monitor_close (&other);
}

/* All before and all after is no choice. */
static void
test_other_list_keeps_all (Fixture       *fixture,
                           gconstpointer  data)
{
  tsm_source_chooser_set_sources (fixture->chooser, NULL);
  tsm_source_chooser_set_sources (fixture->chooser, tsm_monitor_get_sources (fixture->source.monitor));
  g_assert_cmpuint (fixture->n_chosen, ==, 0);
}

static void
test_no_list (Fixture       *fixture,
              gconstpointer  data)
{
  gtk_drop_down_set_selected (fixture->drop_down, 2);
  tsm_source_chooser_set_sources (fixture->chooser, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (fixture->drop_down)), ==, 1);
  g_assert_null (tsm_source_chooser_get_source (fixture->chooser));
}

static void
test_lets_go_of_the_list (Fixture       *fixture,
                          gconstpointer  data)
{
  UiMonitor other;
  gpointer sources;

  ui_monitor_open (&other, NULL);
  sources = tsm_monitor_get_sources (other.monitor);
  g_object_add_weak_pointer (sources, &sources);
  tsm_source_chooser_set_sources (fixture->chooser, sources);
  tsm_source_chooser_set_sources (fixture->chooser, NULL);
  ui_monitor_close (&other);
  g_assert_null (sources);
}

#define ADD(name, function) g_test_add ("/ui/source-chooser/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("starts-with-all", test_starts_with_all);
  ADD ("choice-is-told-once", test_choice_is_told_once);
  ADD ("back-to-all", test_back_to_all);
  ADD ("survives-a-new-source", test_survives_a_new_source);
  ADD ("survives-events", test_survives_events);
  ADD ("unnamed-source", test_unnamed_source);
  ADD ("other-list-starts-with-all", test_other_list_starts_with_all);
  ADD ("other-list-keeps-all", test_other_list_keeps_all);
  ADD ("no-list", test_no_list);
  ADD ("lets-go-of-the-list", test_lets_go_of_the_list);
  return g_test_run ();
}
