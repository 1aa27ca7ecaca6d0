/* Which manual command a suggested action of an alert means, so that its button can be offered beside the words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-command.h"

G_BEGIN_DECLS

gboolean tsm_alert_advice_find_command (const char   *advice,
                                        TsmCommandId *command);

G_END_DECLS
