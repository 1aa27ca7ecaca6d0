/* TsmMonitor: joins the connection to the decoder and the models. Runs without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     connection ─queue─▸ slice (≤ 4 ms) ─decoder─▸ event ─▸ log, sources, alerts, jobs, action, diagnosis
 *                                                              └─ flush ≤ 10 times a second ─▸ "updated"
 */

#pragma once

#include "diagnosis/tsm-diagnosis.h"
#include "models/tsm-action.h"
#include "models/tsm-alert-book.h"
#include "models/tsm-event-log.h"
#include "models/tsm-job.h"
#include "models/tsm-source-list.h"
#include "monitor/tsm-flow.h"
#include "redis/tsm-connection.h"

G_BEGIN_DECLS

/* Where the monitor takes its time from; NULL members mean the system's clocks. */
typedef struct
{
  gint64 (*monotonic) (gpointer user_data);
  gint64 (*real)      (gpointer user_data);
  gpointer user_data;
} TsmClock;

#define TSM_TYPE_MONITOR (tsm_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TsmMonitor, tsm_monitor, TSM, MONITOR, GObject)

/* Signal "updated" (): after each flush of the models, at most 10 times a second.
 * Signal "tick" (): once a second, for ages and liveness.
 * Signal "action-done" (TsmAction): it was delivered, unheard or failed. */

TsmMonitor          *tsm_monitor_new             (TsmProfile      *profile,
                                                  const TsmClock  *clock);
void                 tsm_monitor_start           (TsmMonitor      *self);
void                 tsm_monitor_stop            (TsmMonitor      *self);

/* Decodes one message and applies it at once, as a slice does; for replays and tests. */
void                 tsm_monitor_ingest          (TsmMonitor      *self,
                                                  GBytes          *payload,
                                                  const char      *channel,
                                                  gint64           received,
                                                  gint64           received_monotonic);
void                 tsm_monitor_flush           (TsmMonitor      *self);

TsmConnection       *tsm_monitor_get_connection  (TsmMonitor      *self);
TsmSourceList       *tsm_monitor_get_sources     (TsmMonitor      *self);
TsmAlertBook        *tsm_monitor_get_alerts      (TsmMonitor      *self);
TsmJobList          *tsm_monitor_get_jobs        (TsmMonitor      *self);
TsmEventLog         *tsm_monitor_get_log         (TsmMonitor      *self);
TsmDiagnosis        *tsm_monitor_get_diagnosis   (TsmMonitor      *self); /* (transfer none) */
void                 tsm_monitor_get_stats       (TsmMonitor      *self,
                                                  TsmMonitorStats *stats);
void                 tsm_monitor_get_flow        (TsmMonitor      *self,
                                                  TsmFlow         *flow);
gint64               tsm_monitor_now             (TsmMonitor      *self); /* monotonic µs */
gint64               tsm_monitor_now_real        (TsmMonitor      *self); /* µs since the epoch */

/* The source that stands for all on a page that can show only one: the first that sent metrics (or, while
 * none does, its health), replaced only once it has been Inactive for five minutes while another is Active. (transfer none) (nullable) */
TsmSource           *tsm_monitor_get_lead_source (TsmMonitor      *self);

const char          *tsm_monitor_get_refusal     (TsmMonitor      *self); /* why nothing can be sent, translated; NULL where it can */
/* Publishes a command; returns at once. (transfer none): valid until the next of the same kind; ref it to keep it. */
TsmAction           *tsm_monitor_send            (TsmMonitor      *self,
                                                  TsmCommandId     command,
                                                  const char      *component_type,
                                                  const char      *component_name);
/* The book changes at once; the command's fate is added to the alert's timeline. */
void                 tsm_monitor_acknowledge     (TsmMonitor      *self,
                                                  TsmAlert        *alert,
                                                  const char      *note);
void                 tsm_monitor_resolve         (TsmMonitor      *self,
                                                  TsmAlert        *alert,
                                                  const char      *note);
TsmAction           *tsm_monitor_get_last_action (TsmMonitor      *self,
                                                  TsmCommandId     command); /* (transfer none) (nullable) */
gint64               tsm_monitor_get_control_receivers (TsmMonitor *self); /* by PUBSUB NUMSUB every 10 s; -1 unknown */

G_END_DECLS
