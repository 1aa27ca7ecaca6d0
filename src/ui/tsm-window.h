/* TsmWindow: the main window: header, flow strip, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_WINDOW (tsm_window_get_type ())
G_DECLARE_FINAL_TYPE (TsmWindow, tsm_window, TSM, WINDOW, AdwApplicationWindow)

TsmWindow  *tsm_window_new          (AdwApplication *application);
/* Drops the present connection, if any, and opens on @profile. @name: (nullable): what to call it, NULL for its address. */
void        tsm_window_connect      (TsmWindow      *self,
                                     TsmProfile     *profile,
                                     const char     *name);
void        tsm_window_start_demo   (TsmWindow      *self);
void        tsm_window_show_error   (TsmWindow      *self,
                                     const char     *message);
void        tsm_window_refuse_url   (TsmWindow      *self,
                                     const char     *url,
                                     const char     *message);
void        tsm_window_show_page    (TsmWindow      *self,
                                     const char     *name);   /* "overview", "alerts", "events", "flow" */
TsmMonitor *tsm_window_get_monitor  (TsmWindow      *self);   /* (transfer none) (nullable) */
TsmSession *tsm_window_get_session  (TsmWindow      *self);   /* (transfer none) */

G_END_DECLS
