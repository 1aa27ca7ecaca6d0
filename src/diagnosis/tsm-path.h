/* Which rung of the path an error of a link belongs to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"

G_BEGIN_DECLS

/* Fills the path of @facts from the live link and, where that is not ready, from the examination, which tried each step. */
void tsm_path_fill (TsmDiagnosisFacts *facts,
                    TsmProfile        *profile);

G_END_DECLS
