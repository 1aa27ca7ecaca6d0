/* What arrives: whether it can be read, and whether it makes sense.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "diagnosis/tsm-checks.h"
#include "models/tsm-age.h"

/* An engine sends METRIC_UPDATE every 2 to 10 s. µs. */
#define METRICS_PATIENCE      (10 * G_USEC_PER_SEC)
/* For a stream of which only one event in a minute or two comes. µs. */
#define METRICS_PATIENCE_SLOW (150 * G_USEC_PER_SEC)
#define METRICS_MIN_OTHERS    3
#define MAX_SKEW              5.0 /* s */
#define HALF_HOUR             1800.0 /* s: by no less do the time zones differ, but for a few quarters */
#define ZONE_TOLERANCE        60.0 /* s */
#define MIN_FOR_REPETITION    6   /* events from which on a repetition is no chance */
#define MAX_STREAMS           12  /* named as evidence */

static const TsmRejection rejections[TSM_N_FINDING_CODES] = {
  [TSM_FINDING_COMPRESSED] = TSM_REJECTION_COMPRESSED,
  [TSM_FINDING_BINARY] = TSM_REJECTION_BINARY,
  [TSM_FINDING_ENCODED_TWICE] = TSM_REJECTION_ENCODED_TWICE,
  [TSM_FINDING_WRONG_ENVELOPE] = TSM_REJECTION_WRONG_ENVELOPE,
  [TSM_FINDING_UNKNOWN_TYPE] = TSM_REJECTION_WRONG_ENVELOPE,
  [TSM_FINDING_MISSING_BODY] = TSM_REJECTION_WRONG_ENVELOPE,
  [TSM_FINDING_NOT_AN_OBJECT] = TSM_REJECTION_WRONG_ENVELOPE,
  [TSM_FINDING_INVALID_JSON] = TSM_REJECTION_MALFORMED,
  [TSM_FINDING_INVALID_UTF8] = TSM_REJECTION_MALFORMED,
  [TSM_FINDING_EMPTY] = TSM_REJECTION_MALFORMED,
  [TSM_FINDING_TOO_LARGE] = TSM_REJECTION_MALFORMED,
  [TSM_FINDING_TOO_DEEP] = TSM_REJECTION_MALFORMED,
};

/* Repairs and losses are no rejections, but for what is encoded twice. */
static gboolean
counts_as_rejection (TsmFindingCode code)
{
  return tsm_finding_code_get_class (code) == TSM_FINDING_REJECT || code == TSM_FINDING_ENCODED_TWICE;
}

static guint
count_rejections (const TsmIntakeFacts *intake,
                  TsmRejection          rejection,
                  TsmFindingCode       *most)
{
  guint n = 0;
  guint best = 0;

  for (guint code = 0; code < TSM_N_FINDING_CODES; code++)
    {
      guint n_code = intake->recent_by_code[code];

      if (!counts_as_rejection (code) || rejections[code] != rejection)
        continue;
      n += n_code;
      if (n_code > best)
        {
          best = n_code;
          *most = code;
        }
    }
  return n;
}

static gboolean
is_worst (const TsmIntakeFacts *intake,
          guint                 n)
{
  TsmFindingCode unused;

  for (guint i = 0; i < TSM_N_REJECTIONS; i++)
    if (count_rejections (intake, i, &unused) > n)
      return FALSE;
  return TRUE;
}

static void
add_sample (TsmFindings     *findings,
            const TsmSpecimen *sample)
{
  g_autofree char *text = NULL;

  if (sample == NULL)
    return;

  text = tsm_specimen_dup_text (sample);
  for (guint i = 0; i < sample->findings->len && i < 3; i++)
    tsm_findings_add (findings, NULL, "%s", (const char *) g_ptr_array_index (sample->findings, i));
  tsm_findings_add (findings, NULL, _("a sample, %lu bytes on “%s”: %s"), (gulong) sample->size, sample->channel, text);
}

TSM_CHECK (tsm_check_rejected)
{
  const TsmIntakeFacts *intake = &facts->intake;
  TsmFindingCode most = TSM_FINDING_INVALID_JSON;
  guint n = count_rejections (intake, argument, &most);
  const TsmSpecimen *sample = intake->samples[most];

  if (n == 0 || !is_worst (intake, n) || !tsm_diagnosis_facts_is_listening (facts))
    return FALSE;

  tsm_findings_set_count (findings, "n", n);
  tsm_findings_set_count (findings, "of", intake->recent);
  if (sample != NULL && sample->reason != NULL)
    tsm_findings_set (findings, "finding", sample->reason);
  add_sample (findings, sample);
  if (n * 2 <= intake->recent)
    tsm_findings_soften (findings);
  return TRUE;
}

