/* The judge: from facts to a ladder, rung by rung, by the fault table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "diagnosis/tsm-checks.h"
#include "diagnosis/tsm-fault.h"
#include "diagnosis/tsm-judge.h"
#include "diagnosis/tsm-ladder-private.h"
#include "models/tsm-age.h"

typedef TSM_LOOK ((*TsmLook));

static const TsmLook looks[TSM_N_RUNGS] = {
  [TSM_RUNG_RESOLVE] = tsm_look_at_path,
  [TSM_RUNG_CONNECT] = tsm_look_at_path,
  [TSM_RUNG_TLS] = tsm_look_at_path,
  [TSM_RUNG_SERVER] = tsm_look_at_server,
  [TSM_RUNG_AUTHENTICATE] = tsm_look_at_identity,
  [TSM_RUNG_SUBSCRIBE] = tsm_look_at_subscription,
  [TSM_RUNG_BROKER] = tsm_look_at_broker,
  [TSM_RUNG_PUBLISHER] = tsm_look_at_publisher,
  [TSM_RUNG_CHANNEL] = tsm_look_at_channel,
  [TSM_RUNG_DECODE] = tsm_look_at_decoding,
  [TSM_RUNG_SEMANTICS] = tsm_look_at_semantics,
  [TSM_RUNG_CONTROL] = tsm_look_at_control,
};

/* What any sentence may name. */
static void
set_common (const TsmDiagnosisFacts *facts,
            TsmFindings             *findings)
{
  const TsmServerFacts *server = &facts->server;
  const TsmHeardChannel *first = facts->channels->len > 0 ? g_ptr_array_index (facts->channels, 0) : NULL;
  g_autofree char *text = g_strdup_printf ("%s %s", server->product != NULL ? server->product : "Redis",
                                           server->version != NULL ? server->version : "");

  tsm_findings_set (findings, "address", facts->address);
  tsm_findings_set (findings, "host", facts->host);
  tsm_findings_set (findings, "user", facts->user != NULL ? facts->user : "default");
  tsm_findings_set (findings, "server", server->version != NULL ? text : _("a Redis server that does not tell its version"));
  tsm_findings_set (findings, "channel", first != NULL ? first->name : "");
  tsm_findings_set (findings, "control", facts->control_channel);
}

static void
apply_fault (TsmRung        *rung,
             const TsmFault *fault,
             TsmFindings    *found)
{
  rung->state = fault->state == TSM_RUNG_FAIL && tsm_findings_is_soft (found) ? TSM_RUNG_WARN : fault->state;
  rung->code = fault->code;
  rung->button = fault->button;
  g_free (rung->summary);
  g_free (rung->cause);
  g_free (rung->remedy);
  g_free (rung->subject);
  rung->summary = g_strdup (_(fault->summary));
  rung->cause = tsm_findings_fill (found, _(fault->cause));
  rung->remedy = tsm_findings_fill (found, _(fault->remedy));
  rung->subject = g_strdup (tsm_findings_get (found, "subject"));
}

static gboolean
try_fault (const TsmDiagnosisFacts *facts,
           const TsmFault          *fault,
           TsmFindings             *findings,
           TsmRung                 *rung)
{
  g_autoptr (TsmFindings) found = tsm_findings_new ();

  set_common (facts, found);
  if (!fault->check (facts, found, fault->argument))
    return FALSE;

  apply_fault (rung, fault, found);
  tsm_findings_merge (findings, found);
  return TRUE;
}

/* What was not permitted is evidence; where nothing else is known, it is the reason, and the line that would allow it the
 * remedy. */
static void
add_missing (const TsmDiagnosisFacts *facts,
             TsmFindings             *findings,
             TsmRung                 *rung)
{
  const TsmExamination *examination = facts->examination;
  const TsmMissing *first;

  if (examination == NULL)
    return;

  for (guint i = 0; i < examination->missing->len; i++)
    {
      const TsmMissing *missing = g_ptr_array_index (examination->missing, i);

      if (missing->rung == rung->id)
        tsm_findings_add (findings, missing->command, _("not permitted (%s); this would allow it: %s"), missing->words,
                          missing->grant);
    }

  first = tsm_examination_get_missing (examination, rung->id);
  if (first == NULL || rung->state != TSM_RUNG_UNKNOWN || rung->remedy != NULL)
    return;

  rung->remedy = g_strdup_printf (_("To know more, have this allowed on the server: %s"), first->grant);
  rung->subject = g_strdup (first->grant);
  rung->button = TSM_BUTTON_COPY_GRANT;
}

static void
judge_rung (const TsmDiagnosisFacts *facts,
            TsmRung                 *rung)
{
  g_autoptr (TsmFindings) findings = tsm_findings_new ();

  set_common (facts, findings);
  looks[rung->id] (facts, findings, rung);

  for (guint i = 0; i < tsm_fault_table_get_size (); i++)
    {
      const TsmFault *fault = tsm_fault_table_get_row (i);

      if (fault->rung == rung->id && try_fault (facts, fault, findings, rung))
        break;
    }

  add_missing (facts, findings, rung);
  rung->evidence = tsm_findings_steal_evidence (findings);
}

static const TsmRung *
find_first (const TsmLadder *ladder,
            TsmRungState     state)
{
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    if (ladder->rungs[i].state == state)
      return &ladder->rungs[i];
  return NULL;
}

static void
decide_by_rung (TsmVerdict    *verdict,
                const TsmRung *rung)
{
  verdict->code = rung->code;
  verdict->state = rung->state;
  verdict->rung = rung->id;
  verdict->summary = g_strdup (rung->cause);
}

static void
decide_without_fault (TsmVerdict              *verdict,
                      const TsmLadder         *ladder,
                      const TsmDiagnosisFacts *facts)
{
  g_autofree char *ago = NULL;

  if (ladder->rungs[TSM_RUNG_SEMANTICS].state == TSM_RUNG_PASS)
    {
      ago = tsm_format_ago (facts->now - facts->intake.last_accepted);
      verdict->code = TSM_VERDICT_HEALTHY;
      verdict->state = TSM_RUNG_PASS;
      verdict->summary = g_strdup_printf (_("Everything flows; the last event came %s."), ago);
    }
  else if (facts->link.subscriber == TSM_LINK_IDLE)
    verdict->summary = g_strdup (_("Not connected."));
  else if (!tsm_diagnosis_facts_is_listening (facts))
    verdict->summary = g_strdup_printf (_("Connecting to %s."), facts->address != NULL ? facts->address : "");
  else if (facts->intake.last == 0)
    verdict->summary = g_strdup (_("Connected and subscribed; listening for the first event."));
  else
    verdict->summary = g_strdup (_("Events arrive; METRIC_UPDATE is awaited."));
}

/**
 * tsm_judge:
 * @facts: what is known
 *
 * Judges every rung: how it stands by itself, and then, of the rows of the fault table that belong to it, the first that
 * matches. The verdict is the first rung that fails; where none does, the first that warns.
 *
 * Returns: (transfer full): the ladder
 */
TsmLadder *
tsm_judge (const TsmDiagnosisFacts *facts)
{
  TsmLadder *ladder;
  const TsmRung *first;

  g_return_val_if_fail (facts != NULL, NULL);

  ladder = tsm_ladder_new ();
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    judge_rung (facts, &ladder->rungs[i]);

  first = find_first (ladder, TSM_RUNG_FAIL);
  if (first == NULL)
    first = find_first (ladder, TSM_RUNG_WARN);
  if (first != NULL)
    decide_by_rung (&ladder->verdict, first);
  else
    decide_without_fault (&ladder->verdict, ladder, facts);
  return ladder;
}
