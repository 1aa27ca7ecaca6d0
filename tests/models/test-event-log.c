/* TsmEventLog: batches, trims, the freeze, and bounded memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"
#include "models/tsm-event-log.h"

static void
append (TsmEventLog *log,
        guint        first,
        guint        n)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (i, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

      tsm_event_log_append (log, event);
    }
}

static void
assert_row (Shadow *shadow,
            guint   position,
            guint   number)
{
  g_assert_cmpuint (position, <, shadow->rows->len);
  g_assert_cmpint (tsm_event_get_received_monotonic (g_ptr_array_index (shadow->rows, position)), ==,
                   fixture_monotonic (number));
}

static void
test_one_batch_per_flush (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));

  append (log, 0, 30);
  g_assert_cmpuint (shadow->n_emissions, ==, 0);
  tsm_event_log_flush (log);
  tsm_event_log_flush (log);

  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (shadow->rows->len, ==, 30);
  assert_row (shadow, 0, 0);
  assert_row (shadow, 29, 29);
}

static void
test_rejected_events_are_kept (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (TsmEvent)    event = fixture_event (0, "not JSON");

  tsm_event_log_append (log, event);
  tsm_event_log_flush (log);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);
}

static void
test_out_of_range (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);

  append (log, 0, 1);
  tsm_event_log_flush (log);

  g_assert_null (g_list_model_get_item (G_LIST_MODEL (log), 1));
}

static void
test_trims_in_large_pieces (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));

  for (guint i = 0; i < 110; i++)
    {
      append (log, i, 1);
      tsm_event_log_flush (log);
    }
  g_assert_cmpuint (shadow->rows->len, ==, 110);
  g_assert_cmpuint (shadow->n_emissions, ==, 110);

  append (log, 110, 1);
  tsm_event_log_flush (log);
  g_assert_cmpuint (shadow->rows->len, ==, 100);
  g_assert_cmpuint (shadow->n_emissions, ==, 112);
  assert_row (shadow, 0, 11);
  assert_row (shadow, 99, 110);
}

static void
test_flood_keeps_the_newest (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));

  append (log, 0, 50);
  tsm_event_log_flush (log);
  append (log, 50, 1000);
  tsm_event_log_flush (log);

  g_assert_cmpuint (shadow->rows->len, ==, 100);
  assert_row (shadow, 0, 950);
  assert_row (shadow, 99, 1049);
  g_assert_cmpuint (tsm_event_log_get_n_total (log), ==, 1050);
}

static void
test_random_walk (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (40);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));
  guint                   next = 0;

  for (guint round = 0; round < 300; round++)
    {
      guint n = g_test_rand_int_range (0, 60);

      append (log, next, n);
      next += n;
      if (g_test_rand_int_range (0, 10) == 0)
        tsm_event_log_set_frozen (log, !tsm_event_log_get_frozen (log));
      tsm_event_log_flush (log);
      shadow_assert_equal (shadow);
      g_assert_cmpuint (shadow->rows->len, <=, 44);
    }
}

static void
test_frozen (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));
  guint                   n;

  fixture_count (log, "notify::n-pending", &n);
  append (log, 0, 10);
  tsm_event_log_flush (log);
  tsm_event_log_set_frozen (log, TRUE);
  append (log, 10, 128);
  tsm_event_log_flush (log);

  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (tsm_event_log_get_n_pending (log), ==, 128);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_thaw (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));

  append (log, 0, 10);
  tsm_event_log_flush (log);
  tsm_event_log_set_frozen (log, TRUE);
  append (log, 10, 20);
  tsm_event_log_flush (log);
  tsm_event_log_set_frozen (log, FALSE);

  g_assert_cmpuint (shadow->rows->len, ==, 30);
  g_assert_cmpuint (tsm_event_log_get_n_pending (log), ==, 0);
}

static void
test_frozen_counts_all_and_keeps_the_newest (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));

  tsm_event_log_set_frozen (log, TRUE);
  append (log, 0, 1000);
  g_assert_cmpuint (tsm_event_log_get_n_pending (log), ==, 1000);
  tsm_event_log_set_frozen (log, FALSE);

  g_assert_cmpuint (shadow->rows->len, ==, 100);
  assert_row (shadow, 99, 999);
}

static void
test_pending_events_are_let_go (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (10);
  g_autoptr (TsmEvent)    event = fixture_event (0, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

  tsm_event_log_set_frozen (log, TRUE);
  tsm_event_log_append (log, event);
  g_object_add_weak_pointer (G_OBJECT (event), (gpointer *) &event);
  g_object_unref (event);
  g_assert_nonnull (event);
  append (log, 1, 11);

  g_assert_null (event);
}

static void
count_one (gpointer  data,
           GObject  *event)
{
  (*(guint *) data)++;
}

/* A thousand freed at once would hold up the main loop. */
static void
test_what_goes_is_freed_little_by_little (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (1000);
  guint n_freed = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (i, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

      g_object_weak_ref (G_OBJECT (event), count_one, &n_freed);
      tsm_event_log_append (log, event);
    }
  tsm_event_log_flush (log);
  append (log, 1000, 1000);
  g_assert_cmpuint (n_freed, ==, 0);
  tsm_event_log_flush (log);
  g_assert_cmpuint (n_freed, >, 0);
  g_assert_cmpuint (n_freed, <, 300);
  append (log, 2000, 500);
  g_assert_cmpuint (n_freed, ==, 1000);
}

