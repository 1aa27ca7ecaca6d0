/* What a search listens to: all that looks like ours, each name once, and never the control channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-search.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

/* Two for each of three widths, and those that a refusal costs; not one for each pattern that is refused. */
#define MAX_CONNECTIONS 16

static guint
count_matches (const char * const *patterns,
               const char         *name)
{
  guint n = 0;

  for (; *patterns != NULL; patterns++)
    n += tsm_pattern_matches (*patterns, name);
  return n;
}

/* All that is one step away from @name: a byte less, another one, or one more; and its beginnings and ends. */
static GPtrArray *
list_neighbours (const char *name)
{
  static const char bytes[] = { 'a', 'l', ':', '*', '?', '[', ']', '^', '-', '\\', '\xc3', '\xa9', '\xff', '\n' };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  gsize length = strlen (name);

  for (gsize i = 0; i <= length; i++)
    {
      g_ptr_array_add (names, g_strndup (name, i));
      g_ptr_array_add (names, g_strdup (name + i));
      if (i < length)
        g_ptr_array_add (names, g_strdup_printf ("%.*s%s", (int) i, name, name + i + 1));
      for (gsize k = 0; k < sizeof bytes; k++)
        {
          g_ptr_array_add (names, g_strdup_printf ("%.*s%c%s", (int) i, name, bytes[k], name + i));
          if (i < length)
            g_ptr_array_add (names, g_strdup_printf ("%.*s%c%s", (int) i, name, bytes[k], name + i + 1));
        }
    }
  return names;
}

static const struct
{
  const char *prefix;
  const char *left_out;
} rows[] = {
  { "tickstock", FIXTURE_CHANNEL ":control" },
  { "", FIXTURE_CHANNEL ":control" },
  { "", "c" },
  { "tickstock", "tickstock" },
  { "ab", "abab" },
  { "aa", "aaaaaa" },
  { "x", "x*[?]^-\\]" },
  { "caf\xc3\xa9", "caf\xc3\xa9:\xc3\xa9\xc3\xa8" },
  { "acme", FIXTURE_CHANNEL ":control" },
  { "tickstock", "" },
};

static void
assert_all_but (const char *prefix,
                const char *left_out)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = list_neighbours (left_out);
  g_autoptr (GPtrArray) more = list_neighbours (prefix);

  tsm_search_add_all_but (patterns, prefix, left_out);
  g_ptr_array_add (patterns, NULL);
  g_ptr_array_extend_and_steal (names, g_ptr_array_ref (more));
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean is_wanted = g_str_has_prefix (name, prefix) && *name != '\0' && !g_str_equal (name, left_out);

      if (*name == '\0')
        continue; /* no channel has no name */
      g_test_message ("%u in %s but %s", i, prefix, left_out);
      g_assert_cmpuint (count_matches ((const char * const *) patterns->pdata, name), ==, is_wanted);
    }
}

static void
test_all_but_one (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_all_but (rows[i].prefix, rows[i].left_out);
}

/* From all words of up to six letters out of three, each but one matches, once. */
static void
test_all_words (void)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  tsm_search_add_all_but (patterns, "a", "abcab");
  g_ptr_array_add (patterns, NULL);
  for (guint length = 1, n = 3; length <= 6; length++, n *= 3)
    for (guint i = 0; i < n; i++)
      {
        char word[7] = { 0 };

        for (guint k = 0, rest = i; k < length; k++, rest /= 3)
          word[k] = "abc"[rest % 3];
        g_assert_cmpuint (count_matches ((const char * const *) patterns->pdata, word), ==,
                          word[0] == 'a' && !g_str_equal (word, "abcab"));
      }
}

static char *
dup_joined (const char     *channel,
            TsmSearchWidth  width,
            gboolean        own)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  const char *channels[] = { channel, NULL };
  g_auto (GStrv) patterns = NULL;
  guint n_searched = 0;

  tsm_profile_set_channels (profile, channels);
  patterns = tsm_search_dup_patterns (profile, width, NULL, &n_searched);
  if (own)
    return g_strjoinv (" ", patterns + n_searched);
  g_clear_pointer (&patterns[n_searched], g_free);
  return g_strjoinv (" ", patterns);
}

