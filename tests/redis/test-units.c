/* The parts of the connection that need no server: backoff, words of errors, INFO, the queue, names, sleep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <sys/resource.h>

#include "redis/tsm-backoff.h"
#include "redis/tsm-channel.h"
#include "redis/tsm-link-error.h"
#include "redis/tsm-redis-source.h"
#include "redis/tsm-message-queue.h"
#include "redis/tsm-message.h"
#include "redis/tsm-reply.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-wake.h"

static void
test_backoff_minimum (void)
{
  for (guint n = 1; n < 100; n++)
    g_assert_cmpuint (tsm_backoff_get_delay (n, 0.0, 500, 30000), ==, 500);
}

static void
test_backoff_doubles (void)
{
  const guint expected[] = { 999, 1999, 3999, 7999, 15999, 29999, 29999 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (tsm_backoff_get_delay (i + 1, 0.99999, 500, 30000), ==, expected[i]);
}

static void
test_backoff_maximum (void)
{
  g_assert_cmpuint (tsm_backoff_get_delay (G_MAXUINT, 1.0, 500, 30000), ==, 30000);
}

static const struct
{
  const char   *words;
  TsmLinkError  code;
} server_errors[] = {
  { "NOAUTH Authentication required.", TSM_LINK_ERROR_AUTH_REQUIRED },
  { "WRONGPASS invalid username-password pair or user is disabled.", TSM_LINK_ERROR_AUTH_WRONG },
  { "ERR invalid password", TSM_LINK_ERROR_AUTH_WRONG },
  { "NOPERM this user has no permissions to run the 'ping' command", TSM_LINK_ERROR_NO_PERMISSION },
  { "LOADING Redis is loading the dataset in memory", TSM_LINK_ERROR_LOADING },
  { "ERR max number of clients reached", TSM_LINK_ERROR_MAX_CLIENTS },
  { "DENIED Redis is running in protected mode because …", TSM_LINK_ERROR_PROTECTED_MODE },
  { "ERR something else", TSM_LINK_ERROR_SERVER },
};

static void
test_server_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (server_errors); i++)
    {
      g_autoptr (GError) error = tsm_link_error_new_from_server (server_errors[i].words, NULL);

      g_assert_error (error, TSM_LINK_ERROR, (int) server_errors[i].code);
      g_assert_nonnull (strstr (error->message, server_errors[i].words));
    }
}

static void
test_end_by_state (void)
{
  static const struct
  {
    TsmLinkState  state;
    int           err;
    const char   *words;
    gboolean      is_tls_alert; /* in the TLS stream */
    TsmLinkError  code;
  } cases[] = {
    { TSM_LINK_AUTHENTICATING, REDIS_ERR_IO, "Reset", FALSE, TSM_LINK_ERROR_LOST },
    { TSM_LINK_AUTHENTICATING, REDIS_ERR_IO, "Reset", TRUE, TSM_LINK_ERROR_TLS_CLIENT },
    { TSM_LINK_READY, REDIS_ERR_IO, "Reset", TRUE, TSM_LINK_ERROR_TLS },
    { TSM_LINK_AUTHENTICATING, REDIS_ERR_PROTOCOL, "Protocol error, got \"\\x15\" as reply type byte", FALSE, TSM_LINK_ERROR_TLS_REQUIRED },
    { TSM_LINK_READY, REDIS_ERR_PROTOCOL, "Protocol error, got \"\\x15\" as reply type byte", FALSE, TSM_LINK_ERROR_NOT_REDIS },
    { TSM_LINK_SUBSCRIBING, TSM_REDIS_SOURCE_CUT_OFF, "Server closed the connection", FALSE, TSM_LINK_ERROR_LOST },
    { TSM_LINK_READY, TSM_REDIS_SOURCE_CUT_OFF, "Server closed the connection", FALSE, TSM_LINK_ERROR_CUT_OFF },
    { TSM_LINK_READY, REDIS_ERR_OTHER, "NOAUTH Authentication required.", FALSE, TSM_LINK_ERROR_AUTH_REQUIRED },
  };
  g_autoptr (GError) alert = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_MISC, "alert");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = tsm_link_error_new_from_end (cases[i].state, cases[i].err, cases[i].words,
                                                              cases[i].is_tls_alert ? alert : NULL, NULL);

      g_assert_error (error, TSM_LINK_ERROR, (int) cases[i].code);
    }
}

