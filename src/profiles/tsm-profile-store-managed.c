/* The administrator's profiles: keyfiles in a folder of each configuration folder of the system, which we only read and watch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-problems.h"
#include "profiles/tsm-profile-exchange.h"
#include "profiles/tsm-profile-keyfile.h"

#define FOLDER       "tickstock-monitor"
#define MANAGED      "profiles.d"
#define EXTENSION    ".profile"
#define MAX_PROFILES TSM_PROFILE_EXCHANGE_MAX_PROFILES

static char *
build_path (const char *system_dir)
{
  return g_build_filename (system_dir, FOLDER, MANAGED, NULL);
}

/* An earlier folder is more important than a later one; within one folder an id may be there once. */
static void
add_managed (TsmProfileStore *self,
             TsmProfile      *profile,
             const char      *folder,
             GHashTable      *seen,
             const char      *origin)
{
  const char *id = tsm_profile_get_id (profile);
  const char *where = g_hash_table_lookup (seen, id);

  if (where == NULL && self->managed->len < MAX_PROFILES)
    {
      tsm_profile_set_managed (profile, TRUE);
      g_ptr_array_add (self->managed, g_object_ref (profile));
      g_hash_table_insert (seen, g_strdup (id), (gpointer) folder);
    }
  else if (where == NULL || g_str_equal (where, folder))
    {
      tsm_problems_add (self->problems, _("%s, group “Profile %s”: it is left out, because another file has a connection of this id, "
                                          "or there are too many."), origin, id);
    }
}

static void
read_managed_file (TsmProfileStore *self,
                   const char      *path,
                   const char      *folder,
                   GHashTable      *seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tsm_profile_file_read (path, &error);
  g_autofree char *origin = g_filename_display_name (path);
  TsmProfileReader reader = { .origin = origin, .problems = self->problems };
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) groups = NULL;

  if (bytes == NULL)
    {
      tsm_problems_add (self->problems, _("Cannot read %s"), error->message);
      return;
    }

  file = tsm_profile_keyfile_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &reader);
  if (self->managed_wish == NULL)
    self->managed_wish = tsm_profile_keyfile_dup_active (file);

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      const char *id;
      g_autoptr (TsmProfile) profile = tsm_profile_keyfile_is_profile (groups[i], &id) ? tsm_profile_keyfile_read (file, groups[i], &reader)
                                                                                       : NULL;

      if (profile != NULL)
        add_managed (self, profile, folder, seen, origin);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
read_managed_folder (TsmProfileStore *self,
                     const char      *folder,
                     GHashTable      *seen)
{
  g_autofree char *path = build_path (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, EXTENSION))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    read_managed_file (self, g_ptr_array_index (names, i), folder, seen);
}

/**
 * tsm_profile_store_read_managed:
 * @self: a store
 *
 * Reads all files of all folders into `managed` and `managed_wish`; what is wrong in them is added to the problems.
 */
void
tsm_profile_store_read_managed (TsmProfileStore *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_ptr_array_set_size (self->managed, 0);
  g_clear_pointer (&self->managed_wish, g_free);
  for (guint i = 0; self->system_dirs[i] != NULL; i++)
    read_managed_folder (self, self->system_dirs[i], seen);
}

static void
folder_changed_cb (TsmProfileStore *self)
{
  self->is_managed_new = TRUE;
  tsm_profile_store_reload_soon (self);
}

/**
 * tsm_profile_store_watch_managed:
 * @self: a store
 *
 * Has everything read again when a file in one of the folders is changed, added or removed, or such a folder is made.
 */
void
tsm_profile_store_watch_managed (TsmProfileStore *self)
{
  for (guint i = 0; self->system_dirs[i] != NULL; i++)
    {
      g_autofree char *path = build_path (self->system_dirs[i]);
      g_autoptr (GFile) folder = g_file_new_for_path (path);
      GFileMonitor *monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

      if (monitor == NULL)
        continue;

      g_signal_connect_swapped (monitor, "changed", G_CALLBACK (folder_changed_cb), self);
      g_ptr_array_add (self->monitors, monitor);
    }
}
