/* Tests of files that are dropped on a window: each is opened, and nothing else is taken.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-recording-window.h"
#include "ui/tsm-window.h"

typedef struct
{
  AdwApplication *application;
  GString        *opened; /* the paths, a line each */
} Fixture;

static void
open_cb (Fixture     *fixture,
         GFile      **files,
         int          n,
         const char  *hint)
{
  for (int i = 0; i < n; i++)
    g_string_append_printf (fixture->opened, "%s\n", g_file_peek_path (files[i]));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->opened = g_string_new (NULL);
  fixture->application = ADW_APPLICATION ((gpointer) data);
  g_signal_connect_swapped (fixture->application, "open", G_CALLBACK (open_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (fixture->application, fixture);
  g_string_free (fixture->opened, TRUE);
  tsm_test_settle ();
}

static GtkDropTarget *
find_target (GtkWindow *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

/* What GTK does once the file manager has handed over what is dragged. */
static gboolean
drop (GtkWindow    *window,
      const GValue *value)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (find_target (window), "drop", value, 10.0, 10.0, &taken);
  return taken;
}

static gboolean
drop_files (GtkWindow  *window,
            const char *first,
            const char *second)
{
  GFile *files[] = { g_file_new_for_path (first), g_file_new_for_path (second) };
  GValue value = G_VALUE_INIT;
  gboolean taken;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, G_N_ELEMENTS (files)));
  taken = drop (window, &value);
  g_value_unset (&value);
  g_object_unref (files[0]);
  g_object_unref (files[1]);
  return taken;
}

static void
test_main_window (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (tsm_window_new (fixture->application));

  g_assert_true (drop_files (window, "/tmp/monday.jsonl", "/tmp/tuesday of <b>.jsonl"));
  g_assert_cmpstr (fixture->opened->str, ==, "/tmp/monday.jsonl\n/tmp/tuesday of <b>.jsonl\n");
  gtk_window_destroy (window);
}

static void
test_window_of_a_recording (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (GFile) none = g_file_new_for_path ("/nonexistent/monday.jsonl");
  GtkWindow *window = tsm_recording_window_new (fixture->application, none);

  g_assert_true (drop_files (window, "/tmp/tuesday.jsonl", "/tmp/wednesday.jsonl"));
  g_assert_cmpstr (fixture->opened->str, ==, "/tmp/tuesday.jsonl\n/tmp/wednesday.jsonl\n");
  gtk_window_destroy (window);
}

static void
test_text_is_not_taken (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWindow *window = GTK_WINDOW (tsm_window_new (fixture->application));
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, "file:///tmp/monday.jsonl");
  g_assert_false (drop (window, &value));
  g_assert_cmpstr (fixture->opened->str, ==, "");
  g_value_unset (&value);
  gtk_window_destroy (window);
}

/* Nobody runs it. */
#define ADD(name, function) g_test_add ("/ui/recording-drop/" name, Fixture, application, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  ui_test_init (&argc, &argv);
  application = ui_application_new ();
  ADD ("main-window", test_main_window);
  ADD ("window-of-a-recording", test_window_of_a_recording);
  ADD ("text-is-not-taken", test_text_is_not_taken);
  return g_test_run ();
}
