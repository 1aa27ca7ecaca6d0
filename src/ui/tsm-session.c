/* A monitor is made at once, so that nothing of the one before stays in sight while the keyring is asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-session.h"

#include <glib/gi18n-lib.h>

#include "profiles/tsm-profile-exchange.h"
#include "ui/tsm-profile-name.h"

struct _TsmSession
{
  GObject          parent_instance;

  TsmProfileStore *store;
  TsmSecrets      *secrets;
  TsmMonitor      *monitor;
  char            *name;
  GCancellable    *loading; /* NULL: nothing is */
  guint            n_moves;
};

G_DEFINE_FINAL_TYPE (TsmSession, tsm_session, G_TYPE_OBJECT)

enum
{
  SIGNAL_OPENED,
  SIGNAL_CHANGED,
  SIGNAL_MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (TsmSession *self,
      const char *text)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

/* The sentinels named another primary, and the connection went there by itself. */
static void
state_cb (TsmSession    *self,
          TsmConnection *connection)
{
  guint n_moves = tsm_connection_get_n_moves (connection);

  if (n_moves > self->n_moves && tsm_connection_get_move (connection) != NULL)
    tell (self, tsm_connection_get_move (connection));
  self->n_moves = n_moves;
}

static void
stop_loading (TsmSession *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
drop (TsmSession *self)
{
  stop_loading (self);
  g_clear_pointer (&self->name, g_free);
  self->n_moves = 0;

  if (self->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (tsm_monitor_get_connection (self->monitor), self);
  tsm_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TsmSession) self = user_data;
  g_autoptr (GError) error = NULL;

  tsm_secrets_load_finish (TSM_SECRETS (object), result, &error);
  if (error != NULL || g_task_get_cancellable (G_TASK (result)) != self->loading)
    return; /* another one is open by now */

  g_clear_object (&self->loading);
  tsm_monitor_start (self->monitor);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

TsmProfile *
tsm_session_get_profile (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  return self->monitor != NULL ? tsm_connection_get_profile (tsm_monitor_get_connection (self->monitor)) : NULL;
}

gboolean
tsm_session_is_saved (TsmSession *self)
{
  TsmProfile *profile = tsm_session_get_profile (self);

  return profile != NULL && tsm_profile_store_lookup (self->store, tsm_profile_get_id (profile)) != NULL;
}

/* What was typed once and not kept has no password in the keyring either. */
static void
start (TsmSession *self,
       gboolean    has_password)
{
  if (has_password || !tsm_session_is_saved (self))
    {
      tsm_monitor_start (self->monitor);
      return;
    }

  self->loading = g_cancellable_new ();
  tsm_secrets_load_async (self->secrets, tsm_session_get_profile (self), self->loading, loaded_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Two servers of one host are told apart. */
static char *
dup_name (TsmProfile *profile)
{
  const char *host = tsm_profile_get_host (profile);

  if (*tsm_profile_get_name (profile) != '\0')
    return g_strdup (tsm_profile_get_name (profile));
  if (host == NULL)
    return tsm_profile_dup_short_name (profile);

  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, tsm_profile_get_port (profile));
}

static void
open_profile (TsmSession *self,
              TsmProfile *profile,
              const char *name,
              gboolean    has_password)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);

  drop (self);
  self->name = name != NULL ? g_strdup (name) : dup_name (copy);
  self->monitor = tsm_monitor_new (copy, NULL);
  g_signal_connect_object (tsm_monitor_get_connection (self->monitor), "state-changed", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  start (self, has_password);
}

/**
 * tsm_session_open:
 * @self: a session
 * @profile: where to; a copy is kept
 * @name: (nullable): what to call it; %NULL for its own name, or its address where it has none
 *
 * Drops what is open and what is being opened, and connects to @profile once its password is there. Emits "opened" at once.
 */
void
tsm_session_open (TsmSession *self,
                  TsmProfile *profile,
                  const char *name)
{
  g_return_if_fail (TSM_IS_SESSION (self) && TSM_IS_PROFILE (profile));

  open_profile (self, profile, name, tsm_profile_get_password (profile) != NULL);
}

void
tsm_session_close (TsmSession *self)
{
  g_return_if_fail (TSM_IS_SESSION (self));

  drop (self);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TsmSession) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *trouble = tsm_secrets_get_trouble (TSM_SECRETS (object));

  if (tsm_secrets_store_finish (TSM_SECRETS (object), result, &error) != TSM_SECRET_THIS_RUN || trouble == NULL)
    return;

  tell (self, trouble);
}

static void
store_password (TsmSession *self,
                TsmProfile *profile)
{
  tsm_secrets_store_async (self->secrets, profile, NULL, stored_cb, g_object_ref (self));
}

/* One whose name alone is another goes on without a break. */
static void
follow_edit (TsmSession *self,
             TsmProfile *profile,
             gboolean    with_password)
{
  TsmProfile *open = tsm_session_get_profile (self);
  g_autoptr (TsmProfile) renamed = NULL;

  if (open == NULL || !g_str_equal (tsm_profile_get_id (open), tsm_profile_get_id (profile)))
    return;

  renamed = tsm_profile_copy (open);
  tsm_profile_set_text (renamed, TSM_PROFILE_NAME, tsm_profile_get_name (profile), NULL);
  tsm_profile_set_text (renamed, TSM_PROFILE_COLOUR, tsm_profile_get_colour (profile), NULL);
  if (!tsm_profile_equal (renamed, profile))
    {
      open_profile (self, profile, NULL, with_password);
      return;
    }

  tsm_profile_set_text (open, TSM_PROFILE_NAME, tsm_profile_get_name (profile), NULL);
  tsm_profile_set_text (open, TSM_PROFILE_COLOUR, tsm_profile_get_colour (profile), NULL);
  g_free (self->name);
  self->name = dup_name (open);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The profile gets the id that it has in the store: its own may be taken there, and its password is kept under it. */
static void
put_into_store (TsmSession *self,
                TsmProfile *profile)
{
  if (tsm_profile_is_managed (profile))
    return; /* the administrator's: its password alone is ours to keep */

  if (tsm_profile_store_lookup (self->store, tsm_profile_get_id (profile)) != NULL)
    tsm_profile_store_replace (self->store, profile);
  else
    tsm_profile_set_id (profile, tsm_profile_get_id (tsm_profile_store_insert (self->store, profile, G_MAXUINT)));
}

/**
 * tsm_session_save:
 * @self: a session
 * @profile: what was typed, or is open
 * @with_password: whether its password is to be kept too, or forgotten where it has none
 *
 * Adds @profile to the store, or puts it in the place of the one with its id. Where that id is not free, @profile gets another.
 */
void
tsm_session_save (TsmSession *self,
                  TsmProfile *profile,
                  gboolean    with_password)
{
  g_return_if_fail (TSM_IS_SESSION (self) && TSM_IS_PROFILE (profile));

  put_into_store (self, profile);
  if (with_password)
    store_password (self, profile);
  follow_edit (self, profile, with_password);
}

/**
 * tsm_session_retry:
 * @self: a session
 *
 * Connects now what waits for its next attempt, or, without a password, for a keyring that does not answer.
 */
void
tsm_session_retry (TsmSession *self)
{
  g_return_if_fail (TSM_IS_SESSION (self));

  if (self->monitor == NULL)
    return;

  if (self->loading == NULL)
    {
      tsm_connection_retry_now (tsm_monitor_get_connection (self->monitor));
      return;
    }

  stop_loading (self);
  tsm_monitor_start (self->monitor);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * tsm_session_set_password:
 * @self: a session with something open
 * @password: what to sign in with
 *
 * Tries again with it at once, and keeps it where the connection is a saved one.
 */
void
tsm_session_set_password (TsmSession *self,
                          const char *password)
{
  TsmProfile *profile = tsm_session_get_profile (self);

  g_return_if_fail (profile != NULL);

  tsm_profile_set_password (profile, password);
  if (tsm_session_is_saved (self))
    store_password (self, profile);
  tsm_session_retry (self);
}

static TsmProfile *
find_named (TsmSession  *self,
            const char  *name,
            GError     **error)
{
  TsmProfile *profile = tsm_profile_store_find (self->store, name);

  if (profile != NULL)
    return g_object_ref (profile);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no connection “%s”. Choose one of the list."), name);
  return NULL;
}

static TsmProfile *
find_environment (TsmSession *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  TsmProfile *profile = tsm_profile_import_environment (NULL, problems);

  for (guint i = 0; i < problems->len; i++)
    tell (self, g_ptr_array_index (problems, i));
  return profile;
}

/**
 * tsm_session_find_start:
 * @self: a session
 * @url: (nullable): the address that was asked for
 * @name: (nullable): the name or id of the profile that was asked for
 * @error: return location for why what was asked for cannot be had
 *
 * Returns: (transfer full) (nullable): what to open at start: what was asked for, else the active profile, else that of the
 *   environment
 */
TsmProfile *
tsm_session_find_start (TsmSession  *self,
                        const char  *url,
                        const char  *name,
                        GError     **error)
{
  const char *active;
  TsmProfile *profile;

  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  if (url != NULL)
    return tsm_profile_new_from_url (url, error);
  if (name != NULL)
    return find_named (self, name, error);

  active = tsm_profile_store_get_active (self->store);
  profile = active != NULL ? tsm_profile_store_lookup (self->store, active) : NULL;
  return profile != NULL ? g_object_ref (profile) : find_environment (self);
}

TsmProfileStore *
tsm_session_get_store (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  return self->store;
}

TsmSecrets *
tsm_session_get_secrets (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  return self->secrets;
}

TsmMonitor *
tsm_session_get_monitor (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  return self->monitor;
}

const char *
tsm_session_get_name (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), NULL);

  return self->name;
}

gboolean
tsm_session_is_waiting (TsmSession *self)
{
  g_return_val_if_fail (TSM_IS_SESSION (self), FALSE);

  return self->loading != NULL;
}

static void
tsm_session_dispose (GObject *object)
{
  TsmSession *self = TSM_SESSION (object);

  drop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (tsm_session_parent_class)->dispose (object);
}

static void
tsm_session_class_init (TsmSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_session_dispose;

  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tsm_session_init (TsmSession *self)
{
}

/**
 * tsm_session_new:
 * @store: a reference is taken
 * @secrets: a reference is taken
 *
 * Returns: (transfer full): a session with nothing open
 */
TsmSession *
tsm_session_new (TsmProfileStore *store,
                 TsmSecrets      *secrets)
{
  TsmSession *self = g_object_new (TSM_TYPE_SESSION, NULL);

  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);
  return self;
}
