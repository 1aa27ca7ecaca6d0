/* TsmResolveDialog: asks for the notes with which one or more alerts are resolved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

/* Presents an AdwMessageDialog over @parent; on Resolve each alert of @alerts (element-type TsmAlert) is resolved through
 * @monitor with the notes typed. */
void tsm_resolve_dialog_present (GtkWindow  *parent,
                                 TsmMonitor *monitor,
                                 GPtrArray  *alerts);

G_END_DECLS
