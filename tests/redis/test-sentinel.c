/* Sentinel: who is asked for the primary, and that a fail-over is followed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"
#include "redis/tsm-trial.h"
#include "support/tsm-test-peer.h"

#define SERVICE "mymaster"
#define N       3

typedef struct
{
  TsmTestRedis  *primary;
  TsmTestRedis  *replicas[2];
  TsmTestRedis  *sentinels[N];
  TsmConnection *connection;
} Fixture;

static TsmTestRedis *
start_sentinel (TsmTestRedis *primary)
{
  TsmTestRedis *sentinel = tsm_test_redis_start (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, NULL);

  tsm_test_redis_do (sentinel, "SENTINEL MONITOR " SERVICE " 127.0.0.1 %d 2", (int) tsm_test_redis_get_port (primary));
  tsm_test_redis_do (sentinel, "SENTINEL SET " SERVICE " down-after-milliseconds 500 failover-timeout 3000");
  return sentinel;
}

static TsmTestRedis *
start_replica (TsmTestRedis *primary)
{
  TsmTestRedis *replica = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);

  tsm_test_redis_do (replica, "REPLICAOF 127.0.0.1 %d", (int) tsm_test_redis_get_port (primary));
  return replica;
}

static gboolean
contains (TsmTestRedis *redis,
          const char   *command,
          const char   *expected)
{
  g_autofree char *reply = tsm_test_redis_command (redis, command);

  return strstr (reply, expected) != NULL;
}

/* A fail-over needs the replicas in step, and the sentinels to know of the replicas and of each other. */
static gboolean
is_formed (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->replicas); i++)
    if (!contains (fixture->replicas[i], "INFO replication", "master_link_status:up"))
      return FALSE;

  for (guint i = 0; i < N; i++)
    if (!contains (fixture->sentinels[i], "INFO sentinel", "slaves=2,sentinels=3"))
      return FALSE;

  return TRUE;
}

static char *
get_url (Fixture    *fixture,
         const char *service)
{
  return g_strdup_printf ("redis+sentinel://127.0.0.1:%u,127.0.0.1:%u,localhost:%u/%s",
                          tsm_test_redis_get_port (fixture->sentinels[0]), tsm_test_redis_get_port (fixture->sentinels[1]),
                          tsm_test_redis_get_port (fixture->sentinels[2]), service);
}

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  fixture->primary = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->replicas); i++)
    fixture->replicas[i] = start_replica (fixture->primary);
  for (guint i = 0; i < N; i++)
    fixture->sentinels[i] = start_sentinel (fixture->primary);
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  if (fixture->connection != NULL)
    redis_test_close (fixture->connection);
  for (guint i = 0; i < N; i++)
    tsm_test_redis_free (fixture->sentinels[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->replicas); i++)
    tsm_test_redis_free (fixture->replicas[i]);
  tsm_test_redis_free (fixture->primary);
}

static gboolean
is_on (Fixture      *fixture,
       TsmTestRedis *redis)
{
  g_autofree char *endpoint = g_strdup_printf ("127.0.0.1:%u", tsm_test_redis_get_port (redis));

  return redis_test_is_ready (fixture->connection)
         && g_strcmp0 (tsm_connection_get_primary (fixture->connection), endpoint) == 0;
}

static void
connect_and_form (Fixture *fixture)
{
  g_autofree char *url = get_url (fixture, SERVICE);

  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (is_on (fixture, fixture->primary)));
  g_assert_true (tsm_test_wait_until (is_formed (fixture)));
}

/* The replica that is the primary now. */
static TsmTestRedis *
get_successor (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->replicas); i++)
    if (is_on (fixture, fixture->replicas[i]))
      return fixture->replicas[i];

  return NULL;
}

static void
assert_followed (Fixture *fixture)
{
  TsmTestRedis *successor;
  g_autofree char *old = g_strdup_printf ("127.0.0.1:%u", tsm_test_redis_get_port (fixture->primary));

  g_assert_true (tsm_test_wait_until_for ((successor = get_successor (fixture)) != NULL, 60));
  g_assert_cmpuint (tsm_connection_get_n_moves (fixture->connection), ==, 1);
  g_assert_nonnull (strstr (tsm_connection_get_move (fixture->connection), old));
  g_assert_nonnull (strstr (tsm_connection_get_move (fixture->connection),
                            tsm_connection_get_primary (fixture->connection)));
  g_assert_false (tsm_connection_is_on_replica (fixture->connection));

  tsm_test_redis_do (successor, "PUBLISH %s %s", TSM_PROFILE_DEFAULT_CHANNEL, "after");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_received (fixture->connection) == 1));
}

static void
test_primary_dies (Fixture       *fixture,
                   gconstpointer  data)
{
  connect_and_form (fixture);
  tsm_test_redis_kill (fixture->primary);
  assert_followed (fixture);
}

