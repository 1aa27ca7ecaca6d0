/* The path of the connection: resolve, connect, TLS, server, authenticate, subscribe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-checks.h"

void
tsm_look_set (TsmRung      *rung,
              TsmRungState  state,
              char         *summary,
              char         *cause)
{
  g_free (rung->summary);
  g_free (rung->cause);
  rung->state = state;
  rung->summary = summary;
  rung->cause = cause;
}

TSM_CHECK (tsm_check_path)
{
  const TsmPathStep *step = &facts->path[argument >> 8];

  if (step->state != TSM_RUNG_FAIL || !g_error_matches (step->error, TSM_LINK_ERROR, argument & 0xff))
    return FALSE;

  tsm_findings_set (findings, "words", step->error->message);
  return TRUE;
}

static gboolean
is_replica (const TsmDiagnosisFacts *facts)
{
  return g_strcmp0 (facts->server.role, "slave") == 0;
}

static void
set_primary (const TsmDiagnosisFacts *facts,
             TsmFindings             *findings)
{
  g_autofree char *address = NULL;

  if (facts->server.master_host != NULL)
    address = g_strdup_printf ("%s:%d", facts->server.master_host, facts->server.master_port);
  tsm_findings_set (findings, "primary", address != NULL ? address : _("its primary"));
}

TSM_CHECK (tsm_check_replica_link)
{
  if (!is_replica (facts) || g_strcmp0 (facts->server.link_status, "down") != 0)
    return FALSE;

  set_primary (facts, findings);
  if (facts->server.link_down_seconds > 0)
    tsm_findings_add (findings, "INFO replication", _("master_link_status: down since %d s"),
                      (int) MIN (facts->server.link_down_seconds, G_MAXINT));
  return TRUE;
}

TSM_CHECK (tsm_check_published_at_kin)
{
  const TsmKinFacts *best = NULL;

  if (facts->examination == NULL || !tsm_diagnosis_facts_is_quiet (facts))
    return FALSE;

  for (guint i = 0; i < facts->examination->kin->len; i++)
    {
      const TsmKinFacts *kin = g_ptr_array_index (facts->examination->kin, i);

      if (kin->n_heard > (best != NULL ? best->n_heard : 0))
        best = kin;
    }
  if (best == NULL || facts->examination->finished < facts->intake.last)
    return FALSE;

  tsm_findings_set (findings, "kin", best->address);
  tsm_findings_set_rate (findings, "rate", best->n_heard / MAX (best->seconds, 1));
  return TRUE;
}

/* What we publish on a replica goes to the clients of that replica only; so it is well only where somebody there listens. */
TSM_CHECK (tsm_check_replica)
{
  if (!is_replica (facts) || facts->read_only || facts->control_receivers > 0)
    return FALSE;

  set_primary (facts, findings);
  return TRUE;
}

/* From Redis 6: "…has no permissions to run the 'subscribe' command"; for channels: "…to access one of the channels…" */
static gboolean
is_command_denied (const GError *error)
{
  return g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION)
         && strstr (error->message, "channel") == NULL && strstr (error->message, "command") != NULL;
}

TSM_CHECK (tsm_check_command_denied)
{
  const TsmPathStep *step = &facts->path[TSM_RUNG_SUBSCRIBE];
  g_autofree char *grant = NULL;

  if (step->state != TSM_RUNG_FAIL || !is_command_denied (step->error))
    return FALSE;

  grant = g_strdup_printf ("ACL SETUSER %s +subscribe +psubscribe", facts->user != NULL ? facts->user : "default");
  tsm_findings_set (findings, "words", step->error->message);
  tsm_findings_set (findings, "subject", grant);
  return TRUE;
}

/* The names of the channels that are (not) acknowledged, and the line that would allow them. */
static guint
name_refused (const TsmDiagnosisFacts *facts,
              TsmFindings             *findings)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) grant = g_string_new (NULL);
  guint n = 0;

  g_string_printf (grant, "ACL SETUSER %s", facts->user != NULL ? facts->user : "default");
  for (guint i = 0; i < facts->channels->len; i++)
    {
      const TsmHeardChannel *channel = g_ptr_array_index (facts->channels, i);

      if (channel->acknowledged)
        continue;
      g_string_append_printf (names, "%s“%s”", n++ > 0 ? ", " : "", channel->name);
      g_string_append_printf (grant, " &%s", channel->name);
    }

  tsm_findings_set (findings, "channels", names->str);
  tsm_findings_set (findings, "subject", grant->str);
  return n;
}

