/* What was counted on the whole server between two readings, and just before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

/* Fills the tally, and takes over from @earlier (nullable) what still holds: its tally, its near misses, and who may
 * publish where that was not answered this time. */
void tsm_tally_take (TsmExamination *self,
                     TsmExamination *earlier);

G_END_DECLS