static void
test_n_kept (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (100);

  append (log, 0, 95);
  tsm_event_log_flush (log);
  append (log, 95, 10);
  tsm_event_log_flush (log);
  g_assert_cmpuint (tsm_event_log_get_n_kept (log), ==, 105);
  tsm_event_log_set_frozen (log, TRUE);
  append (log, 105, 10);
  g_assert_cmpuint (tsm_event_log_get_n_kept (log), ==, 100);
  append (log, 115, 1000);
  g_assert_cmpuint (tsm_event_log_get_n_kept (log), ==, 100);
  tsm_event_log_set_frozen (log, FALSE);
  g_assert_cmpuint (tsm_event_log_get_n_kept (log), ==, g_list_model_get_n_items (G_LIST_MODEL (log)));
}

static void
test_same_frozen_notifies_nothing (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (10);
  guint                   n;

  fixture_count (log, "notify", &n);
  tsm_event_log_set_frozen (log, FALSE);
  g_assert_cmpuint (n, ==, 0);
  g_object_set (log, "frozen", TRUE, NULL);
  g_object_set (log, "frozen", TRUE, NULL);

  g_assert_cmpuint (n, ==, 1);
}

static void
test_running_log_notifies_no_pending (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (10);
  guint                   n;

  fixture_count (log, "notify::n-pending", &n);
  append (log, 0, 5);
  tsm_event_log_flush (log);

  g_assert_cmpuint (n, ==, 0);
}

/* Messages of half a MiB each: the bytes bound the list long before the number does. */
static void
test_bytes_are_bounded (void)
{
  g_autoptr (TsmEventLog) log = tsm_event_log_new (1000);
  g_autoptr (Shadow)      shadow = shadow_new (G_LIST_MODEL (log));
  g_autofree char        *text = g_strnfill (512 * 1024, 'x');
  g_autoptr (TsmEvent)    event = NULL;
  guint                   most;

  event = fixture_event (0, "{'event_type':'SYSTEM_STATUS','status':'RUNNING','message':'%s'}", text);
  most = TSM_EVENT_LOG_MAX_BYTES / g_bytes_get_size (tsm_event_get_raw (event));
  for (guint i = 0; i < 300; i++)
    {
      tsm_event_log_append (log, event);
      if (i % 3 == 0)
        tsm_event_log_flush (log);
    }
  tsm_event_log_flush (log);
  g_assert_cmpuint (shadow->rows->len, <=, most + most / 10 + 1);
  g_assert_cmpuint (shadow->rows->len, >=, most);

  tsm_event_log_set_frozen (log, TRUE);
  for (guint i = 0; i < 300; i++)
    tsm_event_log_append (log, event);
  tsm_event_log_set_frozen (log, FALSE);

  g_assert_cmpuint (shadow->rows->len, ==, most);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-log/one-batch-per-flush", test_one_batch_per_flush);
  g_test_add_func ("/event-log/rejected-events-are-kept", test_rejected_events_are_kept);
  g_test_add_func ("/event-log/out-of-range", test_out_of_range);
  g_test_add_func ("/event-log/trims-in-large-pieces", test_trims_in_large_pieces);
  g_test_add_func ("/event-log/flood-keeps-the-newest", test_flood_keeps_the_newest);
  g_test_add_func ("/event-log/random-walk", test_random_walk);
  g_test_add_func ("/event-log/frozen", test_frozen);
  g_test_add_func ("/event-log/thaw", test_thaw);
  g_test_add_func ("/event-log/frozen-counts-all", test_frozen_counts_all_and_keeps_the_newest);
  g_test_add_func ("/event-log/pending-are-let-go", test_pending_events_are_let_go);
  g_test_add_func ("/event-log/what-goes-is-freed-little-by-little", test_what_goes_is_freed_little_by_little);
  g_test_add_func ("/event-log/n-kept", test_n_kept);
  g_test_add_func ("/event-log/same-frozen-notifies-nothing", test_same_frozen_notifies_nothing);
  g_test_add_func ("/event-log/running-log-notifies-no-pending", test_running_log_notifies_no_pending);
  g_test_add_func ("/event-log/bytes-are-bounded", test_bytes_are_bounded);

  return g_test_run ();
}