TSM_CHECK (tsm_check_channels_denied)
{
  const TsmPathStep *step = &facts->path[TSM_RUNG_SUBSCRIBE];

  if (step->state != TSM_RUNG_FAIL || !g_error_matches (step->error, TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION))
    return FALSE;

  name_refused (facts, findings);
  tsm_findings_set (findings, "words", step->error->message);
  return TRUE;
}

TSM_CHECK (tsm_check_some_channels_denied)
{
  return tsm_diagnosis_facts_is_listening (facts) && name_refused (facts, findings) > 0;
}

static const char *const pass_sentences[TSM_N_PATH_RUNGS] = {
  [TSM_RUNG_RESOLVE] = N_("The name {host} is known."),
  [TSM_RUNG_CONNECT] = N_("The connection to {address} is made."),
  [TSM_RUNG_TLS] = N_("The connection is encrypted, and the certificate is good."),
  [TSM_RUNG_SERVER] = N_("It is {server}."),
  [TSM_RUNG_AUTHENTICATE] = N_("The server knows us as “{user}”."),
  [TSM_RUNG_SUBSCRIBE] = N_("The server has acknowledged every channel."),
};

static const char *const skip_sentences[TSM_N_PATH_RUNGS] = {
  [TSM_RUNG_RESOLVE] = N_("There is no name to resolve."),
  [TSM_RUNG_TLS] = N_("This connection does not use TLS."),
};

static char *
describe_duration (gint64 duration)
{
  return duration >= 0 ? g_strdup_printf (_("%.1f ms"), duration / 1000.0) : g_strdup (_("OK"));
}

TSM_LOOK (tsm_look_at_path)
{
  const TsmPathStep *step = &facts->path[rung->id];

  rung->duration = step->duration;
  if (step->words != NULL && *step->words != '\0')
    tsm_findings_add (findings, NULL, "%s", step->words);

  switch (step->state)
    {
    case TSM_RUNG_PASS:
    case TSM_RUNG_WARN:
      tsm_look_set (rung, step->state, describe_duration (step->duration),
                    tsm_findings_fill (findings, _(pass_sentences[rung->id])));
      break;

    case TSM_RUNG_FAIL:
      tsm_look_set (rung, TSM_RUNG_FAIL, g_strdup (_("failed")),
                    g_strdup (step->error != NULL ? step->error->message : _("This step failed.")));
      if (step->error != NULL)
        tsm_findings_add (findings, NULL, "%s", step->error->message);
      break;

    case TSM_RUNG_SKIPPED:
      tsm_look_set (rung, TSM_RUNG_SKIPPED, g_strdup (_("not used")),
                    g_strdup (skip_sentences[rung->id] != NULL ? _(skip_sentences[rung->id]) : ""));
      break;

    case TSM_RUNG_UNKNOWN:
    default:
      tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not reached")),
                    g_strdup (_("The connection has not come this far.")));
      break;
    }
}

static void
add_number (TsmFindings *findings,
            const char  *command,
            const char  *name,
            gint64       value)
{
  if (value >= 0)
    tsm_findings_add (findings, command, "%s: %" G_GINT64_FORMAT, name, value);
}

static void
add_text (TsmFindings *findings,
          const char  *command,
          const char  *name,
          const char  *value)
{
  if (value != NULL && *value != '\0')
    tsm_findings_add (findings, command, "%s: %s", name, value);
}

