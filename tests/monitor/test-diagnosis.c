/* The diagnosis of a running monitor against real servers: what it names, how soon, and that it disturbs nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every row of the fault table is brought about in test-faults.c, and for the command line in tests/cli/test_doctor.py; here stands how
 * the ladder changes.
 */

#include <string.h>

#include "monitor/tsm-monitor.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

#define EVENT "{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"%s\",\"metrics\":{\"system\":{\"cpu_percent\":1,\"memory_percent\":2}}}"

/* A server, a monitor of it, and an engine that publishes. */
typedef struct
{
  TsmTestRedis *redis;
  TsmMonitor   *monitor;
  TsmDiagnosis *diagnosis;
  const char   *channel; /* where the engine publishes */
  guint         engine;
  guint         n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
start_monitor (Fixture    *fixture,
               TsmProfile *profile)
{
  fixture->monitor = tsm_monitor_new (profile, NULL);
  fixture->diagnosis = tsm_monitor_get_diagnosis (fixture->monitor);
  g_signal_connect_swapped (fixture->diagnosis, "changed", G_CALLBACK (changed_cb), fixture);
  tsm_monitor_start (fixture->monitor);
}

static void
start_at (Fixture    *fixture,
          const char *url)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  start_monitor (fixture, profile);
}

static gboolean
publish_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *event = g_strdup_printf (EVENT, time);

  tsm_test_redis_do (fixture->redis, "PUBLISH %s %s", fixture->channel, event);
  return G_SOURCE_CONTINUE;
}

static void
start_engine (Fixture    *fixture,
              const char *channel)
{
  fixture->channel = channel;
  fixture->engine = g_timeout_add (300, publish_cb, fixture);
}

static void
stop_engine (Fixture *fixture)
{
  g_clear_handle_id (&fixture->engine, g_source_remove);
}

static void
tear_down (Fixture *fixture)
{
  stop_engine (fixture);
  g_signal_handlers_disconnect_by_data (fixture->diagnosis, fixture);
  tsm_monitor_stop (fixture->monitor);
  g_clear_object (&fixture->monitor);
  tsm_test_settle ();
  g_clear_pointer (&fixture->redis, tsm_test_redis_free);
}

static const TsmVerdict *
get_verdict (Fixture *fixture)
{
  return tsm_ladder_get_verdict (tsm_diagnosis_get_ladder (fixture->diagnosis));
}

static gboolean
has_verdict (Fixture    *fixture,
             const char *code)
{
  return g_strcmp0 (get_verdict (fixture)->code, code) == 0;
}

/* That it is named within ten seconds, on this rung, with a remedy. */
static void
assert_named (Fixture    *fixture,
              const char *code,
              TsmRungId   rung)
{
  const TsmRung *found;

  if (!tsm_test_wait_until_for (has_verdict (fixture, code), 15))
    g_error ("not %s, but %s: %s", code, get_verdict (fixture)->code, get_verdict (fixture)->summary);
  g_assert_cmpint (get_verdict (fixture)->rung, ==, rung);
  found = tsm_ladder_get_rung (tsm_diagnosis_get_ladder (fixture->diagnosis), rung);
  g_assert_cmpstr (found->code, ==, code);
  g_assert_nonnull (found->remedy);
}

static void
test_wrong_channel_heals (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  const TsmNearMiss *miss;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  start_engine (&fixture, "tickstock.monitoring");
  assert_named (&fixture, "wrong-channel", TSM_RUNG_CHANNEL);
  miss = tsm_diagnosis_get_near_miss (fixture.diagnosis, "tickstock.monitoring");
  g_assert_nonnull (miss);
  g_assert_nonnull (miss->sample);
  g_assert_nonnull (miss->sample_summary);

  {
    g_auto (TsmFlow) flow = { 0 };

    tsm_monitor_get_flow (fixture.monitor, &flow);
    g_assert_cmpint (flow.steps[TSM_FLOW_CHANNEL].state, ==, TSM_FLOW_STATE_FAIL);
    g_assert_cmpstr (flow.steps[TSM_FLOW_CHANNEL].text, ==, "wrong channel");
    g_assert_nonnull (strstr (flow.steps[TSM_FLOW_CHANNEL].detail, "tickstock.monitoring"));
    for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
      g_assert_true (i == TSM_FLOW_CHANNEL || flow.steps[i].state != TSM_FLOW_STATE_FAIL);
  }

  /* The engine is corrected: what was found is contradicted by the first event. */
  stop_engine (&fixture);
  start_engine (&fixture, TSM_PROFILE_DEFAULT_CHANNEL);
  g_assert_true (tsm_test_wait_until_for (has_verdict (&fixture, "control-deaf"), 10));
  tear_down (&fixture);
}

