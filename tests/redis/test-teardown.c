/* A connection may be stopped and let go of at any moment. Run under a sanitizer this also finds what is used after.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

#define ROUNDS 200

/* A different moment each round: after so many iterations of the main loop. */
static void
stop_after_iterations (const char *url,
                       gboolean    stop)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      TsmConnection *connection = redis_test_new_connection (url);

      tsm_connection_start (connection);
      for (guint i = 0; i < round / 4; i++)
        g_main_context_iteration (NULL, FALSE);
      if (stop)
        tsm_connection_stop (connection);
      g_assert_finalize_object (connection);
    }

  tsm_test_settle ();
}

static void
test_any_time (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  stop_after_iterations (tsm_test_redis_get_tcp_url (redis), TRUE);
}

static void
test_any_time_without_stop (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);

  stop_after_iterations (tsm_test_redis_get_url (redis), FALSE);
}

static void
test_while_resolving (void)
{
  stop_after_iterations ("redis://no-such-host.invalid", FALSE);
}

static void
test_while_refused (void)
{
  stop_after_iterations ("unix:///nonexistent/redis.sock", FALSE);
}

typedef struct
{
  TsmConnection *connection; /* owned until the state is reached, or passed: news are coalesced */
  TsmLinkState   state;
} AtState;

static void
let_go_cb (TsmConnection *connection,
           AtState       *at)
{
  if (at->connection != NULL && tsm_connection_get_subscriber_state (connection) >= at->state)
    g_clear_object (&at->connection);
}

static void
let_go_at (const char   *url,
           TsmLinkState  state)
{
  for (guint round = 0; round < ROUNDS / 10; round++)
    {
      AtState at = { redis_test_new_connection (url), state };
      gpointer weak = at.connection;

      g_object_add_weak_pointer (G_OBJECT (at.connection), &weak);
      g_signal_connect (at.connection, "state-changed", G_CALLBACK (let_go_cb), &at);
      tsm_connection_start (at.connection);
      g_assert_true (tsm_test_wait_until (weak == NULL));
    }

  tsm_test_settle ();
}

static void
test_let_go_in_handler (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *by_name = g_strdup_printf ("redis://localhost:%u", tsm_test_redis_get_port (redis));
  const TsmLinkState states[] = {
    TSM_LINK_RESOLVING, TSM_LINK_CONNECTING, TSM_LINK_AUTHENTICATING, TSM_LINK_SUBSCRIBING, TSM_LINK_READY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    let_go_at (by_name, states[i]);
}

static void
test_let_go_while_waiting (void)
{
  let_go_at ("unix:///nonexistent/redis.sock", TSM_LINK_WAITING);
}

/* While refused channels are asked for, on the link that listens or on one of their own. */
static void
test_while_channels_are_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);

  tsm_test_redis_do (redis, "ACL SETUSER default resetchannels &tickstock:errors");
  stop_after_iterations (tsm_test_redis_get_url (redis), FALSE);

  for (guint round = 0; round < ROUNDS / 5; round++)
    {
      TsmConnection *connection = redis_test_new_connection (tsm_test_redis_get_url (redis));

      tsm_connection_start (connection);
      for (guint i = 0; i < round; i++)
        g_main_context_iteration (NULL, TRUE);
      g_assert_finalize_object (connection);
    }

  tsm_test_settle ();
}

static void
stop_cb (TsmConnection *connection,
         gpointer       unused)
{
  tsm_connection_stop (connection);
}

static void
test_stop_in_queued_handler (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  g_signal_connect (connection, "queued", G_CALLBACK (stop_cb), NULL);
  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 1000, 1000);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (connection) == TSM_LINK_IDLE));
  redis_test_close (connection);
}

static void
let_go_of_answer_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  TsmConnection **connection = user_data;

  g_clear_object (connection);
}

static void
test_let_go_in_answer (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *ping[] = { "PING", NULL };

  for (guint round = 0; round < ROUNDS / 10; round++)
    {
      TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
      gpointer weak = connection;

      g_object_add_weak_pointer (G_OBJECT (connection), &weak);
      for (guint i = 0; i < 5; i++)
        tsm_connection_command_async (connection, ping, NULL, i == 2 ? let_go_of_answer_cb : NULL, &connection);
      g_assert_true (tsm_test_wait_until (weak == NULL));
    }

  tsm_test_settle ();
}

static void
test_let_go_in_lost_answer (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  const char *slow[] = { "BLPOP", "none", "0", NULL };
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  gpointer weak = connection;

  g_object_add_weak_pointer (G_OBJECT (connection), &weak);
  tsm_connection_command_async (connection, slow, NULL, let_go_of_answer_cb, &connection);
  tsm_test_settle ();
  tsm_test_redis_kill (redis);
  g_assert_true (tsm_test_wait_until (weak == NULL));
  tsm_test_settle ();
}

static void
test_queue_outlives_stop (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));

  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 10, 10);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_queue_length (connection) == 10));
  tsm_connection_stop (connection);
  g_assert_cmpuint (redis_test_pop_all (connection), ==, 10);
  redis_test_close (connection);
}

static void
test_message_outlives_connection (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  g_autoptr (TsmMessage) message = NULL;

  tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 1, 10);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_queue_length (connection) == 1));
  message = tsm_connection_pop (connection);
  redis_test_close (connection);
  g_assert_cmpstr (message->channel, ==, TSM_PROFILE_DEFAULT_CHANNEL);
}

/* All sources belong to the context that was the default of the thread when the connection was made. */
static void
test_other_context (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = g_strdup_printf ("redis://localhost:%u", tsm_test_redis_get_port (redis));
  g_autoptr (GMainContext) context = g_main_context_new ();
  TsmConnection *connection;

  g_main_context_push_thread_default (context);
  connection = redis_test_new_connection (url);
  g_main_context_pop_thread_default (context);

  tsm_connection_start (connection);
  while (!redis_test_is_ready (connection))
    g_main_context_iteration (context, TRUE);
  g_assert_false (g_main_context_pending (NULL));
  tsm_connection_stop (connection);
  g_assert_finalize_object (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/teardown/any-time", test_any_time);
  tsm_test_redis_add ("/redis/teardown/any-time-without-stop", test_any_time_without_stop);
  tsm_test_redis_add ("/redis/teardown/let-go-in-handler", test_let_go_in_handler);
  tsm_test_redis_add ("/redis/teardown/while-channels-are-refused", test_while_channels_are_refused);
  tsm_test_redis_add ("/redis/teardown/stop-in-queued-handler", test_stop_in_queued_handler);
  tsm_test_redis_add ("/redis/teardown/let-go-in-answer", test_let_go_in_answer);
  tsm_test_redis_add ("/redis/teardown/let-go-in-lost-answer", test_let_go_in_lost_answer);
  tsm_test_redis_add ("/redis/teardown/queue-outlives-stop", test_queue_outlives_stop);
  tsm_test_redis_add ("/redis/teardown/message-outlives-connection", test_message_outlives_connection);
  tsm_test_redis_add ("/redis/teardown/other-context", test_other_context);
  g_test_add_func ("/redis/teardown/while-resolving", test_while_resolving);
  g_test_add_func ("/redis/teardown/while-refused", test_while_refused);
  g_test_add_func ("/redis/teardown/let-go-while-waiting", test_let_go_while_waiting);

  return g_test_run ();
}
