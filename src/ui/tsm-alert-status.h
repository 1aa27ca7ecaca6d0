/* What the alerts page says in place of an empty list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

/**
 * TsmAlertStatus:
 * @TSM_ALERT_STATUS_NONE: not one alert was raised
 * @TSM_ALERT_STATUS_RESOLVED: all that were raised are resolved
 * @TSM_ALERT_STATUS_NO_MATCH: the filter passes none
 * @TSM_ALERT_STATUS_DISCONNECTED: none can be heard
 */
typedef enum
{
  TSM_ALERT_STATUS_NONE,
  TSM_ALERT_STATUS_RESOLVED,
  TSM_ALERT_STATUS_NO_MATCH,
  TSM_ALERT_STATUS_DISCONNECTED,
} TsmAlertStatus;

/* Whether what is published now is heard; FALSE for a @monitor of NULL. */
gboolean       tsm_alert_status_is_heard (TsmMonitor     *monitor);
/* Why a list is empty. @is_default: the filter asks for nothing but, maybe, one source, which is @has_source. */
TsmAlertStatus tsm_alert_status_find     (TsmMonitor     *monitor,
                                          gboolean        is_default,
                                          gboolean        has_source);
/* Fills @page and the button in it, which is hidden where there is nothing to do. @monitor may be NULL. */
void           tsm_alert_status_show     (TsmAlertStatus  status,
                                          TsmMonitor     *monitor,
                                          AdwStatusPage  *page,
                                          GtkButton      *button);

G_END_DECLS
