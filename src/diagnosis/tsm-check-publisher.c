/* Who publishes, and where: the publisher and the channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counters of the whole server are evidence, not proof: other programs publish there too.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "diagnosis/tsm-checks.h"
#include "diagnosis/tsm-near-miss.h"

/* Of a name that differs so little, and of events of which we get none, we are sure. */
#define ALIKE         0.9
/* Fewer may have fallen between two readings. */
#define MIN_TALLY     2.5
/* By whom else listens: a command now and then, which no search may hear; and trying out whether it is permitted to send one. s */
#define COMMAND_SECONDS 10.0
#define TRIAL_SECONDS   60.0
/* What other programs publish has to be watched for so long before something can be said of a stream that stopped. s */
#define MIN_WATCHED     15.0
/* They do not publish at a steady rate. */
#define UNSTEADY        2.0
/* Of the rate of the stream that stopped, what is published elsewhere has to be this part. */
#define MIN_PART        0.5
#define N_CLIENTS_NAMED 8

/* The examination where it says something about the present silence: nothing has come since it ended. */
static const TsmExamination *
get_examination (const TsmDiagnosisFacts *facts)
{
  if (facts->examination == NULL || facts->examination->finished <= facts->intake.last)
    return NULL;
  return facts->examination;
}

/* Messages per second that other programs may publish; where nothing ever came, those that a search of all channels heard. Of a stream
 * that stopped it has to be known what they did before, and that there is more now, as much as is missing: else it did not move
 * elsewhere, but just stopped. */
static double
get_explained (const TsmDiagnosisFacts *facts)
{
  const TsmExamination *examination = facts->examination;
  double commands = examination->n_listeners / COMMAND_SECONDS;

  if (facts->intake.last == 0)
    return commands + examination->others * UNSTEADY;
  if (examination->others_seconds < MIN_WATCHED || !(facts->semantics.all.cadence > 0))
    return INFINITY;
  return commands + MAX (examination->others * UNSTEADY, examination->others + MIN_PART / facts->semantics.all.cadence);
}

/* Messages of which it is not known who published them, and which are more than can be explained. */
static double
count_unheard (const TsmDiagnosisFacts *facts)
{
  const TsmTally *tally = &facts->examination->tally;
  double unheard = tally->unheard - get_explained (facts) * tally->seconds;

  return unheard >= MIN_TALLY ? unheard : 0;
}

static double
count_denied (const TsmExamination *examination)
{
  const TsmTally *tally = &examination->tally;

  return tally->denied - examination->n_listeners * (1 + tally->seconds / TRIAL_SECONDS);
}

static gboolean
lacks_metrics (const TsmDiagnosisFacts *facts)
{
  return facts->semantics.metrics.n_events == 0;
}

/* (nullable): the one that carries what we miss */
static const TsmNearMiss *
find_near_miss (const TsmDiagnosisFacts *facts)
{
  const TsmExamination *examination = facts->examination;
  gboolean is_quiet;

  if (examination == NULL || !tsm_diagnosis_facts_is_listening (facts))
    return NULL;

  /* One that was found is believed at once, without waiting for the silence to become long. */
  is_quiet = get_examination (facts) != NULL
             && (facts->intake.last == 0 || tsm_diagnosis_facts_is_quiet (facts));
  for (guint i = 0; i < examination->near_misses->len; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (examination->near_misses, i);

      if (is_quiet && (tsm_near_miss_has_events (miss) || miss->likeness >= ALIKE))
        return miss;
      if (!is_quiet && lacks_metrics (facts) && miss->n_metrics > 0 && tsm_near_miss_has_events (miss))
        return miss;
    }
  return NULL;
}

TSM_CHECK (tsm_check_wrong_channel)
{
  const TsmNearMiss *miss = find_near_miss (facts);

  if (miss == NULL)
    return FALSE;

  tsm_findings_set (findings, "heard", miss->channel);
  if (miss->wanted != NULL)
    tsm_findings_set (findings, "channel", miss->wanted);
  tsm_findings_set (findings, "subject", miss->channel);
  tsm_findings_set_rate (findings, "rate", miss->rate);
  if (miss->difference != NULL)
    tsm_findings_add (findings, NULL, _("the names differ in: %s"), miss->difference);
  if (miss->sample_summary != NULL)
    tsm_findings_add (findings, NULL, _("a message from there: %s"), miss->sample_summary);
  return TRUE;
}

