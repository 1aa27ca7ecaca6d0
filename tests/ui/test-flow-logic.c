/* Tests of what the window makes of a ladder without a display: the steps of the strip, the desktop notification, the switch to
 * another channel, and the file of the report.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include <glib/gstdio.h>

#include "diagnosis-fixture.h"
#include "support/tsm-test-loop.h"
#include "ui/tsm-channel-switch.h"
#include "ui/tsm-flow-notifier.h"
#include "ui/tsm-report-file.h"
#include "ui/tsm-strip-rung.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

typedef struct
{
  TsmDiagnosisFacts *facts;
  TsmFlowNotifier    notifier;
  gint64             now;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->facts = fixture_facts_new ();
  fixture->now = SECONDS (1000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tsm_diagnosis_facts_free (fixture->facts);
}

static void
assert_leads_to (Fixture       *fixture,
                 TsmFlowStepId  step,
                 TsmRungId      rung)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (fixture->facts);

  g_assert_cmpint (tsm_strip_find_rung (ladder, step), ==, rung);
}

static void
test_strip_leads_to_its_number (Fixture       *fixture,
                                gconstpointer  data)
{
  assert_leads_to (fixture, TSM_FLOW_REDIS, TSM_RUNG_BROKER);
  assert_leads_to (fixture, TSM_FLOW_CHANNEL, TSM_RUNG_SUBSCRIBE);
  assert_leads_to (fixture, TSM_FLOW_PUBLISHER, TSM_RUNG_PUBLISHER);
  assert_leads_to (fixture, TSM_FLOW_EVENTS, TSM_RUNG_SEMANTICS);
  assert_leads_to (fixture, TSM_FLOW_DECODE, TSM_RUNG_DECODE);
}

static void
test_strip_leads_to_the_broken_rung (Fixture       *fixture,
                                     gconstpointer  data)
{
  fixture_break_path (fixture->facts, TSM_RUNG_AUTHENTICATE, TSM_LINK_ERROR_AUTH_WRONG, "WRONGPASS");
  assert_leads_to (fixture, TSM_FLOW_REDIS, TSM_RUNG_AUTHENTICATE);
}

static void
test_strip_leads_to_the_wrong_channel (Fixture       *fixture,
                                       gconstpointer  data)
{
  fixture_never_heard (fixture->facts, 20);
  fixture->facts->examination->finished = FIXTURE_NOW;
  fixture_near_miss (fixture->facts, "tickstock.monitoring");
  assert_leads_to (fixture, TSM_FLOW_CHANNEL, TSM_RUNG_CHANNEL);
}

/* The silence is counted at the publisher, and judged by the semantics. */
static void
test_strip_leads_to_what_is_stale (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture_fell_silent (fixture->facts, 60);
  assert_leads_to (fixture, TSM_FLOW_PUBLISHER, TSM_RUNG_SEMANTICS);
}

/* So many seconds pass, a ladder a second; what was said last that was not nothing. */
static TsmFlowNews
pass (Fixture  *fixture,
      guint     seconds,
      gboolean  in_sight)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (fixture->facts);
  TsmFlowNews last = TSM_FLOW_NEWS_NONE;

  for (guint i = 0; i < seconds; i++)
    {
      TsmFlowNews news;

      fixture->now += G_USEC_PER_SEC;
      news = tsm_flow_notifier_update (&fixture->notifier, ladder, fixture->now, in_sight);
      if (news == TSM_FLOW_NEWS_NONE)
        continue;
      g_assert_cmpint (last, ==, TSM_FLOW_NEWS_NONE); /* never twice */
      last = news;
    }
  return last;
}

static void
break_events (Fixture *fixture)
{
  fixture_fell_silent (fixture->facts, 60);
}

static void
mend_events (Fixture *fixture)
{
  tsm_diagnosis_facts_free (fixture->facts);
  fixture->facts = fixture_facts_new ();
}

static void
test_told_once_each (Fixture       *fixture,
                     gconstpointer  data)
{
  g_assert_cmpint (pass (fixture, 20, FALSE), ==, TSM_FLOW_NEWS_NONE);
  break_events (fixture);
  g_assert_cmpint (pass (fixture, 600, FALSE), ==, TSM_FLOW_NEWS_STOPPED);
  mend_events (fixture);
  g_assert_cmpint (pass (fixture, 600, FALSE), ==, TSM_FLOW_NEWS_BACK);
}

static void
test_short_break_is_no_news (Fixture       *fixture,
                             gconstpointer  data)
{
  pass (fixture, 20, FALSE);
  for (guint i = 0; i < 10; i++)
    {
      break_events (fixture);
      g_assert_cmpint (pass (fixture, 4, FALSE), ==, TSM_FLOW_NEWS_NONE);
      mend_events (fixture);
      g_assert_cmpint (pass (fixture, 4, FALSE), ==, TSM_FLOW_NEWS_NONE);
    }
}

static void
test_nothing_flowed_nothing_stops (Fixture       *fixture,
                                   gconstpointer  data)
{
  fixture_break_path (fixture->facts, TSM_RUNG_CONNECT, TSM_LINK_ERROR_REFUSED, "refused");
  fixture_never_heard (fixture->facts, 0);
  g_assert_cmpint (pass (fixture, 600, FALSE), ==, TSM_FLOW_NEWS_NONE);
}

