/* TsmTrialView: the test of a connection as it runs, a row for each step, and the question about an unknown certificate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "redis/tsm-trial.h"

G_BEGIN_DECLS

#define TSM_TYPE_TRIAL_VIEW (tsm_trial_view_get_type ())
G_DECLARE_FINAL_TYPE (TsmTrialView, tsm_trial_view, TSM, TRIAL_VIEW, AdwBin)

/* Signals:
 *   "pin" (const char *fingerprint)  the user trusts the certificate of this fingerprint from now on */

GtkWidget     *tsm_trial_view_new         (gboolean      can_pin);
/* Ends what runs, and starts anew with @profile. */
void           tsm_trial_view_run         (TsmTrialView *self,
                                           TsmProfile   *profile);
void           tsm_trial_view_cancel      (TsmTrialView *self);

G_END_DECLS
