/* What was pasted is read at every change, a file once; both are shown as what they would become. A file is not shown itself: the engine's
 * .env file is full of secrets, not all of them Redis', and the screen may be seen by others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-import-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-profile-exchange.h"
#include "ui/tsm-card.h"
#include "ui/tsm-dialog.h"
#include "ui/tsm-profile-name.h"
#include "ui/tsm-profile-row.h"

#define WIDTH  600 /* px */
#define HEIGHT 640

struct _TsmImportDialog
{
  AdwWindow         parent_instance;

  GtkWidget        *add_button;
  GtkWidget        *file_row;
  GtkWidget        *text_box;
  GtkWidget        *text;
  GtkWidget        *trouble;
  GtkWidget        *found;
  GtkWidget        *found_list;
  GtkWidget        *problems;
  GtkWidget        *problem_list;
  TsmSession       *session;
  TsmProfileImport *import;  /* NULL: nothing was understood */
  char             *name;    /* what a connection without one is called, after its file; NULL: after its host */
  GCancellable     *cancellable;
};

/* A file that is being read. */
typedef struct
{
  TsmImportDialog *dialog;
  char            *text;
} Load;

G_DEFINE_FINAL_TYPE (TsmImportDialog, tsm_import_dialog, ADW_TYPE_WINDOW)

static void
empty (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
add_found (TsmImportDialog *self,
           TsmProfile      *profile)
{
  g_autofree char *address = tsm_profile_dup_display_url (profile);
  g_autofree char *channels = tsm_profile_dup_text (profile, TSM_PROFILE_CHANNELS);
  g_autofree char *marks = tsm_profile_row_dup_marks (profile);
  GString *subtitle = g_string_new (address);
  g_autofree char *text = NULL;

  g_string_append_printf (subtitle, "\n%s", channels);
  if (tsm_profile_get_password (profile) != NULL)
    g_string_append_printf (subtitle, "\n%s", _("With a password, which goes into the keyring"));
  if (marks != NULL)
    g_string_append_printf (subtitle, "\n%s", marks);
  text = g_string_free (subtitle, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->found_list), make_row (tsm_profile_get_name (profile), text));
}

static void
show (TsmImportDialog *self,
      const char      *trouble)
{
  guint n = self->import != NULL ? self->import->profiles->len : 0;
  guint n_problems = self->import != NULL ? self->import->problems->len : 0;
  g_autofree char *label = g_strdup_printf (ngettext ("_Add %u", "_Add %u", n), n);

  empty (self->found_list);
  empty (self->problem_list);
  for (guint i = 0; i < n; i++)
    add_found (self, g_ptr_array_index (self->import->profiles, i));
  for (guint i = 0; i < n_problems; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->problem_list), make_row (g_ptr_array_index (self->import->problems, i), NULL));

  gtk_widget_set_visible (self->found, n > 0);
  gtk_widget_set_visible (self->problems, n_problems > 0);
  tsm_label_set (self->trouble, trouble);
  gtk_widget_set_visible (self->trouble, trouble != NULL);
  gtk_widget_set_sensitive (self->add_button, n > 0);
  gtk_button_set_label (GTK_BUTTON (self->add_button), n > 0 ? label : _("_Add"));
}

static void
name_by_host (TsmProfile *profile,
              const char *placeholder)
{
  g_autofree char *name = tsm_profile_dup_short_name (profile);

  if (g_str_equal (tsm_profile_get_name (profile), placeholder))
    tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;

  return TRUE;
}

static void
read_text (TsmImportDialog *self,
           const char      *text,
           gsize            length)
{
  const char *name = self->name != NULL ? self->name : _("Imported");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->import, tsm_profile_import_free);
  if (!is_blank (text, length) || gtk_widget_get_visible (self->file_row))
    self->import = tsm_profile_import_text (text, length, name, &error);
  for (guint i = 0; self->import != NULL && self->name == NULL && i < self->import->profiles->len; i++)
    name_by_host (g_ptr_array_index (self->import->profiles, i), name);
  show (self, error != NULL ? error->message : NULL);
}

