/* Profiles from and to a keyfile. Whatever is wrong in one costs no more than itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-keyfile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-keyfile-text.h"
#include "profiles/tsm-mask.h"
#include "profiles/tsm-problems.h"

#define GROUP_PREFIX "Profile "
#define PASSWORD_KEY "password"

static void
add_problem (TsmProfileReader *reader,
             const char       *group,
             const char       *key,
             const char       *message)
{
  if (reader->origin != NULL)
    tsm_problems_add (reader->problems, _("%s, group “%s”, key “%s”: %s"), reader->origin, group, key, message);
  else
    tsm_problems_add (reader->problems, _("Group “%s”, key “%s”: %s"), group, key, message);
}

/**
 * tsm_profile_keyfile_parse:
 * @text: (array length=length): a keyfile, in any state
 * @length: bytes of @text
 * @reader: what is told of it
 *
 * Parses @text; lines that cannot stand in a keyfile are reported and left out.
 *
 * Returns: (transfer full): a keyfile
 */
GKeyFile *
tsm_profile_keyfile_parse (const char       *text,
                           gsize             length,
                           TsmProfileReader *reader)
{
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (guint));
  GKeyFile *file = tsm_keyfile_text_parse (text, length, wrong);

  for (guint i = 0; i < wrong->len; i++)
    {
      guint line = g_array_index (wrong, guint, i);

      reader->has_losses = TRUE;
      if (reader->origin != NULL)
        tsm_problems_add (reader->problems, _("%s, line %u: it is not understood and is left out."), reader->origin, line);
      else
        tsm_problems_add (reader->problems, _("Line %u: it is not understood and is left out."), line);
    }

  return file;
}

/**
 * tsm_profile_keyfile_is_profile:
 * @group: the name of a group
 * @id: (out): its profile's id, which need not be legal
 *
 * Returns: whether the group holds a profile
 */
gboolean
tsm_profile_keyfile_is_profile (const char  *group,
                                const char **id)
{
  *id = group + strlen (GROUP_PREFIX);
  return g_str_has_prefix (group, GROUP_PREFIX);
}

/* Looked at before GLib does, which warns of a value with two wrong escapes (GLib 2.74). */
static gboolean
has_legal_escapes (GKeyFile       *file,
                   const char     *group,
                   const char     *key,
                   TsmProfileKind  kind)
{
  const char *escapes = kind == TSM_PROFILE_LIST ? "sntr\\;" : "sntr\\";
  char *value = g_key_file_get_value (file, group, key, NULL);
  gboolean legal = value != NULL;

  for (const char *c = value; legal && *c != '\0'; c++)
    if (*c == '\\' && (c[1] == '\0' || strchr (escapes, *++c) == NULL))
      legal = FALSE;

  tsm_url_wipe (value);
  return legal;
}

/* Each element is checked, because as one text they are separated by what may stand in one. */
static char *
dup_list (GKeyFile    *file,
          const char  *group,
          const char  *key)
{
  g_auto (GStrv) list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      g_strstrip (list[i]);
      if (strpbrk (list[i], " ,") != NULL)
        return NULL;
    }

  return list != NULL ? g_strjoinv (" ", list) : NULL;
}

/* (transfer full) (nullable): the value as tsm_profile_set_text() takes it */
static char *
dup_text (GKeyFile        *file,
          const char      *group,
          TsmProfileField  field)
{
  const char *key = tsm_profile_field_get_key (field);
  TsmProfileKind kind = tsm_profile_field_get_kind (field);
  g_autoptr (GError) error = NULL;
  gboolean value;

  if (!has_legal_escapes (file, group, key, kind))
    return NULL;

  switch (kind)
    {
    case TSM_PROFILE_LIST:
      return dup_list (file, group, key);
    case TSM_PROFILE_BOOLEAN:
      value = g_key_file_get_boolean (file, group, key, &error);
      return g_strdup (error != NULL ? "" : value ? "true" : "false");
    case TSM_PROFILE_NUMBER:
      return g_key_file_get_value (file, group, key, NULL);
    case TSM_PROFILE_TEXT:
    default:
      return g_key_file_get_string (file, group, key, NULL);
    }
}

