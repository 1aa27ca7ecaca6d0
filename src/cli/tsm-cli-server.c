/* Which server a subcommand uses, and with which password.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-server.h"

#include <glib/gi18n-lib.h>

#include "profiles/tsm-profile-exchange.h"

/**
 * tsm_cli_get_store:
 *
 * Returns: (transfer none): the user's and the administrator's profiles, loaded
 */
TsmProfileStore *
tsm_cli_get_store (TsmCli *self)
{
  if (self->store == NULL)
    {
      self->store = tsm_profile_store_new (NULL, NULL);
      tsm_profile_store_load (self->store);
      if (self->verbose)
        tsm_cli_say_problems (self);
    }

  return self->store;
}

static TsmSecrets *
get_secrets (TsmCli *self)
{
  if (self->secrets == NULL)
    self->secrets = tsm_secrets_new ();

  return self->secrets;
}

/* Tells what is wrong in the files of profiles. */
void
tsm_cli_say_problems (TsmCli *self)
{
  GPtrArray *problems = tsm_profile_store_get_problems (self->store);

  for (guint i = 0; i < problems->len; i++)
    tsm_cli_say ("%s", (const char *) g_ptr_array_index (problems, i));
}

/**
 * tsm_cli_find_profile:
 *
 * Returns: (transfer none) (nullable): the profile of that name or id; NULL where there is none, which has been said
 */
TsmProfile *
tsm_cli_find_profile (TsmCli     *self,
                      const char *name_or_id)
{
  TsmProfile *profile = tsm_profile_store_find (tsm_cli_get_store (self), name_or_id);

  if (profile != NULL)
    return profile;

  if (!self->verbose)
    tsm_cli_say_problems (self);
  tsm_cli_say (_("There is no connection “%s”. “tickstock-monitorctl profiles list” shows them."), name_or_id);
  self->status = TSM_CLI_ERROR;
  return NULL;
}

/* --- passwords --- */

typedef struct
{
  TsmCli         *cli;
  gboolean        is_load;
  gboolean        is_done;
  TsmSecretPlace  place;
} Question;

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *self = user_data;

  if (self->is_load)
    self->place = tsm_secrets_load_finish (TSM_SECRETS (source), result, NULL);
  else
    self->place = tsm_secrets_store_finish (TSM_SECRETS (source), result, NULL);
  self->is_done = TRUE;
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
}

/* Waits for the keyring, which may wait for the user. Returns: FALSE after a signal */
static gboolean
ask (TsmCli         *self,
     TsmProfile     *profile,
     gboolean        is_load,
     TsmSecretPlace *place)
{
  Question question = { self, is_load };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (is_load)
    tsm_secrets_load_async (get_secrets (self), profile, cancellable, answered_cb, &question);
  else
    tsm_secrets_store_async (get_secrets (self), profile, cancellable, answered_cb, &question);

  tsm_cli_run (self);
  if (!question.is_done)
    g_cancellable_cancel (cancellable);
  while (!question.is_done)
    g_main_context_iteration (NULL, TRUE);

  *place = question.place;
  if (self->interrupted)
    self->status = TSM_CLI_ERROR;
  return !self->interrupted;
}

/**
 * tsm_cli_store_password:
 * @profile: a profile, whose password is kept, or forgotten where it has none
 * @place: (out): where it is kept
 *
 * Returns: FALSE after a signal, with the status set
 */
gboolean
tsm_cli_store_password (TsmCli         *self,
                        TsmProfile     *profile,
                        TsmSecretPlace *place)
{
  return ask (self, profile, FALSE, place);
}

/* Says why the keyring could not be used, if it was asked and could not. */
void
tsm_cli_say_trouble (TsmCli *self)
{
  const char *trouble = self->secrets != NULL ? tsm_secrets_get_trouble (self->secrets) : NULL;

  if (trouble != NULL)
    tsm_cli_say ("%s", trouble);
}

/* One that nobody keeps may come from the environment, which `ps` does not show to others. */
static void
take_password_from_environment (TsmProfile *profile)
{
  const char *password = g_getenv ("REDIS_PASSWORD");

  if (tsm_profile_get_password (profile) == NULL && password != NULL && g_utf8_validate (password, -1, NULL))
    tsm_profile_set_password (profile, password);
}

/**
 * tsm_cli_open_profile:
 * @profile: a profile of the store
 *
 * Returns: (transfer full) (nullable): a copy with its password; NULL after a signal
 */
