/* TsmCli: what the subcommands of tickstock-monitorctl share: global options, main loop, exit status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "cli/tsm-text.h"

#define PROGRAM "tickstock-monitorctl"

static gboolean
set_url_cb (const char  *name,
            const char  *value,
            gpointer     user_data,
            GError     **error)
{
  TsmCli *self = user_data;

  g_free (self->url);
  self->url = g_strdup (value);
  return TRUE;
}

static gboolean
set_profile_cb (const char  *name,
                const char  *value,
                gpointer     user_data,
                GError     **error)
{
  TsmCli *self = user_data;

  g_free (self->profile);
  self->profile = g_strdup (value);
  return TRUE;
}

/**
 * tsm_cli_global_group:
 *
 * Returns: (transfer full): the options that may stand before and after the subcommand
 */
GOptionGroup *
tsm_cli_global_group (TsmCli *self)
{
  GOptionGroup *group = g_option_group_new ("global", _("Global options:"), _("Show the global options"), self, NULL);
  const GOptionEntry entries[] = {
    { "url", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) set_url_cb,
      N_("Server: redis://[user:password@]host[:port], rediss://…, unix:///path/to.sock or redis+sentinel://…"), N_("URL") },
    { "profile", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) set_profile_cb,
      N_("Connection of this name or id (default: the active one, else REDIS_URL or REDIS_HOST, else redis://127.0.0.1:6379)"),
      N_("NAME") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_("Show this help and exit"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Show the version and exit"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, N_("Tell each state of the connection on standard error"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  return group;
}

/**
 * tsm_cli_new_context:
 *
 * Returns: (transfer full): a context for the present subcommand with the global options; it takes the
 *   subcommand's own from tsm_cli_add_options()
 */
GOptionContext *
tsm_cli_new_context (TsmCli *self)
{
  GOptionContext *context = g_option_context_new (self->command->arguments);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, self->command->summary);
  g_option_context_set_description (context, self->command->description);
  self->options = g_option_group_new ("options", _("Options:"), _("Show the options"), NULL, NULL);
  g_option_group_set_translation_domain (self->options, GETTEXT_PACKAGE);
  g_option_context_add_group (context, self->options);
  g_option_context_add_group (context, tsm_cli_global_group (self));

  return context;
}

/**
 * tsm_cli_add_options:
 * @entries: ended by %G_OPTION_ENTRY_NULL; they are copied
 *
 * Adds options of the subcommand to the context that tsm_cli_new_context() made last.
 */
void
tsm_cli_add_options (TsmCli             *self,
                     const GOptionEntry *entries)
{
  g_option_group_add_entries (self->options, entries);
}

void
tsm_cli_print_version (void)
{
  puts (PROGRAM " " PACKAGE_VERSION);
}

static void
print_help (TsmCli         *self,
            GOptionContext *context)
{
  g_autofree char *program = g_strconcat (PROGRAM " ", self->command->name, NULL);
  g_autofree char *help = NULL;

  g_set_prgname (program); /* the usage line shows it */
  help = g_option_context_get_help (context, FALSE, NULL);
  fputs (help, stdout);
}

/* "--" ends the options; GOption leaves it where what follows looks like one. */
static void
drop_separator (char **argv)
{
  for (; *argv != NULL; argv++)
    {
      if (g_str_equal (*argv, "--"))
        {
          g_free (*argv);
          memmove (argv, argv + 1, (g_strv_length (argv + 1) + 1) * sizeof *argv);
          return;
        }
    }
}

/**
 * tsm_cli_parse:
 * @argv: (inout): a NULL-terminated copy of the arguments; the options are taken out, arguments follow the name
 * @min_arguments: arguments at least
 * @max_arguments: arguments at most
 *
 * Returns: whether to go on; otherwise the status is set and everything has been said
 */
gboolean
tsm_cli_parse (TsmCli           *self,
               GOptionContext   *context,
               char           ***argv,
               guint             min_arguments,
               guint             max_arguments)
{
  g_autoptr (GError) error = NULL;
  guint n_arguments;

  if (!g_option_context_parse_strv (context, argv, &error))
    {
      self->status = tsm_cli_usage_error (self, "%s", error->message);
      return FALSE;
    }

  if (self->help || self->version)
    {
      if (self->help)
        print_help (self, context);
      else
        tsm_cli_print_version ();
      self->status = TSM_CLI_FINE;
      return FALSE;
    }

  if (self->url != NULL && self->profile != NULL)
    {
      self->status = tsm_cli_usage_error (self, _("Give either --url or --profile."));
      return FALSE;
    }

  drop_separator (*argv);
  n_arguments = g_strv_length (*argv) - 1;
  if (n_arguments < min_arguments)
    self->status = tsm_cli_usage_error (self, _("An argument is missing: %s"), self->command->arguments);
  else if (n_arguments > max_arguments)
    self->status = tsm_cli_usage_error (self, _("One argument too many: “%s”"), (*argv)[max_arguments + 1]);
  else
    return TRUE;

  return FALSE;
}

/**
 * tsm_cli_usage_error:
 *
 * Says what is wrong with the command line, and where to find help.
 *
 * Returns: TSM_CLI_ERROR
 */
TsmCliStatus
tsm_cli_usage_error (TsmCli     *self,
                     const char *format,
                     ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  tsm_cli_say ("%s", message);
  if (self->command != NULL)
    tsm_cli_say (_("“%s %s --help” tells more."), PROGRAM, self->command->name);
  else
    tsm_cli_say (_("“%s --help” tells more."), PROGRAM);

  return TSM_CLI_ERROR;
}

void
tsm_cli_say (const char *format,
             ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) text = g_string_new (PROGRAM ": ");
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  tsm_text_append_escaped (text, message);
  g_string_append_c (text, '\n');
  fputs (text->str, stderr);
}

/**
 * tsm_cli_write_line:
 * @line: without its newline
 *
 * Writes a line to stdout at once. Where nobody reads any more the program ends quietly.
 *
 * Returns: whether it was written
 */
gboolean
tsm_cli_write_line (TsmCli     *self,
                    const char *line)
{
  int saved_errno;

  if (fputs (line, stdout) != EOF && fputc ('\n', stdout) != EOF && fflush (stdout) == 0)
    return TRUE;

  saved_errno = errno;
  if (saved_errno != EPIPE)
    tsm_cli_say (_("Cannot write the output: %s"), g_strerror (saved_errno));
  tsm_cli_quit (self, saved_errno == EPIPE ? TSM_CLI_FINE : TSM_CLI_ERROR);
  return FALSE;
}

static gboolean
interrupted_cb (gpointer user_data)
{
  TsmCli *self = user_data;

  self->interrupted = TRUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/**
 * tsm_cli_run:
 *
 * Runs the main loop until tsm_cli_quit() or SIGINT, SIGTERM or SIGHUP.
 *
 * Returns: the status given to tsm_cli_quit(), TSM_CLI_FINE after a signal
 */
TsmCliStatus
tsm_cli_run (TsmCli *self)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    self->signal_ids[i] = g_unix_signal_add (numbers[i], interrupted_cb, self);

  g_main_loop_run (self->loop);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);

  return self->status;
}

void
tsm_cli_quit (TsmCli       *self,
              TsmCliStatus  status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}
