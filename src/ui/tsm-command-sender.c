/* Sends a manual command, asking first where it does harm, and says what became of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-command-sender.h"

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_SEND   "send"

typedef struct
{
  TsmMonitor   *monitor;
  TsmCommandId  id;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->monitor);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (g_str_equal (response, RESPONSE_SEND))
    tsm_monitor_send (question->monitor, question->id, NULL, NULL);
}

static void
ask_first (GtkWindow    *parent,
           TsmMonitor   *monitor,
           TsmCommandId  id)
{
  const TsmCommandInfo *info = tsm_command_get_info (id);
  g_autofree char *heading = g_strdup_printf (_("%s?"), _(info->label));
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, _(info->consequence));
  Question *question = g_new0 (Question, 1);

  question->monitor = g_object_ref (monitor);
  question->id = id;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL, _("_Cancel"), RESPONSE_SEND,
                                    _(info->label), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), RESPONSE_SEND, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * tsm_command_sender_send:
 * @parent: over which to ask
 * @monitor: through which to send
 * @id: the command
 *
 * Sends at once a command without consequences; asks first before any other.
 */
void
tsm_command_sender_send (GtkWindow    *parent,
                         TsmMonitor   *monitor,
                         TsmCommandId  id)
{
  if (tsm_command_get_info (id)->consequence != NULL)
    ask_first (parent, monitor, id);
  else
    tsm_monitor_send (monitor, id, NULL, NULL);
}

char *
tsm_command_sender_describe (TsmAction *action)
{
  const TsmCommandInfo *info = tsm_command_get_info (tsm_action_get_command (action));

  switch (tsm_action_get_state (action))
    {
    case TSM_ACTION_FAILED:
      return g_strdup_printf (_("%s was not sent: %s"), _(info->label), tsm_action_get_error (action));
    case TSM_ACTION_UNHEARD:
      return g_strdup_printf (_("%s: nobody is listening on the control channel"), _(info->label));
    case TSM_ACTION_SENDING:
    case TSM_ACTION_DELIVERED:
    case TSM_ACTION_ANSWERED:
    case TSM_ACTION_UNANSWERED:
    default:
      return NULL;
    }
}
