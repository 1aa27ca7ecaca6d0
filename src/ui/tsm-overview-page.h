/* TsmOverviewPage: the cards, laid out by width.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

#define TSM_TYPE_OVERVIEW_PAGE (tsm_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (TsmOverviewPage, tsm_overview_page, TSM, OVERVIEW_PAGE, AdwBin)

void tsm_overview_page_set_monitor (TsmOverviewPage *self,
                                    TsmMonitor      *monitor);  /* (nullable) */
void tsm_overview_page_set_source  (TsmOverviewPage *self,
                                    const char      *source);   /* (nullable): NULL shows the lead source, and everyone's alerts and jobs */
/* What it shows is a recording: the values of its end, which are not old. */
void tsm_overview_page_set_recorded (TsmOverviewPage *self,
                                     gboolean         recorded);

G_END_DECLS
