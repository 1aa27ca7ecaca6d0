/* TsmJobRun: the job pipeline after the close: one phase after the other, each a run with its own id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

typedef struct _TsmJobRun TsmJobRun;

TsmJobRun *tsm_job_run_new      (guint32       seed);
void       tsm_job_run_free     (TsmJobRun    *self);

void       tsm_job_run_next     (TsmJobRun    *self,
                                 double        seconds,
                                 gint64        now,
                                 TsmJobData   *data);
gboolean   tsm_job_run_pop_error (TsmJobRun    *self,
                                  TsmAlertData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmJobRun, tsm_job_run_free)

G_END_DECLS
