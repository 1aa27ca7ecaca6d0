/* The broker: whether the subscribed socket is alive, and stays so; and the way back, the control channel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "diagnosis/tsm-checks.h"

/* A server that answers at all answers a probe within milliseconds. µs. */
#define PROBE_PATIENCE (3 * G_USEC_PER_SEC)
/* For how long a link that was dropped is a fault, and not only a warning. µs. */
#define DROP_FRESH     (60 * G_USEC_PER_SEC)
#define FLAPPING_LOSSES 3

TSM_CHECK (tsm_check_slow_consumer)
{
  const TsmLinkFacts *link = &facts->link;

  if (link->recent_drops == 0)
    return FALSE;

  tsm_findings_set_age (findings, "age", facts->now - link->last_drop_time);
  tsm_findings_set_count (findings, "n", link->recent_drops);
  tsm_findings_add (findings, "INFO stats", "client_output_buffer_limit_disconnections: +%u", link->recent_drops);
  if (facts->now - link->last_drop_time > DROP_FRESH)
    tsm_findings_soften (findings);
  return TRUE;
}

static gboolean
is_given_up (const TsmLinkFacts *link)
{
  return link->subscriber != TSM_LINK_READY && g_error_matches (link->last_loss, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN)
         && (link->error == NULL || g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN)
             || g_error_matches (link->error, TSM_LINK_ERROR, TSM_LINK_ERROR_TIMEOUT));
}

TSM_CHECK (tsm_check_half_open)
{
  const TsmLinkFacts *link = &facts->link;
  gint64 since = link->waiting_since;

  if (is_given_up (link))
    since = link->last_loss_time;
  else if (link->subscriber != TSM_LINK_READY || since == 0 || facts->now - since < PROBE_PATIENCE || link->paused)
    return FALSE;

  tsm_findings_set_age (findings, "age", facts->now - since);
  tsm_findings_add (findings, "PUBLISH", _("a probe was sent and did not come back; no byte has come since"));
  return TRUE;
}

TSM_CHECK (tsm_check_flapping)
{
  if (facts->link.recent_losses < FLAPPING_LOSSES)
    return FALSE;

  tsm_findings_set_count (findings, "n", facts->link.recent_losses);
  tsm_findings_set (findings, "words", facts->link.last_loss != NULL ? facts->link.last_loss->message : NULL);
  if (facts->link.last_loss != NULL)
    tsm_findings_add (findings, NULL, _("the last time: %s"), facts->link.last_loss->message);
  return TRUE;
}

static void
look_without_probe (const TsmDiagnosisFacts *facts,
                    TsmFindings             *findings,
                    TsmRung                 *rung)
{
  g_autofree char *grant = g_strdup_printf ("ACL SETUSER %s +publish &tickstock:monitoring:probe:*",
                                            facts->user != NULL ? facts->user : "default");

  tsm_findings_add (findings, "PUBLISH", "%s", facts->link.probe_error);
  tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not permitted")),
                g_strdup (_("The server does not let us send a probe, so only its keep-alive watches the connection.")));
  rung->remedy = g_strdup_printf (_("Have this allowed: %s"), grant);
  rung->button = TSM_BUTTON_COPY_GRANT;
  rung->subject = g_steal_pointer (&grant);
}

TSM_LOOK (tsm_look_at_broker)
{
  const TsmLinkFacts *link = &facts->link;

  rung->duration = link->round_trip;
  if (link->recent_losses > 0)
    tsm_findings_add (findings, NULL, _("connections lost in the last five minutes: %u"), link->recent_losses);

  if (link->subscriber != TSM_LINK_READY)
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not reached")), g_strdup (_("There is no subscription yet.")));
  else if (link->probe_error != NULL)
    look_without_probe (facts, findings, rung);
  else if (link->command != TSM_LINK_READY)
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("no probe")),
                  g_strdup (_("The link for commands is not ready, so no probe can be sent.")));
  else if (link->round_trip < 0)
    tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("probing")), g_strdup (_("The first probe is on its way.")));
  else
    {
      tsm_findings_add (findings, "PUBLISH", _("a probe came back in %.1f ms"), link->round_trip / 1000.0);
      tsm_look_set (rung, TSM_RUNG_PASS, g_strdup_printf (_("%.1f ms"), link->round_trip / 1000.0),
                    g_strdup (_("A message to ourselves comes through the server.")));
    }
}

/* Of the live link's last question or command, else of the examination. */
static gint64
get_receivers (const TsmDiagnosisFacts *facts)
{
  if (facts->control_receivers >= 0 || facts->examination == NULL)
    return facts->control_receivers;
  return facts->examination->control.subscribers;
}

static const char *
get_denial (const TsmDiagnosisFacts *facts)
{
  if (facts->control_error != NULL)
    return facts->control_error;
  if (facts->examination != NULL && facts->examination->control_error != NULL)
    return facts->examination->control_error;
  /* Where no probe may be published for want of the command itself, no command may either. */
  if (facts->link.probe_error != NULL && strstr (facts->link.probe_error, "'publish'") != NULL)
    return facts->link.probe_error;
  return NULL;
}

TSM_CHECK (tsm_check_control_denied)
{
  const char *words = get_denial (facts);
  g_autofree char *grant = NULL;

  if (words == NULL || facts->read_only || facts->link.command != TSM_LINK_READY)
    return FALSE;

  grant = g_strdup_printf ("ACL SETUSER %s +publish &%s", facts->user != NULL ? facts->user : "default",
                           facts->control_channel != NULL ? facts->control_channel : "");
  tsm_findings_set (findings, "subject", grant);
  tsm_findings_set (findings, "words", words);
  tsm_findings_add (findings, "PUBLISH", "%s", words);
  return TRUE;
}

TSM_CHECK (tsm_check_control_deaf)
{
  return !facts->read_only && facts->link.command == TSM_LINK_READY && get_receivers (facts) == 0;
}

TSM_LOOK (tsm_look_at_control)
{
  gint64 receivers = get_receivers (facts);
  g_autofree char *command = g_strdup_printf ("PUBSUB NUMSUB %s", facts->control_channel != NULL ? facts->control_channel : "");

  if (facts->read_only)
    {
      tsm_look_set (rung, TSM_RUNG_SKIPPED, g_strdup (_("read-only")), g_strdup (_("This connection sends no commands.")));
      return;
    }
  if (facts->link.command != TSM_LINK_READY)
    {
      tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not reached")), g_strdup (_("The link for commands is not ready.")));
      return;
    }
  if (receivers < 0)
    {
      tsm_look_set (rung, TSM_RUNG_UNKNOWN, g_strdup (_("not known")),
                    g_strdup (_("It is not known how many listen to the control channel.")));
      return;
    }

  tsm_findings_add (findings, command, "%" G_GINT64_FORMAT, receivers);
  tsm_look_set (rung, TSM_RUNG_PASS,
                g_strdup_printf (ngettext ("%d listener", "%d listeners", (gulong) receivers), (int) MIN (receivers, G_MAXINT)),
                g_strdup (_("Somebody listens to our commands.")));
}
