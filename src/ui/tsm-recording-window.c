/* TsmRecordingWindow: header, a line about the recording, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-recording-window.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-card.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-format.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-recording-drop.h"
#include "ui/tsm-recording-loader.h"
#include "ui/tsm-shell.h"

#define WIDTH  1280 /* px */
#define HEIGHT 860  /* px */

struct _TsmRecordingWindow
{
  AdwApplicationWindow  parent_instance;

  GtkWidget            *toasts;
  GtkWidget            *title;
  GtkWidget            *about;
  GtkWidget            *stop;
  GtkWidget            *shell;
  GtkWidget            *status;
  GtkWidget            *stack;
  GtkWidget            *overview;
  GtkWidget            *alerts;
  GtkWidget            *events;
  GtkWidget            *events_shell; /* the events, or that they are read: while they fly past, a list of them is not filled */

  TsmRecordingLoader   *loader;
  char                 *trouble; /* why it was not read to its end */
};

G_DEFINE_FINAL_TYPE (TsmRecordingWindow, tsm_recording_window, ADW_TYPE_APPLICATION_WINDOW)

static char *
dup_count (guint64 n)
{
  g_autofree char *number = tsm_format_value ((double) n, TSM_UNIT_COUNT);

  return g_strdup_printf (ngettext ("%s message", "%s messages", (gulong) n), number);
}

static char *
dup_span (TsmRecordingLoader *loader)
{
  g_autofree char *begin = tsm_format_clock (tsm_recording_loader_get_begin (loader));
  g_autofree char *end = tsm_format_clock (tsm_recording_loader_get_end (loader));

  return g_strdup_printf ("%s – %s", begin, end);
}

static char *
dup_bad (guint64 n)
{
  g_autofree char *number = tsm_format_value ((double) n, TSM_UNIT_COUNT);

  return g_strdup_printf (ngettext ("%s line cannot be read", "%s lines cannot be read", (gulong) n), number);
}

/* NULL where all of them are. */
static char *
dup_listed (TsmRecordingLoader *loader)
{
  TsmEventLog *log = tsm_monitor_get_log (tsm_recording_loader_get_monitor (loader));
  guint n = tsm_event_log_get_n_kept (log);
  g_autofree char *number = tsm_format_value (n, TSM_UNIT_COUNT);

  if (n == tsm_event_log_get_n_total (log))
    return NULL;
  /* TRANSLATORS: of a long recording, of whose messages the log keeps a part: "Events lists the last 10,000" */
  return g_strdup_printf (_("Events lists the last %s"), number);
}

/* "monday.jsonl · Recording, read-only · 1,234 messages · 14:05:10 – 14:20:00 · Events lists the last 10,000" */
static char *
dup_about (TsmRecordingWindow *self)
{
  guint64 n = tsm_recording_loader_get_n (self->loader);
  guint64 n_bad = tsm_recording_loader_get_n_bad (self->loader);
  g_autofree char *count = dup_count (n);
  g_autofree char *span = n > 0 ? dup_span (self->loader) : NULL;
  g_autofree char *listed = dup_listed (self->loader);
  g_autofree char *bad = n_bad > 0 ? dup_bad (n_bad) : NULL;
  GString *text = g_string_new (gtk_window_get_title (GTK_WINDOW (self)));
  const char *reading = tsm_recording_loader_is_loading (self->loader) ? _("reading…") : NULL;
  const char *parts[] = { _("Recording, read-only"), count, span, listed, bad, self->trouble, reading };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (text, " · %s", parts[i]);
  return g_string_free (text, FALSE);
}

/* A file without a message that could be shown says why, instead of pages with nothing on them. */
static void
show_status (TsmRecordingWindow *self)
{
  const char *reason = self->trouble != NULL ? self->trouble : _("There is no message in this recording.");
  g_autofree char *markup = g_markup_escape_text (reason, -1); /* the description is markup */

  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), _("Nothing to Show"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), markup);
}

static void
update (TsmRecordingWindow *self)
{
  g_autofree char *about = dup_about (self);
  gboolean is_loading = tsm_recording_loader_is_loading (self->loader);
  gboolean is_empty = !is_loading && tsm_recording_loader_get_n (self->loader) == 0;

  tsm_event_label_set (GTK_LABEL (self->about), about, TSM_EVENT_LABEL_WORD);
  gtk_widget_set_visible (self->stop, is_loading);
  if (is_empty)
    show_status (self);
  gtk_stack_set_visible_child (GTK_STACK (self->shell), is_empty ? self->status : self->stack);
}

static void
done_cb (TsmRecordingWindow *self,
         const char         *message)
{
  g_free (self->trouble);
  self->trouble = g_strdup (message);
  gtk_stack_set_visible_child (GTK_STACK (self->events_shell), self->events);
  update (self);
}

static void
page_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tsm_recording_window_show_page (TSM_RECORDING_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
filter_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  TsmRecordingWindow *self = TSM_RECORDING_WINDOW (widget);

  if (adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack)) == self->events_shell)
    tsm_events_page_focus_filter (TSM_EVENTS_PAGE (self->events));
  else
    tsm_shell_focus_filter (ADW_VIEW_STACK (self->stack));
}

static void
toast_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  tsm_shell_toast (ADW_TOAST_OVERLAY (TSM_RECORDING_WINDOW (widget)->toasts), g_variant_get_string (parameter, NULL));
}

static void
stop_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tsm_recording_loader_cancel (TSM_RECORDING_WINDOW (widget)->loader);
}

