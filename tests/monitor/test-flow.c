/* The flow strip's judgement: which step is red, and that only the first broken one is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "monitor/tsm-flow.h"

#define SECOND G_USEC_PER_SEC
#define NOW    (1000 * SECOND)

/* A healthy system: one source, an event each two seconds, the last one a second ago. */
typedef struct
{
  TsmMonitorStats stats;
  TsmFlowFacts    facts;
  TsmFlow         flow;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->stats.received = 100;
  fixture->stats.decoded = 100;
  fixture->stats.first_received = NOW - 200 * SECOND;
  fixture->stats.last_received = NOW - SECOND;
  fixture->stats.last_event = NOW - SECOND;

  fixture->facts.now = NOW;
  fixture->facts.subscriber = TSM_LINK_READY;
  fixture->facts.command = TSM_LINK_READY;
  fixture->facts.ready_since = NOW - 200 * SECOND;
  fixture->facts.round_trip = 400;
  fixture->facts.address = "redis://127.0.0.1:6379";
  fixture->facts.n_channels = 2;
  fixture->facts.n_acknowledged = 2;
  fixture->facts.channel = "tickstock:monitoring";
  fixture->facts.n_sources = 1;
  fixture->facts.n_active = 1;
  fixture->facts.silent_after = 30 * SECOND;
  fixture->facts.stats = &fixture->stats;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tsm_flow_clear (&fixture->flow);
}

static void
assert_states (Fixture      *fixture,
               TsmFlowState  redis,
               TsmFlowState  channel,
               TsmFlowState  publisher,
               TsmFlowState  events,
               TsmFlowState  decode)
{
  const TsmFlowState expected[TSM_N_FLOW_STEPS] = { redis, channel, publisher, events, decode };

  tsm_flow_judge (&fixture->flow, &fixture->facts);
  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    {
      g_assert_nonnull (fixture->flow.steps[i].text);
      g_assert_nonnull (fixture->flow.steps[i].detail);
      g_assert_cmpint (fixture->flow.steps[i].state, ==, expected[i]);
    }
}

#define PASS    TSM_FLOW_STATE_PASS
#define WARN    TSM_FLOW_STATE_WARN
#define FAIL    TSM_FLOW_STATE_FAIL
#define BUSY    TSM_FLOW_STATE_BUSY
#define UNKNOWN TSM_FLOW_STATE_UNKNOWN

static void
test_healthy (Fixture       *fixture,
              gconstpointer  data)
{
  assert_states (fixture, PASS, PASS, PASS, PASS, PASS);
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_REDIS].text, ==, "0.4 ms");
}

static void
test_disconnected (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->facts.subscriber = TSM_LINK_WAITING;
  fixture->facts.command = TSM_LINK_WAITING;
  fixture->facts.error = "Connection refused";
  fixture->facts.next_attempt = NOW + 2 * SECOND + 1;
  assert_states (fixture, FAIL, UNKNOWN, UNKNOWN, UNKNOWN, PASS);
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_REDIS].detail, ==, "Connection refused");
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_REDIS].text, ==, "no connection, retry in 3 s");
}

/* The strip must not blink between two attempts. */
static void
test_retry_stays_failed (Fixture       *fixture,
                         gconstpointer  data)
{
  fixture->facts.subscriber = TSM_LINK_CONNECTING;
  fixture->facts.error = "Connection refused";
  assert_states (fixture, FAIL, UNKNOWN, UNKNOWN, UNKNOWN, PASS);
}

static void
test_first_connection (Fixture       *fixture,
                       gconstpointer  data)
{
  memset (&fixture->stats, 0, sizeof fixture->stats);
  fixture->facts.subscriber = TSM_LINK_RESOLVING;
  fixture->facts.n_acknowledged = 0;
  assert_states (fixture, BUSY, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
}

static void
test_channel_denied (Fixture       *fixture,
                     gconstpointer  data)
{
  memset (&fixture->stats, 0, sizeof fixture->stats);
  fixture->facts.n_acknowledged = 0;
  fixture->facts.ready_since = NOW - SECOND;
  assert_states (fixture, PASS, FAIL, BUSY, UNKNOWN, UNKNOWN);
}

static void
test_one_channel_denied (Fixture       *fixture,
                         gconstpointer  data)
{
  fixture->facts.n_acknowledged = 1;
  assert_states (fixture, PASS, WARN, PASS, PASS, PASS);
}

static void
test_nothing_ever_heard (Fixture       *fixture,
                         gconstpointer  data)
{
  memset (&fixture->stats, 0, sizeof fixture->stats);
  fixture->facts.n_sources = fixture->facts.n_active = 0;
  assert_states (fixture, PASS, PASS, FAIL, UNKNOWN, UNKNOWN);
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_PUBLISHER].text, ==, "nothing heard for 3 min 20 s");
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->stats.last_received = NOW - 252 * SECOND;
  fixture->facts.ready_since = NOW - 900 * SECOND;
  fixture->facts.n_active = 0;
  assert_states (fixture, PASS, PASS, FAIL, UNKNOWN, PASS);
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_PUBLISHER].text, ==, "silent for 4 min 12 s");
}

