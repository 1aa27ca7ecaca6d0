/* Opens the system's file chooser and writes the path that was chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-file-button.h"

#include <glib/gi18n-lib.h>

static void
response_cb (GtkNativeDialog *chooser,
             int              response,
             GtkEditable     *entry)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    gtk_editable_set_text (entry, path);
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
clicked_cb (GtkWidget   *button,
            GtkEditable *entry)
{
  const char *title = g_object_get_data (G_OBJECT (button), "title");
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (button)),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  const char *path = gtk_editable_get_text (entry);

  if (g_path_is_absolute (path))
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFile) folder = g_file_get_parent (file);

      if (folder != NULL)
        gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), entry, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

GtkWidget *
tsm_file_button_new (GtkEditable *entry,
                     const char  *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");
  g_autofree char *label = NULL;

  /* TRANSLATORS: %s is the name of a field that holds a file */
  label = g_strdup_printf (_("Choose: %s"), title);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "title", g_strdup (title), g_free);
  g_object_bind_property (entry, "editable", button, "sensitive", G_BINDING_SYNC_CREATE);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), entry);
  return button;
}
