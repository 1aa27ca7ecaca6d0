/* The fault table: every fault that the ladder tells apart, a row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-checks.h"
#include "diagnosis/tsm-fault.h"

#define PATH(rung, error) tsm_check_path, TSM_PATH_FAULT (TSM_RUNG_##rung, TSM_LINK_ERROR_##error)

static const TsmFault faults[] = {
  { "host-unknown", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (RESOLVE, HOST_UNKNOWN),
    N_("unknown host"),
    N_("The name “{host}” is not known to the network."),
    N_("Check the spelling of the host in the connection, and the network of this computer.") },
  { "host-unknown", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (RESOLVE, TIMEOUT),
    N_("unknown host"),
    N_("The network did not say in time where “{host}” is."),
    N_("Check the network of this computer, and its name server.") },
  { "host-unknown", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (RESOLVE, NO_SENTINEL),
    N_("unknown host"),
    N_("None of the sentinels answers, so nobody says where the primary is."),
    N_("Check the addresses of the sentinels in the connection, and whether they run.") },
  { "host-unknown", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (RESOLVE, NO_PRIMARY),
    N_("unknown host"),
    N_("The sentinels know no primary of this service."),
    N_("Check the name of the service in the connection, and whether a fail-over is under way.") },

  { "refused", TSM_RUNG_CONNECT, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (CONNECT, REFUSED),
    N_("refused"),
    N_("Nothing listens at {address}."),
    N_("Check that the server runs, and the host and port in the connection.") },
  { "timeout", TSM_RUNG_CONNECT, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (CONNECT, TIMEOUT),
    N_("no answer"),
    N_("Nothing came back from {address}: packets vanish on the way."),
    N_("Check the network and its firewalls between here and the server, and whether that computer is up.") },

  { "tls-required", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_REQUIRED),
    N_("wants TLS"),
    N_("The server at {address} wants TLS, and this connection does not use it."),
    N_("Write the address of the connection with rediss:// instead of redis://.") },
  { "tls-unexpected", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_UNEXPECTED),
    N_("no TLS there"),
    N_("This connection uses TLS, and the server at {address} does not speak it on this port."),
    N_("Use the TLS port of the server, or redis:// in the address if the network in between is safe.") },
  { "tls-expired", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_NONE, PATH (TLS, TLS_EXPIRED),
    N_("not valid"),
    N_("The certificate of the server has expired."),
    N_("Have the certificate of the server renewed.") },
  { "tls-expired", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_NONE, PATH (TLS, TLS_NOT_YET_VALID),
    N_("not valid"),
    N_("The certificate of the server is not valid yet."),
    N_("Check the clocks of both computers, and the dates of the certificate.") },
  { "tls-hostname", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_HOSTNAME),
    N_("other name"),
    N_("The certificate of the server is for another name than “{host}”."),
    N_("Connect by the name in the certificate, or set it as the TLS server name of the connection.") },
  { "tls-untrusted", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_UNTRUSTED),
    N_("not trusted"),
    N_("No authority that this computer trusts has signed the certificate of the server."),
    N_("Name the file of the authority (CA) in the connection, or compare the fingerprint with the administrator and accept it.") },
  { "tls-untrusted", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_PIN),
    N_("not trusted"),
    N_("The server shows another certificate than the one that was accepted."),
    N_("Ask the administrator whether the certificate was changed before you accept the new one.") },
  { "tls-untrusted", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_CLIENT),
    N_("not trusted"),
    N_("The server asks for a client certificate that it trusts."),
    N_("Set the client certificate and its key in the connection.") },
  { "tls-untrusted", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS_FILE),
    N_("not trusted"),
    N_("A TLS file of this connection cannot be used: {words}"),
    N_("Correct the path or the contents of the file.") },
  { "tls-untrusted", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (TLS, TLS),
    N_("not trusted"),
    N_("The server and we cannot agree on TLS: {words}"),
    N_("Check that the server allows TLS 1.2 or newer, and see what its log says.") },
  { "timeout", TSM_RUNG_TLS, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (TLS, TIMEOUT),
    N_("no answer"),
    N_("{address} takes the connection and then says nothing to the TLS handshake."),
    N_("Check whether the server hangs, and whether that port speaks TLS.") },

  { "timeout", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (SERVER, TIMEOUT),
    N_("no answer"),
    N_("{address} takes the connection and then says nothing."),
    N_("Check whether the server hangs, and whether something between here and there swallows what is sent.") },
  { "not-redis", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (SERVER, NOT_REDIS),
    N_("no Redis"),
    N_("What listens at {address} is not a Redis server."),
    N_("Check the port in the connection: Redis usually listens on 6379.") },
  { "not-redis", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (SERVER, LOST),
    N_("no Redis"),
    N_("What listens at {address} closes the connection without an answer a Redis server would give."),
    N_("Check the port in the connection, and whether TLS is expected there.") },
  { "not-redis", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (SERVER, SERVER),
    N_("no Redis"),
    N_("What listens at {address} does not answer as a Redis server does."),
    N_("Check the port in the connection, and the words of the server.") },
  { "loading", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (SERVER, LOADING),
    N_("loading"),
    N_("The server is still loading its data and serves nobody yet."),
    N_("Wait: it is tried again by itself. If it takes long, look into the log of the server.") },
  { "max-clients", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, PATH (SERVER, MAX_CLIENTS),
    N_("too many clients"),
    N_("The server has as many clients as it allows."),
    N_("Close some clients, or raise maxclients on the server.") },
  { "protected-mode", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (SERVER, PROTECTED_MODE),
    N_("protected"),
    N_("The server is in protected mode and serves only programs on its own computer."),
    N_("On the server, set a password (requirepass or an ACL user), or turn protected-mode off.") },
  { "replica-link-down", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, tsm_check_replica_link, 0,
    N_("lost its primary"),
    N_("This server is a replica that has lost its primary, so nothing that is published there comes here."),
    N_("Connect to {primary} instead, or have the replication repaired.") },
  { "replica", TSM_RUNG_SERVER, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, tsm_check_published_at_kin, 0,
    N_("other server"),
    N_("The events are published at {kin}, {rate}, and do not come to the server that we are connected to: messages go from a "
       "primary to its replicas only."),
    N_("Connect to {kin}, or have the engine publish on the primary.") },
  { "replica", TSM_RUNG_SERVER, TSM_RUNG_WARN, TSM_BUTTON_OPEN_PROFILE, tsm_check_replica, 0,
    N_("a replica"),
    N_("This server is a replica: our commands do not reach the primary, and events published on another replica do not come here."),
    N_("Connect to {primary} instead.") },

  { "auth-required", TSM_RUNG_AUTHENTICATE, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (AUTHENTICATE, AUTH_REQUIRED),
    N_("wants a password"),
    N_("The server wants a password, and the connection has none."),
    N_("Add the user and password to the connection.") },
  { "auth-wrong", TSM_RUNG_AUTHENTICATE, TSM_RUNG_FAIL, TSM_BUTTON_OPEN_PROFILE, PATH (AUTHENTICATE, AUTH_WRONG),
    N_("wrong password"),
    N_("The server does not accept this user and password."),
    N_("Correct the user and password of the connection; also check that the user is enabled on the server.") },

  { "acl-command", TSM_RUNG_SUBSCRIBE, TSM_RUNG_FAIL, TSM_BUTTON_COPY_GRANT, tsm_check_command_denied, 0,
    N_("not permitted"),
    N_("The server does not allow “{user}” to subscribe at all."),
    N_("Have this allowed on the server: {subject}") },
  { "acl-channel", TSM_RUNG_SUBSCRIBE, TSM_RUNG_FAIL, TSM_BUTTON_COPY_GRANT, tsm_check_channels_denied, 0,
    N_("not permitted"),
    N_("The server does not allow “{user}” to listen to {channels}."),
    N_("Have this allowed on the server: {subject}") },
  { "acl-channel", TSM_RUNG_SUBSCRIBE, TSM_RUNG_WARN, TSM_BUTTON_COPY_GRANT, tsm_check_some_channels_denied, 0,
    N_("not permitted"),
    N_("The server does not allow “{user}” to listen to {channels}; the other channels are heard."),
    N_("Have this allowed on the server: {subject}") },

  { "slow-consumer", TSM_RUNG_BROKER, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_slow_consumer, 0,
    N_("dropped"),
    N_("The server dropped our connection {age} ago because we did not read fast enough; what was published then is lost."),
    N_("Close other heavy programs on this computer, listen to fewer channels, or raise client-output-buffer-limit pubsub on the "
       "server.") },
  { "half-open", TSM_RUNG_BROKER, TSM_RUNG_FAIL, TSM_BUTTON_RETRY, tsm_check_half_open, 0,
    N_("dead"),
    N_("The connection looks open and is dead: nothing has come through for {age}."),
    N_("It is made anew by itself. Check whether the server hangs, and the firewalls and gateways in between: they may drop "
       "connections that are idle.") },
  { "flapping", TSM_RUNG_BROKER, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_flapping, 0,
    N_("unsteady"),
    N_("The connection broke {n} times within five minutes; each time events were lost."),
    N_("Look into the log of the server for why it closes connections or restarts, and check the network in between.") },

  { "publisher-denied", TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_publisher_denied, 0,
    N_("refused"),
    N_("Somebody tries to publish, {rate}, and the server refuses it: most likely the engine may not use its channel."),
    N_("Have the engine’s user allowed to publish on the server: +publish &{channel}") },
  { "no-publisher", TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_no_publisher, 0,
    N_("no publisher"),
    N_("No program that could publish is connected to this server; nothing was heard for {age}."),
    N_("Start the engine’s monitoring service, and check which server it is configured to publish to.") },
  { "publisher-silent", TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_publisher_silent, 0,
    N_("silent"),
    N_("Nothing has been published for {age}. {clients}."),
    N_("Check that the engine’s monitoring service runs and publishes, and to which server and channel: its log says so.") },
  { "publisher-silent", TSM_RUNG_PUBLISHER, TSM_RUNG_WARN, TSM_BUTTON_RUN, tsm_check_publisher_fell_silent, 0,
    N_("silent"),
    N_("Nothing has been published for {age}; before that, events did come."),
    N_("Check that the engine’s monitoring service still runs.") },

  { "wrong-channel", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, TSM_BUTTON_SWITCH_CHANNEL, tsm_check_wrong_channel, 0,
    N_("wrong channel"),
    N_("The events are published on “{heard}”, {rate}, and not on “{channel}”."),
    N_("Listen to “{heard}”, or have the engine publish on “{channel}”.") },
  { "cluster-sharded", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, TSM_BUTTON_NONE, tsm_check_shard_channel, 0,
    N_("sharded"),
    N_("Messages are published with SPUBLISH, {rate}: sharded channels are apart from ordinary ones and are not heard here."),
    N_("Have the engine use PUBLISH instead of SPUBLISH.") },
  { "not-pubsub", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, TSM_BUTTON_NONE, tsm_check_key_of_that_name, 0,
    N_("not published"),
    N_("There is a key “{key}” of type {type}: the events are stored there instead of being published."),
    N_("Have the engine use PUBLISH on “{channel}” instead of writing to a key.") },
  { "not-pubsub", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, TSM_BUTTON_NONE, tsm_check_other_commands, 0,
    N_("not published"),
    N_("Nothing is published, while data is written with {command}, {rate}: most likely the events go to a key instead of a channel."),
    N_("Have the engine use PUBLISH on “{channel}” instead of {command}.") },
  { "wrong-channel", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, TSM_BUTTON_RUN_DEEP, tsm_check_unknown_channel, 0,
    N_("wrong channel"),
    N_("Messages are published on this server, {rate}, but on channels that we do not hear (we listened to {pattern})."),
    N_("Search all channels, or ask the engine’s team for the name of its channel.") },

  { "compressed", TSM_RUNG_DECODE, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_rejected, TSM_REJECTION_COMPRESSED,
    N_("compressed"),
    N_("{n} of the last {of} messages are compressed."),
    N_("Have the engine publish the JSON as it is, without compressing it.") },
  { "binary", TSM_RUNG_DECODE, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_rejected, TSM_REJECTION_BINARY,
    N_("binary"),
    N_("{n} of the last {of} messages are binary data instead of JSON."),
    N_("Have the engine publish JSON text in UTF-8.") },
  { "encoded-twice", TSM_RUNG_DECODE, TSM_RUNG_WARN, TSM_BUTTON_SHOW_EVENTS, tsm_check_rejected, TSM_REJECTION_ENCODED_TWICE,
    N_("encoded twice"),
    N_("{n} of the last {of} messages are JSON within a JSON string: they were encoded twice. They can be read all the same."),
    N_("Have the engine encode each event once: json.dumps() is called on what is JSON already.") },
  { "wrong-envelope", TSM_RUNG_DECODE, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_rejected, TSM_REJECTION_WRONG_ENVELOPE,
    N_("unknown events"),
    N_("{n} of the last {of} messages are JSON, but no event that is known: {finding}"),
    N_("Have the engine name the type of each event in “event_type”, as in the sample of what is accepted.") },
  { "malformed", TSM_RUNG_DECODE, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_rejected, TSM_REJECTION_MALFORMED,
    N_("not JSON"),
    N_("{n} of the last {of} messages are not valid JSON: {finding}"),
    N_("Have the engine publish valid JSON: made by a JSON library, one whole event a message.") },

  { "stale", TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, TSM_BUTTON_RUN, tsm_check_stale, 0,
    N_("stopped"),
    N_("Events did flow, and stopped {age} ago, after {n}."),
    N_("Check whether the engine’s monitoring service still runs, and what its log says at that moment.") },
  { "no-metrics", TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_no_metrics, 0,
    N_("no metrics"),
    N_("Other events arrive ({n}), but no METRIC_UPDATE for {age}, so the gauges stay empty."),
    N_("Check the part of the engine that collects metrics: is it enabled, and does its log have errors?") },
  { "wrong-types", TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, TSM_BUTTON_SHOW_EVENTS, tsm_check_wrong_types, 0,
    N_("wrong types"),
    N_("In {n} of the last {of} METRIC_UPDATEs the numbers of the gauges are missing or are no numbers."),
    N_("Have the engine send metrics.system.cpu_percent and memory_percent as JSON numbers from 0 to 100.") },
  { "duplicate-stream", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, TSM_BUTTON_SHOW_EVENTS, tsm_check_duplicates, 0,
    N_("twice"),
    N_("Events arrive twice: {n} of the last {of} repeat the one before."),
    N_("Check whether two engines or two publishers run, and whether the channels of this connection overlap.") },
  { "clock-skew", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, TSM_BUTTON_NONE, tsm_check_clock_skew, 0,
    N_("wrong clock"),
    N_("The clock of {source} is {skew} ours."),
    N_("Synchronise the clocks (NTP) of both computers, and have times sent in UTC.") },
  { "stale", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, TSM_BUTTON_NONE, tsm_check_source_stale, 0,
    N_("stopped"),
    N_("{n} of {of} sources have fallen silent, among them {source}."),
    N_("Check whether that engine still runs.") },

  { "acl-publish", TSM_RUNG_CONTROL, TSM_RUNG_FAIL, TSM_BUTTON_COPY_GRANT, tsm_check_control_denied, 0,
    N_("not permitted"),
    N_("The server does not allow “{user}” to publish on “{control}”, so no command reaches the engine."),
    N_("Have this allowed on the server: {subject}") },
  { "control-deaf", TSM_RUNG_CONTROL, TSM_RUNG_WARN, TSM_BUTTON_RUN, tsm_check_control_deaf, 0,
    N_("nobody listens"),
    N_("Nobody listens on “{control}”, so commands reach nobody."),
    N_("Check that the engine’s command listener runs, and on which channel it listens.") },
};

/**
 * tsm_fault_table_get_size:
 *
 * Returns: the number of rows
 */
guint
tsm_fault_table_get_size (void)
{
  return G_N_ELEMENTS (faults);
}

/**
 * tsm_fault_table_get_row:
 * @index: from 0
 *
 * Returns: a row
 */
const TsmFault *
tsm_fault_table_get_row (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (faults), NULL);

  return &faults[index];
}

/**
 * tsm_fault_table_find:
 * @code: a code
 *
 * Returns: (nullable): the first row of this code
 */
const TsmFault *
tsm_fault_table_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].code, code))
      return &faults[i];
  return NULL;
}