static void
test_in_sight_is_not_told (Fixture       *fixture,
                           gconstpointer  data)
{
  pass (fixture, 20, FALSE);
  break_events (fixture);
  g_assert_cmpint (pass (fixture, 60, TRUE), ==, TSM_FLOW_NEWS_NONE);
  /* Nor later, when the user looks away. */
  g_assert_cmpint (pass (fixture, 60, FALSE), ==, TSM_FLOW_NEWS_NONE);
  mend_events (fixture);
  g_assert_cmpint (pass (fixture, 60, TRUE), ==, TSM_FLOW_NEWS_NONE);
}

static void
test_withdrawn_when_seen_to_flow (Fixture       *fixture,
                                  gconstpointer  data)
{
  pass (fixture, 20, FALSE);
  break_events (fixture);
  g_assert_cmpint (pass (fixture, 60, FALSE), ==, TSM_FLOW_NEWS_STOPPED);
  mend_events (fixture);
  g_assert_cmpint (pass (fixture, 60, TRUE), ==, TSM_FLOW_NEWS_WITHDRAW);
}

static void
test_control_stops_no_event (Fixture       *fixture,
                             gconstpointer  data)
{
  pass (fixture, 20, FALSE);
  fixture->facts->control_error = g_strdup ("NOPERM");
  g_assert_cmpint (pass (fixture, 60, FALSE), ==, TSM_FLOW_NEWS_NONE);
}

static void
assert_switched (const char *channels,
                 const char *channel,
                 const char *expected)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  g_autoptr (TsmProfile) switched = NULL;
  g_auto (GStrv) names = g_strsplit (channels, " ", -1);
  g_autofree char *text = NULL;

  tsm_profile_set_channels (profile, (const char * const *) names);
  switched = tsm_channel_switch (profile, channel);
  text = tsm_profile_dup_text (switched, TSM_PROFILE_CHANNELS);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (tsm_profile_get_control_channel (switched), ==, tsm_profile_get_control_channel (profile));
}

static void
test_switch_takes_the_place_of_the_like (void)
{
  assert_switched ("tickstock:monitoring tickstock:errors", "tickstock.monitoring", "tickstock.monitoring tickstock:errors");
  assert_switched ("tickstock:errors tickstock:monitoring", "tickstock.monitoring", "tickstock:errors tickstock.monitoring");
}

/* As the verdict says. */
static void
test_switch_to_what_is_like_none (void)
{
  assert_switched ("tickstock:monitoring tickstock:errors", "oops", "oops tickstock:errors");
}

static void
test_switch_to_what_is_there (void)
{
  assert_switched ("a b", "b", "a b");
}

static void
test_report_format_by_ending (void)
{
  g_assert_cmpint (tsm_report_file_get_format ("report.json"), ==, TSM_REPORT_JSON);
  g_assert_cmpint (tsm_report_file_get_format ("REPORT.JSON"), ==, TSM_REPORT_JSON);
  g_assert_cmpint (tsm_report_file_get_format ("report.md"), ==, TSM_REPORT_MARKDOWN);
  g_assert_cmpint (tsm_report_file_get_format ("json"), ==, TSM_REPORT_MARKDOWN);
}

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_report_is_written (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tsm-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.md", NULL);
  g_autofree char *read = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tsm_report_file_save_async (file, "# A\n", NULL, result_cb, &result);
  g_assert_true (tsm_test_wait_until (result != NULL));
  g_assert_true (tsm_report_file_save_finish (result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &read, NULL, NULL));
  g_assert_cmpstr (read, ==, "# A\n");
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_report_that_cannot_be_written (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/report.md");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tsm_report_file_save_async (file, "# A\n", NULL, result_cb, &result);
  g_assert_true (tsm_test_wait_until (result != NULL));
  g_assert_false (tsm_report_file_save_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, function) g_test_add ("/flow-logic/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("strip/leads-to-its-number", test_strip_leads_to_its_number);
  ADD ("strip/leads-to-the-broken-rung", test_strip_leads_to_the_broken_rung);
  ADD ("strip/leads-to-the-wrong-channel", test_strip_leads_to_the_wrong_channel);
  ADD ("strip/leads-to-what-is-stale", test_strip_leads_to_what_is_stale);
  ADD ("notification/told-once-each", test_told_once_each);
  ADD ("notification/short-break-is-no-news", test_short_break_is_no_news);
  ADD ("notification/nothing-flowed-nothing-stops", test_nothing_flowed_nothing_stops);
  ADD ("notification/in-sight-is-not-told", test_in_sight_is_not_told);
  ADD ("notification/withdrawn-when-seen-to-flow", test_withdrawn_when_seen_to_flow);
  ADD ("notification/control-stops-no-event", test_control_stops_no_event);
  g_test_add_func ("/flow-logic/switch/takes-the-place-of-the-like", test_switch_takes_the_place_of_the_like);
  g_test_add_func ("/flow-logic/switch/to-what-is-there", test_switch_to_what_is_there);
  g_test_add_func ("/flow-logic/switch/to-what-is-like-none", test_switch_to_what_is_like_none);
  g_test_add_func ("/flow-logic/report/format-by-ending", test_report_format_by_ending);
  g_test_add_func ("/flow-logic/report/is-written", test_report_is_written);
  g_test_add_func ("/flow-logic/report/that-cannot-be-written", test_report_that_cannot_be_written);
  return g_test_run ();
}
