/* tickstock-monitorctl doctor: the flow ladder in a terminal: why does nothing arrive?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/tsm-cli.h"
#include "cli/tsm-text.h"
#include "events/tsm-json-writer.h"
#include "monitor/tsm-monitor.h"

#define DEFAULT_SECONDS 10.0
#define MAX_SECONDS     4e6
/* What listens for ten seconds has listened long enough after eight. */
#define PATIENCE        8.0
/* For an examination that is under way when the time is up. */
#define GRACE_MS        6000
#define INDENT          "                          "

typedef struct
{
  TsmCli       *cli;
  TsmMonitor   *monitor;
  TsmDiagnosis *diagnosis;
  gboolean      json;
  gboolean      markdown;
  gboolean      deep;
  double        seconds;    /* TSM_CLI_NO_NUMBER: as long as it takes */
  gboolean      colour;
  gboolean      went_deep;
  gboolean      time_is_up;
  guint         end_id;
  guint         grace_id;
} Doctor;

static gboolean
is_path_broken (const TsmVerdict *verdict)
{
  return verdict->state == TSM_RUNG_FAIL && verdict->rung < TSM_N_PATH_RUNGS;
}

/* Whether a rung before that of the verdict waits for events: it may turn out to be the first that is broken. */
static gboolean
is_awaited (const TsmLadder *ladder)
{
  for (int i = TSM_RUNG_PUBLISHER; i < tsm_ladder_get_verdict (ladder)->rung; i++)
    if (tsm_ladder_get_rung (ladder, i)->state == TSM_RUNG_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* Whether there is nothing to wait for. What warns, and what is well, may look different after a few more events. */
static gboolean
is_conclusive (Doctor *self)
{
  const TsmLadder *ladder = tsm_diagnosis_get_ladder (self->diagnosis);
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);

  if (tsm_diagnosis_get_last_run (self->diagnosis) == 0 || (self->deep && !self->went_deep))
    return FALSE;
  return is_path_broken (verdict)
         || (verdict->state == TSM_RUNG_FAIL && self->seconds == TSM_CLI_NO_NUMBER && !is_awaited (ladder));
}

static void
end_if_conclusive (Doctor *self)
{
  gboolean is_running = tsm_diagnosis_is_running (self->diagnosis);

  if (is_conclusive (self) || (self->time_is_up && !is_running))
    tsm_cli_quit (self->cli, TSM_CLI_FINE);
}

static gboolean
grace_over_cb (gpointer user_data)
{
  Doctor *self = user_data;

  self->grace_id = 0;
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return G_SOURCE_REMOVE;
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  Doctor *self = user_data;

  self->end_id = 0;
  self->time_is_up = TRUE;
  tsm_diagnosis_set_automatic (self->diagnosis, FALSE);
  self->grace_id = g_timeout_add (GRACE_MS, grace_over_cb, self);
  end_if_conclusive (self);
  return G_SOURCE_REMOVE;
}

/* The time counts from when something could be heard. */
static void
state_changed_cb (Doctor *self)
{
  TsmConnection *connection = tsm_monitor_get_connection (self->monitor);
  double seconds = self->seconds != TSM_CLI_NO_NUMBER ? self->seconds : DEFAULT_SECONDS;

  if (self->cli->verbose)
    tsm_cli_say (_("listening: %s, publishing: %s"),
                 tsm_link_state_get_name (tsm_connection_get_subscriber_state (connection)),
                 tsm_link_state_get_name (tsm_connection_get_command_state (connection)));
  if (self->end_id != 0 || self->time_is_up || tsm_connection_get_ready_since (connection) == 0)
    return;

  self->end_id = g_timeout_add ((guint) (seconds * 1000), time_is_up_cb, self);
  if (self->deep)
    tsm_diagnosis_run (self->diagnosis, TRUE);
  if (isatty (STDERR_FILENO))
    tsm_cli_say (_("Connected; listening for up to %.0f s."), seconds);
}

static void
examined_cb (Doctor *self)
{
  const TsmExamination *examination = tsm_diagnosis_get_facts (self->diagnosis)->examination;

  self->went_deep |= examination != NULL && examination->deep;
  end_if_conclusive (self);
}

static TsmTone
get_tone (TsmRungState state)
{
  static const TsmTone tones[] = {
    [TSM_RUNG_PASS] = TSM_TONE_GOOD, [TSM_RUNG_WARN] = TSM_TONE_MIDDLING, [TSM_RUNG_FAIL] = TSM_TONE_BAD,
    [TSM_RUNG_UNKNOWN] = TSM_TONE_DIM, [TSM_RUNG_SKIPPED] = TSM_TONE_DIM,
  };

  return tones[state];
}

/* Columns, not bytes. */
static void
append_padded (GString    *out,
               const char *text,
               int         width,
               TsmTone     tone,
               gboolean    colour)
{
  glong length = g_utf8_strlen (text, -1);

  tsm_text_append_toned (out, text, tone, colour);
  g_string_append_printf (out, "%*s", (int) MAX (width - length, 0) + 1, "");
}

static void
append_evidence (GString       *out,
                 const TsmRung *rung,
                 gboolean       colour)
{
  for (guint i = 0; i < rung->evidence->len; i++)
    {
      g_autofree char *line = tsm_evidence_dup_line (g_ptr_array_index (rung->evidence, i));

      g_string_append (out, "\n" INDENT "· ");
      tsm_text_append_toned (out, line, TSM_TONE_DIM, colour);
    }
}

static void
append_rung (Doctor        *self,
             GString       *out,
             const TsmRung *rung)
{
  gboolean matters = rung->state == TSM_RUNG_FAIL || rung->state == TSM_RUNG_WARN;

  g_string_append_printf (out, "%2u  ", rung->id + 1);
  append_padded (out, tsm_rung_id_get_title (rung->id), 12, TSM_TONE_PLAIN, FALSE);
  append_padded (out, tsm_rung_state_get_label (rung->state), 8, get_tone (rung->state), self->colour);
  if (rung->code != NULL)
    {
      tsm_text_append_escaped (out, rung->code);
      g_string_append (out, ": ");
    }
  tsm_text_append_escaped (out, rung->cause);
  if (rung->state == TSM_RUNG_PASS && rung->summary != NULL)
    {
      g_string_append (out, " (");
      tsm_text_append_escaped (out, rung->summary);
      g_string_append_c (out, ')');
    }
  if (rung->remedy != NULL)
    {
      g_string_append (out, "\n" INDENT "→ ");
      tsm_text_append_escaped (out, rung->remedy);
    }
  if (matters || self->cli->verbose)
    append_evidence (out, rung, self->colour);
  g_string_append_c (out, '\n');
}

/* The verdict comes last, where the eye is when the prompt is back. */
static char *
make_text (Doctor *self)
{
  const TsmLadder *ladder = tsm_diagnosis_get_ladder (self->diagnosis);
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);
  const TsmRung *rung = verdict->rung >= 0 ? tsm_ladder_get_rung (ladder, verdict->rung) : NULL;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    append_rung (self, out, tsm_ladder_get_rung (ladder, i));

  g_string_append_c (out, '\n');
  tsm_text_append_toned (out, verdict->code != NULL ? verdict->code : _("undecided"), get_tone (verdict->state), self->colour);
  g_string_append (out, ": ");
  tsm_text_append_escaped (out, verdict->summary);
  if (rung != NULL && rung->remedy != NULL)
    {
      g_string_append (out, "\n→ ");
      tsm_text_append_escaped (out, rung->remedy);
    }
  if (verdict->code == NULL)
    g_string_append_printf (out, "\n→ %s", _("Too little has arrived to say more. Listen longer: --for 90"));
  return g_string_free (out, FALSE);
}

