/* TsmStepIcon: the state of a step as a small round icon; a shape of its own for each state. Role none: name it beside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-flow-strip.h"

G_BEGIN_DECLS

#define TSM_TYPE_STEP_ICON (tsm_step_icon_get_type ())
G_DECLARE_FINAL_TYPE (TsmStepIcon, tsm_step_icon, TSM, STEP_ICON, GtkWidget)

GtkWidget *tsm_step_icon_new       (void);
void       tsm_step_icon_set_state (TsmStepIcon  *self,
                                    TsmStepState  state);

G_END_DECLS
