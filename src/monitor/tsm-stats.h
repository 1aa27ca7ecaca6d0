/* TsmMonitorStats: what became of every message that was received.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_STATS_RATE_SECONDS 10

/**
 * TsmMonitorStats:
 *
 * received = decoded + repaired + rejected + (still queued).
 * @rejected_by: by finding code, rejections only
 * @by_type: accepted events
 * @last_event: monotonic µs of the last accepted event, 0 for never
 * @last_rejected: monotonic µs of the last rejected message, 0 for never
 * @last_received: monotonic µs of the last message of any kind, 0 for never
 * @buckets: messages by second of arrival, a ring
 * @bucket_second: the monotonic second that each bucket counts
 */
typedef struct
{
  guint64 received;
  guint64 decoded;
  guint64 repaired;
  guint64 rejected;
  guint64 rejected_by[TSM_N_FINDING_CODES];
  guint64 by_type[TSM_N_EVENT_TYPES];
  gint64  first_received;
  gint64  last_event;
  gint64  last_rejected;
  gint64  last_received;
  guint   buckets[TSM_STATS_RATE_SECONDS + 1];
  gint64  bucket_second[TSM_STATS_RATE_SECONDS + 1];
} TsmMonitorStats;

void   tsm_stats_count    (TsmMonitorStats       *self,
                           TsmEvent              *event);
double tsm_stats_get_rate (const TsmMonitorStats *self,
                           gint64                 now_monotonic); /* messages per second over the last 10 whole seconds */

G_END_DECLS
