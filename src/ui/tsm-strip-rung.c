/* From the steps of the flow strip to the rungs of the ladder, and the icon of a rung.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-strip-rung.h"

static const TsmRung *
find_first (const TsmLadder *ladder,
            TsmFlowStepId    step,
            TsmRungState     state)
{
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      const TsmRung *rung = tsm_ladder_get_rung (ladder, i);

      if (rung->state == state && tsm_flow_find_step (rung) == step)
        return rung;
    }
  return NULL;
}

/**
 * tsm_strip_find_rung:
 * @ladder: a judged ladder
 * @step: a step of the strip
 *
 * Returns: the rung that a click on the step leads to
 */
TsmRungId
tsm_strip_find_rung (const TsmLadder *ladder,
                     TsmFlowStepId    step)
{
  static const TsmRungId heads[TSM_N_FLOW_STEPS] = {
    [TSM_FLOW_REDIS] = TSM_RUNG_BROKER,
    [TSM_FLOW_CHANNEL] = TSM_RUNG_SUBSCRIBE,
    [TSM_FLOW_PUBLISHER] = TSM_RUNG_PUBLISHER,
    [TSM_FLOW_EVENTS] = TSM_RUNG_SEMANTICS,
    [TSM_FLOW_DECODE] = TSM_RUNG_DECODE,
  };
  const TsmRung *trouble;

  g_return_val_if_fail (ladder != NULL && step < TSM_N_FLOW_STEPS, TSM_RUNG_RESOLVE);

  trouble = find_first (ladder, step, TSM_RUNG_FAIL);
  if (trouble == NULL)
    trouble = find_first (ladder, step, TSM_RUNG_WARN);
  return trouble != NULL ? trouble->id : heads[step];
}

/**
 * tsm_flow_state_get_step:
 * @state: of a step of the event path
 *
 * Returns: how the strip draws it
 */
TsmStepState
tsm_flow_state_get_step (TsmFlowState state)
{
  static const TsmStepState states[] = {
    [TSM_FLOW_STATE_UNKNOWN] = TSM_STEP_UNKNOWN,
    [TSM_FLOW_STATE_BUSY] = TSM_STEP_BUSY,
    [TSM_FLOW_STATE_PASS] = TSM_STEP_PASS,
    [TSM_FLOW_STATE_WARN] = TSM_STEP_WARN,
    [TSM_FLOW_STATE_FAIL] = TSM_STEP_FAIL,
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), TSM_STEP_UNKNOWN);

  return states[state];
}

/**
 * tsm_rung_state_get_step:
 * @state: of a rung
 *
 * Returns: the step of the strip that looks like it
 */
TsmStepState
tsm_rung_state_get_step (TsmRungState state)
{
  static const TsmStepState states[] = {
    [TSM_RUNG_PASS] = TSM_STEP_PASS,
    [TSM_RUNG_WARN] = TSM_STEP_WARN,
    [TSM_RUNG_FAIL] = TSM_STEP_FAIL,
    [TSM_RUNG_UNKNOWN] = TSM_STEP_UNKNOWN,
    [TSM_RUNG_SKIPPED] = TSM_STEP_UNKNOWN,
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), TSM_STEP_UNKNOWN);

  return states[state];
}
