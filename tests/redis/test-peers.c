/* Peers that are no Redis, or a very bad one: each is told apart, and none can harm us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"

#define OK   "+OK\r\n"
#define PONG "+PONG\r\n"

typedef struct
{
  const char     *name;
  const char     *greeting;
  const char     *answers[8];
  TsmTestPeerEnd  end;
  TsmLinkError    code;
} BadPeer;

static const BadPeer bad_peers[] = {
  { "http", NULL, { "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" },
    TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_NOT_REDIS },
  { "ssh", "SSH-2.0-OpenSSH_9.2\r\n", { NULL }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "tls-alert", NULL, { "\x15\x03\x03\x01\x02\x02\x46" }, TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_TLS_REQUIRED },
  { "silent", NULL, { NULL }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_TIMEOUT },
  { "closes-at-once", NULL, { NULL }, TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_LOST },
  { "wrong-pong", NULL, { OK }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "number-for-pong", NULL, { ":1\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "half-a-reply", NULL, { "$100\r\nabc" }, TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_LOST },
  { "half-a-reply-and-silence", NULL, { "*2\r\n$1\r\na\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_TIMEOUT },
  { "turned-away", "-ERR max number of clients reached\r\n", { NULL }, TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_MAX_CLIENTS },
  { "loading", NULL, { "-LOADING Redis is loading the dataset in memory\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_LOADING },
  { "protected", "-DENIED Redis is running in protected mode\r\n", { NULL },
    TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_PROTECTED_MODE },
  { "huge-array", NULL, { "*2147483648\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "deep-array", NULL, { "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "name-of-number", NULL, { PONG, ":1\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "info-of-status", NULL, { PONG, OK, OK }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "info-of-array", NULL, { PONG, OK, "$0\r\n\r\n", "*0\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },

  /* The rest gets as far as SUBSCRIBE. */
  { "subscribe-too-short", NULL, { TSM_TEST_PEER_GREETS, "*1\r\n$9\r\nsubscribe\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-of-numbers", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n:1\r\n:2\r\n:3\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-of-numbers-twice", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n:1\r\n:2\r\n:3\r\n" "*3\r\n:1\r\n:2\r\n:3\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-to-nil", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n$9\r\nsubscribe\r\n$-1\r\n:1\r\n" },
    TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-to-another", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n$9\r\nsubscribe\r\n$5\r\nother\r\n:1\r\n" },
    TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-empty-array", NULL, { TSM_TEST_PEER_GREETS, "*0\r\n" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-ok", NULL, { TSM_TEST_PEER_GREETS, OK }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "message-too-short", NULL, { TSM_TEST_PEER_GREETS, "*2\r\n$7\r\nmessage\r\n$1\r\na\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "message-of-nil", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$-1\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "pmessage-too-short", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n$8\r\npmessage\r\n$1\r\na\r\n$1\r\na\r\n" },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "unasked-reply", NULL, { PONG, OK, "$0\r\n\r\n", "$0\r\n\r\n" OK OK },
    TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_NOT_REDIS },
  { "subscribe-silence", NULL, { TSM_TEST_PEER_GREETS, "" }, TSM_TEST_PEER_FALLS_SILENT, TSM_LINK_ERROR_TIMEOUT },
  { "subscribe-half", NULL, { TSM_TEST_PEER_GREETS, "*3\r\n$9\r\nsub" }, TSM_TEST_PEER_CLOSES, TSM_LINK_ERROR_LOST },
};

static void
test_bad_peer (gconstpointer data)
{
  const BadPeer *bad = data;
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (bad->greeting, bad->answers, bad->end);
  TsmConnection *connection = redis_test_new_connection (tsm_test_peer_get_url (peer));
  const TsmTiming timing = { 1000, 400, 10, 100, 5000, 10000 };

  tsm_connection_set_timing (connection, &timing);
  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until_for (redis_test_has_error (connection, bad->code), 10));
  g_assert_cmpuint (tsm_connection_get_n_received (connection), ==, 0);
  redis_test_close (connection);
}

/* A server that does not know AUTH says it all back. */
static void
test_password_is_not_told (void)
{
  const char *answers[] = { "-ERR unknown command 'AUTH', with args beginning with: 'hunter2'\r\n", NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_FALLS_SILENT);
  g_autofree char *url = g_strdup_printf ("redis://:hunter2@127.0.0.1:%u", tsm_test_peer_get_port (peer));
  TsmConnection *connection = redis_test_new_connection (url);

  tsm_connection_start (connection);
  g_assert_true (tsm_test_wait_until (redis_test_has_error (connection, TSM_LINK_ERROR_SERVER)));
  g_assert_null (strstr (tsm_connection_get_error (connection)->message, "hunter2"));
  redis_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad_peers); i++)
    {
      g_autofree char *path = g_strconcat ("/redis/peers/", bad_peers[i].name, NULL);

      g_test_add_data_func (path, &bad_peers[i], test_bad_peer);
    }
  g_test_add_func ("/redis/peers/password-is-not-told", test_password_is_not_told);

  return g_test_run ();
}
