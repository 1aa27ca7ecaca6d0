/* TsmReport: prints what the window sees, one line a second, and leaves a picture of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-window.h"

G_BEGIN_DECLS

/* One line on standard output: state, events, CPU, memory, alerts. */
void     tsm_report_print      (TsmMonitor *monitor);   /* (nullable) */

/* Renders the window as it stands into a PNG file. */
gboolean tsm_report_screenshot (GtkWindow   *window,
                                const char  *filename,
                                GError     **error);

G_END_DECLS