static char *
make_report (Doctor          *self,
             TsmReportFormat  format)
{
  return g_strchomp (tsm_diagnosis_dup_report (self->diagnosis, format));
}

static void
print_result (Doctor *self)
{
  g_autofree char *text = self->json ? tsm_json_harden (make_report (self, TSM_REPORT_JSON))
                          : self->markdown ? make_report (self, TSM_REPORT_MARKDOWN)
                                           : make_text (self);

  tsm_cli_write_line (self->cli, text);
}

static void
set_up (Doctor     *self,
        TsmProfile *profile)
{
  double patience = self->seconds != TSM_CLI_NO_NUMBER ? MAX (self->seconds - 0.5, self->seconds * 0.8) : PATIENCE;

  self->monitor = tsm_monitor_new (profile, NULL);
  self->diagnosis = tsm_monitor_get_diagnosis (self->monitor);
  tsm_diagnosis_set_patience (self->diagnosis, (gint64) (patience * G_USEC_PER_SEC));
  tsm_diagnosis_set_deep (self->diagnosis, self->deep);
  self->colour = !self->json && !self->markdown && tsm_text_has_colour (STDOUT_FILENO);
  g_signal_connect_swapped (self->diagnosis, "changed", G_CALLBACK (end_if_conclusive), self);
  g_signal_connect_swapped (self->diagnosis, "examined", G_CALLBACK (examined_cb), self);
  g_signal_connect_swapped (tsm_monitor_get_connection (self->monitor), "state-changed", G_CALLBACK (state_changed_cb), self);
}