static gboolean
is_quiet_by_examination (const TsmDiagnosisFacts *facts)
{
  return get_examination (facts) != NULL && tsm_diagnosis_facts_is_quiet (facts);
}

/* Whether so many of another command in the span of the tally may be what came here before it stopped, or never came. */
static gboolean
may_be_ours (const TsmDiagnosisFacts *facts,
             double                   n)
{
  if (facts->intake.last == 0)
    return n >= 1;
  return n >= 1 && n * facts->semantics.all.cadence >= facts->examination->tally.seconds * MIN_PART;
}

TSM_CHECK (tsm_check_shard_channel)
{
  const TsmExamination *examination = get_examination (facts);

  if (!is_quiet_by_examination (facts) || !may_be_ours (facts, examination->tally.shard_publishes))
    return FALSE;

  tsm_findings_set_rate (findings, "rate", examination->tally.shard_publishes / MAX (examination->tally.seconds, 1));
  for (guint i = 0; examination->shard_channels != NULL && examination->shard_channels[i] != NULL; i++)
    tsm_findings_add (findings, "PUBSUB SHARDCHANNELS", "%s", examination->shard_channels[i]);
  return TRUE;
}

static double
count_writes (const TsmExamination *examination)
{
  return examination->tally.stream_adds + examination->tally.list_pushes;
}

static const TsmChannelFacts *
find_key (const TsmExamination *examination)
{
  for (guint i = 0; i < examination->channels->len; i++)
    {
      const TsmChannelFacts *channel = g_ptr_array_index (examination->channels, i);

      if (channel->key_type != NULL && !g_str_equal (channel->key_type, "none"))
        return channel;
    }
  return NULL;
}

TSM_CHECK (tsm_check_key_of_that_name)
{
  const TsmChannelFacts *channel;
  g_autofree char *command = NULL;

  /* An engine may well keep in a key what it publishes; that it only does the one any more shows in that it still does. */
  if (!is_quiet_by_examination (facts) || (facts->intake.last != 0 && !may_be_ours (facts, count_writes (get_examination (facts)))))
    return FALSE;

  channel = find_key (get_examination (facts));
  if (channel == NULL)
    return FALSE;

  command = g_strdup_printf ("TYPE %s", channel->name);
  tsm_findings_add (findings, command, "%s", channel->key_type);
  tsm_findings_set (findings, "key", channel->name);
  tsm_findings_set (findings, "type", channel->key_type);
  return TRUE;
}

/* Where we may not ask for the type of a key, that commands are counted which write such data has to do; but not of a stream that did
 * come, as many programs use such commands. */
TSM_CHECK (tsm_check_other_commands)
{
  const TsmExamination *examination = get_examination (facts);
  const TsmChannelFacts *first;

  if (!is_quiet_by_examination (facts) || examination->channels->len == 0 || facts->intake.last != 0)
    return FALSE;

  first = g_ptr_array_index (examination->channels, 0);
  if (first->key_type != NULL || count_unheard (facts) > 0
      || count_writes (examination) < 1)
    return FALSE;

  tsm_findings_set (findings, "command", examination->tally.stream_adds >= 1 ? "XADD" : "LPUSH");
  tsm_findings_set_rate (findings, "rate", count_writes (examination) / MAX (examination->tally.seconds, 1));
  return TRUE;
}

/* Messages that no search heard. After a deep one there is no channel left where they could be. */
TSM_CHECK (tsm_check_unknown_channel)
{
  const TsmExamination *examination = get_examination (facts);

  if (!is_quiet_by_examination (facts) || tsm_examination_searched_all (examination) || count_unheard (facts) <= 0)
    return FALSE;

  tsm_findings_set_rate (findings, "rate", count_unheard (facts) / MAX (examination->tally.seconds, 1));
  tsm_findings_set (findings, "pattern", examination->pattern != NULL ? examination->pattern : _("our own channels"));
  return TRUE;
}

gboolean
tsm_check_is_published_elsewhere (const TsmDiagnosisFacts *facts)
{
  g_autoptr (TsmFindings) unused = tsm_findings_new ();

  return find_near_miss (facts) != NULL
         || tsm_check_published_at_kin (facts, unused, 0)
         || tsm_check_shard_channel (facts, unused, 0)
         || tsm_check_key_of_that_name (facts, unused, 0)
         || tsm_check_other_commands (facts, unused, 0)
         || tsm_check_unknown_channel (facts, unused, 0);
}