static gboolean
read_field (TsmProfile        *profile,
            GKeyFile          *file,
            const char        *group,
            TsmProfileField    field,
            TsmProfileReader  *reader)
{
  char *text = dup_text (file, group, field);
  g_autoptr (GError) error = NULL;
  gboolean ok = text != NULL && tsm_profile_set_text (profile, field, text, &error);

  tsm_url_wipe (text);
  if (!ok)
    add_problem (reader, group, tsm_profile_field_get_key (field), error != NULL ? error->message : _("It cannot be read."));

  return ok;
}

/* The address is what a profile cannot do without. */
static TsmProfile *
read_address (GKeyFile         *file,
              const char       *group,
              TsmProfileReader *reader)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  const char *key = tsm_profile_field_get_key (TSM_PROFILE_URL);

  if (!g_key_file_has_key (file, group, key, NULL))
    {
      add_problem (reader, group, key, _("The address is missing, so the connection is not listed."));
      return NULL;
    }

  if (!read_field (profile, file, group, TSM_PROFILE_URL, reader))
    return NULL;

  if (tsm_profile_get_password (profile) != NULL && !reader->is_import)
    add_problem (reader, group, key,
                 _("A password in a file can be read by others. It is used for this run and is not written again; "
                   "enter it in the connection's settings, which keep it in the keyring."));

  return g_steal_pointer (&profile);
}

static void
check_other_keys (GKeyFile         *file,
                  const char       *group,
                  TsmProfileReader *reader)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  TsmProfileField field;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (keys[i], PASSWORD_KEY) == 0)
        add_problem (reader, group, keys[i],
                     _("Passwords are not read from this file, and it is not written again. Remove it here; "
                       "enter it in the connection's settings, which keep it in the keyring."));
      else if (reader->is_import && !tsm_profile_field_from_key (keys[i], &field))
        add_problem (reader, group, keys[i], _("It is not known and is left out."));
    }
}

/**
 * tsm_profile_keyfile_read:
 * @file: a keyfile
 * @group: a group that tsm_profile_keyfile_is_profile() accepts
 * @reader: what is told of it
 *
 * Reads a profile. A field that is wrong gets its default. The name may be empty.
 *
 * Returns: (transfer full) (nullable): a profile; %NULL where its id or its address is wrong
 */
TsmProfile *
tsm_profile_keyfile_read (GKeyFile         *file,
                          const char       *group,
                          TsmProfileReader *reader)
{
  g_autoptr (TsmProfile) profile = NULL;
  const char *id;

  if (!tsm_profile_keyfile_is_profile (group, &id) || !tsm_profile_is_legal_id (id))
    {
      add_problem (reader, group, "", _("After “Profile” 1 to 64 letters, digits, dots, underscores or dashes must follow; "
                                        "the connection is not listed."));
      return NULL;
    }

  profile = read_address (file, group, reader);
  if (profile == NULL)
    return NULL;

  tsm_profile_set_id (profile, id);
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    if (i != TSM_PROFILE_URL && g_key_file_has_key (file, group, tsm_profile_field_get_key (i), NULL)
        && !read_field (profile, file, group, i, reader))
      reader->has_losses = TRUE;
  check_other_keys (file, group, reader);

  return g_steal_pointer (&profile);
}

/**
 * tsm_profile_keyfile_dup_active:
 * @file: a keyfile
 *
 * Returns: (transfer full) (nullable): the id of the profile that is marked as the one to connect to
 */
char *
tsm_profile_keyfile_dup_active (GKeyFile *file)
{
  g_autofree char *id = g_key_file_get_value (file, TSM_PROFILE_KEYFILE_GROUP, "active", NULL);

  return id != NULL && tsm_profile_is_legal_id (id) ? g_steal_pointer (&id) : NULL;
}

static void
copy_comment (GKeyFile   *to,
              GKeyFile   *from,
              const char *group,
              const char *key)
{
  g_autofree char *comment = g_key_file_get_comment (from, group, key, NULL);
  const char *start = comment != NULL ? comment + strspn (comment, "\n") : "";
  gsize length = strlen (start);
  g_autofree char *trimmed = NULL;

  /* Empty lines around it count as comment, and more of them are written each time. */
  while (length > 0 && start[length - 1] == '\n')
    length--;
  trimmed = g_strndup (start, length);
  if (length > 0)
    g_key_file_set_comment (to, group, key, trimmed, NULL);
}

