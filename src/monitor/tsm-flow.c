/* Judging each step of the event path from the facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step that cannot be judged because one before it fails stays unknown: only the first broken step is red.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-age.h"
#include "monitor/tsm-flow.h"

/* How long a rejected message keeps the Decode step amber. */
#define REJECTED_MEMORY_US (5 * 60 * G_USEC_PER_SEC)

static const char *const labels[TSM_N_FLOW_STEPS] = {
  [TSM_FLOW_REDIS]     = N_("Redis"),
  [TSM_FLOW_CHANNEL]   = N_("Channel"),
  [TSM_FLOW_PUBLISHER] = N_("Publisher"),
  [TSM_FLOW_EVENTS]    = N_("Events"),
  [TSM_FLOW_DECODE]    = N_("Decode"),
};

/**
 * tsm_flow_step_get_label:
 * @id: a step
 *
 * Returns: its translated name
 */
const char *
tsm_flow_step_get_label (TsmFlowStepId id)
{
  g_return_val_if_fail (id < TSM_N_FLOW_STEPS, "");

  return _(labels[id]);
}

/**
 * tsm_flow_clear:
 * @self: a flow
 *
 * Frees the texts within.
 */
void
tsm_flow_clear (TsmFlow *self)
{
  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    {
      g_clear_pointer (&self->steps[i].text, g_free);
      g_clear_pointer (&self->steps[i].detail, g_free);
    }
}

/* A count for people, grouped as their language does; as text, since a format macro within a message cannot be translated. */
static char *
format_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

/* Takes both texts. */
static void
set_step (TsmFlow       *self,
          TsmFlowStepId  id,
          TsmFlowState   state,
          char          *text,
          char          *detail)
{
  self->steps[id].state = state;
  self->steps[id].text = text;
  self->steps[id].detail = detail;
}

static char *
describe_server (const TsmFlowFacts *facts)
{
  const TsmServerInfo *server = facts->server;
  g_autofree char *uptime = NULL;

  if (server == NULL || server->version == NULL)
    return g_strdup_printf (_("Connected to %s."), facts->address);
  if (server->uptime_seconds < 0)
    return g_strdup_printf (_("Connected to %s: %s %s."), facts->address, server->product, server->version);

  uptime = tsm_format_age (server->uptime_seconds * G_USEC_PER_SEC);
  return g_strdup_printf (_("Connected to %s: %s %s, up %s."), facts->address, server->product, server->version, uptime);
}

static void
judge_redis_ready (TsmFlow            *self,
                   const TsmFlowFacts *facts)
{
  g_autofree char *server = describe_server (facts);

  if (facts->on_replica && facts->command == TSM_LINK_READY)
    set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_WARN, g_strdup (_("a replica")),
              g_strdup_printf (_("%s This is a replica: commands sent here do not reach an engine on the primary."), server));
  else if (facts->probe_error != NULL)
    set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_PASS, g_strdup (_("connected")),
              g_strdup_printf (_("%s No probe can be sent, so a dead link is noticed later: %s"), server, facts->probe_error));
  else if (facts->command != TSM_LINK_READY)
    set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_WARN, g_strdup (_("commands offline")),
              g_strdup_printf (_("%s The link for commands is down%s%s"), server,
                               facts->error != NULL ? ": " : ".", facts->error != NULL ? facts->error : ""));
  else if (facts->round_trip < 0)
    set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_PASS, g_strdup (_("connected")), g_steal_pointer (&server));
  else
    set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_PASS,
              g_strdup_printf (_("%.1f ms"), facts->round_trip / 1000.0),
              g_strdup_printf (_("%s A probe through the broker came back in %.1f ms."), server, facts->round_trip / 1000.0));
}

