/* Two pages: the form, and the test of what stands in it. Nothing is kept before Save, and nothing typed is lost without a question.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profile-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-dialog.h"
#include "ui/tsm-profile-form.h"
#include "ui/tsm-trial-view.h"

#define WIDTH  600 /* px */
#define HEIGHT 720

struct _TsmProfileDialog
{
  AdwWindow        parent_instance;

  GtkWidget       *leaflet;
  GtkWidget       *form_page;
  GtkWidget       *trial_page;
  GtkWidget       *form;
  GtkWidget       *trial;
  GtkWidget       *save;
  GtkWidget       *test;
  GtkWidget       *fault;
  TsmSession      *session;
  TsmProfileDraft *draft;
  GCancellable    *cancellable;
  gboolean         is_managed;
  gboolean         is_new; /* not in the store */
  gboolean         may_close;
};

/* The password comes onto a copy of the profile. */
typedef struct
{
  TsmProfileDialog *dialog;
  TsmProfile       *profile;
} Load;

G_DEFINE_FINAL_TYPE (TsmProfileDialog, tsm_profile_dialog, ADW_TYPE_WINDOW)

static void
show (TsmProfileDialog *self)
{
  g_autofree char *fault = tsm_profile_draft_dup_fault (self->draft);

  gtk_widget_set_sensitive (self->save, fault == NULL);
  gtk_widget_set_sensitive (self->test, fault == NULL);
  tsm_tooltip_set (self->save, fault);
  tsm_tooltip_set (self->test, fault);
  tsm_label_set (self->fault, fault);
}

static void
close_for_good (TsmProfileDialog *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (TsmProfileDialog *self)
{
  g_autoptr (TsmProfile) profile = tsm_profile_draft_dup_profile (self->draft);
  gboolean with_password;

  if (profile == NULL)
    return;

  with_password = self->is_new ? tsm_profile_get_password (profile) != NULL
                               : tsm_profile_draft_is_part_changed (self->draft, TSM_DRAFT_PASSWORD)
                                 || tsm_secrets_has_for_this_run (tsm_session_get_secrets (self->session), tsm_profile_get_id (profile));
  tsm_session_save (self->session, profile, with_password);
  close_for_good (self);
}

static void
close_response_cb (AdwMessageDialog *question,
                   const char       *response,
                   TsmProfileDialog *self)
{
  /* GTK 4.8 looks at a dialog's parent once more when it frees the dialog: it must not outlive this one. */
  gtk_window_set_transient_for (GTK_WINDOW (question), NULL);
  if (g_str_equal (response, "discard"))
    close_for_good (self);
  else if (g_str_equal (response, "save"))
    save_cb (self);
}

static void
ask_before_closing (TsmProfileDialog *self)
{
  g_autofree char *fault = tsm_profile_draft_dup_fault (self->draft);
  GtkWidget *question = adw_message_dialog_new (GTK_WINDOW (self), _("Save Changes?"),
                                                fault != NULL ? _("What you have typed cannot be saved yet, and is lost if you "
                                                                  "discard it.")
                                                              : _("What you have typed is lost if you discard it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _("_Keep Editing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  if (fault == NULL)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (question), "save", _("_Save"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "save", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "save");
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (close_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (question));
}

static gboolean
tsm_profile_dialog_close_request (GtkWindow *window)
{
  TsmProfileDialog *self = TSM_PROFILE_DIALOG (window);

  if (!self->may_close && !self->is_managed && tsm_profile_draft_is_changed (self->draft))
    {
      ask_before_closing (self);
      return TRUE;
    }

  tsm_trial_view_cancel (TSM_TRIAL_VIEW (self->trial));
  return GTK_WINDOW_CLASS (tsm_profile_dialog_parent_class)->close_request (window);
}

static void
test_cb (TsmProfileDialog *self)
{
  g_autoptr (TsmProfile) profile = tsm_profile_draft_dup_profile (self->draft);

  if (profile == NULL)
    return;

  tsm_trial_view_run (TSM_TRIAL_VIEW (self->trial), profile);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->trial_page);
  gtk_widget_grab_focus (self->trial);
}

static void
back_cb (TsmProfileDialog *self)
{
  tsm_trial_view_cancel (TSM_TRIAL_VIEW (self->trial));
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->form_page);
  gtk_widget_grab_focus (self->test);
}

static void
pin_cb (TsmProfileDialog *self,
        const char       *fingerprint)
{
  tsm_profile_draft_set_text (self->draft, TSM_DRAFT_TLS_PIN, fingerprint);
  test_cb (self);
}

/* Escape leads back one step. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  TsmProfileDialog *self = TSM_PROFILE_DIALOG (widget);

  if (adw_leaflet_get_visible_child (ADW_LEAFLET (self->leaflet)) == self->trial_page)
    back_cb (self);
  else
    gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

static const char *
get_password_note (TsmSecretPlace  place,
                   const char     *trouble)
{
  if (trouble != NULL)
    return trouble;

  return place == TSM_SECRET_KEYRING ? _("Kept in the keyring") : _("It will be kept in the keyring");
}

static void
load_free (Load *load)
{
  g_object_unref (load->dialog);
  g_object_unref (load->profile);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  TsmSecretPlace place = tsm_secrets_load_finish (TSM_SECRETS (object), result, &error);

  if (error != NULL || load->dialog->draft == NULL)
    return; /* it was closed */

  tsm_profile_form_set_password_note (TSM_PROFILE_FORM (load->dialog->form),
                                      get_password_note (place, tsm_secrets_get_trouble (TSM_SECRETS (object))));
  tsm_profile_draft_load_password (load->dialog->draft, tsm_profile_get_password (load->profile));
}

