/* tickstock-monitorctl demo: a private server with simulated traffic, for the window's demo and for trying things out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With --until-eof whoever holds the other end of standard input can have a fault played, by lines such as
 *
 *     fault wrong-channel
 *     fault none
 *
 * Nothing is answered on standard output, whose only line is the URL; what is not understood is said on standard error.
 */

#include "config.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/tsm-cli-traffic.h"
#include "simulator/tsm-demo-host.h"

#define MAX_LINE 256 /* bytes; a longer one means nothing */

typedef struct
{
  TsmCli      *cli;
  TsmDemoHost *host;
  GString     *input; /* the line that has begun */
} Demo;

static void
ready_cb (TsmDemoHost *host,
          TsmCli      *cli)
{
  tsm_cli_write_line (cli, tsm_demo_host_get_url (host));
}

static void
failed_cb (TsmDemoHost *host,
           const char  *message,
           TsmCli      *cli)
{
  tsm_cli_say ("%s", message);
  tsm_cli_quit (cli, TSM_CLI_ERROR);
}

/* One line of standard input: "fault CODE" or "fault none". */
static void
obey (Demo       *self,
      const char *line)
{
  const TsmSimFault *fault = NULL;
  g_autofree char *words = NULL;

  if (g_str_has_prefix (line, "fault "))
    words = tsm_cli_traffic_find_fault (line + strlen ("fault "), &fault);
  else
    words = g_strdup_printf (_("“%s” means nothing here: write “fault CODE” or “fault none”."), line);

  if (words == NULL)
    tsm_demo_host_set_fault (self->host, fault);
  else
    tsm_cli_say ("%s", words);
}

static void
take_lines (Demo *self)
{
  char *newline;

  while ((newline = strchr (self->input->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (self->input->str, (gsize) (newline - self->input->str));

      g_string_erase (self->input, 0, newline + 1 - self->input->str);
      obey (self, g_strstrip (line));
    }

  if (self->input->len > MAX_LINE)
    g_string_truncate (self->input, 0);
}

/* Whoever started us holds the other end: when it is gone, so are we. */
static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Demo *self = user_data;
  char buffer[256];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0)
    {
      g_string_append_len (self->input, buffer, n);
      take_lines (self);
      return G_SOURCE_CONTINUE;
    }
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;

  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return G_SOURCE_CONTINUE;
}

static TsmCliStatus
host_demo (TsmCli                  *cli,
           const TsmTrafficOptions *options,
           const TsmSimFault       *fault,
           gboolean                 until_eof)
{
  g_autoptr (TsmDemoHost) host = tsm_demo_host_new (options);
  g_autoptr (GString) input = g_string_new (NULL);
  Demo self = { cli, host, input };
  g_autoptr (GError) error = NULL;
  guint stdin_id = 0;

  tsm_demo_host_set_fault (host, fault);
  g_signal_connect (host, "ready", G_CALLBACK (ready_cb), cli);
  g_signal_connect (host, "failed", G_CALLBACK (failed_cb), cli);
  if (!tsm_demo_host_start (host, &error))
    {
      tsm_cli_say ("%s", error->message);
      return TSM_CLI_ERROR;
    }

  if (until_eof)
    stdin_id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, &self);
  tsm_cli_run (cli);
  g_clear_handle_id (&stdin_id, g_source_remove);
  tsm_demo_host_stop (host);

  return cli->status;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  gboolean until_eof = FALSE;
  g_auto (TsmCliTraffic) traffic = TSM_CLI_TRAFFIC_DEFAULT;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  TsmTrafficOptions options;
  const TsmSimFault *fault;
  const GOptionEntry entries[] = {
    { "until-eof", 0, 0, G_OPTION_ARG_NONE, &until_eof, N_("End when standard input ends; its lines “fault CODE” and “fault none” set the fault"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_traffic_add_options (&traffic, cli);
  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 0, 0) || !tsm_cli_traffic_check (&traffic, cli, &options, &fault))
    return cli->status;
  if (cli->url != NULL || cli->profile != NULL)
    return tsm_cli_usage_error (cli, _("The demo brings its own server: --url and --profile have no meaning here."));

  return host_demo (cli, &options, fault, until_eof);
}

const TsmCliCommand tsm_cli_demo = {
  .name = "demo",
  .summary = N_("Run a private Redis server with simulated traffic on it"),
  .description = N_("Starts a redis-server of its own (a Unix socket in a private directory, no TCP port, nothing saved), publishes\n"
                    "simulated events there, and prints the server's URL as its only line. Runs until it is interrupted; then the\n"
                    "server and its directory are removed.\n"
                    "\n"
                    "Exit status: 0 when it was ended, 2 when the server could not be started or died.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl demo\n"
                    "  tickstock-monitorctl demo --dialect b --seed 3\n"
                    "  tickstock-monitorctl demo --fault wrong-channel\n"
                    "  sleep 60 | tickstock-monitorctl demo --until-eof"),
  .run = run,
};
