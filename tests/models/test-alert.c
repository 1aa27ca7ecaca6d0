/* TsmAlert: its life from both sides, its timeline, its order, and what it notifies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"
#include "models/tsm-alert-book.h"

typedef struct
{
  TsmAlertBook *book;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->book = tsm_alert_book_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->book);
}

static TsmAlert *
trigger (Fixture    *fixture,
         double      seconds,
         const char *level,
         const char *more)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event_type':'ALERT_TRIGGERED','source':'engine','alert':"
                                  "{'id':'a1','level':'%s','message':'Memory above limit'%s}}", level, more);
  tsm_alert_book_ingest (fixture->book, event);
  return tsm_alert_book_lookup (fixture->book, "engine", "a1");
}

static void
resolve_by_engine (Fixture *fixture,
                   double   seconds)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event_type':'ALERT_RESOLVED','source':'engine','alert_id':'a1',"
                                  "'resolved_by':'auto-recovery','notes':'All well'}");
  tsm_alert_book_ingest (fixture->book, event);
}

static TsmAlertEntry *
get_line (TsmAlert *alert,
          guint     position)
{
  g_autoptr (TsmAlertEntry) line = g_list_model_get_item (tsm_alert_get_timeline (alert), position);

  g_assert_nonnull (line);
  return line;
}

static void
assert_kinds (Fixture    *fixture,
              TsmAlert   *alert,
              const char *expected)
{
  static const char letters[] = "TPARORD"; /* P: repeated, O: opened again, the second R: response */
  g_autoptr (GString) kinds = g_string_new (NULL);

  tsm_alert_book_flush (fixture->book);
  for (guint i = 0; i < g_list_model_get_n_items (tsm_alert_get_timeline (alert)); i++)
    g_string_append_c (kinds, letters[tsm_alert_entry_get_kind (get_line (alert, i))]);

  g_assert_cmpstr (kinds->str, ==, expected);
}

static void
test_triggered (Fixture       *fixture,
                gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 5, "CRITICAL", ",'component':'workers','details':{'threshold':85,'host':'n1'},"
                                                     "'suggested_actions':['Restart']");

  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_OPEN);
  g_assert_cmpint (tsm_alert_get_severity (alert), ==, TSM_SEVERITY_CRITICAL);
  g_assert_cmpstr (tsm_alert_get_message (alert), ==, "Memory above limit");
  g_assert_cmpstr (tsm_alert_get_component (alert), ==, "workers");
  g_assert_cmpuint (tsm_alert_get_count (alert), ==, 1);
  g_assert_cmpint (tsm_alert_get_triggered_at (alert), ==, fixture_real (5));
  g_assert_cmpint (tsm_alert_get_acknowledged_at (alert), ==, TSM_TIME_NONE);
  g_assert_cmpint (tsm_alert_get_resolved_at (alert), ==, TSM_TIME_NONE);
  g_assert_cmpuint (tsm_alert_get_details (alert)->len, ==, 2);
  g_assert_cmpstr (g_array_index (tsm_alert_get_details (alert), TsmDetail, 1).value, ==, "n1");
  g_assert_cmpstr (tsm_alert_get_suggested_actions (alert)[0], ==, "Restart");
  assert_kinds (fixture, alert, "T");
}

static void
test_message_is_never_null (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (TsmEvent) event = fixture_event (0, "{'event_type':'ALERT_TRIGGERED','alert':{'id':'x','level':'INFO'}}");

  tsm_alert_book_ingest (fixture->book, event);

  g_assert_cmpstr (tsm_alert_get_message (tsm_alert_book_lookup (fixture->book, "", "x")), ==, "");
}

