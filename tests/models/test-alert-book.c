/* TsmAlertBook: keys, counts, orphans, batches, ten thousand alerts, the worst ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"
#include "models/tsm-alert-book.h"

static TsmEvent *
new_triggered (double      seconds,
               const char *source,
               const char *id,
               const char *level)
{
  return fixture_event (seconds, "{'event_type':'ALERT_TRIGGERED','source':'%s','alert':"
                                 "{'id':'%s','level':'%s','message':'m'}}", source, id, level);
}

static TsmAlert *
trigger (TsmAlertBook *book,
         double        seconds,
         const char   *source,
         const char   *id,
         const char   *level)
{
  g_autoptr (TsmEvent) event = new_triggered (seconds, source, id, level);

  tsm_alert_book_ingest (book, event);
  return tsm_alert_book_lookup (book, source, id);
}

static void
resolve (TsmAlertBook *book,
         double        seconds,
         const char   *source,
         const char   *id)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event_type':'ALERT_RESOLVED','source':'%s','alert_id':'%s'}", source, id);
  tsm_alert_book_ingest (book, event);
}

static void
test_ids_are_per_source (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  TsmAlert                *first = trigger (book, 0, "engine-1", "a", "INFO");
  TsmAlert                *second = trigger (book, 0, "engine-2", "a", "INFO");

  resolve (book, 1, "engine-2", "a");
  tsm_alert_book_flush (book);

  g_assert_true (first != second);
  g_assert_cmpint (tsm_alert_get_state (first), ==, TSM_ALERT_OPEN);
  g_assert_cmpint (tsm_alert_get_state (second), ==, TSM_ALERT_RESOLVED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (book)), ==, 2);
}

static void
test_hostile_ids_are_plain_text (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  const char              *ids[] = { "../../etc/passwd", "<b>bold</b>&amp;", "%s%n%d", "a/b\\\\c", "$(reboot)" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      trigger (book, 0, "engine", ids[i], "INFO");
      trigger (book, 1, "engine", ids[i], "INFO");
    }
  tsm_alert_book_flush (book);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (book)), ==, G_N_ELEMENTS (ids));
  g_assert_cmpuint (tsm_alert_get_count (tsm_alert_book_lookup (book, "engine", "<b>bold</b>&amp;")), ==, 2);
}

static void
test_huge_id (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autofree char         *id = g_strnfill (4096, 'x');
  g_autoptr (TsmEvent)     event = new_triggered (0, "engine", id, "INFO");

  tsm_alert_book_ingest (book, event);
  tsm_alert_book_ingest (book, event);
  tsm_alert_book_flush (book);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (book)), ==, 1);
}

static void
test_orphan (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  TsmAlertCounts           counts;
  guint                    n;

  fixture_count (book, "changed", &n);
  resolve (book, 0, "engine", "never-seen");
  tsm_alert_book_flush (book);
  tsm_alert_book_get_counts (book, &counts);

  g_assert_cmpuint (counts.orphans, ==, 1);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (book)), ==, 0);
}

static void
test_other_events_are_ignored (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  guint                    n;
  const char              *others[] = {
    "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}",
    "{'event':'error','payload':{'severity':'error','component':'x','error_code':'E','message':'m'}}",
    "{'event_type':'ALERT_TRIGGERED','alert':{'level':'INFO'}}",
    "not JSON",
  };

  fixture_count (book, "changed", &n);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TsmEvent) event = fixture_event (0, "%s", others[i]);

      tsm_alert_book_ingest (book, event);
    }
  tsm_alert_book_flush (book);

  g_assert_cmpuint (n, ==, 0);
}

static void
test_counts (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  TsmAlertCounts           counts;
  TsmAlert                *alert = trigger (book, 0, "e", "1", "WARNING");

  trigger (book, 0, "e", "2", "CRITICAL");
  trigger (book, 0, "e", "3", "CRITICAL");
  trigger (book, 1, "e", "1", "ERROR");
  resolve (book, 2, "e", "3");
  tsm_alert_book_get_counts (book, &counts);
  g_assert_cmpuint (counts.n_open, ==, 2);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_WARNING], ==, 0);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_ERROR], ==, 1);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_CRITICAL], ==, 1);
  g_assert_cmpuint (counts.resolved, ==, 1);

  tsm_alert_book_acknowledge (book, alert, NULL, NULL, fixture_real (3));
  trigger (book, 4, "e", "3", "INFO");
  tsm_alert_book_get_counts (book, &counts);
  g_assert_cmpuint (counts.n_open, ==, 2);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_ERROR], ==, 0);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_INFO], ==, 1);
  g_assert_cmpuint (counts.acknowledged, ==, 1);
  g_assert_cmpuint (counts.resolved, ==, 0);
}

static void
test_new_ones_come_in_one_batch (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (Shadow)       shadow = shadow_new (G_LIST_MODEL (book));

  trigger (book, 0, "e", "1", "INFO");
  trigger (book, 0, "e", "2", "INFO");
  trigger (book, 0, "e", "1", "INFO");
  g_assert_cmpuint (shadow->n_emissions, ==, 0);
  tsm_alert_book_flush (book);

  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (shadow->rows->len, ==, 2);
  g_assert_cmpstr (tsm_alert_get_id (g_ptr_array_index (shadow->rows, 1)), ==, "2");
}

static void
test_second_flush_is_silent (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  guint                    n_changed;
  guint                    n_opened;

  fixture_count (book, "changed", &n_changed);
  fixture_count (book, "opened", &n_opened);
  trigger (book, 0, "e", "1", "INFO");
  tsm_alert_book_flush (book);
  tsm_alert_book_flush (book);

  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_opened, ==, 1);
}

static void
test_opened (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  guint                    n;

  fixture_count (book, "opened", &n);
  trigger (book, 0, "e", "1", "INFO");
  tsm_alert_book_flush (book);
  trigger (book, 1, "e", "1", "INFO");
  tsm_alert_book_flush (book);
  g_assert_cmpuint (n, ==, 1);

  resolve (book, 2, "e", "1");
  trigger (book, 3, "e", "1", "INFO");
  resolve (book, 4, "e", "1");
  trigger (book, 5, "e", "1", "INFO");
  tsm_alert_book_flush (book);
  g_assert_cmpuint (n, ==, 2);

  tsm_alert_book_acknowledge (book, tsm_alert_book_lookup (book, "e", "1"), NULL, NULL, fixture_real (6));
  trigger (book, 7, "e", "1", "CRITICAL");
  tsm_alert_book_flush (book);
  g_assert_cmpuint (n, ==, 3);
}

static void
acknowledge_cb (TsmAlertBook *book,
                TsmAlert     *alert,
                gpointer      user_data)
{
  tsm_alert_book_acknowledge (book, alert, "robot", NULL, fixture_real (1));
}

static void
test_handler_may_change_the_book (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  TsmAlert                *alert = trigger (book, 0, "e", "1", "INFO");
  guint                    n_state;

  g_signal_connect (book, "opened", G_CALLBACK (acknowledge_cb), NULL);
  fixture_count (alert, "notify::state", &n_state);
  tsm_alert_book_flush (book);
  g_assert_cmpuint (n_state, ==, 0);
  tsm_alert_book_flush (book);

  g_assert_cmpuint (n_state, ==, 1);
}

static void
test_ten_thousand (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (Shadow)       shadow = shadow_new (G_LIST_MODEL (book));
  TsmAlertCounts           counts;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("alert-%u", i);

      trigger (book, i, "engine", id, i % 2 == 0 ? "WARNING" : "CRITICAL");
    }
  tsm_alert_book_flush (book);
  tsm_alert_book_get_counts (book, &counts);

  g_assert_cmpuint (shadow->rows->len, ==, 10000);
  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpuint (counts.open[TSM_SEVERITY_WARNING], ==, 5000);
  g_assert_cmpuint (counts.n_open, ==, 10000);
}

/* Every seventh alert stays open; the longest resolved of the others go, in one piece. */
static void
test_sheds_resolved_only (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (Shadow)       shadow = shadow_new (G_LIST_MODEL (book));
  const guint              n = TSM_ALERT_BOOK_MAX_RESOLVED / 6 * 7 + TSM_ALERT_BOOK_MAX_RESOLVED / 10 * 2;
  TsmAlertCounts           counts;
  guint                    n_open = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      trigger (book, i, "e", id, "INFO");
      if (i % 7 != 0)
        resolve (book, i, "e", id);
      else
        n_open++;
    }
  tsm_alert_book_flush (book);
  tsm_alert_book_get_counts (book, &counts);

  g_assert_cmpuint (counts.n_open, ==, n_open);
  g_assert_cmpuint (counts.resolved, ==, TSM_ALERT_BOOK_MAX_RESOLVED);
  g_assert_cmpuint (shadow->rows->len, ==, n_open + TSM_ALERT_BOOK_MAX_RESOLVED);
  g_assert_null (tsm_alert_book_lookup (book, "e", "1"));
  g_assert_nonnull (tsm_alert_book_lookup (book, "e", "0"));
}