/* What was found stays while it is looked for again, over several runs. */
static void
test_verdict_does_not_flicker (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  gint64 end;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  start_engine (&fixture, "tickstock.monitoring");
  assert_named (&fixture, "wrong-channel", TSM_RUNG_CHANNEL);
  end = g_get_monotonic_time () + 8 * G_TIME_SPAN_SECOND;
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_true (has_verdict (&fixture, "wrong-channel"));
    }
  tear_down (&fixture);
}

static guint
count_clients (TsmTestRedis *redis)
{
  g_autofree char *list = tsm_test_redis_command (redis, "CLIENT LIST");
  guint n = 0;

  for (const char *at = list; (at = strstr (at, "name=tickstock-monitor")) != NULL; at++)
    n++;
  return n;
}

/* The examination has come and gone, and the live link has not been made anew, nor has it heard anything twice. */
static void
test_examination_disturbs_nothing (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  TsmConnection *connection;
  gint64 since;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  start_engine (&fixture, TSM_PROFILE_DEFAULT_CHANNEL);
  connection = tsm_monitor_get_connection (fixture.monitor);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (connection) != 0));
  since = tsm_connection_get_ready_since (connection);
  tsm_diagnosis_run (fixture.diagnosis, TRUE);
  g_assert_true (tsm_diagnosis_is_running (fixture.diagnosis));
  g_assert_true (tsm_test_wait_until (tsm_diagnosis_get_last_run (fixture.diagnosis) != 0));
  g_assert_cmpint (tsm_connection_get_ready_since (connection), ==, since);
  g_assert_cmpuint (tsm_connection_get_n_disconnects (connection), ==, 0);
  g_assert_cmpuint (tsm_diagnosis_get_facts (fixture.diagnosis)->semantics.n_repeated, ==, 0);
  tsm_diagnosis_set_automatic (fixture.diagnosis, FALSE);
  tsm_diagnosis_cancel (fixture.diagnosis);
  g_assert_true (tsm_test_wait_until (count_clients (fixture.redis) == 2));
  tear_down (&fixture);
}

/* A pattern that an access list of the least rights permits matches the control channel too: we are no receiver of our commands. */
static void
test_search_is_no_receiver (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  g_autofree char *url = g_strdup_printf ("redis://eve:pw@127.0.0.1:%u", tsm_test_redis_get_port (fixture.redis));
  TsmAction *action;

  tsm_test_redis_do (fixture.redis, "ACL SETUSER eve reset on >pw +subscribe +psubscribe +publish +ping +info +hello +auth "
                                    "+client|setname +pubsub &tickstock:*");
  start_at (&fixture, url);
  g_assert_true (tsm_test_wait_until (tsm_diagnosis_get_n_listeners (fixture.diagnosis) == 1));
  action = tsm_monitor_send (fixture.monitor, TSM_COMMAND_FORCE_GC, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) != TSM_ACTION_SENDING));
  g_assert_cmpint (tsm_action_get_receivers (action), ==, 0);
  g_assert_true (tsm_test_wait_until (!tsm_diagnosis_is_running (fixture.diagnosis)));
  g_assert_cmpuint (tsm_diagnosis_get_n_listeners (fixture.diagnosis), ==, 0);
  tear_down (&fixture);
}

static void
test_stopping_gives_up (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  g_assert_true (tsm_test_wait_until (tsm_diagnosis_is_running (fixture.diagnosis)));
  tsm_monitor_stop (fixture.monitor);
  g_assert_false (tsm_diagnosis_is_running (fixture.diagnosis));
  g_assert_true (tsm_test_wait_until (count_clients (fixture.redis) == 0));
  tear_down (&fixture);
}

/* Named before the link is given up, which takes fifteen seconds, and still afterwards. */
static void
test_half_open (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  TsmConnection *connection;
  gint64 begin;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  start_engine (&fixture, TSM_PROFILE_DEFAULT_CHANNEL);
  connection = tsm_monitor_get_connection (fixture.monitor);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (connection) > 0));
  stop_engine (&fixture);
  tsm_test_redis_suspend (fixture.redis);
  begin = g_get_monotonic_time ();
  assert_named (&fixture, "half-open", TSM_RUNG_BROKER);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_TIME_SPAN_SECOND);

  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (connection) == 0));
  g_assert_true (has_verdict (&fixture, "half-open"));
  tsm_test_redis_resume (fixture.redis);
  g_assert_true (tsm_test_wait_until_for (!has_verdict (&fixture, "half-open"), 60));
  tear_down (&fixture);
}

