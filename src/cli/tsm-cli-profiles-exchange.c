/* tickstock-monitorctl profiles import and export.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/tsm-cli-profiles.h"
#include "profiles/tsm-profile-exchange.h"

/* --- import --- */

/* (transfer full) (nullable): what can be read of a file or a pipe, one byte more than is allowed at most */
static GByteArray *
read_source (const char *path)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd = g_str_equal (path, "-") ? dup (STDIN_FILENO) : open (path, O_RDONLY | O_CLOEXEC);
  guint8 buffer[16384];
  gssize n = -1;

  while (fd >= 0 && bytes->len <= TSM_PROFILE_EXCHANGE_MAX_SIZE && (n = read (fd, buffer, sizeof buffer)) > 0)
    g_byte_array_append (bytes, buffer, (guint) n);

  if (n < 0)
    tsm_cli_say ("%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  explicit_bzero (buffer, sizeof buffer);

  return n >= 0 ? g_steal_pointer (&bytes) : NULL;
}

/* (nullable): what the user has under the same id, or the same name */
static TsmProfile *
find_counterpart (TsmCliProfiles *self,
                  TsmProfile     *profile)
{
  TsmProfile *found = tsm_profile_store_lookup (self->store, tsm_profile_get_id (profile));

  if (found == NULL || tsm_profile_is_managed (found))
    found = tsm_profile_store_find (self->store, tsm_profile_get_name (profile));

  return found != NULL && !tsm_profile_is_managed (found) ? found : NULL;
}

static gboolean
is_there_already (TsmProfile *profile,
                  TsmProfile *counterpart)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);

  tsm_profile_set_password (copy, tsm_profile_get_password (counterpart));
  return tsm_profile_equal (copy, counterpart);
}

/* (transfer none): the profile as it is in the store now */
static TsmProfile *
add (TsmCliProfiles *self,
     TsmProfile     *profile)
{
  TsmProfile *counterpart = find_counterpart (self, profile);
  const char *name = tsm_profile_get_name (profile);
  TsmProfile *added;

  if (counterpart != NULL && is_there_already (profile, counterpart))
    {
      tsm_cli_profiles_print (self, _("“%s” is there already."), name);
      return counterpart;
    }

  if (counterpart != NULL && self->replace)
    {
      tsm_profile_set_id (profile, tsm_profile_get_id (counterpart));
      tsm_profile_store_replace (self->store, profile);
      tsm_cli_profiles_print (self, _("Replaced “%s”."), name);
      return tsm_profile_store_lookup (self->store, tsm_profile_get_id (profile));
    }

  added = tsm_profile_store_insert (self->store, profile, G_MAXUINT);
  if (g_str_equal (tsm_profile_get_name (added), name))
    tsm_cli_profiles_print (self, _("Imported “%s”."), name);
  else
    tsm_cli_profiles_print (self, _("Imported “%s” as “%s”."), name, tsm_profile_get_name (added));
  return added;
}

/* Adds one, and keeps its password. */
static TsmCliStatus
take (TsmCliProfiles *self,
      TsmProfile     *profile,
      const char     *active)
{
  gboolean was_active = g_strcmp0 (tsm_profile_get_id (profile), active) == 0;
  g_autoptr (TsmProfile) kept = tsm_profile_copy (add (self, profile));

  if (was_active && tsm_profile_store_get_active (self->store) == NULL)
    tsm_profile_store_set_active (self->store, tsm_profile_get_id (kept));
  if (tsm_profile_get_password (profile) == NULL)
    return TSM_CLI_FINE;

  tsm_profile_set_password (kept, tsm_profile_get_password (profile));
  return tsm_cli_profiles_keep (self, kept);
}

TsmCliStatus
tsm_cli_profiles_import (TsmCliProfiles  *self,
                         char           **arguments)
{
  g_autoptr (GByteArray) bytes = read_source (arguments[0]);
  g_autofree char *name = g_str_equal (arguments[0], "-") ? NULL : tsm_profile_import_dup_name (arguments[0]);
  g_autoptr (TsmProfileImport) import = NULL;
  g_autoptr (GError) error = NULL;
  TsmCliStatus status, saved;

  if (bytes == NULL)
    return TSM_CLI_ERROR;

  import = tsm_profile_import_text ((const char *) bytes->data, bytes->len, name, &error);
  if (bytes->len > 0)
    explicit_bzero (bytes->data, bytes->len);
  if (import == NULL)
    {
      tsm_cli_say ("%s: %s", arguments[0], error->message);
      return TSM_CLI_ERROR;
    }

  for (guint i = 0; i < import->problems->len; i++)
    tsm_cli_say ("%s: %s", arguments[0], (const char *) g_ptr_array_index (import->problems, i));
  status = import->problems->len > 0 ? TSM_CLI_FAULT : TSM_CLI_FINE;
  for (guint i = 0; i < import->profiles->len; i++)
    {
      TsmCliStatus taken = take (self, g_ptr_array_index (import->profiles, i), import->active);

      status = MAX (status, taken);
    }

  saved = tsm_cli_profiles_save (self);
  return MAX (status, saved);
}

/* --- export --- */

/* (transfer full) (nullable): those of the names, or all of the user's */
static GPtrArray *
choose (TsmCliProfiles  *self,
        char           **names)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_own = tsm_profile_store_get_n_own (self->store);

  for (guint i = 0; names[i] != NULL; i++)
    {
      TsmProfile *profile = tsm_cli_find_profile (self->cli, names[i]);

      if (profile == NULL)
        return NULL;
      if (!g_ptr_array_find (profiles, profile, NULL))
        g_ptr_array_add (profiles, g_object_ref (profile));
    }

  for (guint i = 0; names[0] == NULL && i < n_own; i++)
    g_ptr_array_add (profiles, g_list_model_get_item (G_LIST_MODEL (self->store), i));

  if (profiles->len == 0)
    {
      tsm_cli_say (_("There is no connection of yours to export; managed ones are exported by name."));
      return NULL;
    }

  return g_steal_pointer (&profiles);
}

/* (nullable): the active one, if it is among them */
static const char *
get_active (TsmCliProfiles *self,
            GPtrArray      *profiles)
{
  const char *active = tsm_profile_store_get_active (self->store);

  for (guint i = 0; i < profiles->len; i++)
    if (g_strcmp0 (active, tsm_profile_get_id (g_ptr_array_index (profiles, i))) == 0)
      return active;

  return NULL;
}

TsmCliStatus
tsm_cli_profiles_export (TsmCliProfiles  *self,
                         char           **arguments)
{
  g_autoptr (GPtrArray) profiles = choose (self, arguments);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *active;

  if (profiles == NULL)
    return TSM_CLI_ERROR;

  active = get_active (self, profiles);
  text = self->json ? tsm_profile_export_json (profiles, active) : tsm_profile_export_keyfile (profiles, active);
  if (self->output == NULL || g_str_equal (self->output, "-"))
    {
      g_strchomp (text);
      self->cli->status = TSM_CLI_FINE;
      tsm_cli_write_line (self->cli, text);
      return self->cli->status;
    }

  if (g_file_set_contents (self->output, text, -1, &error))
    return TSM_CLI_FINE;

  tsm_cli_say ("%s", error->message);
  return TSM_CLI_ERROR;
}
