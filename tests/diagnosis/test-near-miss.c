/* Which channels are taken for ours, and in which order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-near-miss.h"

#define EVENT "{\"event_type\":\"METRIC_UPDATE\",\"metrics\":{\"system\":{\"cpu_percent\":1,\"memory_percent\":2}}}"

static void
test_likeness (void)
{
  static const struct
  {
    const char *channel;
    double      least;
    double      most;
    const char *difference;
  } rows[] = {
    { "tickstock.monitoring", 1, 1, "the separator" },
    { "tickstock_monitoring", 1, 1, "the separator" },
    { "tickstock:Monitoring", 1, 1, "upper and lower case" },
    { "tickstock:monitoring ", 1, 1, "white space" },
    { " tickstock: monitoring\n", 1, 1, "white space" },
    { "tickstock:monitorings", 1, 1, "an s at the end of a word" },
    { "TickStock.Monitoring", 0.95, 0.95, NULL },
    { "tickstock:monitoring:events", 0.6, 0.85, "a prefix or suffix" },
    { "prod:tickstock:monitoring", 0.6, 0.85, "a prefix or suffix" },
    { "tickstock:monitor", 0.6, 0.85, "a prefix or suffix" },
    { "tickstock:monitering", 0.9, 0.95, NULL },
    { "tickstock:prices", 0.3, 0.8, NULL },
    { "news", 0, 0.3, NULL },
    { "", 0, 0.3, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *difference = NULL;
      double likeness = tsm_likeness (rows[i].channel, FIXTURE_CHANNEL, &difference);

      g_test_message ("%s: %g", rows[i].channel, likeness);
      g_assert_cmpfloat (likeness, >=, rows[i].least);
      g_assert_cmpfloat (likeness, <=, rows[i].most);
      g_assert_cmpstr (difference, ==, rows[i].difference);
    }
}

/* As redis-server's own. */
static void
test_patterns (void)
{
  static const struct
  {
    const char *pattern;
    const char *text;
    gboolean    matches;
  } rows[] = {
    { "abc", "abc", TRUE }, { "abc", "abcd", FALSE }, { "*", "", TRUE }, { "*", "a:b", TRUE }, { "a*c", "abbbc", TRUE },
    { "a*c", "abbbd", FALSE }, { "a?c", "abc", TRUE }, { "a?c", "ac", FALSE }, { "[ab]c", "bc", TRUE }, { "[^ab]c", "bc", FALSE },
    { "[a-c]x", "bx", TRUE }, { "[c-a]x", "bx", TRUE }, { "[a-c]x", "dx", FALSE }, { "\\*", "*", TRUE }, { "\\*", "a", FALSE },
    { "a[", "a", FALSE }, { "**a**", "bab", TRUE }, { "tickstock:*", "tickstock:monitoring", TRUE },
    { "tickstock:*", "tickstock.monitoring", FALSE }, { "", "", TRUE }, { "", "a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s %s", rows[i].pattern, rows[i].text);
      g_assert_cmpint (tsm_pattern_matches (rows[i].pattern, rows[i].text), ==, rows[i].matches);
    }
}

static void
test_pattern_that_backtracks (void)
{
  g_autofree char *text = g_strnfill (20000, 'a');

  g_assert_false (tsm_pattern_matches ("*a*a*a*a*a*a*a*a*b", text));
}

static GPtrArray *
hear (const char * const *channels,
      const char * const *payloads,
      guint               times)
{
  static const char *const wanted[] = { FIXTURE_CHANNEL, NULL };
  static const char *const ignored[] = { "tickstock:monitoring:probe:*", NULL };
  g_autoptr (TsmNearMisses) misses = tsm_near_misses_new (wanted, ignored);
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);

  for (guint i = 0; channels[i] != NULL; i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new (payloads[i], strlen (payloads[i]));

      for (guint j = 0; j < times; j++)
        tsm_near_misses_hear (misses, decoder, channels[i], payload);
    }
  return tsm_near_misses_finish (misses, 2);
}

/* A channel that carries events comes before one that only looks like ours. */
static void
test_ranking (void)
{
  const char *channels[] = { "tickstock:prices", "tickstock.monitoring", "acme", "tickstock_monitoring", NULL };
  const char *payloads[] = { "{}", EVENT, EVENT, "{\"price\":1}" };
  g_autoptr (GPtrArray) misses = hear (channels, payloads, 4);
  const char *order[] = { "tickstock.monitoring", "acme", "tickstock_monitoring", "tickstock:prices" };

  g_assert_cmpuint (misses->len, ==, 4);
  for (guint i = 0; i < misses->len; i++)
    g_assert_cmpstr (((TsmNearMiss *) g_ptr_array_index (misses, i))->channel, ==, order[i]);
}

