/* How TsmJobList changes a TsmJob.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-job.h"

G_BEGIN_DECLS

TsmJob  *tsm_job_new     (const char *run_id,
                          const char *source,
                          guint64     sequence);
void     tsm_job_ingest  (TsmJob     *self,
                          TsmEvent   *event);
void     tsm_job_flush   (TsmJob     *self);
int      tsm_job_compare (TsmJob     *a,
                          TsmJob     *b); /* the order of the list */

G_END_DECLS
