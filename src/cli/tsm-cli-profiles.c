/* tickstock-monitorctl profiles: the connections that the window shows too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-profiles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/tsm-cli-password.h"
#include "cli/tsm-text.h"
#include "events/tsm-json-writer.h"

#define MAX_ARGUMENTS 1000

typedef enum
{
  TAKES_NOTHING = 0,
  TAKES_JSON = 1 << 0,
  TAKES_REPLACE = 1 << 1,
  TAKES_OUTPUT = 1 << 2,
  TAKES_SETTINGS = 1 << 3,
} Options;

void
tsm_cli_profiles_print (TsmCliProfiles *self,
                        const char     *format,
                        ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  tsm_text_append_escaped (line, text);
  tsm_cli_write_line (self->cli, line->str);
}

TsmCliStatus
tsm_cli_profiles_save (TsmCliProfiles *self)
{
  g_autoptr (GError) error = NULL;

  if (tsm_profile_store_flush (self->store, &error))
    return TSM_CLI_FINE;

  tsm_cli_say (_("Your connections could not be saved: %s"), error->message);
  return TSM_CLI_ERROR;
}

TsmCliStatus
tsm_cli_profiles_keep (TsmCliProfiles *self,
                       TsmProfile     *profile)
{
  TsmSecretPlace place;

  if (!tsm_cli_store_password (self->cli, profile, &place))
    return TSM_CLI_ERROR;
  if (tsm_profile_get_password (profile) == NULL || place == TSM_SECRET_KEYRING)
    return TSM_CLI_FINE;

  tsm_cli_say_trouble (self->cli);
  tsm_cli_say (_("The password of “%s” was not kept."), tsm_profile_get_name (profile));
  return TSM_CLI_FAULT;
}

static TsmProfile *
find_own (TsmCliProfiles *self,
          const char     *name)
{
  TsmProfile *profile = tsm_cli_find_profile (self->cli, name);

  if (profile == NULL || !tsm_profile_is_managed (profile))
    return profile;

  tsm_cli_say (_("“%s” is managed by your administrator and cannot be changed here."), tsm_profile_get_name (profile));
  return NULL;
}

/* --- list --- */

static gboolean
is_active (TsmCliProfiles *self,
           TsmProfile     *profile)
{
  return g_strcmp0 (tsm_profile_store_get_active (self->store), tsm_profile_get_id (profile)) == 0;
}

static void
write_field (TsmJsonWriter   *writer,
             TsmProfile      *profile,
             TsmProfileField  field)
{
  const char *key = tsm_profile_field_get_key (field);
  g_autofree char *text = tsm_profile_dup_text (profile, field);

  switch (tsm_profile_field_get_kind (field))
    {
    case TSM_PROFILE_LIST:
      tsm_json_writer_strings (writer, key, (char **) tsm_profile_get_channels (profile));
      break;
    case TSM_PROFILE_NUMBER:
      tsm_json_writer_number (writer, key, tsm_profile_get_number (profile, field));
      break;
    case TSM_PROFILE_BOOLEAN:
      tsm_json_writer_boolean (writer, key, g_str_equal (text, "true"));
      break;
    case TSM_PROFILE_TEXT:
    default:
      tsm_json_writer_string (writer, key, text);
      break;
    }
}

static char *
make_json (TsmCliProfiles *self,
           TsmProfile     *profile)
{
  TsmJsonWriter writer;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "id", tsm_profile_get_id (profile));
  tsm_json_writer_boolean (&writer, "active", is_active (self, profile));
  tsm_json_writer_boolean (&writer, "managed", tsm_profile_is_managed (profile));
  for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
    write_field (&writer, profile, i);
  tsm_json_writer_end_object (&writer);

  return tsm_json_harden (tsm_json_writer_finish (&writer));
}

static char *
make_text (TsmCliProfiles *self,
           TsmProfile     *profile,
           glong           width)
{
  const char *name = tsm_profile_get_name (profile);
  g_autofree char *url = tsm_profile_dup_text (profile, TSM_PROFILE_URL);
  GString *line = g_string_new (is_active (self, profile) ? "* " : "  ");

  tsm_text_append_escaped (line, name);
  for (glong i = g_utf8_strlen (name, -1); i < width + 2; i++)
    g_string_append_c (line, ' ');
  tsm_text_append_escaped (line, url);
  if (tsm_profile_is_managed (profile))
    g_string_append_printf (line, "  [%s]", _("managed"));
  if (tsm_profile_is_read_only (profile))
    g_string_append_printf (line, "  [%s]", _("read-only"));

  return g_string_free (line, FALSE);
}

static TsmCliStatus
run_list (TsmCliProfiles  *self,
          char           **arguments)
{
  GListModel *profiles = G_LIST_MODEL (self->store);
  guint n = g_list_model_get_n_items (profiles);
  glong width = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmProfile) profile = g_list_model_get_item (profiles, i);

      width = MAX (width, g_utf8_strlen (tsm_profile_get_name (profile), -1));
    }

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmProfile) profile = g_list_model_get_item (profiles, i);
      g_autofree char *line = self->json ? make_json (self, profile) : make_text (self, profile, width);

      if (!tsm_cli_write_line (self->cli, line))
        return self->cli->status;
    }

  if (n == 0)
    tsm_cli_say (_("There is no connection yet. “profiles add” or “profiles import” makes one."));
  return TSM_CLI_FINE;
}

