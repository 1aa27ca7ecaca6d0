/* What is said of the steps of a trial: what they are called, and what was found on each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-trial-words.h"

#include <glib/gi18n-lib.h>

#include "redis/tsm-channel.h"

static const struct
{
  const char *name;
  const char *label;
} steps[] = {
  [TSM_TRIAL_RESOLVE] = { "resolve", N_("Look up the name") },
  [TSM_TRIAL_CONNECT] = { "connect", N_("Connect") },
  [TSM_TRIAL_TLS] = { "tls", N_("Secure with TLS") },
  [TSM_TRIAL_SERVER] = { "server", N_("Talk to the server") },
  [TSM_TRIAL_AUTHENTICATE] = { "authenticate", N_("Sign in") },
  [TSM_TRIAL_SUBSCRIBE] = { "subscribe", N_("Subscribe to the channels") },
  [TSM_TRIAL_CONTROL] = { "control", N_("Find who hears commands") },
};

/**
 * tsm_trial_step_get_label:
 * @step: a step
 *
 * Returns: what it does, translated
 */
const char *
tsm_trial_step_get_label (TsmTrialStep step)
{
  g_return_val_if_fail (step < TSM_N_TRIAL_STEPS, NULL);

  return _(steps[step].label);
}

/**
 * tsm_trial_step_get_name:
 * @step: a step
 *
 * Returns: what it is called in JSON, such as `resolve`; not translated
 */
const char *
tsm_trial_step_get_name (TsmTrialStep step)
{
  g_return_val_if_fail (step < TSM_N_TRIAL_STEPS, NULL);

  return steps[step].name;
}

static char *
describe_certificate (const TsmTlsReport *report)
{
  const TsmCertificate *certificate = report->certificate;

  if (certificate == NULL)
    return g_strdup (report->protocol);

  return certificate->pinned
           ? g_strdup_printf (_("%s, by the pinned certificate %s"), report->protocol, certificate->fingerprint)
           : g_strdup_printf (_("%s, certificate of %s, signed by %s"), report->protocol,
                              certificate->subject != NULL ? certificate->subject : "?",
                              certificate->issuer != NULL ? certificate->issuer : "?");
}

/* (transfer full): what a server says of itself */
char *
tsm_trial_words_for_server (const TsmServerInfo *info)
{
  gboolean replica = g_strcmp0 (info->role, "slave") == 0;

  if (info->version == NULL)
    return g_strdup (_("It speaks Redis; it does not say which version"));

  return g_strdup_printf (replica ? _("%s %s, a replica") : _("%s %s, a primary"), info->product, info->version);
}

/**
 * tsm_trial_words_for_step:
 * @step: a step that was passed
 * @profile: what is tried
 * @report: what was seen on the way
 * @endpoint: (nullable): where it led; %NULL for a Unix socket
 *
 * Returns: (transfer full) (nullable): what was found; %NULL where there is nothing to be said
 */
char *
tsm_trial_words_for_step (TsmTrialStep         step,
                          TsmProfile          *profile,
                          const TsmDialReport *report,
                          const TsmEndpoint   *endpoint)
{
  const char *user = tsm_profile_get_user (profile);

  switch (step)
    {
    case TSM_TRIAL_RESOLVE:
      if (tsm_profile_get_n_sentinels (profile) > 0 && endpoint != NULL)
        return g_strdup_printf (_("The sentinels name %s, port %u"), endpoint->host, endpoint->port);
      return g_strdup (report->addresses);
    case TSM_TRIAL_CONNECT:
      return endpoint != NULL ? g_strdup_printf (_("%s, port %u"), report->address, endpoint->port) : g_strdup (report->address);
    case TSM_TRIAL_TLS:
      return describe_certificate (&report->tls);
    case TSM_TRIAL_SERVER:
      return g_strdup (_("It speaks Redis"));
    case TSM_TRIAL_AUTHENTICATE:
      if (user != NULL)
        return g_strdup_printf (_("As the user “%s”"), user);
      return g_strdup (tsm_profile_get_password (profile) != NULL ? _("With the password of the default user")
                                                                        : _("No password is asked for"));
    default:
      return NULL;
    }
}

/* (transfer full): the names of those that are acknowledged, or of those that are not; empty for none */
static char *
list_channels (GPtrArray *channels,
               gboolean   acknowledged)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < channels->len; i++)
    {
      const TsmChannel *channel = g_ptr_array_index (channels, i);

      if (channel->acknowledged == acknowledged)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", channel->name);
    }

  return g_string_free (list, FALSE);
}

/**
 * tsm_trial_words_for_channels:
 * @channels: (element-type TsmChannel): what was asked for, and answered
 *
 * Returns: (transfer full): the names of all where all or none were granted, else which were and which were not
 */
char *
tsm_trial_words_for_channels (GPtrArray *channels)
{
  g_autofree char *granted = list_channels (channels, TRUE);
  g_autofree char *refused = list_channels (channels, FALSE);

  if (*refused == '\0')
    return g_steal_pointer (&granted);
  if (*granted == '\0')
    return g_steal_pointer (&refused);

  return g_strdup_printf (_("Granted: %s. Refused: %s"), granted, refused);
}

/**
 * tsm_trial_words_for_control:
 * @profile: what is tried
 * @receivers: who listens on its control channel; -1 where that is not known
 * @refusal: (nullable): what the server said when it was asked
 *
 * Returns: (transfer full): whom commands would reach
 */
char *
tsm_trial_words_for_control (TsmProfile *profile,
                             gint64      receivers,
                             const char *refusal)
{
  const char *channel = tsm_profile_get_control_channel (profile);

  if (tsm_profile_is_read_only (profile))
    return g_strdup (_("Read-only: no commands are sent"));
  if (receivers > 0)
    return g_strdup_printf (ngettext ("%d program listens on %s", "%d programs listen on %s", (gulong) receivers), (int) receivers,
                            channel);
  if (receivers == 0)
    return g_strdup_printf (_("Nobody listens on %s now: commands would reach no engine"), channel);

  return g_strdup_printf (_("The server does not say who listens on %s (%s)"), channel, refusal != NULL ? refusal : "?");
}
