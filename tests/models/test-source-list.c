/* TsmSourceList: batches, making room, a thousand sources.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"
#include "models/tsm-source-list.h"

static TsmEvent *
new_status (double seconds,
            guint  number)
{
  return fixture_event (seconds, "{'event_type':'SYSTEM_STATUS','source':'engine-%u','status':'RUNNING'}", number);
}

static TsmSource *
ingest (TsmSourceList *list,
        double         seconds,
        guint          number)
{
  g_autoptr (TsmEvent) event = new_status (seconds, number);

  return tsm_source_list_ingest (list, event);
}

static void
test_ingest_finds_its_source (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  TsmSource                *source = ingest (list, 0, 1);

  g_assert_cmpstr (tsm_source_get_name (source), ==, "engine-1");
  g_assert_true (ingest (list, 1, 1) == source);
  g_assert_true (ingest (list, 1, 2) != source);
  g_assert_true (tsm_source_list_lookup (list, "engine-1") == source);
  g_assert_null (tsm_source_list_lookup (list, "engine-3"));
}

static void
test_unnamed_source (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (TsmEvent)      event = fixture_event (0, "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}");

  g_assert_cmpstr (tsm_source_get_name (tsm_source_list_ingest (list, event)), ==, "");
}

static void
test_new_ones_come_in_one_batch (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));

  for (guint i = 0; i < 10; i++)
    ingest (list, i, i % 5);
  g_assert_cmpuint (shadow->n_emissions, ==, 0);
  tsm_source_list_flush (list);

  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (shadow->rows->len, ==, 5);
  g_assert_cmpstr (tsm_source_get_name (g_ptr_array_index (shadow->rows, 4)), ==, "engine-4");
}

static void
test_second_flush_is_silent (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));
  guint                     n;

  fixture_count (ingest (list, 0, 0), "changed", &n);
  tsm_source_list_flush (list);
  tsm_source_list_flush (list);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (shadow->n_emissions, ==, 1);
}

static void
test_only_changed_sources_tell (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  guint                     n_first;
  guint                     n_second;

  fixture_count (ingest (list, 0, 1), "changed", &n_first);
  fixture_count (ingest (list, 0, 2), "changed", &n_second);
  tsm_source_list_flush (list);
  ingest (list, 1, 2);
  tsm_source_list_flush (list);

  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (n_second, ==, 2);
}

static void
test_count_by_liveness (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();

  ingest (list, 0, 1);
  ingest (list, 40, 2);
  ingest (list, 100, 3);
  tsm_source_list_flush (list);
  tsm_source_list_update_liveness (list, fixture_monotonic (101));

  g_assert_cmpuint (tsm_source_list_count (list, TSM_LIVENESS_ACTIVE), ==, 1);
  g_assert_cmpuint (tsm_source_list_count (list, TSM_LIVENESS_INACTIVE), ==, 2);
}

static void
test_gap_reaches_every_source (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (TsmEvent)      event = NULL;
  TsmSource                *source;

  event = fixture_event (0, "{'event_type':'METRIC_UPDATE','metrics':{'system':{'cpu_percent':1}}}");
  source = tsm_source_list_ingest (list, event);
  tsm_source_list_mark_gap (list, fixture_monotonic (1));

  g_assert_cmpuint (tsm_series_get_length (tsm_source_get_series (source, TSM_METRIC_CPU_PERCENT)), ==, 2);
}

static void
test_longest_silent_makes_room (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));

  for (guint i = 0; i < TSM_SOURCE_LIST_MAX; i++)
    ingest (list, i, i);
  tsm_source_list_flush (list);
  ingest (list, 6000, 0); /* so 1, 2 and 3 are the longest silent */
  for (guint i = 0; i < 3; i++)
    ingest (list, 6001 + i, TSM_SOURCE_LIST_MAX + i);
  shadow->n_emissions = 0;
  tsm_source_list_flush (list);

  g_assert_cmpuint (shadow->n_emissions, ==, 2); /* three neighbours left, three came */
  g_assert_cmpuint (shadow->rows->len, ==, TSM_SOURCE_LIST_MAX);
  g_assert_cmpuint (tsm_source_list_get_n_dropped (list), ==, 3);
  g_assert_nonnull (tsm_source_list_lookup (list, "engine-0"));
  g_assert_null (tsm_source_list_lookup (list, "engine-3"));
  g_assert_cmpstr (tsm_source_get_name (g_ptr_array_index (shadow->rows, 1)), ==, "engine-4");
}

static void
test_flood_of_names_is_bounded (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));

  for (guint i = 0; i < TSM_SOURCE_LIST_MAX * 2; i++)
    ingest (list, i, i);
  tsm_source_list_flush (list);

  g_assert_cmpuint (shadow->rows->len, ==, TSM_SOURCE_LIST_MAX);
  g_assert_cmpuint (tsm_source_list_get_n_dropped (list), ==, TSM_SOURCE_LIST_MAX);
}

/* A name that left and came back before anybody looked is another source. */
static void
test_name_comes_back (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));

  for (guint i = 0; i < TSM_SOURCE_LIST_MAX; i++)
    ingest (list, i, i);
  tsm_source_list_flush (list);
  ingest (list, 6000, TSM_SOURCE_LIST_MAX);
  ingest (list, 6001, 0);
  tsm_source_list_flush (list);

  g_assert_cmpuint (shadow->rows->len, ==, TSM_SOURCE_LIST_MAX);
  g_assert_true (g_ptr_array_index (shadow->rows, TSM_SOURCE_LIST_MAX - 1) == tsm_source_list_lookup (list, "engine-0"));
}

static void
test_thousand_sources (void)
{
  g_autoptr (TsmSourceList) list = tsm_source_list_new ();
  g_autoptr (Shadow)        shadow = shadow_new (G_LIST_MODEL (list));
  g_autoptr (GPtrArray)     events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (events, fixture_event (i, "{'event_type':'METRIC_UPDATE','source':'engine-%u','metrics':{"
                                               "'system':{'cpu_percent':%u,'memory_percent':50,'thread_count':9},"
                                               "'redis':{'connected_clients':5}}}", i, i % 100));

  for (guint round = 0; round < 50; round++)
    {
      for (guint i = 0; i < events->len; i++)
        tsm_source_list_ingest (list, g_ptr_array_index (events, i));
      tsm_source_list_flush (list);
    }

  g_assert_cmpuint (shadow->rows->len, ==, 1000);
  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (tsm_source_get_n_events_total (tsm_source_list_lookup (list, "engine-777")), ==, 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source-list/ingest-finds-its-source", test_ingest_finds_its_source);
  g_test_add_func ("/source-list/unnamed-source", test_unnamed_source);
  g_test_add_func ("/source-list/one-batch", test_new_ones_come_in_one_batch);
  g_test_add_func ("/source-list/second-flush-is-silent", test_second_flush_is_silent);
  g_test_add_func ("/source-list/only-changed-sources-tell", test_only_changed_sources_tell);
  g_test_add_func ("/source-list/count-by-liveness", test_count_by_liveness);
  g_test_add_func ("/source-list/gap-reaches-every-source", test_gap_reaches_every_source);
  g_test_add_func ("/source-list/longest-silent-makes-room", test_longest_silent_makes_room);
  g_test_add_func ("/source-list/flood-is-bounded", test_flood_of_names_is_bounded);
  g_test_add_func ("/source-list/name-comes-back", test_name_comes_back);
  g_test_add_func ("/source-list/thousand-sources", test_thousand_sources);

  return g_test_run ();
}
