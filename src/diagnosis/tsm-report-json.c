/* The report for programs: one line of JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "config.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-gap-ledger.h"
#include "diagnosis/tsm-report-parts.h"
#include "events/tsm-json-writer.h"

/* "null" where there is nothing to say: whoever reads it need not ask whether the member is there. */
static void
write_text (TsmJsonWriter *out,
            const char    *name,
            const char    *value)
{
  if (value != NULL)
    tsm_json_writer_string (out, name, value);
  else
    tsm_json_writer_raw (out, name, "null");
}

static void
write_number (TsmJsonWriter *out,
              const char    *name,
              double         value)
{
  if (isfinite (value))
    tsm_json_writer_number (out, name, value);
  else
    tsm_json_writer_raw (out, name, "null");
}

/* Of a count, -1 means that it is not known. */
static void
write_count (TsmJsonWriter *out,
             const char    *name,
             gint64         value)
{
  write_number (out, name, value >= 0 ? (double) value : NAN);
}

static double
to_ms (gint64 us)
{
  return us >= 0 ? round (us / 10.0) / 100.0 : NAN;
}

static double
to_tenths (double value)
{
  return round (value * 10) / 10;
}

static void
write_time (TsmJsonWriter *out,
            const char    *name,
            gint64         time)
{
  g_autofree char *text = tsm_report_dup_time (time);

  write_text (out, name, text);
}

static void
write_verdict (TsmJsonWriter    *out,
               const TsmVerdict *verdict)
{
  tsm_json_writer_begin_object (out, "verdict");
  write_text (out, "code", verdict->code);
  write_text (out, "rung", verdict->rung >= 0 ? tsm_rung_id_get_name (verdict->rung) : NULL);
  write_text (out, "state", tsm_rung_state_get_name (verdict->state));
  write_text (out, "summary", verdict->summary);
  tsm_json_writer_end_object (out);
}

static void
write_rung (TsmJsonWriter *out,
            const TsmRung *rung)
{
  tsm_json_writer_begin_object (out, NULL);
  write_text (out, "id", tsm_rung_id_get_name (rung->id));
  write_text (out, "state", tsm_rung_state_get_name (rung->state));
  write_text (out, "code", rung->code);
  write_text (out, "summary", rung->summary);
  write_text (out, "cause", rung->cause);
  tsm_json_writer_begin_array (out, "evidence");
  for (guint i = 0; i < rung->evidence->len; i++)
    {
      g_autofree char *line = tsm_evidence_dup_line (g_ptr_array_index (rung->evidence, i));

      tsm_json_writer_string (out, NULL, line);
    }
  tsm_json_writer_end_array (out);
  write_text (out, "remedy", rung->remedy);
  write_text (out, "button", tsm_remedy_button_get_name (rung->button));
  write_text (out, "subject", rung->subject);
  write_number (out, "duration_ms", to_ms (rung->duration));
  tsm_json_writer_end_object (out);
}

static void
write_server (TsmJsonWriter        *out,
              const TsmServerFacts *server)
{
  tsm_json_writer_begin_object (out, "server");
  write_text (out, "product", server->product);
  write_text (out, "version", server->version);
  write_text (out, "run_id", server->run_id);
  write_text (out, "role", server->role);
  write_text (out, "mode", server->mode);
  write_count (out, "uptime_seconds", server->uptime_seconds);
  write_text (out, "master_host", server->master_host);
  write_count (out, "master_port", server->master_port);
  write_text (out, "master_link_status", server->link_status);
  write_count (out, "cluster_enabled", server->cluster_enabled);
  write_count (out, "connected_clients", server->connected_clients);
  tsm_json_writer_end_object (out);
}

static const TsmChannelFacts *
find_channel (const TsmDiagnosisFacts *facts,
              const char              *name)
{
  for (guint i = 0; facts->examination != NULL && i < facts->examination->channels->len; i++)
    {
      const TsmChannelFacts *channel = g_ptr_array_index (facts->examination->channels, i);

      if (g_str_equal (channel->name, name))
        return channel;
    }
  return NULL;
}

