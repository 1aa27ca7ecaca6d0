/* The report for people: Markdown, in which nothing that came over the wire has a meaning of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "diagnosis/tsm-gap-ledger.h"
#include "diagnosis/tsm-report-parts.h"

#define MAX_GAPS 20

/* Characters that may begin something in Markdown, or in the HTML that it allows. */
#define SPECIAL "\\`*_{}[]<>()#+-!|~&$@"

static void
append_escaped (GString    *out,
                const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '\n' || c == '\r' || c == '\t')
        g_string_append_c (out, ' ');
      else if (g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\\\u%04x", c);
      else if (c < 0x80 && strchr (SPECIAL, (int) c) != NULL)
        g_string_append_printf (out, "\\%c", (char) c);
      else
        g_string_append_unichar (out, c);
    }
}

/* A fence is longer than any run of back quotes within. */
static void
append_block (GString    *out,
              const char *text)
{
  gsize longest = 2;
  gsize run = 0;
  g_autofree char *fence = NULL;

  for (const char *at = text; *at != '\0'; at++)
    {
      run = *at == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  fence = g_strnfill (longest + 1, '`');
  g_string_append_printf (out, "%s\n%s\n%s\n\n", fence, text, fence);
}

/* One line of a list; @label and @value are escaped. Nothing where there is no value. */
static void
append_item (GString    *out,
             const char *label,
             const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_string_append (out, "- ");
  append_escaped (out, label);
  g_string_append (out, ": ");
  append_escaped (out, value);
  g_string_append_c (out, '\n');
}

static void
append_number (GString    *out,
               const char *label,
               gint64      value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  if (value >= 0)
    append_item (out, label, text);
}

static void
append_heading (GString    *out,
                const char *text)
{
  g_string_append_printf (out, "\n## %s\n\n", text);
}

static void
append_verdict (GString                 *out,
                const TsmLadder         *ladder,
                const TsmDiagnosisFacts *facts)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);
  g_autofree char *time = tsm_report_dup_time (facts->now_real);
  const char *remedy = verdict->rung >= 0 ? tsm_ladder_get_rung (ladder, verdict->rung)->remedy : NULL;

  g_string_append_printf (out, "# %s\n\n**", _("Why does nothing arrive? A report by TickStock Monitor"));
  append_escaped (out, verdict->summary);
  g_string_append (out, "**\n\n");
  if (remedy != NULL)
    {
      append_escaped (out, remedy);
      g_string_append (out, "\n\n");
    }
  append_item (out, _("Code"), verdict->code);
  append_item (out, _("Time"), time);
  append_item (out, _("Program"), "TickStock Monitor " PACKAGE_VERSION);
}

static void
append_rung (GString       *out,
             const TsmRung *rung)
{
  g_string_append_printf (out, "### %u. %s: %s\n\n", rung->id + 1, tsm_rung_id_get_title (rung->id),
                          tsm_rung_state_get_label (rung->state));
  append_escaped (out, rung->cause);
  g_string_append (out, "\n\n");
  append_item (out, _("Code"), rung->code);
  append_item (out, _("What to do"), rung->remedy);
  for (guint i = 0; i < rung->evidence->len; i++)
    {
      g_autofree char *line = tsm_evidence_dup_line (g_ptr_array_index (rung->evidence, i));

      append_item (out, _("Evidence"), line);
    }
  g_string_append_c (out, '\n');
}

static void
append_connection (GString                 *out,
                   const TsmDiagnosisFacts *facts)
{
  const TsmServerFacts *server = &facts->server;

  append_heading (out, _("The connection"));
  append_item (out, _("Address"), facts->address);
  append_item (out, _("User"), facts->user);
  append_item (out, _("State"), tsm_link_state_get_name (facts->link.subscriber));
  append_item (out, _("Error"), facts->link.error != NULL ? facts->link.error->message : NULL);
  append_item (out, _("Server"), server->product);
  append_item (out, _("Version"), server->version);
  append_item (out, _("Role"), server->role);
  append_item (out, "run_id", server->run_id);
  for (guint i = 0; i < facts->channels->len; i++)
    {
      const TsmHeardChannel *channel = g_ptr_array_index (facts->channels, i);
      g_autofree char *text = g_strdup_printf (channel->acknowledged ? _("%s (acknowledged, %lu messages)")
                                                                     : _("%s (not acknowledged, %lu messages)"),
                                               channel->name, (gulong) channel->messages);

      append_item (out, _("Channel"), text);
    }
  append_item (out, _("Control channel"), facts->control_channel);
  append_number (out, _("Listeners on it"), facts->control_receivers);
}

