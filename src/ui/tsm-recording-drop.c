/* Ways for a recording into the program. All lead to g_application_open().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-recording-drop.h"

#include <glib/gi18n-lib.h>

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (user_data)));
  g_autoptr (GSList) files = NULL;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || application == NULL)
    return FALSE;

  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l != NULL; l = l->next)
    {
      GFile *file = l->data;

      g_application_open (application, &file, 1, "");
    }
  return TRUE;
}

/**
 * tsm_recording_drop_attach:
 * @window: a window of the application
 *
 * Takes files that are dropped on it.
 */
void
tsm_recording_drop_attach (GtkWidget *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
}

static void
response_cb (GtkFileChooser *chooser,
             int             response,
             GApplication   *application)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (file != NULL)
    g_application_open (application, &file, 1, "");
  g_object_unref (chooser);
}

/**
 * tsm_recording_drop_choose:
 * @application: what opens it
 * @parent: (nullable): the window that asks
 *
 * Lets the user choose a recording.
 */
void
tsm_recording_drop_choose (GApplication *application,
                           GtkWindow    *parent)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open Recording"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL,
                                                               NULL);
  g_autoptr (GtkFileFilter) recordings = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (recordings, _("Recordings (JSON Lines)"));
  gtk_file_filter_add_suffix (recordings, "jsonl");
  gtk_file_filter_add_suffix (recordings, "ndjson");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), recordings);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), application);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