TSM_CHECK (tsm_check_publisher_denied)
{
  const TsmExamination *examination = get_examination (facts);

  if (!is_quiet_by_examination (facts) || count_denied (examination) < 1 || tsm_check_is_published_elsewhere (facts))
    return FALSE;

  tsm_findings_set_rate (findings, "rate", examination->tally.denied / MAX (examination->tally.seconds, 1));
  tsm_findings_add (findings, "INFO commandstats", _("cmdstat_publish: %ld refused since the server was started, %ld carried out"),
                    (glong) examination->after.publish_rejected, (glong) examination->after.publish_calls);
  if (examination->after.channel_denials >= 0)
    tsm_findings_add (findings, "INFO stats", "acl_access_denied_channel: %" G_GINT64_FORMAT, examination->after.channel_denials);
  return TRUE;
}

/* Over a slow link, an examination may be over before anything was heard, and nothing refused either. */
static gboolean
has_searched (const TsmExamination *examination)
{
  return examination != NULL
         && (examination->listened > 0 || tsm_examination_get_missing (examination, TSM_RUNG_CHANNEL) != NULL);
}

/* Nothing has ever come, and it is too early to say why: the first examination that looks for it is still under way, but for one that
 * takes for ever. */
static gboolean
is_waiting (const TsmDiagnosisFacts *facts)
{
  gint64 patience = has_searched (facts->examination) ? facts->patience : 2 * facts->patience;

  return facts->intake.last == 0 && tsm_diagnosis_facts_get_silence (facts) < patience;
}

static gboolean
is_silent (const TsmDiagnosisFacts *facts)
{
  return tsm_diagnosis_facts_is_quiet (facts) && !is_waiting (facts) && !tsm_check_is_published_elsewhere (facts);
}

/* -1: not known. CLIENT LIST says who; INFO clients at least how many. */
static int
count_candidates (const TsmExamination *examination)
{
  if (examination == NULL)
    return -1;
  return examination->n_candidates >= 0 ? examination->n_candidates : examination->n_others;
}

TSM_CHECK (tsm_check_no_publisher)
{
  if (!is_silent (facts) || facts->intake.last != 0 || count_candidates (get_examination (facts)) != 0)
    return FALSE;

  tsm_findings_set_age (findings, "age", tsm_diagnosis_facts_get_silence (facts));
  return TRUE;
}

TSM_CHECK (tsm_check_publisher_silent)
{
  int n = count_candidates (get_examination (facts));

  if (!is_silent (facts) || facts->intake.last != 0)
    return FALSE;

  tsm_findings_set_age (findings, "age", tsm_diagnosis_facts_get_silence (facts));
  if (n > 0)
    {
      g_autofree char *clients = g_strdup_printf (ngettext ("%d program that could publish is connected",
                                                            "%d programs that could publish are connected", n), n);

      tsm_findings_set (findings, "clients", clients);
    }
  else
    tsm_findings_set (findings, "clients", _("Whether the engine is connected is not known"));
  return TRUE;
}

TSM_CHECK (tsm_check_publisher_fell_silent)
{
  if (!is_silent (facts))
    return FALSE;

  tsm_findings_set_age (findings, "age", tsm_diagnosis_facts_get_silence (facts));
  return TRUE;
}

static void
add_clients (const TsmExamination *examination,
             TsmFindings          *findings)
{
  guint n_named = 0;

  for (guint i = 0; examination->clients != NULL && i < examination->clients->len && n_named < N_CLIENTS_NAMED; i++)
    {
      const TsmClientFacts *client = g_ptr_array_index (examination->clients, i);

      if (!client->is_candidate)
        continue;
      n_named++;
      tsm_findings_add (findings, "CLIENT LIST", _("%s at %s as user %s; last command %s, %d s ago"),
                        *client->name != '\0' ? client->name : _("a program without a name"), client->address, client->user,
                        client->last_command, (int) MIN (client->idle, G_MAXINT));
    }
  if (examination->n_candidates == 0)
    tsm_findings_add (findings, "CLIENT LIST", _("no program that could be a publisher"));
  if (examination->n_candidates < 0 && examination->n_others >= 0)
    tsm_findings_add (findings, "INFO clients", _("%d connections besides ours"), examination->n_others);
}

