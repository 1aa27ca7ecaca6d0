/* TsmMonitor: joins the connection to the decoder and the models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "monitor/tsm-monitor-private.h"

/* Numerically above the frame clock (GDK_PRIORITY_REDRAW is 120) and above the sockets (130): frames first, then draining
 * the socket before Redis drops us, then decoding. */
#define DECODE_PRIORITY    140
#define SLICE_US           (4 * 1000)
#define FLUSH_INTERVAL_US  (100 * 1000)
#define FLUSH_TOLERANCE_US FLUSH_INTERVAL_US

#define RECEIVERS_POLL_SECONDS 10
#define LEAD_GIVE_UP_US        (5 * 60 * G_USEC_PER_SEC)

enum
{
  SIGNAL_UPDATED,
  SIGNAL_TICK,
  SIGNAL_ACTION_DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmMonitor, tsm_monitor, G_TYPE_OBJECT)

static gint64
system_monotonic (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static gint64
system_real (gpointer user_data)
{
  return g_get_real_time ();
}

/**
 * tsm_monitor_now:
 * @self: a monitor
 *
 * Returns: monotonic µs by the monitor's clock
 */
gint64
tsm_monitor_now (TsmMonitor *self)
{
  return self->clock.monotonic (self->clock.user_data);
}

/**
 * tsm_monitor_now_real:
 * @self: a monitor
 *
 * Returns: µs since the epoch by the monitor's clock
 */
gint64
tsm_monitor_now_real (TsmMonitor *self)
{
  return self->clock.real (self->clock.user_data);
}

/**
 * tsm_monitor_flush:
 * @self: a monitor
 *
 * Lets the models tell their watchers what changed, then emits "updated".
 */
void
tsm_monitor_flush (TsmMonitor *self)
{
  g_return_if_fail (TSM_IS_MONITOR (self));

  g_clear_handle_id (&self->flush_id, g_source_remove);
  self->flush_due = MAX (self->flush_due, tsm_monitor_now (self)) + FLUSH_INTERVAL_US;
  tsm_source_list_flush (self->sources);
  tsm_alert_book_flush (self->alerts);
  tsm_job_list_flush (self->jobs);
  tsm_event_log_flush (self->log);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static gboolean
flush_cb (gpointer user_data)
{
  g_autoptr(TsmMonitor) self = g_object_ref (user_data);

  self->flush_id = 0;
  tsm_monitor_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * tsm_monitor_request_flush:
 * @self: a monitor
 *
 * Flushes at once where that keeps to ten a second over time, else as soon as it does. Two may follow on each other: were each
 * counted from the last, events that come ten times a second would be a little later each time, up to a whole interval.
 */
void
tsm_monitor_request_flush (TsmMonitor *self)
{
  gint64 wait = self->flush_due - FLUSH_TOLERANCE_US - tsm_monitor_now (self);

  if (wait <= 0)
    tsm_monitor_flush (self);
  else if (self->flush_id == 0)
    self->flush_id = g_timeout_add_full (DECODE_PRIORITY, (guint) (wait / 1000) + 1, flush_cb, self, NULL);
}

static void
apply_event (TsmMonitor *self,
             TsmEvent   *event)
{
  tsm_stats_count (&self->stats, event);
  tsm_diagnosis_ingest (self->diagnosis, event);
  tsm_event_log_append (self->log, event);
  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    return;

  tsm_source_list_ingest (self->sources, event);
  tsm_alert_book_ingest (self->alerts, event);
  tsm_job_list_ingest (self->jobs, event);
  tsm_commander_observe (self->commander, event);
}

/**
 * tsm_monitor_ingest:
 * @self: a monitor
 * @payload: the message
 * @channel: where it was published
 * @received: µs since the epoch
 * @received_monotonic: µs
 *
 * Decodes one message and applies it to the models. Their watchers hear of it at the next tsm_monitor_flush().
 */
void
tsm_monitor_ingest (TsmMonitor *self,
                    GBytes     *payload,
                    const char *channel,
                    gint64      received,
                    gint64      received_monotonic)
{
  g_autoptr(TsmEvent) event = tsm_decoder_decode (self->decoder, payload, channel, received, received_monotonic);

  apply_event (self, event);
}

static gboolean
slice_cb (gpointer user_data)
{
  g_autoptr(TsmMonitor) self = g_object_ref (user_data); /* a handler of "updated" may drop the last reference */
  gint64 end = g_get_monotonic_time () + SLICE_US;
  TsmMessage *message = NULL;

  while ((message = tsm_connection_pop (self->connection)) != NULL)
    {
      tsm_monitor_ingest (self, message->payload, message->channel, message->received, message->received_monotonic);
      tsm_message_unref (message);
      if (g_get_monotonic_time () >= end)
        break;
    }

  if (message == NULL)
    self->slice_id = 0;
  tsm_monitor_request_flush (self);
  return message != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
queued_cb (TsmMonitor *self)
{
  if (self->slice_id == 0)
    self->slice_id = g_idle_add_full (DECODE_PRIORITY, slice_cb, self, NULL);
}

static void
update_diagnosis (TsmMonitor *self)
{
  tsm_diagnosis_set_control (self->diagnosis, tsm_monitor_get_control_receivers (self),
                             tsm_commander_get_denial (self->commander));
  tsm_diagnosis_update (self->diagnosis, tsm_monitor_now (self), tsm_monitor_now_real (self));
}

static void
state_changed_cb (TsmMonitor *self)
{
  gboolean ready = tsm_connection_get_subscriber_state (self->connection) == TSM_LINK_READY;

  if (self->was_ready && !ready)
    tsm_source_list_mark_gap (self->sources, tsm_monitor_now (self));
  if (ready && !self->was_ready)
    tsm_commander_poll_receivers (self->commander);
  self->was_ready = ready;
  update_diagnosis (self);
  tsm_monitor_request_flush (self);
}

static gboolean
lead_is_lost (TsmMonitor *self)
{
  return tsm_source_get_liveness (self->lead) == TSM_LIVENESS_INACTIVE
         && tsm_monitor_now (self) - tsm_source_get_last_event (self->lead) > LEAD_GIVE_UP_US;
}

/* 2 for a source that sends metrics, 1 for one that tells its health only, 0 for others. */
static int
fitness (TsmSource *source)
{
  return tsm_source_get_last_metrics (source) != 0 ? 2 : tsm_source_get_last_health (source) != 0 ? 1 : 0;
}

/* The first of the fittest; a lost one gives way only to an active one, so that silence is seen. */
static void
choose_lead (TsmMonitor *self)
{
  GListModel *sources = G_LIST_MODEL (self->sources);
  guint n = g_list_model_get_n_items (sources);
  int best = self->lead == NULL || lead_is_lost (self) ? 0 : fitness (self->lead);

  for (guint i = 0; i < n && best < 2; i++)
    {
      g_autoptr(TsmSource) source = g_list_model_get_item (sources, i);

      if (fitness (source) <= best || tsm_source_get_liveness (source) != TSM_LIVENESS_ACTIVE)
        continue;
      best = fitness (source);
      g_set_object (&self->lead, source);
    }
}

/**
 * tsm_monitor_get_lead_source:
 * @self: a monitor
 *
 * The source that stands for all where only one can be shown: the first that sent metrics, replaced only once it has been
 * Inactive for five minutes while another is Active.
 *
 * Returns: (transfer none) (nullable):
 */
TsmSource *
tsm_monitor_get_lead_source (TsmMonitor *self)
{
  g_return_val_if_fail (TSM_IS_MONITOR (self), NULL);

  choose_lead (self);
  return self->lead;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr(TsmMonitor) self = g_object_ref (user_data);
  gint64 now = tsm_monitor_now (self);

  tsm_source_list_update_liveness (self->sources, now);
  tsm_commander_tick (self->commander, now);
  if (self->n_ticks++ % RECEIVERS_POLL_SECONDS == 0
      && tsm_connection_get_command_state (self->connection) == TSM_LINK_READY)
    tsm_commander_poll_receivers (self->commander);
  update_diagnosis (self);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  return G_SOURCE_CONTINUE;
}

/**
 * tsm_monitor_start:
 * @self: a monitor
 *
 * Connects, and stays connected until tsm_monitor_stop().
 */
void
tsm_monitor_start (TsmMonitor *self)
{
  g_return_if_fail (TSM_IS_MONITOR (self));

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  tsm_connection_start (self->connection);
}

/**
 * tsm_monitor_stop:
 * @self: a monitor
 *
 * Disconnects. What was received stays in the models.
 */
void
tsm_monitor_stop (TsmMonitor *self)
{
  g_return_if_fail (TSM_IS_MONITOR (self));

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->slice_id, g_source_remove);
  g_clear_handle_id (&self->flush_id, g_source_remove);
  tsm_connection_stop (self->connection);
  tsm_diagnosis_cancel (self->diagnosis);
}

static void
tsm_monitor_dispose (GObject *object)
{
  TsmMonitor *self = TSM_MONITOR (object);

  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      tsm_monitor_stop (self);
    }
  g_clear_object (&self->diagnosis);
  g_clear_pointer (&self->commander, tsm_commander_free);
  g_clear_object (&self->connection);
  g_clear_object (&self->lead);

  G_OBJECT_CLASS (tsm_monitor_parent_class)->dispose (object);
}

static void
tsm_monitor_finalize (GObject *object)
{
  TsmMonitor *self = TSM_MONITOR (object);

  g_clear_object (&self->sources);
  g_clear_object (&self->alerts);
  g_clear_object (&self->jobs);
  g_clear_object (&self->log);
  g_clear_pointer (&self->decoder, tsm_decoder_free);

  G_OBJECT_CLASS (tsm_monitor_parent_class)->finalize (object);
}

static guint
add_signal (const char *name,
            guint       n_params,
            GType       param)
{
  return g_signal_new (name, TSM_TYPE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, param);
}

static void
tsm_monitor_class_init (TsmMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_monitor_dispose;
  object_class->finalize = tsm_monitor_finalize;

  signals[SIGNAL_UPDATED] = add_signal ("updated", 0, G_TYPE_NONE);
  signals[SIGNAL_TICK] = add_signal ("tick", 0, G_TYPE_NONE);
  signals[SIGNAL_ACTION_DONE] = add_signal ("action-done", 1, TSM_TYPE_ACTION);
}

static void
tsm_monitor_init (TsmMonitor *self)
{
  self->decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self->sources = tsm_source_list_new ();
  self->alerts = tsm_alert_book_new ();
  self->jobs = tsm_job_list_new ();
  self->log = tsm_event_log_new (TSM_EVENT_LOG_CAPACITY);
}

/**
 * tsm_monitor_new:
 * @profile: the server, and the channels to listen to
 * @clock: (nullable): where to take the time from; NULL for the system's clocks
 *
 * Returns: (transfer full): a monitor that is not started yet
 */
TsmMonitor *
tsm_monitor_new (TsmProfile     *profile,
                 const TsmClock *clock)
{
  TsmMonitor *self;

  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  self = g_object_new (TSM_TYPE_MONITOR, NULL);
  if (clock != NULL)
    self->clock = *clock;
  if (self->clock.monotonic == NULL)
    self->clock.monotonic = system_monotonic;
  if (self->clock.real == NULL)
    self->clock.real = system_real;

  self->connection = tsm_connection_new (profile);
  self->diagnosis = tsm_diagnosis_new (self->connection);
  self->commander = tsm_commander_new (self->connection, self->diagnosis, tsm_monitor_command_done, self);
  g_signal_connect_swapped (self->connection, "queued", G_CALLBACK (queued_cb), self);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (state_changed_cb), self);
  return self;
}