/* The old primary lives on as a replica. */
static void
test_ordered_fail_over (Fixture       *fixture,
                        gconstpointer  data)
{
  connect_and_form (fixture);
  tsm_test_redis_do (fixture->sentinels[0], "SENTINEL FAILOVER " SERVICE);
  assert_followed (fixture);
}

static void
test_one_sentinel_will_do (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *url = get_url (fixture, SERVICE);

  tsm_test_redis_kill (fixture->sentinels[0]);
  tsm_test_redis_kill (fixture->sentinels[2]);
  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (is_on (fixture, fixture->primary)));
  g_assert_cmpuint (tsm_connection_get_n_moves (fixture->connection), ==, 0);
}

static void
assert_fails (Fixture      *fixture,
              const char   *service,
              TsmLinkError  code)
{
  g_autofree char *url = get_url (fixture, service);

  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (fixture->connection, code)));
}

static void
test_no_sentinel (Fixture       *fixture,
                  gconstpointer  data)
{
  for (guint i = 0; i < N; i++)
    tsm_test_redis_kill (fixture->sentinels[i]);
  assert_fails (fixture, SERVICE, TSM_LINK_ERROR_NO_SENTINEL);
}

static void
test_unknown_service (Fixture       *fixture,
                      gconstpointer  data)
{
  assert_fails (fixture, "nosuch", TSM_LINK_ERROR_NO_PRIMARY);
  g_assert_nonnull (strstr (tsm_connection_get_error (fixture->connection)->message, "nosuch"));
}

/* A sentinel that has lost touch names an old primary; that one is not taken for one. */
static void
test_stale_sentinel (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr (TsmTestRedis) stale = tsm_test_redis_start (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, NULL);

  tsm_test_redis_do (stale, "SENTINEL MONITOR old 127.0.0.1 %d 2", (int) tsm_test_redis_get_port (fixture->replicas[0]));
  url = g_strdup_printf ("redis+sentinel://127.0.0.1:%u/old", tsm_test_redis_get_port (stale));
  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (fixture->connection, TSM_LINK_ERROR_NO_PRIMARY)
                                      || is_on (fixture, fixture->primary)));
}

/* The same, but no other sentinel ever tells it better. */
static TsmTestPeer *
start_lying_sentinel (Fixture *fixture)
{
  g_autofree char *port = g_strdup_printf ("%u", tsm_test_redis_get_port (fixture->replicas[0]));
  g_autofree char *primary = g_strdup_printf ("*2\r\n$9\r\n127.0.0.1\r\n$%zu\r\n%s\r\n", strlen (port), port);
  const char *answers[] = { "+PONG\r\n", "+OK\r\n", "$0\r\n\r\n", "$0\r\n\r\n", primary, NULL };

  return tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_FALLS_SILENT);
}

/* Which is asked twice, so that any other answers before it. */
static TsmTestRedis *
start_locked_sentinel (Fixture *fixture)
{
  const char *args[] = { "--requirepass", "hunter2", NULL };
  TsmTestRedis *locked = tsm_test_redis_start (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, args);

  tsm_test_redis_set_password (locked, "hunter2");
  tsm_test_redis_do (locked, "SENTINEL MONITOR " SERVICE " 127.0.0.1 %d 2", (int) tsm_test_redis_get_port (fixture->primary));
  return locked;
}

/* However quick it is: what it named in vain gives way to what another names. */
static void
test_lying_sentinel (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr (TsmTestPeer) liar = start_lying_sentinel (fixture);
  g_autoptr (TsmTestRedis) locked = start_locked_sentinel (fixture);

  url = g_strdup_printf ("redis+sentinel://:hunter2@127.0.0.1:%u,127.0.0.1:%u/" SERVICE, tsm_test_peer_get_port (liar),
                         tsm_test_redis_get_port (locked));
  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (is_on (fixture, fixture->primary)));
  g_assert_cmpuint (tsm_connection_get_n_moves (fixture->connection), ==, 0);
}

/* A trial has one attempt. The time for connecting leaves the others some seconds to answer. */
static void
test_lying_sentinel_is_outvoted (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autofree char *port = g_strdup_printf ("port %u", tsm_test_redis_get_port (fixture->primary));
  g_autoptr (TsmTestPeer) liar = start_lying_sentinel (fixture);
  g_autoptr (TsmTestRedis) one = start_locked_sentinel (fixture);
  g_autoptr (TsmTestRedis) other = start_locked_sentinel (fixture);
  g_autoptr (TsmProfile) profile = NULL;
  g_autoptr (TsmTrial) trial = NULL;

  url = g_strdup_printf ("redis+sentinel://:hunter2@127.0.0.1:%u,127.0.0.1:%u,127.0.0.1:%u/" SERVICE, tsm_test_peer_get_port (liar),
                         tsm_test_redis_get_port (one), tsm_test_redis_get_port (other));
  profile = tsm_profile_new_from_url (url, NULL);
  tsm_profile_set_text (profile, TSM_PROFILE_CONNECT_TIMEOUT, "120000", NULL);
  trial = tsm_trial_new (profile);
  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_RESOLVE)->words, port));
}

