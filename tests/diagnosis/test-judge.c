/* The judge and the fault table on built facts: every row, and pairs of faults.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-fault.h"

/* What a fault needs; two that need opposites cannot be there at once. */
typedef enum
{
  ANYHOW,
  QUIET,
  FLOWS,
} Need;

typedef struct
{
  const char   *code;
  const char   *name; /* (nullable): tells cases of one code apart */
  TsmRungId     rung;
  TsmRungState  state;
  Need          need;
  void        (*spoil) (TsmDiagnosisFacts *facts);
} Case;

#define SPOIL(name, ...) static void name (TsmDiagnosisFacts *facts) { __VA_ARGS__; }

#define PATH(name, rung, error, words) \
  SPOIL (name, fixture_break_path (facts, TSM_RUNG_##rung, TSM_LINK_ERROR_##error, words))

PATH (unknown_host, RESOLVE, HOST_UNKNOWN, "no such host")
PATH (refused, CONNECT, REFUSED, "connection refused")
PATH (timeout, CONNECT, TIMEOUT, "timed out")
PATH (slow_resolver, RESOLVE, TIMEOUT, "timed out")
PATH (no_sentinel, RESOLVE, NO_SENTINEL, "none answers")
PATH (no_primary, RESOLVE, NO_PRIMARY, "none known")
PATH (tls_required, TLS, TLS_REQUIRED, "alert")
PATH (tls_unexpected, TLS, TLS_UNEXPECTED, "no TLS")
PATH (tls_expired, TLS, TLS_EXPIRED, "expired")
PATH (tls_not_yet, TLS, TLS_NOT_YET_VALID, "not yet valid")
PATH (tls_hostname, TLS, TLS_HOSTNAME, "for another name")
PATH (tls_untrusted, TLS, TLS_UNTRUSTED, "unknown authority")
PATH (tls_pin, TLS, TLS_PIN, "another certificate")
PATH (tls_client, TLS, TLS_CLIENT, "certificate required")
PATH (tls_file, TLS, TLS_FILE, "no such file")
PATH (tls_other, TLS, TLS, "handshake failed")
PATH (tls_mute, TLS, TIMEOUT, "timed out")
PATH (mute, SERVER, TIMEOUT, "timed out")
PATH (http, SERVER, NOT_REDIS, "HTTP/1.1 400")
PATH (closes, SERVER, LOST, "closed")
PATH (loading, SERVER, LOADING, "LOADING")
PATH (max_clients, SERVER, MAX_CLIENTS, "ERR max number of clients reached")
PATH (protected_mode, SERVER, PROTECTED_MODE, "DENIED")
PATH (auth_required, AUTHENTICATE, AUTH_REQUIRED, "NOAUTH")
PATH (auth_wrong, AUTHENTICATE, AUTH_WRONG, "WRONGPASS")
PATH (acl_command, SUBSCRIBE, NO_PERMISSION, "NOPERM this user has no permissions to run the 'subscribe' command")
PATH (acl_channel, SUBSCRIBE, NO_PERMISSION, "NOPERM this user has no permissions to access one of the channels used as arguments")

static void
become_replica (TsmDiagnosisFacts *facts)
{
  g_free (facts->server.role);
  facts->server.role = g_strdup ("slave");
  facts->server.master_host = g_strdup ("10.0.0.1");
  facts->server.master_port = 6379;
  facts->server.link_status = g_strdup ("up");
  facts->control_receivers = 0;
}

static void
replica_link_down (TsmDiagnosisFacts *facts)
{
  become_replica (facts);
  g_free (facts->server.link_status);
  facts->server.link_status = g_strdup ("down");
}

static void
published_on_replica (TsmDiagnosisFacts *facts)
{
  TsmKinFacts *kin = tsm_examination_add_kin (facts->examination, "10.0.0.2:6380", "replica");

  kin->n_heard = 6;
  kin->seconds = 3;
}

static void
one_channel_refused (TsmDiagnosisFacts *facts)
{
  ((TsmHeardChannel *) g_ptr_array_index (facts->channels, 1))->acknowledged = FALSE;
}

SPOIL (slow_consumer, facts->link.recent_drops = 1; facts->link.recent_losses = 1;
       facts->link.last_drop_time = facts->now - 10 * G_USEC_PER_SEC)
SPOIL (half_open, facts->link.waiting_since = facts->now - 4 * G_USEC_PER_SEC)
SPOIL (flapping, facts->link.recent_losses = 3)

static void
given_up (TsmDiagnosisFacts *facts)
{
  facts->link.subscriber = TSM_LINK_CONNECTING;
  facts->link.last_loss = g_error_new_literal (TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN, "silent");
  facts->link.last_loss_time = facts->now - 5 * G_USEC_PER_SEC;
  facts->link.error = g_error_new_literal (TSM_LINK_ERROR, TSM_LINK_ERROR_TIMEOUT, "timed out");
  facts->link.ready_since = 0;
}

SPOIL (publisher_denied, facts->examination->tally.denied = 1)
SPOIL (no_publisher, facts->examination->n_candidates = 0)
SPOIL (no_other_client, facts->examination->n_candidates = -1; facts->examination->n_others = 0)
SPOIL (publisher_silent, facts->examination->n_candidates = 1)
SPOIL (wrong_channel, fixture_near_miss (facts, "tickstock.monitoring"))
SPOIL (elsewhere, facts->examination->tally.unheard = 20)
SPOIL (sharded, facts->examination->tally.shard_publishes = 4)

static void
set_key_type (TsmDiagnosisFacts *facts,
              const char        *type)
{
  TsmChannelFacts *channel = g_ptr_array_index (facts->examination->channels, 0);

  g_free (channel->key_type);
  channel->key_type = g_strdup (type);
}

SPOIL (stream_key, set_key_type (facts, "stream"))
SPOIL (stream_adds, set_key_type (facts, NULL); facts->examination->tally.stream_adds = 5)

SPOIL (compressed, fixture_reject_all (facts, TSM_FINDING_COMPRESSED))
SPOIL (binary, fixture_reject_all (facts, TSM_FINDING_BINARY))
SPOIL (encoded_twice, fixture_reject_all (facts, TSM_FINDING_ENCODED_TWICE))
SPOIL (wrong_envelope, fixture_reject_all (facts, TSM_FINDING_WRONG_ENVELOPE))
SPOIL (unknown_type, fixture_reject_all (facts, TSM_FINDING_UNKNOWN_TYPE))
SPOIL (malformed, fixture_reject_all (facts, TSM_FINDING_INVALID_JSON))
SPOIL (some_malformed, facts->intake.recent_by_code[TSM_FINDING_INVALID_JSON] = 1)

SPOIL (stale, fixture_fell_silent (facts, 20))
SPOIL (no_metrics, facts->semantics.metrics.n_events = 0)
SPOIL (lost_metrics, facts->semantics.metrics.last = facts->now - 20 * G_USEC_PER_SEC)
SPOIL (no_gauges, facts->semantics.recent_without_gauges = 64)
SPOIL (odd_gauges, facts->semantics.recent_wrong_types = 10)
SPOIL (duplicates, facts->semantics.recent_repeated = 32)
SPOIL (clock_behind, facts->semantics.skew = 30; facts->semantics.skew_source = "engine")
SPOIL (clock_ahead, facts->semantics.skew = -3600; facts->semantics.skew_source = "engine")
SPOIL (one_source_silent, facts->semantics.n_sources = 2; facts->semantics.n_silent = 1; facts->semantics.silent_source = "b")
SPOIL (control_denied, facts->control_error = g_strdup ("NOPERM"))
SPOIL (control_deaf, facts->control_receivers = 0)

static const Case cases[] = {
  { "host-unknown", NULL, TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, ANYHOW, unknown_host },
  { "refused", NULL, TSM_RUNG_CONNECT, TSM_RUNG_FAIL, ANYHOW, refused },
  { "timeout", NULL, TSM_RUNG_CONNECT, TSM_RUNG_FAIL, ANYHOW, timeout },
  { "host-unknown", "slow", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, ANYHOW, slow_resolver },
  { "host-unknown", "no-sentinel", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, ANYHOW, no_sentinel },
  { "host-unknown", "no-primary", TSM_RUNG_RESOLVE, TSM_RUNG_FAIL, ANYHOW, no_primary },
  { "tls-required", NULL, TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_required },
  { "tls-unexpected", NULL, TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_unexpected },
  { "tls-expired", NULL, TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_expired },
  { "tls-expired", "not-yet", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_not_yet },
  { "tls-hostname", NULL, TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_hostname },
  { "tls-untrusted", NULL, TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_untrusted },
  { "tls-untrusted", "pin", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_pin },
  { "tls-untrusted", "client", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_client },
  { "tls-untrusted", "file", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_file },
  { "tls-untrusted", "other", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_other },
  { "timeout", "tls-mute", TSM_RUNG_TLS, TSM_RUNG_FAIL, ANYHOW, tls_mute },
  { "timeout", "mute", TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, mute },
  { "not-redis", NULL, TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, http },
  { "not-redis", "closes", TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, closes },
  { "loading", NULL, TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, loading },
  { "max-clients", NULL, TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, max_clients },
  { "protected-mode", NULL, TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, protected_mode },
  { "replica-link-down", NULL, TSM_RUNG_SERVER, TSM_RUNG_FAIL, ANYHOW, replica_link_down },
  { "replica", "elsewhere", TSM_RUNG_SERVER, TSM_RUNG_FAIL, QUIET, published_on_replica },
  { "replica", NULL, TSM_RUNG_SERVER, TSM_RUNG_WARN, ANYHOW, become_replica },
  { "auth-required", NULL, TSM_RUNG_AUTHENTICATE, TSM_RUNG_FAIL, ANYHOW, auth_required },
  { "auth-wrong", NULL, TSM_RUNG_AUTHENTICATE, TSM_RUNG_FAIL, ANYHOW, auth_wrong },
  { "acl-command", NULL, TSM_RUNG_SUBSCRIBE, TSM_RUNG_FAIL, ANYHOW, acl_command },
  { "acl-channel", NULL, TSM_RUNG_SUBSCRIBE, TSM_RUNG_FAIL, ANYHOW, acl_channel },
  { "acl-channel", "some", TSM_RUNG_SUBSCRIBE, TSM_RUNG_WARN, ANYHOW, one_channel_refused },
  { "slow-consumer", NULL, TSM_RUNG_BROKER, TSM_RUNG_FAIL, ANYHOW, slow_consumer },
  { "half-open", NULL, TSM_RUNG_BROKER, TSM_RUNG_FAIL, ANYHOW, half_open },
  { "half-open", "given-up", TSM_RUNG_BROKER, TSM_RUNG_FAIL, ANYHOW, given_up },
  { "flapping", NULL, TSM_RUNG_BROKER, TSM_RUNG_FAIL, ANYHOW, flapping },
  { "publisher-denied", NULL, TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, QUIET, publisher_denied },
  { "no-publisher", NULL, TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, QUIET, no_publisher },
  { "no-publisher", "by-count", TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, QUIET, no_other_client },
  { "publisher-silent", NULL, TSM_RUNG_PUBLISHER, TSM_RUNG_FAIL, QUIET, publisher_silent },
  { "wrong-channel", NULL, TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, QUIET, wrong_channel },
  { "wrong-channel", "unknown", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, QUIET, elsewhere },
  { "cluster-sharded", NULL, TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, QUIET, sharded },
  { "not-pubsub", NULL, TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, QUIET, stream_key },
  { "not-pubsub", "by-count", TSM_RUNG_CHANNEL, TSM_RUNG_FAIL, QUIET, stream_adds },
  { "compressed", NULL, TSM_RUNG_DECODE, TSM_RUNG_FAIL, FLOWS, compressed },
  { "binary", NULL, TSM_RUNG_DECODE, TSM_RUNG_FAIL, FLOWS, binary },
  { "encoded-twice", NULL, TSM_RUNG_DECODE, TSM_RUNG_WARN, FLOWS, encoded_twice },
  { "wrong-envelope", NULL, TSM_RUNG_DECODE, TSM_RUNG_FAIL, FLOWS, wrong_envelope },
  { "wrong-envelope", "unknown-type", TSM_RUNG_DECODE, TSM_RUNG_FAIL, FLOWS, unknown_type },
  { "malformed", NULL, TSM_RUNG_DECODE, TSM_RUNG_FAIL, FLOWS, malformed },
  { "malformed", "some", TSM_RUNG_DECODE, TSM_RUNG_WARN, FLOWS, some_malformed },
  { "stale", NULL, TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, FLOWS, stale },
  { "no-metrics", NULL, TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, FLOWS, no_metrics },
  { "no-metrics", "lost", TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, FLOWS, lost_metrics },
  { "wrong-types", NULL, TSM_RUNG_SEMANTICS, TSM_RUNG_FAIL, FLOWS, no_gauges },
  { "wrong-types", "some", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, FLOWS, odd_gauges },
  { "duplicate-stream", NULL, TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, FLOWS, duplicates },
  { "clock-skew", NULL, TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, FLOWS, clock_behind },
  { "clock-skew", "ahead", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, FLOWS, clock_ahead },
  { "stale", "one-source", TSM_RUNG_SEMANTICS, TSM_RUNG_WARN, FLOWS, one_source_silent },
  { "acl-publish", NULL, TSM_RUNG_CONTROL, TSM_RUNG_FAIL, ANYHOW, control_denied },
  { "control-deaf", NULL, TSM_RUNG_CONTROL, TSM_RUNG_WARN, ANYHOW, control_deaf },
};

static void
spoil (const Case        *row,
       TsmDiagnosisFacts *facts)
{
  if (row->need == QUIET && facts->intake.last != 0)
    fixture_never_heard (facts, 20);
  row->spoil (facts);
}

static void
assert_sentences_are_whole (const TsmRung *rung)
{
  g_assert_nonnull (rung->cause);
  g_assert_nonnull (rung->remedy);
  g_assert_null (strpbrk (rung->cause, "{}"));
  g_assert_null (strpbrk (rung->remedy, "{}"));
  g_assert_null (strstr (rung->cause, "“”"));
  g_assert_null (strstr (rung->cause, "  "));
}

static void
test_row (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;
  const TsmVerdict *verdict;
  const TsmRung *rung;

  spoil (row, facts);
  ladder = tsm_judge (facts);
  verdict = tsm_ladder_get_verdict (ladder);
  rung = tsm_ladder_get_rung (ladder, row->rung);

  g_assert_cmpstr (verdict->code, ==, row->code);
  g_assert_cmpint (verdict->rung, ==, row->rung);
  g_assert_cmpint (verdict->state, ==, row->state);
  g_assert_cmpstr (verdict->summary, ==, rung->cause);
  g_assert_cmpstr (rung->code, ==, row->code);
  assert_sentences_are_whole (rung);
}

static gboolean
are_compatible (const Case *first,
                const Case *second)
{
  if (first->rung >= second->rung)
    return FALSE;
  /* events that flow or were rejected, and events that never came */
  if (first->need != ANYHOW && second->need != ANYHOW && first->need != second->need)
    return FALSE;
  /* what is published elsewhere is the reason for the silence, not a second fault */
  if (first->need == QUIET && second->need == QUIET)
    return FALSE;
  /* to hear that it is published elsewhere takes a whole path */
  if (first->need == QUIET && second->state == TSM_RUNG_FAIL
      && (second->rung <= TSM_RUNG_SUBSCRIBE || second->spoil == given_up))
    return FALSE;
  /* what is rejected comes still */
  if (first->rung == TSM_RUNG_DECODE && second->spoil == stale)
    return FALSE;
  /* both are about who listens at a replica */
  return !(first->spoil == become_replica && second->rung == TSM_RUNG_CONTROL);
}

/* The first that fails; where the first only warns and the second fails, the second. Without a link nothing else is judged. */
static void
test_pairs (void)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        const Case *first = &cases[i];
        const Case *second = &cases[j];
        gboolean second_wins = first->state == TSM_RUNG_WARN && second->state == TSM_RUNG_FAIL;
        g_autoptr (TsmDiagnosisFacts) facts = NULL;
        g_autoptr (TsmLadder) ladder = NULL;

        if (!are_compatible (first, second))
          continue;

        facts = fixture_facts_new ();
        spoil (second, facts);
        spoil (first, facts);
        ladder = tsm_judge (facts);
        g_test_message ("%s and %s", first->code, second->code);
        g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, second_wins ? second->code : first->code);
        n++;
      }
  g_assert_cmpuint (n, >, 500);
}

