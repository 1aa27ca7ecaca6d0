/* The conditions of single checks, on built facts: what they make of it when one of them is not met.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-fault.h"

typedef void (*SpoilFunc) (TsmDiagnosisFacts *facts);

#define SPOIL(name, ...) static void name (TsmDiagnosisFacts *facts) { __VA_ARGS__; }

static void
set_key_type (TsmDiagnosisFacts *facts,
              const char        *type)
{
  TsmChannelFacts *channel = g_ptr_array_index (facts->examination->channels, 0);

  g_free (channel->key_type);
  channel->key_type = g_strdup (type);
}

static void
become_replica (TsmDiagnosisFacts *facts)
{
  g_free (facts->server.role);
  facts->server.role = g_strdup ("slave");
}

SPOIL (half_open, facts->link.waiting_since = facts->now - 4 * G_USEC_PER_SEC)
SPOIL (slow_consumer, facts->link.recent_drops = 1; facts->link.recent_losses = 1;
       facts->link.last_drop_time = facts->now - 10 * G_USEC_PER_SEC)
SPOIL (publisher_denied, facts->examination->tally.denied = 1)
SPOIL (wrong_channel, fixture_near_miss (facts, "tickstock.monitoring"))
SPOIL (elsewhere, facts->examination->tally.unheard = 20)
SPOIL (stream_adds, set_key_type (facts, NULL); facts->examination->tally.stream_adds = 5)
SPOIL (clock_behind, facts->semantics.skew = 30; facts->semantics.skew_source = "engine")
SPOIL (clock_ahead, facts->semantics.skew = -3599.99; facts->semantics.skew_source = "engine")

/* What was examined before the last event came says nothing of the silence after it. */
static void
test_examination_is_older_than_the_silence (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  fixture_fell_silent (facts, 60);
  facts->examination->finished = facts->intake.last;
  facts->examination->tally.denied = 5;
  fixture_near_miss (facts, "tickstock.monitoring");
  tsm_examination_add_kin (facts->examination, "10.0.0.2:6380", "replica")->n_heard = 6;
  facts->examination->finished = facts->intake.last - 1;
  fixture_assert_verdict (facts, "stale");
}

/* Whether there is a publisher at all is found out by the first examination; one that does not end is not waited for for ever. */
static void
test_first_examination_is_waited_for (void)
{
  for (guint seconds = 9; seconds <= 17; seconds += 8)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;

      fixture_never_heard (facts, seconds);
      g_clear_pointer (&facts->examination, tsm_examination_unref);
      ladder = tsm_judge (facts);
      g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, seconds == 9 ? NULL : "publisher-silent");
      g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_PUBLISHER)->state, ==, seconds == 9 ? TSM_RUNG_UNKNOWN : TSM_RUNG_FAIL);
    }
}

/* One that was over before it could hear anything has not looked for it. */
static void
test_examination_without_a_search (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

      fixture_never_heard (facts, 9);
      facts->examination->listened = i == 1 ? 3 : 0;
      if (i == 2)
        tsm_examination_add_missing (facts->examination, TSM_RUNG_CHANNEL, "PSUBSCRIBE", "NOPERM", "+psubscribe");
      fixture_assert_verdict (facts, i == 0 ? NULL : "publisher-silent");
    }
}

/* A name that is nearly ours is believed whatever is sent there; any other only where the half of it are events. */
static void
test_what_makes_a_near_miss (void)
{
  static const struct
  {
    const char *channel;
    guint       n_events;
    const char *code;
  } rows[] = {
    { "tickstock.monitoring", 0, "wrong-channel" }, { "tickstock:prices", 0, "publisher-silent" },
    { "tickstock:prices", 3, "publisher-silent" },  { "tickstock:prices", 4, "wrong-channel" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;
      TsmNearMiss *miss;

      fixture_never_heard (facts, 20);
      miss = fixture_near_miss (facts, rows[i].channel);
      miss->likeness = tsm_likeness (rows[i].channel, FIXTURE_CHANNEL, NULL);
      miss->n_judged = 8;
      miss->n_events = rows[i].n_events;
      miss->n_metrics = rows[i].n_events;
      ladder = tsm_judge (facts);
      g_test_message ("%s, %u", rows[i].channel, rows[i].n_events);
      g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, rows[i].code);
    }
}

/* A deep search leaves no channel out but that of the commands. */
static void
test_nothing_is_left_after_a_deep_search (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  fixture_never_heard (facts, 20);
  elsewhere (facts);
  facts->examination->deep = TRUE;
  g_free (facts->examination->pattern);
  facts->examination->pattern = g_strdup ("*");
  fixture_assert_verdict (facts, "publisher-silent");
}