/* As it stands there, also what this version does not know; but never what may be a password. */
static void
copy_value (GKeyFile   *to,
            GKeyFile   *from,
            const char *group,
            const char *key)
{
  char *value = g_key_file_get_value (from, group, key, NULL);
  char *line = g_strconcat (key, "=", value, NULL);
  g_autofree char *masked = tsm_mask_file (line, strlen (line));

  g_key_file_set_value (to, group, key, masked + strlen (key) + 1);
  copy_comment (to, from, group, key);
  tsm_url_wipe (line);
  tsm_url_wipe (value);
}

static void
copy_unknown_values (GKeyFile   *to,
                     GKeyFile   *from,
                     const char *group)
{
  g_auto (GStrv) keys = from != NULL ? g_key_file_get_keys (from, group, NULL, NULL) : NULL;
  TsmProfileField field;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!tsm_profile_field_from_key (keys[i], &field) && g_ascii_strcasecmp (keys[i], PASSWORD_KEY) != 0)
      copy_value (to, from, group, keys[i]);
}

/**
 * tsm_profile_keyfile_keep:
 * @to: the keyfile to write
 * @before: the keyfile that was read
 * @group: a group of it
 *
 * Takes over a whole group that this version cannot use, without what may be a password.
 */
void
tsm_profile_keyfile_keep (GKeyFile   *to,
                          GKeyFile   *before,
                          const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (before, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (g_ascii_strcasecmp (keys[i], PASSWORD_KEY) != 0)
      copy_value (to, before, group, keys[i]);
  copy_comment (to, before, group, NULL);
}

/**
 * tsm_profile_keyfile_begin:
 * @to: an empty keyfile
 * @before: (nullable): what was read, whose other keys and version are kept
 * @active: (nullable): the id of the profile to connect to
 *
 * Writes the first group.
 */
void
tsm_profile_keyfile_begin (GKeyFile   *to,
                           GKeyFile   *before,
                           const char *active)
{
  if (before != NULL && g_key_file_has_group (before, TSM_PROFILE_KEYFILE_GROUP))
    tsm_profile_keyfile_keep (to, before, TSM_PROFILE_KEYFILE_GROUP);
  if (g_key_file_get_integer (to, TSM_PROFILE_KEYFILE_GROUP, "version", NULL) < TSM_PROFILE_KEYFILE_VERSION)
    g_key_file_set_integer (to, TSM_PROFILE_KEYFILE_GROUP, "version", TSM_PROFILE_KEYFILE_VERSION);

  if (active != NULL)
    g_key_file_set_string (to, TSM_PROFILE_KEYFILE_GROUP, "active", active);
  else
    g_key_file_remove_key (to, TSM_PROFILE_KEYFILE_GROUP, "active", NULL);
}

static void
write_field (GKeyFile        *to,
             const char      *group,
             TsmProfile      *profile,
             TsmProfileField  field)
{
  const char *key = tsm_profile_field_get_key (field);
  g_autofree char *text = tsm_profile_dup_text (profile, field);
  g_auto (GStrv) list = NULL;

  switch (tsm_profile_field_get_kind (field))
    {
    case TSM_PROFILE_LIST:
      list = g_strsplit (text, " ", -1);
      g_key_file_set_string_list (to, group, key, (const char * const *) list, g_strv_length (list));
      break;
    case TSM_PROFILE_NUMBER:
    case TSM_PROFILE_BOOLEAN:
      g_key_file_set_value (to, group, key, text);
      break;
    case TSM_PROFILE_TEXT:
    default:
      g_key_file_set_string (to, group, key, text);
      break;
    }
}

/**
 * tsm_profile_keyfile_write:
 * @to: the keyfile to write
 * @before: (nullable): what was read, whose unknown keys and comments are kept
 * @profile: a profile
 *
 * Adds the profile's group: name, address, and what differs from the default. Never the password.
 */
void
tsm_profile_keyfile_write (GKeyFile   *to,
                           GKeyFile   *before,
                           TsmProfile *profile)
{
  g_autofree char *group = g_strconcat (GROUP_PREFIX, tsm_profile_get_id (profile), NULL);

  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    {
      if (i != TSM_PROFILE_NAME && i != TSM_PROFILE_URL && tsm_profile_is_default (profile, i))
        continue;

      write_field (to, group, profile, i);
      if (before != NULL)
        copy_comment (to, before, group, tsm_profile_field_get_key (i));
    }

  copy_unknown_values (to, before, group);
  if (before != NULL)
    copy_comment (to, before, group, NULL);
}