static void
test_shed_alert_cannot_be_touched (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (TsmAlert)     alert = g_object_ref (trigger (book, 0, "e", "first", "INFO"));
  TsmAlertCounts           counts;
  guint                    n;

  resolve (book, 0, "e", "first");
  for (guint i = 0; i < TSM_ALERT_BOOK_MAX_RESOLVED * 11 / 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      trigger (book, i, "e", id, "INFO");
      resolve (book, i, "e", id);
    }
  tsm_alert_book_flush (book);
  g_assert_null (tsm_alert_book_lookup (book, "e", "first"));
  fixture_count (book, "changed", &n);
  tsm_alert_book_add_delivery (book, alert, "Delivered to 1 engine", fixture_real (1));
  tsm_alert_book_flush (book);
  tsm_alert_book_get_counts (book, &counts);

  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (counts.resolved, ==, TSM_ALERT_BOOK_MAX_RESOLVED);
}

static void
test_worst (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (GPtrArray)    worst = NULL;
  g_autoptr (GPtrArray)    of_one = NULL;

  trigger (book, 0, "e", "info", "INFO");
  trigger (book, 1, "e", "old", "CRITICAL");
  trigger (book, 2, "f", "new", "CRITICAL");
  trigger (book, 3, "e", "over", "EMERGENCY");
  resolve (book, 4, "e", "over");
  tsm_alert_book_acknowledge (book, trigger (book, 5, "e", "known", "EMERGENCY"), NULL, NULL, fixture_real (6));
  worst = tsm_alert_book_dup_worst (book, NULL, 3);
  of_one = tsm_alert_book_dup_worst (book, "e", 10);

  g_assert_cmpuint (worst->len, ==, 3);
  g_assert_cmpstr (tsm_alert_get_id (worst->pdata[0]), ==, "new");
  g_assert_cmpstr (tsm_alert_get_id (worst->pdata[1]), ==, "old");
  g_assert_cmpstr (tsm_alert_get_id (worst->pdata[2]), ==, "info");
  g_assert_cmpuint (of_one->len, ==, 3);
  g_assert_cmpstr (tsm_alert_get_id (of_one->pdata[2]), ==, "known");
}