/* Whoever is refused is not the engine where that is heard somewhere else. */
static void
test_found_elsewhere_and_refused (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  fixture_never_heard (facts, 20);
  wrong_channel (facts);
  publisher_denied (facts);
  fixture_assert_verdict (facts, "wrong-channel");
}

/* Messages that nobody hears explain more than writes to keys, which every program makes. */
static void
test_unheard_and_written (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  fixture_never_heard (facts, 20);
  elsewhere (facts);
  stream_adds (facts);
  fixture_assert_verdict (facts, "wrong-channel");
}

/* What comes at another server of the same replication is published, only not here. */
static void
test_published_at_kin (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_never_heard (facts, 20);
  tsm_examination_add_kin (facts->examination, "10.0.0.2:6380", "replica")->n_heard = 6;
  publisher_denied (facts);
  ladder = tsm_judge (facts);
  g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, "replica");
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_PUBLISHER)->state, ==, TSM_RUNG_PASS);
}

static const char *
judge_cause (SpoilFunc  spoil_func,
             gboolean   quiet,
             TsmRungId  rung,
             char     **cause)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  if (quiet)
    fixture_never_heard (facts, 20);
  spoil_func (facts);
  ladder = tsm_judge (facts);
  *cause = g_strdup (tsm_ladder_get_rung (ladder, rung)->cause);
  return tsm_ladder_get_verdict (ladder)->code != NULL ? g_intern_string (tsm_ladder_get_verdict (ladder)->code) : NULL;
}

SPOIL (list_pushes, set_key_type (facts, NULL); facts->examination->tally.list_pushes = 5)
SPOIL (mixed_rejections, facts->intake.recent_by_code[TSM_FINDING_COMPRESSED] = 3;
       facts->intake.recent_by_code[TSM_FINDING_INVALID_JSON] = 20)
SPOIL (few_others, facts->semantics.metrics.n_events = 0; facts->semantics.all.n_events = 2;
       facts->link.ready_since = facts->now - 160 * G_USEC_PER_SEC)
SPOIL (few_others_yet, facts->semantics.metrics.n_events = 0; facts->semantics.all.n_events = 2;
       facts->link.ready_since = facts->now - 140 * G_USEC_PER_SEC)
SPOIL (late_metrics, facts->semantics.metrics.last = facts->now - 20 * G_USEC_PER_SEC;
       facts->semantics.all.last = facts->semantics.metrics.last + G_USEC_PER_SEC)
SPOIL (probing, facts->link.waiting_since = facts->now - 2 * G_USEC_PER_SEC)
SPOIL (paused, half_open (facts); facts->link.paused = TRUE)
SPOIL (old_drop, slow_consumer (facts); facts->link.last_drop_time = facts->now - 61 * G_USEC_PER_SEC)
SPOIL (behind, fixture_fell_silent (facts, 60); facts->link.queued = 1)
SPOIL (source_behind, facts->semantics.n_sources = 2; facts->semantics.n_silent = 1; facts->link.queued = 1)
SPOIL (no_publish, facts->link.probe_error = g_strdup ("NOPERM User monitor has no permissions to run the 'publish' command"))
SPOIL (deaf_by_examination, facts->control_receivers = -1; facts->examination->control.subscribers = 0)
SPOIL (replica_with_engine, become_replica (facts); facts->control_receivers = 1)
SPOIL (replica_read_only, become_replica (facts); facts->read_only = TRUE)
SPOIL (word_of_a_channel, fixture_break_path (facts, TSM_RUNG_SUBSCRIBE, TSM_LINK_ERROR_NO_PERMISSION,
                                              "NOPERM no permissions for this command and one of the channels"))

