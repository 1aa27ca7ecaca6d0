/* The passwords of profiles, in the Secret Service, or in memory where there is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#define SCHEMA_NAME "ai.tickstock.Monitor"
#define ATTRIBUTE   "profile"

struct _TsmSecrets
{
  GObject       parent_instance;

  GHashTable   *this_run; /* id → password, where the keyring did not take it */
  char         *trouble;
  GCancellable *cancellable; /* of what nobody waits for */
};

G_DEFINE_FINAL_TYPE (TsmSecrets, tsm_secrets, G_TYPE_OBJECT)

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    SCHEMA_NAME, SECRET_SCHEMA_NONE, { { ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

static void
tsm_secrets_dispose (GObject *object)
{
  TsmSecrets *self = TSM_SECRETS (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (tsm_secrets_parent_class)->dispose (object);
}

static void
tsm_secrets_finalize (GObject *object)
{
  TsmSecrets *self = TSM_SECRETS (object);

  g_hash_table_unref (self->this_run);
  g_object_unref (self->cancellable);
  g_free (self->trouble);

  G_OBJECT_CLASS (tsm_secrets_parent_class)->finalize (object);
}

static void
tsm_secrets_class_init (TsmSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_secrets_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_secrets_finalize;
}

static void
tsm_secrets_init (TsmSecrets *self)
{
  self->this_run = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsm_url_wipe);
  self->cancellable = g_cancellable_new ();
}

/**
 * tsm_secrets_new:
 *
 * Returns: (transfer full): passwords, of which none is kept for this run; the keyring is not asked yet
 */
TsmSecrets *
tsm_secrets_new (void)
{
  return g_object_new (TSM_TYPE_SECRETS, NULL);
}

static void
set_trouble (TsmSecrets *self,
             const char *sentence)
{
  char *copy = g_strdup (sentence);

  g_free (self->trouble);
  self->trouble = copy;
}

/* Nobody offers it, and what should offer it does not start. */
static gboolean
is_absent (const GError *error)
{
  static const GDBusError codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,         G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_DISCONNECTED,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, G_DBUS_ERROR_SPAWN_FAILED,      G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_DBUS_ERROR, (int) codes[i]))
      return TRUE;

  return error->domain == G_IO_ERROR;
}

/* @error: (nullable): NULL where it was refused without a reason, as when nobody wants to unlock it */
static void
set_trouble_from_error (TsmSecrets   *self,
                        const GError *error)
{
  g_autoptr (GError) copy = error != NULL ? g_error_copy (error) : NULL;
  g_autofree char *sentence = NULL;

  if (copy == NULL || g_error_matches (copy, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (copy, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    {
      set_trouble (self, _("The keyring is locked, so passwords are kept only until the program ends. Unlock it and try again."));
    }
  else if (is_absent (copy))
    {
      set_trouble (self, _("There is no keyring here that could be asked, so passwords are kept only until the program ends."));
    }
  else
    {
      g_dbus_error_strip_remote_error (copy);
      sentence = g_strdup_printf (_("The keyring does not work (%s), so passwords are kept only until the program ends."), copy->message);
      set_trouble (self, sentence);
    }
}

static gboolean
is_cancelled (GTask *task)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

/* Whether the keyring can be used, as it has just turned out. What came too late for who asked tells nothing. */
static void
note_outcome (GTask        *task,
              gboolean      ok,
              const GError *error)
{
  TsmSecrets *self = g_task_get_source_object (task);

  if (ok)
    g_clear_pointer (&self->trouble, g_free);
  else if (!is_cancelled (task))
    set_trouble_from_error (self, error);
}

/* @profile: (transfer full) */
static GTask *
new_task (TsmSecrets          *self,
          TsmProfile          *profile,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data,
          gpointer             tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, profile, g_object_unref);
  return task;
}

/* @task: (transfer full) */
static void
finish (GTask          *task,
        TsmSecretPlace  place)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_int (task, place);

  g_object_unref (task);
}

/* --- load --- */

static void
retrieved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  TsmProfile *profile = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  const char *password = value != NULL ? secret_value_get_text (value) : NULL;

  note_outcome (task, password != NULL, error);
  if (password != NULL && !is_cancelled (task))
    tsm_profile_set_password (profile, password);

  finish (task, password != NULL ? TSM_SECRET_KEYRING : TSM_SECRET_NONE);
  g_clear_pointer (&value, secret_value_unref);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);

  note_outcome (task, error == NULL, error);

  /* Of one that is still locked, because somebody did not want to unlock it, the secret cannot be retrieved. */
  if (items != NULL)
    secret_retrievable_retrieve_secret (items->data, NULL, retrieved_cb, task);
  else
    finish (task, TSM_SECRET_NONE);
}

/* libsecret does not hear of a cancellation: where it asks the user to unlock the keyring meanwhile, it would take the question back,
 * and then never answer. What comes too late is thrown away.
 */
static void
search (TsmProfile *profile,
        GTask      *task)
{
  secret_password_search (get_schema (), SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, NULL, searched_cb, task, ATTRIBUTE,
                          tsm_profile_get_id (profile), NULL);
}

/* Where @profile has its password from, without asking the keyring; NONE where that has to be asked. */
static TsmSecretPlace
load_from_memory (TsmSecrets *self,
                  TsmProfile *profile)
{
  const char *password = g_hash_table_lookup (self->this_run, tsm_profile_get_id (profile));

  if (tsm_profile_get_password (profile) == NULL)
    tsm_profile_set_password (profile, password);

  return tsm_profile_get_password (profile) != NULL ? TSM_SECRET_THIS_RUN : TSM_SECRET_NONE;
}

