/* Getting to READY by all ways, and the errors of those that lead nowhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

static void
assert_fails (const char   *url,
              TsmLinkError  code)
{
  TsmConnection *connection = redis_test_new_connection (url);

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (connection) == TSM_LINK_WAITING
                                      && redis_test_has_error (connection, code)));
  redis_test_close (connection);
}

static void
test_unix (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  g_assert_null (tsm_connection_get_error (connection));
  redis_test_close (connection);
}

static void
test_tcp (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  redis_test_close (redis_test_connect (tsm_test_redis_get_tcp_url (redis)));
}

static void
test_name (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = g_strdup_printf ("redis://localhost:%u", tsm_test_redis_get_port (redis));

  redis_test_close (redis_test_connect (url));
}

static void
test_ipv6 (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = g_strdup_printf ("redis://[::1]:%u", tsm_test_redis_get_port (redis));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) reachable = g_socket_client_connect_to_host (client, "::1", tsm_test_redis_get_port (redis),
                                                                             NULL, NULL);

  if (reachable == NULL)
    g_test_skip ("there is no IPv6 loopback");
  else
    redis_test_close (redis_test_connect (url));
}

static void
test_server_info (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const TsmServerInfo *info = tsm_connection_get_server_info (connection);

  g_assert_nonnull (info->version);
  g_assert_nonnull (info->run_id);
  g_assert_cmpstr (info->role, ==, "master");
  g_assert_cmpstr (info->mode, ==, "standalone");
  g_assert_cmpint (info->uptime_seconds, >=, 0);
  redis_test_close (connection);
}

static void
test_client_name (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  g_autofree char *list = tsm_test_redis_command (redis, "CLIENT LIST TYPE pubsub");

  g_assert_nonnull (strstr (list, "name=tickstock-monitor"));
  redis_test_close (connection);
}

static void
count_cb (TsmConnection *connection,
          guint         *n)
{
  (*n)++;
}

static void
test_news_are_coalesced (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  guint n = 0;

  tsm_test_settle ();
  g_signal_connect (connection, "state-changed", G_CALLBACK (count_cb), &n);
  tsm_connection_stop (connection);
  g_assert_cmpuint (n, ==, 0);
  tsm_test_settle ();
  g_assert_cmpuint (n, ==, 1);
  redis_test_close (connection);
}

static void
test_stop_is_idle (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_connection_stop (connection);

  g_assert_cmpint (tsm_connection_get_subscriber_state (connection), ==, TSM_LINK_IDLE);
  g_assert_cmpint (tsm_connection_get_command_state (connection), ==, TSM_LINK_IDLE);
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  g_assert_false (redis_test_is_heard (connection, TSM_PROFILE_DEFAULT_CHANNEL));
  redis_test_close (connection);
}

static void
test_start_again (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *channels[] = { "another", NULL };

  tsm_connection_stop (connection);
  tsm_profile_set_channels (tsm_connection_get_profile (connection), channels);
  tsm_connection_start (connection);

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_true (redis_test_is_heard (connection, "another"));
  redis_test_close (connection);
}

static void
test_refused (void)
{
  TsmTestPeer *peer = tsm_test_peer_start (NULL, NULL, TSM_TEST_PEER_CLOSES);
  g_autofree char *url = g_strdup (tsm_test_peer_get_url (peer));

  tsm_test_peer_free (peer);
  assert_fails (url, TSM_LINK_ERROR_REFUSED);
}

static void
test_no_socket (void)
{
  assert_fails ("unix:///nonexistent/redis.sock", TSM_LINK_ERROR_REFUSED);
}

static void
test_unknown_host (void)
{
  assert_fails ("redis://no-such-host.invalid", TSM_LINK_ERROR_HOST_UNKNOWN);
}

static void
test_waiting_has_a_time (void)
{
  TsmConnection *connection = redis_test_new_connection ("unix:///nonexistent/redis.sock");

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_attempts (connection) >= 3
                                      && tsm_connection_get_subscriber_state (connection) == TSM_LINK_WAITING));
  g_assert_cmpint (tsm_connection_get_next_attempt (connection), >, 0);
  redis_test_close (connection);
}

static void
test_state_names (void)
{
  g_assert_cmpstr (tsm_link_state_get_name (TSM_LINK_IDLE), ==, "idle");
  g_assert_cmpstr (tsm_link_state_get_name (TSM_LINK_READY), ==, "ready");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  redis_test_add ("/redis/connect/unix", test_unix);
  redis_test_add ("/redis/connect/tcp", test_tcp);
  redis_test_add ("/redis/connect/name", test_name);
  redis_test_add ("/redis/connect/ipv6", test_ipv6);
  redis_test_add ("/redis/connect/server-info", test_server_info);
  redis_test_add ("/redis/connect/client-name", test_client_name);
  redis_test_add ("/redis/connect/news-are-coalesced", test_news_are_coalesced);
  redis_test_add ("/redis/connect/stop-is-idle", test_stop_is_idle);
  redis_test_add ("/redis/connect/start-again", test_start_again);
  g_test_add_func ("/redis/connect/refused", test_refused);
  g_test_add_func ("/redis/connect/no-socket", test_no_socket);
  g_test_add_func ("/redis/connect/unknown-host", test_unknown_host);
  g_test_add_func ("/redis/connect/waiting-has-a-time", test_waiting_has_a_time);
  g_test_add_func ("/redis/connect/state-names", test_state_names);

  return g_test_run ();
}
