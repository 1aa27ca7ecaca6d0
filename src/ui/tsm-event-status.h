/* What the events page says in place of an empty list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

/* Both fill @page. @monitor may be NULL. */
void tsm_event_status_show_empty    (AdwStatusPage *page,
                                     TsmMonitor    *monitor);
void tsm_event_status_show_no_match (AdwStatusPage *page);
/* The line below the list, (transfer full): "9,870 of 10,000 events", or "10,000 events" where all are shown. */
char *tsm_event_status_dup_count    (guint          n_shown,
                                     guint          n_logged,
                                     gboolean       is_filtered);
char *tsm_event_status_dup_paused   (guint64        n_pending); /* (transfer full): "Paused · +128 new" */

G_END_DECLS
