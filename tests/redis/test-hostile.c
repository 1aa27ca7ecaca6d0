/* Servers that behave until they are listened to: whatever they say then ends in an error and another attempt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-subscriber.h"

/* To SUBSCRIBE a. */
#define GRANTS "*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n"
#define MESSAGE "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$5\r\nhello\r\n"

typedef struct
{
  const char   *name;
  const char   *says; /* after it has granted the subscription */
  TsmLinkError  code;
  guint         n_messages;
  const char   *piece;    /* (nullable): said @n_pieces times */
  guint         n_pieces;
} Hostile;

static const Hostile hostiles[] = {
  /* what is no message */
  { "array-empty", "*0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "array-nil", "*-1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "array-of-one", "*1\r\n$7\r\nmessage\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "array-of-numbers", "*3\r\n:1\r\n:2\r\n:3\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "kind-nil", "*3\r\n$-1\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "kind-status", "*3\r\n+message\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "kind-array", "*3\r\n*1\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "kind-empty", "*3\r\n$0\r\n\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "kind-unknown", "*3\r\n$8\r\nsmessage\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "message-too-short", "*2\r\n$7\r\nmessage\r\n$1\r\na\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "message-too-long", "*4\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n$1\r\ny\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "message-of-nobody", "*3\r\n$7\r\nmessage\r\n$-1\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "message-of-number", "*3\r\n$7\r\nmessage\r\n:1\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "message-of-array", "*3\r\n$7\r\nmessage\r\n*1\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "payload-nil", "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$-1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "payload-number", "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n:1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "payload-array", "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n*0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "pmessage-too-short", "*3\r\n$8\r\npmessage\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "pmessage-of-nil", "*4\r\n$8\r\npmessage\r\n$-1\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },

  /* what nobody has asked for */
  { "subscribe-again", GRANTS, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-to-another", "*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "psubscribe", "*3\r\n$10\r\npsubscribe\r\n$1\r\na\r\n:2\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-to-nil", "*3\r\n$9\r\nsubscribe\r\n$-1\r\n:1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe", "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-twice", "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n",
    TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-nil", "*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-without-count", "*2\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-count-of-string", "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n$1\r\n0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "punsubscribe", "*3\r\n$12\r\npunsubscribe\r\n$1\r\na\r\n:0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "punsubscribe-nil", "*3\r\n$12\r\npunsubscribe\r\n$-1\r\n:0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "sunsubscribe", "*3\r\n$12\r\nsunsubscribe\r\n$1\r\na\r\n:0\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-in-capitals", "*2\r\n$11\r\nUNSUBSCRIBE\r\n$1\r\na\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "unsubscribe-and-a-message", "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n" MESSAGE, TSM_LINK_ERROR_NOT_REDIS },
  { "pong", "*2\r\n$4\r\npong\r\n$0\r\n\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "status", "+OK\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "status-after-messages", MESSAGE MESSAGE "+OK\r\n", TSM_LINK_ERROR_NOT_REDIS, 2 },
  { "number-after-messages", MESSAGE MESSAGE ":1\r\n", TSM_LINK_ERROR_NOT_REDIS, 2 },
  { "array-of-one-after-messages", MESSAGE MESSAGE "*1\r\n:1\r\n", TSM_LINK_ERROR_NOT_REDIS, 2 },
  { "number", ":1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "string", "$5\r\nhello\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "nil", "$-1\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "monitor", "+1339518083.107412 [0 127.0.0.1:60866] \"keys\" \"*\"\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "error", "-ERR the end\r\n", TSM_LINK_ERROR_SERVER },
  { "error-after-a-message", MESSAGE "-ERR the end\r\n", TSM_LINK_ERROR_SERVER, 1 },

  /* what is no RESP2 */
  { "inline", "hello\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "http", "HTTP/1.1 400 Bad Request\r\n\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "tls", "\x16\x03\x01", TSM_LINK_ERROR_NOT_REDIS },
  { "push", ">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "map", "%1\r\n+a\r\n+b\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "null", "_\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "after-a-message", MESSAGE "hello\r\n", TSM_LINK_ERROR_NOT_REDIS, 1 },
  { "string-longer-than-said", "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nhello\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "number-of-letters", "*a\r\n", TSM_LINK_ERROR_NOT_REDIS },

  /* what would take all memory, all time, or never end */
  { "array-of-a-billion", "*1000000000\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "array-too-long-to-count", "*99999999999999999999\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "array-below-nil", "*-2\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "arrays-in-each-other", NULL, TSM_LINK_ERROR_NOT_REDIS, 0, "*1\r\n", 1000 },
  { "arrays-beside-each-other", "*100000\r\n", TSM_LINK_ERROR_NOT_REDIS, 0, "*1000\r\n:1\r\n", 5000 },
  { "string-of-two-gigabytes", "$2147483647\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "string-too-long-to-count", "$99999999999999999999\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "string-below-nil", "$-2\r\n", TSM_LINK_ERROR_NOT_REDIS },
  { "line-without-end", "+", TSM_LINK_ERROR_NOT_REDIS, 0, "a", 100000 },
  { "error-without-end", "-", TSM_LINK_ERROR_NOT_REDIS, 0, "\r", 100000 },
};

static void
greeted_cb (TsmServerInfo *info,
            gpointer       owner)
{
  tsm_server_info_free (info);
}

static void
ignore_cb (gpointer owner)
{
}

static const TsmSubscriberFuncs funcs = { .greeted = greeted_cb, .queued = ignore_cb, .changed = ignore_cb };

static char *
join_words (const Hostile *hostile)
{
  GString *words = g_string_new (GRANTS);

  g_string_append (words, hostile->says != NULL ? hostile->says : "");
  for (guint i = 0; i < hostile->n_pieces; i++)
    g_string_append (words, hostile->piece);
  return g_string_free (words, FALSE);
}

static gboolean
has_ended_twice (TsmLink      *link,
                 TsmTestPeer  *peer,
                 TsmLinkError  code)
{
  const TsmLinkStatus *status = tsm_link_get_status (link);

  return g_error_matches (status->error, TSM_LINK_ERROR, (int) code) && tsm_test_peer_get_n_clients (peer) >= 2;
}

static void
test_hostile (gconstpointer data)
{
  const Hostile *hostile = data;
  g_autofree char *words = join_words (hostile);
  const char *answers[] = { TSM_TEST_PEER_GREETS, words, NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_FALLS_SILENT);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_peer_get_url (peer), &error);
  const TsmTiming timing = { 1000, 1000, 10, 100, 5000, 10000 };
  TsmSubscriber *subscriber;

  g_assert_no_error (error);
  tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, "a", &error);
  g_assert_no_error (error);
  subscriber = tsm_subscriber_new (profile, NULL, g_main_context_default (), &timing, &funcs, NULL);
  tsm_subscriber_start (subscriber);
  g_assert_true (tsm_test_wait_until (has_ended_twice (tsm_subscriber_get_link (subscriber), peer, hostile->code)));
  tsm_link_stop (tsm_subscriber_get_link (subscriber));

  g_assert_cmpuint (tsm_subscriber_get_n_received (subscriber), >=, hostile->n_messages);
  g_assert_true (hostile->n_messages > 0 || tsm_subscriber_get_n_received (subscriber) == 0);
  tsm_subscriber_free (subscriber);
}

/* One byte now and then is no sign of life where no reply ever ends. */
static void
test_drip (void)
{
  const char *answers[] = { TSM_TEST_PEER_GREETS, TSM_TEST_PEER_GRANTS "$1000000\r\n", NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_DRIPS);
  TsmConnection *connection = redis_test_new_connection (tsm_test_peer_get_url (peer));
  /* The command link waits for its reply longer than the test does, so it is not the one that gives up. */
  const TsmTiming timing = { 1000, 2 * TSM_TEST_DEADLINE_S * 1000, 10, 100, 50, 500 };

  tsm_connection_set_timing (connection, &timing);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_HALF_OPEN)));
  g_assert_true (tsm_test_wait_until (tsm_test_peer_get_n_clients (peer) >= 3));
  redis_test_close (connection);
}

/* While hands are shaken, the reply is awaited no longer for it. */
static void
test_drip_at_first (void)
{
  const char *answers[] = { "$1000000\r\n", NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_DRIPS);
  TsmConnection *connection = redis_test_new_connection (tsm_test_peer_get_url (peer));
  const TsmTiming timing = { 1000, 400, 10, 100, 50, 500 };

  tsm_connection_set_timing (connection, &timing);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_TIMEOUT)));
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hostiles); i++)
    {
      g_autofree char *path = g_strconcat ("/redis/hostile/", hostiles[i].name, NULL);

      g_test_add_data_func (path, &hostiles[i], test_hostile);
    }

  g_test_add_func ("/redis/hostile/drip", test_drip);
  g_test_add_func ("/redis/hostile/drip-at-first", test_drip_at_first);

  return g_test_run ();
}
