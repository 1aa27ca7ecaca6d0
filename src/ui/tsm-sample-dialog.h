/* Shows a message of a channel that was found, as it came and as it is read, before that channel is listened to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "diagnosis/tsm-near-miss.h"

G_BEGIN_DECLS

/* Activates "win.listen-to" of @parent with @channel when the user agrees. @miss: (nullable): as found, with its sample */
void tsm_sample_dialog_present (GtkWindow         *parent,
                                const char        *channel,
                                const TsmNearMiss *miss);

G_END_DECLS
