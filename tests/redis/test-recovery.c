/* Links that break, hang or are dropped, and come back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

static void
assert_hears (TsmTestRedis  *redis,
              TsmConnection *connection)
{
  g_autofree char *text = NULL;

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  tsm_test_redis_do (redis, "PUBLISH %s hello", TSM_PROFILE_DEFAULT_CHANNEL);
  text = redis_test_pop_text (connection);
  g_assert_cmpstr (text, ==, "hello");
}

static gboolean
is_down (TsmConnection *connection)
{
  return tsm_connection_get_subscriber_state (connection) != TSM_LINK_READY
         && tsm_connection_get_command_state (connection) != TSM_LINK_READY;
}

static void
test_kill_and_restart (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_tcp_url (redis));

  tsm_test_redis_kill (redis);
  g_assert_true (tsm_test_wait_until (is_down (connection)));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 2);
  g_assert_cmpint (tsm_connection_get_ready_since (connection), ==, 0);

  tsm_test_redis_restart (redis);
  assert_hears (redis, connection);
  g_assert_null (tsm_connection_get_error (connection));
  g_assert_nonnull (tsm_connection_get_last_error (connection));
  redis_test_close (connection);
}

static void
test_orderly_stop (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_test_redis_stop (redis);
  g_assert_true (tsm_test_wait_until (is_down (connection)));
  g_assert_error (tsm_connection_get_last_error (connection), TSM_LINK_ERROR,
                  tsm_connection_get_last_error (connection)->code);
  tsm_test_redis_restart (redis);
  assert_hears (redis, connection);
  redis_test_close (connection);
}

static void
test_killed_subscriber (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_test_redis_do (redis, "CLIENT KILL TYPE pubsub");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_disconnects (connection) == 1));
  g_assert_error (tsm_connection_get_last_error (connection), TSM_LINK_ERROR, TSM_LINK_ERROR_LOST);
  assert_hears (redis, connection);
  redis_test_close (connection);
}

static void
test_acknowledgements_are_forgotten (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_test_redis_kill (redis);
  g_assert_true (tsm_test_wait_until (is_down (connection)));
  g_assert_false (redis_test_is_heard (connection, TSM_PROFILE_DEFAULT_CHANNEL));
  redis_test_close (connection);
}

static void
test_half_open (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_tcp_url (redis));

  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  tsm_test_redis_suspend (redis);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_silent_since (connection) > 0));
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_HALF_OPEN)));
  g_assert_cmpint (tsm_connection_get_silent_since (connection), ==, 0);
  g_assert_true (tsm_test_wait_until (is_down (connection)));

  tsm_test_redis_resume (redis);
  assert_hears (redis, connection);
  redis_test_close (connection);
}

/* The server closes the links of a user who loses a channel. */
static void
test_permission_withdrawn (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  tsm_test_redis_do (redis, "ACL SETUSER default resetchannels &nothing");
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_NO_PERMISSION)));
  tsm_test_redis_do (redis, "ACL SETUSER default allchannels");
  assert_hears (redis, connection);
  redis_test_close (connection);
}

static void
test_idle_link_is_kept (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const TsmTiming timing = { 2000, 2000, 10, 100, 50, 1000 };
  gint64 end = g_get_monotonic_time () + 2 * timing.silence_ms * G_TIME_SPAN_MILLISECOND;

  tsm_connection_set_timing (connection, &timing);
  g_assert_true (tsm_test_wait_until (g_get_monotonic_time () > end));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

/* Timers run before sockets: after a stall, what waits in the socket must be read before anybody is blamed. */
static void
test_stalled_main_loop (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const TsmTiming timing = { 2000, 500, 10, 100, 50, 500 };
  gint64 end;

  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  tsm_connection_set_timing (connection, &timing);
  tsm_test_redis_suspend (redis);
  tsm_connection_probe (connection);
  tsm_test_settle ();
  tsm_test_redis_resume (redis);
  g_usleep (3 * timing.silence_ms * 1000); /* the stall itself; the server answers in the meantime */

  end = g_get_monotonic_time () + 2 * timing.silence_ms * G_TIME_SPAN_MILLISECOND;
  g_assert_true (tsm_test_wait_until (g_get_monotonic_time () > end));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

static void
test_slow_consumer (void)
{
  const char *args[] = { "--client-output-buffer-limit", "pubsub 1mb 1mb 1", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, args);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_connection_set_queue_limit (connection, 1024);
  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 20, 1000);
  g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 10000, 1000);
  g_assert_true (tsm_test_wait_until ((redis_test_pop_all (connection),
                                       tsm_connection_get_n_disconnects (connection) == 1)));
  redis_test_pop_all (connection);
  g_assert_false (tsm_connection_is_paused (connection));
  assert_hears (redis, connection);
  redis_test_close (connection);
}

