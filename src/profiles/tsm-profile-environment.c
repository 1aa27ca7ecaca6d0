/* A profile from the REDIS_… variables: an address, or its parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "profiles/tsm-profile-environment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "profiles/tsm-problems.h"
#include "profiles/tsm-profile-exchange.h"

typedef enum
{
  URL,
  HOST,
  PORT,
  DB,
  USERNAME,
  PASSWORD,
  CHANNEL,
  N_VARIABLES
} Variable;

static const char * const names[N_VARIABLES] = {
  "REDIS_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_DB", "REDIS_USERNAME", "REDIS_PASSWORD", "REDIS_MONITORING_CHANNEL",
};

typedef struct
{
  TsmEnvVariable  variables[N_VARIABLES]; /* borrowed */
  GPtrArray      *problems;
} Reader;

static void
add_problem (Reader     *self,
             Variable    variable,
             const char *message)
{
  if (self->variables[variable].line > 0)
    tsm_problems_add (self->problems, _("Line %u, %s: %s"), self->variables[variable].line, names[variable], message);
  else
    tsm_problems_add (self->problems, _("%s: %s"), names[variable], message);
}

/* (nullable): an empty variable is as good as none */
static const char *
get (Reader   *self,
     Variable  variable)
{
  const char *value = self->variables[variable].value;

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
get_number (Reader   *self,
            Variable  variable,
            guint64   min,
            guint64   max,
            guint64  *number)
{
  if (get (self, variable) == NULL)
    return FALSE;
  if (g_ascii_string_to_unsigned (get (self, variable), 10, min, max, number, NULL))
    return TRUE;

  add_problem (self, variable, _("It must be a number; it is left out."));
  return FALSE;
}

/* Whether @host means the same by itself and in an address. */
static gboolean
is_host (const char *host)
{
  g_autoptr (TsmUrl) url = NULL;
  g_autoptr (TsmEndpoint) endpoint = tsm_endpoint_new (host, TSM_URL_DEFAULT_PORT);
  g_autofree char *text = tsm_endpoint_to_string (endpoint);
  g_autofree char *address = g_strconcat ("redis://", text, NULL);

  url = tsm_url_parse (address, NULL);
  return url != NULL && g_strcmp0 (url->host, host) == 0;
}

/* (transfer full): "[::1]" is "::1" */
static char *
dup_host (const char *text)
{
  gsize length = strlen (text);
  gboolean has_brackets = text[0] == '[' && text[length - 1] == ']';

  return has_brackets ? g_strndup (text + 1, length - 2) : g_strdup (text);
}

static TsmUrl *
make_url_from_host (Reader *self)
{
  g_autofree char *host = dup_host (get (self, HOST));
  TsmUrl *url;
  guint64 port;

  if (g_path_is_absolute (host))
    url = tsm_url_parse (host, NULL);
  else
    url = is_host (host) ? tsm_url_parse (TSM_PROFILE_DEFAULT_URL, NULL) : NULL;

  if (url == NULL)
    {
      add_problem (self, HOST, _("It must be a host name, an IP address or the path of a Unix socket."));
      return NULL;
    }

  if (url->host != NULL)
    {
      g_free (url->host);
      url->host = g_steal_pointer (&host);
      if (get_number (self, PORT, 1, G_MAXUINT16, &port))
        url->port = (guint16) port;
    }

  return url;
}

static void
tell_disagreement (Reader   *self,
                   Variable  variable)
{
  g_autofree char *message = g_strdup_printf (_("It disagrees with %s, which is used."), names[URL]);

  add_problem (self, variable, message);
}

/* The address counts; what it leaves open is taken from the parts. */
static TsmUrl *
make_url_from_url (Reader *self)
{
  g_autoptr (GError) error = NULL;
  TsmUrl *url = tsm_url_parse (get (self, URL), &error);
  g_autofree char *host = get (self, HOST) != NULL ? dup_host (get (self, HOST)) : NULL;
  guint64 port;

  if (url == NULL)
    {
      add_problem (self, URL, error->message);
      return NULL;
    }

  if (host != NULL && g_strcmp0 (host, url->host) != 0 && g_strcmp0 (host, url->socket_path) != 0)
    tell_disagreement (self, HOST);
  if (url->host != NULL && get_number (self, PORT, 1, G_MAXUINT16, &port) && port != url->port)
    tell_disagreement (self, PORT);

  return url;
}

static void
take_credentials (Reader *self,
                  TsmUrl *url)
{
  const char *user = get (self, USERNAME);
  const char *password = get (self, PASSWORD);

  if (url->user == NULL)
    url->user = g_strdup (user);
  else if (user != NULL && !g_str_equal (user, url->user))
    tell_disagreement (self, USERNAME);

  if (g_strcmp0 (url->password, TSM_URL_HIDDEN_PASSWORD) == 0)
    g_clear_pointer (&url->password, tsm_url_wipe);
  if (url->password == NULL)
    url->password = g_strdup (password);
  else if (password != NULL && !g_str_equal (password, url->password))
    tell_disagreement (self, PASSWORD);
}

static void
take_database (Reader *self,
               TsmUrl *url)
{
  guint64 number;

  if (!get_number (self, DB, 0, G_MAXUINT16, &number))
    return;

  if (url->database < 0)
    url->database = (int) number;
  else if (url->database != (int) number)
    tell_disagreement (self, DB);
}

/* The errors' channel stays beside the one that is named. */
static void
take_channel (Reader     *self,
              TsmProfile *profile)
{
  const char *channel = get (self, CHANNEL);
  g_autofree char *list = g_strconcat (channel != NULL ? channel : "", " ", TSM_PROFILE_ERRORS_CHANNEL, NULL);
  g_autoptr (GError) error = NULL;

  if (channel != NULL && !tsm_profile_set_text (profile, TSM_PROFILE_CHANNELS, list, &error))
    add_problem (self, CHANNEL, error->message);
}

/* Every part is checked once more as an address. */
static TsmProfile *
make_profile (Reader       *self,
              const TsmUrl *url)
{
  g_autofree char *text = tsm_url_to_string (url, TSM_URL_BARE);
  g_autoptr (GError) error = NULL;
  TsmProfile *profile = tsm_profile_new_from_url (text, &error);

  if (profile == NULL)
    {
      add_problem (self, get (self, URL) != NULL ? URL : HOST, error->message);
      return NULL;
    }

  tsm_profile_set_password (profile, url->password);
  take_channel (self, profile);
  return profile;
}

/**
 * tsm_profile_environment_read:
 * @lookup: the value of a variable, which it keeps
 * @data: for @lookup
 * @problems: (nullable) (element-type utf8): what was not understood is added, without any value
 *
 * Returns: (transfer full) (nullable): a profile without a name; %NULL where REDIS_HOST and REDIS_URL are not set, or wrong
 */
TsmProfile *
tsm_profile_environment_read (TsmEnvironmentLookup  lookup,
                              gpointer              data,
                              GPtrArray            *problems)
{
  Reader self = { .problems = problems };
  g_autoptr (TsmUrl) url = NULL;

  for (guint i = 0; i < N_VARIABLES; i++)
    {
      self.variables[i] = lookup (data, names[i]);
      if (self.variables[i].value == NULL && self.variables[i].line > 0)
        add_problem (&self, i, _("The value is not understood and is left out. Check its quotes and its ${…}."));
    }

  if (get (&self, URL) != NULL)
    url = make_url_from_url (&self);
  else if (get (&self, HOST) != NULL)
    url = make_url_from_host (&self);
  if (url == NULL)
    return NULL;

  take_credentials (&self, url);
  take_database (&self, url);
  return make_profile (&self, url);
}

typedef const char *(*GetFunc) (const char *name);

static TsmEnvVariable
lookup_environment (gpointer    data,
                    const char *name)
{
  GetFunc get_variable = *(GetFunc *) data;
  TsmEnvVariable variable = { (char *) get_variable (name), 0 };

  /* Not a text: as if it were not there. */
  if (variable.value != NULL && (strlen (variable.value) > TSM_ENV_FILE_MAX_VALUE || !g_utf8_validate (variable.value, -1, NULL)))
    variable.value = NULL;

  return variable;
}

/**
 * tsm_profile_import_environment:
 * @get: (nullable): the value of a variable; %NULL for g_getenv()
 * @problems: (nullable) (element-type utf8): what was not understood is added, without any value
 *
 * Returns: (transfer full) (nullable): a profile, its password on it; %NULL where neither REDIS_HOST nor REDIS_URL is set, or
 *   where that is wrong, which is a problem then
 */
TsmProfile *
tsm_profile_import_environment (const char *(*get_variable) (const char *name),
                                GPtrArray    *problems)
{
  GetFunc lookup = get_variable != NULL ? get_variable : g_getenv;
  TsmProfile *profile = tsm_profile_environment_read (lookup_environment, &lookup, problems);

  if (profile != NULL)
    tsm_profile_set_text (profile, TSM_PROFILE_NAME, _("Environment"), NULL);

  return profile;
}
