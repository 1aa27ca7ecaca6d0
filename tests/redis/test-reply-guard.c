/* The bounds of replies: what hiredis is let make of a stream, however it is cut into packets, and what not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis/tsm-reply-guard.h"

typedef struct
{
  const char *name;
  const char *text;
  guint       n_replies; /* before the fault, where there is one */
  gboolean    ends;      /* whether there is one */
} Case;

static const Case cases[] = {
  { "status", "+OK\r\n", 1, FALSE },
  { "status-empty", "+\r\n", 1, FALSE },
  { "error", "-ERR no\r\n", 1, FALSE },
  { "number", ":-9223372036854775808\r\n", 1, FALSE },
  { "string", "$5\r\na\r\nb*\r\n", 1, FALSE },
  { "string-empty", "$0\r\n\r\n", 1, FALSE },
  { "string-nil", "$-1\r\n", 1, FALSE },
  { "array", "*3\r\n$1\r\na\r\n:1\r\n+x\r\n", 1, FALSE },
  { "array-empty", "*0\r\n", 1, FALSE },
  { "array-nil", "*-1\r\n", 1, FALSE },
  { "array-nested", "*2\r\n*1\r\n*1\r\n:1\r\n*0\r\n", 1, FALSE },
  { "array-7-deep", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", 1, FALSE },
  { "several", "+OK\r\n*0\r\n$1\r\na\r\n", 3, FALSE },
  { "array-of-a-mebi", "*1048576\r\n:1\r\n", 0, FALSE },
  { "string-of-128-mebi", "$134217728\r\nabc", 0, FALSE },
  { "half-a-type", "*1\r\n", 0, FALSE },
  { "half-a-number", ":1", 0, FALSE },
  { "half-a-length", "$1", 0, FALSE },
  { "half-an-end", "$1\r\na\r", 0, FALSE },

  { "nothing-known", "OK\r\n", 0, TRUE },
  { "after-a-good-one", "+OK\r\nx", 1, TRUE },
  { "number-with-a-letter", ":1a\r\n", 0, TRUE },
  { "number-too-long", ":123456789012345678901\r\n", 0, TRUE },
  { "string-of-nothing", "$\r\n", 0, TRUE },
  { "string-below-nil", "$-2\r\n", 0, TRUE },
  { "string-longer-than-said", "$1\r\nab\r\n", 0, TRUE },
  { "string-shorter-than-said", "$3\r\na\r\n+OK\r\n", 0, TRUE },
  { "string-with-half-an-end", "$1\r\na\rb", 0, TRUE },
  { "string-of-128-mebi-and-one", "$134217729\r\n", 0, TRUE },
  { "string-of-128-mebi-together", "*2\r\n$1\r\na\r\n$134217728\r\n", 0, TRUE },
  { "string-after-one", "$1\r\na\r\n$134217728\r\n", 1, FALSE },
  { "string-too-long-to-count", "$99999999999999999999", 0, TRUE },
  { "array-of-a-mebi-and-one", "*1048577\r\n", 0, TRUE },
  { "array-of-a-billion", "*1000000000\r\n", 0, TRUE },
  { "array-too-many-together", "*1000000\r\n*1000000\r\n", 0, TRUE },
  { "array-below-nil", "*-2\r\n", 0, TRUE },
  { "array-8-deep", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", 0, TRUE },

  { "null-of-resp3", "_\r\n", 0, TRUE },
  { "push-of-resp3", ">1\r\n+a\r\n", 0, TRUE },
  { "map-of-resp3", "%1\r\n+a\r\n+b\r\n", 0, TRUE },
  { "set-of-resp3", "~1\r\n+a\r\n", 0, TRUE },
  { "double-of-resp3", ",1.5\r\n", 0, TRUE },
  { "bool-of-resp3", "#t\r\n", 0, TRUE },
  { "big-number-of-resp3", "(123\r\n", 0, TRUE },
  { "verbatim-of-resp3", "=5\r\ntxt:a\r\n", 0, TRUE },
  { "within-an-array", "*1\r\n_\r\n", 0, TRUE },
};

typedef struct
{
  TsmReplyGuard guard;
  redisReader  *reader;
  guint         n_replies;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->reader = redisReaderCreate ();
  tsm_reply_guard_attach (&fixture->guard, fixture->reader);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  redisReaderFree (fixture->reader);
}

/* As hiredis does it for a context, and the source after it. FALSE: there was a fault. */
static gboolean
take (Fixture    *fixture,
      const char *bytes,
      gsize       n)
{
  void *reply = NULL;

  redisReaderFeed (fixture->reader, bytes, n);
  while (redisReaderGetReply (fixture->reader, &reply) == REDIS_OK && reply != NULL)
    {
      fixture->n_replies++;
      fixture->reader->fn->freeObject (reply);
    }

  return fixture->reader->err == 0 && tsm_reply_guard_may_go_on (&fixture->guard, fixture->reader);
}

static void
test_whole (Fixture       *fixture,
            gconstpointer  data)
{
  const Case *expected = data;
  gboolean going_on = take (fixture, expected->text, strlen (expected->text));

  g_assert_cmpint (going_on, ==, !expected->ends);
  g_assert_cmpuint (fixture->n_replies, ==, expected->n_replies);
}

static void
test_byte_by_byte (Fixture       *fixture,
                   gconstpointer  data)
{
  const Case *expected = data;
  gboolean going_on = TRUE;

  for (gsize i = 0; going_on && expected->text[i] != '\0'; i++)
    going_on = take (fixture, expected->text + i, 1);
  g_assert_cmpint (going_on, ==, !expected->ends);
  g_assert_cmpuint (fixture->n_replies, ==, expected->n_replies);
}

/* What was said before does not narrow the bounds of the next reply. */
static void
test_bounds_are_of_one_reply (Fixture       *fixture,
                              gconstpointer  unused)
{
  static const char text[] = "*4\r\n$1\r\na\r\n$1\r\nb\r\n:1\r\n:1\r\n";

  for (guint i = 0; i < 3 * TSM_REPLY_GUARD_MAX_ELEMENTS / 4; i++)
    g_assert_true (take (fixture, text, strlen (text)));
}

static void
test_bytes_together (Fixture       *fixture,
                     gconstpointer  unused)
{
  static char chunk[1024 * 1024];
  guint n_strings = 0;

  take (fixture, "*1000\r\n", 7);
  while (take (fixture, "$1048576\r\n", 10) && take (fixture, chunk, sizeof chunk) && take (fixture, "\r\n", 2))
    n_strings++;

  g_assert_cmpuint (n_strings, ==, 128);
  g_assert_nonnull (fixture->guard.fault);
}

static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *line = g_strnfill (TSM_REPLY_GUARD_MAX_LINE, 'a');
  const char *type = data;

  g_assert_true (take (fixture, type, 1));
  g_assert_true (take (fixture, line, TSM_REPLY_GUARD_MAX_LINE));
  g_assert_false (take (fixture, "a", 1));
  g_assert_nonnull (fixture->guard.fault);
}

static void
add (const char    *path,
     const char    *name,
     gconstpointer  data,
     void         (*test) (Fixture       *fixture,
                           gconstpointer  data))
{
  g_autofree char *full = g_strconcat ("/redis/reply-guard/", path, name, NULL);

  g_test_add (full, Fixture, data, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add ("whole/", cases[i].name, &cases[i], test_whole);
      add ("byte-by-byte/", cases[i].name, &cases[i], test_byte_by_byte);
    }
  add ("bounds-are-of-one-reply", "", NULL, test_bounds_are_of_one_reply);
  add ("bytes-together", "", NULL, test_bytes_together);
  add ("line/", "status", "+", test_line);
  add ("line/", "error", "-", test_line);
  add ("line/", "number", ":", test_line);
  add ("line/", "length-of-string", "$", test_line);
  add ("line/", "length-of-array", "*", test_line);

  return g_test_run ();
}