static void
append_sample (GString         *out,
               const char      *title,
               const TsmSpecimen *sample)
{
  g_autofree char *text = NULL;
  g_autofree char *time = NULL;

  if (sample == NULL)
    return;

  text = tsm_specimen_dup_text (sample);
  time = tsm_report_dup_time (sample->received);
  g_string_append (out, "### ");
  append_escaped (out, title);
  g_string_append (out, "\n\n");
  append_item (out, _("Channel"), sample->channel);
  append_item (out, _("Time"), time);
  append_number (out, _("Bytes"), (gint64) sample->size);
  for (guint i = 0; i < sample->findings->len; i++)
    append_item (out, _("Finding"), g_ptr_array_index (sample->findings, i));
  g_string_append_c (out, '\n');
  append_block (out, text);
}

static void
append_received (GString                 *out,
                 const TsmDiagnosisFacts *facts)
{
  const TsmIntakeFacts *intake = &facts->intake;

  append_heading (out, _("What was received"));
  append_number (out, _("Decoded"), (gint64) intake->decoded);
  append_number (out, _("Repaired"), (gint64) intake->repaired);
  append_number (out, _("Not usable"), (gint64) intake->rejected);
  for (guint i = 0; i < TSM_N_EVENT_TYPES; i++)
    if (intake->by_type[i] > 0)
      append_number (out, tsm_event_type_get_name (i), (gint64) intake->by_type[i]);
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    if (intake->by_code[i] > 0)
      append_number (out, tsm_finding_code_get_name (i), (gint64) intake->by_code[i]);
  g_string_append_c (out, '\n');

  append_sample (out, _("An event"), intake->sample);
  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    if (intake->samples[i] != NULL && tsm_finding_code_get_class (i) == TSM_FINDING_REJECT)
      append_sample (out, tsm_finding_code_get_name (i), intake->samples[i]);
}

static void
append_near_misses (GString              *out,
                    const TsmExamination *examination)
{
  if (examination == NULL || examination->near_misses->len == 0)
    return;

  append_heading (out, _("What was heard on other channels"));
  for (guint i = 0; i < examination->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (examination->near_misses, i);
      g_autofree char *text = g_strdup_printf (tsm_near_miss_has_events (miss) ? _("%.1f per second, monitoring events: %s")
                                                                               : _("%.1f per second, no monitoring events: %s"),
                                               miss->rate, miss->sample_summary != NULL ? miss->sample_summary : "");

      append_item (out, miss->channel, text);
    }
}

static void
append_gaps (GString    *out,
             GListModel *gaps)
{
  guint n = gaps != NULL ? g_list_model_get_n_items (gaps) : 0;

  if (n == 0)
    return;

  append_heading (out, _("When events were missed"));
  for (guint i = n > MAX_GAPS ? n - MAX_GAPS : 0; i < n; i++)
    {
      g_autoptr (TsmGap) gap = g_list_model_get_item (gaps, i);
      g_autofree char *time = tsm_report_dup_time (tsm_gap_get_start_real (gap));
      g_autofree char *text = tsm_gap_dup_text (gap);

      append_item (out, time, text);
    }
}

static void
append_expected (GString                 *out,
                 const TsmDiagnosisFacts *facts)
{
  g_autofree char *sample = tsm_report_dup_sample (facts->now_real);
  const TsmHeardChannel *first = facts->channels->len > 0 ? g_ptr_array_index (facts->channels, 0) : NULL;

  append_heading (out, _("What is expected"));
  append_item (out, _("Command"), "PUBLISH");
  append_item (out, _("Channel"), first != NULL ? first->name : NULL);
  g_string_append_printf (out, "\n%s\n\n", _("A message that would be accepted:"));
  append_block (out, sample);

  append_heading (out, _("What to check at the engine, in this order"));
  for (guint i = 0; tsm_report_get_checklist ()[i] != NULL; i++)
    g_string_append_printf (out, "%u. %s\n", i + 1, _(tsm_report_get_checklist ()[i]));
}

char *
tsm_report_markdown (const TsmLadder         *ladder,
                     const TsmDiagnosisFacts *facts,
                     GListModel              *gaps)
{
  GString *out = g_string_new (NULL);

  append_verdict (out, ladder, facts);
  append_heading (out, _("The path of an event, step by step"));
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    append_rung (out, tsm_ladder_get_rung (ladder, i));
  append_connection (out, facts);
  append_received (out, facts);
  append_near_misses (out, facts->examination);
  append_gaps (out, gaps);
  append_expected (out, facts);
  return g_string_free (out, FALSE);
}
