/* When to tell that events have stopped, and that they are back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-flow-notifier.h"

/* Whether events that make sense arrive, whatever else may be the matter. */
static gboolean
is_flowing (const TsmLadder *ladder)
{
  TsmRungState state = tsm_ladder_get_rung (ladder, TSM_RUNG_SEMANTICS)->state;

  return state == TSM_RUNG_PASS || state == TSM_RUNG_WARN;
}

/* Commands that reach nobody stop no event. */
static gboolean
is_broken (const TsmLadder *ladder)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);

  return !is_flowing (ladder) && verdict->state == TSM_RUNG_FAIL && verdict->rung != TSM_RUNG_CONTROL;
}

static TsmFlowNews
tell_stopped (TsmFlowNotifier *self,
              gboolean         in_sight)
{
  self->has_stopped = TRUE;
  self->is_shown = !in_sight;
  return in_sight ? TSM_FLOW_NEWS_NONE : TSM_FLOW_NEWS_STOPPED;
}

static TsmFlowNews
tell_back (TsmFlowNotifier *self,
           gboolean         in_sight)
{
  gboolean was_shown = self->is_shown;

  self->has_stopped = FALSE;
  self->is_shown = FALSE;
  if (!in_sight)
    return TSM_FLOW_NEWS_BACK;
  return was_shown ? TSM_FLOW_NEWS_WITHDRAW : TSM_FLOW_NEWS_NONE;
}

/**
 * tsm_flow_notifier_update:
 * @self: what was told so far
 * @ladder: as it is judged now
 * @now: monotonic µs
 * @in_sight: whether the window has the focus and shows the Flow page
 *
 * Returns: what is to be told now
 */
TsmFlowNews
tsm_flow_notifier_update (TsmFlowNotifier *self,
                          const TsmLadder *ladder,
                          gint64           now,
                          gboolean         in_sight)
{
  gboolean flows, broken;

  g_return_val_if_fail (self != NULL && ladder != NULL, TSM_FLOW_NEWS_NONE);

  flows = is_flowing (ladder);
  broken = is_broken (ladder);
  self->has_flowed = self->has_flowed || flows;
  if (!self->has_flowed || (!flows && !broken))
    return TSM_FLOW_NEWS_NONE;
  if (broken == self->has_stopped)
    {
      self->changed = 0;
      return TSM_FLOW_NEWS_NONE;
    }

  if (self->changed == 0)
    self->changed = now;
  if (now - self->changed < TSM_FLOW_NOTIFIER_CALM_US)
    return TSM_FLOW_NEWS_NONE;
  self->changed = 0;
  return broken ? tell_stopped (self, in_sight) : tell_back (self, in_sight);
}
