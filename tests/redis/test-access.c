/* Passwords and access lists: who may do what, and what still works for who may not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

#define SECRET "hunter2"

static TsmTestRedis *
start_with_password (void)
{
  const char *args[] = { "--requirepass", SECRET, NULL };
  TsmTestRedis *redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, args);

  tsm_test_redis_set_password (redis, SECRET);
  return redis;
}

/* The address of @redis with @credentials in it. */
static char *
get_url_as (TsmTestRedis *redis,
            const char   *credentials)
{
  return g_strdup_printf ("redis://%s127.0.0.1:%u", credentials, tsm_test_redis_get_port (redis));
}

static void
assert_fails_as (const char   *credentials,
                 TsmLinkError  code)
{
  g_autoptr (TsmTestRedis) redis = start_with_password ();
  g_autofree char *url = get_url_as (redis, credentials);
  TsmConnection *connection = redis_test_new_connection (url);

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, code)));
  g_assert_null (strstr (tsm_connection_get_error (connection)->message, "sesame"));
  redis_test_close (connection);
}

static void
test_password_right (void)
{
  g_autoptr (TsmTestRedis) redis = start_with_password ();
  g_autofree char *url = get_url_as (redis, ":" SECRET "@");

  redis_test_close (redis_test_connect (url));
}

static void
test_password_wrong (void)
{
  assert_fails_as (":sesame@", TSM_LINK_ERROR_AUTH_WRONG);
}

static void
test_password_missing (void)
{
  assert_fails_as ("", TSM_LINK_ERROR_AUTH_REQUIRED);
}

static void
test_user_unknown (void)
{
  assert_fails_as ("nobody:sesame@", TSM_LINK_ERROR_AUTH_WRONG);
}

static void
test_password_needless (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = get_url_as (redis, ":sesame@");

  redis_test_close (redis_test_connect (url));
}

static void
test_user_without_password (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = get_url_as (redis, "guest@");

  tsm_test_redis_do (redis, "ACL SETUSER guest on nopass +@all allchannels");
  redis_test_close (redis_test_connect (url));
}

/* A user "eve" with @channels and all commands that a monitor needs, but for @without. */
static TsmConnection *
start_as_eve (TsmTestRedis *redis,
              const char   *channels,
              const char   *without)
{
  g_autofree char *command = g_strdup_printf ("ACL SETUSER eve reset on >pw +subscribe +psubscribe +publish +ping +info "
                                              "+hello +auth +client|setname +pubsub %s %s", channels, without);
  g_autofree char *url = get_url_as (redis, "eve:pw@");
  TsmConnection *connection = redis_test_new_connection (url);

  tsm_test_redis_do (redis, command);
  tsm_connection_start (connection);
  return connection;
}

static void
test_least_privilege (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&tickstock:*", "");

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)
                                      && tsm_connection_get_round_trip (connection) >= 0));
  g_assert_null (tsm_connection_get_probe_error (connection));
  redis_test_close (connection);
}

static void
test_without_ping_info_and_name (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&tickstock:*", "-ping -info -client|setname");

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_null (tsm_connection_get_server_info (connection)->version);
  redis_test_close (connection);
}

static void
test_one_channel_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&tickstock:errors &tickstock:monitoring:probe:*", "");

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  g_assert_false (redis_test_is_heard (connection, TSM_PROFILE_DEFAULT_CHANNEL));
  g_assert_true (redis_test_is_heard (connection, TSM_PROFILE_ERRORS_CHANNEL));
  redis_test_close (connection);
}

static TsmConnection *
start_without_errors (TsmTestRedis *redis)
{
  TsmConnection *connection = start_as_eve (redis, "&tickstock:monitoring &tickstock:monitoring:probe:*", "");

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)));
  return connection;
}

static void
test_second_channel_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_without_errors (redis);

  g_assert_true (redis_test_is_heard (connection, TSM_PROFILE_DEFAULT_CHANNEL));
  g_assert_false (redis_test_is_heard (connection, TSM_PROFILE_ERRORS_CHANNEL));
  g_assert_null (tsm_connection_get_last_error (connection));
  redis_test_close (connection);
}

static guint
count_refused_subscriptions (TsmTestRedis *redis)
{
  g_autofree char *stats = tsm_test_redis_command (redis, "INFO commandstats");
  const char *line = strstr (stats, "cmdstat_subscribe:");
  const char *count = line != NULL ? strstr (line, "rejected_calls=") : NULL;

  return count != NULL ? (guint) g_ascii_strtoull (count + strlen ("rejected_calls="), NULL, 10) : 0;
}

static void
test_asking_again_keeps_the_link (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_without_errors (redis);
  gint64 since = tsm_connection_get_ready_since (connection);

  g_assert_true (tsm_test_wait_until (count_refused_subscriptions (redis) >= 4));
  g_assert_cmpint (tsm_connection_get_ready_since (connection), ==, since);
  redis_test_close (connection);
}

static void
test_granting_keeps_the_link (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_without_errors (redis);
  gint64 since = tsm_connection_get_ready_since (connection);

  tsm_test_redis_do (redis, "ACL SETUSER eve &tickstock:errors");
  g_assert_true (tsm_test_wait_until (redis_test_is_heard (connection, TSM_PROFILE_ERRORS_CHANNEL)));
  g_assert_cmpint (tsm_connection_get_ready_since (connection), ==, since);
  redis_test_close (connection);
}

