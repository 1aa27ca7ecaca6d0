/* What the monitor sends: commands, and what the user decides about alerts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "monitor/tsm-monitor-private.h"

/* What became of a command about an alert belongs to the alert's own story. */
static void
add_delivery (TsmMonitor *self,
              TsmAction  *action)
{
  const char *source = g_object_get_data (G_OBJECT (action), "alert-source");
  TsmAlert *alert = source != NULL ? tsm_alert_book_lookup (self->alerts, source, tsm_action_get_subject (action)) : NULL;
  gint64 receivers = tsm_action_get_receivers (action);
  g_autofree char *text = NULL;

  if (alert == NULL)
    return;

  if (tsm_action_get_state (action) == TSM_ACTION_FAILED)
    text = g_strdup_printf (_("Not sent to the engine: %s"), tsm_action_get_error (action));
  else if (receivers == 0)
    text = g_strdup (_("Nobody is listening: the engine was not told"));
  else
    text = g_strdup_printf (ngettext ("Delivered to %d listener", "Delivered to %d listeners", (gulong) receivers),
                            (int) receivers);
  tsm_alert_book_add_delivery (self->alerts, alert, text, tsm_monitor_now_real (self));
}

/* A #TsmCommanderFunc: the server has answered, or the command could not be sent. */
void
tsm_monitor_command_done (TsmAction *action,
                          gpointer   user_data)
{
  TsmMonitor *self = user_data;

  add_delivery (self, action);
  g_signal_emit_by_name (self, "action-done", action);
  tsm_monitor_request_flush (self);
}

static const char *
requested_by (TsmMonitor *self)
{
  return tsm_profile_get_requested_by (tsm_connection_get_profile (self->connection));
}

/**
 * tsm_monitor_get_refusal:
 * @self: a monitor
 *
 * Returns: (nullable): why nothing can be sent to the engine through this connection, translated; %NULL where it can
 */
const char *
tsm_monitor_get_refusal (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  if (tsm_profile_is_read_only (tsm_connection_get_profile (self->connection)))
    return _("This connection is read-only: nothing is sent to the engine.");

  return NULL;
}

/**
 * tsm_monitor_send:
 * @self: a monitor
 * @command: which
 * @component_type: (nullable): of ENABLE_COMPONENT
 * @component_name: (nullable): of ENABLE_COMPONENT
 *
 * Publishes a command on the control channel and returns at once. Where the connection is read-only the action fails, with the
 * reason.
 *
 * Returns: (transfer none): what becomes of it; valid until the next command of the same kind
 */
TsmAction *
tsm_monitor_send (TsmMonitor   *self,
                  TsmCommandId  command,
                  const char   *component_type,
                  const char   *component_name)
{
  TsmCommand message = {
    .id = command,
    .timestamp = tsm_monitor_now_real (self),
    .requested_by = requested_by (self),
    .component_type = component_type,
    .component_name = component_name,
  };

  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return tsm_commander_send (self->commander, &message, tsm_monitor_now (self));
}

static void
send_about_alert (TsmMonitor   *self,
                  TsmCommandId  command,
                  TsmAlert     *alert,
                  const char   *note)
{
  TsmCommand message = {
    .id = command,
    .timestamp = tsm_monitor_now_real (self),
    .requested_by = requested_by (self),
    .alert_id = tsm_alert_get_id (alert),
    .notes = note,
  };
  TsmAction *action = tsm_commander_send (self->commander, &message, tsm_monitor_now (self));

  g_object_set_data_full (G_OBJECT (action), "alert-source", g_strdup (tsm_alert_get_source (alert)), g_free);
}

/**
 * tsm_monitor_acknowledge:
 * @self: a monitor
 * @alert: an open alert; others are left alone
 * @note: (nullable): a note of the user
 *
 * Acknowledges in the book at once, and tells the engine. What became of the command is added to the alert's timeline. Does
 * nothing where tsm_monitor_get_refusal() says so: the book must not say what the engine was never told.
 */
void
tsm_monitor_acknowledge (TsmMonitor *self,
                         TsmAlert   *alert,
                         const char *note)
{
  g_return_if_fail (TSM_IS_MONITOR (self) && TSM_IS_ALERT (alert));

  if (tsm_monitor_get_refusal (self) != NULL)
    return;
  if (!tsm_alert_book_acknowledge (self->alerts, alert, requested_by (self), note, tsm_monitor_now_real (self)))
    return;

  send_about_alert (self, TSM_COMMAND_ALERT_ACKNOWLEDGED, alert, note);
  tsm_monitor_request_flush (self);
}

/**
 * tsm_monitor_resolve:
 * @self: a monitor
 * @alert: an alert that is not resolved; others are left alone
 * @note: (nullable): a note of the user
 *
 * Resolves in the book at once, and tells the engine. Does nothing where tsm_monitor_get_refusal() says so.
 */
void
tsm_monitor_resolve (TsmMonitor *self,
                     TsmAlert   *alert,
                     const char *note)
{
  g_return_if_fail (TSM_IS_MONITOR (self) && TSM_IS_ALERT (alert));

  if (tsm_monitor_get_refusal (self) != NULL)
    return;
  if (!tsm_alert_book_resolve (self->alerts, alert, requested_by (self), note, tsm_monitor_now_real (self)))
    return;

  send_about_alert (self, TSM_COMMAND_ALERT_RESOLVED, alert, note);
  tsm_monitor_request_flush (self);
}

TsmAction *
tsm_monitor_get_last_action (TsmMonitor   *self,
                             TsmCommandId  command)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return tsm_commander_get_last (self->commander, command);
}

/**
 * tsm_monitor_get_control_receivers:
 * @self: a monitor
 *
 * Returns: subscribers of the control channel by the server's last count, -1 while unknown
 */
gint64
tsm_monitor_get_control_receivers (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), -1);

  return tsm_connection_get_command_state (self->connection) == TSM_LINK_READY
           ? tsm_commander_get_receivers (self->commander) : -1;
}
