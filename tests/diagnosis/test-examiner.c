/* The examiner against real servers: what it counts, whom it knows, and what it does not ask again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-examiner.h"
#include "diagnosis/tsm-watch.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

#define LEAST "+subscribe +psubscribe +publish +ping +info +hello +auth +client|setname +pubsub &tickstock:*"
#define SECONDS 0.5 /* of each examination */
#define EVENT   "{\"event_type\":\"METRIC_UPDATE\",\"metrics\":{\"system\":{\"cpu_percent\":1,\"memory_percent\":2}}}"

typedef struct
{
  TsmTestRedis  *redis;
  TsmProfile    *profile;
  TsmConnection *live;
} Fixture;

static void
set_up (Fixture    *fixture,
        const char *rights)
{
  g_autofree char *command = g_strdup_printf ("ACL SETUSER eve reset on >pw %s", rights);
  g_autofree char *url = NULL;

  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  tsm_test_redis_do (fixture->redis, command);
  url = g_strdup_printf ("redis://eve:pw@127.0.0.1:%u", tsm_test_redis_get_port (fixture->redis));
  fixture->profile = tsm_profile_new_from_url (url, NULL);
  fixture->live = tsm_connection_new (fixture->profile);
  tsm_connection_start (fixture->live);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (fixture->live) != 0));
}

static void
tear_down (Fixture *fixture)
{
  tsm_connection_stop (fixture->live);
  g_object_unref (fixture->live);
  g_object_unref (fixture->profile);
  tsm_test_settle ();
  tsm_test_redis_free (fixture->redis);
}

static void
examined_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(TsmExamination **) user_data = tsm_examine_finish (result, NULL);
}

static TsmExamination *
examine_so (Fixture        *fixture,
            TsmExamination *before,
            gboolean        anew,
            gboolean        deep)
{
  TsmExaminerOptions options = {
    .listen = TRUE, .deep = deep, .seconds = SECONDS, .before = before, .anew = anew, .live = fixture->live,
  };
  TsmExamination *examination = NULL;

  tsm_examine_async (fixture->profile, &options, NULL, examined_cb, &examination);
  g_assert_true (tsm_test_wait_until (examination != NULL));
  return examination;
}

static TsmExamination *
examine (Fixture        *fixture,
         TsmExamination *before,
         gboolean        anew)
{
  return examine_so (fixture, before, anew, FALSE);
}

/* Somebody else on a channel. */
static TsmConnection *
listen_to (Fixture    *fixture,
           const char *channel)
{
  const char *channels[] = { channel, NULL };
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (fixture->redis), NULL);
  TsmConnection *connection;

  tsm_profile_set_channels (profile, channels);
  connection = tsm_connection_new_without_probe (profile);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (connection) != 0));
  return connection;
}

static void
let_go (TsmConnection *connection)
{
  tsm_connection_stop (connection);
  g_object_unref (connection);
}

static gint64
count_refused (Fixture *fixture)
{
  g_autofree char *info = tsm_test_redis_command (fixture->redis, "INFO commandstats");
  const char *at = strstr (info, "cmdstat_publish:");

  at = at != NULL ? strstr (at, "rejected_calls=") : NULL;
  return at != NULL ? g_ascii_strtoll (strchr (at, '=') + 1, NULL, 10) : 0;
}

/* Nobody publishes but the live connection, and nothing of that is a riddle. */
static void
test_alone (gconstpointer data)
{
  const char *rights = data;
  Fixture fixture = { NULL };
  g_autoptr (TsmExamination) examination = NULL;

  set_up (&fixture, rights);
  examination = examine (&fixture, NULL, FALSE);
  g_assert_cmpint (examination->n_probes, ==, 1);
  g_assert_cmpint (examination->n_listeners, ==, 0);
  g_assert_cmpint (examination->n_sentinels, ==, 0);
  g_assert_cmpfloat (examination->tally.unheard, ==, 0);
  g_assert_cmpfloat (examination->tally.denied, ==, 0);
  g_assert_cmpint (examination->searched, ==, strstr (rights, "-psubscribe") == NULL);
  tear_down (&fixture);
}

