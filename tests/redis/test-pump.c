/* The pump between a server's socket and hiredis: nothing lost, nothing out of order, a bound, and both ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "redis/tsm-pump.h"
#include "support/tsm-test-loop.h"

/* @server is what the server would hold; @client is the number that hiredis knows. */
typedef struct
{
  int      server;
  int      client;
  TsmPump *pump;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  limit)
{
  g_autoptr (GError) error = NULL;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), ==, 0);
  fixture->server = pair[0];
  fixture->client = pair[1];
  fixture->pump = tsm_pump_new (fixture->client, GPOINTER_TO_SIZE (limit), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  limit)
{
  close (fixture->client);
  g_clear_pointer (&fixture->pump, tsm_pump_free);
  if (fixture->server >= 0)
    close (fixture->server);
}

/* Sends what fits at once of a counted stream, so that order can be told. Returns the bytes sent. */
static gsize
send_some (int   fd,
           gsize offset,
           gsize most)
{
  guint8 bytes[4096];
  gsize n = MIN (most, sizeof bytes);
  gssize sent;

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) ((offset + i) % 251);
  sent = send (fd, bytes, n, MSG_NOSIGNAL);
  g_assert_true (sent >= 0 || errno == EAGAIN);
  return (gsize) MAX (sent, 0);
}

static gsize
check_some (int   fd,
            gsize offset)
{
  guint8 bytes[8192];
  gssize n = recv (fd, bytes, sizeof bytes, 0);

  for (gssize i = 0; i < n; i++)
    g_assert_cmpuint (bytes[i], ==, (offset + (gsize) i) % 251);
  return (gsize) MAX (n, 0);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  limit)
{
  const gsize total = 5000 * 1000;
  gsize sent = 0, got = 0;

  while (sent < total)
    sent += send_some (fixture->server, sent, total - sent);
  g_assert_true (tsm_test_wait_until ((got += check_some (fixture->client, got)) == total));
  g_assert_cmpuint (tsm_pump_get_waiting (fixture->pump), ==, 0);
}

static void
test_commands_go_the_other_way (Fixture       *fixture,
                                gconstpointer  limit)
{
  gsize sent = 0, got = 0;

  while (sent < 300000)
    {
      sent += send_some (fixture->client, sent, 300000 - sent);
      got += check_some (fixture->server, got);
    }
  g_assert_true (tsm_test_wait_until ((got += check_some (fixture->server, got)) == sent));
}

/* A reader that does not read stops the server, and loses nothing when it goes on. */
static void
test_limit (Fixture       *fixture,
            gconstpointer  limit)
{
  gsize sent = 0, got = 0;

  g_assert_true (tsm_test_wait_until ((sent += send_some (fixture->server, sent, 4096),
                                       tsm_pump_is_full (fixture->pump))));
  g_assert_cmpuint (tsm_pump_get_waiting (fixture->pump), <=, GPOINTER_TO_SIZE (limit) + 65536);
  g_assert_true (tsm_test_wait_until ((got += check_some (fixture->client, got)) == sent));
}

/* What the server said last comes before its end. */
static void
test_end_comes_last (Fixture       *fixture,
                     gconstpointer  limit)
{
  gsize got = 0;
  guint8 byte;

  send_some (fixture->server, 0, 1000);
  close (fixture->server);
  fixture->server = -1;
  g_assert_true (tsm_test_wait_until ((got += check_some (fixture->client, got)) == 1000));
  g_assert_true (tsm_test_wait_until (recv (fixture->client, &byte, 1, 0) == 0));
  g_assert_null (tsm_pump_get_error (fixture->pump));
}

static void
test_freed_while_full (Fixture       *fixture,
                       gconstpointer  limit)
{
  gsize sent = 0;
  guint8 byte;

  g_assert_true (tsm_test_wait_until ((sent += send_some (fixture->server, sent, 4096), tsm_pump_is_full (fixture->pump))));
  g_clear_pointer (&fixture->pump, tsm_pump_free);
  g_assert_cmpint (send (fixture->server, "x", 1, MSG_NOSIGNAL), <, 0);
  while (recv (fixture->client, &byte, 1, 0) > 0)
    ;
}

int
main (int    argc,
      char **argv)
{
  const gpointer roomy = GSIZE_TO_POINTER (64 * 1024 * 1024);
  const gpointer tight = GSIZE_TO_POINTER (100 * 1000);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/redis/pump/order", Fixture, roomy, set_up, test_order, tear_down);
  g_test_add ("/redis/pump/commands-go-the-other-way", Fixture, roomy, set_up, test_commands_go_the_other_way, tear_down);
  g_test_add ("/redis/pump/limit", Fixture, tight, set_up, test_limit, tear_down);
  g_test_add ("/redis/pump/end-comes-last", Fixture, roomy, set_up, test_end_comes_last, tear_down);
  g_test_add ("/redis/pump/freed-while-full", Fixture, tight, set_up, test_freed_while_full, tear_down);
  return g_test_run ();
}
