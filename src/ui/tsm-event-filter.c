/* The cheap tests come first. With nothing asked for the filter says so, and no event is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-filter.h"

struct _TsmEventFilter
{
  TsmRowFilter  parent_instance;

  TsmEventShow  show;
};

G_DEFINE_FINAL_TYPE (TsmEventFilter, tsm_event_filter, TSM_TYPE_ROW_FILTER)

static const TsmEventType types[] = {
  [TSM_EVENT_SHOW_METRIC_UPDATE] = TSM_EVENT_METRIC_UPDATE,
  [TSM_EVENT_SHOW_ALERT_TRIGGERED] = TSM_EVENT_ALERT_TRIGGERED,
  [TSM_EVENT_SHOW_ALERT_RESOLVED] = TSM_EVENT_ALERT_RESOLVED,
  [TSM_EVENT_SHOW_HEALTH_CHECK] = TSM_EVENT_HEALTH_CHECK,
  [TSM_EVENT_SHOW_SYSTEM_STATUS] = TSM_EVENT_SYSTEM_STATUS,
  [TSM_EVENT_SHOW_JOB] = TSM_EVENT_JOB,
  [TSM_EVENT_SHOW_ERROR] = TSM_EVENT_ERROR,
  [TSM_EVENT_SHOW_UNKNOWN] = TSM_EVENT_UNKNOWN,
};

static gboolean
is_shown (TsmEventFilter *self,
          TsmEvent       *event)
{
  if (self->show == TSM_EVENT_SHOW_ALL)
    return TRUE;
  if (self->show == TSM_EVENT_SHOW_REJECTED)
    return tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO;

  return tsm_event_get_event_type (event) == types[self->show];
}

static gboolean
has_text (TsmRowFilter *row_filter,
          TsmEvent     *event)
{
  g_autofree char *summary = NULL;

  if (!tsm_row_filter_has_text (row_filter)
      || tsm_row_filter_is_in (row_filter, tsm_event_get_type_name (event))
      || tsm_row_filter_is_in (row_filter, tsm_event_get_source (event))
      || tsm_row_filter_is_in (row_filter, tsm_event_get_channel (event)))
    return TRUE;
  summary = tsm_event_dup_summary (event);

  return tsm_row_filter_is_in (row_filter, summary);
}

static gboolean
tsm_event_filter_match (GtkFilter *filter,
                        gpointer   item)
{
  TsmEventFilter *self = TSM_EVENT_FILTER (filter);
  TsmEvent *event = item;

  return is_shown (self, event)
         && tsm_row_filter_takes_source (TSM_ROW_FILTER (self), tsm_event_get_source (event))
         && has_text (TSM_ROW_FILTER (self), event);
}

static GtkFilterMatch
tsm_event_filter_get_strictness (GtkFilter *filter)
{
  TsmEventFilter *self = TSM_EVENT_FILTER (filter);
  gboolean is_any = !tsm_row_filter_has_source (TSM_ROW_FILTER (self)) && tsm_event_filter_is_default (self);

  return is_any ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
tsm_event_filter_class_init (TsmEventFilterClass *klass)
{
  GTK_FILTER_CLASS (klass)->match = tsm_event_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = tsm_event_filter_get_strictness;
}

static void
tsm_event_filter_init (TsmEventFilter *self)
{
}

/**
 * tsm_event_filter_new:
 *
 * Its text is looked for in type, source, channel and summary.
 *
 * Returns: (transfer full): a filter that passes every event
 */
TsmEventFilter *
tsm_event_filter_new (void)
{
  return g_object_new (TSM_TYPE_EVENT_FILTER, NULL);
}

/**
 * tsm_event_filter_set_show:
 * @self: a filter
 * @show: which events pass
 */
void
tsm_event_filter_set_show (TsmEventFilter *self,
                           TsmEventShow    show)
{
  g_return_if_fail (TSM_IS_EVENT_FILTER (self));
  g_return_if_fail (show <= TSM_EVENT_SHOW_REJECTED);

  if (self->show == show)
    return;
  self->show = show;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_event_filter_is_default:
 * @self: a filter
 *
 * Returns: whether neither a text nor a type is asked for
 */
gboolean
tsm_event_filter_is_default (TsmEventFilter *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_FILTER (self), FALSE);

  return !tsm_row_filter_has_text (TSM_ROW_FILTER (self)) && self->show == TSM_EVENT_SHOW_ALL;
}