static void
judge_redis_waiting (TsmFlow            *self,
                     const TsmFlowFacts *facts)
{
  gint64 wait = MAX (facts->next_attempt - facts->now, 0);
  int seconds = (int) ((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_FAIL,
            seconds > 0 ? g_strdup_printf (_("no connection, retry in %d s"), seconds)
                        : g_strdup (_("no connection, retrying")),
            g_strdup (facts->error != NULL ? facts->error : _("The connection was lost.")));
}

static void
judge_redis (TsmFlow            *self,
             const TsmFlowFacts *facts)
{
  switch (facts->subscriber)
    {
    case TSM_LINK_READY:
    case TSM_LINK_SUBSCRIBING:
      judge_redis_ready (self, facts);
      break;

    case TSM_LINK_WAITING:
      judge_redis_waiting (self, facts);
      break;

    case TSM_LINK_IDLE:
      set_step (self, TSM_FLOW_REDIS, TSM_FLOW_STATE_UNKNOWN, g_strdup (_("not connected")),
                g_strdup (_("Connect to a server to see events.")));
      break;

    case TSM_LINK_RESOLVING:
    case TSM_LINK_CONNECTING:
    case TSM_LINK_SECURING:
    case TSM_LINK_AUTHENTICATING:
    default:
      /* An attempt under way after a failed one is still a failure: the strip must not blink between the two. */
      set_step (self, TSM_FLOW_REDIS, facts->error != NULL ? TSM_FLOW_STATE_FAIL : TSM_FLOW_STATE_BUSY,
                facts->error != NULL ? g_strdup (_("no connection, retrying")) : g_strdup (_("connecting")),
                facts->error != NULL ? g_strdup (facts->error)
                                     : g_strdup_printf (_("Connecting to %s."), facts->address));
      break;
    }
}

static void
judge_channel (TsmFlow            *self,
               const TsmFlowFacts *facts)
{
  if (facts->subscriber < TSM_LINK_SUBSCRIBING)
    set_step (self, TSM_FLOW_CHANNEL, TSM_FLOW_STATE_UNKNOWN, g_strdup (_("not reached")),
              g_strdup (_("There is no connection to subscribe on.")));
  else if (facts->n_acknowledged == facts->n_channels && facts->n_channels > 0)
    set_step (self, TSM_FLOW_CHANNEL, TSM_FLOW_STATE_PASS, g_strdup (_("acknowledged")),
              g_strdup_printf (ngettext ("The server acknowledged %u channel: %s.",
                                         "The server acknowledged %u channels, the first is %s.",
                                         facts->n_channels),
                               facts->n_channels, facts->channel));
  else if (facts->subscriber == TSM_LINK_SUBSCRIBING)
    set_step (self, TSM_FLOW_CHANNEL, TSM_FLOW_STATE_BUSY, g_strdup (_("subscribing")),
              g_strdup_printf (_("Waiting for the server to acknowledge %s."), facts->channel));
  else
    set_step (self, TSM_FLOW_CHANNEL, facts->n_acknowledged > 0 ? TSM_FLOW_STATE_WARN : TSM_FLOW_STATE_FAIL,
              g_strdup_printf (_("%u of %u acknowledged"), facts->n_acknowledged, facts->n_channels),
              g_strdup_printf (_("The server did not let us subscribe to %s. Ask its administrator for the channel "
                                 "permission of this user."), facts->channel));
}

static void
judge_publisher (TsmFlow            *self,
                 const TsmFlowFacts *facts)
{
  const TsmMonitorStats *stats = facts->stats;
  gint64 since = MAX (stats->last_received, facts->ready_since);
  gint64 silence = facts->now - since;
  g_autofree char *age = tsm_format_age (silence);

  if (facts->subscriber != TSM_LINK_READY)
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_UNKNOWN, g_strdup (_("not reached")),
              g_strdup (_("Without a subscription nothing can be heard.")));
  else if (stats->last_received == 0 && silence < facts->silent_after)
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_BUSY, g_strdup (_("listening")),
              g_strdup_printf (_("Nothing was heard yet. An engine publishes every 2 to 10 s; listening for %s."), age));
  else if (stats->last_received == 0)
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_FAIL, g_strdup_printf (_("nothing heard for %s"), age),
              g_strdup_printf (_("Connected and subscribed, and still nothing was published on %s. Check that the "
                                 "engine's monitoring service runs, and that it publishes to this server and channel."),
                               facts->channel));
  else if (silence >= facts->silent_after)
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_FAIL, g_strdup_printf (_("silent for %s"), age),
              g_strdup (_("Events did arrive and then stopped. Check that the engine's monitoring service still runs.")));
  else if (facts->n_sources > 0 && facts->n_active < facts->n_sources)
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_WARN,
              g_strdup_printf (_("%u of %u active"), facts->n_active, facts->n_sources),
              g_strdup (_("Some sources have fallen silent. The source chooser shows which.")));
  else
    set_step (self, TSM_FLOW_PUBLISHER, TSM_FLOW_STATE_PASS,
              g_strdup_printf (ngettext ("%u source", "%u sources", facts->n_sources), facts->n_sources),
              g_strdup_printf (ngettext ("%u source publishes.", "%u sources publish.", facts->n_sources),
                               facts->n_sources));
}

