/* From the steps of the flow strip to the rungs of the ladder, and the icon of a rung.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "monitor/tsm-flow.h"
#include "widgets/tsm-flow-strip.h"

G_BEGIN_DECLS

/* The rung that a step speaks of: of those that belong to it the first that is broken, else the one whose number it shows. */
TsmRungId    tsm_strip_find_rung     (const TsmLadder *ladder,
                                      TsmFlowStepId    step);
TsmStepState tsm_flow_state_get_step (TsmFlowState     state);
TsmStepState tsm_rung_state_get_step (TsmRungState     state);

G_END_DECLS
