/* TsmSimulator: publishes simulated traffic on a server at a steady rate, and answers the commands that arrive there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     tick ─▸ allowance ─▸ traffic ─▸ PUBLISH … in flight (bounded) … ─▸ reply ─▸ published
 *     control channel ─▸ queue ─▸ command ─▸ traffic ─▸ answers ─▸ PUBLISH
 */

#include "simulator/tsm-simulator.h"

#include "redis/tsm-connection-private.h"
#include "simulator/tsm-outlet.h"

#define TICK_MIN_MS     10
#define TICK_MAX_MS     250
#define SLICE_US        8000  /* one tick makes events for at most this long */
#define MAX_IN_FLIGHT   4096  /* beyond it we wait for replies: a slow server slows us down */
#define CATCH_UP        0.25  /* s: of what could not be sent in time, no more than this is made up for */
#define CLIENT_NAME     "tickstock-simulator"
#define PROBE_MS        (24 * 60 * 60 * 1000) /* an engine does not probe, and a silent one publishes nothing at all */
#define CONTROL_WAIT_US (2 * G_USEC_PER_SEC) /* how long the first event waits for the control channel */

struct _TsmSimulator
{
  GObject            parent_instance;

  TsmConnection     *connection;
  TsmOutlet         *outlet;
  TsmTraffic        *traffic;
  GCancellable      *cancellable;
  char              *channel;
  char              *errors_channel;
  const TsmSimFault *fault;      /* NULL for none */
  char              *fault_channel; /* where events go under the fault */
  char              *fault_errors_channel;
  gint64             fault_since; /* monotonic µs, 0 until the first event under it */
  gboolean           named;      /* the server knows the present link by our name */
  guint64            count;      /* 0 for ever */
  guint              tick_id;
  guint              drain_id;
  gint64             command_ready_since; /* monotonic µs, 0 for never */
  gboolean           flowing;
  gboolean           finished;
  gint64             last_tick;  /* monotonic µs */
  double             allowance;  /* events that may be sent now */
  guint              in_flight;
  TsmSimulatorStats  stats;
  char              *error;
};

G_DEFINE_FINAL_TYPE (TsmSimulator, tsm_simulator, G_TYPE_OBJECT)

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
finish_if_done (TsmSimulator *self)
{
  if (self->finished || self->count == 0 || self->stats.published < self->count)
    return;

  self->finished = TRUE;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
note_sent (TsmSimulator *self,
           gint64        receivers,
           const GError *error)
{
  self->in_flight--;
  if (receivers < 0)
    {
      self->stats.failed++;
      g_free (self->error);
      self->error = g_strdup (error->message);
      return;
    }

  self->stats.published++;
  self->stats.receptions += receivers;
  self->stats.max_receivers = MAX (self->stats.max_receivers, receivers);
  finish_if_done (self);
}

static void
published_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TsmSimulator) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 receivers = tsm_connection_publish_finish (TSM_CONNECTION (object), result, &error);

  note_sent (self, receivers, error);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TsmSimulator) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 receivers = tsm_outlet_send_finish (TSM_OUTLET (object), result, &error);

  note_sent (self, receivers, error);
}

static gboolean
may_publish (TsmSimulator *self)
{
  return self->in_flight < MAX_IN_FLIGHT && (self->count == 0 || self->stats.published + self->in_flight < self->count);
}

static void
send_event (TsmSimulator *self,
            const char   *channel,
            GBytes       *payload)
{
  TsmSimCommand command = self->fault != NULL ? self->fault->command : TSM_SIM_PUBLISH;

  self->in_flight++;
  if (command == TSM_SIM_PUBLISH)
    tsm_connection_publish_async (self->connection, channel, payload, self->cancellable, published_cb, g_object_ref (self));
  else
    tsm_outlet_send_async (self->outlet, command, channel, payload, self->cancellable, sent_cb, g_object_ref (self));
}

/* Takes the text. */
static void
publish (TsmSimulator   *self,
         TsmEngineEvent *event)
{
  g_autofree char *text = g_steal_pointer (&event->text);
  guint n_repeats = self->fault != NULL ? self->fault->n_repeats : 0;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GBytes) payload = NULL;

  if (self->fault_since == 0)
    self->fault_since = now;
  if (!tsm_sim_fault_keeps (self->fault, text, now - self->fault_since))
    return;

  payload = tsm_sim_fault_apply (self->fault, g_steal_pointer (&text));
  for (guint i = 0; i <= n_repeats; i++)
    send_event (self, event->is_error ? self->fault_errors_channel : self->fault_channel, payload);
}

