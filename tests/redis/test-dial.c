/* How an address is chosen: families in turn, a dead one costing no more than a moment, and the times of the profile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "redis-test.h"
#include "redis/tsm-dial.h"

/* A resolver that gives one name the addresses that the test wants. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver           parent_instance;
  const char * const *addresses;
  guint               n_lookups;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
test_resolver_lookup_async (GResolver           *resolver,
                            const char          *hostname,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GList *found = NULL;

  self->n_lookups++;
  for (guint i = 0; self->addresses[i] != NULL; i++)
    found = g_list_append (found, g_inet_address_new_from_string (self->addresses[i]));
  g_task_return_pointer (task, found, NULL);
}

static GList *
test_resolver_lookup_finish (GResolver     *resolver,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = test_resolver_lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* A listening socket whose queue is full: a connection to it is neither made nor refused. (transfer full): keep both */
static GSocket *
new_black_hole (GSocketFamily   family,
                const char     *address,
                guint16        *port,
                GPtrArray      *clients)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string (address, *port);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *listener = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (listener, any, TRUE, NULL));
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  for (guint i = 0; i < 3; i++)
    {
      GSocket *client = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (client, FALSE);
      g_socket_connect (client, bound, NULL, NULL);
      g_ptr_array_add (clients, client);
    }

  return listener;
}

/* The first address leads nowhere; the connection is there long before its time is up. */
static void
test_dead_family (void)
{
  static const char * const addresses[] = { "::1", "127.0.0.1", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, (const char *[]) { "--bind", "127.0.0.1", NULL });
  guint16 port = tsm_test_redis_get_port (redis);
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocket) hole = new_black_hole (G_SOCKET_FAMILY_IPV6, "::1", &port, clients);
  g_autoptr (GResolver) before = g_resolver_get_default ();
  TestResolver *resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autofree char *url = g_strdup_printf ("redis://redis.example:%u", port);
  const TsmTiming timing = { 60000, 5000, 10, 100, 5000, 10000 };
  TsmConnection *connection;

  resolver->addresses = addresses;
  g_resolver_set_default (G_RESOLVER (resolver));
  connection = redis_test_new_connection (url);
  tsm_connection_set_timing (connection, &timing);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);

  redis_test_close (connection);
  g_resolver_set_default (before);
  g_object_unref (resolver);
}

/* A name that moves is followed: it is looked up at each attempt. */
static void
test_name_is_looked_up_again (void)
{
  static const char * const nowhere[] = { "::1", NULL };
  static const char * const here[] = { "127.0.0.1", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, (const char *[]) { "--bind", "127.0.0.1", NULL });
  g_autoptr (GResolver) before = g_resolver_get_default ();
  TestResolver *resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autofree char *url = g_strdup_printf ("redis://redis.example:%u", tsm_test_redis_get_port (redis));
  TsmConnection *connection;

  resolver->addresses = nowhere;
  g_resolver_set_default (G_RESOLVER (resolver));
  connection = redis_test_new_connection (url);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_REFUSED)));
  resolver->addresses = here;
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_cmpuint (resolver->n_lookups, >=, 4); /* two links, two attempts */

  redis_test_close (connection);
  g_resolver_set_default (before);
  g_object_unref (resolver);
}

typedef struct
{
  GSource *source;
  gboolean done;
} Dialled;

static void
resolved_cb (gpointer user_data)
{
}

static void
done_cb (GSource      *source,
         const GError *error,
         gpointer      user_data)
{
  Dialled *dialled = user_data;

  g_assert_no_error (error);
  dialled->source = source;
  dialled->done = TRUE;
}

static int
get_option (GSource *source,
            int      name)
{
  int value = 0;
  socklen_t size = sizeof value;

  g_assert_cmpint (getsockopt (tsm_redis_source_get_fd (source), IPPROTO_TCP, name, &value, &size), ==, 0);
  return value;
}

static void
test_times_of_the_profile (void)
{
  static const TsmDialFuncs funcs = { .resolved = resolved_cb, .done = done_cb };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (redis), NULL);
  g_autoptr (TsmEndpoint) endpoint = tsm_endpoint_new ("127.0.0.1", tsm_test_redis_get_port (redis));
  TsmDialReport report = { NULL };
  Dialled dialled = { NULL };
  TsmDial *dial;

  tsm_profile_set_text (profile, TSM_PROFILE_KEEP_ALIVE, "77", NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_USER_TIMEOUT, "4321", NULL);
  dial = tsm_dial_new (profile, endpoint, g_main_context_default (), 5000, &report, &funcs, &dialled);
  tsm_dial_start (dial);
  g_assert_true (tsm_test_wait_until (dialled.done));
  g_assert_cmpint (get_option (dialled.source, TCP_KEEPIDLE), ==, 77);
  g_assert_cmpint (get_option (dialled.source, TCP_USER_TIMEOUT), ==, 4321);
  g_assert_cmpstr (report.address, ==, "127.0.0.1");

  tsm_dial_free (dial);
  tsm_redis_source_free (dialled.source);
  tsm_dial_report_clear (&report);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/dial/dead-family", test_dead_family);
  tsm_test_redis_add ("/redis/dial/name-is-looked-up-again", test_name_is_looked_up_again);
  tsm_test_redis_add ("/redis/dial/times-of-the-profile", test_times_of_the_profile);

  return g_test_run ();
}
