/* TsmProfileBin: connections that were deleted and can still be brought back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_BIN (tsm_profile_bin_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileBin, tsm_profile_bin, TSM, PROFILE_BIN, GObject)

/* Signal "restored" (const char *id) */

TsmProfileBin *tsm_profile_bin_new    (TsmSession     *session);
/* Takes it out of the store. Returns: (transfer full) (nullable): a toast that offers to undo it; its password is forgotten when the
 * toast goes, or the bin does */
AdwToast      *tsm_profile_bin_delete (TsmProfileBin  *self,
                                       const char     *id);

G_END_DECLS