static void
test_worst_agrees_with_a_sort (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (GPtrArray)    few = NULL;
  g_autoptr (GPtrArray)    all = NULL;
  const char              *levels[] = { "INFO", "CRITICAL", "WARNING", "EMERGENCY", "ERROR" };

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      trigger (book, i * 37 % 101, "e", id, levels[i * 7 % 5]);
    }
  few = tsm_alert_book_dup_worst (book, NULL, 5);
  all = tsm_alert_book_dup_worst (book, NULL, G_MAXUINT);

  g_assert_cmpuint (all->len, ==, 300);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (tsm_alert_compare (all->pdata[i - 1], all->pdata[i]), <, 0);
  for (guint i = 0; i < 5; i++)
    g_assert_true (few->pdata[i] == all->pdata[i]);
}

static void
test_worst_of_none (void)
{
  g_autoptr (TsmAlertBook) book = tsm_alert_book_new ();
  g_autoptr (GPtrArray)    worst = NULL;

  trigger (book, 0, "e", "1", "INFO");
  worst = tsm_alert_book_dup_worst (book, NULL, 0);

  g_assert_cmpuint (worst->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/alert-book/ids-are-per-source", test_ids_are_per_source);
  g_test_add_func ("/alert-book/hostile-ids", test_hostile_ids_are_plain_text);
  g_test_add_func ("/alert-book/huge-id", test_huge_id);
  g_test_add_func ("/alert-book/orphan", test_orphan);
  g_test_add_func ("/alert-book/other-events-are-ignored", test_other_events_are_ignored);
  g_test_add_func ("/alert-book/counts", test_counts);
  g_test_add_func ("/alert-book/one-batch", test_new_ones_come_in_one_batch);
  g_test_add_func ("/alert-book/second-flush-is-silent", test_second_flush_is_silent);
  g_test_add_func ("/alert-book/opened", test_opened);
  g_test_add_func ("/alert-book/handler-may-change-the-book", test_handler_may_change_the_book);
  g_test_add_func ("/alert-book/ten-thousand", test_ten_thousand);
  g_test_add_func ("/alert-book/sheds-resolved-only", test_sheds_resolved_only);
  g_test_add_func ("/alert-book/shed-alert-cannot-be-touched", test_shed_alert_cannot_be_touched);
  g_test_add_func ("/alert-book/worst", test_worst);
  g_test_add_func ("/alert-book/worst-agrees-with-a-sort", test_worst_agrees_with_a_sort);
  g_test_add_func ("/alert-book/worst-of-none", test_worst_of_none);

  return g_test_run ();
}
