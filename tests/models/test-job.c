/* TsmJob and TsmJobList: what ties events to a run, its states, and the order of the list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "model-fixture.h"
#include "models/tsm-job.h"

static void
ingest (TsmJobList *list,
        double      seconds,
        const char *name,
        const char *payload)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event':'%s','source':'tracker','version':'1.0','payload':{%s}}", name, payload);
  g_assert_cmpint (tsm_event_get_event_type (event), ==, TSM_EVENT_JOB);
  tsm_job_list_ingest (list, event);
}

static void
progress (TsmJobList *list,
          double      seconds,
          const char *run_id,
          const char *phase,
          double      percentage)
{
  g_autofree char *payload = NULL;

  payload = g_strdup_printf ("'run_id':'%s','phase':'%s','total_symbols':500,'percentage':%g", run_id, phase, percentage);
  ingest (list, seconds, "job_progress_update", payload);
}

/* Flushes first. */
static TsmJob *
get_job (TsmJobList *list,
         guint       position)
{
  g_autoptr (TsmJob) job = NULL;

  tsm_job_list_flush (list);
  job = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_assert_nonnull (job);
  return job;
}

static guint
get_n_jobs (TsmJobList *list)
{
  tsm_job_list_flush (list);
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
test_progress (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  TsmJob                *job;

  ingest (list, 5, "job_progress_update",
          "'run_id':'r1','phase':'data_import','total_symbols':505,'completed':241,'failed':4,'processed':245,"
          "'percentage':48.51,'current_symbol':'MSFT','estimated_completion':'2026-03-02T21:26:00Z',"
          "'avg_processing_time_ms':118");
  job = get_job (list, 0);

  g_assert_cmpstr (tsm_job_get_run_id (job), ==, "r1");
  g_assert_cmpstr (tsm_job_get_source (job), ==, "tracker");
  g_assert_cmpstr (tsm_job_get_phase (job), ==, "data_import");
  g_assert_cmpint (tsm_job_get_state (job), ==, TSM_JOB_STATE_RUNNING);
  g_assert_cmpstr (tsm_job_get_current_symbol (job), ==, "MSFT");
  g_assert_cmpfloat (tsm_job_get_percentage (job), ==, 48.51);
  g_assert_cmpfloat (tsm_job_get_total (job), ==, 505);
  g_assert_cmpfloat (tsm_job_get_completed (job), ==, 241);
  g_assert_cmpfloat (tsm_job_get_failed (job), ==, 4);
  g_assert_cmpfloat (tsm_job_get_avg_processing_ms (job), ==, 118);
  g_assert_true (isnan (tsm_job_get_duration (job)));
  g_assert_cmpint (tsm_job_get_estimated_completion (job), ==, fixture_real (7 * 3600 + 26 * 60));
  g_assert_cmpint (tsm_job_get_last_event (job), ==, fixture_monotonic (5));
  g_assert_cmpint (tsm_job_get_ended_at (job), ==, TSM_TIME_NONE);
}

static void
test_percentage_from_numbers (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  ingest (list, 0, "job_progress_update", "'run_id':'a','phase':'cache_sync','total_symbols':200,'processed':50");
  ingest (list, 0, "job_progress_update", "'run_id':'b','phase':'cache_sync','total_symbols':200,'completed':90,'failed':10");
  ingest (list, 0, "job_progress_update", "'run_id':'c','phase':'cache_sync','total_symbols':0,'processed':0");

  g_assert_true (isnan (tsm_job_get_percentage (get_job (list, 0))));
  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 1)), ==, 50);
  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 2)), ==, 25);
}

static void
test_numbers_stay (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  progress (list, 0, "a", "data_import", 40);
  ingest (list, 1, "job_progress_update", "'run_id':'a','phase':'data_import','current_symbol':'AAPL'");

  g_assert_cmpfloat (tsm_job_get_total (get_job (list, 0)), ==, 500);
  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 0)), ==, 40);
}