/* What one condition of a check makes of it. */
static void
test_conditions (void)
{
  static const struct
  {
    SpoilFunc   spoil_func;
    gboolean    quiet;
    const char *code;
    TsmRungId   rung;
    const char *cause; /* (nullable): a part of it */
  } rows[] = {
    { list_pushes, TRUE, "not-pubsub", TSM_RUNG_CHANNEL, "LPUSH" },
    { stream_adds, TRUE, "not-pubsub", TSM_RUNG_CHANNEL, "XADD" },
    { mixed_rejections, FALSE, "malformed", TSM_RUNG_DECODE, "20 of" },
    { few_others, FALSE, "no-metrics", TSM_RUNG_SEMANTICS, NULL },
    { few_others_yet, FALSE, NULL, TSM_RUNG_SEMANTICS, NULL },
    { late_metrics, FALSE, "healthy", TSM_RUNG_SEMANTICS, NULL },
    { clock_behind, FALSE, "clock-skew", TSM_RUNG_SEMANTICS, "behind" },
    { clock_ahead, FALSE, "clock-skew", TSM_RUNG_SEMANTICS, "1 h 0 min ahead of ours" },
    { probing, FALSE, "healthy", TSM_RUNG_BROKER, NULL },
    { paused, FALSE, "healthy", TSM_RUNG_BROKER, NULL },
    { behind, FALSE, "healthy", TSM_RUNG_SEMANTICS, NULL },
    { source_behind, FALSE, "healthy", TSM_RUNG_SEMANTICS, NULL },
    { no_publish, FALSE, "acl-publish", TSM_RUNG_CONTROL, NULL },
    { deaf_by_examination, FALSE, "control-deaf", TSM_RUNG_CONTROL, NULL },
    { replica_with_engine, FALSE, "healthy", TSM_RUNG_SERVER, NULL },
    { replica_read_only, FALSE, "healthy", TSM_RUNG_SERVER, NULL },
    { word_of_a_channel, FALSE, "acl-channel", TSM_RUNG_SUBSCRIBE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *cause = NULL;
      const char *code = judge_cause (rows[i].spoil_func, rows[i].quiet, rows[i].rung, &cause);

      g_test_message ("%u: %s", i, cause);
      g_assert_cmpstr (code, ==, rows[i].code);
      if (rows[i].cause != NULL)
        g_assert_nonnull (strstr (cause, rows[i].cause));
    }
}

static gboolean
is_zone_suspected (double skew)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;
  GPtrArray *evidence;
  gboolean found = FALSE;

  facts->semantics.skew = skew;
  facts->semantics.skew_source = "engine";
  ladder = tsm_judge (facts);
  evidence = tsm_ladder_get_rung (ladder, TSM_RUNG_SEMANTICS)->evidence;
  for (guint i = 0; i < evidence->len; i++)
    found |= strstr (((TsmEvidence *) g_ptr_array_index (evidence, i))->text, "local time") != NULL;
  return found;
}

/* A clock that is off by a little is none that shows the time of another place. */
static void
test_clock_of_another_zone (void)
{
  g_assert_true (is_zone_suspected (-3599.99));
  g_assert_true (is_zone_suspected (5.5 * 3600 + 3));
  g_assert_false (is_zone_suspected (20));
  g_assert_false (is_zone_suspected (-55));
  g_assert_false (is_zone_suspected (1000));
}

/* A link that was dropped a while ago is told, and no longer the verdict where something fails. */
static void
test_old_drop_only_warns (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  old_drop (facts);
  ladder = tsm_judge (facts);
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_BROKER)->state, ==, TSM_RUNG_WARN);
}

/* What the counters of the server tell, of others than the engine, is held against what they did before. */
static const char *
judge_counts (gboolean       fell_silent,
              double         unheard,
              double         others,
              double         others_seconds,
              gint64         n_listeners)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  if (fell_silent)
    fixture_fell_silent (facts, 60);
  else
    fixture_never_heard (facts, 60);
  facts->examination->tally.seconds = 20;
  facts->examination->tally.unheard = unheard;
  facts->examination->others = others;
  facts->examination->others_seconds = others_seconds;
  facts->examination->n_listeners = n_listeners;
  ladder = tsm_judge (facts);
  return g_intern_string (tsm_ladder_get_verdict (ladder)->code);
}

/* The fixture's engine publishes once in two seconds. */
static void
test_other_programs (void)
{
  g_assert_cmpstr (judge_counts (FALSE, 3, 0, 0, 0), ==, "wrong-channel");
  g_assert_cmpstr (judge_counts (FALSE, 2, 0, 0, 0), ==, "publisher-silent");
  g_assert_cmpstr (judge_counts (FALSE, 3, 0, 0, 1), ==, "publisher-silent");
  g_assert_cmpstr (judge_counts (FALSE, 5, 0, 0, 1), ==, "wrong-channel");
  g_assert_cmpstr (judge_counts (FALSE, 20, 1, 0, 0), ==, "publisher-silent");
  g_assert_cmpstr (judge_counts (FALSE, 50, 1, 0, 0), ==, "wrong-channel");
  g_assert_cmpstr (judge_counts (TRUE, 200, 0, 6, 0), ==, "stale");
  g_assert_cmpstr (judge_counts (TRUE, 200, 0, 20, 0), ==, "wrong-channel");
  g_assert_cmpstr (judge_counts (TRUE, 200, 9, 20, 0), ==, "stale");
  g_assert_cmpstr (judge_counts (TRUE, 200, 4, 20, 0), ==, "wrong-channel");
  g_assert_cmpstr (judge_counts (TRUE, 7, 0, 20, 0), ==, "stale");
  g_assert_cmpstr (judge_counts (TRUE, 10, 0, 20, 0), ==, "wrong-channel");
}

