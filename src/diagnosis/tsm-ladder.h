/* TsmLadder: all rungs as they were judged at one moment, and the verdict.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-rung.h"

G_BEGIN_DECLS

#define TSM_VERDICT_HEALTHY "healthy"

/**
 * TsmVerdict:
 * @code: a code of the fault table, TSM_VERDICT_HEALTHY, or NULL while nothing can be said yet
 * @state: of the rung that decided: FAIL, WARN, PASS where healthy, UNKNOWN where nothing can be said yet
 * @rung: the rung that decided, -1 where healthy or nothing can be said yet
 * @summary: translated: one sentence
 */
typedef struct
{
  const char   *code;
  TsmRungState  state;
  int           rung;
  char         *summary;
} TsmVerdict;

/* Ref-counted, immutable once judged. */
typedef struct _TsmLadder TsmLadder;

TsmLadder        *tsm_ladder_ref         (TsmLadder       *self);
void              tsm_ladder_unref       (TsmLadder       *self);
const TsmRung    *tsm_ladder_get_rung    (const TsmLadder *self,
                                          TsmRungId        id);
const TsmVerdict *tsm_ladder_get_verdict (const TsmLadder *self);
gboolean          tsm_ladder_is_healthy  (const TsmLadder *self);
/* Whether they say the same: states, codes and texts; the evidence may differ in its numbers. */
gboolean          tsm_ladder_is_like     (const TsmLadder *self,
                                          const TsmLadder *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmLadder, tsm_ladder_unref)

G_END_DECLS