TsmProfile *
tsm_cli_open_profile (TsmCli     *self,
                      TsmProfile *profile)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);
  TsmSecretPlace place;

  if (self->verbose)
    tsm_cli_say (_("Using the connection “%s”"), tsm_profile_get_name (profile));
  if (tsm_profile_get_password (copy) == NULL && !ask (self, copy, TRUE, &place))
    return NULL;
  if (self->verbose)
    tsm_cli_say_trouble (self);

  take_password_from_environment (copy);
  return g_steal_pointer (&copy);
}

/* --- the choice --- */

static TsmProfile *
new_from_url (TsmCli     *self,
              const char *url)
{
  g_autoptr (GError) error = NULL;
  TsmProfile *profile = tsm_profile_new_from_url (url, &error);

  if (profile == NULL)
    self->status = tsm_cli_usage_error (self, "%s", error->message);
  else
    take_password_from_environment (profile);

  return profile;
}

/* The profile has the password from then on; the address has it no more. */
static TsmProfile *
new_from_option (TsmCli *self)
{
  char *url = tsm_arguments_steal_url (self->arguments, self->url);
  TsmProfile *profile = new_from_url (self, url);

  tsm_url_wipe (url);
  return profile;
}

static TsmProfile *
new_from_name (TsmCli     *self,
               const char *name_or_id)
{
  TsmProfile *profile = tsm_cli_find_profile (self, name_or_id);

  return profile != NULL ? tsm_cli_open_profile (self, profile) : NULL;
}

/* A variable that is wrong is no reason to go elsewhere: it is an error. */
static TsmProfile *
new_from_environment (TsmCli *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  TsmProfile *profile = tsm_profile_import_environment (NULL, problems);

  for (guint i = 0; i < problems->len; i++)
    tsm_cli_say ("%s", (const char *) g_ptr_array_index (problems, i));

  if (profile != NULL)
    return profile;
  if (problems->len == 0)
    return new_from_url (self, TSM_PROFILE_DEFAULT_URL);

  self->status = TSM_CLI_ERROR;
  return NULL;
}

static TsmProfile *
new_chosen (TsmCli *self)
{
  const char *active;

  if (self->url != NULL)
    return new_from_option (self);
  if (self->profile != NULL)
    return new_from_name (self, self->profile);

  active = tsm_profile_store_get_active (tsm_cli_get_store (self));
  return active != NULL ? new_from_name (self, active) : new_from_environment (self);
}

/**
 * tsm_cli_new_profile:
 * @channels: (nullable): NULL for those of the profile; commands go to the first one's control channel
 *
 * Finds the server: that of `--url` or `--profile`, else the active profile, else that of the environment, else the default
 * address. Asks the keyring for the password, which may take as long as the user takes to unlock it.
 *
 * Returns: (transfer full) (nullable): a profile with its password; NULL where there is none, which has been said
 */
TsmProfile *
tsm_cli_new_profile (TsmCli             *self,
                     const char * const *channels)
{
  TsmProfile *profile = new_chosen (self);

  if (profile != NULL && channels != NULL && channels[0] != NULL)
    {
      g_autofree char *control = g_strconcat (channels[0], ":control", NULL);

      tsm_profile_set_channels (profile, channels);
      tsm_profile_set_control_channel (profile, control);
    }

  return profile;
}

/**
 * tsm_cli_new_engine_profile:
 *
 * For what publishes as an engine does. It goes where it is told with `--url` or `--profile`, else to the default address: made-up
 * events must not get to a real server because that happens to be the active one.
 *
 * Returns: (transfer full) (nullable): a profile that may be sent to; NULL where there is none, which has been said
 */
TsmProfile *
tsm_cli_new_engine_profile (TsmCli *self)
{
  g_autoptr (TsmProfile) profile = NULL;

  if (self->profile != NULL)
    profile = new_from_name (self, self->profile);
  else
    profile = self->url != NULL ? new_from_option (self) : new_from_url (self, TSM_PROFILE_DEFAULT_URL);

  return profile != NULL && tsm_cli_may_send (self, profile) ? g_steal_pointer (&profile) : NULL;
}

/* Returns: FALSE where the profile is read-only, which has been said. */
gboolean
tsm_cli_may_send (TsmCli     *self,
                  TsmProfile *profile)
{
  if (!tsm_profile_is_read_only (profile))
    return TRUE;

  tsm_cli_say (_("The connection “%s” is read-only, so nothing is sent."), tsm_profile_get_name (profile));
  self->status = TSM_CLI_ERROR;
  return FALSE;
}

/* At the end: what was to be kept is on the disk, what was not is overwritten. */
void
tsm_cli_close_server (TsmCli *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);
}
