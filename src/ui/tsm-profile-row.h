/* TsmProfileRow: one connection in the list of all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_ROW (tsm_profile_row_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileRow, tsm_profile_row, TSM, PROFILE_ROW, AdwActionRow)

/* Its buttons, keys and menu activate the actions "profiles.connect", ".edit", ".duplicate", ".up", ".down" and ".delete" of what it
 * stands in, each with the id of the profile. A row that is dropped on it activates "profiles.drop" with both ids. */
GtkWidget  *tsm_profile_row_new         (TsmProfile    *profile);
TsmProfile *tsm_profile_row_get_profile (TsmProfileRow *self);
void        tsm_profile_row_set_open    (TsmProfileRow *self,
                                         gboolean       is_open); /* it is connected to now */

/* What there is to know of @profile in a line: transport, read-only, managed; translated. (transfer full) (nullable) */
char       *tsm_profile_row_dup_marks   (TsmProfile    *profile);

G_END_DECLS
