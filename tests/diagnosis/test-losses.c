/* Which lost links were dropped by the server because we read too slowly, as far as that can be told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-losses.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

typedef struct
{
  const char *name;
  double      lost;      /* s after the later examination began */
  gint64      counted;   /* drops between both, -1: not known */
  gint64      largest;   /* bytes */
  int         error;
  gboolean    is_drop;
} Row;

static const Row rows[] = {
  { "counted", -5, 1, -1, TSM_LINK_ERROR_LOST, TRUE },
  { "not-counted", -5, 0, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "not-known", -5, -1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "large-buffer", -5, -1, 2 * 1024 * 1024, TSM_LINK_ERROR_LOST, TRUE },
  { "small-buffer", -5, -1, 100 * 1000, TSM_LINK_ERROR_LOST, FALSE },
  { "large-buffer-of-later", -13, -1, 2 * 1024 * 1024, TSM_LINK_ERROR_LOST, FALSE },
  { "counted-before", -40, 1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "counted-for-others", 4, 1, -1, TSM_LINK_ERROR_LOST, FALSE },
  { "half-open", -5, 1, 2 * 1024 * 1024, TSM_LINK_ERROR_HALF_OPEN, FALSE },
};

static void
test_explain (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TsmExamination) earlier = tsm_examination_new ();
  g_autoptr (TsmExamination) later = tsm_examination_new ();
  TsmLosses losses = { .n_losses = 1, .losses = { { .time = FIXTURE_NOW + SECONDS (row->lost) } } };

  losses.last = g_error_new_literal (TSM_LINK_ERROR, row->error, "lost");
  earlier->server.run_id = g_strdup ("abc");
  earlier->finished = FIXTURE_NOW - SECONDS (30);
  earlier->after.output_buffer_drops = row->counted >= 0 ? 7 : -1;
  later->server.run_id = g_strdup ("abc");
  later->started = FIXTURE_NOW;
  later->finished = FIXTURE_NOW + SECONDS (3);
  later->before.output_buffer_drops = row->counted >= 0 ? 7 + row->counted : -1;
  later->server.largest_output_buffer = row->largest;

  tsm_losses_explain (&losses, earlier, later);
  g_assert_cmpint (tsm_losses_was_drop (&losses), ==, row->is_drop);
  tsm_losses_clear (&losses);
}

/* Those of five minutes count. */
static void
test_tell (void)
{
  TsmLosses losses = { .n_losses = 3, .losses = { { FIXTURE_NOW - SECONDS (301), TRUE }, { FIXTURE_NOW - SECONDS (299), TRUE },
                                                  { FIXTURE_NOW - SECONDS (10), FALSE } } };
  TsmLinkFacts facts = { 0 };

  tsm_losses_tell (&losses, FIXTURE_NOW, &facts);
  g_assert_cmpuint (facts.recent_losses, ==, 2);
  g_assert_cmpuint (facts.recent_drops, ==, 1);
  g_assert_cmpint (facts.last_drop_time, ==, FIXTURE_NOW - SECONDS (299));
  g_assert_cmpint (facts.last_loss_time, ==, FIXTURE_NOW - SECONDS (10));
}

typedef struct
{
  const char *name;
  gboolean    paused;  /* the server was not read when the link was looked at last */
  double      stalled; /* s since then */
  gboolean    is_drop;
} Loss;

static const Loss cases[] = {
  { "closed", FALSE, 1, FALSE },
  { "closed-while-paused", TRUE, 1, TRUE },
  { "closed-while-stalled", FALSE, 4, TRUE },
};

static TsmConnection *
listen_to (TsmTestRedis *redis)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_url (redis), NULL);
  TsmConnection *connection = tsm_connection_new (profile);

  tsm_connection_set_queue_limit (connection, 10 * 1000);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (connection) != 0));
  return connection;
}

static void
drain (TsmConnection *connection)
{
  TsmMessage *message;

  while ((message = tsm_connection_pop (connection)) != NULL)
    tsm_message_unref (message);
}

static void
test_look (gconstpointer data)
{
  const Loss *row = data;
  g_autoptr (TsmTestRedis) redis = NULL;
  g_autoptr (TsmConnection) connection = NULL;
  TsmLosses losses = { 0 };
  gint64 since;

  if (!tsm_test_redis_is_available ())
    {
      g_test_skip ("redis-server is not installed");
      return;
    }

  redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  connection = listen_to (redis);
  since = tsm_connection_get_ready_since (connection);
  if (row->paused)
    {
      tsm_test_redis_flood (redis, TSM_PROFILE_DEFAULT_CHANNEL, 100, 1000);
      g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (connection)));
    }
  g_assert_false (tsm_losses_look (&losses, connection, FIXTURE_NOW));

  tsm_test_redis_do (redis, "CLIENT KILL TYPE pubsub");
  /* what waits is taken, so that the end of the link is read */
  g_assert_true (tsm_test_wait_until ((drain (connection), tsm_connection_get_ready_since (connection) != since)));
  g_assert_true (tsm_losses_look (&losses, connection, FIXTURE_NOW + SECONDS (row->stalled)));
  g_assert_cmpint (tsm_losses_was_drop (&losses), ==, row->is_drop);
  tsm_losses_clear (&losses);
  tsm_connection_stop (connection);
  tsm_test_settle ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/losses/explain/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_explain);
    }
  g_test_add_func ("/losses/tell", test_tell);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/losses/look/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_look);
    }

  return g_test_run ();
}