static void
judge_events (TsmFlow            *self,
              const TsmFlowFacts *facts)
{
  const TsmMonitorStats *stats = facts->stats;
  double rate = tsm_stats_get_rate (stats, facts->now);
  g_autofree char *ago = tsm_format_ago (facts->now - stats->last_received);
  g_autofree char *received = format_count (stats->received);
  gboolean flowing = self->steps[TSM_FLOW_PUBLISHER].state == TSM_FLOW_STATE_PASS
                     || self->steps[TSM_FLOW_PUBLISHER].state == TSM_FLOW_STATE_WARN;

  if (stats->last_received == 0)
    set_step (self, TSM_FLOW_EVENTS, TSM_FLOW_STATE_UNKNOWN, g_strdup (_("none yet")),
              g_strdup (_("No message has arrived since the program was started.")));
  else if (!flowing)
    set_step (self, TSM_FLOW_EVENTS, TSM_FLOW_STATE_UNKNOWN, g_strdup_printf (_("last %s"), ago),
              g_strdup_printf (_("The last message arrived %s."), ago));
  else if (facts->paused)
    set_step (self, TSM_FLOW_EVENTS, TSM_FLOW_STATE_WARN, g_strdup_printf (_("%.0f/s, %u waiting"), rate, facts->queued),
              g_strdup_printf (_("More arrives than can be decoded: %u messages wait and reading is paused. The server "
                                 "may drop this connection."), facts->queued));
  else
    set_step (self, TSM_FLOW_EVENTS, TSM_FLOW_STATE_PASS,
              g_strdup_printf (rate < 10 ? _("%.1f/s, last %s") : _("%.0f/s, last %s"), rate, ago),
              g_strdup_printf (_("%s messages so far; the last one %s."), received, ago));
}

static TsmFindingCode
worst_rejection (const TsmMonitorStats *stats)
{
  TsmFindingCode worst = TSM_FINDING_INVALID_JSON;

  for (guint i = 0; i < TSM_N_FINDING_CODES; i++)
    if (stats->rejected_by[i] > stats->rejected_by[worst])
      worst = i;
  return worst;
}

static void
judge_decode (TsmFlow            *self,
              const TsmFlowFacts *facts)
{
  const TsmMonitorStats *stats = facts->stats;
  guint64 accepted = stats->decoded + stats->repaired;
  guint64 total = accepted + stats->rejected;
  gboolean recent = stats->last_rejected != 0 && facts->now - stats->last_rejected < REJECTED_MEMORY_US;
  g_autofree char *used = format_count (accepted);
  g_autofree char *all = format_count (total);
  g_autofree char *repaired = format_count (stats->repaired);
  g_autofree char *rejected = format_count (stats->rejected);

  if (total == 0)
    set_step (self, TSM_FLOW_DECODE, TSM_FLOW_STATE_UNKNOWN, g_strdup (_("nothing to decode")),
              g_strdup (_("Messages are judged when they arrive.")));
  else if (stats->rejected == 0)
    set_step (self, TSM_FLOW_DECODE, TSM_FLOW_STATE_PASS, g_strdup_printf (_("%s of %s"), used, all),
              g_strdup_printf (_("Every message was understood; %s of them needed a repair."), repaired));
  else
    set_step (self, TSM_FLOW_DECODE,
              accepted == 0 ? TSM_FLOW_STATE_FAIL : recent ? TSM_FLOW_STATE_WARN : TSM_FLOW_STATE_PASS,
              g_strdup_printf (_("%s of %s"), used, all),
              g_strdup_printf (_("%s messages could not be used, most of them for “%s”. The Events page shows each with "
                                 "its reason."),
                               rejected, tsm_finding_code_get_name (worst_rejection (stats))));
}

/**
 * tsm_flow_judge:
 * @self: cleared, or all zero
 * @facts: what is known now
 *
 * Sets the state, text and detail of every step.
 */
