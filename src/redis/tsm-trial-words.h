/* What is said of the steps of a trial; all of it plain text, translated. For TsmTrial.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-dial.h"
#include "redis/tsm-trial.h"

G_BEGIN_DECLS

char *tsm_trial_words_for_step     (TsmTrialStep         step,
                                    TsmProfile          *profile,
                                    const TsmDialReport *report,
                                    const TsmEndpoint   *endpoint);
char *tsm_trial_words_for_server   (const TsmServerInfo *info);
char *tsm_trial_words_for_channels (GPtrArray           *channels);
char *tsm_trial_words_for_control  (TsmProfile          *profile,
                                    gint64               receivers,
                                    const char          *refusal);

G_END_DECLS