static void
changed_cb (TsmImportDialog *self,
            GtkTextBuffer   *buffer)
{
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  read_text (self, text, strlen (text));
  tsm_url_wipe (text); /* there may be a password in it */
}

/* @path: (nullable): of the file that takes the place of the text; NULL for the text */
static void
set_path (TsmImportDialog *self,
          const char      *path)
{
  g_autofree char *shown = path != NULL ? g_filename_display_basename (path) : NULL;

  g_free (self->name);
  self->name = path != NULL ? tsm_profile_import_dup_name (path) : NULL;
  if (shown != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), shown);
  gtk_widget_set_visible (self->file_row, path != NULL);
  gtk_widget_set_visible (self->text_box, path == NULL);
}

static void
paste_cb (TsmImportDialog *self)
{
  set_path (self, NULL);
  changed_cb (self, gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)));
  gtk_widget_grab_focus (self->text);
}

static void
refuse (TsmImportDialog *self,
        const char      *trouble)
{
  g_clear_pointer (&self->import, tsm_profile_import_free);
  show (self, trouble);
}

static void
load_free (Load *load)
{
  g_object_unref (load->dialog);
  explicit_bzero (load->text, TSM_PROFILE_EXCHANGE_MAX_SIZE + 1); /* there may be a password in it */
  g_free (load->text);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &length, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        refuse (load->dialog, error->message);
      return;
    }

  if (g_utf8_validate (load->text, (gssize) length, NULL))
    read_text (load->dialog, load->text, length);
  else
    refuse (load->dialog, _("The file is not a text: choose a .env file, or an export of this program."));
}

/* One byte more than is allowed tells that it is too large. */
static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TsmImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (object), result, &error);
  Load *load;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (stream == NULL)
    {
      refuse (self, error->message);
      return;
    }

  load = g_new0 (Load, 1);
  load->dialog = g_object_ref (self);
  load->text = g_malloc0 (TSM_PROFILE_EXCHANGE_MAX_SIZE + 1);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), load->text, TSM_PROFILE_EXCHANGE_MAX_SIZE + 1, G_PRIORITY_DEFAULT,
                                 self->cancellable, read_cb, load);
}

static void
chosen_cb (TsmImportDialog *self,
           int              response,
           GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    {
      g_autofree char *name = g_file_get_basename (file);

      refuse (self, NULL);
      set_path (self, name);
      g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, opened_cb, g_object_ref (self));
    }
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
open_cb (TsmImportDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Import Connections"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* An id that is there already belongs to another: what is imported replaces nothing. */
static void
add_cb (TsmImportDialog *self)
{
  TsmProfileStore *store = tsm_session_get_store (self->session);

  for (guint i = 0; i < self->import->profiles->len; i++)
    {
      TsmProfile *profile = g_ptr_array_index (self->import->profiles, i);

      if (tsm_profile_store_lookup (store, tsm_profile_get_id (profile)) != NULL)
        {
          g_autofree char *id = g_uuid_string_random ();

          tsm_profile_set_id (profile, id);
        }
      tsm_session_save (self->session, profile, tsm_profile_get_password (profile) != NULL);
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
tsm_import_dialog_dispose (GObject *object)
{
  TsmImportDialog *self = TSM_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->import, tsm_profile_import_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (tsm_import_dialog_parent_class)->dispose (object);
}

static void
tsm_import_dialog_class_init (TsmImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_import_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, text_box);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, text);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, found);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, found_list);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, TsmImportDialog, problem_list);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
tsm_import_dialog_init (TsmImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  show (self, NULL);
}

/**
 * tsm_import_dialog_present:
 * @parent: the window it stands over
 * @session: gets what is added
 *
 * Returns: (transfer none): the dialog
 */
TsmImportDialog *
tsm_import_dialog_present (GtkWindow  *parent,
                           TsmSession *session)
{
  TsmImportDialog *self = g_object_new (TSM_TYPE_IMPORT_DIALOG, NULL);

  tsm_dialog_place (GTK_WINDOW (self), parent, WIDTH, HEIGHT);
  self->session = g_object_ref (session);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