static void
add_tally (const TsmExamination *examination,
           TsmFindings          *findings)
{
  const TsmTally *tally = &examination->tally;

  if (examination->after.publish_calls < 0)
    return;

  tsm_findings_add (findings, "INFO commandstats",
                    _("in %.1f s: %.0f PUBLISH carried out, %.0f refused; %.0f SPUBLISH, %.0f XADD, %.0f LPUSH or RPUSH. These "
                      "are counts of the whole server, our own probes among them."),
                    tally->seconds, tally->publishes, tally->denied, tally->shard_publishes, tally->stream_adds,
                    tally->list_pushes);
}

/* Sets what all rungs have in common that need events to come. TRUE: there is nothing else to say. */
static gboolean
look_without_events (const TsmDiagnosisFacts *facts,
                     TsmRung                 *rung)
{
  if (!tsm_diagnosis_facts_is_listening (facts))
    {
      tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not reached")),
                    g_strdup (_("Without a subscription nothing can be heard.")));
      return TRUE;
    }
  if (is_waiting (facts) && !tsm_check_is_published_elsewhere (facts))
    {
      tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("listening")),
                    g_strdup (_("Listening; nothing has been heard yet.")));
      return TRUE;
    }
  return FALSE;
}

/* Messages that cannot be read have none. */
static char *
dup_sources (guint n)
{
  return n > 0 ? g_strdup_printf (ngettext ("%u source", "%u sources", n), n) : g_strdup (_("source not known"));
}

TSM_LOOK (tsm_look_at_publisher)
{
  if (facts->examination != NULL && tsm_diagnosis_facts_is_listening (facts))
    {
      add_tally (facts->examination, findings);
      add_clients (facts->examination, findings);
    }
  if (look_without_events (facts, rung))
    return;

  if (tsm_check_is_published_elsewhere (facts))
    tsm_look_set (rung, TSM_RUNG_PASS, g_strdup (_("publishes elsewhere")),
                  g_strdup (_("Somebody publishes, but not so that we hear it.")));
  else
    tsm_look_set (rung, TSM_RUNG_PASS, dup_sources (facts->semantics.n_sources), g_strdup (_("Somebody publishes.")));
}

static void
add_near_misses (const TsmExamination *examination,
                 TsmFindings          *findings)
{
  g_autofree char *command = g_strdup_printf ("PSUBSCRIBE %s", examination->pattern);
  const char *control = examination->control.name;

  if (examination->spares_control && control != NULL && tsm_pattern_matches (examination->pattern, control))
    tsm_findings_add (findings, command, _("in parts that leave out “%s”, where we would count as a listener"), control);
  for (guint i = 0; i < examination->near_misses->len && i < N_CLIENTS_NAMED; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (examination->near_misses, i);

      /* one that an earlier, wider search has found is listened to by its name */
      tsm_findings_add (findings, tsm_pattern_matches (examination->pattern, miss->channel) ? command : NULL,
                        _("heard “%s”: %u messages, %.1f per second; %u of the first %u are monitoring events"),
                        miss->channel, miss->n_messages, miss->rate, miss->n_events, miss->n_judged);
    }
  if (examination->near_misses->len == 0 && examination->listened > 0)
    tsm_findings_add (findings, command, _("nothing was heard on any other channel in %.1f s"), examination->listened);
}

TSM_LOOK (tsm_look_at_channel)
{
  if (facts->examination != NULL && facts->examination->pattern != NULL && tsm_diagnosis_facts_is_listening (facts))
    add_near_misses (facts->examination, findings);
  if (look_without_events (facts, rung))
    return;

  if (tsm_diagnosis_facts_is_quiet (facts))
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("nothing heard")),
                  get_examination (facts) != NULL && facts->examination->listened > 0
                    ? g_strdup (_("Nothing is heard on our channels, and nothing on similar ones."))
                    : g_strdup (_("Nothing is heard on our channels; similar ones have not been searched.")));
  else
    tsm_look_set (rung, TSM_RUNG_PASS, g_strdup (_("as expected")), g_strdup (_("Messages come on the channels of this connection.")));
}
