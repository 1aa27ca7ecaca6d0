/* The judge: from facts to a ladder. Pure: the same facts give the same ladder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

TsmLadder *tsm_judge (const TsmDiagnosisFacts *facts); /* (transfer full) */

G_END_DECLS