/* Nothing else is named, so what was tried in vain is tried again. */
static void
test_primary_comes_back (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *url = g_strdup_printf ("redis+sentinel://127.0.0.1:%u/" SERVICE, tsm_test_redis_get_port (fixture->sentinels[0]));

  tsm_test_redis_do (fixture->sentinels[0], "SENTINEL SET " SERVICE " down-after-milliseconds 600000");
  tsm_test_redis_do (fixture->sentinels[1], "SENTINEL REMOVE " SERVICE);
  tsm_test_redis_do (fixture->sentinels[2], "SENTINEL REMOVE " SERVICE);
  tsm_test_redis_kill (fixture->primary);
  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (fixture->connection, TSM_LINK_ERROR_REFUSED)));
  tsm_test_redis_restart (fixture->primary);
  g_assert_true (tsm_test_wait_until (is_on (fixture, fixture->primary)));
}

static void
test_sentinel_with_password (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autoptr (TsmTestRedis) locked = start_locked_sentinel (fixture);

  tsm_test_redis_do (fixture->primary, "CONFIG SET requirepass hunter2");
  url = g_strdup_printf ("redis+sentinel://:hunter2@127.0.0.1:%u/" SERVICE, tsm_test_redis_get_port (locked));
  fixture->connection = redis_test_new_connection (url);
  tsm_connection_start (fixture->connection);
  g_assert_true (tsm_test_wait_until (is_on (fixture, fixture->primary)));
}

/* It is the sentinel that wants another password, and nothing is known of the server. */
static void
test_sentinel_refuses (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *url = NULL;
  g_autofree char *sentinel = NULL;
  g_autoptr (TsmTestRedis) locked = start_locked_sentinel (fixture);
  g_autoptr (TsmProfile) profile = NULL;
  g_autoptr (TsmTrial) trial = NULL;

  url = g_strdup_printf ("redis+sentinel://:wrong@127.0.0.1:%u/" SERVICE, tsm_test_redis_get_port (locked));
  sentinel = g_strdup_printf ("127.0.0.1:%u", tsm_test_redis_get_port (locked));
  profile = tsm_profile_new_from_url (url, NULL);
  trial = tsm_trial_new (profile);
  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  g_assert_error (tsm_trial_get_result (trial, TSM_TRIAL_RESOLVE)->error, TSM_LINK_ERROR, TSM_LINK_ERROR_AUTH_WRONG);
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_RESOLVE)->error->message, sentinel));
  for (guint i = TSM_TRIAL_CONNECT; i < TSM_N_TRIAL_STEPS; i++)
    g_assert_cmpint (tsm_trial_get_result (trial, i)->state, ==, TSM_TRIAL_PENDING);
}

static void
test_trial (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *url = get_url (fixture, SERVICE);
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);
  g_autoptr (TsmTrial) trial = tsm_trial_new (profile);

  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  g_assert_cmpint (tsm_trial_get_verdict (trial), ==, TSM_TRIAL_WARN); /* nobody listens on the control channel */
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_RESOLVE)->words, "127.0.0.1"));
}

/* Without sentinels a replica is good for listening. */
static void
test_replica_is_read (Fixture       *fixture,
                      gconstpointer  data)
{
  fixture->connection = redis_test_connect (tsm_test_redis_get_tcp_url (fixture->replicas[0]));
  g_assert_true (tsm_connection_is_on_replica (fixture->connection));
  g_assert_true (tsm_test_wait_until (contains (fixture->replicas[0], "INFO replication", "master_link_status:up")));
  tsm_test_redis_do (fixture->primary, "PUBLISH %s %s", TSM_PROFILE_DEFAULT_CHANNEL, "from the primary");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_received (fixture->connection) == 1));
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, setup, test, teardown);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!tsm_test_redis_is_available ())
    {
      g_printerr ("no redis-server\n");
      return 77;
    }

  add ("/redis/sentinel/primary-dies", test_primary_dies);
  add ("/redis/sentinel/ordered-fail-over", test_ordered_fail_over);
  add ("/redis/sentinel/one-will-do", test_one_sentinel_will_do);
  add ("/redis/sentinel/none-answers", test_no_sentinel);
  add ("/redis/sentinel/unknown-service", test_unknown_service);
  add ("/redis/sentinel/stale", test_stale_sentinel);
  add ("/redis/sentinel/liar-beside-another", test_lying_sentinel);
  add ("/redis/sentinel/liar-is-outvoted", test_lying_sentinel_is_outvoted);
  add ("/redis/sentinel/primary-comes-back", test_primary_comes_back);
  add ("/redis/sentinel/with-password", test_sentinel_with_password);
  add ("/redis/sentinel/refuses", test_sentinel_refuses);
  add ("/redis/sentinel/trial", test_trial);
  add ("/redis/sentinel/replica-is-read", test_replica_is_read);

  return g_test_run ();
}
