/* Commands and their answers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gint64
publish (TsmConnection  *connection,
         const char     *channel,
         GError        **error)
{
  g_autoptr (GBytes) payload = g_bytes_new_static ("{}", 2);
  g_autoptr (GAsyncResult) result = NULL;

  tsm_connection_publish_async (connection, channel, payload, NULL, keep_result_cb, &result);
  g_assert_true (tsm_test_wait_until (result != NULL));
  return tsm_connection_publish_finish (connection, result, error);
}

static GVariant *
run (TsmConnection       *connection,
     const char * const  *argv,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tsm_connection_command_async (connection, argv, NULL, keep_result_cb, &result);
  g_assert_true (tsm_test_wait_until (result != NULL));
  return tsm_connection_command_finish (connection, result, error);
}

static void
assert_runs (TsmConnection      *connection,
             const char * const *argv,
             const char         *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = run (connection, argv, &error);
  g_autofree char *printed = NULL;

  g_assert_no_error (error);
  printed = g_variant_print (reply, TRUE);
  g_assert_cmpstr (printed, ==, expected);
}

static void
test_receivers (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (publish (connection, TSM_PROFILE_DEFAULT_CHANNEL, &error), ==, 1);
  g_assert_no_error (error);
  redis_test_close (connection);
}

static void
test_no_receivers (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (publish (connection, "nobody", &error), ==, 0);
  g_assert_no_error (error);
  redis_test_close (connection);
}

static void
test_publish_when_idle (void)
{
  TsmConnection *connection = redis_test_new_connection ("unix:///nonexistent/redis.sock");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (publish (connection, "any", &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  redis_test_close (connection);
}

static void
test_publish_when_refused (void)
{
  TsmConnection *connection = redis_test_new_connection ("unix:///nonexistent/redis.sock");
  g_autoptr (GError) error = NULL;

  tsm_connection_start (connection);
  g_assert_cmpint (publish (connection, "any", &error), ==, -1);
  g_assert_error (error, TSM_LINK_ERROR, TSM_LINK_ERROR_REFUSED);
  redis_test_close (connection);
}

static void
test_reply_types (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *set[] = { "SET", "k", "v", NULL };
  const char *get[] = { "GET", "k", NULL };
  const char *missing[] = { "GET", "none", NULL };
  const char *number[] = { "STRLEN", "k", NULL };
  const char *array[] = { "MGET", "k", "none", NULL };

  assert_runs (connection, set, "'OK'");
  assert_runs (connection, get, "'v'");
  assert_runs (connection, missing, "@mv nothing");
  assert_runs (connection, number, "int64 1");
  assert_runs (connection, array, "[<'v'>, <@mv nothing>]");
  redis_test_close (connection);
}

static void
test_error_reply (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *argv[] = { "NOSUCH", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (connection, argv, &error));
  g_assert_error (error, TSM_LINK_ERROR, TSM_LINK_ERROR_SERVER);
  g_assert_true (redis_test_is_ready (connection));
  redis_test_close (connection);
}

static void
test_unfit_command (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *argv[] = { "subscribe", "a", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (connection, argv, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  redis_test_close (connection);
}

/* Nothing that an engine would hear leaves, in any spelling; the probe, which only we hear, goes on, and so do questions. */
static void
test_read_only (void)
{
  static const char * const ping[] = { "PING", NULL };
  static const char * const publication[] = { "publish", "a", "b", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_new_connection (tsm_test_redis_get_url (redis));
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) refused_command = NULL;

  tsm_profile_set_text (tsm_connection_get_profile (connection), TSM_PROFILE_READ_ONLY, "true", NULL);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection) && tsm_connection_get_round_trip (connection) >= 0));

  g_assert_cmpint (publish (connection, TSM_PROFILE_DEFAULT_CHANNEL, &refused), ==, -1);
  g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
  g_assert_null (run (connection, publication, &refused_command));
  g_assert_error (refused_command, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
  assert_runs (connection, ping, "'PONG'");
  redis_test_close (connection);
}

