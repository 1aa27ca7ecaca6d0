/* TsmWindow: the main window: header, flow strip, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-card.h"
#include "ui/tsm-command-sender.h"
#include "ui/tsm-connection-button.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-settings.h"
#include "ui/tsm-source-chooser.h"
#include "ui/tsm-strip-popover.h"
#include "ui/tsm-welcome-page.h"
#include "ui/tsm-window-private.h"
#include "widgets/tsm-flow-strip.h"

G_DEFINE_FINAL_TYPE (TsmWindow, tsm_window, ADW_TYPE_APPLICATION_WINDOW)

static const TsmStepState step_states[] = {
  [TSM_FLOW_STATE_UNKNOWN] = TSM_STEP_UNKNOWN,
  [TSM_FLOW_STATE_BUSY]    = TSM_STEP_BUSY,
  [TSM_FLOW_STATE_PASS]    = TSM_STEP_PASS,
  [TSM_FLOW_STATE_WARN]    = TSM_STEP_WARN,
  [TSM_FLOW_STATE_FAIL]    = TSM_STEP_FAIL,
};

void
tsm_window_toast (TsmWindow  *self,
                  const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1); /* a toast's title is markup */

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

/* The words of a broken step are in sight on every page, but for those that an empty Overview says itself. */
static void
show_notice (TsmWindow     *self,
             const TsmFlow *flow)
{
  const TsmFlowStep *trouble = tsm_flow_get_first_trouble (flow);
  gboolean offline = trouble == &flow->steps[TSM_FLOW_REDIS];
  gboolean heard = g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (self->monitor))) > 0;
  gboolean broken = trouble != NULL && trouble->state == TSM_FLOW_STATE_FAIL && (heard || !offline);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->notice_revealer), broken);
  if (!broken)
    return;
  tsm_label_set (self->notice, trouble->detail);
  gtk_widget_set_visible (self->notice_retry, offline);
}

static void
update (TsmWindow *self)
{
  g_auto(TsmFlow) flow = { 0, };
  TsmAlertCounts counts;

  tsm_monitor_get_flow (self->monitor, &flow);
  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    tsm_flow_strip_set_step (TSM_FLOW_STRIP (self->strip), i, step_states[flow.steps[i].state], flow.steps[i].text,
                             flow.steps[i].detail);

  show_notice (self, &flow);
  tsm_alert_book_get_counts (tsm_monitor_get_alerts (self->monitor), &counts);
  adw_view_stack_page_set_badge_number (self->alerts_tab, counts.n_open);
  adw_view_stack_page_set_needs_attention (self->alerts_tab, counts.n_open > 0);
}

static void
action_done_cb (TsmWindow *self,
                TsmAction *action)
{
  g_autofree char *text = tsm_command_sender_describe (action);

  if (text != NULL)
    tsm_window_toast (self, text);
}

static void
source_chosen_cb (TsmWindow *self)
{
  const char *source = tsm_source_chooser_get_source (TSM_SOURCE_CHOOSER (self->source_chooser));

  tsm_overview_page_set_source (TSM_OVERVIEW_PAGE (self->overview), source);
  tsm_alerts_page_set_source (TSM_ALERTS_PAGE (self->alerts), source);
  tsm_events_page_set_source (TSM_EVENTS_PAGE (self->events), source);
}

static void
compact_cb (TsmWindow *self)
{
  gboolean narrow = self->monitor != NULL
                    && adw_view_switcher_title_get_title_visible (ADW_VIEW_SWITCHER_TITLE (self->switcher_title));

  tsm_connection_button_set_compact (TSM_CONNECTION_BUTTON (self->connection_button), narrow);
  /* On a narrow window the chooser and the close button matter more than the program's name. */
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (self->switcher_title),
                                     narrow ? "" : _("TickStock Monitor"));
  adw_header_bar_set_decoration_layout (ADW_HEADER_BAR (self->header), narrow ? ":close" : NULL);
}

static void
show_shell (TsmWindow  *self,
            const char *name)
{
  gboolean monitoring = self->monitor != NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->shell), name);
  adw_view_switcher_title_set_view_switcher_enabled (ADW_VIEW_SWITCHER_TITLE (self->switcher_title), monitoring);
  gtk_widget_set_visible (self->source_chooser, monitoring);
  compact_cb (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.disconnect", monitoring || self->demo != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry", monitoring);
}