/* What the publishers' clocks show: µs since the epoch. */
static gint64
get_time (TsmSimulator *self)
{
  return g_get_real_time () + (self->fault != NULL ? self->fault->time_shift : 0);
}

static void
publish_batch (TsmSimulator *self)
{
  gint64 end = g_get_monotonic_time () + SLICE_US;
  TsmEngineEvent event;

  while (self->allowance >= 1 && may_publish (self) && g_get_monotonic_time () < end)
    {
      tsm_traffic_next (self->traffic, get_time (self), &event);
      publish (self, &event);
      self->allowance -= 1;
    }
}

static void
publish_answers (TsmSimulator *self)
{
  TsmEngineEvent event;

  while (may_publish (self) && tsm_traffic_pop_answer (self->traffic, get_time (self), &event))
    publish (self, &event);
}

/* Whether both links are up. An engine that may not listen for commands still publishes, after a short wait. */
static gboolean
is_connected (TsmSimulator *self,
              gint64        now)
{
  if (tsm_connection_get_command_state (self->connection) != TSM_LINK_READY)
    {
      self->command_ready_since = 0;
      return FALSE;
    }

  if (self->command_ready_since == 0)
    self->command_ready_since = now;

  return self->flowing || tsm_connection_get_subscriber_state (self->connection) == TSM_LINK_READY ||
         now - self->command_ready_since > CONTROL_WAIT_US;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (TsmSimulator) self = g_object_ref (user_data);
  double rate = tsm_traffic_get_rate (self->traffic);
  gint64 now = g_get_monotonic_time ();
  gboolean connected = is_connected (self, now);

  if (connected && !self->flowing)
    self->allowance = tsm_traffic_get_n_sources (self->traffic); /* everybody says something at once */
  else if (connected)
    self->allowance = MIN (self->allowance + rate * (now - self->last_tick) / G_USEC_PER_SEC, MAX (self->allowance, 1 + rate * CATCH_UP));
  self->flowing = connected;
  self->last_tick = now;

  if (connected)
    {
      publish_answers (self);
      publish_batch (self);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
drain_cb (gpointer user_data)
{
  TsmSimulator *self = user_data;
  TsmMessage *message;

  self->drain_id = 0;
  while ((message = tsm_connection_pop (self->connection)) != NULL)
    {
      if (tsm_traffic_command (self->traffic, message->payload))
        self->stats.commands++;
      else
        self->stats.bad_commands++;
      tsm_message_unref (message);
      publish_answers (self);
    }

  return G_SOURCE_REMOVE;
}

static void
queued_cb (TsmSimulator *self)
{
  if (self->drain_id == 0)
    self->drain_id = g_idle_add_full (G_PRIORITY_DEFAULT, drain_cb, self, NULL);
}

/* Whoever asks the server for its clients shall find a publisher among them. */
static void
tell_name (TsmSimulator *self)
{
  static const char * const argv[] = { "CLIENT", "SETNAME", CLIENT_NAME, NULL };
  gboolean ready = tsm_connection_get_command_state (self->connection) == TSM_LINK_READY;

  if (ready && !self->named)
    tsm_connection_command_async (self->connection, argv, NULL, NULL, NULL);
  self->named = ready;
}

/* Looks again as soon as a link has become ready, not only at the next tick. */
static void
state_changed_cb (TsmSimulator *self)
{
  tell_name (self);
  if (self->tick_id != 0 && !self->flowing)
    tick_cb (self);
}

static void
tsm_simulator_dispose (GObject *object)
{
  TsmSimulator *self = TSM_SIMULATOR (object);

  tsm_simulator_stop (self);
  g_clear_object (&self->outlet);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (tsm_simulator_parent_class)->dispose (object);
}

static void
tsm_simulator_finalize (GObject *object)
{
  TsmSimulator *self = TSM_SIMULATOR (object);

  g_clear_pointer (&self->traffic, tsm_traffic_free);
  g_free (self->channel);
  g_free (self->errors_channel);
  g_free (self->fault_channel);
  g_free (self->fault_errors_channel);
  g_free (self->error);

  G_OBJECT_CLASS (tsm_simulator_parent_class)->finalize (object);
}

static void
tsm_simulator_class_init (TsmSimulatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_simulator_dispose;
  object_class->finalize = tsm_simulator_finalize;

  /**
   * TsmSimulator::finished:
   *
   * As many events as wanted have been published, and the server has answered for each.
   */
  signals[FINISHED] = g_signal_new ("finished", TSM_TYPE_SIMULATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_simulator_init (TsmSimulator *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * tsm_simulator_new:
 * @profile: the server; its channels are changed: the simulator listens on the control channel alone
 * @channel: (nullable): where the events go, the default channel where NULL
 * @count: how many events to publish, 0 for no end
 *
 * With the default channel, `error` events go to the errors channel as the engine sends them; with any other they go to
 * that one like the rest, so that whoever listens there gets all @count of them.
 */
TsmSimulator *
tsm_simulator_new (TsmProfile              *profile,
                   const char              *channel,
                   const TsmTrafficOptions *options,
                   guint64                  count)
{
  TsmSimulator *self = g_object_new (TSM_TYPE_SIMULATOR, NULL);
  TsmTiming timing = TSM_TIMING_DEFAULT;
  g_autofree char *control = NULL;
  const char *channels[2] = { NULL, NULL };

  self->channel = g_strdup (channel != NULL ? channel : TSM_PROFILE_DEFAULT_CHANNEL);
  self->errors_channel = g_str_equal (self->channel, TSM_PROFILE_DEFAULT_CHANNEL) ? g_strdup (TSM_PROFILE_ERRORS_CHANNEL)
                                                                                  : g_strdup (self->channel);
  control = g_strconcat (self->channel, ":control", NULL);
  channels[0] = control;
  tsm_profile_set_channels (profile, channels);

  self->traffic = tsm_traffic_new (options);
  self->count = count;
  self->connection = tsm_connection_new (profile);
  self->outlet = tsm_outlet_new (self->connection);
  timing.probe_ms = PROBE_MS;
  tsm_connection_set_timing (self->connection, &timing);
  tsm_simulator_set_fault (self, NULL);
  g_signal_connect_object (self->connection, "queued", G_CALLBACK (queued_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "state-changed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * tsm_simulator_start:
 *
 * Connects, and publishes as soon as the server can be reached.
 */
void
tsm_simulator_start (TsmSimulator *self)
{
  double interval;

  g_return_if_fail (TSM_IS_SIMULATOR (self));

  if (self->tick_id != 0)
    return;

  interval = CLAMP (1000 / tsm_traffic_get_rate (self->traffic), TICK_MIN_MS, TICK_MAX_MS);
  self->last_tick = g_get_monotonic_time ();
  self->tick_id = g_timeout_add ((guint) interval, tick_cb, self);
  tsm_connection_start (self->connection);
}

/**
 * tsm_simulator_stop:
 *
 * Publishes nothing more, and disconnects.
 */
void
tsm_simulator_stop (TsmSimulator *self)
{
  g_return_if_fail (TSM_IS_SIMULATOR (self));

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->drain_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->connection != NULL)
    tsm_connection_stop (self->connection);
}

/**
 * tsm_simulator_set_fault:
 * @fault: (nullable): a row of the table; NULL for none
 *
 * Publishes from now on as with @fault, also while it runs. The traffic goes on where it is. A fault that is set again
 * begins anew.
 */
void
tsm_simulator_set_fault (TsmSimulator      *self,
                         const TsmSimFault *fault)
{
  g_return_if_fail (TSM_IS_SIMULATOR (self));

  if (self->fault != NULL && self->fault->command == TSM_SIM_XADD)
    tsm_outlet_clear (self->outlet);

  self->fault = fault;
  self->fault_since = 0;
  g_free (self->fault_channel);
  g_free (self->fault_errors_channel);
  self->fault_channel = tsm_sim_fault_dup_channel (fault, self->channel);
  self->fault_errors_channel = tsm_sim_fault_dup_channel (fault, self->errors_channel);
}

TsmConnection *
tsm_simulator_get_connection (TsmSimulator *self)
{
  g_return_val_if_fail (TSM_IS_SIMULATOR (self), NULL);

  return self->connection;
}

void
tsm_simulator_get_stats (TsmSimulator      *self,
                         TsmSimulatorStats *stats)
{
  g_return_if_fail (TSM_IS_SIMULATOR (self));

  *stats = self->stats;
}

const char *
tsm_simulator_get_error (TsmSimulator *self)
{
  g_return_val_if_fail (TSM_IS_SIMULATOR (self), NULL);

  return self->error;
}
