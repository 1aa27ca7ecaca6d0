/* What a TsmAlert can be asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-alert-struct.h"

static const char * const state_labels[] = {
  [TSM_ALERT_OPEN] = N_("Open"),
  [TSM_ALERT_ACKNOWLEDGED] = N_("Acknowledged"),
  [TSM_ALERT_RESOLVED] = N_("Resolved"),
};

/**
 * tsm_alert_state_get_label: (skip)
 * @state: a state
 *
 * Returns: (transfer none): the translated word for it
 */
const char *
tsm_alert_state_get_label (TsmAlertState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_labels), "");

  return _(state_labels[state]);
}

/**
 * tsm_alert_get_id:
 * @self: an alert
 *
 * Returns: (transfer none): its id, unique for its source only
 */
const char *
tsm_alert_get_id (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->id;
}

/**
 * tsm_alert_get_source:
 * @self: an alert
 *
 * Returns: (transfer none): who publishes it
 */
const char *
tsm_alert_get_source (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->source;
}

/**
 * tsm_alert_get_severity:
 * @self: an alert
 *
 * Returns: how bad it is, as of the last trigger
 */
TsmSeverity
tsm_alert_get_severity (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), TSM_SEVERITY_INFO);

  return self->severity;
}

/**
 * tsm_alert_get_state:
 * @self: an alert
 *
 * Returns: where it is in its life
 */
TsmAlertState
tsm_alert_get_state (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), TSM_ALERT_RESOLVED);

  return self->state;
}

/**
 * tsm_alert_get_message:
 * @self: an alert
 *
 * Returns: (transfer none): the message of the last trigger, "" where it had none
 */
const char *
tsm_alert_get_message (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->message;
}

/**
 * tsm_alert_get_component:
 * @self: an alert
 *
 * Returns: (transfer none) (nullable): the part of the engine that it is about
 */
const char *
tsm_alert_get_component (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->component;
}

/**
 * tsm_alert_get_count:
 * @self: an alert
 *
 * Returns: how often it was triggered since it last opened
 */
guint
tsm_alert_get_count (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), 0);

  return self->count;
}

/**
 * tsm_alert_get_triggered_at:
 * @self: an alert
 *
 * Returns: when it opened, µs since the epoch
 */
gint64
tsm_alert_get_triggered_at (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), 0);

  return self->triggered_at;
}

/**
 * tsm_alert_get_last_seen:
 * @self: an alert
 *
 * Returns: when it was last triggered, µs since the epoch
 */
gint64
tsm_alert_get_last_seen (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), 0);

  return self->last_seen;
}

/**
 * tsm_alert_get_acknowledged_at:
 * @self: an alert
 *
 * Returns: when this opening was acknowledged, µs since the epoch, or %TSM_TIME_NONE
 */
gint64
tsm_alert_get_acknowledged_at (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), TSM_TIME_NONE);

  return self->acknowledged_at;
}

/**
 * tsm_alert_get_resolved_at:
 * @self: an alert
 *
 * Returns: when this opening was resolved, µs since the epoch, or %TSM_TIME_NONE
 */
gint64
tsm_alert_get_resolved_at (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), TSM_TIME_NONE);

  return self->resolved_at;
}

/**
 * tsm_alert_get_who:
 * @self: an alert
 *
 * Returns: (transfer none) (nullable): who acknowledged or resolved it last
 */
const char *
tsm_alert_get_who (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->who;
}

/**
 * tsm_alert_get_notes:
 * @self: an alert
 *
 * Returns: (transfer none) (nullable): the last note to it
 */
const char *
tsm_alert_get_notes (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->notes;
}

/**
 * tsm_alert_get_details:
 * @self: an alert
 *
 * Returns: (transfer none) (element-type TsmDetail) (nullable): numbers and texts that came along
 */
const GArray *
tsm_alert_get_details (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return self->details;
}

/**
 * tsm_alert_get_suggested_actions:
 * @self: an alert
 *
 * Returns: (transfer none) (nullable): what the engine says could be done, NULL-terminated
 */
const char * const *
tsm_alert_get_suggested_actions (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return (const char * const *) self->suggested_actions;
}

/**
 * tsm_alert_get_auto_responses:
 * @self: an alert
 *
 * Returns: (transfer none) (nullable): what the engine did by itself, NULL-terminated
 */
const char * const *
tsm_alert_get_auto_responses (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return (const char * const *) self->auto_responses;
}

/**
 * tsm_alert_get_timeline:
 * @self: an alert
 *
 * Returns: (transfer none): a list of #TsmAlertEntry, oldest first
 */
GListModel *
tsm_alert_get_timeline (TsmAlert *self)
{
  g_return_val_if_fail (TSM_IS_ALERT (self), NULL);

  return G_LIST_MODEL (self->timeline);
}

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return (a > b) - (a < b);
}

/**
 * tsm_alert_compare:
 * @a: an alert
 * @b: another alert
 *
 * The order of a list of alerts: open before acknowledged before resolved, worse first, then those that opened later
 * first. No two alerts of one book are equal.
 *
 * Returns: less than 0 where @a comes first, more than 0 where @b does
 */
int
tsm_alert_compare (TsmAlert *a,
                   TsmAlert *b)
{
  g_return_val_if_fail (TSM_IS_ALERT (a), 0);
  g_return_val_if_fail (TSM_IS_ALERT (b), 0);

  if (a->state != b->state)
    return compare_numbers (a->state, b->state);
  if (a->severity != b->severity)
    return compare_numbers (b->severity, a->severity);
  if (a->triggered_at != b->triggered_at)
    return compare_numbers (b->triggered_at, a->triggered_at);

  return compare_numbers ((gint64) b->sequence, (gint64) a->sequence);
}
