/* TsmRecordingWindow: a recording as the pages show it, in a window of its own; no connection is made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-recording-loader.h"

G_BEGIN_DECLS

#define TSM_TYPE_RECORDING_WINDOW (tsm_recording_window_get_type ())
G_DECLARE_FINAL_TYPE (TsmRecordingWindow, tsm_recording_window, TSM, RECORDING_WINDOW, AdwApplicationWindow)

/* @file: local */
GtkWindow          *tsm_recording_window_new        (AdwApplication     *application,
                                                     GFile              *file);
void                tsm_recording_window_show_page  (TsmRecordingWindow *self,
                                                     const char         *name); /* "overview", "alerts", "events" */
TsmRecordingLoader *tsm_recording_window_get_loader (TsmRecordingWindow *self); /* (transfer none) */

G_END_DECLS
