/* tickstock-monitorctl profiles test: tries a connection step by step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <unistd.h>

#include "cli/tsm-cli-profiles.h"
#include "cli/tsm-text.h"
#include "events/tsm-json-writer.h"
#include "redis/tsm-trial.h"

typedef struct
{
  TsmCliProfiles *profiles;
  TsmTrial       *trial;
  gboolean        colour;
  guint           n_told; /* steps */
} Test;

static const struct
{
  const char *name; /* of JSON */
  const char *word;
  TsmTone     tone;
} states[] = {
  [TSM_TRIAL_PENDING] = { "pending", N_("not tried"), TSM_TONE_DIM },
  [TSM_TRIAL_RUNNING] = { "running", N_("running"), TSM_TONE_DIM },
  [TSM_TRIAL_PASS] = { "pass", N_("ok"), TSM_TONE_GOOD },
  [TSM_TRIAL_WARN] = { "warn", N_("warning"), TSM_TONE_MIDDLING },
  [TSM_TRIAL_FAIL] = { "fail", N_("failed"), TSM_TONE_BAD },
  [TSM_TRIAL_SKIPPED] = { "skipped", N_("not used"), TSM_TONE_DIM },
};

/* (transfer full): blanks up to @width characters */
static char *
dup_padding (const char *text,
             glong       width)
{
  return g_strnfill ((gsize) MAX (1, width - g_utf8_strlen (text, -1)), ' ');
}

static glong
get_label_width (void)
{
  glong width = 0;

  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    width = MAX (width, g_utf8_strlen (tsm_trial_step_get_label (i), -1));

  return width + 2;
}

static void
print_text (Test                 *self,
            TsmTrialStep          step,
            const TsmTrialResult *result)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *label = tsm_trial_step_get_label (step);
  const char *word = _(states[result->state].word);
  g_autofree char *after_label = dup_padding (label, get_label_width ());
  g_autofree char *after_word = dup_padding (word, 9);

  tsm_text_append_escaped (line, label);
  g_string_append (line, after_label);
  tsm_text_append_toned (line, word, states[result->state].tone, self->colour);
  g_string_append (line, after_word);
  if (result->duration >= 0 && result->state != TSM_TRIAL_SKIPPED)
    g_string_append_printf (line, "%8.1f ms", result->duration / 1000.0);
  else
    g_string_append_printf (line, "%11s", "");
  if (result->words != NULL)
    {
      g_string_append (line, "  ");
      tsm_text_append_escaped (line, result->words);
    }
  if (result->error != NULL && g_strcmp0 (result->words, result->error->message) != 0)
    {
      g_string_append (line, "  ");
      tsm_text_append_escaped (line, result->error->message);
    }

  tsm_cli_write_line (self->profiles->cli, g_strchomp (line->str));
}

static void
print_json (Test                 *self,
            TsmTrialStep          step,
            const TsmTrialResult *result)
{
  g_autofree char *text = NULL;
  TsmJsonWriter writer;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "step", tsm_trial_step_get_name (step));
  tsm_json_writer_string (&writer, "state", states[result->state].name);
  tsm_json_writer_number (&writer, "ms", result->duration >= 0 ? result->duration / 1000.0 : NAN);
  tsm_json_writer_string (&writer, "words", result->words);
  tsm_json_writer_string (&writer, "error", result->error != NULL ? result->error->message : NULL);
  tsm_json_writer_end_object (&writer);

  text = tsm_json_harden (tsm_json_writer_finish (&writer));
  tsm_cli_write_line (self->profiles->cli, text);
}

/* TLS can fail afterwards: what the server says next, or hanging up in its place, may be about our certificate, or about TLS that we do
 * not speak. */
static gboolean
has_ended (Test         *self,
           TsmTrialStep  step)
{
  TsmTrialStep decides = step == TSM_TRIAL_TLS ? TSM_TRIAL_SERVER : step;

  return tsm_trial_is_done (self->trial) || tsm_trial_get_result (self->trial, decides)->state > TSM_TRIAL_RUNNING;
}

/* Tells the steps that have ended, in their order; at the end also those that were not reached. */
static void
changed_cb (Test *self)
{
  for (; self->n_told < TSM_N_TRIAL_STEPS && has_ended (self, self->n_told); self->n_told++)
    {
      const TsmTrialResult *result = tsm_trial_get_result (self->trial, self->n_told);

      if (self->profiles->json)
        print_json (self, self->n_told, result);
      else
        print_text (self, self->n_told, result);
    }

  if (tsm_trial_is_done (self->trial))
    tsm_cli_quit (self->profiles->cli, tsm_trial_get_verdict (self->trial) == TSM_TRIAL_FAIL ? TSM_CLI_FAULT : TSM_CLI_FINE);
}

/* (transfer full) (nullable): what is to be tried, with its password */
static TsmProfile *
open_profile (TsmCliProfiles *self,
              const char     *name)
{
  TsmProfile *profile;

  if (name == NULL)
    return tsm_cli_new_profile (self->cli, NULL);

  profile = tsm_cli_find_profile (self->cli, name);
  return profile != NULL ? tsm_cli_open_profile (self->cli, profile) : NULL;
}

/* Whether the server asks for one that we do not have, or a sentinel does, while it is asked for the server. */
static gboolean
lacks_password (TsmTrial *trial)
{
  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    if (g_error_matches (tsm_trial_get_result (trial, i)->error, TSM_LINK_ERROR, TSM_LINK_ERROR_AUTH_REQUIRED))
      return TRUE;

  return FALSE;
}

TsmCliStatus
tsm_cli_profiles_test (TsmCliProfiles  *profiles,
                       char           **arguments)
{
  Test self = { .profiles = profiles };
  g_autoptr (TsmProfile) profile = NULL;
  g_autoptr (TsmTrial) trial = NULL;

  if (arguments[0] != NULL && (profiles->cli->url != NULL || profiles->cli->profile != NULL))
    return tsm_cli_usage_error (profiles->cli, _("Give either a name, or --url or --profile."));

  profile = open_profile (profiles, arguments[0]);
  if (profile == NULL)
    return profiles->cli->status;

  self.trial = trial = tsm_trial_new (profile);
  self.colour = !profiles->json && tsm_text_has_colour (STDOUT_FILENO);
  g_signal_connect_swapped (trial, "changed", G_CALLBACK (changed_cb), &self);
  tsm_trial_start (trial);
  tsm_cli_run (profiles->cli);
  if (profiles->cli->interrupted)
    profiles->cli->status = TSM_CLI_ERROR;

  g_signal_handlers_disconnect_by_data (trial, &self);
  tsm_trial_cancel (trial);
  if (lacks_password (trial))
    tsm_cli_say_trouble (profiles->cli);
  return profiles->cli->status;
}
