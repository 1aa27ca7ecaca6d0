/* The dialog is made anew each time; what it needs lives in a Request that goes with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-resolve-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-event-text.h"

#define NOTES_HEIGHT 96 /* px */

typedef struct
{
  TsmMonitor    *monitor;
  GPtrArray     *alerts; /* of TsmAlert */
  GtkTextBuffer *notes;
} Request;

static void
request_free (gpointer data,
              GClosure *closure)
{
  Request *request = data;

  g_object_unref (request->monitor);
  g_ptr_array_unref (request->alerts);
  g_object_unref (request->notes);
  g_free (request);
}

static GPtrArray *
copy_alerts (GPtrArray *alerts)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < alerts->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (alerts, i)));

  return copy;
}

static char *
dup_notes (GtkTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* An alert may have been resolved by the engine while the notes were typed. */
static void
resolve_cb (AdwMessageDialog *dialog,
            const char       *response,
            gpointer          user_data)
{
  Request *request = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  g_autofree char *notes = dup_notes (request->notes);
  g_autofree char *toast = NULL;
  guint n = 0;

  for (guint i = 0; i < request->alerts->len; i++)
    {
      TsmAlert *alert = g_ptr_array_index (request->alerts, i);

      if (tsm_alert_get_state (alert) == TSM_ALERT_RESOLVED)
        continue;
      tsm_monitor_resolve (request->monitor, alert, *notes != '\0' ? notes : NULL);
      n++;
    }

  if (n == 0)
    toast = g_strdup (_("Already resolved"));
  else
    toast = g_strdup_printf (ngettext ("%u alert resolved", "%u alerts resolved", n), n);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", toast);
}

/* Return alone starts a new line in the notes. The dialog closes by itself only after a click. */
static gboolean
confirm_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (widget), "resolve");
  gtk_window_destroy (GTK_WINDOW (widget));

  return TRUE;
}

static void
add_shortcut (GtkWidget  *dialog,
              const char *trigger)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (confirm_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog, controller);
}

static GtkWidget *
create_notes (GtkTextBuffer **buffer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Notes (optional)"));
  GtkWidget *text = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_widget_add_css_class (text, "resolve-notes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Notes"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), NOTES_HEIGHT);
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scrolled, "card");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), text);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), scrolled);
  *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));

  return box;
}

static char *
dup_body (GPtrArray *alerts)
{
  g_autofree char *message = NULL;

  if (alerts->len > 1)
    return g_strdup (_("The engine is told for each of them, with the same notes."));
  message = tsm_event_text_dup_line (tsm_alert_get_message (g_ptr_array_index (alerts, 0)), TSM_EVENT_TEXT_CELL);

  /* TRANSLATORS: %s is the message of an alert */
  return g_strdup_printf (_("%s\n\nThe engine is told, with your notes."), message);
}

static char *
dup_heading (GPtrArray *alerts)
{
  if (alerts->len == 1)
    return g_strdup (_("Resolve Alert?"));

  return g_strdup_printf (ngettext ("Resolve %u Alert?", "Resolve %u Alerts?", alerts->len), alerts->len);
}

/**
 * tsm_resolve_dialog_present:
 * @parent: (nullable): the window that asks
 * @monitor: whose alerts they are
 * @alerts: (element-type TsmAlert): at least one; a copy is kept
 *
 * Asks for notes, then resolves each alert that is not resolved by then, and says so with "win.toast" of @parent.
 */
void
tsm_resolve_dialog_present (GtkWindow  *parent,
                            TsmMonitor *monitor,
                            GPtrArray  *alerts)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GtkTextBuffer *buffer = NULL;
  Request *request;
  GtkWidget *dialog;

  g_return_if_fail (TSM_IS_MONITOR (monitor));
  g_return_if_fail (alerts != NULL && alerts->len > 0);

  heading = dup_heading (alerts);
  body = dup_body (alerts);
  dialog = adw_message_dialog_new (parent, heading, body);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_notes (&buffer));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "resolve", _("_Resolve"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "resolve", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "resolve");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  add_shortcut (dialog, "<Control>Return|<Control>KP_Enter");

  request = g_new0 (Request, 1);
  request->monitor = g_object_ref (monitor);
  request->alerts = copy_alerts (alerts);
  request->notes = g_object_ref (buffer);
  g_signal_connect_data (dialog, "response::resolve", G_CALLBACK (resolve_cb), request, request_free, 0);

  gtk_window_present (GTK_WINDOW (dialog));
}