static void
test_others_are_known (void)
{
  Fixture fixture = { NULL };
  TsmConnection *others[5];
  g_autoptr (TsmExamination) examination = NULL;

  set_up (&fixture, LEAST);
  others[0] = listen_to (&fixture, FIXTURE_CHANNEL);
  others[1] = listen_to (&fixture, FIXTURE_CHANNEL);
  others[2] = listen_to (&fixture, "__sentinel__:hello");
  others[3] = listen_to (&fixture, TSM_PROFILE_PROBE_PREFIX "of-another");
  others[4] = listen_to (&fixture, FIXTURE_CHANNEL ":control");
  examination = examine (&fixture, NULL, FALSE);
  g_assert_cmpint (examination->n_probes, ==, 2);
  g_assert_cmpint (examination->n_listeners, ==, 2);
  g_assert_cmpint (examination->n_sentinels, ==, 1);
  g_assert_cmpint (examination->control.subscribers, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    let_go (others[i]);
  tear_down (&fixture);
}

/* A refusal looks to other monitors like that of a publisher; so it is not brought about each few seconds. */
static void
test_refusal_is_remembered (void)
{
  Fixture fixture = { NULL };
  g_autoptr (TsmExamination) first = NULL;
  g_autoptr (TsmExamination) second = NULL;
  g_autoptr (TsmExamination) third = NULL;
  gint64 n;

  set_up (&fixture, LEAST " +multi +discard resetchannels &" FIXTURE_CHANNEL " &tickstock:errors &" TSM_PROFILE_PROBE_PREFIX "*");
  n = count_refused (&fixture);
  first = examine (&fixture, NULL, FALSE);
  g_assert_nonnull (first->control_error);
  g_assert_cmpint (count_refused (&fixture), ==, n + 1);
  second = examine (&fixture, first, FALSE);
  g_assert_cmpstr (second->control_error, ==, first->control_error);
  g_assert_cmpint (count_refused (&fixture), ==, n + 1);
  third = examine (&fixture, second, TRUE);
  g_assert_nonnull (third->control_error);
  g_assert_cmpint (count_refused (&fixture), ==, n + 2);

  /* it was allowed meanwhile, and somebody asks for it to be looked at again */
  tsm_test_redis_do (fixture.redis, "ACL SETUSER eve &" FIXTURE_CHANNEL ":control");
  g_clear_pointer (&first, tsm_examination_unref);
  first = examine (&fixture, third, TRUE);
  g_assert_null (first->control_error);
  tear_down (&fixture);
}

/* What a search and the live connection hear is counted from the begin to the end, where both were there all the time. */
static void
test_watch (void)
{
  Fixture fixture = { NULL };
  TsmWatch watch = { NULL };
  g_autoptr (TsmExamination) examination = tsm_examination_new ();
  g_autoptr (TsmSearch) search = NULL;
  g_autoptr (GBytes) command = g_bytes_new_static ("x", 1);

  set_up (&fixture, "+@all allchannels");
  search = tsm_search_new (fixture.profile, FALSE, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_search_get_since (search) != 0));
  watch.search = search;
  watch.live = fixture.live;

  tsm_test_redis_do (fixture.redis, "PUBLISH " FIXTURE_CHANNEL " before");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_received (fixture.live) == 1));
  g_assert_true (tsm_test_wait_until (tsm_search_get_n_heard (search) >= 1));
  tsm_watch_begin (&watch);
  tsm_test_redis_do (fixture.redis, "PUBLISH " FIXTURE_CHANNEL " meanwhile");
  g_assert_true (tsm_test_wait_until (tsm_connection_get_n_received (fixture.live) == 2));
  tsm_connection_publish_async (fixture.live, FIXTURE_CHANNEL ":control", command, NULL, NULL, NULL);
  tsm_watch_end (&watch, examination);
  g_assert_cmpuint (examination->heard_live, ==, 1);
  g_assert_cmpuint (examination->sent_live, ==, 1);
  g_assert_true (examination->searched);

  tsm_watch_begin (&watch);
  tsm_test_redis_do (fixture.redis, "CLIENT KILL TYPE pubsub");
  g_assert_true (tsm_test_wait_until (tsm_search_get_since (search) != 0 && tsm_search_get_since (search) != watch.since));
  tsm_watch_end (&watch, examination);
  g_assert_false (examination->searched);
  tear_down (&fixture);
}

static gboolean
publish_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  tsm_test_redis_do (fixture->redis, "PUBLISH acme[1] " EVENT);
  tsm_test_redis_do (fixture->redis, "PUBLISH chat hello");
  return G_SOURCE_CONTINUE;
}

static const TsmNearMiss *
find_near_miss (const TsmExamination *examination,
                const char           *channel)
{
  for (guint i = 0; i < examination->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (examination->near_misses, i);

      if (g_str_equal (miss->channel, channel))
        return miss;
    }
  return NULL;
}

/* A search of all channels finds the events, and knows the rest to be none; the next need not be as wide to go on hearing them. */
static void
test_found_once_is_heard_again (void)
{
  Fixture fixture = { NULL };
  g_autoptr (TsmExamination) first = NULL;
  g_autoptr (TsmExamination) second = NULL;
  const TsmNearMiss *miss;
  guint source;

  set_up (&fixture, "+@all allchannels");
  source = g_timeout_add (20, publish_cb, &fixture);
  first = examine_so (&fixture, NULL, FALSE, TRUE);
  miss = find_near_miss (first, "acme[1]");
  g_assert_nonnull (miss);
  g_assert_true (tsm_near_miss_has_events (miss));
  g_assert_nonnull (find_near_miss (first, "chat"));
  g_assert_cmpfloat (first->others, >, 0);

  second = examine_so (&fixture, first, FALSE, FALSE);
  miss = find_near_miss (second, "acme[1]");
  g_assert_nonnull (miss);
  g_assert_cmpuint (g_bytes_get_size (miss->sample), ==, strlen (EVENT));
  g_assert_cmpfloat (miss->rate, >, find_near_miss (first, "acme[1]")->rate / 2); /* what is only remembered has half of it */
  g_assert_cmpfloat (second->others, ==, first->others);
  g_source_remove (source);
  tear_down (&fixture);
}

static void
test_alone_if_available (gconstpointer data)
{
  if (tsm_test_redis_is_available ())
    test_alone (data);
  else
    g_test_skip ("redis-server is not installed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/examiner/alone", "+@all allchannels", test_alone_if_available);
  g_test_add_data_func ("/examiner/alone-with-least-rights", LEAST, test_alone_if_available);
  g_test_add_data_func ("/examiner/alone-without-a-search", LEAST " -psubscribe", test_alone_if_available);
  tsm_test_redis_add ("/examiner/others-are-known", test_others_are_known);
  tsm_test_redis_add ("/examiner/refusal-is-remembered", test_refusal_is_remembered);
  tsm_test_redis_add ("/examiner/watch", test_watch);
  tsm_test_redis_add ("/examiner/found-once-is-heard-again", test_found_once_is_heard_again);

  return g_test_run ();
}
