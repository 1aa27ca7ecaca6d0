/* What tests, and the simulator, may do with a connection that others may not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"
#include "redis/tsm-timing.h"

G_BEGIN_DECLS

void tsm_connection_set_timing (TsmConnection   *self,
                                const TsmTiming *timing);
void tsm_connection_wake       (TsmConnection   *self);

G_END_DECLS