static void
add_server (const TsmServerFacts *server,
            TsmFindings          *findings)
{
  add_text (findings, "INFO server", "redis_mode", server->mode);
  add_text (findings, "INFO server", "run_id", server->run_id);
  add_number (findings, "INFO server", "uptime_in_seconds", server->uptime_seconds);
  add_text (findings, "INFO replication", "role", server->role);
  add_text (findings, "INFO replication", "master_host", server->master_host);
  add_number (findings, "INFO replication", "master_port", server->master_port);
  add_text (findings, "INFO replication", "master_link_status", server->link_status);
  for (guint i = 0; server->replicas != NULL && server->replicas[i] != NULL; i++)
    add_text (findings, "INFO replication", "slave", server->replicas[i]);
  add_number (findings, "INFO cluster", "cluster_enabled", server->cluster_enabled);
  if (server->cluster_enabled == 1)
    tsm_findings_add (findings, NULL, _("It is a cluster: what PUBSUB answers is true for this node only."));
  add_number (findings, "INFO clients", "connected_clients", server->connected_clients);
  add_number (findings, "INFO clients", "maxclients", server->max_clients);
}

static void
add_kin (const TsmDiagnosisFacts *facts,
         TsmFindings             *findings)
{
  for (guint i = 0; facts->examination != NULL && i < facts->examination->kin->len; i++)
    {
      const TsmKinFacts *kin = g_ptr_array_index (facts->examination->kin, i);

      if (kin->error != NULL)
        tsm_findings_add (findings, NULL, _("%s %s could not be asked: %s"), kin->role, kin->address, kin->error);
      else
        tsm_findings_add (findings, NULL, _("%s %s: %u messages on our channels in %.1f s"), kin->role, kin->address,
                          kin->n_heard, kin->seconds);
    }
}

TSM_LOOK (tsm_look_at_server)
{
  const TsmServerFacts *server = &facts->server;

  tsm_look_at_path (facts, findings, rung);
  if (rung->state != TSM_RUNG_PASS)
    return;

  add_server (server, findings);
  add_kin (facts, findings);
  g_free (rung->summary);
  if (server->version != NULL)
    rung->summary = g_strdup_printf ("%s %s", server->product != NULL ? server->product : "Redis", server->version);
  else
    rung->summary = g_strdup (_("OK"));
  if (facts->database > 0)
    tsm_findings_add (findings, NULL, _("The address names database %d. That makes no difference: publishing and subscribing "
                                        "ignore the number."), facts->database);
}

TSM_LOOK (tsm_look_at_identity)
{
  tsm_look_at_path (facts, findings, rung);
  if (rung->state == TSM_RUNG_PASS && facts->user != NULL)
    {
      g_free (rung->summary);
      rung->summary = g_strdup (facts->user);
    }
  if (facts->examination != NULL && facts->examination->who != NULL)
    tsm_findings_add (findings, "ACL WHOAMI", "%s", facts->examination->who);
}

static void
add_channels (const TsmDiagnosisFacts *facts,
              TsmFindings             *findings)
{
  for (guint i = 0; i < facts->channels->len; i++)
    {
      const TsmHeardChannel *channel = g_ptr_array_index (facts->channels, i);
      g_autofree char *command = g_strdup_printf ("%s %s", channel->is_pattern ? "PSUBSCRIBE" : "SUBSCRIBE", channel->name);

      tsm_findings_add (findings, command, channel->acknowledged ? _("acknowledged; %lu messages so far")
                                                                 : _("not acknowledged; %lu messages so far"),
                        (gulong) channel->messages);
    }

  for (guint i = 0; facts->examination != NULL && i < facts->examination->channels->len; i++)
    {
      const TsmChannelFacts *channel = g_ptr_array_index (facts->examination->channels, i);
      g_autofree char *command = g_strdup_printf ("PUBSUB NUMSUB %s", channel->name);

      if (channel->subscribers >= 0)
        tsm_findings_add (findings, command, "%" G_GINT64_FORMAT, channel->subscribers);
    }
}

TSM_LOOK (tsm_look_at_subscription)
{
  guint n = 0;

  tsm_look_at_path (facts, findings, rung);
  add_channels (facts, findings);
  for (guint i = 0; i < facts->channels->len; i++)
    n += ((TsmHeardChannel *) g_ptr_array_index (facts->channels, i))->acknowledged;

  if (rung->state == TSM_RUNG_PASS)
    {
      g_free (rung->summary);
      rung->summary = g_strdup_printf (_("%u of %u acknowledged"), n, facts->channels->len);
    }
}