/* --- add, remove, use, password --- */

static gboolean
set_field (TsmCliProfiles *self,
           TsmProfile     *profile,
           const char     *setting)
{
  const char *equals = strchr (setting, '=');
  g_autofree char *key = equals != NULL ? g_strndup (setting, equals - setting) : NULL;
  g_autoptr (GError) error = NULL;
  TsmProfileField field;

  if (key == NULL || !tsm_profile_field_from_key (key, &field) || field == TSM_PROFILE_NAME || field == TSM_PROFILE_URL)
    {
      g_autoptr (GString) keys = g_string_new (NULL);

      for (guint i = 0; i < TSM_N_PROFILE_FIELDS; i++)
        if (i != TSM_PROFILE_NAME && i != TSM_PROFILE_URL)
          g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : "", tsm_profile_field_get_key (i));
      tsm_cli_usage_error (self->cli, _("--set needs KEY=VALUE, where KEY is one of %s."), keys->str);
      return FALSE;
    }

  if (tsm_profile_set_text (profile, field, equals + 1, &error))
    return TRUE;

  tsm_cli_usage_error (self->cli, "%s: %s", key, error->message);
  return FALSE;
}

static TsmCliStatus
run_add (TsmCliProfiles  *self,
         char           **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (arguments[1], &error);
  TsmCliStatus status;

  if (profile == NULL || !tsm_profile_set_text (profile, TSM_PROFILE_NAME, arguments[0], &error))
    return tsm_cli_usage_error (self->cli, "%s", error->message);
  if (*tsm_profile_get_name (profile) == '\0')
    return tsm_cli_usage_error (self->cli, _("The connection needs a name."));
  if (tsm_profile_store_find (self->store, tsm_profile_get_name (profile)) != NULL)
    return tsm_cli_usage_error (self->cli, _("There is a connection “%s” already."), tsm_profile_get_name (profile));
  for (guint i = 0; self->settings != NULL && self->settings[i] != NULL; i++)
    if (!set_field (self, profile, self->settings[i]))
      return TSM_CLI_ERROR;

  tsm_profile_store_insert (self->store, profile, G_MAXUINT);
  status = tsm_cli_profiles_save (self);
  if (status != TSM_CLI_FINE)
    return status;

  tsm_cli_profiles_print (self, _("Added “%s”."), tsm_profile_get_name (profile));
  return tsm_profile_get_password (profile) != NULL ? tsm_cli_profiles_keep (self, profile) : TSM_CLI_FINE;
}

static TsmCliStatus
run_remove (TsmCliProfiles  *self,
            char           **arguments)
{
  TsmProfile *found = find_own (self, arguments[0]);
  g_autoptr (TsmProfile) profile = NULL;
  TsmCliStatus status;

  if (found == NULL)
    return TSM_CLI_ERROR;

  profile = tsm_profile_store_remove (self->store, tsm_profile_get_id (found));
  status = tsm_cli_profiles_save (self);
  if (status != TSM_CLI_FINE)
    return status;

  tsm_cli_profiles_print (self, _("Removed “%s”."), tsm_profile_get_name (profile));
  tsm_profile_set_password (profile, NULL);
  return tsm_cli_profiles_keep (self, profile);
}

static TsmCliStatus
run_use (TsmCliProfiles  *self,
         char           **arguments)
{
  TsmProfile *profile = tsm_cli_find_profile (self->cli, arguments[0]);
  TsmCliStatus status;

  if (profile == NULL)
    return TSM_CLI_ERROR;

  tsm_profile_store_set_active (self->store, tsm_profile_get_id (profile));
  status = tsm_cli_profiles_save (self);
  if (status == TSM_CLI_FINE)
    tsm_cli_profiles_print (self, _("“%s” is the active connection."), tsm_profile_get_name (profile));
  return status;
}

static TsmCliStatus
run_password (TsmCliProfiles  *self,
              char           **arguments)
{
  TsmProfile *found = tsm_cli_find_profile (self->cli, arguments[0]);
  g_autoptr (TsmProfile) profile = found != NULL ? tsm_profile_copy (found) : NULL;
  g_autofree char *question = NULL;
  g_autoptr (GString) prompt = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  TsmCliStatus status;
  char *password;

  if (profile == NULL)
    return TSM_CLI_ERROR;

  question = g_strdup_printf (_("Password of “%s” (empty: forget it): "), tsm_profile_get_name (profile));
  tsm_text_append_escaped (prompt, question);
  password = tsm_cli_read_password (prompt->str, &error);
  if (password == NULL)
    {
      tsm_cli_say ("%s", error->message);
      return TSM_CLI_ERROR;
    }

  tsm_profile_set_password (profile, password);
  tsm_url_wipe (password);
  status = tsm_cli_profiles_keep (self, profile);
  if (status == TSM_CLI_FINE && tsm_profile_get_password (profile) != NULL)
    tsm_cli_profiles_print (self, _("The password of “%s” is in the keyring."), tsm_profile_get_name (profile));
  else if (status == TSM_CLI_FINE)
    tsm_cli_profiles_print (self, _("The password of “%s” is forgotten."), tsm_profile_get_name (profile));
  return status;
}

