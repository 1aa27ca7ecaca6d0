/* Tests of TsmEventsPage: what is selected is shown beside the list, whether the log goes on or is paused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-event-detail.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-panes.h"

typedef struct
{
  UiMonitor      source;
  TsmEventsPage *page;
  GtkWidget     *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  ui_monitor_open (&fixture->source, NULL);
  fixture->page = g_object_new (TSM_TYPE_EVENTS_PAGE, NULL);
  fixture->window = widget_test_show (GTK_WIDGET (fixture->page), 1200, 600);
  tsm_events_page_set_monitor (fixture->page, fixture->source.monitor);
  ui_monitor_ingest_cpu (&fixture->source, "engine", 10);
  ui_monitor_ingest_cpu (&fixture->source, "engine", 20);
  widget_test_frames (GTK_WIDGET (fixture->page), 3);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_monitor_close (&fixture->source);
}

static GtkWidget *
find (Fixture *fixture,
      GType    type)
{
  return widget_test_find (GTK_WIDGET (fixture->page), type);
}

static void
pause_log (Fixture *fixture)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (fixture, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

static void
select_row (Fixture *fixture,
            guint    position)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (find (fixture, GTK_TYPE_COLUMN_VIEW)));

  gtk_selection_model_select_item (rows, position, TRUE);
  widget_test_frames (GTK_WIDGET (fixture->page), 3);
}

static gboolean
is_detail_in_sight (Fixture *fixture)
{
  return gtk_widget_get_mapped (find (fixture, TSM_TYPE_EVENT_DETAIL));
}

static void
test_nothing_beside_the_list_at_first (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_assert_false (is_detail_in_sight (fixture));
  g_assert_true (gtk_widget_has_css_class (find (fixture, TSM_TYPE_PANES), "alone"));
}

static void
test_selected_event_is_shown (Fixture       *fixture,
                              gconstpointer  data)
{
  select_row (fixture, 1);
  g_assert_true (is_detail_in_sight (fixture));
  g_assert_false (gtk_widget_has_css_class (find (fixture, TSM_TYPE_PANES), "alone"));
}

/* Nothing comes then that would lay out the page anew. */
static void
test_selected_event_is_shown_while_paused (Fixture       *fixture,
                                           gconstpointer  data)
{
  pause_log (fixture);
  select_row (fixture, 0);
  g_assert_true (is_detail_in_sight (fixture));
  g_assert_true (tsm_event_detail_get_event (TSM_EVENT_DETAIL (find (fixture, TSM_TYPE_EVENT_DETAIL))) != NULL);
}

#define ADD(name, function) g_test_add ("/ui/events-page/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("nothing-beside-the-list-at-first", test_nothing_beside_the_list_at_first);
  ADD ("selected-event-is-shown", test_selected_event_is_shown);
  ADD ("selected-event-is-shown-while-paused", test_selected_event_is_shown_while_paused);
  return g_test_run ();
}