static void
test_completed_by_name (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  TsmJob                *job;

  ingest (list, 0, "data_import_started", "'run_id':'a'");
  progress (list, 1, "a", "data_import", 98);
  ingest (list, 2, "data_import_completed", "'run_id':'a','duration_seconds':612.5,'success_rate':98");
  job = get_job (list, 0);

  g_assert_cmpuint (get_n_jobs (list), ==, 1);
  g_assert_cmpint (tsm_job_get_state (job), ==, TSM_JOB_STATE_COMPLETED);
  g_assert_cmpfloat (tsm_job_get_duration (job), ==, 612.5);
  g_assert_cmpfloat (tsm_job_get_percentage (job), ==, 98);
  g_assert_cmpint (tsm_job_get_ended_at (job), ==, fixture_real (2));
  g_assert_null (tsm_job_get_current_symbol (job));
}

static void
test_completed_by_percentage (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  progress (list, 0, "a", "data_import", 100);

  g_assert_cmpint (tsm_job_get_state (get_job (list, 0)), ==, TSM_JOB_STATE_COMPLETED);
}

static void
test_completion_alone_is_whole (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  ingest (list, 0, "cache_sync_completed", "'run_id':'a'");

  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 0)), ==, 100);
}

static void
test_a_symbol_is_not_the_run (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  TsmJob                *job;

  progress (list, 0, "a", "indicator_processing", 40);
  ingest (list, 1, "symbol_processing_complete", "'run_id':'a','symbol':'MSFT'");
  job = get_job (list, 0);

  g_assert_cmpint (tsm_job_get_state (job), ==, TSM_JOB_STATE_RUNNING);
  g_assert_cmpstr (tsm_job_get_phase (job), ==, "indicator_processing");
  g_assert_cmpfloat (tsm_job_get_percentage (job), ==, 40);
}

static void
test_next_phase_runs_again (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  TsmJob                *job;

  progress (list, 0, "a", "data_import", 100);
  tsm_job_list_flush (list);
  ingest (list, 1, "job_progress_update", "'run_id':'a','phase':'cache_sync'");
  job = get_job (list, 0);

  g_assert_cmpuint (get_n_jobs (list), ==, 1);
  g_assert_cmpint (tsm_job_get_state (job), ==, TSM_JOB_STATE_RUNNING);
  g_assert_true (isnan (tsm_job_get_percentage (job)));
  g_assert_cmpint (tsm_job_get_ended_at (job), ==, TSM_TIME_NONE);
}

static void
test_late_progress_wakes_nothing (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  progress (list, 0, "a", "data_import", 100);
  progress (list, 1, "a", "data_import", 97);

  g_assert_cmpint (tsm_job_get_state (get_job (list, 0)), ==, TSM_JOB_STATE_COMPLETED);
  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 0)), ==, 100);
}

static void
test_without_a_run_id (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();

  ingest (list, 0, "job_progress_update", "'phase':'data_import','percentage':10");
  ingest (list, 1, "job_progress_update", "'phase':'data_import','percentage':20");
  ingest (list, 2, "job_progress_update", "'phase':'cache_sync','percentage':30");
  g_assert_cmpuint (get_n_jobs (list), ==, 2);
  g_assert_cmpfloat (tsm_job_get_percentage (get_job (list, 1)), ==, 20);
  g_assert_cmpstr (tsm_job_get_run_id (get_job (list, 1)), ==, "");

  ingest (list, 3, "data_import_completed", "'duration_seconds':3");
  g_assert_cmpint (tsm_job_get_state (get_job (list, 1)), ==, TSM_JOB_STATE_COMPLETED);
  ingest (list, 4, "job_progress_update", "'phase':'data_import','percentage':5");
  g_assert_cmpint (tsm_job_get_state (get_job (list, 1)), ==, TSM_JOB_STATE_RUNNING);
  g_assert_cmpuint (get_n_jobs (list), ==, 2);
}

static void
test_titles (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  g_autofree char       *known = NULL;
  g_autofree char       *other = NULL;

  progress (list, 0, "a", "data_import", 1);
  progress (list, 0, "b", "symbol_clean_up", 1);
  known = tsm_job_dup_title (get_job (list, 1));
  other = tsm_job_dup_title (get_job (list, 0));

  g_assert_cmpstr (known, ==, "Data import");
  g_assert_cmpstr (other, ==, "Symbol clean up");
}