static void
test_event_time (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct
  {
    const char *timestamp;
    double      seconds; /* what is believed */
  } cases[] = {
    { "2026-03-02T13:59:58Z", -2 },
    { "2026-03-01T14:30:00Z", -84600 }, /* 23 h 30 min */
    { "2026-03-01T13:30:00Z", 10 },     /* more than a day: the time of arrival */
    { "2031-01-01T00:00:00Z", 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmEvent) event = NULL;
      g_autofree char     *id = g_strdup_printf ("t%u", i);
      TsmAlert            *alert;

      event = fixture_event (10, "{'event_type':'ALERT_TRIGGERED','source':'s','timestamp':'%s','alert':"
                                 "{'id':'%s','level':'INFO','message':''}}", cases[i].timestamp, id);
      tsm_alert_book_ingest (fixture->book, event);
      alert = tsm_alert_book_lookup (fixture->book, "s", id);
      g_assert_cmpint (tsm_alert_get_triggered_at (alert), ==, fixture_real (cases[i].seconds));
    }
}

static void
test_repeat (Fixture       *fixture,
             gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");

  trigger (fixture, 5, "CRITICAL", ",'details':{'now':99}");

  g_assert_cmpuint (tsm_alert_get_count (alert), ==, 2);
  g_assert_cmpint (tsm_alert_get_severity (alert), ==, TSM_SEVERITY_CRITICAL);
  g_assert_cmpint (tsm_alert_get_triggered_at (alert), ==, fixture_real (0));
  g_assert_cmpint (tsm_alert_get_last_seen (alert), ==, fixture_real (5));
  g_assert_cmpstr (g_array_index (tsm_alert_get_details (alert), TsmDetail, 0).value, ==, "99");
  assert_kinds (fixture, alert, "TP");
}

static void
test_acknowledged_and_resolved_here (Fixture       *fixture,
                                     gconstpointer  data)
{
  TsmAlert        *alert = trigger (fixture, 0, "WARNING", "");
  g_autofree char *text = NULL;

  g_assert_true (tsm_alert_book_acknowledge (fixture->book, alert, "ops-2", "Looking", fixture_real (5)));
  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_ACKNOWLEDGED);
  g_assert_cmpint (tsm_alert_get_acknowledged_at (alert), ==, fixture_real (5));
  g_assert_cmpstr (tsm_alert_get_who (alert), ==, "ops-2");
  g_assert_cmpstr (tsm_alert_get_notes (alert), ==, "Looking");

  g_assert_true (tsm_alert_book_resolve (fixture->book, alert, "ops-3", NULL, fixture_real (9)));
  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_RESOLVED);
  g_assert_cmpint (tsm_alert_get_resolved_at (alert), ==, fixture_real (9));
  g_assert_cmpstr (tsm_alert_get_who (alert), ==, "ops-3");
  g_assert_cmpstr (tsm_alert_get_notes (alert), ==, "Looking");
  assert_kinds (fixture, alert, "TAR");

  text = tsm_alert_entry_dup_text (get_line (alert, 1));
  g_assert_cmpstr (text, ==, "Acknowledged by ops-2");
  g_assert_cmpstr (tsm_alert_entry_get_note (get_line (alert, 1)), ==, "Looking");
}

static void
test_decisions_out_of_turn (Fixture       *fixture,
                            gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");

  tsm_alert_book_acknowledge (fixture->book, alert, "a", NULL, fixture_real (1));
  g_assert_false (tsm_alert_book_acknowledge (fixture->book, alert, "b", NULL, fixture_real (2)));
  tsm_alert_book_resolve (fixture->book, alert, "a", NULL, fixture_real (3));
  g_assert_false (tsm_alert_book_acknowledge (fixture->book, alert, "b", NULL, fixture_real (4)));
  g_assert_false (tsm_alert_book_resolve (fixture->book, alert, "b", NULL, fixture_real (5)));

  g_assert_cmpstr (tsm_alert_get_who (alert), ==, "a");
  assert_kinds (fixture, alert, "TAR");
}

static void
test_resolved_by_the_engine (Fixture       *fixture,
                             gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");

  resolve_by_engine (fixture, 5);
  resolve_by_engine (fixture, 6);

  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_RESOLVED);
  g_assert_cmpint (tsm_alert_get_resolved_at (alert), ==, fixture_real (5));
  g_assert_cmpstr (tsm_alert_get_who (alert), ==, "auto-recovery");
  g_assert_cmpstr (tsm_alert_get_notes (alert), ==, "All well");
  assert_kinds (fixture, alert, "TR");
}