/* Over TCP more of what was sent still arrives. */
static void
test_slow_consumer_by_tcp (void)
{
  const char *args[] = { "--client-output-buffer-limit", "pubsub 1mb 1mb 1", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, args);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_tcp_url (redis));
  guint n = 0;

  tsm_connection_set_queue_limit (connection, 1024);
  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 20, 1000);
  g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 30000, 1000);

  g_assert_true (tsm_test_wait_until ((n += redis_test_pop_all (connection)) > 0
                                      && tsm_connection_get_n_disconnects (connection) == 1));
  g_assert_error (tsm_connection_get_last_error (connection), TSM_LINK_ERROR, TSM_LINK_ERROR_CUT_OFF);
  n += redis_test_pop_all (connection);
  g_assert_cmpuint (n, <, 30020);
  assert_hears (redis, connection);
  redis_test_close (connection);
}

static void
test_max_clients (void)
{
  const char *args[] = { "--maxclients", "1", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, args);
  TsmConnection *connection = redis_test_new_connection (tsm_test_redis_get_url (redis));

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_MAX_CLIENTS)));
  redis_test_close (connection);
}

static const TsmTiming patient = { 2000, 2000, 60000, 120000, 5000, 10000 };

static TsmConnection *
wait_for_long_retry (TsmTestRedis *redis)
{
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_connection_set_timing (connection, &patient);
  tsm_test_redis_kill (redis);
  g_assert_true (tsm_test_wait_until (is_down (connection)));
  tsm_test_redis_restart (redis);
  return connection;
}

static void
test_retry_now (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = wait_for_long_retry (redis);

  tsm_connection_retry_now (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  redis_test_close (connection);
}

/* A password that comes while the wrong one is being refused. */
static void
test_retry_after_this_attempt (void)
{
  const char *args[] = { "--requirepass", "right", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, args);
  TsmConnection *connection = redis_test_new_connection (tsm_test_redis_get_url (redis));

  tsm_profile_set_password (tsm_connection_get_profile (connection), "wrong");
  tsm_connection_set_timing (connection, &patient);
  tsm_test_redis_suspend (redis);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (connection) == TSM_LINK_AUTHENTICATING
                                      && tsm_connection_get_command_state (connection) == TSM_LINK_AUTHENTICATING));

  tsm_profile_set_password (tsm_connection_get_profile (connection), "right");
  tsm_connection_retry_now (connection);
  tsm_test_redis_resume (redis);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  redis_test_close (connection);
}

static void
test_wake_retries (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = wait_for_long_retry (redis);

  tsm_connection_wake (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  redis_test_close (connection);
}

static void
test_wake_probes (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  gint64 before;

  tsm_connection_set_timing (connection, &patient);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  tsm_test_settle ();
  before = tsm_connection_get_round_trip (connection);

  tsm_connection_wake (connection);
  g_assert_true (tsm_test_wait_until_for (tsm_connection_get_round_trip (connection) != before, 4));
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/recovery/kill-and-restart", test_kill_and_restart);
  tsm_test_redis_add ("/redis/recovery/orderly-stop", test_orderly_stop);
  tsm_test_redis_add ("/redis/recovery/killed-subscriber", test_killed_subscriber);
  tsm_test_redis_add ("/redis/recovery/acknowledgements-are-forgotten", test_acknowledgements_are_forgotten);
  tsm_test_redis_add ("/redis/recovery/half-open", test_half_open);
  tsm_test_redis_add ("/redis/recovery/permission-withdrawn", test_permission_withdrawn);
  tsm_test_redis_add ("/redis/recovery/idle-link-is-kept", test_idle_link_is_kept);
  tsm_test_redis_add ("/redis/recovery/stalled-main-loop", test_stalled_main_loop);
  tsm_test_redis_add ("/redis/recovery/slow-consumer", test_slow_consumer);
  tsm_test_redis_add ("/redis/recovery/slow-consumer-by-tcp", test_slow_consumer_by_tcp);
  tsm_test_redis_add ("/redis/recovery/max-clients", test_max_clients);
  tsm_test_redis_add ("/redis/recovery/retry-now", test_retry_now);
  tsm_test_redis_add ("/redis/recovery/retry-after-this-attempt", test_retry_after_this_attempt);
  tsm_test_redis_add ("/redis/recovery/wake-retries", test_wake_retries);
  tsm_test_redis_add ("/redis/recovery/wake-probes", test_wake_probes);

  return g_test_run ();
}