static void
add_counts (const TsmIntakeFacts *intake,
            TsmFindings          *findings)
{
  tsm_findings_add (findings, NULL, _("%lu decoded, %lu repaired, %lu not usable"), (gulong) intake->decoded,
                    (gulong) intake->repaired, (gulong) intake->rejected);
  for (guint code = 0; code < TSM_N_FINDING_CODES; code++)
    if (intake->by_code[code] > 0)
      tsm_findings_add (findings, NULL, "%s: %" G_GUINT64_FORMAT, tsm_finding_code_get_name (code), intake->by_code[code]);
}

static gboolean
has_nothing (const TsmDiagnosisFacts *facts,
             TsmRung                 *rung,
             guint64                  n)
{
  if (!tsm_diagnosis_facts_is_listening (facts))
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not reached")),
                  g_strdup (_("Without a subscription nothing can be heard.")));
  else if (n == 0)
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("nothing yet")), g_strdup (_("Nothing has arrived that could be judged.")));
  else
    return FALSE;
  return TRUE;
}

TSM_LOOK (tsm_look_at_decoding)
{
  const TsmIntakeFacts *intake = &facts->intake;
  guint64 accepted = intake->decoded + intake->repaired;

  if (accepted + intake->rejected > 0)
    add_counts (intake, findings);
  if (has_nothing (facts, rung, accepted + intake->rejected))
    return;

  tsm_look_set (rung, TSM_RUNG_PASS,
                g_strdup_printf (_("%'lu of %'lu"), (gulong) accepted, (gulong) (accepted + intake->rejected)),
                g_strdup (_("The messages can be read.")));
}

TSM_CHECK (tsm_check_stale)
{
  const TsmStreamFacts *all = &facts->semantics.all;

  if (all->n_events == 0 || !tsm_diagnosis_facts_is_quiet (facts))
    return FALSE;

  tsm_findings_set_age (findings, "age", facts->now - all->last);
  tsm_findings_set_count (findings, "n", all->n_events);
  if (isfinite (all->cadence))
    tsm_findings_add (findings, NULL, _("until then one came every %.1f s"), all->cadence);
  return TRUE;
}

static gboolean
never_had_metrics (const TsmDiagnosisFacts *facts)
{
  guint64 n_others = facts->semantics.all.n_events;
  gint64 listened = facts->now - facts->link.ready_since;

  return facts->semantics.metrics.n_events == 0
         && ((n_others >= METRICS_MIN_OTHERS && listened >= METRICS_PATIENCE)
             || (n_others > 0 && listened >= METRICS_PATIENCE_SLOW));
}

/* Others came after the time at which one was due at the latest. */
static gboolean
lost_metrics (const TsmDiagnosisFacts *facts)
{
  const TsmStreamFacts *metrics = &facts->semantics.metrics;
  gint64 due = MAX (metrics->last, facts->link.ready_since) + metrics->patience;

  return metrics->n_events > 0 && facts->now > due && facts->semantics.all.last > due;
}

TSM_CHECK (tsm_check_no_metrics)
{
  if (!tsm_diagnosis_facts_is_listening (facts) || tsm_diagnosis_facts_is_quiet (facts)
      || !(never_had_metrics (facts) || lost_metrics (facts)))
    return FALSE;

  tsm_findings_set_count (findings, "n", facts->semantics.all.n_events - facts->semantics.metrics.n_events);
  tsm_findings_set_age (findings, "age", facts->now - MAX (facts->semantics.metrics.last, facts->link.ready_since));
  return TRUE;
}

TSM_CHECK (tsm_check_wrong_types)
{
  const TsmSemanticFacts *semantics = &facts->semantics;
  guint odd = MAX (semantics->recent_without_gauges, semantics->recent_wrong_types);

  if (odd == 0 || !tsm_diagnosis_facts_is_listening (facts))
    return FALSE;

  tsm_findings_set_count (findings, "n", odd);
  tsm_findings_set_count (findings, "of", semantics->recent_metrics);
  add_sample (findings, semantics->odd_metrics);
  if (odd * 2 < semantics->recent_metrics)
    tsm_findings_soften (findings);
  return TRUE;
}

TSM_CHECK (tsm_check_duplicates)
{
  const TsmSemanticFacts *semantics = &facts->semantics;

  if (!tsm_diagnosis_facts_is_listening (facts) || semantics->recent_events < MIN_FOR_REPETITION
      || semantics->recent_repeated < semantics->recent_events * 0.4)
    return FALSE;

  tsm_findings_set_count (findings, "n", semantics->recent_repeated);
  tsm_findings_set_count (findings, "of", semantics->recent_events);
  for (guint i = 0; i < facts->channels->len; i++)
    {
      const TsmHeardChannel *pattern = g_ptr_array_index (facts->channels, i);

      for (guint j = 0; pattern->is_pattern && j < facts->channels->len; j++)
        {
          const TsmHeardChannel *other = g_ptr_array_index (facts->channels, j);

          if (i != j && tsm_pattern_matches (pattern->name, other->name))
            tsm_findings_add (findings, NULL, _("this connection listens to “%s” twice: by that name, and as “%s”"),
                              other->name, pattern->name);
        }
    }
  return TRUE;
}