static void
test_engine_confirms_ours_once (Fixture       *fixture,
                                gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");

  tsm_alert_book_resolve (fixture->book, alert, "ops-2", "Restarted", fixture_real (5));
  resolve_by_engine (fixture, 6);
  resolve_by_engine (fixture, 7);

  g_assert_cmpstr (tsm_alert_get_who (alert), ==, "ops-2");
  g_assert_cmpstr (tsm_alert_get_notes (alert), ==, "Restarted");
  g_assert_cmpint (tsm_alert_get_resolved_at (alert), ==, fixture_real (5));
  assert_kinds (fixture, alert, "TRD");
}

static void
test_opens_again (Fixture       *fixture,
                  gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");

  trigger (fixture, 1, "WARNING", "");
  tsm_alert_book_acknowledge (fixture->book, alert, "ops-2", "Looking", fixture_real (2));
  resolve_by_engine (fixture, 3);
  trigger (fixture, 9, "ERROR", "");

  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_OPEN);
  g_assert_cmpuint (tsm_alert_get_count (alert), ==, 1);
  g_assert_cmpint (tsm_alert_get_triggered_at (alert), ==, fixture_real (9));
  g_assert_cmpint (tsm_alert_get_acknowledged_at (alert), ==, TSM_TIME_NONE);
  g_assert_cmpint (tsm_alert_get_resolved_at (alert), ==, TSM_TIME_NONE);
  g_assert_null (tsm_alert_get_who (alert));
  g_assert_null (tsm_alert_get_notes (alert));
  assert_kinds (fixture, alert, "TPARO");
}

static void
test_repeat_keeps_an_acknowledgement (Fixture       *fixture,
                                      gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "CRITICAL", "");

  tsm_alert_book_acknowledge (fixture->book, alert, "ops-2", NULL, fixture_real (2));
  trigger (fixture, 3, "WARNING", "");

  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_ACKNOWLEDGED);
  assert_kinds (fixture, alert, "TAP");
}

static void
test_worse_takes_an_acknowledgement_back (Fixture       *fixture,
                                          gconstpointer  data)
{
  TsmAlert        *alert = trigger (fixture, 0, "WARNING", "");
  g_autofree char *text = NULL;

  tsm_alert_book_acknowledge (fixture->book, alert, "ops-2", NULL, fixture_real (2));
  trigger (fixture, 3, "CRITICAL", "");

  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_OPEN);
  g_assert_cmpint (tsm_alert_get_acknowledged_at (alert), ==, TSM_TIME_NONE);
  g_assert_cmpuint (tsm_alert_get_count (alert), ==, 2);
  assert_kinds (fixture, alert, "TAO");
  text = tsm_alert_entry_dup_text (get_line (alert, 2));
  g_assert_cmpstr (text, ==, "Opened again: its severity rose to CRITICAL");
}

static void
test_automatic_responses (Fixture       *fixture,
                          gconstpointer  data)
{
  TsmAlert        *alert = trigger (fixture, 0, "WARNING", ",'auto_responses':['Batch halved']");
  g_autofree char *text = NULL;

  trigger (fixture, 1, "WARNING", ",'auto_responses':['Batch halved','Worker stopped']");

  assert_kinds (fixture, alert, "TRPR");
  text = tsm_alert_entry_dup_text (get_line (alert, 3));
  g_assert_cmpstr (text, ==, "Automatic response: Worker stopped");
}

static void
test_delivery (Fixture       *fixture,
               gconstpointer  data)
{
  TsmAlert        *alert = trigger (fixture, 0, "WARNING", "");
  g_autofree char *text = NULL;

  tsm_alert_book_add_delivery (fixture->book, alert, "Delivered to 100%s engines", fixture_real (2));

  assert_kinds (fixture, alert, "TD");
  text = tsm_alert_entry_dup_text (get_line (alert, 1));
  g_assert_cmpstr (text, ==, "Delivered to 100%s engines");
}

