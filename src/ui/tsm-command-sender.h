/* Sends a manual command, asking first where it does harm, and says what became of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

void  tsm_command_sender_send     (GtkWindow    *parent,
                                   TsmMonitor   *monitor,
                                   TsmCommandId  id);
/* (transfer full) (nullable): a line for a toast; NULL where the page itself says enough */
char *tsm_command_sender_describe (TsmAction    *action);

G_END_DECLS