/* The form can be used meanwhile. For a new one this tells whether there is a keyring. */
static void
load_password (TsmProfileDialog *self,
               TsmProfile       *profile)
{
  Load *load = g_new0 (Load, 1);

  load->dialog = g_object_ref (self);
  load->profile = tsm_profile_copy (profile);
  tsm_secrets_load_async (tsm_session_get_secrets (self->session), load->profile, self->cancellable, loaded_cb, load);
}

static void
tsm_profile_dialog_dispose (GObject *object)
{
  TsmProfileDialog *self = TSM_PROFILE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self); /* the form still writes to it when it loses the focus */
  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tsm_profile_dialog_parent_class)->dispose (object);
}

static void
tsm_profile_dialog_class_init (TsmProfileDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_profile_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tsm_profile_dialog_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
tsm_profile_dialog_init (TsmProfileDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
make_button (TsmProfileDialog *self,
             const char       *label,
             GCallback         callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_header (TsmProfileDialog *self,
             const char       *title)
{
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  self->save = make_button (self, _("_Save"), G_CALLBACK (save_cb));
  gtk_widget_add_css_class (self->save, "suggested-action");
  if (self->is_managed)
    {
      gtk_widget_set_visible (self->save, FALSE);
      adw_window_title_set_subtitle (ADW_WINDOW_TITLE (adw_header_bar_get_title_widget (ADW_HEADER_BAR (header))),
                                     _("Managed by your administrator"));
      return header;
    }

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_button (self, _("_Cancel"), G_CALLBACK (gtk_window_close)));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static GtkWidget *
make_bar (TsmProfileDialog *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->fault = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->fault), 0);
  gtk_label_set_wrap (GTK_LABEL (self->fault), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->fault), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (self->fault, TRUE);
  gtk_widget_add_css_class (self->fault, "error");
  gtk_widget_add_css_class (self->fault, "caption");
  self->test = make_button (self, _("_Test Connection"), G_CALLBACK (test_cb));
  gtk_widget_set_valign (self->test, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (bar), self->fault);
  gtk_box_append (GTK_BOX (bar), self->test);
  gtk_widget_add_css_class (bar, "dialog-bar");
  return bar;
}

static GtkWidget *
make_page (GtkWidget *header,
           GtkWidget *content,
           GtkWidget *bar)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (page), header);
  gtk_box_append (GTK_BOX (page), content);
  if (bar != NULL)
    gtk_box_append (GTK_BOX (page), bar);
  return page;
}

static GtkWidget *
make_trial_page (TsmProfileDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _("Back to the Form"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back to the Form"), -1);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Test Connection"), NULL));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);

  self->trial = tsm_trial_view_new (!self->is_managed);
  g_signal_connect_object (self->trial, "pin", G_CALLBACK (pin_cb), self, G_CONNECT_SWAPPED);
  return make_page (header, self->trial, NULL);
}

static void
set_taken_names (TsmProfileDialog *self,
                 TsmProfile       *profile)
{
  GListModel *store = G_LIST_MODEL (tsm_session_get_store (self->session));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (store); i++)
    {
      g_autoptr (TsmProfile) other = g_list_model_get_item (store, i);

      if (!g_str_equal (tsm_profile_get_id (other), tsm_profile_get_id (profile)))
        g_strv_builder_add (names, tsm_profile_get_name (other));
    }
  list = g_strv_builder_end (names);
  tsm_profile_draft_set_taken (self->draft, (const char *const *) list);
}

static void
build (TsmProfileDialog *self)
{
  const char *title = self->is_managed ? _("Connection") : self->is_new ? _("New Connection") : _("Edit Connection");

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->form = tsm_profile_form_new (self->draft, !self->is_managed);
  self->form_page = make_page (make_header (self, title), self->form, make_bar (self));
  self->trial_page = make_trial_page (self);
  self->leaflet = adw_leaflet_new ();
  adw_leaflet_set_can_unfold (ADW_LEAFLET (self->leaflet), FALSE);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->form_page);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->trial_page);
  adw_window_set_content (ADW_WINDOW (self), self->leaflet);
  if (!self->is_managed)
    gtk_window_set_default_widget (GTK_WINDOW (self), self->save);
}

/**
 * tsm_profile_dialog_present:
 * @parent: the window it stands over
 * @session: where it is saved, and whose keyring has the password
 * @profile: (nullable): what to edit; %NULL for a new one
 *
 * One that is not in the store is added to it by Save.
 *
 * Returns: (transfer none): the dialog
 */
TsmProfileDialog *
tsm_profile_dialog_present (GtkWindow  *parent,
                            TsmSession *session,
                            TsmProfile *profile)
{
  g_autoptr (TsmProfile) begin = profile != NULL ? g_object_ref (profile) : tsm_profile_new ();
  TsmProfileDialog *self;

  g_return_val_if_fail (TSM_IS_SESSION (session), NULL);

  self = g_object_new (TSM_TYPE_PROFILE_DIALOG, NULL);
  tsm_dialog_place (GTK_WINDOW (self), parent, WIDTH, HEIGHT);
  self->session = g_object_ref (session);
  self->is_managed = tsm_profile_is_managed (begin);
  self->is_new = tsm_profile_store_lookup (tsm_session_get_store (session), tsm_profile_get_id (begin)) == NULL;
  self->draft = tsm_profile_draft_new (begin);
  build (self);
  set_taken_names (self, begin);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  load_password (self, begin);
  gtk_window_present (GTK_WINDOW (self));
  tsm_profile_form_begin (TSM_PROFILE_FORM (self->form));
  return self;
}
