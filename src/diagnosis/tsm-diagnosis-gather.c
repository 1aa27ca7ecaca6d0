/* What the live connection knows, as facts; and the gaps that follow from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "diagnosis/tsm-diagnosis-private.h"
#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-path.h"

static void
gather_profile (TsmDiagnosis      *self,
                TsmDiagnosisFacts *facts)
{
  TsmProfile *profile = tsm_connection_get_profile (self->connection);
  const char *user = tsm_profile_get_user (profile);

  facts->address = tsm_profile_dup_display_url (profile);
  facts->host = g_strdup (tsm_profile_get_host (profile));
  facts->user = g_strdup (self->examination != NULL && self->examination->who != NULL ? self->examination->who
                          : user != NULL ? user : "default");
  facts->uses_tls = tsm_profile_uses_tls (profile);
  facts->database = tsm_profile_get_database (profile);
  facts->read_only = tsm_profile_is_read_only (profile);
  facts->control_channel = g_strdup (tsm_profile_get_control_channel (profile));
  facts->control_receivers = self->control_receivers;
  facts->control_error = g_strdup (self->control_error);
}

static void
gather_link (TsmDiagnosis *self,
             TsmLinkFacts *link)
{
  TsmConnection *connection = self->connection;
  const GError *error = tsm_connection_get_error (connection);

  link->subscriber = tsm_connection_get_subscriber_state (connection);
  link->command = tsm_connection_get_command_state (connection);
  link->error = error != NULL ? g_error_copy (error) : NULL;
  link->ready_since = tsm_connection_get_ready_since (connection);
  link->next_attempt = tsm_connection_get_next_attempt (connection);
  link->n_attempts = tsm_connection_get_n_attempts (connection);
  link->round_trip = tsm_connection_get_round_trip (connection);
  link->probe_error = g_strdup (tsm_connection_get_probe_error (connection));
  link->waiting_since = tsm_connection_get_silent_since (connection);
  link->paused = tsm_connection_is_paused (connection);
  link->queued = tsm_connection_get_queue_length (connection);
  tsm_losses_tell (&self->losses, self->now, link);
}

static void
gather_channels (TsmDiagnosis      *self,
                 TsmDiagnosisFacts *facts)
{
  for (guint i = 0; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      tsm_diagnosis_facts_add_channel (facts, channel.name, channel.is_pattern, channel.acknowledged, channel.messages);
    }
}

static void
set_text (char       **member,
          const char  *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

/* The examination knows more; the live link knows what it was told when it was made. */
static void
gather_server (TsmDiagnosis   *self,
               TsmServerFacts *server)
{
  const TsmServerInfo *info = tsm_connection_get_server_info (self->connection);
  gboolean is_same = self->examination != NULL && self->examination->server.run_id != NULL
                     && (info == NULL || info->run_id == NULL || g_strcmp0 (info->run_id, self->examination->server.run_id) == 0);

  if (is_same)
    {
      tsm_server_facts_copy (&self->examination->server, server);
      return;
    }
  if (info == NULL)
    return;

  set_text (&server->product, info->product);
  set_text (&server->version, info->version);
  set_text (&server->role, info->role);
  set_text (&server->run_id, info->run_id);
  set_text (&server->mode, info->mode);
  server->uptime_seconds = info->uptime_seconds;
}

TsmDiagnosisFacts *
tsm_diagnosis_gather (TsmDiagnosis *self)
{
  TsmDiagnosisFacts *facts = tsm_diagnosis_facts_new ();

  facts->now = self->now;
  facts->now_real = self->now_real;
  facts->patience = self->patience;
  facts->examination = self->examination != NULL ? tsm_examination_ref (self->examination) : NULL;
  gather_profile (self, facts);
  gather_link (self, &facts->link);
  gather_channels (self, facts);
  gather_server (self, &facts->server);
  facts->received = tsm_connection_get_n_received (self->connection);
  tsm_intake_look (self->intake, self->now, &facts->intake);
  tsm_semantics_look (self->semantics, self->now, facts->link.ready_since, &facts->semantics);
  tsm_path_fill (facts, tsm_connection_get_profile (self->connection));
  return facts;
}

/* Events per second that are due. */
static double
get_rate (const TsmDiagnosisFacts *facts)
{
  return 1.0 / facts->semantics.all.cadence;
}

static void
keep (TsmDiagnosis *self,
      TsmGapCause   cause,
      gboolean      is_open,
      gint64        start)
{
  if (is_open)
    tsm_gap_ledger_keep_open (self->gaps, cause, start, self->now, self->now_real, get_rate (self->facts));
  else
    tsm_gap_ledger_close (self->gaps, cause, self->now, self->now_real);
}

void
tsm_diagnosis_keep_ledger (TsmDiagnosis *self)
{
  const TsmDiagnosisFacts *facts = self->facts;
  gboolean is_down = facts->link.first_ready != 0 && facts->link.subscriber != TSM_LINK_READY;
  gboolean was_drop = tsm_losses_was_drop (&self->losses);
  gint64 lost = tsm_losses_get_time (&self->losses);

  /* One that was stopped by hand has no loss. */
  keep (self, TSM_GAP_DISCONNECTED, is_down && !was_drop, lost != 0 ? lost : self->now);
  keep (self, TSM_GAP_SHED, is_down && was_drop, lost);
  keep (self, TSM_GAP_PAUSED, facts->link.paused, self->now);
  keep (self, TSM_GAP_SILENT, !is_down && facts->semantics.all.n_events > 0 && tsm_diagnosis_facts_is_quiet (facts),
        MAX (facts->intake.last, facts->link.ready_since));
}