static void
test_every_row_has_a_case (void)
{
  for (guint i = 0; i < tsm_fault_table_get_size (); i++)
    {
      const TsmFault *fault = tsm_fault_table_get_row (i);
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
        found |= g_str_equal (cases[j].code, fault->code) && cases[j].rung == fault->rung;
      if (!found)
        g_test_message ("%s", fault->code);
      g_assert_true (found);
    }
}

static TsmLadder *
judge_and_free (TsmDiagnosisFacts *facts)
{
  TsmLadder *ladder = tsm_judge (facts);

  tsm_diagnosis_facts_free (facts);
  return ladder;
}

static void
test_healthy (void)
{
  g_autoptr (TsmLadder) ladder = judge_and_free (fixture_facts_new ());
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);

  g_assert_cmpstr (verdict->code, ==, "healthy");
  g_assert_cmpint (verdict->state, ==, TSM_RUNG_PASS);
  g_assert_cmpint (verdict->rung, ==, -1);
  g_assert_nonnull (strstr (verdict->summary, "1 s ago"));
  g_assert_true (tsm_ladder_is_healthy (ladder));
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    g_assert_cmpint (tsm_ladder_get_rung (ladder, i)->state, ==, i == TSM_RUNG_TLS ? TSM_RUNG_SKIPPED : TSM_RUNG_PASS);
}

