/* What can be asked of a connection: states, errors, times, channels and the queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-connection-inside.h"

static const char * const state_names[] = {
  [TSM_LINK_IDLE] = "idle",
  [TSM_LINK_WAITING] = "waiting",
  [TSM_LINK_RESOLVING] = "resolving",
  [TSM_LINK_CONNECTING] = "connecting",
  [TSM_LINK_SECURING] = "securing",
  [TSM_LINK_AUTHENTICATING] = "authenticating",
  [TSM_LINK_SUBSCRIBING] = "subscribing",
  [TSM_LINK_READY] = "ready",
};

/**
 * tsm_link_state_get_name:
 * @state: a state
 *
 * Returns: its name, in lower case and not translated
 */
const char *
tsm_link_state_get_name (TsmLinkState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

static const TsmLinkStatus *
get_subscriber_status (TsmConnection *self)
{
  return tsm_link_get_status (tsm_subscriber_get_link (self->subscriber));
}

static const TsmLinkStatus *
get_command_status (TsmConnection *self)
{
  return tsm_link_get_status (tsm_command_link_get_link (self->command_link));
}

/**
 * tsm_connection_get_profile:
 * @self: a connection
 *
 * Returns: (transfer none): the profile it was made for
 */
TsmProfile *
tsm_connection_get_profile (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->profile;
}

/**
 * tsm_connection_get_subscriber_state:
 * @self: a connection
 *
 * Returns: where the link that listens is; SUBSCRIBING for as long as the server refuses every channel
 */
TsmLinkState
tsm_connection_get_subscriber_state (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), TSM_LINK_IDLE);

  return get_subscriber_status (self)->state;
}

/**
 * tsm_connection_get_command_state:
 * @self: a connection
 *
 * Returns: where the link that commands is
 */
TsmLinkState
tsm_connection_get_command_state (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), TSM_LINK_IDLE);

  return get_command_status (self)->state;
}

/**
 * tsm_connection_get_error:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): a #TsmLinkError: why the subscriber link is not READY, else why the command link
 *   is not. It never holds the password.
 */
const GError *
tsm_connection_get_error (TsmConnection *self)
{
  const GError *error;

  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  error = get_subscriber_status (self)->error;
  return error != NULL ? error : get_command_status (self)->error;
}

/**
 * tsm_connection_get_last_error:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the last value of tsm_connection_get_error() that was not %NULL
 */
const GError *
tsm_connection_get_last_error (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->last_error;
}

/**
 * tsm_connection_get_next_attempt:
 * @self: a connection
 *
 * Returns: monotonic µs at which the subscriber link, else the command link, is tried again; 0 unless one is WAITING
 */
gint64
tsm_connection_get_next_attempt (TsmConnection *self)
{
  gint64 next;

  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  next = get_subscriber_status (self)->next_attempt;
  return next != 0 ? next : get_command_status (self)->next_attempt;
}

/**
 * tsm_connection_get_ready_since:
 * @self: a connection
 *
 * Returns: monotonic µs since which the subscriber link is READY; 0 when it is not
 */
gint64
tsm_connection_get_ready_since (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return get_subscriber_status (self)->ready_since;
}

/**
 * tsm_connection_get_n_attempts:
 * @self: a connection
 *
 * Returns: attempts of the subscriber link since it was last READY
 */
guint
tsm_connection_get_n_attempts (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return get_subscriber_status (self)->n_attempts;
}

/**
 * tsm_connection_get_n_disconnects:
 * @self: a connection
 *
 * Returns: how often a READY link was lost, of either kind
 */
guint
tsm_connection_get_n_disconnects (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return get_subscriber_status (self)->n_disconnects + get_command_status (self)->n_disconnects;
}

/**
 * tsm_connection_get_server_info:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): what the server last said of itself; %NULL before the first connection
 */
const TsmServerInfo *
tsm_connection_get_server_info (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->server_info;
}

/**
 * tsm_connection_is_on_replica:
 * @self: a connection
 *
 * What is published on a primary reaches its replicas, but not the other way round: on a replica we hear the engine, and the
 * engine does not hear us.
 *
 * Returns: whether the server last said that it is a replica
 */
gboolean
tsm_connection_is_on_replica (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), FALSE);

  return self->server_info != NULL && g_strcmp0 (self->server_info->role, "slave") == 0;
}

/**
 * tsm_connection_get_certificate:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the certificate that the server showed to the link that listens, else to the link that
 *   commands, accepted or not; %NULL without TLS, and before the first handshake
 */
const TsmCertificate *
tsm_connection_get_certificate (TsmConnection *self)
{
  const TsmCertificate *certificate;

  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  certificate = tsm_link_get_report (tsm_subscriber_get_link (self->subscriber))->tls.certificate;
  return certificate != NULL ? certificate
                             : tsm_link_get_report (tsm_command_link_get_link (self->command_link))->tls.certificate;
}

/**
 * tsm_connection_get_primary:
 * @self: a connection
 *
 * Returns: (nullable): `host:port` of the primary that the sentinels named last; %NULL where none are asked
 */
const char *
tsm_connection_get_primary (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->primary;
}

/**
 * tsm_connection_get_move:
 * @self: a connection
 *
 * Returns: (nullable): a sentence about the last fail-over that was followed, translated
 */