static void
set_monitor (TsmWindow  *self,
             TsmMonitor *monitor,
             const char *name)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      tsm_monitor_stop (self->monitor);
    }
  g_set_object (&self->monitor, monitor);

  tsm_overview_page_set_monitor (TSM_OVERVIEW_PAGE (self->overview), monitor);
  tsm_alerts_page_set_monitor (TSM_ALERTS_PAGE (self->alerts), monitor);
  tsm_events_page_set_monitor (TSM_EVENTS_PAGE (self->events), monitor);
  tsm_source_chooser_set_sources (TSM_SOURCE_CHOOSER (self->source_chooser),
                                  monitor != NULL ? tsm_monitor_get_sources (monitor) : NULL);
  tsm_connection_button_set_connection (TSM_CONNECTION_BUTTON (self->connection_button),
                                        monitor != NULL ? tsm_monitor_get_connection (monitor) : NULL, name);
  if (monitor == NULL)
    return;

  g_signal_connect_swapped (monitor, "updated", G_CALLBACK (update), self);
  g_signal_connect_swapped (monitor, "tick", G_CALLBACK (update), self);
  g_signal_connect_swapped (monitor, "action-done", G_CALLBACK (action_done_cb), self);
  tsm_monitor_start (monitor);
  update (self);
}

static char *
short_name (TsmProfile *profile)
{
  const char *host = tsm_profile_get_host (profile);

  if (host == NULL)
    return g_path_get_basename (tsm_profile_get_socket_path (profile));
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, tsm_profile_get_port (profile));
}

/* The keys of a page work at once: its list has the focus, not the first entry in sight. */
static void
focus_page (TsmWindow *self)
{
  if (!gtk_widget_grab_focus (adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack))))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/**
 * tsm_window_connect:
 * @self: a window
 * @profile: where to
 * @name: (nullable): what to call it; NULL for its address
 *
 * Drops the present connection, if any, and shows the pages over a new one.
 */
void
tsm_window_connect (TsmWindow  *self,
                    TsmProfile *profile,
                    const char *name)
{
  g_autoptr(TsmMonitor) monitor = NULL;
  g_autofree char *address = NULL;

  g_return_if_fail (TSM_IS_WINDOW (self) && TSM_IS_PROFILE (profile));

  address = short_name (profile);
  monitor = tsm_monitor_new (profile, NULL);
  set_monitor (self, monitor, name != NULL ? name : address);
  show_shell (self, "monitor");
  focus_page (self);
}

static void
connect_to_cb (TsmWindow  *self,
               TsmProfile *profile)
{
  g_clear_object (&self->demo);
  tsm_settings_store_profile (self->settings, profile);
  tsm_window_connect (self, profile, NULL);
}

/* Back to the first page. A demo ends when nobody holds it. */
void
tsm_window_disconnect (TsmWindow *self)
{
  set_monitor (self, NULL, NULL);
  g_clear_object (&self->demo);
  show_shell (self, "welcome");
}

/**
 * tsm_window_refuse_url:
 * @self: a window without a connection
 * @url: what was given
 * @message: translated plain text: why it cannot be used
 *
 * Puts it where it can be mended, on the first page.
 */
void
tsm_window_refuse_url (TsmWindow  *self,
                       const char *url,
                       const char *message)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  tsm_welcome_page_set_url (TSM_WELCOME_PAGE (self->welcome), url);
  tsm_welcome_page_set_error (TSM_WELCOME_PAGE (self->welcome), message);
}

/**
 * tsm_window_show_error:
 * @self: a window
 * @message: translated plain text
 *
 * Says it where the user can act on it: on the first page, or in a toast once connected.
 */
void
tsm_window_show_error (TsmWindow  *self,
                       const char *message)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  if (self->monitor == NULL)
    tsm_welcome_page_set_error (TSM_WELCOME_PAGE (self->welcome), message);
  else
    tsm_window_toast (self, message);
}

static void
demo_ready_cb (TsmWindow  *self,
               TsmProfile *profile)
{
  tsm_window_connect (self, profile, _("Demo"));
}

static void
demo_failed_cb (TsmWindow  *self,
                const char *message)
{
  tsm_window_disconnect (self);
  tsm_window_show_error (self, message);
}

/**
 * tsm_window_start_demo:
 * @self: a window
 *
 * Starts a private server and a simulated engine, and connects to them. Both end with the window.
 */
