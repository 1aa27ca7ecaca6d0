/* TsmProfilesWindow: all connections: add, edit, order, import and export them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILES_WINDOW (tsm_profiles_window_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfilesWindow, tsm_profiles_window, TSM, PROFILES_WINDOW, AdwWindow)

/* @parent: has the action "win.switch-to". Returns: (transfer none) */
TsmProfilesWindow *tsm_profiles_window_present (GtkWindow  *parent,
                                                TsmSession *session);

G_END_DECLS
