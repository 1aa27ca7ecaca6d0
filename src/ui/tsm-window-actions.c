/* What the window can be asked to do, by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-command-sender.h"
#include "ui/tsm-import-dialog.h"
#include "ui/tsm-password-dialog.h"
#include "ui/tsm-profile-dialog.h"
#include "ui/tsm-profiles-window.h"
#include "ui/tsm-shell.h"
#include "ui/tsm-window-flow.h"
#include "ui/tsm-window-private.h"

static void
switch_to_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);
  TsmProfile *profile = tsm_profile_store_lookup (tsm_session_get_store (self->session), g_variant_get_string (parameter, NULL));

  if (profile != NULL)
    tsm_window_switch_to (self, profile);
}

/* Counted from 1, as the keys are. */
static void
switch_nth_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);
  GListModel *store = G_LIST_MODEL (tsm_session_get_store (self->session));
  g_autoptr(TsmProfile) profile = g_list_model_get_item (store, g_variant_get_uint32 (parameter) - 1);

  if (profile != NULL)
    tsm_window_switch_to (self, profile);
}

static void
manage_connections_action (GtkWidget  *widget,
                           const char *action,
                           GVariant   *parameter)
{
  tsm_profiles_window_present (GTK_WINDOW (widget), TSM_WINDOW (widget)->session);
}

static void
add_connection_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  tsm_profile_dialog_present (GTK_WINDOW (widget), TSM_WINDOW (widget)->session, NULL);
}

static void
import_connections_action (GtkWidget  *widget,
                           const char *action,
                           GVariant   *parameter)
{
  tsm_import_dialog_present (GTK_WINDOW (widget), TSM_WINDOW (widget)->session);
}

/* One that is not saved is saved by this. */
static void
edit_connection_action (GtkWidget  *widget,
                        const char *action,
                        GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);
  TsmProfile *open = tsm_session_get_profile (self->session);
  TsmProfile *saved = open != NULL ? tsm_profile_store_lookup (tsm_session_get_store (self->session), tsm_profile_get_id (open))
                                   : NULL;

  if (open != NULL)
    tsm_profile_dialog_present (GTK_WINDOW (self), self->session, saved != NULL ? saved : open);
}

static void
enter_password_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);

  if (self->monitor != NULL)
    tsm_password_dialog_present (GTK_WINDOW (self), self->session);
}

static void
demo_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tsm_window_start_demo (TSM_WINDOW (widget));
}

static void
disconnect_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  tsm_window_disconnect (TSM_WINDOW (widget));
}

static void
retry_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  tsm_session_retry (TSM_WINDOW (widget)->session);
}

static void
page_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  tsm_window_show_page (TSM_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
filter_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  tsm_shell_focus_filter (ADW_VIEW_STACK (TSM_WINDOW (widget)->stack));
}

static void
toast_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  tsm_window_toast (TSM_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
send_command_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);
  TsmCommandId id;

  if (self->monitor != NULL && tsm_command_from_name (g_variant_get_string (parameter, NULL), &id)
      && tsm_command_get_info (id)->is_manual)
    tsm_command_sender_send (GTK_WINDOW (self), self->monitor, id);
}

static void
enable_component_action (GtkWidget  *widget,
                         const char *action,
                         GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);

  if (self->monitor != NULL)
    tsm_monitor_send (self->monitor, TSM_COMMAND_ENABLE_COMPONENT, "component", g_variant_get_string (parameter, NULL));
}

static void
wall_screen_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);

  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

/**
 * tsm_window_install_actions:
 * @widget_class: the class of #TsmWindow
 *
 * Adds the actions of the prefix `win`, which menus, buttons, shortcuts and the pages use by name.
 */
void
tsm_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                   *name;
    const char                   *parameter_type;
    GtkWidgetActionActivateFunc   activate;
  } actions[] = {
    { "win.page", "s", page_action },
    { "win.switch-to", "s", switch_to_action },
    { "win.switch-nth", "u", switch_nth_action },
    { "win.manage-connections", NULL, manage_connections_action },
    { "win.add-connection", NULL, add_connection_action },
    { "win.import-connections", NULL, import_connections_action },
    { "win.edit-connection", NULL, edit_connection_action },
    { "win.enter-password", NULL, enter_password_action },
    { "win.demo", NULL, demo_action },
    { "win.disconnect", NULL, disconnect_action },
    { "win.retry", NULL, retry_action },
    { "win.filter", NULL, filter_action },
    { "win.toast", "s", toast_action },
    { "win.send-command", "s", send_command_action },
    { "win.enable-component", "s", enable_component_action },
    { "win.wall-screen", NULL, wall_screen_action },
    { "win.run-diagnosis", NULL, tsm_window_run_diagnosis_action },
    { "win.act-on-flow", NULL, tsm_window_act_on_flow_action },
    { "win.show-events", "b", tsm_window_show_events_action },
    { "win.send-probe", NULL, tsm_window_send_probe_action },
    { "win.listen-to", "s", tsm_window_listen_to_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
}