/* After a reconnect the publisher gets its time again before it is called silent. */
static void
test_reconnected_is_not_silent (Fixture       *fixture,
                                gconstpointer  data)
{
  fixture->stats.last_received = NOW - 252 * SECOND;
  fixture->facts.ready_since = NOW - 2 * SECOND;
  assert_states (fixture, PASS, PASS, PASS, PASS, PASS);
}

static void
test_one_source_silent (Fixture       *fixture,
                        gconstpointer  data)
{
  fixture->facts.n_sources = 3;
  assert_states (fixture, PASS, PASS, WARN, PASS, PASS);
  g_assert_cmpstr (fixture->flow.steps[TSM_FLOW_PUBLISHER].text, ==, "1 of 3 active");
}

static void
test_queue_full (Fixture       *fixture,
                 gconstpointer  data)
{
  fixture->facts.paused = TRUE;
  fixture->facts.queued = 5000;
  assert_states (fixture, PASS, PASS, PASS, WARN, PASS);
}

static void
test_all_rejected (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->stats.decoded = 0;
  fixture->stats.rejected = 100;
  fixture->stats.rejected_by[TSM_FINDING_COMPRESSED] = 100;
  fixture->stats.last_rejected = NOW - SECOND;
  fixture->facts.n_sources = fixture->facts.n_active = 0;
  assert_states (fixture, PASS, PASS, PASS, PASS, FAIL);
  g_assert_nonnull (strstr (fixture->flow.steps[TSM_FLOW_DECODE].detail, "compressed"));
}

static void
test_some_rejected (Fixture       *fixture,
                    gconstpointer  data)
{
  fixture->stats.rejected = 1;
  fixture->stats.last_rejected = NOW - SECOND;
  assert_states (fixture, PASS, PASS, PASS, PASS, WARN);
}

static void
test_rejection_is_forgotten (Fixture       *fixture,
                             gconstpointer  data)
{
  fixture->stats.rejected = 1;
  fixture->stats.last_rejected = NOW - 301 * SECOND;
  assert_states (fixture, PASS, PASS, PASS, PASS, PASS);
}

static void
test_commands_offline (Fixture       *fixture,
                       gconstpointer  data)
{
  fixture->facts.command = TSM_LINK_WAITING;
  assert_states (fixture, WARN, PASS, PASS, PASS, PASS);
}

static void
test_on_a_replica (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->facts.on_replica = TRUE;
  assert_states (fixture, WARN, PASS, PASS, PASS, PASS);
  g_assert_nonnull (strstr (fixture->flow.steps[TSM_FLOW_REDIS].detail, "replica"));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/flow/healthy", test_healthy },
    { "/flow/disconnected", test_disconnected },
    { "/flow/on-a-replica", test_on_a_replica },
    { "/flow/retry-stays-failed", test_retry_stays_failed },
    { "/flow/first-connection", test_first_connection },
    { "/flow/channel-denied", test_channel_denied },
    { "/flow/one-channel-denied", test_one_channel_denied },
    { "/flow/nothing-ever-heard", test_nothing_ever_heard },
    { "/flow/silent", test_silent },
    { "/flow/reconnected-is-not-silent", test_reconnected_is_not_silent },
    { "/flow/one-source-silent", test_one_source_silent },
    { "/flow/queue-full", test_queue_full },
    { "/flow/all-rejected", test_all_rejected },
    { "/flow/some-rejected", test_some_rejected },
    { "/flow/rejection-is-forgotten", test_rejection_is_forgotten },
    { "/flow/commands-offline", test_commands_offline },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
