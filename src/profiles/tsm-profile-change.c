/* What is done to a list of profiles, by id: so it means the same on a list in which others have changed something else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "profiles/tsm-profile-change.h"

#include "profiles/tsm-profile-store-private.h"

typedef void (*Apply) (const TsmProfileChange  *self,
                       GPtrArray               *profiles,
                       char                   **active);

struct _TsmProfileChange
{
  Apply       apply;
  char       *id;      /* of the profile; NULL for none, where it becomes the active one */
  TsmProfile *profile; /* of put */
  guint       index;   /* of put and move; more than there are is the end */
};

static TsmProfileChange *
change_new (Apply       apply,
            const char *id,
            guint       index)
{
  TsmProfileChange *self = g_new0 (TsmProfileChange, 1);

  self->apply = apply;
  self->id = g_strdup (id);
  self->index = index;
  return self;
}

static gboolean
find (GPtrArray  *profiles,
      const char *id,
      guint      *index)
{
  for (guint i = 0; i < profiles->len; i++)
    if (g_str_equal (tsm_profile_get_id (g_ptr_array_index (profiles, i)), id))
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

/* @profile: (transfer full) */
static void
insert (GPtrArray  *profiles,
        TsmProfile *profile,
        guint       index)
{
  g_ptr_array_insert (profiles, index < profiles->len ? (int) index : -1, profile);
}

/* (transfer full): the profile itself, or a copy with another name where one of @profiles has its name */
static TsmProfile *
ref_with_free_name (TsmProfile *profile,
                    GPtrArray  *profiles)
{
  g_autoptr (GHashTable) names = tsm_profile_names_new ();
  g_autofree char *name = NULL;
  TsmProfile *copy;

  for (guint i = 0; i < profiles->len; i++)
    tsm_profile_names_add (names, tsm_profile_get_name (g_ptr_array_index (profiles, i)));
  name = tsm_profile_names_dup_free (names, tsm_profile_get_name (profile));
  if (g_str_equal (name, tsm_profile_get_name (profile)))
    return g_object_ref (profile);

  copy = tsm_profile_copy (profile);
  tsm_profile_set_text (copy, TSM_PROFILE_NAME, name, NULL);
  return copy;
}

static void
put (const TsmProfileChange  *self,
     GPtrArray               *profiles,
     char                   **active)
{
  guint index = self->index;

  if (find (profiles, self->id, &index))
    g_ptr_array_remove_index (profiles, index);

  insert (profiles, ref_with_free_name (self->profile, profiles), index);
}

static void
take_out (const TsmProfileChange  *self,
          GPtrArray               *profiles,
          char                   **active)
{
  guint index;

  if (find (profiles, self->id, &index))
    g_ptr_array_remove_index (profiles, index);
}

static void
move (const TsmProfileChange  *self,
      GPtrArray               *profiles,
      char                   **active)
{
  guint index;

  if (find (profiles, self->id, &index))
    insert (profiles, g_ptr_array_steal_index (profiles, index), self->index);
}

static void
make_active (const TsmProfileChange  *self,
             GPtrArray               *profiles,
             char                   **active)
{
  g_free (*active);
  *active = g_strdup (self->id);
}

/**
 * tsm_profile_change_new_put:
 * @profile: (transfer none): a profile, which is not changed from then on
 * @index: where it is added; more than there are is the end
 *
 * Returns: (transfer full): @profile comes into the place of the one of its id, or is added where there is none
 */
TsmProfileChange *
tsm_profile_change_new_put (TsmProfile *profile,
                            guint       index)
{
  TsmProfileChange *self = change_new (put, tsm_profile_get_id (profile), index);

  self->profile = g_object_ref (profile);
  return self;
}

/**
 * tsm_profile_change_new_remove:
 * @id: the id of a profile
 *
 * Returns: (transfer full): the profile is taken out
 */
TsmProfileChange *
tsm_profile_change_new_remove (const char *id)
{
  return change_new (take_out, id, 0);
}

/**
 * tsm_profile_change_new_move:
 * @id: the id of a profile
 * @index: where it will be; more than there are is the end
 *
 * Returns: (transfer full): the profile gets another place
 */
TsmProfileChange *
tsm_profile_change_new_move (const char *id,
                             guint       index)
{
  return change_new (move, id, index);
}

/**
 * tsm_profile_change_new_active:
 * @id: (nullable): the id of a profile; %NULL for none
 *
 * Returns: (transfer full): another profile is the active one
 */
TsmProfileChange *
tsm_profile_change_new_active (const char *id)
{
  return change_new (make_active, id, 0);
}

/**
 * tsm_profile_change_free:
 * @self: (transfer full): a change
 *
 * Frees it.
 */
void
tsm_profile_change_free (TsmProfileChange *self)
{
  g_clear_object (&self->profile);
  g_free (self->id);
  g_free (self);
}

/**
 * tsm_profile_change_apply:
 * @self: a change
 * @profiles: (element-type TsmProfile): a list in which no two have the same name, and afterwards neither
 * @active: (inout) (nullable): the id of the active one
 *
 * Makes the change. What was to be moved or removed and is not there is left at that.
 */
void
tsm_profile_change_apply (const TsmProfileChange  *self,
                          GPtrArray               *profiles,
                          char                   **active)
{
  self->apply (self, profiles, active);
}
