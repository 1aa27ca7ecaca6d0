/* Profiles from a text of any of the known forms, and to a text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-exchange.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-env-file.h"
#include "profiles/tsm-keyfile-text.h"
#include "profiles/tsm-problems.h"
#include "profiles/tsm-profile-environment.h"
#include "profiles/tsm-profile-json.h"
#include "profiles/tsm-profile-keyfile.h"

typedef gboolean (*ReadFunc) (TsmProfileImport  *self,
                              const char        *text,
                              gsize              length,
                              GError           **error);

static TsmProfileImport *
import_new (void)
{
  TsmProfileImport *self = g_new0 (TsmProfileImport, 1);

  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->problems = tsm_problems_new ();
  return self;
}

/**
 * tsm_profile_import_free:
 * @self: (transfer full) (nullable): what was imported
 *
 * Frees it; passwords on its profiles are overwritten.
 */
void
tsm_profile_import_free (TsmProfileImport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->profiles);
  g_ptr_array_unref (self->problems);
  g_free (self->active);
  g_free (self);
}

static gboolean
has_id (TsmProfileImport *self,
        const char       *id)
{
  for (guint i = 0; i < self->profiles->len; i++)
    if (g_str_equal (tsm_profile_get_id (g_ptr_array_index (self->profiles, i)), id))
      return TRUE;

  return FALSE;
}

/**
 * tsm_profile_import_add:
 * @self: what was imported
 * @profile: (transfer none): one more; it gets another id where its own is there already
 *
 * Adds a profile, for who reads one of the forms. More than %TSM_PROFILE_EXCHANGE_MAX_PROFILES are left out.
 */
void
tsm_profile_import_add (TsmProfileImport *self,
                        TsmProfile       *profile)
{
  if (self->profiles->len == TSM_PROFILE_EXCHANGE_MAX_PROFILES)
    {
      tsm_problems_add (self->problems, _("“%s” is left out: at most %d connections are imported at a time."),
                        tsm_profile_get_name (profile), TSM_PROFILE_EXCHANGE_MAX_PROFILES);
      return;
    }

  if (has_id (self, tsm_profile_get_id (profile)))
    {
      g_autofree char *id = g_uuid_string_random ();

      tsm_profile_set_id (profile, id);
    }
  g_ptr_array_add (self->profiles, g_object_ref (profile));
}

static gboolean
read_keyfile (TsmProfileImport  *self,
              const char        *text,
              gsize              length,
              GError           **error)
{
  TsmProfileReader reader = { .problems = self->problems, .is_import = TRUE };
  g_autoptr (GKeyFile) file = tsm_profile_keyfile_parse (text, length, &reader);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  self->active = tsm_profile_keyfile_dup_active (file);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (TsmProfile) profile = NULL;
      const char *id;

      if (g_str_equal (groups[i], TSM_PROFILE_KEYFILE_GROUP))
        continue;

      if (!tsm_profile_keyfile_is_profile (groups[i], &id))
        tsm_problems_add (self->problems, _("Group “%s”: it is not known and is left out."), groups[i]);
      else if ((profile = tsm_profile_keyfile_read (file, groups[i], &reader)) != NULL)
        tsm_profile_import_add (self, profile);
    }

  return TRUE;
}

static TsmEnvVariable
lookup_in_file (gpointer    data,
                const char *name)
{
  const TsmEnvVariable *variable = tsm_env_file_lookup (data, name);
  TsmEnvVariable none = { NULL, 0 };

  return variable != NULL ? *variable : none;
}

static gboolean
read_env_file (TsmProfileImport  *self,
               const char        *text,
               gsize              length,
               GError           **error)
{
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (TsmEnvFile) file = tsm_env_file_parse (text, length, wrong);
  g_autoptr (TsmProfile) profile = tsm_profile_environment_read (lookup_in_file, file, self->problems);

  for (guint i = 0; i < wrong->len; i++)
    tsm_problems_add (self->problems, _("Line %u: it is not understood and is left out."), g_array_index (wrong, guint, i));
  if (profile != NULL)
    tsm_profile_import_add (self, profile);

  return TRUE;
}

