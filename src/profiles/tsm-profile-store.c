/* The list of profiles: what is in it, in which order, and what is told of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

#include <string.h>

#define MAX_ID 64

enum
{
  PROBLEM,
  ACTIVE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return TSM_TYPE_PROFILE;
}

static guint
get_n_items (GListModel *model)
{
  return TSM_PROFILE_STORE (model)->profiles->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  TsmProfileStore *self = TSM_PROFILE_STORE (model);

  return position < self->profiles->len ? g_object_ref (g_ptr_array_index (self->profiles, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmProfileStore, tsm_profile_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tsm_profile_store_dispose (GObject *object)
{
  tsm_profile_store_close (TSM_PROFILE_STORE (object));

  G_OBJECT_CLASS (tsm_profile_store_parent_class)->dispose (object);
}

static void
tsm_profile_store_finalize (GObject *object)
{
  TsmProfileStore *self = TSM_PROFILE_STORE (object);

  g_ptr_array_unref (self->profiles);
  g_ptr_array_unref (self->managed);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->monitors);
  g_ptr_array_unref (self->pending);
  g_clear_pointer (&self->before, g_key_file_unref);
  g_clear_pointer (&self->known, g_bytes_unref);
  tsm_profile_file_unref (self->file);
  g_strfreev (self->system_dirs);
  g_free (self->path);
  g_free (self->active);
  g_free (self->managed_active);
  g_free (self->managed_wish);

  G_OBJECT_CLASS (tsm_profile_store_parent_class)->finalize (object);
}

static void
tsm_profile_store_class_init (TsmProfileStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_profile_store_dispose;
  object_class->finalize = tsm_profile_store_finalize;

  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[ACTIVE_CHANGED] = g_signal_new ("active-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
tsm_profile_store_init (TsmProfileStore *self)
{
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->managed = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_profile_change_free);
}

/**
 * tsm_profile_store_new:
 * @path: (nullable): the user's file; %NULL for `tickstock-monitor/profiles` in the user's configuration folder
 * @system_dirs: (nullable) (array zero-terminated=1): configuration folders that may have `tickstock-monitor/profiles.d`, the most
 *   important first; %NULL for those of the system
 *
 * Returns: (transfer full): a store that is empty until tsm_profile_store_load()
 */
TsmProfileStore *
tsm_profile_store_new (const char         *path,
                       const char * const *system_dirs)
{
  TsmProfileStore *self = g_object_new (TSM_TYPE_PROFILE_STORE, NULL);

  self->path = path != NULL ? g_strdup (path) : g_build_filename (g_get_user_config_dir (), "tickstock-monitor", "profiles", NULL);
  self->system_dirs = g_strdupv ((char **) (system_dirs != NULL ? system_dirs : g_get_system_config_dirs ()));
  self->file = tsm_profile_file_new (self->path);
  return self;
}

/* Tells a sentence of what went wrong. */
void
tsm_profile_store_report (TsmProfileStore *self,
                          const char      *message)
{
  g_signal_emit (self, signals[PROBLEM], 0, message);
}

static TsmProfile *
get (TsmProfileStore *self,
     guint            index)
{
  return g_ptr_array_index (self->profiles, index);
}

static TsmProfile *
find_id (GPtrArray  *profiles,
         const char *id)
{
  for (guint i = 0; i < profiles->len; i++)
    if (g_str_equal (tsm_profile_get_id (g_ptr_array_index (profiles, i)), id))
      return g_ptr_array_index (profiles, i);

  return NULL;
}

/* (transfer full): an id like @id that none of @profiles has */
static char *
dup_managed_id (GPtrArray  *profiles,
                const char *id)
{
  char *free_id = g_strdup (id);

  for (guint i = 1; find_id (profiles, free_id) != NULL; i++)
    {
      g_autofree char *suffix = i == 1 ? g_strdup (".managed") : g_strdup_printf (".managed-%u", i);

      g_free (free_id);
      free_id = g_strdup_printf ("%.*s%s", (int) (MAX_ID - strlen (suffix)), id, suffix);
    }

  return free_id;
}

/* The managed ones get out of the way of the user's, in id and name. */
static void
add_managed (TsmProfileStore *self,
             GPtrArray       *profiles)
{
  g_autoptr (GHashTable) names = tsm_profile_names_new ();

  for (guint i = 0; i < profiles->len; i++)
    tsm_profile_names_add (names, tsm_profile_get_name (g_ptr_array_index (profiles, i)));

  g_clear_pointer (&self->managed_active, g_free);
  for (guint i = 0; i < self->managed->len; i++)
    {
      TsmProfile *original = g_ptr_array_index (self->managed, i);
      TsmProfile *profile = tsm_profile_copy (original);
      g_autofree char *id = dup_managed_id (profiles, tsm_profile_get_id (original));
      g_autofree char *name = tsm_profile_names_dup_free (names, tsm_profile_get_name (original));

      tsm_profile_set_id (profile, id);
      tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL);
      tsm_profile_names_add (names, name);
      if (g_strcmp0 (self->managed_wish, tsm_profile_get_id (original)) == 0)
        self->managed_active = g_strdup (id);
      g_ptr_array_add (profiles, profile);
    }
}

