/* The list of profiles: what is in it, in which order, and what becomes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

#include <glib/gi18n-lib.h>
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

static void
choose (TsmProfileStore *self,
        const char      *active)
{
  char *copy = g_strdup (active);

  g_free (self->active);
  self->active = copy;
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
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < own->len; i++)
    g_ptr_array_add (profiles, g_object_ref (g_ptr_array_index (own, i)));
  add_managed (self, profiles);
  self->n_own = own->len;
  choose (self, active);
  set_profiles (self, profiles);

  if (g_strcmp0 (before, tsm_profile_store_get_active (self)) != 0)
    g_signal_emit (self, signals[ACTIVE_CHANGED], 0);
}

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

/* (transfer full): a name that none but @except has */
static char *
dup_free_name (TsmProfileStore *self,
               const char      *wanted,
               TsmProfile      *except)
{
  g_autoptr (GHashTable) names = tsm_profile_names_new ();

  for (guint i = 0; i < self->profiles->len; i++)
    if (get (self, i) != except)
      tsm_profile_names_add (names, tsm_profile_get_name (get (self, i)));

  return tsm_profile_names_dup_free (names, wanted);
}

/**
 * tsm_profile_store_dup_free_name:
 * @self: a store
 * @wanted: a name
 *
 * Returns: (transfer full): @wanted where no profile has that name, else with a number behind it
 */
char *
tsm_profile_store_dup_free_name (TsmProfileStore *self,
                                 const char      *wanted)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (wanted != NULL, NULL);

  return dup_free_name (self, wanted, NULL);
}

/* (transfer full): the user's profiles, to be changed and set */
static GPtrArray *
dup_own (TsmProfileStore *self)
{
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->n_own; i++)
    g_ptr_array_add (own, g_object_ref (get (self, i)));

  return own;
}

/* Whether the id is that of a profile, or of one that stands in the file and is not listed. */
static gboolean
is_id_taken (TsmProfileStore *self,
             const char      *id)
{
  g_autofree char *group = g_strconcat ("Profile ", id, NULL);

  return find_id (self->profiles, id) != NULL || g_ptr_array_find_with_equal_func (self->kept, group, g_str_equal, NULL);
}

/* (transfer full): a copy that is the user's, under a free name */
static TsmProfile *
dup_as_own (TsmProfileStore *self,
            TsmProfile      *profile,
            TsmProfile      *except)
{
  TsmProfile *copy = tsm_profile_copy (profile);
  g_autofree char *name = dup_free_name (self, tsm_profile_get_name (profile), except);

  tsm_profile_set_managed (copy, FALSE);
  tsm_profile_set_text (copy, TSM_PROFILE_NAME, name, NULL);
  return copy;
}

static TsmProfile *
insert (TsmProfileStore *self,
        TsmProfile      *profile,
        guint            index)
{
  g_autoptr (GPtrArray) own = dup_own (self);
  TsmProfile *copy = dup_as_own (self, profile, NULL);

  if (is_id_taken (self, tsm_profile_get_id (copy)))
    {
      g_autofree char *id = g_uuid_string_random ();

      tsm_profile_set_id (copy, id);
    }

  g_ptr_array_insert (own, index < own->len ? (int) index : -1, copy);
  tsm_profile_store_set_own (self, own, self->active);
  tsm_profile_store_touch (self);
  return copy;
}

/**
 * tsm_profile_store_insert:
 * @self: a store
 * @profile: (transfer none): a profile, of which a copy is kept
 * @index: where among the user's; more than there are is the end
 *
 * Adds a profile to the user's. Its name becomes a free one; so does its id where that is taken.
 */
void
tsm_profile_store_insert (TsmProfileStore *self,
                          TsmProfile      *profile,
                          guint            index)
{
  g_return_if_fail (TSM_IS_PROFILE_STORE (self));
  g_return_if_fail (TSM_IS_PROFILE (profile));

  tsm_profile_store_refresh (self);
  insert (self, profile, index);
}

