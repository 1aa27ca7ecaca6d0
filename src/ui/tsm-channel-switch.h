/* From a connection to the same one that listens to another channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/* (transfer full): a copy in which @channel stands in the place of the channel that is most like it; the others stay. */
TsmProfile *tsm_channel_switch (TsmProfile *profile,
                                const char *channel);

G_END_DECLS
