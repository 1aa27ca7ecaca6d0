/* TsmFlow: the state of each step of the event path, as the flow strip shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-ladder.h"
#include "monitor/tsm-stats.h"
#include "redis/tsm-connection.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_FLOW_REDIS,
  TSM_FLOW_CHANNEL,
  TSM_FLOW_PUBLISHER,
  TSM_FLOW_EVENTS,
  TSM_FLOW_DECODE,
  TSM_N_FLOW_STEPS
} TsmFlowStepId;

/**
 * TsmFlowState:
 * @TSM_FLOW_STATE_UNKNOWN: not reached, or not known yet
 * @TSM_FLOW_STATE_BUSY: under way
 */
typedef enum
{
  TSM_FLOW_STATE_UNKNOWN,
  TSM_FLOW_STATE_BUSY,
  TSM_FLOW_STATE_PASS,
  TSM_FLOW_STATE_WARN,
  TSM_FLOW_STATE_FAIL,
} TsmFlowState;

/**
 * TsmFlowStep:
 * @text: translated, short: "0.4 ms", "acknowledged", "0.5/s, last 2 s ago"
 * @detail: translated sentences with the evidence and what to do, plain text
 */
typedef struct
{
  TsmFlowState  state;
  char         *text;
  char         *detail;
} TsmFlowStep;

typedef struct
{
  TsmFlowStep steps[TSM_N_FLOW_STEPS];
} TsmFlow;

/**
 * TsmFlowFacts:
 *
 * What the steps are judged by. Times are monotonic µs.
 * @n_acknowledged: of @n_channels, those that the server confirmed
 * @channel: (nullable): the channel to name, the first that is not acknowledged or else the first
 * @silent_after: µs without a message after which the publisher counts as silent
 */
typedef struct
{
  gint64                 now;
  TsmLinkState           subscriber;
  TsmLinkState           command;
  const char            *error;
  gint64                 next_attempt;
  gint64                 ready_since;
  gint64                 round_trip;
  const char            *probe_error;
  gboolean               on_replica;
  const TsmServerInfo   *server;
  const char            *address;
  guint                  n_channels;
  guint                  n_acknowledged;
  const char            *channel;
  guint                  n_sources;
  guint                  n_active;
  gint64                 silent_after;
  guint                  queued;
  gboolean               paused;
  const TsmMonitorStats *stats;
} TsmFlowFacts;

void        tsm_flow_judge          (TsmFlow            *self,
                                     const TsmFlowFacts *facts);
void        tsm_flow_adopt          (TsmFlow            *self,
                                     const TsmLadder    *ladder); /* faults that the ladder has found */
TsmFlowStepId tsm_flow_find_step    (const TsmRung      *rung); /* that stands for it; TSM_N_FLOW_STEPS for none */
const char *tsm_flow_step_get_label (TsmFlowStepId id); /* translated: "Redis" */
void        tsm_flow_clear          (TsmFlow *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmFlow, tsm_flow_clear)

G_END_DECLS