static void
test_cancelled (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *slow[] = { "BLPOP", "none", "1", NULL };
  const char *ping[] = { "PING", NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tsm_connection_command_async (connection, slow, cancellable, keep_result_cb, &result);
  tsm_test_settle ();
  g_cancellable_cancel (cancellable);
  g_assert_true (tsm_test_wait_until_for (result != NULL, 1));
  g_assert_null (tsm_connection_command_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The late reply to the cancelled command must not be taken for that to the next one. */
  assert_runs (connection, ping, "'PONG'");
  g_clear_object (&result);
  redis_test_close (connection);
}

static void
test_cancelled_before (void)
{
  TsmConnection *connection = redis_test_new_connection ("unix:///nonexistent/redis.sock");
  const char *argv[] = { "PING", NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  tsm_connection_command_async (connection, argv, cancellable, keep_result_cb, &result);
  g_assert_true (tsm_test_wait_until (result != NULL));
  g_assert_null (tsm_connection_command_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  redis_test_close (connection);
}

static void
test_no_reply_in_time (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const TsmTiming timing = { 2000, 300, 10, 100, 5000, 10000 };
  g_autoptr (GError) error = NULL;

  tsm_connection_set_timing (connection, &timing);
  tsm_test_redis_suspend (redis);
  g_assert_cmpint (publish (connection, "any", &error), ==, -1);
  g_assert_error (error, TSM_LINK_ERROR, TSM_LINK_ERROR_TIMEOUT);
  g_assert_cmpint (tsm_connection_get_command_state (connection), !=, TSM_LINK_READY);
  redis_test_close (connection);
}

static void
test_link_lost_while_waiting (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *slow[] = { "BLPOP", "none", "0", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tsm_connection_command_async (connection, slow, NULL, keep_result_cb, &result);
  tsm_test_settle ();
  tsm_test_redis_kill (redis);
  g_assert_true (tsm_test_wait_until (result != NULL));
  g_assert_null (tsm_connection_command_finish (connection, result, &error));
  g_assert_error (error, TSM_LINK_ERROR, TSM_LINK_ERROR_LOST);
  g_clear_object (&result);
  redis_test_close (connection);
}

static void
test_stopped_while_waiting (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmConnection *connection = redis_test_connect (tsm_test_redis_get_url (redis));
  const char *slow[] = { "BLPOP", "none", "0", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tsm_connection_command_async (connection, slow, NULL, keep_result_cb, &result);
  tsm_test_settle ();
  tsm_connection_stop (connection);
  g_assert_true (tsm_test_wait_until (result != NULL));
  g_assert_null (tsm_connection_command_finish (connection, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_object (&result);
  redis_test_close (connection);
}

static void
test_password_is_not_told (void)
{
  const char *args[] = { "--requirepass", "hunter2", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, args);
  g_autofree char *url = g_strdup_printf ("redis://:hunter2@127.0.0.1:%u", tsm_test_redis_get_port (redis));
  TsmConnection *connection = redis_test_connect (url);
  const char *argv[] = { "NOSUCH", "hunter2", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (run (connection, argv, &error));
  g_assert_null (strstr (error->message, "hunter2"));
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/command/receivers", test_receivers);
  tsm_test_redis_add ("/redis/command/no-receivers", test_no_receivers);
  tsm_test_redis_add ("/redis/command/reply-types", test_reply_types);
  tsm_test_redis_add ("/redis/command/error-reply", test_error_reply);
  tsm_test_redis_add ("/redis/command/unfit-command", test_unfit_command);
  tsm_test_redis_add ("/redis/command/read-only", test_read_only);
  tsm_test_redis_add ("/redis/command/cancelled", test_cancelled);
  tsm_test_redis_add ("/redis/command/no-reply-in-time", test_no_reply_in_time);
  tsm_test_redis_add ("/redis/command/link-lost-while-waiting", test_link_lost_while_waiting);
  tsm_test_redis_add ("/redis/command/stopped-while-waiting", test_stopped_while_waiting);
  tsm_test_redis_add ("/redis/command/password-is-not-told", test_password_is_not_told);
  g_test_add_func ("/redis/command/publish-when-idle", test_publish_when_idle);
  g_test_add_func ("/redis/command/publish-when-refused", test_publish_when_refused);
  g_test_add_func ("/redis/command/cancelled-before", test_cancelled_before);

  return g_test_run ();
}