/* What goes to both of our channels went to both of the wrong ones: the metrics matter more than the errors. */
static void
test_metrics_come_first (void)
{
  static const char *const wanted[] = { FIXTURE_CHANNEL, "tickstock:errors", NULL };
  static const char *const ignored[] = { NULL };
  static const char *const channels[] = { "tickstock.errors", "tickstock.monitoring" };
  static const char *const payloads[] = { "{\"event\":\"error\",\"payload\":{\"severity\":\"error\",\"message\":\"m\"}}", EVENT };
  g_autoptr (TsmNearMisses) misses = tsm_near_misses_new (wanted, ignored);
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr (GPtrArray) found = NULL;
  const TsmNearMiss *first;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new (payloads[i], strlen (payloads[i]));

      tsm_near_misses_hear (misses, decoder, channels[i], payload);
    }
  found = tsm_near_misses_finish (misses, 2);
  first = g_ptr_array_index (found, 0);
  g_assert_cmpstr (first->channel, ==, "tickstock.monitoring");
  g_assert_cmpstr (first->wanted, ==, FIXTURE_CHANNEL);
}

static void
test_what_is_kept (void)
{
  const char *channels[] = { "tickstock.monitoring", NULL };
  const char *payloads[] = { EVENT };
  g_autoptr (GPtrArray) misses = hear (channels, payloads, 100);
  const TsmNearMiss *miss = g_ptr_array_index (misses, 0);

  g_assert_cmpuint (miss->n_messages, ==, 100);
  g_assert_cmpuint (miss->n_judged, <=, 8);
  g_assert_cmpuint (miss->n_metrics, ==, miss->n_judged);
  g_assert_cmpfloat (miss->rate, ==, 50);
  g_assert_true (tsm_near_miss_has_events (miss));
  g_assert_cmpmem (g_bytes_get_data (miss->sample, NULL), g_bytes_get_size (miss->sample), EVENT, strlen (EVENT));
  g_assert_nonnull (strstr (miss->sample_summary, "CPU"));
}

static void
test_ours_are_no_misses (void)
{
  const char *channels[] = { FIXTURE_CHANNEL, "tickstock:monitoring:probe:1", NULL };
  const char *payloads[] = { EVENT, "1" };
  g_autoptr (GPtrArray) misses = hear (channels, payloads, 1);

  g_assert_cmpuint (misses->len, ==, 0);
}

/* On a server that many share: what matters is not what is heard first. */
static void
test_bounded (void)
{
  g_autoptr (GPtrArray) misses = NULL;
  char *channels[203] = { NULL };
  const char *payloads[202];
  static const char *const best[] = { "tickstock.monitoring", "zz" };

  for (guint i = 0; i < 200; i++)
    {
      channels[i] = g_strdup_printf ("tickstock:ticks:%u", i);
      payloads[i] = "{}";
    }
  for (guint i = 0; i < 2; i++)
    {
      channels[200 + i] = g_strdup (best[i]);
      payloads[200 + i] = EVENT;
    }

  misses = hear ((const char * const *) channels, payloads, 1);
  g_assert_cmpuint (misses->len, ==, 64);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (((TsmNearMiss *) g_ptr_array_index (misses, i))->channel, ==, best[i]);
  for (guint i = 0; i < 202; i++)
    g_free (channels[i]);
}

/* One that is like none of ours is told apart from the one that the metrics come on. */
static void
test_unlike (void)
{
  static const char *const wanted[] = { FIXTURE_CHANNEL, "tickstock:errors", NULL };
  static const char *const ignored[] = { NULL };
  g_autoptr (TsmNearMisses) misses = tsm_near_misses_new (wanted, ignored);
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr (GBytes) payload = g_bytes_new_static (EVENT, strlen (EVENT));
  g_autoptr (GPtrArray) found = NULL;

  tsm_near_misses_hear (misses, decoder, "oops", payload);
  found = tsm_near_misses_finish (misses, 2);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((TsmNearMiss *) g_ptr_array_index (found, 0))->wanted, ==, FIXTURE_CHANNEL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/near-miss/likeness", test_likeness);
  g_test_add_func ("/near-miss/patterns", test_patterns);
  g_test_add_func ("/near-miss/pattern-that-backtracks", test_pattern_that_backtracks);
  g_test_add_func ("/near-miss/ranking", test_ranking);
  g_test_add_func ("/near-miss/metrics-come-first", test_metrics_come_first);
  g_test_add_func ("/near-miss/what-is-kept", test_what_is_kept);
  g_test_add_func ("/near-miss/ours-are-no-misses", test_ours_are_no_misses);
  g_test_add_func ("/near-miss/bounded", test_bounded);
  g_test_add_func ("/near-miss/unlike", test_unlike);

  return g_test_run ();
}