/* --- the subcommand --- */

static const struct
{
  const char   *name;
  guint         min;
  guint         max;
  Options       options;
  TsmCliStatus (*run) (TsmCliProfiles  *self,
                       char           **arguments);
} verbs[] = {
  { "list", 0, 0, TAKES_JSON, run_list },
  { "add", 2, 2, TAKES_SETTINGS, run_add },
  { "remove", 1, 1, TAKES_NOTHING, run_remove },
  { "use", 1, 1, TAKES_NOTHING, run_use },
  { "password", 1, 1, TAKES_NOTHING, run_password },
  { "import", 1, 1, TAKES_REPLACE, tsm_cli_profiles_import },
  { "export", 0, MAX_ARGUMENTS, TAKES_JSON | TAKES_OUTPUT, tsm_cli_profiles_export },
  { "test", 0, 1, TAKES_JSON, tsm_cli_profiles_test },
};

/* (nullable): an option that was given and is not one of @taken */
static const char *
get_wrong_option (TsmCliProfiles *self,
                  Options         taken)
{
  const struct
  {
    gboolean    is_given;
    Options     option;
    const char *name;
  } options[] = {
    { self->json, TAKES_JSON, "--json" },
    { self->replace, TAKES_REPLACE, "--replace" },
    { self->output != NULL, TAKES_OUTPUT, "--output" },
    { self->settings != NULL, TAKES_SETTINGS, "--set" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].is_given && (taken & options[i].option) == 0)
      return options[i].name;

  return NULL;
}

static TsmCliStatus
run_verb (TsmCliProfiles  *self,
          char           **argv)
{
  guint n = g_strv_length (argv + 2);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      const char *wrong = get_wrong_option (self, verbs[i].options);

      if (!g_str_equal (verbs[i].name, argv[1]))
        continue;
      if (n < verbs[i].min || n > verbs[i].max)
        return tsm_cli_usage_error (self->cli, _("“profiles %s” has too many arguments, or too few."), verbs[i].name);
      if (wrong != NULL)
        return tsm_cli_usage_error (self->cli, _("“profiles %s” does not take %s."), verbs[i].name, wrong);

      self->store = tsm_cli_get_store (self->cli);
      if (!self->cli->verbose)
        tsm_cli_say_problems (self->cli);
      return verbs[i].run (self, argv + 2);
    }

  return tsm_cli_usage_error (self->cli, _("There is no “profiles %s”."), argv[1]);
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  TsmCliProfiles self = { .cli = cli };
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("JSON (list and test: an object per line)"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &self.replace, N_("import: replace what has the same id or name"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self.output, N_("export: write there instead of to standard output"), N_("FILE") },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.settings, N_("add: set a field, e.g. read-only=true (can be repeated)"), N_("KEY=VALUE") },
    G_OPTION_ENTRY_NULL
  };
  TsmCliStatus status;

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 1, MAX_ARGUMENTS))
    status = cli->status;
  else
    status = run_verb (&self, argv);

  g_free (self.output);
  g_strfreev (self.settings);
  return status;
}

const TsmCliCommand tsm_cli_profiles = {
  .name = "profiles",
  .arguments = N_("list|add|remove|use|password|import|export|test …"),
  .summary = N_("List, change, import, export and test the connections of the window"),
  .description = N_("  list                    the connections: * marks the active one; [managed] ones come from the administrator\n"
                    "  add NAME ADDRESS        add one; a password in ADDRESS goes to the keyring\n"
                    "  remove NAME             remove one, and its password\n"
                    "  use NAME                make it the active one, which the window opens and all subcommands use\n"
                    "  password NAME           read its password from standard input (unseen on a terminal) into the keyring\n"
                    "  import FILE|-           add those of a .env file (REDIS_URL or REDIS_HOST …), a keyfile or JSON\n"
                    "  export [NAME…]          write them as a keyfile, or as JSON; never with passwords\n"
                    "  test [NAME]             try one step by step: resolve, connect, TLS, server, authenticate, subscribe, control\n"
                    "\n"
                    "NAME may also be an id. Without NAME, test tries the server that the other subcommands would use.\n"
                    "\n"
                    "Exit status: 0 fine; 1 a step of the test failed, something of a file was left out, or a password could not be\n"
                    "kept; 2 it could not run.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl profiles add Production rediss://monitor@10.0.0.5:6380 --set read-only=true\n"
                    "  tickstock-monitorctl profiles password Production\n"
                    "  tickstock-monitorctl profiles test Production\n"
                    "  tickstock-monitorctl profiles import /opt/tickstock/.env\n"
                    "  tickstock-monitorctl profiles export Production -o production.profile"),
  .run = run,
};
