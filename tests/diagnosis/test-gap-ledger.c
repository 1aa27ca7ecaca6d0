/* The ledger of gaps: spans, causes and what is missing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-gap-ledger.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

static void
keep (TsmGapLedger *ledger,
      TsmGapCause   cause,
      double        start,
      double        now,
      double        rate)
{
  tsm_gap_ledger_keep_open (ledger, cause, FIXTURE_NOW + SECONDS (start), FIXTURE_NOW + SECONDS (now),
                            FIXTURE_REAL + SECONDS (now), rate);
}

static void
end (TsmGapLedger *ledger,
     TsmGapCause   cause,
     double        now)
{
  tsm_gap_ledger_close (ledger, cause, FIXTURE_NOW + SECONDS (now), FIXTURE_REAL + SECONDS (now));
}

static void
test_span (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();
  g_autoptr (TsmGap) gap = NULL;
  g_autofree char *text = NULL;

  keep (ledger, TSM_GAP_DISCONNECTED, 10, 12, 0.5);
  keep (ledger, TSM_GAP_DISCONNECTED, 0, 30, 0.5);
  gap = g_list_model_get_item (G_LIST_MODEL (ledger), 0);
  g_assert_cmpint (tsm_gap_get_start (gap), ==, FIXTURE_NOW + SECONDS (10));
  g_assert_cmpint (tsm_gap_get_start_real (gap), ==, FIXTURE_REAL + SECONDS (10));
  g_assert_cmpint (tsm_gap_get_end (gap), ==, 0);
  g_assert_cmpint (tsm_gap_get_missing (gap), ==, 10);
  g_assert_true (tsm_gap_ledger_get_open (ledger, TSM_GAP_DISCONNECTED) == gap);

  end (ledger, TSM_GAP_DISCONNECTED, 50);
  g_assert_cmpint (tsm_gap_get_end (gap), ==, FIXTURE_NOW + SECONDS (50));
  g_assert_cmpint (tsm_gap_get_end_real (gap), ==, FIXTURE_REAL + SECONDS (50));
  g_assert_cmpint (tsm_gap_get_missing (gap), ==, 20);
  g_assert_null (tsm_gap_ledger_get_open (ledger, TSM_GAP_DISCONNECTED));
  text = tsm_gap_dup_text (gap);
  g_assert_cmpstr (text, ==, "Disconnected for 40 s, about 20 events missing");
}

static void
test_causes_are_apart (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();

  keep (ledger, TSM_GAP_SILENT, 0, 5, 1);
  keep (ledger, TSM_GAP_PAUSED, 2, 5, 1);
  end (ledger, TSM_GAP_SILENT, 6);
  keep (ledger, TSM_GAP_SILENT, 8, 9, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ledger)), ==, 3);
  g_assert_cmpuint (tsm_gap_ledger_count (ledger, TSM_GAP_SILENT, 0), ==, 2);
  g_assert_cmpuint (tsm_gap_ledger_count (ledger, TSM_GAP_SILENT, FIXTURE_NOW + SECONDS (7)), ==, 1);
}

static void
test_unknown_rate (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();
  TsmGap *gap;

  keep (ledger, TSM_GAP_SHED, 0, 5, NAN);
  gap = tsm_gap_ledger_get_open (ledger, TSM_GAP_SHED);
  g_assert_cmpint (tsm_gap_get_missing (gap), ==, -1);
}

static void
test_closing_nothing (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();

  end (ledger, TSM_GAP_SILENT, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ledger)), ==, 0);
}

static void
count_cb (guint *n)
{
  *n += 1;
}

static void
test_same_value_is_not_notified (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();
  guint n = 0;

  keep (ledger, TSM_GAP_SILENT, 0, 5, 1);
  g_signal_connect_swapped (tsm_gap_ledger_get_open (ledger, TSM_GAP_SILENT), "notify::missing", G_CALLBACK (count_cb), &n);
  keep (ledger, TSM_GAP_SILENT, 0, 5.5, 1);
  g_assert_cmpuint (n, ==, 0);
  keep (ledger, TSM_GAP_SILENT, 0, 6, 1);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_bounded (void)
{
  g_autoptr (TsmGapLedger) ledger = tsm_gap_ledger_new ();
  g_autoptr (TsmGap) oldest = NULL;

  keep (ledger, TSM_GAP_PAUSED, -1, -1, 1);
  for (guint i = 0; i < TSM_GAP_LEDGER_CAPACITY + 5; i++)
    {
      keep (ledger, TSM_GAP_SILENT, i, i, 1);
      end (ledger, TSM_GAP_SILENT, i + 0.5);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (ledger)), ==, TSM_GAP_LEDGER_CAPACITY);
  oldest = g_list_model_get_item (G_LIST_MODEL (ledger), 0);
  g_assert_cmpint (tsm_gap_get_start (oldest), ==, FIXTURE_NOW + SECONDS (5));
  g_assert_null (tsm_gap_ledger_get_open (ledger, TSM_GAP_PAUSED));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gap-ledger/span", test_span);
  g_test_add_func ("/gap-ledger/causes-are-apart", test_causes_are_apart);
  g_test_add_func ("/gap-ledger/unknown-rate", test_unknown_rate);
  g_test_add_func ("/gap-ledger/closing-nothing", test_closing_nothing);
  g_test_add_func ("/gap-ledger/same-value-is-not-notified", test_same_value_is_not_notified);
  g_test_add_func ("/gap-ledger/bounded", test_bounded);

  return g_test_run ();
}
