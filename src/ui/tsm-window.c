/* TsmWindow: the main window: header, flow strip, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alerts-page.h"
#include "ui/tsm-card.h"
#include "ui/tsm-connection-button.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-flow-page.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-recording-drop.h"
#include "ui/tsm-settings.h"
#include "ui/tsm-shell.h"
#include "ui/tsm-source-chooser.h"
#include "ui/tsm-welcome-page.h"
#include "ui/tsm-window-flow.h"
#include "ui/tsm-window-private.h"
#include "widgets/tsm-flow-strip.h"

#define NARROW_WIDTH 500 /* px: surely too few for the switcher in the header */

G_DEFINE_FINAL_TYPE (TsmWindow, tsm_window, ADW_TYPE_APPLICATION_WINDOW)

void
tsm_window_toast (TsmWindow  *self,
                  const char *text)
{
  tsm_shell_toast (ADW_TOAST_OVERLAY (self->toasts), text);
}

void
tsm_window_tell (TsmWindow  *self,
                 const char *text)
{
  tsm_shell_tell (ADW_TOAST_OVERLAY (self->toasts), text);
}

void
tsm_window_update (TsmWindow *self)
{
  TsmAlertCounts counts;

  tsm_window_show_flow (self);
  tsm_alert_book_get_counts (tsm_monitor_get_alerts (self->monitor), &counts);
  adw_view_stack_page_set_badge_number (self->alerts_tab, counts.n_open);
  adw_view_stack_page_set_needs_attention (self->alerts_tab, counts.n_open > 0);
}

static void
source_chosen_cb (TsmWindow *self)
{
  const char *source = tsm_source_chooser_get_source (TSM_SOURCE_CHOOSER (self->source_chooser));

  tsm_overview_page_set_source (TSM_OVERVIEW_PAGE (self->overview), source);
  tsm_alerts_page_set_source (TSM_ALERTS_PAGE (self->alerts), source);
  tsm_events_page_set_source (TSM_EVENTS_PAGE (self->events), source);
}

/* A window that has not been shown yet goes by the width it will have: in full the header would make it wider than that. */
static gboolean
is_narrow (TsmWindow *self)
{
  int width, height;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    return adw_view_switcher_title_get_title_visible (ADW_VIEW_SWITCHER_TITLE (self->switcher_title));
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  return width > 0 && width < NARROW_WIDTH;
}

static void
compact_cb (TsmWindow *self)
{
  gboolean narrow = self->monitor != NULL && is_narrow (self);

  tsm_connection_button_set_compact (TSM_CONNECTION_BUTTON (self->connection_button), narrow);
  /* On a narrow window the chooser and the close button matter more than the program's name. */
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (self->switcher_title),
                                     narrow ? "" : _("TickStock Monitor"));
  adw_header_bar_set_decoration_layout (ADW_HEADER_BAR (self->header), narrow ? ":close" : NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->notice_box), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
tsm_window_show_shell (TsmWindow  *self,
                       const char *name)
{
  gboolean monitoring = self->monitor != NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->shell), name);
  adw_view_switcher_title_set_view_switcher_enabled (ADW_VIEW_SWITCHER_TITLE (self->switcher_title), monitoring);
  gtk_widget_set_visible (self->source_chooser, monitoring);
  compact_cb (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.disconnect", monitoring || self->demo != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry", monitoring);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-connection", monitoring && self->demo == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.enter-password", monitoring);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.send-command",
                                 monitoring && tsm_monitor_get_refusal (self->monitor) == NULL);
}

/* The keys of a page work at once: its list has the focus, not the first entry in sight. */
void
tsm_window_focus_page (TsmWindow *self)
{
  if (!gtk_widget_grab_focus (adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack))))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
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

void
tsm_window_show_page (TsmWindow  *self,
                      const char *name)
{
  g_return_if_fail (TSM_IS_WINDOW (self));

  tsm_shell_show_page (ADW_VIEW_STACK (self->stack), name);
}

static void
page_cb (TsmWindow *self)
{
  if (self->monitor != NULL)
    tsm_window_update (self);
  tsm_window_focus_page (self);
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

TsmSession *
tsm_window_get_session (TsmWindow *self)
{
  g_return_val_if_fail (TSM_IS_WINDOW (self), NULL);

  return self->session;
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

  tsm_window_close_session (self);
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
  g_type_ensure (TSM_TYPE_FLOW_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, header);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, source_chooser);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, connection_button);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, shell);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_box);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_retry);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, notice_remedy);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, alerts);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, events);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, flow);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, alerts_tab);
  gtk_widget_class_bind_template_child (widget_class, TsmWindow, flow_tab);
}

static void
tsm_window_init (TsmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsm_menu_button_set_label (self->menu_button, gtk_widget_get_tooltip_text (self->menu_button));

  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    tsm_flow_strip_add_step (TSM_FLOW_STRIP (self->strip), tsm_flow_step_get_label (i));

  g_signal_connect_swapped (self->strip, "step-activated", G_CALLBACK (tsm_window_show_step), self);
  g_signal_connect_swapped (self->source_chooser, "chosen", G_CALLBACK (source_chosen_cb), self);
  g_signal_connect_swapped (self->switcher_title, "notify::title-visible", G_CALLBACK (compact_cb), self);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (page_cb), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (contrast_cb), self,
                           G_CONNECT_SWAPPED);
  contrast_cb (self);
  g_signal_connect_swapped (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), self);

  tsm_recording_drop_attach (GTK_WIDGET (self));

  self->settings = tsm_settings_open ();
  tsm_settings_restore_window (self->settings, GTK_WINDOW (self));
  tsm_window_open_session (self);
  tsm_window_show_shell (self, "welcome");
  tsm_welcome_page_focus (TSM_WELCOME_PAGE (self->welcome));
}

TsmWindow *
tsm_window_new (AdwApplication *application)
{
  return g_object_new (TSM_TYPE_WINDOW, "application", application, NULL);
}