static gboolean
is_same (TsmProfile *one,
         TsmProfile *other)
{
  return one == other
         || (g_str_equal (tsm_profile_get_id (one), tsm_profile_get_id (other))
             && tsm_profile_is_managed (one) == tsm_profile_is_managed (other) && tsm_profile_equal (one, other));
}

/* What has not changed stays the same object. */
static void
keep_objects (GPtrArray *profiles,
              GPtrArray *old)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      TsmProfile *profile = g_ptr_array_index (profiles, i);
      TsmProfile *before = find_id (old, tsm_profile_get_id (profile));

      if (before == NULL || before == profile || !is_same (before, profile))
        continue;

      g_object_unref (profile);
      profiles->pdata[i] = g_object_ref (before);
    }
}

/* Puts the new list in the place of the old one, and tells of the part that differs. */
static void
set_profiles (TsmProfileStore *self,
              GPtrArray       *profiles)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->profiles);
  guint start = 0, end = 0;
  guint shorter = MIN (old->len, profiles->len);

  keep_objects (profiles, old);
  while (start < shorter && old->pdata[start] == profiles->pdata[start])
    start++;
  while (end < shorter - start && old->pdata[old->len - 1 - end] == profiles->pdata[profiles->len - 1 - end])
    end++;

  self->profiles = g_ptr_array_ref (profiles);
  if (old->len > start + end || profiles->len > start + end)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end, profiles->len - start - end);
}

/**
 * tsm_profile_store_set_own:
 * @self: a store
 * @own: (element-type TsmProfile): the user's, their names and ids free of clashes
 * @active: (nullable): the id that the user chose
 *
 * Puts the user's profiles before the managed ones, and tells what has changed.
 */
void
tsm_profile_store_set_own (TsmProfileStore *self,
                           GPtrArray       *own,
                           const char      *active)
{
  g_autofree char *before = g_strdup (tsm_profile_store_get_active (self));
  char *choice = g_strdup (active);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < own->len; i++)
    g_ptr_array_add (profiles, g_object_ref (g_ptr_array_index (own, i)));
  add_managed (self, profiles);
  self->n_own = own->len;
  g_free (self->active);
  self->active = choice;
  set_profiles (self, profiles);

  if (g_strcmp0 (before, tsm_profile_store_get_active (self)) != 0)
    g_signal_emit (self, signals[ACTIVE_CHANGED], 0);
}

/**
 * tsm_profile_store_get_n_own:
 * @self: a store
 *
 * Returns: how many profiles are the user's: the first ones of the list
 */
guint
tsm_profile_store_get_n_own (TsmProfileStore *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), 0);

  return self->n_own;
}

/**
 * tsm_profile_store_lookup:
 * @self: a store
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the profile of that id
 */
TsmProfile *
tsm_profile_store_lookup (TsmProfileStore *self,
                          const char      *id)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  return id != NULL ? find_id (self->profiles, id) : NULL;
}

/**
 * tsm_profile_store_find:
 * @self: a store
 * @name_or_id: what a person types: an id, or a name without regard to case
 *
 * Returns: (transfer none) (nullable): the profile
 */
TsmProfile *
tsm_profile_store_find (TsmProfileStore *self,
                        const char      *name_or_id)
{
  g_autofree char *wanted = NULL;
  TsmProfile *profile;

  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (name_or_id != NULL, NULL);

  profile = find_id (self->profiles, name_or_id);
  if (profile != NULL || !g_utf8_validate (name_or_id, -1, NULL))
    return profile;

  wanted = g_utf8_casefold (name_or_id, -1);
  for (guint i = 0; i < self->profiles->len; i++)
    {
      g_autofree char *name = g_utf8_casefold (tsm_profile_get_name (get (self, i)), -1);

      if (g_str_equal (name, wanted))
        return get (self, i);
    }

  return NULL;
}

/**
 * tsm_profile_store_get_index:
 * @self: a store
 * @id: an id
 * @index: (out) (optional): where it is in the list
 *
 * Returns: %FALSE where it is not in the list
 */
gboolean
tsm_profile_store_get_index (TsmProfileStore *self,
                             const char      *id,
                             guint           *index)
{
  TsmProfile *profile = tsm_profile_store_lookup (self, id);

  return profile != NULL && g_ptr_array_find (self->profiles, profile, index);
}

/**
 * tsm_profile_store_get_active:
 * @self: a store
 *
 * Returns: (nullable): the id of the profile to connect to at the start: what the user chose, else what the administrator
 *   marked in a file of managed profiles
 */
const char *
tsm_profile_store_get_active (TsmProfileStore *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  if (tsm_profile_store_lookup (self, self->active) != NULL)
    return self->active;

  return tsm_profile_store_lookup (self, self->managed_active) != NULL ? self->managed_active : NULL;
}

/**
 * tsm_profile_store_get_problems:
 * @self: a store
 *
 * Returns: (transfer none) (element-type utf8): what was wrong with the files when they were loaded last
 */
GPtrArray *
tsm_profile_store_get_problems (TsmProfileStore *self)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  return self->problems;
}
