/* TsmProfileChange: one change of the user's list of profiles, which can be made again on a list that another program has changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

typedef struct _TsmProfileChange TsmProfileChange;

TsmProfileChange *tsm_profile_change_new_put    (TsmProfile             *profile,
                                                 guint                   index);
TsmProfileChange *tsm_profile_change_new_remove (const char             *id);
TsmProfileChange *tsm_profile_change_new_move   (const char             *id,
                                                 guint                   index);
TsmProfileChange *tsm_profile_change_new_active (const char             *id);
void              tsm_profile_change_free       (TsmProfileChange       *self);
void              tsm_profile_change_apply      (const TsmProfileChange *self,
                                                 GPtrArray              *profiles,
                                                 char                  **active);

G_END_DECLS
