/* What the monitor can tell: its parts, its counts, and the state of the event path.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "monitor/tsm-monitor-private.h"

/**
 * tsm_monitor_get_stats:
 * @self: a monitor
 * @stats: (out): what became of every message
 */
void
tsm_monitor_get_stats (TsmMonitor      *self,
                       TsmMonitorStats *stats)
{
  g_return_if_fail (TSM_IS_MONITOR (self) && stats != NULL);

  *stats = self->stats;
  stats->received = MAX (tsm_connection_get_n_received (self->connection),
                         stats->decoded + stats->repaired + stats->rejected);
}

/* The channel to name: the first that the server has not acknowledged, else the first. */
static const char *
count_channels (TsmMonitor   *self,
                TsmFlowFacts *facts)
{
  const char *unacknowledged = NULL;
  TsmChannelState channel = { .name = "" };

  facts->n_channels = tsm_connection_get_n_channels (self->connection);
  for (guint i = facts->n_channels; i-- > 0;)
    {
      tsm_connection_get_channel (self->connection, i, &channel);
      if (channel.acknowledged)
        facts->n_acknowledged++;
      else
        unacknowledged = channel.name;
    }
  return unacknowledged != NULL ? unacknowledged : channel.name;
}

/**
 * tsm_monitor_get_flow:
 * @self: a monitor
 * @flow: (out): to be freed with tsm_flow_clear()
 *
 * Judges each step of the event path as it stands now.
 */
void
tsm_monitor_get_flow (TsmMonitor *self,
                      TsmFlow    *flow)
{
  TsmMonitorStats stats;
  g_autofree char *address = NULL;
  const GError *error;
  TsmFlowFacts facts = { 0, };

  g_return_if_fail (TSM_IS_MONITOR (self) && flow != NULL);

  tsm_monitor_get_stats (self, &stats);
  address = tsm_profile_dup_display_url (tsm_connection_get_profile (self->connection));
  error = tsm_connection_get_error (self->connection);

  facts.now = tsm_monitor_now (self);
  facts.subscriber = tsm_connection_get_subscriber_state (self->connection);
  facts.command = tsm_connection_get_command_state (self->connection);
  facts.error = error != NULL ? error->message : NULL;
  facts.next_attempt = tsm_connection_get_next_attempt (self->connection);
  facts.ready_since = tsm_connection_get_ready_since (self->connection);
  facts.round_trip = tsm_connection_get_round_trip (self->connection);
  facts.probe_error = tsm_connection_get_probe_error (self->connection);
  facts.on_replica = tsm_connection_is_on_replica (self->connection);
  facts.server = tsm_connection_get_server_info (self->connection);
  facts.address = address;
  facts.channel = count_channels (self, &facts);
  facts.n_sources = g_list_model_get_n_items (G_LIST_MODEL (self->sources));
  facts.n_active = tsm_source_list_count (self->sources, TSM_LIVENESS_ACTIVE);
  facts.silent_after = tsm_diagnosis_get_patience (self->diagnosis);
  facts.queued = tsm_connection_get_queue_length (self->connection);
  facts.paused = tsm_connection_is_paused (self->connection);
  facts.stats = &stats;

  tsm_flow_judge (flow, &facts);
  tsm_flow_adopt (flow, tsm_diagnosis_get_ladder (self->diagnosis));
}

TsmConnection *
tsm_monitor_get_connection (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->connection;
}

TsmDiagnosis *
tsm_monitor_get_diagnosis (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->diagnosis;
}

TsmSourceList *
tsm_monitor_get_sources (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->sources;
}

TsmAlertBook *
tsm_monitor_get_alerts (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->alerts;
}

TsmJobList *
tsm_monitor_get_jobs (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->jobs;
}

TsmEventLog *
tsm_monitor_get_log (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  return self->log;
}