static void
tsm_recording_window_dispose (GObject *object)
{
  TsmRecordingWindow *self = TSM_RECORDING_WINDOW (object);

  if (self->loader != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->loader, self);
      tsm_recording_loader_cancel (self->loader);
      tsm_overview_page_set_monitor (TSM_OVERVIEW_PAGE (self->overview), NULL);
      tsm_alerts_page_set_monitor (TSM_ALERTS_PAGE (self->alerts), NULL);
      tsm_events_page_set_monitor (TSM_EVENTS_PAGE (self->events), NULL);
    }
  g_clear_object (&self->loader);
  g_clear_pointer (&self->trouble, g_free);

  G_OBJECT_CLASS (tsm_recording_window_parent_class)->dispose (object);
}

static void
tsm_recording_window_class_init (TsmRecordingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_recording_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.stop-reading", NULL, stop_action);
}

static GtkWidget *
create_header (TsmRecordingWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = adw_view_switcher_title_new ();
  adw_view_switcher_title_set_stack (ADW_VIEW_SWITCHER_TITLE (self->title), ADW_VIEW_STACK (self->stack));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  return header;
}

static GtkWidget *
create_about (TsmRecordingWindow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->about = tsm_event_label_new (NULL, "numeric");
  gtk_widget_set_hexpand (self->about, TRUE);
  self->stop = gtk_button_new_with_mnemonic (_("_Stop Reading"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->stop), "win.stop-reading");
  gtk_widget_set_valign (self->stop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->stop, "small-button");
  gtk_box_append (GTK_BOX (line), self->about);
  gtk_box_append (GTK_BOX (line), self->stop);
  gtk_widget_add_css_class (line, "recording-line");
  return line;
}

static void
add_page (TsmRecordingWindow *self,
          GtkWidget          *page,
          const char         *name,
          const char         *title,
          const char         *icon)
{
  adw_view_stack_add_titled (ADW_VIEW_STACK (self->stack), page, name, title);
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (ADW_VIEW_STACK (self->stack), page), icon);
}

static GtkWidget *
create_events (TsmRecordingWindow *self)
{
  GtkWidget *reading = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (reading), "content-loading-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (reading), _("Reading the Recording"));
  adw_status_page_set_description (ADW_STATUS_PAGE (reading), _("Events are listed once its end is reached."));
  self->events = g_object_new (TSM_TYPE_EVENTS_PAGE, NULL);
  self->events_shell = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->events_shell), reading);
  gtk_stack_add_child (GTK_STACK (self->events_shell), self->events);
  return self->events_shell;
}

static void
create_pages (TsmRecordingWindow *self)
{
  self->stack = adw_view_stack_new ();
  self->overview = g_object_new (TSM_TYPE_OVERVIEW_PAGE, NULL);
  self->alerts = g_object_new (TSM_TYPE_ALERTS_PAGE, NULL);
  add_page (self, self->overview, "overview", _("Overview"), "speedometer-symbolic");
  add_page (self, self->alerts, "alerts", _("Alerts"), "dialog-warning-symbolic");
  add_page (self, create_events (self), "events", _("Events"), "view-list-symbolic");
  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "dialog-information-symbolic");

  self->shell = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (self->shell), self->stack);
  gtk_stack_add_child (GTK_STACK (self->shell), self->status);
  gtk_widget_set_vexpand (self->shell, TRUE);
}

static void
tsm_recording_window_init (TsmRecordingWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_view_switcher_bar_new ();

  create_pages (self);
  gtk_box_append (GTK_BOX (box), create_header (self));
  gtk_box_append (GTK_BOX (box), create_about (self));
  gtk_box_append (GTK_BOX (box), self->shell);
  gtk_box_append (GTK_BOX (box), bar);
  adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (bar), ADW_VIEW_STACK (self->stack));
  g_object_bind_property (self->title, "title-visible", bar, "reveal", G_BINDING_SYNC_CREATE);

  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), self->toasts);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 420);
  tsm_recording_drop_attach (GTK_WIDGET (self));
}

static void
show_monitor (TsmRecordingWindow *self)
{
  TsmMonitor *monitor = tsm_recording_loader_get_monitor (self->loader);

  tsm_overview_page_set_recorded (TSM_OVERVIEW_PAGE (self->overview), TRUE);
  tsm_overview_page_set_monitor (TSM_OVERVIEW_PAGE (self->overview), monitor);
  tsm_alerts_page_set_monitor (TSM_ALERTS_PAGE (self->alerts), monitor);
  tsm_events_page_set_monitor (TSM_EVENTS_PAGE (self->events), monitor);
}

/**
 * tsm_recording_window_new:
 * @application: whose window it is
 * @file: a recording, a local file
 *
 * Returns: (transfer none): a window that reads the file; it is not shown yet
 */
GtkWindow *
tsm_recording_window_new (AdwApplication *application,
                          GFile          *file)
{
  TsmRecordingWindow *self;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (TSM_TYPE_RECORDING_WINDOW, "application", application, NULL);
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (self->title), name);
  self->loader = tsm_recording_loader_new (file);
  g_signal_connect_swapped (self->loader, "progress", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->loader, "done", G_CALLBACK (done_cb), self);
  show_monitor (self);
  tsm_recording_loader_start (self->loader);
  update (self);
  return GTK_WINDOW (self);
}

void
tsm_recording_window_show_page (TsmRecordingWindow *self,
                                const char         *name)
{
  g_return_if_fail (TSM_IS_RECORDING_WINDOW (self));

  tsm_shell_show_page (ADW_VIEW_STACK (self->stack), name);
}

TsmRecordingLoader *
tsm_recording_window_get_loader (TsmRecordingWindow *self)
{
  g_return_val_if_fail (TSM_IS_RECORDING_WINDOW (self), NULL);

  return self->loader;
}
