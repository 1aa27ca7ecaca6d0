/* The options of what is simulated, shared by simulate and demo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-traffic.h"

#include <glib/gi18n-lib.h>

#include "simulator/tsm-market.h"

typedef struct
{
  const char    *name;
  TsmTrafficMix  mix;
} MixName;

static const MixName mix_names[] = {
  { "a", TSM_TRAFFIC_A }, { "b", TSM_TRAFFIC_B }, { "c", TSM_TRAFFIC_C }, { "mixed", TSM_TRAFFIC_MIXED },
};

void
tsm_cli_traffic_add_options (TsmCliTraffic *self,
                             TsmCli        *cli)
{
  const GOptionEntry entries[] = {
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &self->dialect,
      N_("What the events look like: a (dashboard), b (simulator), c (job pipeline) or mixed (default)"), "a|b|c|mixed" },
    { "rate", 'r', 0, G_OPTION_ARG_DOUBLE, &self->rate,
      N_("Events per second of all sources together (default: one per source)"), N_("PER_SECOND") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &self->seed, N_("The same seed gives the same events (default: 1)"), N_("N") },
    { "sources", 0, 0, G_OPTION_ARG_INT64, &self->n_sources,
      N_("How many publishers; mixed ones speak dialect a, b and c in turn (default: 1, or 3 where mixed)"), N_("N") },
    { "day", 0, 0, G_OPTION_ARG_DOUBLE, &self->day_seconds,
      N_("How long a trading day of ten hours lasts, 60 to 36000 (default: 600)"), N_("SECONDS") },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &self->fault,
      N_("Play a fault of a publisher; “list” shows those that there are"), N_("CODE") },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
}

static gboolean
find_mix (const char    *name,
          TsmTrafficMix *mix)
{
  for (guint i = 0; i < G_N_ELEMENTS (mix_names); i++)
    {
      if (g_ascii_strcasecmp (mix_names[i].name, name) == 0)
        {
          *mix = mix_names[i].mix;
          return TRUE;
        }
    }

  return FALSE;
}

static TsmCliStatus
check_options (TsmCliTraffic     *self,
               TsmCli            *cli,
               TsmTrafficOptions *options)
{
  *options = TSM_TRAFFIC_OPTIONS_DEFAULT;

  if (self->dialect != NULL && !find_mix (self->dialect, &options->mix))
    return tsm_cli_usage_error (cli, _("There is no dialect “%s”: it is a, b, c or mixed."), self->dialect);

  if (self->rate != TSM_CLI_NO_NUMBER)
    {
      if (!(self->rate >= TSM_TRAFFIC_MIN_RATE && self->rate <= TSM_TRAFFIC_MAX_RATE))
        return tsm_cli_usage_error (cli, _("--rate must be a number from %g to %.0f"), TSM_TRAFFIC_MIN_RATE, TSM_TRAFFIC_MAX_RATE);
      options->rate = self->rate;
    }

  if (self->seed != TSM_CLI_NO_COUNT)
    {
      if (self->seed < 0 || self->seed > G_MAXUINT32)
        return tsm_cli_usage_error (cli, _("--seed must be a whole number from 0 to %u"), G_MAXUINT32);
      options->seed = (guint32) self->seed;
    }

  if (self->n_sources != TSM_CLI_NO_COUNT)
    {
      if (self->n_sources < 1 || self->n_sources > TSM_TRAFFIC_MAX_SOURCES)
        return tsm_cli_usage_error (cli, _("--sources must be a whole number from 1 to %d"), TSM_TRAFFIC_MAX_SOURCES);
      options->n_sources = (guint) self->n_sources;
    }

  if (self->day_seconds != TSM_CLI_NO_NUMBER)
    {
      if (!(self->day_seconds >= TSM_MARKET_DAY_MIN && self->day_seconds <= TSM_MARKET_DAY_REAL))
        return tsm_cli_usage_error (cli, _("--day must be a number of seconds from %.0f to %.0f"), TSM_MARKET_DAY_MIN, TSM_MARKET_DAY_REAL);
      options->day_seconds = self->day_seconds;
    }

  return TSM_CLI_FINE;
}

/**
 * tsm_cli_traffic_find_fault:
 * @code: a fault's code, or "none"
 * @fault: (out) (nullable): the fault, NULL for none
 *
 * Returns: (transfer full) (nullable): NULL, or where there is no such fault a sentence that says so
 */
char *
tsm_cli_traffic_find_fault (const char         *code,
                            const TsmSimFault **fault)
{
  g_autofree char *codes = NULL;

  *fault = tsm_sim_fault_find (code);
  if (*fault != NULL || g_str_equal (code, TSM_SIM_FAULT_NONE))
    return NULL;

  codes = tsm_sim_fault_dup_codes ();
  return g_strdup_printf (_("There is no fault “%s”: it is one of %s, or none."), code, codes);
}

static TsmCliStatus
check_fault (TsmCliTraffic      *self,
             TsmCli             *cli,
             const TsmSimFault **fault)
{
  g_autofree char *words = NULL;

  *fault = NULL;
  if (self->fault != NULL)
    words = tsm_cli_traffic_find_fault (self->fault, fault);

  return words == NULL ? TSM_CLI_FINE : tsm_cli_usage_error (cli, "%s", words);
}

/* One fault a line. */
static void
print_list (TsmCli *cli)
{
  for (guint i = 0; i < tsm_sim_fault_get_n_faults (); i++)
    {
      const TsmSimFault *fault = tsm_sim_fault_get_nth (i);
      g_autofree char *line = g_strdup_printf ("%-17s %s", fault->code, _(fault->summary));

      if (!tsm_cli_write_line (cli, line))
        return;
    }
}

/**
 * tsm_cli_traffic_check:
 * @self: the options, after they were parsed
 * @options: (out): what they ask for
 * @fault: (out) (nullable): the fault that was asked for, NULL for none
 *
 * Returns: whether to go on; otherwise the status is set, and the list of faults was printed, or what is wrong has been said
 */
gboolean
tsm_cli_traffic_check (TsmCliTraffic      *self,
                       TsmCli             *cli,
                       TsmTrafficOptions  *options,
                       const TsmSimFault **fault)
{
  if (g_strcmp0 (self->fault, "list") == 0)
    {
      print_list (cli);
      return FALSE;
    }

  if (check_options (self, cli, options) == TSM_CLI_FINE && check_fault (self, cli, fault) == TSM_CLI_FINE)
    return TRUE;

  cli->status = TSM_CLI_ERROR;
  return FALSE;
}

void
tsm_cli_traffic_clear (TsmCliTraffic *self)
{
  g_clear_pointer (&self->fault, g_free);
  g_clear_pointer (&self->dialect, g_free);
}
