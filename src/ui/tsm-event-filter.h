/* TsmEventFilter: what the events page is asked to show: text, type, source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"
#include "ui/tsm-row-filter.h"

G_BEGIN_DECLS

/* In the order of the drop-down. */
typedef enum
{
  TSM_EVENT_SHOW_ALL,
  TSM_EVENT_SHOW_METRIC_UPDATE,
  TSM_EVENT_SHOW_ALERT_TRIGGERED,
  TSM_EVENT_SHOW_ALERT_RESOLVED,
  TSM_EVENT_SHOW_HEALTH_CHECK,
  TSM_EVENT_SHOW_SYSTEM_STATUS,
  TSM_EVENT_SHOW_JOB,
  TSM_EVENT_SHOW_ERROR,
  TSM_EVENT_SHOW_UNKNOWN,
  TSM_EVENT_SHOW_REJECTED, /* of any type */
} TsmEventShow;

#define TSM_TYPE_EVENT_FILTER (tsm_event_filter_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventFilter, tsm_event_filter, TSM, EVENT_FILTER, TsmRowFilter)

/* Each setter tells the filter's watchers only where something changed. */
TsmEventFilter *tsm_event_filter_new        (void);
void            tsm_event_filter_set_show   (TsmEventFilter *self,
                                             TsmEventShow    show);
gboolean        tsm_event_filter_is_default (TsmEventFilter *self);   /* the source apart */

G_END_DECLS
