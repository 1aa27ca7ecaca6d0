/* A thousand reconnects leave nothing behind: no file descriptor, no thread, no memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis-test.h"
#include "support/tsm-test-usage.h"

#define N_FIRST      100 /* until all that is made once has been made */
#define N_RECONNECTS 1000
#define MAX_GROWTH   (64 * 1024) /* bytes; 64 for each reconnect */

typedef struct
{
  const char     *name;
  const char     *says; /* to SUBSCRIBE, and to the probe */
  TsmTestPeerEnd  end;
} Way;

static const Way ways[] = {
  { "hung-up-on", TSM_TEST_PEER_GRANTS, TSM_TEST_PEER_CLOSES },
  { "within-a-message", TSM_TEST_PEER_GRANTS "*3\r\n$7\r\nmessage\r\n$1\r\n", TSM_TEST_PEER_CLOSES },
  { "after-nonsense", TSM_TEST_PEER_GRANTS "nonsense\r\n", TSM_TEST_PEER_FALLS_SILENT },
  { "refused", "-ERR no\r\n", TSM_TEST_PEER_CLOSES },
};

static TsmTestUsage
reconnect (TsmConnection *connection,
           TsmTestPeer   *peer,
           guint          n)
{
  guint before = tsm_test_peer_get_n_clients (peer);

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (tsm_test_peer_get_n_clients (peer) >= before + n));
  tsm_connection_stop (connection);
  tsm_test_settle ();
  return tsm_test_usage_get ();
}

static void
test_way (gconstpointer data)
{
  const Way *way = data;
  const char *answers[] = { TSM_TEST_PEER_GREETS, way->says, NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, way->end);
  TsmConnection *connection = redis_test_new_connection (tsm_test_peer_get_url (peer));
  const TsmTiming timing = { 2000, 2000, 1, 1, 5000, 10000 };
  TsmTestUsage before;
  TsmTestUsage after;

  tsm_connection_set_timing (connection, &timing);
  before = reconnect (connection, peer, N_FIRST);
  after = reconnect (connection, peer, N_RECONNECTS);

  /* The peer sees the ends of the last ones a little later. */
  g_assert_true (tsm_test_wait_until ((after = tsm_test_usage_get ()).n_fds <= before.n_fds));
  g_assert_true (tsm_test_wait_until ((after = tsm_test_usage_get ()).n_threads <= before.n_threads));
  g_test_message ("heap: %" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT, before.heap, after.heap);
  g_assert_cmpuint (after.heap, <=, before.heap + MAX_GROWTH);
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strconcat ("/redis/leaks/", ways[i].name, NULL);

      g_test_add_data_func (path, &ways[i], test_way);
    }

  return g_test_run ();
}