static void
test_same_facts_same_ladder (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) one = tsm_judge (facts);
  g_autoptr (TsmLadder) other = tsm_judge (facts);
  g_autoptr (TsmLadder) changed = NULL;

  g_assert_true (tsm_ladder_is_like (one, other));
  facts->link.recent_losses = 3;
  changed = tsm_judge (facts);
  g_assert_false (tsm_ladder_is_like (one, changed));
}

static void
test_nothing_known (void)
{
  g_autoptr (TsmLadder) ladder = judge_and_free (tsm_diagnosis_facts_new ());
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);

  g_assert_null (verdict->code);
  g_assert_cmpint (verdict->state, ==, TSM_RUNG_UNKNOWN);
  g_assert_nonnull (verdict->summary);
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      g_assert_cmpint (tsm_ladder_get_rung (ladder, i)->state, ==, TSM_RUNG_UNKNOWN);
      g_assert_nonnull (tsm_ladder_get_rung (ladder, i)->cause);
    }
}

static void
test_patience (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_never_heard (facts, 5);
  ladder = tsm_judge (facts);
  g_assert_null (tsm_ladder_get_verdict (ladder)->code);
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_PUBLISHER)->state, ==, TSM_RUNG_UNKNOWN);
}

/* One that was found is told at once. */
static void
test_found_channel_needs_no_patience (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_never_heard (facts, 4);
  fixture_near_miss (facts, "tickstock.monitoring");
  ladder = tsm_judge (facts);
  g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, "wrong-channel");
  g_assert_cmpstr (tsm_ladder_get_rung (ladder, TSM_RUNG_CHANNEL)->subject, ==, "tickstock.monitoring");
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_CHANNEL)->button, ==, TSM_BUTTON_SWITCH_CHANNEL);
  g_assert_nonnull (strstr (tsm_ladder_get_verdict (ladder)->summary, "12 per second"));
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_PUBLISHER)->state, ==, TSM_RUNG_PASS);
}

