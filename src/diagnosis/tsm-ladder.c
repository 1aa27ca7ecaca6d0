/* TsmLadder: all rungs as they were judged at one moment, and the verdict.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-ladder-private.h"

static void
evidence_free (gpointer data)
{
  TsmEvidence *evidence = data;

  g_free (evidence->command);
  g_free (evidence->text);
  g_free (evidence);
}

/**
 * tsm_evidence_array_new:
 *
 * Returns: (transfer full) (element-type TsmEvidence): an empty array that owns what is added
 */
GPtrArray *
tsm_evidence_array_new (void)
{
  return g_ptr_array_new_with_free_func (evidence_free);
}

/**
 * tsm_ladder_new: (skip)
 *
 * Returns: (transfer full): a ladder on which nothing is known, to be filled in by the judge
 */
TsmLadder *
tsm_ladder_new (void)
{
  TsmLadder *self = g_new0 (TsmLadder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      self->rungs[i].id = i;
      self->rungs[i].state = TSM_RUNG_UNKNOWN;
      self->rungs[i].duration = -1;
    }
  self->verdict.state = TSM_RUNG_UNKNOWN;
  self->verdict.rung = -1;
  return self;
}

TsmLadder *
tsm_ladder_ref (TsmLadder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
rung_clear (TsmRung *self)
{
  g_free (self->summary);
  g_free (self->cause);
  g_free (self->remedy);
  g_free (self->subject);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
}

void
tsm_ladder_unref (TsmLadder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    rung_clear (&self->rungs[i]);
  g_free (self->verdict.summary);
  g_free (self);
}

/**
 * tsm_ladder_get_rung:
 * @self: a ladder
 * @id: which one
 *
 * Returns: (transfer none): the rung
 */
const TsmRung *
tsm_ladder_get_rung (const TsmLadder *self,
                     TsmRungId        id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) id < TSM_N_RUNGS, NULL);

  return &self->rungs[id];
}

/**
 * tsm_ladder_get_verdict:
 * @self: a ladder
 *
 * Returns: (transfer none): what it comes to
 */
const TsmVerdict *
tsm_ladder_get_verdict (const TsmLadder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->verdict;
}

/**
 * tsm_ladder_is_healthy:
 * @self: a ladder
 *
 * Returns: whether everything flows
 */
gboolean
tsm_ladder_is_healthy (const TsmLadder *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->verdict.code != NULL && self->verdict.state == TSM_RUNG_PASS;
}

static gboolean
is_like (const TsmRung *one,
         const TsmRung *other)
{
  return one->state == other->state && g_strcmp0 (one->code, other->code) == 0
         && g_strcmp0 (one->cause, other->cause) == 0 && g_strcmp0 (one->remedy, other->remedy) == 0
         && g_strcmp0 (one->summary, other->summary) == 0;
}

/**
 * tsm_ladder_is_like:
 * @self: a ladder
 * @other: another
 *
 * Returns: whether both say the same; the evidence may differ
 */
gboolean
tsm_ladder_is_like (const TsmLadder *self,
                    const TsmLadder *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    if (!is_like (&self->rungs[i], &other->rungs[i]))
      return FALSE;
  return g_strcmp0 (self->verdict.summary, other->verdict.summary) == 0;
}