static void
test_asking_ends_when_all_is_granted (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_without_errors (redis);
  g_autofree char *list = NULL;

  tsm_test_redis_do (redis, "ACL SETUSER eve &tickstock:errors");
  g_assert_true (tsm_test_wait_until (redis_test_is_heard (connection, TSM_PROFILE_ERRORS_CHANNEL)));
  tsm_test_settle ();
  list = tsm_test_redis_command (redis, "CLIENT LIST TYPE pubsub");
  g_assert_null (strstr (strstr (list, "name=tickstock-monitor") + 1, "name=tickstock-monitor"));
  redis_test_close (connection);
}

static void
test_refusals_are_no_attempts (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&other", "");

  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_NO_PERMISSION)));
  g_assert_cmpuint (tsm_connection_get_n_attempts (connection), ==, 1);
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  redis_test_close (connection);
}

static void
test_all_channels_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&other", "");

  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_NO_PERMISSION)));
  g_assert_cmpint (tsm_connection_get_subscriber_state (connection), ==, TSM_LINK_SUBSCRIBING);
  g_assert_nonnull (strstr (tsm_connection_get_error (connection)->message, "NOPERM"));
  redis_test_close (connection);
}

static void
test_channel_granted_later (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&other", "");

  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_NO_PERMISSION)));
  tsm_test_redis_do (redis, "ACL SETUSER eve &tickstock:*");
  g_assert_true (tsm_test_wait_until (redis_test_is_heard (connection, TSM_PROFILE_DEFAULT_CHANNEL)
                                      && redis_test_is_heard (connection, TSM_PROFILE_ERRORS_CHANNEL)));
  redis_test_close (connection);
}

static void
assert_hears_without_probe (TsmTestRedis  *redis,
                            TsmConnection *connection)
{
  g_autofree char *text = NULL;

  g_assert_true (tsm_test_wait_until (redis_test_is_ready (connection)
                                      && tsm_connection_get_probe_error (connection) != NULL));
  g_assert_nonnull (strstr (tsm_connection_get_probe_error (connection), "NOPERM"));

  tsm_test_redis_do (redis, "PUBLISH %s hello", TSM_PROFILE_DEFAULT_CHANNEL);
  text = redis_test_pop_text (connection);
  g_assert_cmpstr (text, ==, "hello");
  redis_test_close (connection);
}

static void
test_probe_channel_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  assert_hears_without_probe (redis, start_as_eve (redis, "&tickstock:monitoring &tickstock:errors", ""));
}

static void
test_publish_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  assert_hears_without_probe (redis, start_as_eve (redis, "&tickstock:*", "-publish"));
}

/* The server's log of refusals must not fill with ours. */
static void
test_refused_probe_is_not_repeated (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  TsmConnection *connection = start_as_eve (redis, "&tickstock:*", "-publish");
  gint64 end;
  g_autofree char *stats = NULL;

  g_assert_true (tsm_test_wait_until (tsm_connection_get_probe_error (connection) != NULL));
  end = g_get_monotonic_time () + 5 * 100 * G_TIME_SPAN_MILLISECOND; /* five probes */
  g_assert_true (tsm_test_wait_until (g_get_monotonic_time () > end));
  stats = tsm_test_redis_command (redis, "INFO commandstats");
  g_assert_nonnull (strstr (stats, "cmdstat_publish:calls=0"));
  g_assert_nonnull (strstr (stats, "rejected_calls=1,"));
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/access/password-right", test_password_right);
  tsm_test_redis_add ("/redis/access/password-wrong", test_password_wrong);
  tsm_test_redis_add ("/redis/access/password-missing", test_password_missing);
  tsm_test_redis_add ("/redis/access/password-needless", test_password_needless);
  tsm_test_redis_add ("/redis/access/user-unknown", test_user_unknown);
  tsm_test_redis_add ("/redis/access/user-without-password", test_user_without_password);
  tsm_test_redis_add ("/redis/access/least-privilege", test_least_privilege);
  tsm_test_redis_add ("/redis/access/without-ping-info-and-name", test_without_ping_info_and_name);
  tsm_test_redis_add ("/redis/access/one-channel-refused", test_one_channel_refused);
  tsm_test_redis_add ("/redis/access/second-channel-refused", test_second_channel_refused);
  tsm_test_redis_add ("/redis/access/asking-again-keeps-the-link", test_asking_again_keeps_the_link);
  tsm_test_redis_add ("/redis/access/granting-keeps-the-link", test_granting_keeps_the_link);
  tsm_test_redis_add ("/redis/access/asking-ends-when-all-is-granted", test_asking_ends_when_all_is_granted);
  tsm_test_redis_add ("/redis/access/refusals-are-no-attempts", test_refusals_are_no_attempts);
  tsm_test_redis_add ("/redis/access/all-channels-refused", test_all_channels_refused);
  tsm_test_redis_add ("/redis/access/channel-granted-later", test_channel_granted_later);
  tsm_test_redis_add ("/redis/access/probe-channel-refused", test_probe_channel_refused);
  tsm_test_redis_add ("/redis/access/publish-refused", test_publish_refused);
  tsm_test_redis_add ("/redis/access/refused-probe-is-not-repeated", test_refused_probe_is_not_repeated);

  return g_test_run ();
}
