/* The making of a TsmLadder, for the judge only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

struct _TsmLadder
{
  gatomicrefcount ref_count;
  TsmRung         rungs[TSM_N_RUNGS];
  TsmVerdict      verdict;
};

TsmLadder *tsm_ladder_new         (void); /* all rungs UNKNOWN, no verdict */
GPtrArray *tsm_evidence_array_new (void); /* of TsmEvidence, which it owns */

G_END_DECLS
