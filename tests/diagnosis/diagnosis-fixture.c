/* What the tests of the diagnosis share: facts of a healthy system, to be spoiled, and events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis-fixture.h"

#include <math.h>
#include <string.h>

#include "diagnosis/tsm-examination-private.h"
#include "events/tsm-time.h"

#define SECONDS(s) ((gint64) ((s) * G_USEC_PER_SEC))

static void
fill_stream (TsmStreamFacts *stream,
             TsmEventType    type)
{
  *stream = (TsmStreamFacts) {
    .source = "", .type = type, .n_events = 100, .last = FIXTURE_NOW - SECONDS (1), .cadence = 2, .patience = SECONDS (8),
    .pace = TSM_PACE_ON_TIME,
  };
}

static void
fill_traffic (TsmDiagnosisFacts *facts)
{
  facts->received = 100;
  facts->intake.decoded = 100;
  facts->intake.by_type[TSM_EVENT_METRIC_UPDATE] = 100;
  facts->intake.recent = 30;
  facts->intake.first = FIXTURE_NOW - SECONDS (200);
  facts->intake.last = FIXTURE_NOW - SECONDS (1);
  facts->intake.last_accepted = facts->intake.last;
  fill_stream (&facts->semantics.all, TSM_EVENT_UNKNOWN);
  fill_stream (&facts->semantics.metrics, TSM_EVENT_METRIC_UPDATE);
  facts->semantics.n_sources = 1;
  facts->semantics.recent_metrics = 64;
  facts->semantics.recent_events = 64;
  facts->semantics.skew = 0.01;
}

static void
fill_examination (TsmExamination *examination)
{
  examination->finished = FIXTURE_NOW - SECONDS (0.5);
  examination->who = g_strdup ("monitor");
  examination->pattern = g_strdup ("tickstock*");
  examination->listened = 3;
  examination->n_candidates = 1;
  examination->control.subscribers = 1;
  examination->tally.seconds = 3;
  examination->after.publish_calls = 1000;
  examination->after.publish_rejected = 0;
  tsm_examination_add_channel (examination, FIXTURE_CHANNEL)->key_type = g_strdup ("none");
}

TsmDiagnosisFacts *
fixture_facts_new (void)
{
  TsmDiagnosisFacts *facts = tsm_diagnosis_facts_new ();

  facts->now = FIXTURE_NOW;
  facts->now_real = FIXTURE_REAL;
  facts->patience = SECONDS (8);
  facts->address = g_strdup ("redis://monitor:***@redis.example:6379");
  facts->host = g_strdup ("redis.example");
  facts->user = g_strdup ("monitor");
  facts->control_channel = g_strdup (FIXTURE_CHANNEL ":control");
  facts->control_receivers = 1;
  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    facts->path[i].state = i == TSM_RUNG_TLS ? TSM_RUNG_SKIPPED : TSM_RUNG_PASS;
  facts->link.subscriber = TSM_LINK_READY;
  facts->link.command = TSM_LINK_READY;
  facts->link.ready_since = FIXTURE_NOW - SECONDS (300);
  facts->link.first_ready = facts->link.ready_since;
  facts->link.round_trip = 400;
  tsm_diagnosis_facts_add_channel (facts, FIXTURE_CHANNEL, FALSE, TRUE, 100);
  tsm_diagnosis_facts_add_channel (facts, "tickstock:errors", FALSE, TRUE, 0);
  facts->server.product = g_strdup ("Redis");
  facts->server.version = g_strdup ("7.0.15");
  facts->server.role = g_strdup ("master");
  fill_traffic (facts);
  facts->examination = tsm_examination_new ();
  fill_examination (facts->examination);
  return facts;
}

void
fixture_never_heard (TsmDiagnosisFacts *facts,
                     double             seconds)
{
  facts->received = 0;
  facts->link.ready_since = facts->now - SECONDS (seconds);
  facts->link.first_ready = facts->link.ready_since;
  memset (&facts->intake, 0, sizeof facts->intake);
  facts->semantics.all = (TsmStreamFacts) { .source = "", .cadence = NAN, .patience = SECONDS (180) };
  facts->semantics.metrics = facts->semantics.all;
  facts->semantics.n_sources = 0;
  facts->semantics.recent_metrics = 0;
  facts->semantics.recent_events = 0;
  facts->semantics.skew = NAN;
}

void
fixture_fell_silent (TsmDiagnosisFacts *facts,
                     double             seconds)
{
  gint64 last = facts->now - SECONDS (seconds);

  facts->intake.last = last;
  facts->intake.last_accepted = last;
  facts->intake.recent = 0;
  facts->semantics.all.last = last;
  facts->semantics.all.pace = TSM_PACE_STALE;
  facts->semantics.metrics.last = last;
  facts->semantics.metrics.pace = TSM_PACE_STALE;
}

void
fixture_break_path (TsmDiagnosisFacts *facts,
                    TsmRungId          rung,
                    TsmLinkError       error,
                    const char        *words)
{
  facts->path[rung].state = TSM_RUNG_FAIL;
  g_clear_error (&facts->path[rung].error);
  facts->path[rung].error = g_error_new_literal (TSM_LINK_ERROR, error, words);
  for (guint i = rung + 1; i < TSM_N_PATH_RUNGS; i++)
    facts->path[i].state = TSM_RUNG_UNKNOWN;
  facts->link.subscriber = rung == TSM_RUNG_SUBSCRIBE ? TSM_LINK_SUBSCRIBING : TSM_LINK_WAITING;
  facts->link.command = rung == TSM_RUNG_SUBSCRIBE ? TSM_LINK_READY : TSM_LINK_WAITING;
  facts->link.ready_since = 0;
  for (guint i = 0; i < facts->channels->len; i++)
    ((TsmHeardChannel *) g_ptr_array_index (facts->channels, i))->acknowledged = FALSE;
}

TsmNearMiss *
fixture_near_miss (TsmDiagnosisFacts *facts,
                   const char        *channel)
{
  TsmNearMiss *miss = g_new0 (TsmNearMiss, 1);

  miss->channel = g_strdup (channel);
  miss->likeness = tsm_likeness (channel, FIXTURE_CHANNEL, NULL);
  miss->n_messages = 36;
  miss->n_judged = 8;
  miss->n_events = 8;
  miss->n_metrics = 8;
  miss->rate = 12;
  g_ptr_array_add (facts->examination->near_misses, miss);
  return miss;
}

void
fixture_reject_all (TsmDiagnosisFacts *facts,
                    TsmFindingCode     code)
{
  gboolean is_rejection = tsm_finding_code_get_class (code) == TSM_FINDING_REJECT;

  facts->intake.recent_by_code[code] = facts->intake.recent;
  facts->intake.by_code[code] = facts->intake.recent;
  if (is_rejection)
    {
      facts->intake.recent_rejected = facts->intake.recent;
      facts->intake.rejected = facts->intake.recent;
      facts->intake.decoded = 0;
    }
}

void
fixture_assert_verdict (const TsmDiagnosisFacts *facts,
                        const char              *code)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (facts);

  g_assert_cmpstr (tsm_ladder_get_verdict (ladder)->code, ==, code);
}

TsmEvent *
fixture_event (double      seconds,
               const char *payload)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  g_autoptr (GBytes) bytes = g_bytes_new (payload, strlen (payload));

  return tsm_decoder_decode (decoder, bytes, FIXTURE_CHANNEL, FIXTURE_REAL + SECONDS (seconds), FIXTURE_NOW + SECONDS (seconds));
}

TsmEvent *
fixture_metrics (const char *source,
                 double      seconds,
                 double      skew)
{
  g_autofree char *time = tsm_time_format (FIXTURE_REAL + SECONDS (seconds - skew), FALSE);
  g_autofree char *payload = g_strdup_printf ("{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"%s\",\"source\":\"%s\","
                                              "\"metrics\":{\"system\":{\"cpu_percent\":40,\"memory_percent\":50}}}",
                                              time, source);

  return fixture_event (seconds, payload);
}

TsmEvent *
fixture_typed (const char *type,
               double      seconds)
{
  g_autofree char *time = tsm_time_format (FIXTURE_REAL + SECONDS (seconds), FALSE);
  g_autofree char *payload = g_strdup_printf ("{\"event_type\":\"%s\",\"timestamp\":\"%s\",\"source\":\"engine\","
                                              "\"status\":\"RUNNING\",\"components\":{}}", type, time);

  return fixture_event (seconds, payload);
}
