/* Which rung of the path an error of a link belongs to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "redis/tsm-trial.h"

G_BEGIN_DECLS

/* Fills the path of @facts from the live link and, where that is not ready, from the examination, which tried each step. */
void tsm_path_fill (TsmDiagnosisFacts *facts,
                    TsmProfile        *profile);

/* Takes over how a trial went, which tries the same six steps. */
void tsm_path_take (TsmExamination *examination,
                    TsmTrial       *trial);

G_END_DECLS
