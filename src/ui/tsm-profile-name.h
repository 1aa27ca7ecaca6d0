/* What to call a connection that has no name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

char *tsm_profile_dup_short_name (TsmProfile *profile); /* (transfer full): host, service or socket */

G_END_DECLS
