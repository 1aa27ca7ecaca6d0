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

G_END_DECLS
