/* TsmProfileDialog: adds or edits one connection, and tests it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_DIALOG (tsm_profile_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileDialog, tsm_profile_dialog, TSM, PROFILE_DIALOG, AdwWindow)

/* @profile: (nullable): NULL for a new one. One that is managed can be read and tested. Returns: (transfer none) */
TsmProfileDialog *tsm_profile_dialog_present (GtkWindow  *parent,
                                              TsmSession *session,
                                              TsmProfile *profile);

G_END_DECLS
