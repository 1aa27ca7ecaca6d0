/* tickstock-monitorctl simulate: publishes as an engine would.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/tsm-cli-link.h"
#include "cli/tsm-cli-server.h"
#include "cli/tsm-cli-traffic.h"
#include "simulator/tsm-simulator.h"

#define PROGRESS_EVERY 10 /* s, where stderr is no terminal */

typedef struct
{
  TsmCli       *cli;
  TsmSimulator *simulator;
  const char   *channel;
  const char   *goes_to; /* the channel, or that of the fault */
  gint64        count; /* TSM_CLI_NO_COUNT: no end */
  gboolean      quiet;
  gboolean      on_terminal;
  guint         seconds;
} Simulate;

static void
show_progress (Simulate *self)
{
  TsmSimulatorStats stats;

  tsm_simulator_get_stats (self->simulator, &stats);
  fprintf (stderr, self->on_terminal ? "\r" : "");
  fprintf (stderr, _("published: %lu, listening: %lu, commands heard: %lu"), (gulong) stats.published, (gulong) stats.max_receivers,
           (gulong) stats.commands);
  fputs (self->on_terminal ? "\033[K" : "\n", stderr);
}

/* A server that refuses every event would let us run for ever without a word. */
static void
end_if_refused (Simulate *self)
{
  TsmSimulatorStats stats;

  tsm_simulator_get_stats (self->simulator, &stats);
  if (stats.published > 0 || stats.failed == 0)
    return;

  tsm_cli_say (_("Nothing could be published on %s: %s"), self->goes_to, tsm_simulator_get_error (self->simulator));
  tsm_cli_quit (self->cli, TSM_CLI_ERROR);
}

static gboolean
second_cb (gpointer user_data)
{
  Simulate *self = user_data;

  self->seconds++;
  end_if_refused (self);
  if (!self->quiet && (self->on_terminal || self->seconds % PROGRESS_EVERY == 0))
    show_progress (self);

  return G_SOURCE_CONTINUE;
}

static void
finished_cb (Simulate *self)
{
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
}

static void
print_summary (Simulate *self)
{
  g_autofree char *line = NULL;
  TsmSimulatorStats stats;

  tsm_simulator_get_stats (self->simulator, &stats);
  if (stats.receptions == 0)
    line = g_strdup_printf (_("published %lu on %s; nobody is listening"), (gulong) stats.published, self->goes_to);
  else
    line = g_strdup_printf (_("published %lu on %s, each received by up to %lu; commands heard: %lu"), (gulong) stats.published,
                            self->goes_to, (gulong) stats.max_receivers, (gulong) stats.commands);

  if (self->on_terminal && !self->quiet)
    fputc ('\n', stderr);
  if (stats.failed > 0)
    tsm_cli_say (_("lost on the way: %lu (%s)"), (gulong) stats.failed, tsm_simulator_get_error (self->simulator));
  tsm_cli_write_line (self->cli, line);
}

static TsmCliStatus
simulate (Simulate                *self,
          const TsmTrafficOptions *options,
          const TsmSimFault       *fault)
{
  g_autoptr (TsmProfile) profile = tsm_cli_new_engine_profile (self->cli);
  g_autoptr (TsmSimulator) simulator = NULL;
  g_autoptr (TsmCliLink) link = NULL;
  guint second_id;

  if (profile == NULL)
    return self->cli->status;

  self->on_terminal = isatty (STDERR_FILENO);
  self->simulator = simulator = tsm_simulator_new (profile, self->channel, options, self->count != TSM_CLI_NO_COUNT ? (guint64) self->count : 0);
  tsm_simulator_set_fault (simulator, fault);
  link = tsm_cli_link_new (self->cli, tsm_simulator_get_connection (simulator), TSM_CLI_LINK_COMMANDS, NULL, NULL);
  g_signal_connect_swapped (simulator, "finished", G_CALLBACK (finished_cb), self);
  second_id = g_timeout_add_seconds (1, second_cb, self);
  tsm_simulator_start (simulator);

  tsm_cli_run (self->cli);
  g_source_remove (second_id);
  if (tsm_cli_link_was_ready (link))
    print_summary (self);
  tsm_simulator_stop (simulator);

  return self->cli->status;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  Simulate self = { .cli = cli, .count = TSM_CLI_NO_COUNT };
  g_auto (TsmCliTraffic) traffic = TSM_CLI_TRAFFIC_DEFAULT;
  g_autofree char *channel = NULL;
  g_autofree char *goes_to = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  TsmTrafficOptions options;
  const TsmSimFault *fault;
  const GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT64, &self.count, N_("End after N events"), N_("N") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING, &channel,
      N_("Publish there (default: tickstock:monitoring); commands are heard on CHANNEL:control"), N_("CHANNEL") },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self.quiet, N_("Show no progress"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_traffic_add_options (&traffic, cli);
  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 0, 0) || !tsm_cli_traffic_check (&traffic, cli, &options, &fault))
    return cli->status;
  if (self.count != TSM_CLI_NO_COUNT && self.count < 1)
    return tsm_cli_usage_error (cli, _("--count must be at least 1"));
  if (channel != NULL && channel[0] == '\0')
    return tsm_cli_usage_error (cli, _("--channel needs a name"));

  if (fault != NULL && !self.quiet)
    tsm_cli_say ("%s: %s", fault->code, _(fault->summary));
  self.channel = channel != NULL ? channel : TSM_PROFILE_DEFAULT_CHANNEL;
  self.goes_to = goes_to = tsm_sim_fault_dup_channel (fault, self.channel);
  return simulate (&self, &options, fault);
}

const TsmCliCommand tsm_cli_simulate = {
  .name = "simulate",
  .summary = N_("Publish as an engine would: a trading day with alerts, health checks and jobs"),
  .description = N_("The figures follow from each other through a trading day; some go over their limits for a while and raise alerts,\n"
                    "which resolve when they recover. It answers commands: a health check after force-health-check, a falling cache\n"
                    "figure after clear-cache, and so on. Never run it on a server where a real engine publishes.\n"
                    "\n"
                    "With --fault it gets one thing wrong, as publishers do, so that it can be seen what that looks like; --fault list\n"
                    "tells what there is. The stream of not-pubsub is gone a minute after the end.\n"
                    "\n"
                    "Exit status: 0 when it ran to its end, 2 when the server could not be used.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl simulate\n"
                    "  tickstock-monitorctl simulate --dialect a --rate 0.5\n"
                    "  tickstock-monitorctl simulate --sources 50 --rate 20000 --count 1000000 --quiet\n"
                    "  tickstock-monitorctl simulate --channel test:monitoring --seed 7 --count 200\n"
                    "  tickstock-monitorctl simulate --fault encoded-twice"),
  .run = run,
};
