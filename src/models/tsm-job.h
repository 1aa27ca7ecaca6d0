/* TsmJob and TsmJobList: the runs of the engine's job pipeline.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_JOB_STATE_RUNNING,
  TSM_JOB_STATE_COMPLETED,
} TsmJobState;

#define TSM_TYPE_JOB (tsm_job_get_type ())
G_DECLARE_FINAL_TYPE (TsmJob, tsm_job, TSM, JOB, GObject)

/* Signal "changed" (): by tsm_job_list_flush(). Numbers are NaN where the wire did not say. */
const char  *tsm_job_get_run_id               (TsmJob *self); /* "" where the wire has none */
const char  *tsm_job_get_source               (TsmJob *self);
const char  *tsm_job_get_phase                (TsmJob *self); /* (nullable) */
char        *tsm_job_dup_title                (TsmJob *self); /* "Data import" */
TsmJobState  tsm_job_get_state                (TsmJob *self);
const char  *tsm_job_get_current_symbol       (TsmJob *self); /* (nullable) */
double       tsm_job_get_percentage           (TsmJob *self); /* 0–100; derived from processed / total where absent */
double       tsm_job_get_total                (TsmJob *self);
double       tsm_job_get_completed            (TsmJob *self);
double       tsm_job_get_failed               (TsmJob *self);
double       tsm_job_get_avg_processing_ms    (TsmJob *self);
double       tsm_job_get_duration             (TsmJob *self); /* s, of a completed run */
gint64       tsm_job_get_estimated_completion (TsmJob *self); /* µs since the epoch or TSM_TIME_NONE */
gint64       tsm_job_get_last_event           (TsmJob *self); /* monotonic µs */
gint64       tsm_job_get_ended_at             (TsmJob *self); /* µs since the epoch or TSM_TIME_NONE */

#define TSM_JOB_LIST_MAX 200 /* completed runs go first, then the longest silent; dropped ones are not kept */

/* A GListModel of TsmJob: running first, then newest first. */
#define TSM_TYPE_JOB_LIST (tsm_job_list_get_type ())
G_DECLARE_FINAL_TYPE (TsmJobList, tsm_job_list, TSM, JOB_LIST, GObject)

TsmJobList  *tsm_job_list_new    (void);
void         tsm_job_list_ingest (TsmJobList *self,
                                  TsmEvent   *event); /* JOB events; others are ignored */
void         tsm_job_list_flush  (TsmJobList *self);

G_END_DECLS