static void
assert_patterns (const char     *channel,
                 TsmSearchWidth  width,
                 const char     *expected,
                 const char     *expected_own)
{
  g_autofree char *searched = dup_joined (channel, width, FALSE);
  g_autofree char *own = dup_joined (channel, width, TRUE);

  g_assert_cmpstr (searched, ==, expected);
  g_assert_cmpstr (own, ==, expected_own);
}

/* An access list has to name a pattern word by word, so what it may name is not made up. */
static void
test_what_is_searched (void)
{
  assert_patterns (FIXTURE_CHANNEL, TSM_SEARCH_PERMITTED, "tickstock:*", "");
  assert_patterns (FIXTURE_CHANNEL, TSM_SEARCH_PREFIX, "tickstock*", "");
  assert_patterns ("acme.events", TSM_SEARCH_PERMITTED, "tickstock:* acme.*", "");
  assert_patterns ("acme-x.events", TSM_SEARCH_PERMITTED, "tickstock:* acme-*", "");
  assert_patterns ("acme.events", TSM_SEARCH_PREFIX, "tickstock* acme*", "");
  assert_patterns ("x:y", TSM_SEARCH_PERMITTED, "tickstock:*", "x:y");
  assert_patterns ("tickstock.events", TSM_SEARCH_PERMITTED, "tickstock:*", "tickstock.events");
  assert_patterns ("events", TSM_SEARCH_PREFIX, "tickstock*", "events");
  assert_patterns ("*", TSM_SEARCH_PREFIX, "tickstock*", "");
}

/* Of two families, each keeps its own members, and neither has the control channel of the other. */
static void
test_families (void)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  const char *channels[] = { "acme.events", "tick:events", "events", NULL };
  g_auto (GStrv) patterns = NULL;
  guint n_searched = 0;

  tsm_profile_set_channels (profile, channels);
  patterns = tsm_search_dup_patterns (profile, TSM_SEARCH_FAMILY, NULL, &n_searched);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "acme.events:control"), ==, 0);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "acme.events"), ==, 1);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "acme.events:contro"), ==, 1);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "tick.prices"), ==, 1);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "tickstock.monitoring"), ==, 2);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "events"), ==, 1);
  g_assert_cmpuint (count_matches ((const char * const *) patterns, "prices"), ==, 0);
}

typedef struct
{
  TsmTestRedis *redis;
  TsmSearch    *search;
} Fixture;

static void
start (Fixture    *fixture,
       const char *url,
       gboolean    deep)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  fixture->search = tsm_search_new (profile, deep, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_search_is_settled (fixture->search)));
}

static void
tear_down (Fixture *fixture)
{
  tsm_search_free (fixture->search);
  tsm_test_settle ();
  tsm_test_redis_free (fixture->redis);
}

/* PUBLISH counts a receiver for each pattern that matches. */
static guint
publish (Fixture    *fixture,
         const char *name)
{
  g_autofree char *receivers = tsm_test_redis_command (fixture->redis, "PUBLISH %s x", name);

  return (guint) g_ascii_strtoull (receivers, NULL, 10);
}

/* The server takes the patterns as we mean them, and what it sends is counted once. */
static void
test_server (gconstpointer data)
{
  gboolean deep = GPOINTER_TO_INT (data);
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) names = list_neighbours (FIXTURE_CHANNEL ":control");
  guint n = 0;

  if (!tsm_test_redis_is_available ())
    {
      g_test_skip ("redis-server is not installed");
      return;
    }

  fixture.redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  start (&fixture, tsm_test_redis_get_url (fixture.redis), deep);
  g_assert_cmpuint (publish (&fixture, FIXTURE_CHANNEL ":control"), ==, 0);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean is_wanted = (deep || g_str_has_prefix (name, "tickstock")) && !g_str_equal (name, FIXTURE_CHANNEL ":control");

      if (*name == '\0')
        continue;
      g_assert_cmpuint (publish (&fixture, name), ==, is_wanted);
      n += is_wanted;
    }
  g_assert_true (tsm_test_wait_until (tsm_search_get_n_heard (fixture.search) == n));
  tear_down (&fixture);
}

