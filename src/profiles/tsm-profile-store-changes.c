/* What becomes of the list: profiles are added, replaced, removed and moved, and one is active. Each change is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

static TsmProfile *
get (TsmProfileStore *self,
     guint            index)
{
  return g_ptr_array_index (self->profiles, index);
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

/* @change: (transfer full): is made now, and again on what another program writes before ours is on the disk */
static void
commit (TsmProfileStore  *self,
        TsmProfileChange *change)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *active = g_strdup (self->active);

  for (guint i = 0; i < self->n_own; i++)
    g_ptr_array_add (own, g_object_ref (get (self, i)));

  tsm_profile_change_apply (change, own, &active);
  g_ptr_array_add (self->pending, change);
  tsm_profile_store_set_own (self, own, active);
  tsm_profile_store_touch (self);
}

/* Whether the id is that of a profile, or of one that stands in the file and is not listed. */
static gboolean
is_id_taken (TsmProfileStore *self,
             const char      *id)
{
  g_autofree char *group = g_strconcat ("Profile ", id, NULL);

  return tsm_profile_store_lookup (self, id) != NULL || g_ptr_array_find_with_equal_func (self->kept, group, g_str_equal, NULL);
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
  g_autoptr (TsmProfile) copy = dup_as_own (self, profile, NULL);

  if (is_id_taken (self, tsm_profile_get_id (copy)))
    {
      g_autofree char *id = g_uuid_string_random ();

      tsm_profile_set_id (copy, id);
    }

  commit (self, tsm_profile_change_new_put (copy, index));
  return copy; /* the list has it */
}

/**
 * tsm_profile_store_insert:
 * @self: a store
 * @profile: (transfer none): a profile, of which a copy is kept
 * @index: where among the user's; more than there are is the end
 *
 * Adds a profile to the user's. Its name becomes a free one; so does its id where that is taken, also by a group of the file
 * that is in no profile of the list. A password is to be kept under the id of the copy.
 *
 * Returns: (transfer none): the copy
 */
TsmProfile *
tsm_profile_store_insert (TsmProfileStore *self,
                          TsmProfile      *profile,
                          guint            index)
{
  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);
  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  tsm_profile_store_refresh (self);
  return insert (self, profile, index);
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
  if (!tsm_profile_equal (copy, get (self, index)))
    commit (self, tsm_profile_change_new_put (copy, index));
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
  TsmProfile *profile;
  guint index;

  g_return_val_if_fail (TSM_IS_PROFILE_STORE (self), NULL);

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, id, &index) || index >= self->n_own)
    return NULL;

  profile = g_object_ref (get (self, index));
  commit (self, tsm_profile_change_new_remove (id));
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
  guint before;

  g_return_if_fail (TSM_IS_PROFILE_STORE (self));

  tsm_profile_store_refresh (self);
  if (!tsm_profile_store_get_index (self, id, &before) || before >= self->n_own)
    return;

  index = MIN (index, self->n_own - 1);
  if (index != before)
    commit (self, tsm_profile_change_new_move (id, index));
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
  g_return_if_fail (TSM_IS_PROFILE_STORE (self));

  tsm_profile_store_refresh (self);
  if (g_strcmp0 (self->active, id) != 0)
    commit (self, tsm_profile_change_new_active (id));
}
