/* The columns of the alerts page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "monitor/tsm-monitor.h"
#include "ui/tsm-columns.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_ALERT_COLUMN_SEVERITY,
  TSM_ALERT_COLUMN_STATE,
  TSM_ALERT_COLUMN_AGE,
  TSM_ALERT_COLUMN_SOURCE,
  TSM_ALERT_COLUMN_COMPONENT,
  TSM_ALERT_COLUMN_MESSAGE,
  TSM_ALERT_COLUMN_COUNT,
  TSM_ALERT_COLUMN_WHO,
  TSM_N_ALERT_COLUMNS
} TsmAlertColumn;

/* @monitor: where the location of the clock of the ages stands; may point to NULL while the view is empty. */
TsmColumns *tsm_alert_columns_new (GtkColumnView  *view,
                                   TsmMonitor    **monitor);
void        tsm_alert_columns_fit (TsmColumns     *columns,
                                   int             width,         /* of the list, as TsmPanes counts it */
                                   gboolean        has_sources);  /* whether more than one may be in the list */

G_END_DECLS
