/* Profiles from and to JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-json.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "events/tsm-json.h"
#include "profiles/tsm-problems.h"

#define FORMAT    "tickstock-monitor-profiles"
#define VERSION   1
#define MAX_DEPTH 8

/* (nullable): the text of a string; NULL for anything else, and where NUL is in it */
static const char *
get_string (const TsmJson      *json,
            const TsmJsonToken *token)
{
  const char *text = tsm_json_is (token, TSM_JSON_STRING) ? tsm_json_string (json, token) : NULL;

  return text != NULL && strlen (text) == token->length ? text : NULL;
}

static char *
dup_list (const TsmJson      *json,
          const TsmJsonToken *array)
{
  g_autoptr (GString) list = g_string_new (NULL);
  TsmJsonIter iter;

  if (!tsm_json_is (array, TSM_JSON_ARRAY))
    return NULL;

  tsm_json_iter_init (&iter, json, array);
  while (tsm_json_iter_next (&iter))
    {
      const char *text = get_string (json, iter.value);

      if (text == NULL || strpbrk (text, " ,") != NULL)
        return NULL;
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", text);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* (transfer full) (nullable): the value as tsm_profile_set_text() takes it; NULL where it is of another kind */
static char *
dup_value (const TsmJson      *json,
           const TsmJsonToken *value,
           TsmProfileKind      kind)
{
  switch (kind)
    {
    case TSM_PROFILE_LIST:
      return dup_list (json, value);
    case TSM_PROFILE_NUMBER:
      return value->kind == TSM_JSON_NUMBER ? g_strndup (tsm_json_string (json, value), value->length) : NULL;
    case TSM_PROFILE_BOOLEAN:
      return value->kind == TSM_JSON_TRUE ? g_strdup ("true") : value->kind == TSM_JSON_FALSE ? g_strdup ("false") : NULL;
    case TSM_PROFILE_TEXT:
    default:
      return g_strdup (get_string (json, value));
    }
}

static const char *
get_kind_words (TsmProfileKind kind)
{
  static const char * const words[] = {
    [TSM_PROFILE_TEXT] = N_("It must be a text."),
    [TSM_PROFILE_LIST] = N_("It must be a list of texts without spaces and commas."),
    [TSM_PROFILE_NUMBER] = N_("It must be a number."),
    [TSM_PROFILE_BOOLEAN] = N_("It must be true or false."),
  };

  return _(words[kind]);
}

/* Returns: whether the profile has the value now. */
static gboolean
read_field (TsmProfileImport   *import,
            guint               number,
            TsmProfile         *profile,
            TsmProfileField     field,
            const TsmJson      *json,
            const TsmJsonToken *value)
{
  TsmProfileKind kind = tsm_profile_field_get_kind (field);
  char *text = dup_value (json, value, kind);
  g_autoptr (GError) error = NULL;
  gboolean ok = text != NULL && tsm_profile_set_text (profile, field, text, &error);

  tsm_url_wipe (text);
  if (!ok)
    tsm_problems_add (import->problems, _("Connection %u, “%s”: %s"), number, tsm_profile_field_get_key (field),
                      error != NULL ? error->message : get_kind_words (kind));

  return ok;
}

static void
read_member (TsmProfileImport   *import,
             guint               number,
             TsmProfile         *profile,
             const TsmJson      *json,
             const TsmJsonIter  *iter)
{
  const char *key = tsm_json_string (json, iter->key);
  TsmProfileField field;

  if (tsm_profile_field_from_key (key, &field))
    {
      if (field != TSM_PROFILE_URL)
        read_field (import, number, profile, field, json, iter->value);
    }
  else if (g_ascii_strcasecmp (key, "password") == 0)
    {
      tsm_problems_add (import->problems, _("Connection %u, “%s”: %s"), number, key,
                        _("Passwords are not read from this file. Enter it in the connection's settings."));
    }
  else if (!g_str_equal (key, "id"))
    {
      tsm_problems_add (import->problems, _("Connection %u, “%s”: %s"), number, key, _("It is not known and is left out."));
    }
}

static void
read_profile (TsmProfileImport   *import,
              guint               number,
              const TsmJson      *json,
              const TsmJsonToken *object)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new ();
  const TsmJsonToken *url = tsm_json_is (object, TSM_JSON_OBJECT) ? tsm_json_member (json, object, "url") : NULL;
  const char *id;
  TsmJsonIter iter;

  if (url == NULL)
    {
      tsm_problems_add (import->problems, _("Connection %u has no address and is left out."), number);
      return;
    }
  if (!read_field (import, number, profile, TSM_PROFILE_URL, json, url))
    return;

  id = get_string (json, tsm_json_member (json, object, "id"));
  if (id != NULL && tsm_profile_is_legal_id (id))
    tsm_profile_set_id (profile, id);

  tsm_json_iter_init (&iter, json, object);
  while (tsm_json_iter_next (&iter))
    read_member (import, number, profile, json, &iter);

  tsm_profile_import_add (import, profile);
}

static gboolean
read_root (TsmProfileImport  *import,
           const TsmJson     *json,
           GError           **error)
{
  const TsmJsonToken *root = json->tokens;
  const char *format = tsm_json_is (root, TSM_JSON_OBJECT) ? get_string (json, tsm_json_member (json, root, "format")) : NULL;
  const TsmJsonToken *profiles, *version;
  guint number = 0;
  TsmJsonIter iter;

  if (g_strcmp0 (format, FORMAT) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("This is JSON, but not an export of TickStock Monitor: “format” must be “%s”."), FORMAT);
      return FALSE;
    }

  version = tsm_json_member (json, root, "version");
  if (tsm_json_is (version, TSM_JSON_NUMBER) && tsm_json_double (json, version) > VERSION)
    tsm_problems_add (import->problems, _("The file was made by a newer version of TickStock Monitor."));
  import->active = g_strdup (get_string (json, tsm_json_member (json, root, "active")));

  profiles = tsm_json_member (json, root, "profiles");
  if (!tsm_json_is (profiles, TSM_JSON_ARRAY))
    return TRUE;

  tsm_json_iter_init (&iter, json, profiles);
  while (tsm_json_iter_next (&iter))
    read_profile (import, ++number, json, iter.value);

  return TRUE;
}

