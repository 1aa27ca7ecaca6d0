/* A window that asks whether to listen to another channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-sample-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-event-detail.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-event-text.h"

#define WIDTH  760 /* px */
#define HEIGHT 560 /* px */
#define PLAIN_TAG "plain"

static const TsmRowsPlan plans[] = {
  { 560, { { { 0, 1 }, { 1, 1 } } } },
  { 0,   { { { 0, 1 } }, { { 1, 1 } } } },
};

static TsmEvent *
decode (const TsmNearMiss *miss)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);

  return tsm_decoder_decode (decoder, miss->sample, miss->channel, g_get_real_time (), g_get_monotonic_time ());
}

static GtkWidget *
create_titled (const char *title,
               GtkWidget  *child)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_vexpand (child, TRUE);
  gtk_box_append (GTK_BOX (box), tsm_event_label_new (title, "heading"));
  gtk_box_append (GTK_BOX (box), child);
  return box;
}

/* Without hyphens that were not sent. */
static void
show_plain (GtkTextBuffer *buffer,
            const char    *text)
{
  GtkTextIter start;

  gtk_text_buffer_create_tag (buffer, PLAIN_TAG, "insert-hyphens", FALSE, NULL);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &start, text, -1, PLAIN_TAG, NULL);
}

static GtkWidget *
create_raw (GBytes *sample)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  gsize size = 0;
  const char *bytes = g_bytes_get_data (sample, &size);
  g_autofree char *text = tsm_event_text_dup_raw (bytes, size, TSM_EVENT_TEXT_RAW);

  show_plain (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The message as it came"), -1);
  gtk_widget_add_css_class (scroller, "pane-well");
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 140);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static GtkWidget *
create_read (const TsmNearMiss *miss)
{
  g_autoptr (TsmEvent) event = decode (miss);
  GtkWidget *detail = g_object_new (TSM_TYPE_EVENT_DETAIL, NULL);

  tsm_event_detail_set_event (TSM_EVENT_DETAIL (detail), event);
  return detail;
}

static GtkWidget *
create_sample (const TsmNearMiss *miss)
{
  GtkWidget *rows = tsm_rows_new (plans, 12);

  tsm_rows_append (rows, create_titled (_("As It Came"), create_raw (miss->sample)));
  tsm_rows_append (rows, create_titled (_("As It Is Read"), create_read (miss)));
  gtk_widget_set_vexpand (rows, TRUE);
  return rows;
}

static char *
dup_explanation (const TsmNearMiss *miss)
{
  if (miss == NULL || miss->sample == NULL)
    return g_strdup (_("No message from there was kept. Run the check again to see one."));
  /* TRANSLATORS: messages per second; how many were looked at, and how many of them are events */
  return g_strdup_printf (_("%.1f messages a second were heard there; of %u that were looked at, %u are monitoring events. This is one "
                            "of them."), miss->rate, miss->n_judged, miss->n_events);
}

static GtkWidget *
create_content (const char        *channel,
                const TsmNearMiss *miss)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *question = g_strdup_printf (_("Listen to “%s”?"), channel);
  g_autofree char *explanation = dup_explanation (miss);

  gtk_widget_add_css_class (box, "sample-dialog");
  gtk_box_append (GTK_BOX (box), tsm_event_label_new (question, "verdict-summary"));
  gtk_box_append (GTK_BOX (box), tsm_event_label_new (explanation, "flow-note"));
  if (miss != NULL && miss->sample != NULL)
    gtk_box_append (GTK_BOX (box), create_sample (miss));
  return box;
}

static void
agree_cb (GtkWidget *button,
          GtkWindow *dialog)
{
  const char *channel = g_object_get_data (G_OBJECT (dialog), "tsm-channel");
  GtkWindow *parent = gtk_window_get_transient_for (dialog);

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.listen-to", "s", channel);
  gtk_window_destroy (dialog);
}

static GtkWidget *
create_header (GtkWindow *dialog)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *agree = gtk_button_new_with_mnemonic (_("_Switch Channel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_widget_add_css_class (agree, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), dialog);
  g_signal_connect (agree, "clicked", G_CALLBACK (agree_cb), dialog);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), agree);
  gtk_window_set_default_widget (dialog, agree);
  return header;
}

static void
add_escape (GtkWidget *dialog)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (dialog, controller);
}

/**
 * tsm_sample_dialog_present:
 * @parent: the window that asks
 * @channel: that was found
 * @miss: (nullable): what was heard there
 *
 * Shows what would be listened to, and asks.
 */
void
tsm_sample_dialog_present (GtkWindow         *parent,
                           const char        *channel,
                           const TsmNearMiss *miss)
{
  GtkWidget *dialog;
  GtkWidget *box;
  GtkWidget *content;

  g_return_if_fail (GTK_IS_WINDOW (parent) && channel != NULL);

  dialog = g_object_new (ADW_TYPE_WINDOW, "title", _("Switch Channel"), "modal", TRUE, "transient-for", parent,
                         "default-width", WIDTH, "default-height", HEIGHT, "width-request", 340, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "tsm-channel", g_strdup (channel), g_free);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  content = create_content (channel, miss);
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), create_header (GTK_WINDOW (dialog)));
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  add_escape (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
