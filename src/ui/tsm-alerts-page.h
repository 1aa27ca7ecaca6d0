/* TsmAlertsPage: the list of alerts, its filters, and the detail of the selected one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

#define TSM_TYPE_ALERTS_PAGE (tsm_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertsPage, tsm_alerts_page, TSM, ALERTS_PAGE, AdwBin)

void tsm_alerts_page_set_monitor (TsmAlertsPage *self,
                                  TsmMonitor    *monitor);  /* (nullable): empties the page */
void tsm_alerts_page_set_source  (TsmAlertsPage *self,
                                  const char    *source);   /* (nullable): NULL shows every source */
void tsm_alerts_page_focus_filter (TsmAlertsPage *self);    /* Ctrl+F */

G_END_DECLS