static void
write_channels (TsmJsonWriter           *out,
                const TsmDiagnosisFacts *facts)
{
  tsm_json_writer_begin_array (out, "channels");
  for (guint i = 0; i < facts->channels->len; i++)
    {
      const TsmHeardChannel *channel = g_ptr_array_index (facts->channels, i);
      const TsmChannelFacts *asked = find_channel (facts, channel->name);

      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "name", channel->name);
      tsm_json_writer_boolean (out, "pattern", channel->is_pattern);
      tsm_json_writer_boolean (out, "acknowledged", channel->acknowledged);
      write_count (out, "messages", (gint64) channel->messages);
      write_count (out, "subscribers", asked != NULL ? asked->subscribers : -1);
      write_text (out, "key_type", asked != NULL ? asked->key_type : NULL);
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_connection (TsmJsonWriter           *out,
                  const TsmDiagnosisFacts *facts)
{
  gint64 receivers = facts->control_receivers >= 0 || facts->examination == NULL ? facts->control_receivers
                                                                                  : facts->examination->control.subscribers;

  tsm_json_writer_begin_object (out, "connection");
  write_text (out, "address", facts->address);
  write_text (out, "user", facts->user);
  tsm_json_writer_boolean (out, "tls", facts->uses_tls);
  write_text (out, "state", tsm_link_state_get_name (facts->link.subscriber));
  write_text (out, "error", facts->link.error != NULL ? facts->link.error->message : NULL);
  write_number (out, "round_trip_ms", to_ms (facts->link.round_trip));
  write_count (out, "lost_recently", facts->link.recent_losses);
  write_server (out, &facts->server);
  write_channels (out, facts);
  write_text (out, "control_channel", facts->control_channel);
  write_count (out, "control_receivers", receivers);
  tsm_json_writer_end_object (out);
}

static void
write_sample (TsmJsonWriter   *out,
              const char      *name,
              const TsmSpecimen *sample)
{
  g_autofree char *text = NULL;

  if (sample == NULL)
    {
      tsm_json_writer_raw (out, name, "null");
      return;
    }

  text = tsm_specimen_dup_text (sample);
  tsm_json_writer_begin_object (out, name);
  write_text (out, "channel", sample->channel);
  write_time (out, "received", sample->received);
  write_count (out, "size", (gint64) sample->size);
  write_text (out, "text", text);
  tsm_json_writer_begin_array (out, "findings");
  for (guint i = 0; i < sample->findings->len; i++)
    tsm_json_writer_string (out, NULL, g_ptr_array_index (sample->findings, i));
  tsm_json_writer_end_array (out);
  tsm_json_writer_end_object (out);
}

static void
write_counts (TsmJsonWriter        *out,
              const TsmIntakeFacts *intake)
{
  tsm_json_writer_begin_object (out, "by_type");
  for (guint i = 0; i < TSM_N_EVENT_TYPES; i++)
    if (intake->by_type[i] > 0)
      write_count (out, tsm_event_type_get_name (i), (gint64) intake->by_type[i]);
  tsm_json_writer_end_object (out);

  tsm_json_writer_begin_object (out, "by_cause");
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    if (intake->by_code[i] > 0)
      write_count (out, tsm_finding_code_get_name (i), (gint64) intake->by_code[i]);
  tsm_json_writer_end_object (out);

  tsm_json_writer_begin_object (out, "samples");
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    if (intake->samples[i] != NULL)
      write_sample (out, tsm_finding_code_get_name (i), intake->samples[i]);
  tsm_json_writer_end_object (out);
}

static void
write_streams (TsmJsonWriter           *out,
               const TsmDiagnosisFacts *facts)
{
  GArray *streams = facts->semantics.streams;

  tsm_json_writer_begin_array (out, "streams");
  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      const TsmStreamFacts *stream = &g_array_index (streams, TsmStreamFacts, i);

      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "source", stream->source);
      write_text (out, "type", tsm_event_type_get_name (stream->type));
      write_count (out, "events", (gint64) stream->n_events);
      write_number (out, "cadence_seconds", stream->cadence >= 0.1 ? to_tenths (stream->cadence) : stream->cadence);
      write_number (out, "last_seconds_ago", to_tenths ((facts->now - stream->last) / (double) G_USEC_PER_SEC));
      write_text (out, "pace", tsm_pace_get_name (stream->pace));
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_received (TsmJsonWriter           *out,
                const TsmDiagnosisFacts *facts)
{
  const TsmIntakeFacts *intake = &facts->intake;
  gint64 ago = facts->now - intake->last_accepted;

  tsm_json_writer_begin_object (out, "received");
  write_count (out, "messages", (gint64) (intake->decoded + intake->repaired + intake->rejected));
  write_count (out, "decoded", (gint64) intake->decoded);
  write_count (out, "repaired", (gint64) intake->repaired);
  write_count (out, "rejected", (gint64) intake->rejected);
  write_time (out, "last_event", intake->last_accepted != 0 ? facts->now_real - ago : 0);
  write_counts (out, intake);
  write_sample (out, "sample", intake->sample);
  write_streams (out, facts);
  write_number (out, "clock_skew_seconds", to_tenths (facts->semantics.skew));
  write_count (out, "repeated", (gint64) facts->semantics.n_repeated);
  tsm_json_writer_end_object (out);
}

static void
write_near_misses (TsmJsonWriter        *out,
                   const TsmExamination *examination)
{
  tsm_json_writer_begin_array (out, "near_misses");
  for (guint i = 0; examination != NULL && i < examination->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (examination->near_misses, i);

      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "channel", miss->channel);
      write_number (out, "likeness", round (miss->likeness * 100) / 100);
      write_text (out, "difference", miss->difference);
      write_count (out, "messages", miss->n_messages);
      write_number (out, "per_second", to_tenths (miss->rate));
      tsm_json_writer_boolean (out, "events", tsm_near_miss_has_events (miss));
      write_text (out, "sample", miss->sample_summary);
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_clients (TsmJsonWriter        *out,
               const TsmExamination *examination)
{
  tsm_json_writer_begin_array (out, "publishers");
  for (guint i = 0; examination != NULL && examination->clients != NULL && i < examination->clients->len; i++)
    {
      const TsmClientFacts *client = g_ptr_array_index (examination->clients, i);

      if (!client->is_candidate)
        continue;
      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "name", client->name);
      write_text (out, "address", client->address);
      write_text (out, "user", client->user);
      write_text (out, "last_command", client->last_command);
      write_count (out, "idle_seconds", client->idle);
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_missing (TsmJsonWriter        *out,
               const TsmExamination *examination)
{
  tsm_json_writer_begin_array (out, "not_permitted");
  for (guint i = 0; examination != NULL && i < examination->missing->len; i++)
    {
      const TsmMissing *missing = g_ptr_array_index (examination->missing, i);

      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "command", missing->command);
      write_text (out, "rung", tsm_rung_id_get_name (missing->rung));
      write_text (out, "words", missing->words);
      write_text (out, "grant", missing->grant);
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_gaps (TsmJsonWriter *out,
            GListModel    *gaps)
{
  guint n = gaps != NULL ? g_list_model_get_n_items (gaps) : 0;

  tsm_json_writer_begin_array (out, "gaps");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmGap) gap = g_list_model_get_item (gaps, i);

      tsm_json_writer_begin_object (out, NULL);
      write_text (out, "cause", tsm_gap_cause_get_name (tsm_gap_get_cause (gap)));
      write_time (out, "start", tsm_gap_get_start_real (gap));
      write_time (out, "end", tsm_gap_get_end_real (gap));
      write_count (out, "missing", tsm_gap_get_missing (gap));
      tsm_json_writer_end_object (out);
    }
  tsm_json_writer_end_array (out);
}

static void
write_expected (TsmJsonWriter           *out,
                const TsmDiagnosisFacts *facts)
{
  g_autofree char *sample = tsm_report_dup_sample (facts->now_real);
  const TsmHeardChannel *first = facts->channels->len > 0 ? g_ptr_array_index (facts->channels, 0) : NULL;

  tsm_json_writer_begin_object (out, "expected");
  write_text (out, "command", "PUBLISH");
  write_text (out, "channel", first != NULL ? first->name : NULL);
  tsm_json_writer_raw (out, "sample", sample);
  tsm_json_writer_end_object (out);

  tsm_json_writer_begin_array (out, "checklist");
  for (const char * const *line = tsm_report_get_checklist (); *line != NULL; line++)
    tsm_json_writer_string (out, NULL, _(*line));
  tsm_json_writer_end_array (out);
}

char *
tsm_report_json (const TsmLadder         *ladder,
                 const TsmDiagnosisFacts *facts,
                 GListModel              *gaps)
{
  TsmJsonWriter out;
  g_autofree char *text = NULL;

  tsm_json_writer_init (&out);
  tsm_json_writer_begin_object (&out, NULL);
  write_text (&out, "program", "TickStock Monitor " PACKAGE_VERSION);
  write_time (&out, "time", facts->now_real);
  write_verdict (&out, tsm_ladder_get_verdict (ladder));
  tsm_json_writer_begin_array (&out, "rungs");
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    write_rung (&out, tsm_ladder_get_rung (ladder, i));
  tsm_json_writer_end_array (&out);
  write_connection (&out, facts);
  write_received (&out, facts);
  write_near_misses (&out, facts->examination);
  write_clients (&out, facts->examination);
  write_missing (&out, facts->examination);
  write_gaps (&out, gaps);
  write_expected (&out, facts);
  tsm_json_writer_end_object (&out);

  text = tsm_json_writer_finish (&out);
  return g_strconcat (text, "\n", NULL);
}
