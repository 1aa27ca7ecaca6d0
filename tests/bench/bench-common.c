/* What the programs of the measurements share: clocks, a life bound to the driver's, and the traffic.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bench-common.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define CPU_MEMBER "\"cpu_percent\":"

/**
 * bench_begin:
 * @options: (out): what the command line says
 * @argc: (inout): as of main()
 * @argv: (inout): as of main()
 *
 * Reads the options, and has the process end with its parent, however that ends. Wrong options end it at once.
 */
void
bench_begin (BenchOptions   *options,
             int            *argc,
             char         ***argv)
{
  GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket, "The Unix socket of the server", "PATH" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options->url, "Another address of it", "URL" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file, "Whom to trust over TLS", "PATH" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options->channel, "The channel", "NAME" },
    { "count", 0, 0, G_OPTION_ARG_INT64, &options->count, "How many messages", "N" },
    { "decode", 0, 0, G_OPTION_ARG_NONE, &options->decode, "Parse each message with json-glib", NULL },
    { "stamps", 0, 0, G_OPTION_ARG_NONE, &options->stamps, "Print when each message was sent or came", NULL },
    { "rate", 0, 0, G_OPTION_ARG_DOUBLE, &options->rate, "Messages per second; 0 for as fast as can be", "N" },
    { "sample", 0, 0, G_OPTION_ARG_FILENAME, &options->sample, "The METRIC_UPDATE to publish", "FILE" },
    { "started", 0, 0, G_OPTION_ARG_INT64, &options->started, "When the process was spawned", "MONOTONIC_US" },
    { "empty", 0, 0, G_OPTION_ARG_NONE, &options->empty, "Open an empty window instead", NULL },
    { "recording", 0, 0, G_OPTION_ARG_FILENAME, &options->recording, "Open this recording instead", "FILE" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  *options = (BenchOptions) { 0, };
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s: %s\n", g_get_prgname (), error->message);
      exit (2);
    }
}

void
bench_options_clear (BenchOptions *options)
{
  g_clear_pointer (&options->socket, g_free);
  g_clear_pointer (&options->url, g_free);
  g_clear_pointer (&options->ca_file, g_free);
  g_clear_pointer (&options->channel, g_free);
  g_clear_pointer (&options->sample, g_free);
  g_clear_pointer (&options->recording, g_free);
}

gint64
bench_get_cpu_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec
         + usage.ru_stime.tv_usec;
}

/* Figures of a build without optimisation, or with a sanitizer, say nothing. */
gboolean
bench_is_optimised (void)
{
#if defined (__OPTIMIZE__) && !defined (__SANITIZE_ADDRESS__)
  return TRUE;
#else
  return FALSE;
#endif
}

/* 37 and the number of variants have no common factor: neighbours are far apart and none comes twice. Stays within
 * 10.0 to 89.9, where it always has four characters. */
guint
bench_get_tenths (guint64 index)
{
  return 100 + (guint) (index * 37 % BENCH_N_VARIANTS);
}

guint
bench_read_tenths (const char *payload)
{
  const char *member = strstr (payload, CPU_MEMBER);

  return member != NULL ? (guint) lround (g_ascii_strtod (member + strlen (CPU_MEMBER), NULL) * 10) : 0;
}

/**
 * bench_vary:
 * @sample: a METRIC_UPDATE whose cpu_percent has four characters
 * @index: which variant
 *
 * Gives the sample's cpu_percent the value of bench_get_tenths() and every other number another last digit, so that all
 * that a window shows moves, as it does with a real engine.
 *
 * Returns: (transfer full): a METRIC_UPDATE of the same length
 */
char *
bench_vary (const char *sample,
            guint       index)
{
  guint tenths = bench_get_tenths (index);
  char *varied = g_strdup (sample);
  char *cpu = strstr (varied, CPU_MEMBER);
  gboolean in_string = FALSE;

  for (char *c = varied; *c != '\0'; c++)
    {
      gboolean last = g_ascii_isdigit (c[0]) && !g_ascii_isdigit (c[1]) && c[1] != '.';

      if (*c == '"')
        in_string = !in_string;
      else if (!in_string && last)
        *c = (char) ('0' + (*c - '0' + index) % 10);
    }

  if (cpu != NULL)
    {
      cpu += strlen (CPU_MEMBER);
      cpu[0] = (char) ('0' + tenths / 100);
      cpu[1] = (char) ('0' + tenths / 10 % 10);
      cpu[2] = '.';
      cpu[3] = (char) ('0' + tenths % 10);
    }
  return varied;
}
