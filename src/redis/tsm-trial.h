/* TsmTrial: tries a profile once, step by step, on connections of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     RESOLVE ─▸ CONNECT ─▸ TLS ─▸ SERVER ─▸ AUTHENTICATE ─▸ SUBSCRIBE ─▸ CONTROL
 *
 * The first step that fails ends the trial; those after it stay PENDING.
 */

#pragma once

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_TRIAL_RESOLVE,      /* the name, or the question to the sentinels */
  TSM_TRIAL_CONNECT,
  TSM_TRIAL_TLS,
  TSM_TRIAL_SERVER,       /* it is a Redis and serves us */
  TSM_TRIAL_AUTHENTICATE,
  TSM_TRIAL_SUBSCRIBE,    /* to each channel */
  TSM_TRIAL_CONTROL,      /* who listens on the control channel */
  TSM_N_TRIAL_STEPS
} TsmTrialStep;

typedef enum
{
  TSM_TRIAL_PENDING,
  TSM_TRIAL_RUNNING,
  TSM_TRIAL_PASS,
  TSM_TRIAL_WARN,    /* it works, but see the words */
  TSM_TRIAL_FAIL,
  TSM_TRIAL_SKIPPED, /* not used by this profile */
} TsmTrialState;

/**
 * TsmTrialResult:
 * @duration: µs; -1 before the step has ended, and of signing in, which is done with the talk to the server and counts there
 * @words: (nullable): what was found: addresses, the server's product and version, its own words; plain text, translated
 * @error: (nullable): in TSM_LINK_ERROR; for FAIL, and for a WARN that has one
 */
typedef struct
{
  TsmTrialState  state;
  gint64         duration;
  char          *words;
  GError        *error;
} TsmTrialResult;

#define TSM_TYPE_TRIAL (tsm_trial_get_type ())
G_DECLARE_FINAL_TYPE (TsmTrial, tsm_trial, TSM, TRIAL, GObject)

/* Signals:
 *   "changed" ()  a step has begun or ended; never from within a function of the trial
 */

TsmTrial             *tsm_trial_new             (TsmProfile    *profile); /* keeps a copy */
void                  tsm_trial_start           (TsmTrial      *self);
void                  tsm_trial_cancel          (TsmTrial      *self); /* done then; "changed" is not emitted any more */
gboolean              tsm_trial_is_done         (TsmTrial      *self);
const TsmTrialResult *tsm_trial_get_result      (TsmTrial      *self,
                                                 TsmTrialStep   step);
TsmTrialState         tsm_trial_get_verdict     (TsmTrial      *self); /* RUNNING until done; FAIL, WARN or PASS */
const TsmCertificate *tsm_trial_get_certificate (TsmTrial      *self); /* NULL where none was shown */
gint64                tsm_trial_get_receivers   (TsmTrial      *self); /* of the control channel, -1 unknown */
const char           *tsm_trial_step_get_label  (TsmTrialStep   step); /* translated */
const char           *tsm_trial_step_get_name   (TsmTrialStep   step); /* "resolve", not translated */

G_END_DECLS
