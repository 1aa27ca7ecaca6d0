/* What the examiner asks a server, and what the answers tell.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

/* Which the connection that asks listens to, as none at all would be no subscription; nobody publishes there. */
#define TSM_QUESTIONS_CHANNEL TSM_PROFILE_PROBE_PREFIX "examiner"

typedef struct _TsmQuestions TsmQuestions;

/* All that was asked has been answered, or refused. */
typedef void (*TsmQuestionsFunc) (gpointer owner);

/* @user: (nullable): for the lines that would allow what is refused */
TsmQuestions *tsm_questions_new            (TsmConnection    *connection,
                                            TsmExamination   *examination,
                                            const char       *user,
                                            TsmQuestionsFunc  answered,
                                            gpointer          owner);
void          tsm_questions_free           (TsmQuestions     *self); /* nothing is called any more */

void          tsm_questions_try_control    (TsmQuestions     *self);
void          tsm_questions_ask            (TsmQuestions     *self,
                                            TsmProfile       *profile);
gboolean      tsm_questions_may_not_try    (TsmQuestions     *self);
void          tsm_questions_count          (TsmQuestions     *self,
                                            TsmCounters      *counters);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmQuestions, tsm_questions_free)

G_END_DECLS
