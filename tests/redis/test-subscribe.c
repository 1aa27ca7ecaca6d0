/* What is heard: channels, patterns, probes, the queue and its limit, floods.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

static TsmConnection *
connect_to (TsmTestRedis       *redis,
            const char * const *channels)
{
  TsmConnection *connection = redis_test_new_connection (tsm_test_redis_get_url (redis));

  tsm_profile_set_channels (tsm_connection_get_profile (connection), channels);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  return connection;
}

static TsmMessage *
wait_for_message (TsmConnection *connection)
{
  g_assert_true (tsm_test_wait_until (tsm_connection_get_queue_length (connection) > 0));
  return tsm_connection_pop (connection);
}

static void
test_two_channels (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", "b", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  g_autoptr (TsmMessage) first = NULL;
  g_autoptr (TsmMessage) second = NULL;

  tsm_test_redis_do (redis, "PUBLISH a 1");
  first = wait_for_message (connection);
  tsm_test_redis_do (redis, "PUBLISH b 2");
  second = wait_for_message (connection);

  g_assert_cmpstr (first->channel, ==, "a");
  g_assert_cmpstr (second->channel, ==, "b");
  g_assert_null (first->pattern);
  redis_test_close (connection);
}

static void
test_pattern (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "tick*", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  g_autoptr (TsmMessage) message = NULL;

  tsm_test_redis_do (redis, "PUBLISH tickers 1");
  message = wait_for_message (connection);

  g_assert_cmpstr (message->channel, ==, "tickers");
  g_assert_cmpstr (message->pattern, ==, "tick*");
  redis_test_close (connection);
}

static void
test_channel_counts (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", "b*", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  TsmChannelState state;

  tsm_test_redis_do (redis, "PUBLISH bb 1");
  tsm_test_redis_do (redis, "PUBLISH bc 1");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_received (connection) == 2));

  tsm_connection_get_channel (connection, 1, &state);
  g_assert_cmpstr (state.name, ==, "b*");
  g_assert_true (state.is_pattern);
  g_assert_cmpuint (state.messages, ==, 2);
  g_assert_cmpint (state.last_received_monotonic, >, 0);
  redis_test_close (connection);
}

static void
test_binary_payload (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  const char bytes[] = "\x1f\x8b\0\r\n\xff";
  g_autoptr (GBytes) expected = g_bytes_new_static (bytes, sizeof bytes);
  g_autoptr (TsmMessage) message = NULL;

  tsm_test_redis_do (redis, "PUBLISH a %b", bytes, sizeof bytes);
  message = wait_for_message (connection);

  g_assert_true (g_bytes_equal (message->payload, expected));
  redis_test_close (connection);
}

static void
test_channel_name_is_shared (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  g_autoptr (TsmMessage) first = NULL;
  g_autoptr (TsmMessage) second = NULL;

  tsm_test_redis_flood (redis, "a", 2, 1);
  first = wait_for_message (connection);
  second = wait_for_message (connection);

  g_assert_true (first->channel == second->channel);
  redis_test_close (connection);
}

static void
test_round_trip (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  redis_test_close (connection);
}

static void
test_probes_are_not_messages (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "tickstock:*", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  g_autofree char *text = NULL;

  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  tsm_test_redis_do (redis, "PUBLISH " TSM_PROFILE_PROBE_PREFIX "of-another 1");
  tsm_test_redis_do (redis, "PUBLISH tickstock:monitoring event");

  text = redis_test_pop_text (connection);
  g_assert_cmpstr (text, ==, "event");
  g_assert_cmpuint (tsm_connection_get_n_received (connection), ==, 1);
  redis_test_close (connection);
}

static void
count_cb (TsmConnection *connection,
          guint         *n)
{
  (*n)++;
}

static void
test_queued_is_told_once (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  guint n = 0;

  g_signal_connect (connection, "queued", G_CALLBACK (count_cb), &n);
  tsm_test_redis_flood (redis, "a", 1000, 10);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_queue_length (connection) == 1000));
  tsm_test_settle ();
  g_assert_cmpuint (n, ==, 1);

  redis_test_pop_all (connection);
  tsm_test_redis_do (redis, "PUBLISH a 1");
  g_assert_true (tsm_test_wait_until (n == 2));
  redis_test_close (connection);
}

static void
test_full_queue_pauses (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  const gsize limit = 100 * 1024;
  TsmConnection *connection = connect_to (redis, channels);

  tsm_connection_set_queue_limit (connection, limit);
  tsm_test_redis_flood (redis, "a", 5000, 1000);
  g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
  tsm_test_settle ();
  g_assert_cmpuint (tsm_connection_get_queue_bytes (connection), <, limit + 32 * 1024);
  redis_test_close (connection);
}

static void
test_paused_queue_loses_nothing (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  guint n = 0;

  tsm_connection_set_queue_limit (connection, 100 * 1024);
  tsm_test_redis_flood (redis, "a", 5000, 1000);
  g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
  g_assert_true (tsm_test_wait_until ((n += redis_test_pop_all (connection)) == 5000));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

/* A pause is our own doing: the link is not silent. */
static void
test_pause_is_not_half_open (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *channels[] = { "a", NULL };
  TsmConnection *connection = connect_to (redis, channels);
  const TsmTiming timing = { 2000, 2000, 10, 100, 20, 300 };
  gint64 end;

  tsm_connection_set_timing (connection, &timing);
  tsm_connection_set_queue_limit (connection, 1);
  tsm_test_redis_do (redis, "PUBLISH a 1");
  g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
  end = g_get_monotonic_time () + 5 * timing.silence_ms * G_TIME_SPAN_MILLISECOND;
  g_assert_true (tsm_test_wait_until (g_get_monotonic_time () > end));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

static guint
pop_some (TsmConnection *connection)
{
  guint n = 0;
  TsmMessage *message;

  while (n < 1000 && (message = tsm_connection_pop (connection)) != NULL)
    {
      tsm_message_unref (message);
      n++;
    }
  return n;
}

/* Bytes that the server keeps for those that listen. */
static gint64
waiting_at_server (TsmTestRedis *redis)
{
  g_autofree char *clients = tsm_test_redis_command (redis, "CLIENT LIST TYPE pubsub");
  const char *waiting = strstr (clients, " omem=");

  g_assert_nonnull (waiting);
  return g_ascii_strtoll (waiting + strlen (" omem="), NULL, 10);
}

/* Sixteen times what the server keeps for a client, while nothing of our own loop runs: as long as decoding and drawing may take.
 * Without a thread that reads ahead the server drops us here. */
static void
test_burst (void)
{
  const char *limits[] = { "--client-output-buffer-limit", "pubsub", "2mb", "2mb", "0", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, limits);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const guint n_messages = 32 * 1024;
  guint n = 0;

  for (guint i = 0; i < n_messages; i += 1024)
    {
      gint64 end = g_get_monotonic_time () + TSM_TEST_DEADLINE_S * G_TIME_SPAN_SECOND;

      g_assert_cmpint (tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 1024, 1000), ==, 1024);
      while (waiting_at_server (redis) > 0 && g_get_monotonic_time () < end)
        g_usleep (1000);
      g_assert_cmpint (waiting_at_server (redis), ==, 0);
    }
  g_assert_true (tsm_test_wait_until ((n += pop_some (connection)) == n_messages));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/subscribe/two-channels", test_two_channels);
  tsm_test_redis_add ("/redis/subscribe/pattern", test_pattern);
  tsm_test_redis_add ("/redis/subscribe/channel-counts", test_channel_counts);
  tsm_test_redis_add ("/redis/subscribe/binary-payload", test_binary_payload);
  tsm_test_redis_add ("/redis/subscribe/channel-name-is-shared", test_channel_name_is_shared);
  tsm_test_redis_add ("/redis/subscribe/round-trip", test_round_trip);
  tsm_test_redis_add ("/redis/subscribe/probes-are-not-messages", test_probes_are_not_messages);
  tsm_test_redis_add ("/redis/subscribe/queued-is-told-once", test_queued_is_told_once);
  tsm_test_redis_add ("/redis/subscribe/full-queue-pauses", test_full_queue_pauses);
  tsm_test_redis_add ("/redis/subscribe/paused-queue-loses-nothing", test_paused_queue_loses_nothing);
  tsm_test_redis_add ("/redis/subscribe/pause-is-not-half-open", test_pause_is_not_half_open);
  tsm_test_redis_add ("/redis/subscribe/bursts", test_burst);

  return g_test_run ();
}
