/* The encoder of simulated events: a payload struct in, one line of JSON in the wanted dialect out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event-data.h"

G_BEGIN_DECLS

/* What is written decodes, without a finding, to an equal payload: members that are NaN, NULL or not present are
 * left out, so it is for the caller to fill in what the dialect knows. Timestamps end in `Z` in dialects A and C, and
 * are naive UTC in B. In dialect C the body stands in `payload`. `source` NULL or "" is left out; so is a
 * `timestamp` (µs since the epoch) of TSM_TIME_NONE. All return one line of JSON, (transfer full). */

char *tsm_event_writer_metrics         (TsmDialect           dialect,
                                        const char          *source,
                                        gint64               timestamp,
                                        const TsmMetricData *data);
/* uses all but `actor`, `notes` and `error_code`; dialect B writes the level in lower case */
char *tsm_event_writer_alert_triggered (TsmDialect           dialect,
                                        const char          *source,
                                        gint64               timestamp,
                                        const TsmAlertData  *data);
/* uses `id`, `actor` and `notes` (written as `reason` in dialect B) */
char *tsm_event_writer_alert_resolved  (TsmDialect           dialect,
                                        const char          *source,
                                        gint64               timestamp,
                                        const TsmAlertData  *data);
/* dialect A writes `health{}`; B top-level members, and details such as "latency_ms 4" as numbers */
char *tsm_event_writer_health_check    (TsmDialect           dialect,
                                        const char          *source,
                                        gint64               timestamp,
                                        const TsmHealthData *data);
/* dialect B writes the status in lower case */
char *tsm_event_writer_system_status   (TsmDialect           dialect,
                                        const char          *source,
                                        gint64               timestamp,
                                        const TsmStatusData *data);
/* always dialect C: `<phase>_started`, `job_progress_update` or `<phase>_completed`, by `stage` */
char *tsm_event_writer_job             (const char          *source,
                                        gint64               timestamp,
                                        const TsmJobData    *data);
/* always dialect C: uses `severity`, `component`, `error_code`, `message`, and `details` as `context` */
char *tsm_event_writer_error           (const char          *source,
                                        gint64               timestamp,
                                        const TsmAlertData  *data);

G_END_DECLS