void
tsm_flow_judge (TsmFlow            *self,
                const TsmFlowFacts *facts)
{
  g_return_if_fail (self != NULL && facts != NULL && facts->stats != NULL);

  judge_redis (self, facts);
  judge_channel (self, facts);
  judge_publisher (self, facts);
  judge_events (self, facts);
  judge_decode (self, facts);
}

/* The step that stands for a rung. The broker stands with Redis: its number is the round trip to the server, and its faults are
 * those of the link. The control channel has none: it is the way back, which no event takes; the Flow page tells of it. */
static const TsmFlowStepId rung_steps[TSM_N_RUNGS] = {
  [TSM_RUNG_RESOLVE] = TSM_FLOW_REDIS,
  [TSM_RUNG_CONNECT] = TSM_FLOW_REDIS,
  [TSM_RUNG_TLS] = TSM_FLOW_REDIS,
  [TSM_RUNG_SERVER] = TSM_FLOW_REDIS,
  [TSM_RUNG_AUTHENTICATE] = TSM_FLOW_REDIS,
  [TSM_RUNG_SUBSCRIBE] = TSM_FLOW_CHANNEL,
  [TSM_RUNG_BROKER] = TSM_FLOW_REDIS,
  [TSM_RUNG_PUBLISHER] = TSM_FLOW_PUBLISHER,
  [TSM_RUNG_CHANNEL] = TSM_FLOW_CHANNEL,
  [TSM_RUNG_DECODE] = TSM_FLOW_DECODE,
  [TSM_RUNG_SEMANTICS] = TSM_FLOW_EVENTS,
  [TSM_RUNG_CONTROL] = TSM_N_FLOW_STEPS,
};

/**
 * tsm_flow_find_step:
 * @rung: a judged rung
 *
 * A stream that stopped is shown where the silence is counted.
 *
 * Returns: the step that stands for it, %TSM_N_FLOW_STEPS for none
 */
TsmFlowStepId
tsm_flow_find_step (const TsmRung *rung)
{
  return g_strcmp0 (rung->code, "stale") == 0 ? TSM_FLOW_PUBLISHER : rung_steps[rung->id];
}

/* A step that is red by itself counts seconds, of silence or until it is tried again, and the decoder counts messages: that text
 * stays. */
static void
adopt_rung (TsmFlowStep   *step,
            const TsmRung *rung)
{
  if (step->state != TSM_FLOW_STATE_FAIL && rung->id != TSM_RUNG_DECODE)
    {
      g_free (step->text);
      step->text = g_strdup (rung->summary);
    }

  step->state = rung->state == TSM_RUNG_FAIL ? TSM_FLOW_STATE_FAIL : TSM_FLOW_STATE_WARN;
  g_free (step->detail);
  step->detail = rung->remedy != NULL ? g_strdup_printf ("%s %s", rung->cause, rung->remedy) : g_strdup (rung->cause);
}

/**
 * tsm_flow_adopt:
 * @self: a judged flow
 * @ladder: what the diagnosis says
 *
 * Takes over what the ladder has found, so that the strip and the ladder say the same: its verdict, and warnings on other steps.
 * Where the ladder has a first broken rung, no other step is red.
 */
void
tsm_flow_adopt (TsmFlow         *self,
                const TsmLadder *ladder)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);
  TsmFlowStepId first = TSM_N_FLOW_STEPS;

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      const TsmRung *rung = tsm_ladder_get_rung (ladder, i);
      TsmFlowStepId id = tsm_flow_find_step (rung);
      gboolean is_verdict = (int) i == verdict->rung;

      if (rung->code == NULL || id == TSM_N_FLOW_STEPS)
        continue;
      if (is_verdict || (rung->state == TSM_RUNG_WARN && self->steps[id].state == TSM_FLOW_STATE_PASS))
        adopt_rung (&self->steps[id], rung);
      if (is_verdict && rung->state == TSM_RUNG_FAIL)
        first = id;
    }

  for (guint i = 0; first != TSM_N_FLOW_STEPS && i < TSM_N_FLOW_STEPS; i++)
    if (i != first && self->steps[i].state == TSM_FLOW_STATE_FAIL)
      self->steps[i].state = TSM_FLOW_STATE_UNKNOWN;
}
