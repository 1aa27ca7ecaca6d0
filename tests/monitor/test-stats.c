/* Counting messages by what became of them, and their rate.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-decoder.h"
#include "monitor/tsm-stats.h"

#define SECOND G_USEC_PER_SEC

static void
count (TsmMonitorStats *stats,
       const char      *text,
       gint64           when)
{
  g_autoptr(TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(TsmEvent) event = tsm_decoder_decode (decoder, bytes, "tickstock:monitoring", when, when);

  tsm_stats_count (stats, event);
}

#define STATUS "{\"event_type\":\"SYSTEM_STATUS\",\"timestamp\":\"2026-03-02T14:30:00Z\",\"source\":\"x\",\"status\":\"RUNNING\"}"

static void
test_kinds (void)
{
  TsmMonitorStats stats = { 0, };

  count (&stats, STATUS, 100 * SECOND);
  count (&stats, "{\"event_type\":\"system_status\",\"timestamp\":\"2026-03-02T14:30:00Z\",\"source\":\"x\",\"status\":\"RUNNING\"}", 101 * SECOND);
  count (&stats, "not json", 102 * SECOND);

  g_assert_cmpuint (stats.decoded, ==, 1);
  g_assert_cmpuint (stats.repaired, ==, 1);
  g_assert_cmpuint (stats.rejected, ==, 1);
  g_assert_cmpuint (stats.rejected_by[TSM_FINDING_INVALID_JSON], ==, 1);
  g_assert_cmpuint (stats.by_type[TSM_EVENT_SYSTEM_STATUS], ==, 2);
  g_assert_cmpint (stats.last_event, ==, 101 * SECOND);
  g_assert_cmpint (stats.last_rejected, ==, 102 * SECOND);
  g_assert_cmpint (stats.last_received, ==, 102 * SECOND);
}

static void
test_rate_of_a_steady_stream (void)
{
  TsmMonitorStats stats = { 0, };

  for (guint i = 0; i < 60; i++)
    count (&stats, STATUS, (100 + i / 2) * SECOND);

  g_assert_cmpfloat (tsm_stats_get_rate (&stats, 130 * SECOND), ==, 2.0);
}

static void
test_rate_falls_to_zero_in_silence (void)
{
  TsmMonitorStats stats = { 0, };

  for (guint i = 0; i < 60; i++)
    count (&stats, STATUS, (100 + i) * SECOND);

  g_assert_cmpfloat (tsm_stats_get_rate (&stats, 165 * SECOND), ==, 0.5);
  g_assert_cmpfloat (tsm_stats_get_rate (&stats, 170 * SECOND), ==, 0.0);
}

static void
test_rate_of_a_young_stream (void)
{
  TsmMonitorStats stats = { 0, };

  count (&stats, STATUS, 100 * SECOND);
  count (&stats, STATUS, 100 * SECOND);
  g_assert_cmpfloat (tsm_stats_get_rate (&stats, 101 * SECOND), ==, 2.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/kinds", test_kinds);
  g_test_add_func ("/stats/rate/steady", test_rate_of_a_steady_stream);
  g_test_add_func ("/stats/rate/silence", test_rate_falls_to_zero_in_silence);
  g_test_add_func ("/stats/rate/young", test_rate_of_a_young_stream);
  return g_test_run ();
}