/* Another program's channel is no fault of the engine's. */
static void
test_other_traffic_is_no_wrong_channel (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  TsmNearMiss *miss;

  fixture_never_heard (facts, 20);
  miss = fixture_near_miss (facts, "tickstock:prices");
  miss->n_events = 0;
  miss->n_metrics = 0;
  fixture_assert_verdict (facts, "publisher-silent");
}

static void
test_near_miss_while_events_flow (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_near_miss (facts, "tickstock:monitoring:staging");
  ladder = tsm_judge (facts);
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

/* Errors come, and the metrics go to another channel. */
static void
test_near_miss_with_the_metrics (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  no_metrics (facts);
  fixture_near_miss (facts, "tickstock.monitoring");
  fixture_assert_verdict (facts, "wrong-channel");
}

/* What came after the examination contradicts it. */
static void
test_events_contradict_what_was_found (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_near_miss (facts, "tickstock.monitoring");
  facts->examination->tally.denied = 5;
  facts->examination->tally.shard_publishes = 5;
  facts->intake.last = facts->examination->finished + 1;
  ladder = tsm_judge (facts);
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

static void
test_silence_after_events_is_stale (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  no_publisher (facts);
  fixture_fell_silent (facts, 20);
  ladder = tsm_judge (facts);
  g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, "stale");
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_PUBLISHER)->state, ==, TSM_RUNG_WARN);
}

