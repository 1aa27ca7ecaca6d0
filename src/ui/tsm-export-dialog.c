/* Question, file chooser, file: what is needed on the way stands in one Export, which the last of them frees.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-export-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-profile-exchange.h"

typedef struct
{
  GtkWindow       *parent; /* a reference: it may be closed meanwhile */
  TsmProfileStore *store;
  TsmExportFunc    told;
  gpointer         user_data;
  gboolean         is_json;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->parent);
  g_object_unref (export->store);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static char *
dup_content (Export *export)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (export->store));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (export->store), i));

  return export->is_json ? tsm_profile_export_json (profiles, tsm_profile_store_get_active (export->store))
                         : tsm_profile_export_keyfile (profiles, tsm_profile_store_get_active (export->store));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (object));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    /* TRANSLATORS: %s is the name of a file */
    text = g_strdup_printf (_("Exported to %s. Passwords are not in it."), name);
  else
    text = g_strdup_printf (_("Not exported: %s"), error->message);

  if (gtk_widget_get_visible (GTK_WIDGET (export->parent)))
    export->told (text, export->user_data);
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int              response,
           gpointer         user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    {
      char *content = dup_content (export);
      g_autoptr (GBytes) bytes = g_bytes_new_take (content, strlen (content));

      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb,
                                           g_steal_pointer (&export));
    }
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
choose_file (Export *export)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export Connections"), export->parent,
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser),
                                     export->is_json ? "tickstock-connections.json" : "tickstock-connections.profile");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (chosen_cb), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (Export) export = user_data;

  export->is_json = g_str_equal (response, "json");
  if (!g_str_equal (response, "cancel"))
    choose_file (g_steal_pointer (&export));
}

void
tsm_export_dialog_present (GtkWindow       *parent,
                           TsmProfileStore *store,
                           TsmExportFunc    told,
                           gpointer         user_data)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));
  g_autofree char *heading = g_strdup_printf (ngettext ("Export %u Connection", "Export %u Connections", n), n);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading,
                                              _("Passwords are not in the file: each user enters their own.\n\nA keyfile can be "
                                                "rolled out to many computers; JSON suits other programs. Both can be imported."));
  Export *export = g_new0 (Export, 1);

  export->parent = g_object_ref (parent);
  export->store = g_object_ref (store);
  export->told = told;
  export->user_data = user_data;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "json", _("_JSON…"), "keyfile",
                                    _("_Keyfile…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keyfile");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), export);
  gtk_window_present (GTK_WINDOW (dialog));
}
