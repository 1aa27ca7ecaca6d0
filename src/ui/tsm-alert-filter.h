/* TsmAlertFilter: what the alerts page is asked to show: text, state, least severity, source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-alert.h"
#include "ui/tsm-row-filter.h"

G_BEGIN_DECLS

/* In the order of the drop-down. */
typedef enum
{
  TSM_ALERT_SHOW_UNRESOLVED, /* open and acknowledged */
  TSM_ALERT_SHOW_OPEN,
  TSM_ALERT_SHOW_ACKNOWLEDGED,
  TSM_ALERT_SHOW_RESOLVED,
  TSM_ALERT_SHOW_ALL,
} TsmAlertShow;

#define TSM_TYPE_ALERT_FILTER (tsm_alert_filter_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertFilter, tsm_alert_filter, TSM, ALERT_FILTER, TsmRowFilter)

/* Each setter tells the filter's watchers only where something changed. */
TsmAlertFilter *tsm_alert_filter_new              (void);
void            tsm_alert_filter_set_show         (TsmAlertFilter *self,
                                                   TsmAlertShow    show);
void            tsm_alert_filter_set_min_severity (TsmAlertFilter *self,
                                                   TsmSeverity     severity);
gboolean        tsm_alert_filter_is_default       (TsmAlertFilter *self);   /* the source apart */

G_END_DECLS