/* Families that hold each other bring each message twice. */
static void
test_counted_once (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL) };
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_url (fixture.redis), NULL);
  const char *channels[] = { "tick:events", "events", NULL };

  tsm_profile_set_channels (profile, channels);
  fixture.search = tsm_search_new (profile, FALSE, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_search_get_since (fixture.search) != 0));
  g_assert_cmpuint (publish (&fixture, "tickstock.monitoring"), ==, 2);
  g_assert_cmpuint (publish (&fixture, "events"), ==, 1);
  g_assert_cmpuint (publish (&fixture, "tickstock:monitoring:probe:of-another"), ==, 2);
  publish (&fixture, "tick:the-last-one");
  g_assert_true (tsm_test_wait_until (tsm_search_get_n_heard (fixture.search) >= 4));
  g_assert_cmpuint (tsm_search_get_n_heard (fixture.search), ==, 4);
  g_assert_true (tsm_search_listens_by_name (fixture.search, "events"));
  g_assert_false (tsm_search_listens_by_name (fixture.search, "tick:events"));
  tear_down (&fixture);
}

static guint
count_connections (TsmTestRedis *redis)
{
  g_autofree char *info = tsm_test_redis_command (redis, "INFO stats");
  const char *at = strstr (info, "total_connections_received:");

  g_assert_nonnull (at);
  return (guint) g_ascii_strtoull (strchr (at, ':') + 1, NULL, 10);
}

/* What a search was refused it asks for no more; it takes what it can get. */
static void
test_narrows (void)
{
  static const struct
  {
    const char *rights;
    const char *pattern;
  } lists[] = {
    { "allchannels", "tickstock*" },
    { "&tickstock:*", "tickstock:*" },
    { "&tickstock*", "tickstock*" },
    { "&tickstock:monitoring", NULL },
    { "allchannels -psubscribe", NULL },
  };
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  g_autofree char *url = g_strdup_printf ("redis://eve:pw@127.0.0.1:%u", tsm_test_redis_get_port (fixture.redis));

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) rules = g_strsplit (lists[i].rights, " ", 2);
      g_autofree char *pattern = NULL;
      guint n_before;

      tsm_test_redis_do (fixture.redis, "ACL SETUSER eve reset on >pw +@all %s %s", rules[0], rules[1] != NULL ? rules[1] : "+ping");
      n_before = count_connections (fixture.redis);
      start (&fixture, url, FALSE);
      g_assert_cmpuint (count_connections (fixture.redis) - n_before, <, MAX_CONNECTIONS);
      pattern = tsm_search_dup_pattern (fixture.search);
      g_assert_cmpstr (pattern, ==, lists[i].pattern);
      g_assert_cmpint (tsm_search_get_since (fixture.search) != 0, ==, lists[i].pattern != NULL);
      tsm_search_free (fixture.search);
    }
  tsm_test_settle ();
  tsm_test_redis_free (fixture.redis);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/all-but-one", test_all_but_one);
  g_test_add_func ("/search/all-words", test_all_words);
  g_test_add_func ("/search/what-is-searched", test_what_is_searched);
  g_test_add_func ("/search/families", test_families);
  g_test_add_data_func ("/search/server", GINT_TO_POINTER (FALSE), test_server);
  g_test_add_data_func ("/search/server-deep", GINT_TO_POINTER (TRUE), test_server);
  tsm_test_redis_add ("/search/counted-once", test_counted_once);
  tsm_test_redis_add ("/search/narrows", test_narrows);

  return g_test_run ();
}