/**
 * tsm_secrets_load_async:
 * @self: the passwords
 * @profile: the profile whose password is wanted; it is set on it
 * @cancellable: (nullable): a cancellable; while the user is asked to unlock the keyring this may take long. @callback is called when
 *   the user has answered all the same.
 * @callback: called when it is there, or is known not to be there
 * @user_data: for @callback
 *
 * Puts the password that is kept for the profile's id onto @profile. One that it has already is left alone.
 */
void
tsm_secrets_load_async (TsmSecrets          *self,
                        TsmProfile          *profile,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  TsmSecretPlace place;

  g_return_if_fail (TSM_IS_SECRETS (self));
  g_return_if_fail (TSM_IS_PROFILE (profile));

  task = new_task (self, g_object_ref (profile), cancellable, callback, user_data, tsm_secrets_load_async);
  place = load_from_memory (self, profile);
  if (place != TSM_SECRET_NONE)
    finish (task, place);
  else
    search (profile, task);
}

static TsmSecretPlace
propagate (TsmSecrets    *self,
           GAsyncResult  *result,
           gpointer       tag,
           GError       **error)
{
  gssize place;

  g_return_val_if_fail (g_task_is_valid (result, self), TSM_SECRET_NONE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), TSM_SECRET_NONE);

  place = g_task_propagate_int (G_TASK (result), error);
  return place >= 0 ? (TsmSecretPlace) place : TSM_SECRET_NONE;
}

/**
 * tsm_secrets_load_finish:
 * @self: the passwords
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED; nothing else is an error
 *
 * Returns: where the password was found
 */
TsmSecretPlace
tsm_secrets_load_finish (TsmSecrets    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return propagate (self, result, tsm_secrets_load_async, error);
}

/* --- store --- */

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was none. */
  secret_password_clear_finish (result, &error);
  note_outcome (task, error == NULL, error);
  finish (task, TSM_SECRET_NONE);
}

/* The profile as it was when it was given to us is the task's data. */
static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  TsmSecrets *self = g_task_get_source_object (task);
  TsmProfile *profile = g_task_get_task_data (task);
  const char *id = tsm_profile_get_id (profile);
  g_autoptr (GError) error = NULL;
  gboolean ok = secret_password_store_finish (result, &error);

  note_outcome (task, ok, error);
  if (ok)
    g_hash_table_remove (self->this_run, id);
  else if (!is_cancelled (task))
    g_hash_table_insert (self->this_run, g_strdup (id), g_strdup (tsm_profile_get_password (profile)));
  finish (task, ok ? TSM_SECRET_KEYRING : TSM_SECRET_THIS_RUN);
}

/**
 * tsm_secrets_store_async:
 * @self: the passwords
 * @profile: the profile whose password is to be kept
 * @cancellable: (nullable): a cancellable; while the user is asked to unlock the keyring this may take long
 * @callback: called when it is kept
 * @user_data: for @callback
 *
 * Keeps the password that is on @profile under its id, or forgets what is kept where it has none. What the keyring does not
 * take is kept in memory.
 */
void
tsm_secrets_store_async (TsmSecrets          *self,
                         TsmProfile          *profile,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  const char *id, *password;
  g_autofree char *label = NULL;

  g_return_if_fail (TSM_IS_SECRETS (self));
  g_return_if_fail (TSM_IS_PROFILE (profile));

  id = tsm_profile_get_id (profile);
  password = tsm_profile_get_password (profile);
  task = new_task (self, tsm_profile_copy (profile), cancellable, callback, user_data, tsm_secrets_store_async);
  if (password == NULL)
    {
      g_hash_table_remove (self->this_run, id);
      secret_password_clear (get_schema (), cancellable, cleared_cb, task, ATTRIBUTE, id, NULL);
      return;
    }

  label = g_strdup_printf ("TickStock Monitor: %s", tsm_profile_get_name (profile));
  secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, password, cancellable, stored_cb, task, ATTRIBUTE, id, NULL);
}

/**
 * tsm_secrets_store_finish:
 * @self: the passwords
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED, after which nothing is kept; nothing else is an error
 *
 * Returns: where the password is kept now
 */
TsmSecretPlace
tsm_secrets_store_finish (TsmSecrets    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return propagate (self, result, tsm_secrets_store_async, error);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  secret_password_clear_finish (result, NULL);
}

/**
 * tsm_secrets_forget:
 * @self: the passwords
 * @id: the id of a profile that is gone for good
 *
 * Removes its password, without waiting for that; to wait, store the profile without a password.
 */
void
tsm_secrets_forget (TsmSecrets *self,
                    const char *id)
{
  g_return_if_fail (TSM_IS_SECRETS (self));
  g_return_if_fail (id != NULL);

  g_hash_table_remove (self->this_run, id);
  secret_password_clear (get_schema (), self->cancellable, forgotten_cb, NULL, ATTRIBUTE, id, NULL);
}

/**
 * tsm_secrets_has_for_this_run:
 * @self: the passwords
 * @id: the id of a profile
 *
 * Returns: whether there is a password that the keyring did not take; storing it again may have more success
 */
gboolean
tsm_secrets_has_for_this_run (TsmSecrets *self,
                              const char *id)
{
  g_return_val_if_fail (TSM_IS_SECRETS (self), FALSE);

  return g_hash_table_contains (self->this_run, id);
}

/**
 * tsm_secrets_get_trouble:
 * @self: the passwords
 *
 * Returns: (nullable): one sentence on why the keyring is not used; %NULL where it worked the last time, or was not asked yet
 */
const char *
tsm_secrets_get_trouble (TsmSecrets *self)
{
  g_return_val_if_fail (TSM_IS_SECRETS (self), NULL);

  return self->trouble;
}
