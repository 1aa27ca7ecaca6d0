/* tickstock-monitorctl: the command line of TickStock Monitor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/tsm-cli-server.h"

static const TsmCliCommand * const commands[] = {
  &tsm_cli_doctor, &tsm_cli_watch, &tsm_cli_validate, &tsm_cli_record, &tsm_cli_replay,
  &tsm_cli_simulate, &tsm_cli_action, &tsm_cli_alerts, &tsm_cli_profiles, &tsm_cli_demo,
};

static const TsmCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i]->name, name))
        return commands[i];
    }

  return NULL;
}

static char *
make_command_list (void)
{
  GString *list = g_string_new (_("Subcommands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (list, "\n  %-10s %s", commands[i]->name, _(commands[i]->summary));

  g_string_append_printf (list, "\n\n%s\n  tickstock-monitorctl watch --help\n", _("Each of them explains itself:"));
  g_string_append_printf (list, "\n%s\n", _("The server is that of --url or --profile, else of the active connection (see profiles), else of REDIS_URL or\n"
                                           "REDIS_HOST, else redis://127.0.0.1:6379. Its password is in the keyring or in REDIS_PASSWORD. What plays\n"
                                           "the engine goes to 127.0.0.1 unless it is told otherwise."));
  g_string_append_printf (list, "\n%s", _("Exit status: 0 fine, 1 a fault was found, 2 it could not run."));
  return g_string_free (list, FALSE);
}

/* The options before the subcommand: parsing stops at the first word that is none. */
static GOptionContext *
make_context (TsmCli *cli)
{
  GOptionContext *context = g_option_context_new (_("SUBCOMMAND …"));
  g_autofree char *list = make_command_list ();

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _("The command line of TickStock Monitor: what does the engine publish, and does it hear us?"));
  g_option_context_set_description (context, list);
  g_option_context_add_group (context, tsm_cli_global_group (cli));

  return context;
}

static void
print_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, FALSE, NULL);

  fputs (help, stdout);
}

static TsmCliStatus
run_command (TsmCli  *cli,
             char   **argv)
{
  cli->command = find_command (argv[1]);
  if (cli->command == NULL)
    return tsm_cli_usage_error (cli, _("There is no subcommand “%s”."), argv[1]);

  return cli->command->run (cli, argv + 1);
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  g_autoptr (GOptionContext) context = make_context (cli);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, &argv, &error))
    return tsm_cli_usage_error (cli, "%s", error->message);

  if (cli->version)
    {
      tsm_cli_print_version ();
      return TSM_CLI_FINE;
    }

  if (argv[1] != NULL)
    return run_command (cli, argv);

  if (!cli->help)
    return tsm_cli_usage_error (cli, _("A subcommand is missing."));

  print_help (context);
  return TSM_CLI_FINE;
}

int
main (int    argc,
      char **argv)
{
  TsmCli cli = { NULL };
  g_autoptr (TsmArguments) arguments = tsm_arguments_new (argc, argv); /* first of all: `ps` shows what was given until then */
  g_auto (GStrv) parsed = tsm_arguments_dup_strv (arguments);
  TsmCliStatus status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN); /* a reader that goes away is an error of write(), see tsm_cli_write_line() */
  g_set_prgname ("tickstock-monitorctl");

  cli.arguments = arguments;
  cli.loop = g_main_loop_new (NULL, FALSE);
  status = run (&cli, parsed);
  g_main_loop_unref (cli.loop);
  tsm_cli_close_server (&cli);
  g_free (cli.url);
  g_free (cli.profile);

  return status;
}