/**
 * tsm_profile_store_replace:
 * @self: a store
 * @profile: (transfer none): a profile, of which a copy is kept
 *
 * Puts @profile in the place of the user's profile of the same id. Where that has gone meanwhile, it is added at the end. A
 * managed profile stays as it is.
 */
void
tsm_profile_store_replace (TsmProfileStore *self,
                           TsmProfile      *profile)
{
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (TsmProfile) copy = NULL;
  guint index;

  g_return_if_fail (TSM_IS_PROFILE_STORE (self));
  g_return_if_fail (TSM_IS_PROFILE (profile));

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, tsm_profile_get_id (profile), &index))
    {
      insert (self, profile, G_MAXUINT);
      return;
    }

  g_return_if_fail (index < self->n_own);
  copy = dup_as_own (self, profile, get (self, index));
  if (is_same (copy, get (self, index)))
    return;

  own = dup_own (self);
  g_object_unref (own->pdata[index]);
  own->pdata[index] = g_steal_pointer (&copy);
  tsm_profile_store_set_own (self, own, self->active);
  tsm_profile_store_touch (self);
}

/**
 * tsm_profile_store_duplicate:
 * @self: a store
 * @id: of any profile
 *
 * Adds a copy that has a name and an id of its own: after the original, or as the last of the user's for a managed one.
 *
 * Returns: (transfer none) (nullable): the copy; %NULL where there is no original
 */
TsmProfile *
tsm_profile_store_duplicate (TsmProfileStore *self,
                             const char      *id)
{
  guint index;

  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, id, &index))
    return NULL;

  return insert (self, get (self, index), index + 1);
}

/**
 * tsm_profile_store_remove:
 * @self: a store
 * @id: of one of the user's profiles
 *
 * Takes a profile out. To undo that, insert it again: it gets its id back, and is active again if it was.
 *
 * Returns: (transfer full) (nullable): the profile; %NULL where it is not one of the user's
 */
TsmProfile *
tsm_profile_store_remove (TsmProfileStore *self,
                          const char      *id)
{
  g_autoptr (GPtrArray) own = NULL;
  TsmProfile *profile;
  guint index;

  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, id, &index) || index >= self->n_own)
    return NULL;

  own = dup_own (self);
  profile = g_ptr_array_steal_index (own, index);
  tsm_profile_store_set_own (self, own, self->active);
  tsm_profile_store_touch (self);
  return profile;
}

/**
 * tsm_profile_store_move:
 * @self: a store
 * @id: of one of the user's profiles
 * @index: where it will be among the user's; more than there are is the end
 */
void
tsm_profile_store_move (TsmProfileStore *self,
                        const char      *id,
                        guint            index)
{
  g_autoptr (GPtrArray) own = NULL;
  TsmProfile *profile;
  guint before;

  g_return_if_fail (TSM_IS_PROFILE_STORE (self));

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, id, &before) || before >= self->n_own)
    return;

  own = dup_own (self);
  profile = g_ptr_array_steal_index (own, before);
  index = MIN (index, own->len);
  g_ptr_array_insert (own, (int) index, profile);
  if (index == before)
    return;

  tsm_profile_store_set_own (self, own, self->active);
  tsm_profile_store_touch (self);
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
 * tsm_profile_store_set_active:
 * @self: a store
 * @id: (nullable): the id of a profile; %NULL for none, or the administrator's choice
 */
void
tsm_profile_store_set_active (TsmProfileStore *self,
                              const char      *id)
{
  g_autofree char *before = NULL;

  g_return_if_fail (TSM_IS_PROFILE_STORE (self));

  tsm_profile_store_refresh (self);
  if (g_strcmp0 (self->active, id) == 0)
    return;

  before = g_strdup (tsm_profile_store_get_active (self));
  choose (self, id);
  tsm_profile_store_touch (self);
  if (g_strcmp0 (before, tsm_profile_store_get_active (self)) != 0)
    g_signal_emit (self, signals[ACTIVE_CHANGED], 0);
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