static void
test_timeline_is_bounded (Fixture       *fixture,
                          gconstpointer  data)
{
  TsmAlert          *alert = trigger (fixture, 0, "WARNING", ",'auto_responses':['Batch halved']");
  g_autoptr (Shadow) shadow = shadow_new (tsm_alert_get_timeline (alert));

  for (guint i = 1; i <= 500; i++)
    {
      trigger (fixture, i, "WARNING", "");
      if (i % 50 == 0)
        tsm_alert_book_flush (fixture->book);
    }
  tsm_alert_book_acknowledge (fixture->book, alert, "ops-2", NULL, fixture_real (501));
  tsm_alert_book_flush (fixture->book);

  g_assert_cmpuint (shadow->rows->len, ==, TSM_ALERT_MAX_TIMELINE);
  g_assert_cmpint (tsm_alert_entry_get_kind (get_line (alert, 0)), ==, TSM_ALERT_ENTRY_TRIGGERED);
  g_assert_cmpint (tsm_alert_entry_get_kind (get_line (alert, 1)), ==, TSM_ALERT_ENTRY_RESPONSE);
  g_assert_cmpint (tsm_alert_entry_get_time (get_line (alert, 198)), ==, fixture_real (500));
  g_assert_cmpint (tsm_alert_entry_get_kind (get_line (alert, 199)), ==, TSM_ALERT_ENTRY_ACKNOWLEDGED);
}

static void
test_timeline_that_waits_is_bounded (Fixture       *fixture,
                                     gconstpointer  data)
{
  TsmAlert          *alert = trigger (fixture, 0, "WARNING", "");
  g_autoptr (Shadow) shadow = shadow_new (tsm_alert_get_timeline (alert));

  for (guint i = 1; i <= 1000; i++)
    trigger (fixture, i, "WARNING", "");
  tsm_alert_book_flush (fixture->book);

  g_assert_cmpuint (shadow->rows->len, ==, TSM_ALERT_MAX_TIMELINE);
  g_assert_cmpuint (shadow->n_emissions, ==, 1);
  g_assert_cmpint (tsm_alert_entry_get_kind (get_line (alert, 0)), ==, TSM_ALERT_ENTRY_TRIGGERED);
  g_assert_cmpint (tsm_alert_entry_get_time (get_line (alert, 199)), ==, fixture_real (1000));
}

/* An alert that opens and closes without end repeats nothing: its oldest lines go all the same. */
static void
test_timeline_of_a_flapping_alert (Fixture       *fixture,
                                   gconstpointer  data)
{
  TsmAlert          *alert = trigger (fixture, 0, "WARNING", "");
  g_autoptr (Shadow) shadow = shadow_new (tsm_alert_get_timeline (alert));

  for (guint i = 1; i <= 300; i++)
    {
      resolve_by_engine (fixture, i);
      trigger (fixture, i + 0.5, "WARNING", "");
      tsm_alert_book_flush (fixture->book);
    }

  g_assert_cmpuint (shadow->rows->len, ==, TSM_ALERT_MAX_TIMELINE);
  g_assert_cmpint (tsm_alert_entry_get_kind (get_line (alert, 0)), ==, TSM_ALERT_ENTRY_TRIGGERED);
  g_assert_cmpint (tsm_alert_entry_get_time (get_line (alert, 199)), ==, fixture_real (300.5));
}

static void
test_notifies_at_the_flush (Fixture       *fixture,
                            gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");
  guint     n_count;
  guint     n_state;

  tsm_alert_book_flush (fixture->book);
  fixture_count (alert, "notify::count", &n_count);
  fixture_count (alert, "notify::state", &n_state);
  for (guint i = 0; i < 10; i++)
    trigger (fixture, i, "WARNING", "");
  g_assert_cmpuint (n_count, ==, 0);
  tsm_alert_book_flush (fixture->book);

  g_assert_cmpuint (n_count, ==, 1);
  g_assert_cmpuint (n_state, ==, 0);
}

