/* Counting messages by what became of them, and the rate at which they come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "monitor/tsm-stats.h"

#define N_BUCKETS (TSM_STATS_RATE_SECONDS + 1)

static void
count_rejection (TsmMonitorStats *self,
                 TsmEvent        *event)
{
  guint n = tsm_event_get_n_findings (event);

  self->rejected++;
  self->last_rejected = tsm_event_get_received_monotonic (event);

  for (guint i = 0; i < n; i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      if (tsm_finding_code_get_class (finding->code) == TSM_FINDING_REJECT)
        self->rejected_by[finding->code]++;
    }
}

static void
count_arrival (TsmMonitorStats *self,
               gint64           time)
{
  gint64 second = time / G_USEC_PER_SEC;
  guint i = second % N_BUCKETS;

  if (self->bucket_second[i] != second)
    {
      self->bucket_second[i] = second;
      self->buckets[i] = 0;
    }
  self->buckets[i]++;
}

/**
 * tsm_stats_count:
 * @self: the counts
 * @event: an event as it was decoded, rejected ones too
 *
 * Counts one message. `received` is not touched: it counts what the connection took in, decoded or not.
 */
void
tsm_stats_count (TsmMonitorStats *self,
                 TsmEvent        *event)
{
  gint64 time = tsm_event_get_received_monotonic (event);

  count_arrival (self, time);
  self->last_received = time;
  if (self->first_received == 0)
    self->first_received = time;

  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    {
      count_rejection (self, event);
      return;
    }

  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_REPAIRED)
    self->repaired++;
  else
    self->decoded++;
  self->by_type[tsm_event_get_event_type (event)]++;
  self->last_event = time;
}

/**
 * tsm_stats_get_rate:
 * @self: the counts
 * @now_monotonic: µs
 *
 * Returns: messages per second over the last ten whole seconds, or over the time since the first message where that is
 *   shorter (at least one second)
 */
double
tsm_stats_get_rate (const TsmMonitorStats *self,
                    gint64                 now_monotonic)
{
  gint64 second = now_monotonic / G_USEC_PER_SEC;
  gint64 span = CLAMP (second - self->first_received / G_USEC_PER_SEC, 1, TSM_STATS_RATE_SECONDS);
  guint64 n = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      gint64 age = second - self->bucket_second[i];

      if (age >= 1 && age <= TSM_STATS_RATE_SECONDS)
        n += self->buckets[i];
    }

  return (double) n / (double) span;
}