static void
add_clock (const TsmDiagnosisFacts *facts,
           TsmFindings             *findings)
{
  const TsmServerFacts *server = &facts->server;

  if (server->clock > 0)
    tsm_findings_add (findings, "INFO server", _("the clock of the server differs from ours by %.1f s"),
                      ABS (server->clock - server->clock_read) / (double) G_USEC_PER_SEC);
}

static gboolean
is_zone (double skew)
{
  return fabs (skew) > HALF_HOUR - ZONE_TOLERANCE && fabs (remainder (skew, HALF_HOUR)) < ZONE_TOLERANCE;
}

TSM_CHECK (tsm_check_clock_skew)
{
  const TsmSemanticFacts *semantics = &facts->semantics;
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (!isfinite (semantics->skew) || fabs (semantics->skew) < MAX_SKEW || !tsm_diagnosis_facts_is_listening (facts))
    return FALSE;

  amount = tsm_format_age ((gint64) round (fabs (semantics->skew)) * G_USEC_PER_SEC);
  text = g_strdup_printf (semantics->skew > 0 ? _("%s behind") : _("%s ahead of"), amount);
  tsm_findings_set (findings, "skew", text);
  tsm_findings_set (findings, "source", semantics->skew_source == NULL || *semantics->skew_source == '\0'
                                          ? _("the unnamed source") : semantics->skew_source);
  add_clock (facts, findings);
  if (is_zone (semantics->skew))
    tsm_findings_add (findings, NULL, _("it is nearly whole or half hours: perhaps local time is sent without its offset"));
  return TRUE;
}

TSM_CHECK (tsm_check_source_stale)
{
  const TsmSemanticFacts *semantics = &facts->semantics;

  /* what has come and waits to be read may be theirs */
  if (semantics->n_silent == 0 || facts->link.queued > 0 || !tsm_diagnosis_facts_is_listening (facts))
    return FALSE;

  tsm_findings_set_count (findings, "n", semantics->n_silent);
  tsm_findings_set_count (findings, "of", semantics->n_sources);
  tsm_findings_set (findings, "source", semantics->silent_source == NULL || *semantics->silent_source == '\0'
                                          ? _("the unnamed source") : semantics->silent_source);
  return TRUE;
}

static void
add_streams (const TsmDiagnosisFacts *facts,
             TsmFindings             *findings)
{
  GArray *streams = facts->semantics.streams;

  for (guint i = 0; streams != NULL && i < streams->len && i < MAX_STREAMS; i++)
    {
      const TsmStreamFacts *stream = &g_array_index (streams, TsmStreamFacts, i);
      g_autofree char *ago = tsm_format_ago (facts->now - stream->last);
      g_autofree char *cadence = isfinite (stream->cadence) ? g_strdup_printf (_("every %.1f s"), stream->cadence)
                                                            : g_strdup (_("how often is not known yet"));

      tsm_findings_add (findings, NULL,
                        ngettext ("%s, %s: %lu event, %s, the last %s: %s", "%s, %s: %lu events, %s, the last %s: %s", (gulong) stream->n_events),
                        *stream->source != '\0' ? stream->source : _("unnamed source"),
                        tsm_event_type_get_name (stream->type), (gulong) stream->n_events, cadence, ago,
                        tsm_pace_get_name (stream->pace));
    }
}

static void
add_oddities (const TsmSemanticFacts *semantics,
              TsmFindings            *findings)
{
  if (isfinite (semantics->skew))
    tsm_findings_add (findings, NULL, _("largest difference of a source’s clock to ours: %.1f s"), semantics->skew);
  if (semantics->n_repeated > 0)
    tsm_findings_add (findings, NULL, _("events that came twice: %lu"), (gulong) semantics->n_repeated);
  if (semantics->n_resolved_unheard > 0)
    tsm_findings_add (findings, NULL, _("ALERT_RESOLVED whose ALERT_TRIGGERED was not heard: %lu"),
                      (gulong) semantics->n_resolved_unheard);
  if (semantics->n_out_of_range > 0)
    tsm_findings_add (findings, NULL, _("events with a value out of range: %lu"), (gulong) semantics->n_out_of_range);
}

TSM_LOOK (tsm_look_at_semantics)
{
  const TsmSemanticFacts *semantics = &facts->semantics;

  add_streams (facts, findings);
  add_oddities (semantics, findings);
  if (has_nothing (facts, rung, semantics->all.n_events))
    return;

  if (semantics->metrics.n_events == 0)
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("no metrics yet")),
                  g_strdup (_("Events arrive; METRIC_UPDATE is awaited.")));
  else
    tsm_look_set (rung, TSM_RUNG_PASS, tsm_format_ago (facts->now - semantics->all.last),
                  g_strdup (_("The events make sense.")));
}
