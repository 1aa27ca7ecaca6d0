/* The dialog remembers which connection it asked for: a password must not reach another server.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-password-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-password-row.h"

typedef struct
{
  TsmSession *session;
  TsmMonitor *monitor;  /* that asked */
  char       *password; /* as typed: the entry is gone when the answer comes */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->session);
  g_object_unref (question->monitor);
  tsm_url_wipe (question->password);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;

  if (question->password != NULL && tsm_session_get_monitor (question->session) == question->monitor)
    tsm_session_set_password (question->session, question->password);
}

static void
changed_cb (GtkEditable      *entry,
            AdwMessageDialog *dialog)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "question");

  tsm_url_wipe (question->password);
  question->password = g_strdup (gtk_editable_get_text (entry));
  adw_message_dialog_set_response_enabled (dialog, "connect", *gtk_editable_get_text (entry) != '\0');
}

/* The dialog closes by itself only after a click. */
static void
entered_cb (GtkEditable      *entry,
            AdwMessageDialog *dialog)
{
  if (*gtk_editable_get_text (entry) == '\0')
    return;

  adw_message_dialog_response (dialog, "connect");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static char *
dup_body (TsmSession *session)
{
  TsmProfile *profile = tsm_session_get_profile (session);
  const GError *error = tsm_connection_get_error (tsm_monitor_get_connection (tsm_session_get_monitor (session)));
  const char *user = tsm_profile_get_user (profile);
  const char *trouble = tsm_secrets_get_trouble (tsm_session_get_secrets (session));
  GString *body = g_string_new (error != NULL ? error->message : NULL);

  if (body->len > 0)
    g_string_append (body, "\n\n");
  if (user != NULL)
    /* TRANSLATORS: %s is the name of a user of the server */
    g_string_append_printf (body, _("It is asked for the user %s."), user);
  else
    g_string_append (body, _("It is asked for the default user."));
  g_string_append_c (body, ' ');
  if (tsm_session_is_saved (session) && trouble == NULL)
    g_string_append (body, _("It will be kept in the keyring."));
  else if (trouble != NULL)
    g_string_append (body, trouble);
  else
    g_string_append (body, _("It is kept until the program ends, as this connection is not saved."));

  return g_string_free (body, FALSE);
}

static GtkWidget *
make_entry (GtkWidget *dialog)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = tsm_password_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Password"));
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect (entry, "entry-activated", G_CALLBACK (entered_cb), dialog);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  return entry;
}

void
tsm_password_dialog_present (GtkWindow  *parent,
                             TsmSession *session)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  Question *question;
  GtkWidget *dialog, *entry;

  g_return_if_fail (tsm_session_get_monitor (session) != NULL);

  /* TRANSLATORS: %s is the name of a connection */
  heading = g_strdup_printf (_("Password of %s"), tsm_session_get_name (session));
  body = dup_body (session);
  dialog = adw_message_dialog_new (parent, heading, body);
  question = g_new0 (Question, 1);
  question->session = g_object_ref (session);
  question->monitor = g_object_ref (tsm_session_get_monitor (session));
  g_object_set_data (G_OBJECT (dialog), "question", question);
  entry = make_entry (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "connect", _("_Sign In"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "connect", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "connect", FALSE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response::connect", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}