static void
tear_down (Doctor *self)
{
  g_signal_handlers_disconnect_by_data (self->diagnosis, self);
  g_signal_handlers_disconnect_by_data (tsm_monitor_get_connection (self->monitor), self);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_handle_id (&self->grace_id, g_source_remove);
  tsm_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
}

static TsmCliStatus
diagnose (Doctor             *self,
          const char * const *channels)
{
  g_autoptr (TsmProfile) profile = tsm_cli_new_profile (self->cli, channels);
  TsmCliStatus status;

  if (profile == NULL)
    return self->cli->status;

  set_up (self, profile);
  tsm_monitor_start (self->monitor);
  status = tsm_cli_run (self->cli);
  if (status == TSM_CLI_FINE)
    {
      tsm_diagnosis_update (self->diagnosis, tsm_monitor_now (self->monitor), tsm_monitor_now_real (self->monitor));
      status = tsm_ladder_is_healthy (tsm_diagnosis_get_ladder (self->diagnosis)) ? TSM_CLI_FINE : TSM_CLI_FAULT;
      print_result (self);
      if (self->cli->status == TSM_CLI_ERROR)
        status = TSM_CLI_ERROR;
    }
  tear_down (self);
  return status;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  Doctor self = { .cli = cli, .seconds = TSM_CLI_NO_NUMBER };
  g_auto (GStrv) channels = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("The whole report as one JSON object"), NULL },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &self.markdown, N_("The whole report as Markdown, to be sent on"), NULL },
    { "for", 0, 0, G_OPTION_ARG_DOUBLE, &self.seconds,
      N_("Listen that long (default: up to 10 s, and less where a fault is found)"), N_("SECONDS") },
    { "deep", 0, 0, G_OPTION_ARG_NONE, &self.deep, N_("Search all channels of the server, not only similar ones"), NULL },
    { "channel", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &channels,
      N_("The channel that events should come on (can be repeated; default: tickstock:monitoring and tickstock:errors)"),
      N_("CHANNEL") },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 0, 0))
    return cli->status;
  if (self.json && self.markdown)
    return tsm_cli_usage_error (cli, _("--json and --markdown exclude each other"));
  if (self.seconds != TSM_CLI_NO_NUMBER && !(self.seconds > 0 && self.seconds <= MAX_SECONDS))
    return tsm_cli_usage_error (cli, _("--for must be a number of seconds above 0"));
  if (channels != NULL && g_strv_contains ((const char * const *) channels, ""))
    return tsm_cli_usage_error (cli, _("--channel needs a name"));

  return diagnose (&self, (const char * const *) channels);
}

const TsmCliCommand tsm_cli_doctor = {
  .name = "doctor",
  .summary = N_("Say why nothing arrives: the path of an event, step by step"),
  .description = N_("Tries each step from the name of the server to the meaning of the events, and prints how each stands: OK, a warning,\n"
                    "broken, not known or not used, with the evidence and what to do; last the verdict. It needs no more than the rights\n"
                    "of a monitor; what it may not ask it says, with the line for the server's access list that would allow it.\n"
                    "\n"
                    "Exit status: 0 when everything flows, 1 when a fault was found or nothing can be said, 2 when it could not run.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl doctor\n"
                    "  tickstock-monitorctl doctor --url redis://10.0.0.5:6379 --for 90\n"
                    "  tickstock-monitorctl doctor --json | jq -r .verdict.code\n"
                    "  tickstock-monitorctl doctor --markdown > report.md"),
  .run = run,
};