static void
test_gap_of_a_lost_link (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  TsmGapLedger *gaps;
  g_autoptr (TsmGap) gap = NULL;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  gaps = tsm_diagnosis_get_gaps (fixture.diagnosis);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_ready_since (tsm_monitor_get_connection (fixture.monitor)) != 0));
  tsm_test_redis_kill (fixture.redis);
  g_assert_true (tsm_test_wait_until (tsm_gap_ledger_get_open (gaps, TSM_GAP_DISCONNECTED) != NULL));
  tsm_test_redis_restart (fixture.redis);
  g_assert_true (tsm_test_wait_until (tsm_gap_ledger_get_open (gaps, TSM_GAP_DISCONNECTED) == NULL));
  gap = g_list_model_get_item (G_LIST_MODEL (gaps), 0);
  g_assert_cmpint (tsm_gap_get_end (gap), >, tsm_gap_get_start (gap));
  tear_down (&fixture);
}

static void
examined_cb (guint *n)
{
  (*n)++;
}

/* While something is wrong it is looked for again and again, and not once a minute. */
static void
test_trouble_is_examined_again (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  guint n = 0;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  g_signal_connect_swapped (fixture.diagnosis, "examined", G_CALLBACK (examined_cb), &n);
  g_assert_true (tsm_test_wait_until (n >= 3));
  g_signal_handlers_disconnect_by_data (fixture.diagnosis, &n);
  tear_down (&fixture);
}

/* A link that was made anew is examined, also where all is well. */
static void
test_new_link_is_examined (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (fixture.redis), NULL);
  gint64 last_run;

  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL); /* nobody listens to commands here */
  start_monitor (&fixture, profile);
  start_engine (&fixture, TSM_PROFILE_DEFAULT_CHANNEL);
  g_assert_true (tsm_test_wait_until (has_verdict (&fixture, "healthy") && tsm_diagnosis_get_last_run (fixture.diagnosis) != 0
                                      && !tsm_diagnosis_is_running (fixture.diagnosis)));
  last_run = tsm_diagnosis_get_last_run (fixture.diagnosis);
  tsm_test_redis_do (fixture.redis, "CLIENT KILL TYPE pubsub");
  g_assert_true (tsm_test_wait_until (tsm_diagnosis_get_last_run (fixture.diagnosis) != last_run));
  g_assert_true (has_verdict (&fixture, "healthy"));
  tear_down (&fixture);
}

/* Nobody may be woken for nothing. */
static void
test_no_change_no_signal (void)
{
  Fixture fixture = { tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL) };
  guint before;

  start_at (&fixture, tsm_test_redis_get_tcp_url (fixture.redis));
  tsm_monitor_stop (fixture.monitor);
  tsm_diagnosis_update (fixture.diagnosis, tsm_monitor_now (fixture.monitor), tsm_monitor_now_real (fixture.monitor));
  before = fixture.n_changes;
  for (guint i = 0; i < 10; i++)
    tsm_diagnosis_update (fixture.diagnosis, tsm_monitor_now (fixture.monitor), tsm_monitor_now_real (fixture.monitor));
  g_assert_cmpuint (fixture.n_changes, ==, before);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) tsm_test_redis_add ("/monitor/diagnosis/" name, func)
  ADD ("wrong-channel-heals", test_wrong_channel_heals);
  ADD ("verdict-does-not-flicker", test_verdict_does_not_flicker);
  ADD ("examination-disturbs-nothing", test_examination_disturbs_nothing);
  ADD ("search-is-no-receiver", test_search_is_no_receiver);
  ADD ("stopping-gives-up", test_stopping_gives_up);
  ADD ("half-open", test_half_open);
  ADD ("gap-of-a-lost-link", test_gap_of_a_lost_link);
  ADD ("trouble-is-examined-again", test_trouble_is_examined_again);
  ADD ("new-link-is-examined", test_new_link_is_examined);
  ADD ("no-change-no-signal", test_no_change_no_signal);

  return g_test_run ();
}