/* The first character that is neither space nor in a comment tells the form; an export may begin with a comment. */
static ReadFunc
recognise (const char *text,
           gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *newline;

      if (g_ascii_isspace (*text))
        {
          text++;
          continue;
        }
      if (*text != '#')
        return *text == '{' ? tsm_profile_json_read : *text == '[' ? read_keyfile : read_env_file;

      newline = memchr (text, '\n', end - text);
      text = newline != NULL ? newline : end;
    }

  return read_env_file;
}

/* A profile must have a name: that of its file, else that of its host. */
static void
name_the_nameless (TsmProfileImport *self,
                   const char       *name)
{
  for (guint i = 0; i < self->profiles->len; i++)
    {
      TsmProfile *profile = g_ptr_array_index (self->profiles, i);
      const char *host = tsm_profile_get_host (profile);

      if (*tsm_profile_get_name (profile) != '\0')
        continue;
      if (name != NULL && *name != '\0' && tsm_profile_set_text (profile, TSM_PROFILE_NAME, name, NULL))
        continue;
      if (host == NULL || !tsm_profile_set_text (profile, TSM_PROFILE_NAME, host, NULL))
        tsm_profile_set_text (profile, TSM_PROFILE_NAME, _("Redis"), NULL);
    }
}

static void
fail_with_first_problem (TsmProfileImport  *self,
                         GError           **error)
{
  if (self->problems->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("There is no connection in it that can be used. %s"),
                 (const char *) g_ptr_array_index (self->problems, 0));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _("There is no connection in it. A .env file needs REDIS_URL or REDIS_HOST; an export of this program is a "
                           "keyfile or JSON."));
}

/**
 * tsm_profile_import_text:
 * @text: (array length=length): any bytes
 * @length: bytes of @text
 * @name: (nullable): what a profile without a name is called
 * @error: return location for a #GError; its message never has a password
 *
 * Reads profiles. `{` begins JSON, `[` a keyfile, anything else is a .env file; comments before it do not count. Ids are those
 * of the text, if they are legal, else new ones.
 *
 * Returns: (transfer full) (nullable): at least one profile; %NULL with @error set where there is none
 */
TsmProfileImport *
tsm_profile_import_text (const char  *text,
                         gsize        length,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (TsmProfileImport) self = import_new ();
  gsize bom;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > TSM_PROFILE_EXCHANGE_MAX_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("It is larger than 1 MiB, so it is no list of connections."));
      return NULL;
    }
  if (text == NULL)
    text = "";

  bom = tsm_keyfile_text_skip_bom (text, length);
  if (!recognise (text + bom, length - bom) (self, text + bom, length - bom, error))
    return NULL;

  name_the_nameless (self, name);
  if (self->profiles->len > 0)
    return g_steal_pointer (&self);

  fail_with_first_problem (self, error);
  return NULL;
}

/**
 * tsm_profile_import_dup_name:
 * @path: (type filename): of a file
 *
 * Returns: (transfer full) (nullable): what a profile without a name is called that comes from this file: "engine" of `/opt/engine.env`;
 *   %NULL where the name of the file says nothing, as `.env` does
 */
char *
tsm_profile_import_dup_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');

  if (base[0] == '.' || !g_utf8_validate (base, -1, NULL))
    return NULL;

  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&base);
}

/**
 * tsm_profile_export_keyfile:
 * @profiles: (element-type TsmProfile): profiles
 * @active: (nullable): the id of the one to connect to
 *
 * Returns: (transfer full): a keyfile without passwords; in `profiles.d` it is what an administrator rolls out
 */
char *
tsm_profile_export_keyfile (GPtrArray  *profiles,
                            const char *active)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  tsm_profile_keyfile_begin (file, NULL, active);
  for (guint i = 0; i < profiles->len; i++)
    tsm_profile_keyfile_write (file, NULL, g_ptr_array_index (profiles, i));

  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * tsm_profile_export_json:
 * @profiles: (element-type TsmProfile): profiles
 * @active: (nullable): the id of the one to connect to
 *
 * Returns: (transfer full): JSON without passwords
 */
char *
tsm_profile_export_json (GPtrArray  *profiles,
                         const char *active)
{
  return tsm_profile_json_write (profiles, active);
}
