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

/* A resolver that knows two addresses of every name; at the first nobody listens. */
typedef GResolver TwoAddresses;
typedef GResolverClass TwoAddressesClass;
GType two_addresses_get_type (void);
G_DEFINE_TYPE (TwoAddresses, two_addresses, G_TYPE_RESOLVER)

static void
lookup_two_async (GResolver           *resolver,
                  const char          *name,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static GList *
lookup_two_finish (GResolver     *resolver,
                   GAsyncResult  *result,
                   GError       **error)
{
  GList *found = g_list_append (NULL, g_inet_address_new_from_string ("127.0.0.2"));

  return g_list_append (found, g_inet_address_new_from_string ("127.0.0.1"));
}

static void
two_addresses_class_init (TwoAddressesClass *klass)
{
  klass->lookup_by_name_async = lookup_two_async;
  klass->lookup_by_name_finish = lookup_two_finish;
}

static void
two_addresses_init (TwoAddresses *self)
{
}

static void
test_second_address (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = g_strdup_printf ("redis://two.invalid:%u", tsm_test_redis_get_port (redis));
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) two = g_object_new (two_addresses_get_type (), NULL);
  TsmConnection *connection;

  g_resolver_set_default (two);
  connection = redis_test_connect (url);
  g_resolver_set_default (usual);

  g_assert_null (tsm_connection_get_last_error (connection));
  redis_test_close (connection);
}

static void
test_ipv6 (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = g_strdup_printf ("redis://[::1]:%u", tsm_test_redis_get_port (redis));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) reachable = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  reachable = g_socket_client_connect_to_host (client, "::1", tsm_test_redis_get_port (redis), NULL, NULL);
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

/* Once nobody accepts and the backlog is full, Linux drops what comes. */
static void
test_timeout (void)
{
  g_autoptr (GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *url = NULL;
  const TsmTiming timing = { 300, 2000, 10, 100, 5000, 10000 };
  TsmConnection *connection;

  g_assert_true (g_socket_bind (listener, loopback, TRUE, NULL));
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  for (guint i = 0; i < 4; i++)
    {
      GSocket *filler = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

      g_socket_set_blocking (filler, FALSE);
      g_socket_connect (filler, bound, NULL, NULL);
      g_ptr_array_add (fillers, filler);
    }

  url = g_strdup_printf ("redis://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  connection = redis_test_new_connection (url);
  tsm_connection_set_timing (connection, &timing);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_TIMEOUT)));
  redis_test_close (connection);
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

  tsm_test_redis_add ("/redis/connect/unix", test_unix);
  tsm_test_redis_add ("/redis/connect/tcp", test_tcp);
  tsm_test_redis_add ("/redis/connect/name", test_name);
  tsm_test_redis_add ("/redis/connect/second-address", test_second_address);
  tsm_test_redis_add ("/redis/connect/ipv6", test_ipv6);
  tsm_test_redis_add ("/redis/connect/server-info", test_server_info);
  tsm_test_redis_add ("/redis/connect/client-name", test_client_name);
  tsm_test_redis_add ("/redis/connect/news-are-coalesced", test_news_are_coalesced);
  tsm_test_redis_add ("/redis/connect/stop-is-idle", test_stop_is_idle);
  tsm_test_redis_add ("/redis/connect/start-again", test_start_again);
  g_test_add_func ("/redis/connect/refused", test_refused);
  g_test_add_func ("/redis/connect/timeout", test_timeout);
  g_test_add_func ("/redis/connect/no-socket", test_no_socket);
  g_test_add_func ("/redis/connect/unknown-host", test_unknown_host);
  g_test_add_func ("/redis/connect/waiting-has-a-time", test_waiting_has_a_time);
  g_test_add_func ("/redis/connect/state-names", test_state_names);

  return g_test_run ();
}