static void
test_password_is_hidden (void)
{
  static const struct { int err; const char *words; } cases[] = {
    { REDIS_ERR_OTHER, "ERR unknown command 'AUTH', with args: 'hunter2' 'hunter2'" },
    { REDIS_ERR_OTHER, "ERR unknown command 'AUTH', with args beginning with: 'hunt" },
    { REDIS_ERR_PROTOCOL, "hunter2" },
    { REDIS_ERR_EOF, "hunter2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = tsm_link_error_new_from_hiredis (cases[i].err, cases[i].words, "hunter2");

      g_assert_null (strstr (error->message, "hunt"));
    }
}

static void
test_words_are_bounded_and_valid (void)
{
  g_autofree char *words = g_strnfill (100000, '\xc3');
  g_autoptr (GError) error = tsm_link_error_new (TSM_LINK_ERROR_SERVER, words);

  g_assert_cmpuint (strlen (error->message), <, 2000);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_info_of_redis (void)
{
  g_autoptr (TsmServerInfo) info = tsm_server_info_new ();

  tsm_server_info_read (info, "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nrun_id:ab\r\n"
                              "uptime_in_seconds:12\r\n");
  tsm_server_info_read (info, "# Replication\r\nrole:master\r\n");

  g_assert_cmpstr (info->version, ==, "7.0.15");
  g_assert_cmpstr (info->product, ==, "Redis");
  g_assert_cmpstr (info->mode, ==, "standalone");
  g_assert_cmpstr (info->run_id, ==, "ab");
  g_assert_cmpstr (info->role, ==, "master");
  g_assert_cmpint (info->uptime_seconds, ==, 12);
}

static void
test_info_of_valkey (void)
{
  g_autoptr (TsmServerInfo) info = tsm_server_info_new ();

  tsm_server_info_read (info, "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n");
  tsm_server_info_read (info, "role:slave\r\n");

  g_assert_cmpstr (info->version, ==, "8.0.1");
  g_assert_cmpstr (info->product, ==, "Valkey");
}

static void
test_info_of_nothing (void)
{
  g_autoptr (TsmServerInfo) info = tsm_server_info_new ();

  tsm_server_info_read (info, "\r\nuptime_in_seconds:-7\r\nredis_version\r\n:\r\n");

  g_assert_null (info->version);
  g_assert_null (info->product);
  g_assert_cmpint (info->uptime_seconds, ==, -1);
}

static glong
get_peak_kib (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss;
}

/* A hostile server may answer with nothing but line ends. */
static void
test_info_of_millions_of_lines (void)
{
  g_autofree char *text = g_strnfill (16 * 1024 * 1024, '\n');
  g_autoptr (TsmServerInfo) info = tsm_server_info_new ();
  glong before = get_peak_kib ();

  tsm_server_info_read (info, text);
  g_assert_null (info->version);
  g_assert_cmpint (get_peak_kib () - before, <, 64 * 1024);
}

static void
push (TsmMessageQueue *queue,
      gsize            size)
{
  g_autofree char *bytes = g_strnfill (size, 'x');
  GRefString *channel = g_ref_string_new ("c");

  tsm_message_queue_push (queue, tsm_message_new (channel, NULL, bytes, size));
  g_ref_string_release (channel);
}

static void
test_queue_is_full_until_three_quarters (void)
{
  TsmMessageQueue queue;
  const gsize cost = 100 + TSM_MESSAGE_OVERHEAD;

  tsm_message_queue_init (&queue);
  tsm_message_queue_set_limit (&queue, 8 * cost);

  for (guint i = 0; i < 7; i++)
    push (&queue, 100);
  g_assert_false (queue.full);
  push (&queue, 100);
  g_assert_true (queue.full);

  tsm_message_unref (tsm_message_queue_pop (&queue));
  g_assert_true (queue.full);
  tsm_message_unref (tsm_message_queue_pop (&queue));
  g_assert_false (queue.full);

  tsm_message_queue_clear (&queue);
}

static void
test_queue_counts_empty_messages (void)
{
  TsmMessageQueue queue;

  tsm_message_queue_init (&queue);
  push (&queue, 0);
  g_assert_cmpuint (queue.bytes, >, 0);
  tsm_message_unref (tsm_message_queue_pop (&queue));
  g_assert_cmpuint (queue.bytes, ==, 0);
  tsm_message_queue_clear (&queue);
}

static void
test_escaped_name_is_plain (void)
{
  TsmChannel *channel = tsm_channel_new ("a\\*b\\c");

  g_assert_false (channel->is_pattern);
  g_assert_cmpstr (channel->wire_name, ==, "a*b\\c");
  g_assert_cmpstr (channel->name, ==, "a\\*b\\c");
  tsm_channel_free (channel);
}

static void
test_replies (void)
{
  redisReply number = { .type = REDIS_REPLY_INTEGER, .integer = -3 };
  redisReply nil = { .type = REDIS_REPLY_NIL };
  char bytes[] = "a\xff";
  redisReply text = { .type = REDIS_REPLY_STRING, .str = bytes, .len = 2 };
  redisReply *elements[] = { &number, &nil, &text };
  redisReply array = { .type = REDIS_REPLY_ARRAY, .elements = 3, .element = elements };
  g_autoptr (GVariant) variant = g_variant_ref_sink (tsm_reply_to_variant (&array));
  g_autofree char *printed = g_variant_print (variant, TRUE);

  g_assert_cmpstr (printed, ==, "[<int64 -3>, <@mv nothing>, <'a\357\277\275'>]");
}

static void
test_sleep_is_noticed (void)
{
  g_assert_false (tsm_wake_has_slept (5 * G_TIME_SPAN_SECOND, 5 * G_TIME_SPAN_SECOND + 900));
  g_assert_true (tsm_wake_has_slept (5 * G_TIME_SPAN_SECOND, 65 * G_TIME_SPAN_SECOND));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redis/backoff/minimum", test_backoff_minimum);
  g_test_add_func ("/redis/backoff/doubles", test_backoff_doubles);
  g_test_add_func ("/redis/backoff/maximum", test_backoff_maximum);
  g_test_add_func ("/redis/link-error/from-server", test_server_errors);
  g_test_add_func ("/redis/link-error/end-by-state", test_end_by_state);
  g_test_add_func ("/redis/link-error/password-is-hidden", test_password_is_hidden);
  g_test_add_func ("/redis/link-error/bounded-and-valid", test_words_are_bounded_and_valid);
  g_test_add_func ("/redis/server-info/redis", test_info_of_redis);
  g_test_add_func ("/redis/server-info/valkey", test_info_of_valkey);
  g_test_add_func ("/redis/server-info/nothing", test_info_of_nothing);
  g_test_add_func ("/redis/server-info/millions-of-lines", test_info_of_millions_of_lines);
  g_test_add_func ("/redis/message-queue/full-until-three-quarters", test_queue_is_full_until_three_quarters);
  g_test_add_func ("/redis/message-queue/counts-empty-messages", test_queue_counts_empty_messages);
  g_test_add_func ("/redis/channel/escaped-name-is-plain", test_escaped_name_is_plain);
  g_test_add_func ("/redis/reply/to-variant", test_replies);
  g_test_add_func ("/redis/wake/sleep-is-noticed", test_sleep_is_noticed);

  return g_test_run ();
}