static void
assert_order (Shadow     *shadow,
              const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < shadow->rows->len; i++)
    g_string_append (order, tsm_job_get_run_id (g_ptr_array_index (shadow->rows, i)));
  g_assert_cmpstr (order->str, ==, expected);
}

static void
test_order (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  g_autoptr (Shadow)     shadow = shadow_new (G_LIST_MODEL (list));

  progress (list, 0, "a", "data_import", 1);
  progress (list, 1, "b", "data_import", 1);
  progress (list, 2, "c", "data_import", 1);
  tsm_job_list_flush (list);
  assert_order (shadow, "cba");
  g_assert_cmpuint (shadow->n_emissions, ==, 1);

  progress (list, 3, "c", "data_import", 100);
  progress (list, 3, "d", "data_import", 5);
  tsm_job_list_flush (list);
  assert_order (shadow, "dbac");
  g_assert_cmpuint (shadow->n_emissions, ==, 2);
}

static void
test_progress_moves_no_row (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  g_autoptr (Shadow)     shadow = shadow_new (G_LIST_MODEL (list));
  guint                  n_first;
  guint                  n_second;

  progress (list, 0, "a", "data_import", 1);
  progress (list, 0, "b", "data_import", 1);
  fixture_count (get_job (list, 0), "changed", &n_second);
  fixture_count (get_job (list, 1), "changed", &n_first);
  progress (list, 1, "a", "data_import", 2);
  progress (list, 2, "a", "data_import", 3);
  tsm_job_list_flush (list);
  tsm_job_list_flush (list);

  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_second, ==, 0);
}

static void
test_other_events_are_ignored (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  g_autoptr (TsmEvent)   event = fixture_event (0, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

  tsm_job_list_ingest (list, event);

  g_assert_cmpuint (get_n_jobs (list), ==, 0);
}

static void
test_bounded (void)
{
  g_autoptr (TsmJobList) list = tsm_job_list_new ();
  g_autoptr (Shadow)     shadow = shadow_new (G_LIST_MODEL (list));
  gboolean               has_first = FALSE;
  gboolean               has_over = FALSE;

  progress (list, 0, "first", "data_import", 1);
  progress (list, 1, "over", "data_import", 100);
  for (guint i = 0; i < TSM_JOB_LIST_MAX; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      progress (list, 2 + i, id, "data_import", 1);
      if (i % 3 == 0)
        progress (list, 2 + i, "first", "data_import", 2);
      if (i % 10 == 0)
        tsm_job_list_flush (list);
    }
  tsm_job_list_flush (list);

  g_assert_cmpuint (shadow->rows->len, ==, TSM_JOB_LIST_MAX);
  for (guint i = 0; i < shadow->rows->len; i++)
    {
      const char *id = tsm_job_get_run_id (g_ptr_array_index (shadow->rows, i));

      has_first |= g_str_equal (id, "first");
      has_over |= g_str_equal (id, "over");
    }
  g_assert_true (has_first);
  g_assert_false (has_over);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job/progress", test_progress);
  g_test_add_func ("/job/percentage-from-numbers", test_percentage_from_numbers);
  g_test_add_func ("/job/numbers-stay", test_numbers_stay);
  g_test_add_func ("/job/completed-by-name", test_completed_by_name);
  g_test_add_func ("/job/completed-by-percentage", test_completed_by_percentage);
  g_test_add_func ("/job/completion-alone-is-whole", test_completion_alone_is_whole);
  g_test_add_func ("/job/a-symbol-is-not-the-run", test_a_symbol_is_not_the_run);
  g_test_add_func ("/job/next-phase-runs-again", test_next_phase_runs_again);
  g_test_add_func ("/job/late-progress-wakes-nothing", test_late_progress_wakes_nothing);
  g_test_add_func ("/job/without-a-run-id", test_without_a_run_id);
  g_test_add_func ("/job/titles", test_titles);
  g_test_add_func ("/job-list/order", test_order);
  g_test_add_func ("/job-list/progress-moves-no-row", test_progress_moves_no_row);
  g_test_add_func ("/job-list/other-events-are-ignored", test_other_events_are_ignored);
  g_test_add_func ("/job-list/bounded", test_bounded);

  return g_test_run ();
}
