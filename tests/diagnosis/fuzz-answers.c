/* Feeds what the diagnosis reads from a server's answers, and names of channels: a libFuzzer target, built with -Dfuzz=true and clang.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says what the rest is.
 */

#include <string.h>

#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-info.h"
#include "diagnosis/tsm-near-miss.h"
#include "diagnosis/tsm-search-patterns.h"
#include "tests/support/tsm-test-fuzz.h"

static void
feed_info (const char *text,
           gsize       size)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();

  tsm_info_read_server (&examination->server, text, 1);
  tsm_info_read_server (&examination->server, text, 2);
  tsm_info_read_counters (&examination->before, text, 1);
  g_assert_true (examination->server.replicas == NULL || g_strv_length (examination->server.replicas) <= 8);
}

static void
feed_clients (const char *text,
              gsize       size)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();

  tsm_info_read_clients (examination, text);
  for (guint i = 0; examination->clients != NULL && i < examination->clients->len; i++)
    {
      const TsmClientFacts *client = g_ptr_array_index (examination->clients, i);

      g_assert_nonnull (client->name);
      g_assert_nonnull (client->address);
      g_assert_nonnull (client->last_command);
    }
}

/* Every name but the one that is left out is matched, by one pattern; but for that of no character, which nobody uses. */
static void
check_search (const char *name,
              const char *prefix,
              const char *left_out)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  gboolean is_searched = g_str_has_prefix (name, prefix) && strcmp (name, left_out) != 0;
  guint n_matches = 0;

  tsm_search_add_all_but (patterns, prefix, left_out);
  for (guint i = 0; i < patterns->len; i++)
    n_matches += tsm_pattern_matches (g_ptr_array_index (patterns, i), name);
  if (*name != '\0')
    g_assert_cmpuint (n_matches, ==, is_searched ? 1 : 0);
}

/* Two names, a zero byte between them. */
static void
feed_names (const char *one,
            gsize       size)
{
  const char *other = strlen (one) < size ? one + strlen (one) + 1 : "tickstock:monitoring";
  const char *wanted[] = { other, NULL };
  const char *ignored[] = { "tickstock:commands", NULL };
  g_autoptr (TsmNearMisses) misses = tsm_near_misses_new (wanted, ignored);
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (0, 0);
  g_autoptr (GBytes) payload = g_bytes_new (one, strlen (one));
  g_autoptr (GPtrArray) found = NULL;
  const char *difference = NULL;
  double likeness = tsm_likeness (one, other, &difference);

  g_assert_cmpfloat (likeness, >=, 0);
  g_assert_cmpfloat (likeness, <=, 1);
  tsm_pattern_matches (one, other);
  check_search (one, "", other);
  check_search (one, "tick", other);
  tsm_near_misses_hear (misses, decoder, one, payload);
  found = tsm_near_misses_finish (misses, 1);
  g_assert_cmpuint (found->len, <=, 1);
}

TSM_TEST_FUZZ (feed_info, feed_clients, feed_names)