static void
test_nothing_new_notifies_nothing (Fixture       *fixture,
                                   gconstpointer  data)
{
  TsmAlert *alert = trigger (fixture, 0, "WARNING", "");
  guint     n;

  resolve_by_engine (fixture, 1);
  tsm_alert_book_flush (fixture->book);
  fixture_count (alert, "notify", &n);
  resolve_by_engine (fixture, 2);
  tsm_alert_book_flush (fixture->book);

  g_assert_cmpuint (n, ==, 0);
}

static void
test_outlives_its_book (void)
{
  Fixture              fixture = { tsm_alert_book_new () };
  g_autoptr (TsmAlert) alert = g_object_ref (trigger (&fixture, 0, "WARNING", ""));
  guint                n;

  fixture_count (alert, "notify::state", &n);
  tsm_alert_book_resolve (fixture.book, alert, NULL, NULL, fixture_real (1));
  g_assert_finalize_object (fixture.book);

  g_assert_cmpuint (n, ==, 1);
}

static TsmAlert *
trigger_other (Fixture    *fixture,
               double      seconds,
               const char *id,
               const char *level)
{
  g_autoptr (TsmEvent) event = NULL;

  event = fixture_event (seconds, "{'event_type':'ALERT_TRIGGERED','alert':{'id':'%s','level':'%s','message':''}}",
                         id, level);
  tsm_alert_book_ingest (fixture->book, event);
  return tsm_alert_book_lookup (fixture->book, "", id);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  TsmAlert *resolved = trigger_other (fixture, 9, "resolved", "EMERGENCY");
  TsmAlert *acknowledged = trigger_other (fixture, 9, "acknowledged", "EMERGENCY");
  TsmAlert *mild = trigger_other (fixture, 9, "mild", "INFO");
  TsmAlert *old = trigger_other (fixture, 1, "old", "CRITICAL");
  TsmAlert *new = trigger_other (fixture, 2, "new", "CRITICAL");
  TsmAlert *twin = trigger_other (fixture, 2, "twin", "CRITICAL");
  TsmAlert *expected[] = { twin, new, old, mild, acknowledged, resolved };

  tsm_alert_book_resolve (fixture->book, resolved, NULL, NULL, fixture_real (10));
  tsm_alert_book_acknowledge (fixture->book, acknowledged, NULL, NULL, fixture_real (10));

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    for (guint j = 0; j < G_N_ELEMENTS (expected); j++)
      {
        int order = tsm_alert_compare (expected[i], expected[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static const struct
{
  const char *path;
  void      (*function) (Fixture *, gconstpointer);
} tests[] = {
  { "/alert/triggered", test_triggered },
  { "/alert/message-is-never-null", test_message_is_never_null },
  { "/alert/event-time", test_event_time },
  { "/alert/repeat", test_repeat },
  { "/alert/acknowledged-and-resolved-here", test_acknowledged_and_resolved_here },
  { "/alert/decisions-out-of-turn", test_decisions_out_of_turn },
  { "/alert/resolved-by-the-engine", test_resolved_by_the_engine },
  { "/alert/engine-confirms-ours-once", test_engine_confirms_ours_once },
  { "/alert/opens-again", test_opens_again },
  { "/alert/repeat-keeps-an-acknowledgement", test_repeat_keeps_an_acknowledgement },
  { "/alert/worse-takes-an-acknowledgement-back", test_worse_takes_an_acknowledgement_back },
  { "/alert/automatic-responses", test_automatic_responses },
  { "/alert/delivery", test_delivery },
  { "/alert/timeline/bounded", test_timeline_is_bounded },
  { "/alert/timeline/bounded-while-it-waits", test_timeline_that_waits_is_bounded },
  { "/alert/timeline/flapping", test_timeline_of_a_flapping_alert },
  { "/alert/notifies-at-the-flush", test_notifies_at_the_flush },
  { "/alert/nothing-new-notifies-nothing", test_nothing_new_notifies_nothing },
  { "/alert/order", test_order },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  g_test_add_func ("/alert/outlives-its-book", test_outlives_its_book);

  return g_test_run ();
}