/**
 * tsm_profile_json_read:
 * @import: what is found is added to it
 * @text: (array length=length): a JSON text
 * @length: bytes of @text
 * @error: return location for a #GError
 *
 * Returns: %FALSE with @error set where @text is not JSON, or no export of this program
 */
gboolean
tsm_profile_json_read (TsmProfileImport  *import,
                       const char        *text,
                       gsize              length,
                       GError           **error)
{
  g_auto (TsmJson) json = { NULL };
  TsmJsonError where = { 0 };
  gboolean ok = FALSE;

  if (tsm_json_scan (&json, text, length, MAX_DEPTH, &where) == TSM_JSON_OK)
    ok = read_root (import, &json, error);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This is not JSON: the fault is at byte %lu."), (gulong) where.offset);

  if (json.text != NULL)
    explicit_bzero (json.text, json.text_size);
  return ok;
}

static void
write_field (JsonBuilder     *builder,
             TsmProfile      *profile,
             TsmProfileField  field)
{
  g_autofree char *text = tsm_profile_dup_text (profile, field);
  const char * const *channels = tsm_profile_get_channels (profile);

  json_builder_set_member_name (builder, tsm_profile_field_get_key (field));
  switch (tsm_profile_field_get_kind (field))
    {
    case TSM_PROFILE_LIST:
      json_builder_begin_array (builder);
      for (; *channels != NULL; channels++)
        json_builder_add_string_value (builder, *channels);
      json_builder_end_array (builder);
      break;
    case TSM_PROFILE_NUMBER:
      json_builder_add_int_value (builder, tsm_profile_get_number (profile, field));
      break;
    case TSM_PROFILE_BOOLEAN:
      json_builder_add_boolean_value (builder, g_str_equal (text, "true"));
      break;
    case TSM_PROFILE_TEXT:
    default:
      json_builder_add_string_value (builder, text);
      break;
    }
}

static void
write_profile (JsonBuilder *builder,
               TsmProfile  *profile)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, tsm_profile_get_id (profile));
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    if (i == TSM_PROFILE_NAME || i == TSM_PROFILE_URL || !tsm_profile_is_default (profile, i))
      write_field (builder, profile, i);
  json_builder_end_object (builder);
}

/**
 * tsm_profile_json_write:
 * @profiles: (element-type TsmProfile): profiles
 * @active: (nullable): the id of the one to connect to
 *
 * Returns: (transfer full): a JSON text for people too, without passwords
 */
char *
tsm_profile_json_write (GPtrArray  *profiles,
                        const char *active)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, FORMAT);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  if (active != NULL)
    {
      json_builder_set_member_name (builder, "active");
      json_builder_add_string_value (builder, active);
    }
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < profiles->len; i++)
    write_profile (builder, g_ptr_array_index (profiles, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