/* Streams and lists are used by many programs; one that keeps what it publishes has a key of that name all along. */
static void
test_other_writers (void)
{
  static const struct
  {
    gboolean    fell_silent;
    const char *type;
    double      writes;
    const char *code;
  } rows[] = {
    { FALSE, "stream", 0, "not-pubsub" }, { FALSE, NULL, 5, "not-pubsub" }, { FALSE, "none", 50, "publisher-silent" },
    { TRUE, "stream", 0, "stale" },       { TRUE, NULL, 50, "stale" },      { TRUE, "list", 50, "not-pubsub" },
    { TRUE, "list", 3, "stale" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;

      if (rows[i].fell_silent)
        fixture_fell_silent (facts, 60);
      else
        fixture_never_heard (facts, 60);
      set_key_type (facts, rows[i].type);
      facts->examination->tally.seconds = 20;
      facts->examination->tally.list_pushes = rows[i].writes;
      ladder = tsm_judge (facts);
      g_test_message ("%u", i);
      g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, rows[i].code);
    }
}

static void
test_sharded_after_events (void)
{
  for (guint n = 1; n <= 20; n += 19)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;

      fixture_fell_silent (facts, 60);
      facts->examination->tally.seconds = 20;
      facts->examination->tally.shard_publishes = n;
      ladder = tsm_judge (facts);
      g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, n == 1 ? "stale" : "cluster-sharded");
    }
}

/* Another monitor tries out now and then whether it may send commands; that is refused like a publisher. */
static void
test_other_monitors_are_refused (void)
{
  static const struct
  {
    gint64      n_listeners;
    double      denied;
    const char *code;
  } rows[] = { { 0, 1, "publisher-denied" }, { 1, 2, "publisher-silent" }, { 1, 3, "publisher-denied" }, { 3, 6, "publisher-silent" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;

      fixture_never_heard (facts, 60);
      facts->examination->tally.seconds = 60;
      facts->examination->n_listeners = rows[i].n_listeners;
      facts->examination->tally.denied = rows[i].denied;
      ladder = tsm_judge (facts);
      g_test_message ("%u", i);
      g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, rows[i].code);
    }
}

/* The pattern of the evidence is not all that was sent: whoever sends it by hand becomes a listener of the control channel. */
static void
test_search_tells_what_it_left_out (void)
{
  static const struct { gboolean spares; const char *control; gboolean told; } rows[] = {
    { TRUE, "tickstock:monitoring:control", TRUE },
    { TRUE, "orders", FALSE },
    { FALSE, "tickstock:monitoring:control", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
      g_autoptr (TsmLadder) ladder = NULL;
      const TsmRung *rung;
      gboolean told = FALSE;

      facts->examination->spares_control = rows[i].spares;
      facts->examination->control.name = g_strdup (rows[i].control);
      ladder = tsm_judge (facts);
      rung = tsm_ladder_get_rung (ladder, TSM_RUNG_CHANNEL);
      for (guint j = 0; j < rung->evidence->len; j++)
        told |= strstr (((TsmEvidence *) g_ptr_array_index (rung->evidence, j))->text, "leave out") != NULL;
      g_assert_cmpint (told, ==, rows[i].told);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/checks/search-tells-what-it-left-out", test_search_tells_what_it_left_out);
  g_test_add_func ("/checks/examination-is-older-than-the-silence", test_examination_is_older_than_the_silence);
  g_test_add_func ("/checks/first-examination-is-waited-for", test_first_examination_is_waited_for);
  g_test_add_func ("/checks/examination-without-a-search", test_examination_without_a_search);
  g_test_add_func ("/checks/what-makes-a-near-miss", test_what_makes_a_near_miss);
  g_test_add_func ("/checks/nothing-is-left-after-a-deep-search", test_nothing_is_left_after_a_deep_search);
  g_test_add_func ("/checks/found-elsewhere-and-refused", test_found_elsewhere_and_refused);
  g_test_add_func ("/checks/published-at-kin", test_published_at_kin);
  g_test_add_func ("/checks/unheard-and-written", test_unheard_and_written);
  g_test_add_func ("/checks/conditions", test_conditions);
  g_test_add_func ("/checks/clock-of-another-zone", test_clock_of_another_zone);
  g_test_add_func ("/checks/old-drop-only-warns", test_old_drop_only_warns);
  g_test_add_func ("/checks/other-programs", test_other_programs);
  g_test_add_func ("/checks/other-writers", test_other_writers);
  g_test_add_func ("/checks/sharded-after-events", test_sharded_after_events);
  g_test_add_func ("/checks/other-monitors-are-refused", test_other_monitors_are_refused);

  return g_test_run ();
}