static void
test_silence_after_events_with_a_proven_reason (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();

  publisher_denied (facts);
  fixture_fell_silent (facts, 20);
  fixture_assert_verdict (facts, "publisher-denied");
}

/* At one event a minute. */
static void
test_slow_stream_is_not_stale (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_fell_silent (facts, 100);
  facts->semantics.all.patience = 180 * G_USEC_PER_SEC;
  facts->semantics.metrics.patience = facts->semantics.all.patience;
  ladder = tsm_judge (facts);
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

static void
test_missing_permission_is_unknown (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;
  const TsmRung *rung;

  facts->control_receivers = -1;
  facts->examination->control.subscribers = -1;
  tsm_examination_add_missing (facts->examination, TSM_RUNG_CONTROL, "PUBSUB NUMSUB", "NOPERM", "ACL SETUSER monitor +pubsub");
  ladder = tsm_judge (facts);
  rung = tsm_ladder_get_rung (ladder, TSM_RUNG_CONTROL);
  g_assert_cmpint (rung->state, ==, TSM_RUNG_UNKNOWN);
  g_assert_cmpstr (rung->subject, ==, "ACL SETUSER monitor +pubsub");
  g_assert_nonnull (strstr (rung->remedy, "ACL SETUSER monitor +pubsub"));
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

static void
test_refused_probe_is_unknown (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;
  const TsmRung *rung;

  facts->link.probe_error = g_strdup ("NOPERM this user has no permissions to access one of the channels used as arguments");
  facts->link.round_trip = -1;
  ladder = tsm_judge (facts);
  rung = tsm_ladder_get_rung (ladder, TSM_RUNG_BROKER);
  g_assert_cmpint (rung->state, ==, TSM_RUNG_UNKNOWN);
  g_assert_nonnull (strstr (rung->remedy, "&tickstock:monitoring:probe:*"));
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

static void
test_read_only_skips_control (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  facts->read_only = TRUE;
  control_denied (facts);
  control_deaf (facts);
  ladder = tsm_judge (facts);
  g_assert_cmpint (tsm_ladder_get_rung (ladder, TSM_RUNG_CONTROL)->state, ==, TSM_RUNG_SKIPPED);
  g_assert_true (tsm_ladder_is_healthy (ladder));
}

/* What came over the wire is text, and names nothing. */
static void
test_wire_text_is_not_filled (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = NULL;

  fixture_never_heard (facts, 20);
  fixture_near_miss (facts, "tickstock {address} %s\x01");
  ladder = tsm_judge (facts);
  g_assert_nonnull (strstr (tsm_ladder_get_verdict (ladder)->summary, "{address} %s"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/judge/row/%s%s%s", cases[i].code, cases[i].name != NULL ? "/" : "",
                                               cases[i].name != NULL ? cases[i].name : "");

      g_test_add_data_func (path, &cases[i], test_row);
    }
  g_test_add_func ("/judge/pairs", test_pairs);
  g_test_add_func ("/judge/every-row-has-a-case", test_every_row_has_a_case);
  g_test_add_func ("/judge/healthy", test_healthy);
  g_test_add_func ("/judge/same-facts-same-ladder", test_same_facts_same_ladder);
  g_test_add_func ("/judge/nothing-known", test_nothing_known);
  g_test_add_func ("/judge/patience", test_patience);
  g_test_add_func ("/judge/found-channel-needs-no-patience", test_found_channel_needs_no_patience);
  g_test_add_func ("/judge/other-traffic-is-no-wrong-channel", test_other_traffic_is_no_wrong_channel);
  g_test_add_func ("/judge/near-miss-while-events-flow", test_near_miss_while_events_flow);
  g_test_add_func ("/judge/near-miss-with-the-metrics", test_near_miss_with_the_metrics);
  g_test_add_func ("/judge/events-contradict-what-was-found", test_events_contradict_what_was_found);
  g_test_add_func ("/judge/silence-after-events-is-stale", test_silence_after_events_is_stale);
  g_test_add_func ("/judge/silence-after-events-with-a-proven-reason", test_silence_after_events_with_a_proven_reason);
  g_test_add_func ("/judge/slow-stream-is-not-stale", test_slow_stream_is_not_stale);
  g_test_add_func ("/judge/missing-permission-is-unknown", test_missing_permission_is_unknown);
  g_test_add_func ("/judge/refused-probe-is-unknown", test_refused_probe_is_unknown);
  g_test_add_func ("/judge/read-only-skips-control", test_read_only_skips_control);
  g_test_add_func ("/judge/wire-text-is-not-filled", test_wire_text_is_not_filled);

  return g_test_run ();
}
