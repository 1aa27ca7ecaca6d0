/* The cheap tests come first: text is looked for only in alerts that pass the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-filter.h"

struct _TsmAlertFilter
{
  TsmRowFilter  parent_instance;

  TsmAlertShow  show;
  TsmSeverity   min_severity;
};

G_DEFINE_FINAL_TYPE (TsmAlertFilter, tsm_alert_filter, TSM_TYPE_ROW_FILTER)

/* Bit N stands for the TsmAlertState N. */
static const guint states_shown[] = {
  [TSM_ALERT_SHOW_UNRESOLVED] = 1 << TSM_ALERT_OPEN | 1 << TSM_ALERT_ACKNOWLEDGED,
  [TSM_ALERT_SHOW_OPEN] = 1 << TSM_ALERT_OPEN,
  [TSM_ALERT_SHOW_ACKNOWLEDGED] = 1 << TSM_ALERT_ACKNOWLEDGED,
  [TSM_ALERT_SHOW_RESOLVED] = 1 << TSM_ALERT_RESOLVED,
  [TSM_ALERT_SHOW_ALL] = 1 << TSM_ALERT_OPEN | 1 << TSM_ALERT_ACKNOWLEDGED | 1 << TSM_ALERT_RESOLVED,
};

static gboolean
has_text (TsmRowFilter *row_filter,
          TsmAlert     *alert)
{
  return !tsm_row_filter_has_text (row_filter)
         || tsm_row_filter_is_in (row_filter, tsm_alert_get_message (alert))
         || tsm_row_filter_is_in (row_filter, tsm_alert_get_component (alert))
         || tsm_row_filter_is_in (row_filter, tsm_alert_get_id (alert))
         || tsm_row_filter_is_in (row_filter, tsm_alert_get_source (alert))
         || tsm_row_filter_is_in (row_filter, tsm_alert_get_who (alert));
}

static gboolean
tsm_alert_filter_match (GtkFilter *filter,
                        gpointer   item)
{
  TsmAlertFilter *self = TSM_ALERT_FILTER (filter);
  TsmAlert *alert = item;

  return (states_shown[self->show] & 1 << tsm_alert_get_state (alert)) != 0
         && tsm_alert_get_severity (alert) >= self->min_severity
         && tsm_row_filter_takes_source (TSM_ROW_FILTER (self), tsm_alert_get_source (alert))
         && has_text (TSM_ROW_FILTER (self), alert);
}

static void
tsm_alert_filter_class_init (TsmAlertFilterClass *klass)
{
  GTK_FILTER_CLASS (klass)->match = tsm_alert_filter_match;
}

static void
tsm_alert_filter_init (TsmAlertFilter *self)
{
}

/**
 * tsm_alert_filter_new:
 *
 * Its text is looked for in message, component, id, source and person.
 *
 * Returns: (transfer full): a filter that passes the open and the acknowledged alerts
 */
TsmAlertFilter *
tsm_alert_filter_new (void)
{
  return g_object_new (TSM_TYPE_ALERT_FILTER, NULL);
}

/**
 * tsm_alert_filter_set_show:
 * @self: a filter
 * @show: which states pass
 */
void
tsm_alert_filter_set_show (TsmAlertFilter *self,
                           TsmAlertShow    show)
{
  g_return_if_fail (TSM_IS_ALERT_FILTER (self));
  g_return_if_fail (show < G_N_ELEMENTS (states_shown));

  if (self->show == show)
    return;
  self->show = show;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_set_min_severity:
 * @self: a filter
 * @severity: the least severity that passes
 */
void
tsm_alert_filter_set_min_severity (TsmAlertFilter *self,
                                   TsmSeverity     severity)
{
  g_return_if_fail (TSM_IS_ALERT_FILTER (self));

  if (self->min_severity == severity)
    return;
  self->min_severity = severity;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_is_default:
 * @self: a filter
 *
 * Returns: whether it passes what a new filter passes, the source apart
 */
gboolean
tsm_alert_filter_is_default (TsmAlertFilter *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_FILTER (self), FALSE);

  return !tsm_row_filter_has_text (TSM_ROW_FILTER (self)) && self->show == TSM_ALERT_SHOW_UNRESOLVED
         && self->min_severity == TSM_SEVERITY_INFO;
}