const char *
tsm_connection_get_move (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->move;
}

/**
 * tsm_connection_get_n_moves:
 * @self: a connection
 *
 * Returns: how often the sentinels have named another primary, and the connection went there, since it was made
 */
guint
tsm_connection_get_n_moves (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return self->n_moves;
}

/**
 * tsm_connection_get_n_channels:
 * @self: a connection
 *
 * Returns: the number of channels that the profile had when the connection was started
 */
guint
tsm_connection_get_n_channels (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return tsm_subscriber_get_channels (self->subscriber)->len;
}

/**
 * tsm_connection_get_channel:
 * @self: a connection
 * @index: from 0, below tsm_connection_get_n_channels()
 * @state: (out caller-allocates): how the channel is; the name is valid until the connection is started again
 *
 * Gets one channel.
 */
void
tsm_connection_get_channel (TsmConnection   *self,
                            guint            index,
                            TsmChannelState *state)
{
  const TsmChannel *channel;

  g_return_if_fail (TSM_IS_CONNECTION (self));
  g_return_if_fail (index < tsm_connection_get_n_channels (self));
  g_return_if_fail (state != NULL);

  channel = g_ptr_array_index (tsm_subscriber_get_channels (self->subscriber), index);
  state->name = channel->name;
  state->is_pattern = channel->is_pattern;
  state->acknowledged = channel->acknowledged;
  state->refused = channel->refusal != NULL;
  state->messages = channel->messages;
  state->last_received_monotonic = channel->last_received;
}

/**
 * tsm_connection_get_round_trip:
 * @self: a connection
 *
 * Returns: µs that the last probe took through the server, -1 for none yet
 */
gint64
tsm_connection_get_round_trip (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), -1);

  return self->probe != NULL ? tsm_probe_get_round_trip (self->probe) : -1;
}

/**
 * tsm_connection_get_probe_error:
 * @self: a connection
 *
 * Returns: (nullable): why no probe can be sent, with the server's words; then only the keep-alive of TCP watches the link
 */
const char *
tsm_connection_get_probe_error (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return self->probe != NULL ? tsm_probe_get_error (self->probe) : NULL;
}

/**
 * tsm_connection_get_silent_since:
 * @self: a connection
 *
 * Returns: monotonic µs since which a probe is awaited and the server has sent no byte; 0 where no probe is awaited. After the
 *   limit for that, the link is given up with %TSM_LINK_ERROR_HALF_OPEN.
 */
gint64
tsm_connection_get_silent_since (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return self->probe != NULL ? tsm_probe_get_silent_since (self->probe) : 0;
}

/**
 * tsm_connection_probe:
 * @self: a connection
 *
 * Sends a probe now, if both links are READY.
 */
void
tsm_connection_probe (TsmConnection *self)
{
  g_return_if_fail (TSM_IS_CONNECTION (self));

  if (self->probe != NULL)
    tsm_probe_send (self->probe);
}

/**
 * tsm_connection_pop:
 * @self: a connection
 *
 * Returns: (transfer full) (nullable): the oldest message; %NULL when the queue is empty
 */
TsmMessage *
tsm_connection_pop (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), NULL);

  return tsm_subscriber_pop (self->subscriber);
}

/**
 * tsm_connection_get_queue_length:
 * @self: a connection
 *
 * Returns: the number of messages in the queue
 */
guint
tsm_connection_get_queue_length (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return tsm_subscriber_get_length (self->subscriber);
}

/**
 * tsm_connection_get_queue_bytes:
 * @self: a connection
 *
 * Returns: the bytes in the queue: the payloads, and 128 bytes for each message
 */
gsize
tsm_connection_get_queue_bytes (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return tsm_subscriber_get_bytes (self->subscriber);
}

/**
 * tsm_connection_set_queue_limit:
 * @self: a connection
 * @bytes: the limit; 256 MiB where it is not set
 *
 * Sets how much may wait before the server is no longer read. Up to 8 MiB of it are messages, counted as by
 * tsm_connection_get_queue_bytes(), and parsing goes on when three quarters of those are left; the rest are bytes.
 */
void
tsm_connection_set_queue_limit (TsmConnection *self,
                                gsize          bytes)
{
  g_return_if_fail (TSM_IS_CONNECTION (self));

  tsm_subscriber_set_limit (self->subscriber, bytes);
}

/**
 * tsm_connection_is_paused:
 * @self: a connection
 *
 * Returns: %TRUE while the server is not read, because all that may wait does
 */
gboolean
tsm_connection_is_paused (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), FALSE);

  return tsm_subscriber_is_paused (self->subscriber);
}

/**
 * tsm_connection_get_n_received:
 * @self: a connection
 *
 * Returns: the number of messages since the connection was made, without probes
 */
guint64
tsm_connection_get_n_received (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return tsm_subscriber_get_n_received (self->subscriber);
}

/**
 * tsm_connection_get_n_published:
 * @self: a connection
 *
 * Returns: the number of messages that were given to tsm_connection_publish_async() since the connection was made
 */
guint64
tsm_connection_get_n_published (TsmConnection *self)
{
  g_return_val_if_fail (TSM_IS_CONNECTION (self), 0);

  return self->n_published;
}
