/* TsmTrialRow: one step of the test of a connection.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "redis/tsm-trial.h"

G_BEGIN_DECLS

#define TSM_TYPE_TRIAL_ROW (tsm_trial_row_get_type ())
G_DECLARE_FINAL_TYPE (TsmTrialRow, tsm_trial_row, TSM, TRIAL_ROW, AdwActionRow)

GtkWidget *tsm_trial_row_new         (TsmTrialStep          step);
/* @over: the test has ended, so that a step that waits was never reached */
void       tsm_trial_row_set         (TsmTrialRow          *self,
                                      const TsmTrialResult *result,
                                      gboolean              over);

G_END_DECLS