void
tsm_window_start_demo (TsmWindow *self)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  if (self->demo != NULL)
    return;

  tsm_welcome_page_set_error (TSM_WELCOME_PAGE (self->welcome), NULL);
  self->demo = tsm_demo_new ();
  g_signal_connect_object (self->demo, "ready", G_CALLBACK (demo_ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->demo, "failed", G_CALLBACK (demo_failed_cb), self, G_CONNECT_SWAPPED);
  tsm_demo_start (self->demo);
}

void
tsm_window_show_page (TsmWindow  *self,
                      const char *name)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  if (adw_view_stack_get_child_by_name (ADW_VIEW_STACK (self->stack), name) != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), name);
}

/* What draws itself goes by this class: the theme's name does not tell. */
static void
contrast_cb (TsmWindow *self)
{
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_widget_add_css_class (GTK_WIDGET (self), "high-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "high-contrast");
}

static void
fullscreened_cb (TsmWindow *self)
{
  gtk_widget_set_visible (self->header, !gtk_window_is_fullscreen (GTK_WINDOW (self)));
}

static void
step_activated_cb (TsmWindow *self,
                   guint      index,
                   GtkWidget *button)
{
  g_auto(TsmFlow) flow = { 0, };

  if (self->monitor == NULL || index >= TSM_N_FLOW_STEPS)
    return;
  tsm_monitor_get_flow (self->monitor, &flow);
  tsm_strip_popover_present (button, tsm_flow_step_get_label (index), flow.steps[index].text, flow.steps[index].detail);
}

/* A renderer in software takes some ms of the processor for each frame: fifteen of them for one new value are not worth it. */
static void
tsm_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsm_window_parent_class)->realize (widget);

  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (widget))))
    g_object_set (gtk_widget_get_settings (widget), "gtk-enable-animations", FALSE, NULL);
}

static gboolean
tsm_window_close_request (GtkWindow *window)
{
  tsm_settings_store_window (TSM_WINDOW (window)->settings, window);

  return GTK_WINDOW_CLASS (tsm_window_parent_class)->close_request (window);
}

TsmMonitor *
tsm_window_get_monitor (TsmWindow *self)
{
  g_return_val_if_fail (TSM_IS_WINDOW (self), NULL);

  return self->monitor;
}

static void
tsm_window_dispose (GObject *object)
{
  TsmWindow *self = TSM_WINDOW (object);

  if (self->monitor != NULL)
    set_monitor (self, NULL, NULL);
  g_clear_object (&self->demo);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tsm_window_parent_class)->dispose (object);
}

static void
tsm_window_class_init (TsmWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = tsm_window_close_request;
  widget_class->realize = tsm_window_realize;
  tsm_window_install_actions (widget_class);

  g_type_ensure (TSM_TYPE_SOURCE_CHOOSER);
  g_type_ensure (TSM_TYPE_CONNECTION_BUTTON);
  g_type_ensure (TSM_TYPE_WELCOME_PAGE);
  g_type_ensure (TSM_TYPE_FLOW_STRIP);
  g_type_ensure (TSM_TYPE_OVERVIEW_PAGE);
  g_type_ensure (TSM_TYPE_ALERTS_PAGE);
  g_type_ensure (TSM_TYPE_EVENTS_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, header);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, source_chooser);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, connection_button);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, shell);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_retry);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, alerts);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, events);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, alerts_tab);
}

static void
tsm_window_init (TsmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    tsm_flow_strip_add_step (TSM_FLOW_STRIP (self->strip), tsm_flow_step_get_label (i));

  g_signal_connect_swapped (self->strip, "step-activated", G_CALLBACK (step_activated_cb), self);
  g_signal_connect_swapped (self->source_chooser, "chosen", G_CALLBACK (source_chosen_cb), self);
  g_signal_connect_swapped (self->welcome, "connect-to", G_CALLBACK (connect_to_cb), self);
  g_signal_connect_swapped (self->switcher_title, "notify::title-visible", G_CALLBACK (compact_cb), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (focus_page), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (contrast_cb), self,
                           G_CONNECT_SWAPPED);
  contrast_cb (self);
  g_signal_connect_swapped (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), self);

  self->settings = tsm_settings_open ();
  tsm_settings_restore_window (self->settings, GTK_WINDOW (self));
  tsm_settings_restore_welcome (self->settings, TSM_WELCOME_PAGE (self->welcome));
  show_shell (self, "welcome");
  tsm_welcome_page_focus (TSM_WELCOME_PAGE (self->welcome));
}

TsmWindow *
tsm_window_new (AdwApplication *application)
{
  return g_object_new (TSM_TYPE_WINDOW, "application", application, NULL);
}
