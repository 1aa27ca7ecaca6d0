/* TsmEventsPage: the live log of the last 10,000 events with pause, filter and detail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"
#include "ui/tsm-event-filter.h"

G_BEGIN_DECLS

#define TSM_TYPE_EVENTS_PAGE (tsm_events_page_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventsPage, tsm_events_page, TSM, EVENTS_PAGE, AdwBin)

void tsm_events_page_set_monitor  (TsmEventsPage *self,
                                   TsmMonitor    *monitor); /* (nullable): empties the page */
void tsm_events_page_set_source   (TsmEventsPage *self,
                                   const char    *source);  /* (nullable): NULL shows every source */
void tsm_events_page_focus_filter (TsmEventsPage *self);    /* Ctrl+F */
/* As with the drop-down; the text of the filter goes. */
void tsm_events_page_set_show     (TsmEventsPage *self,
                                   TsmEventShow   show);

G_END_DECLS
