/* bench-ingest: TsmMonitor without a window: receives, decodes and applies so many events, and says what it cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints a JSON object once it is subscribed and another at the end.
 */

#include "monitor/tsm-monitor.h"

#include "bench-common.h"

typedef struct
{
  TsmMonitor *monitor;
  GMainLoop  *loop;
  guint64     count;
  guint64     n_seen; /* at the last look for silence */
  gint64      cpu;    /* µs when it was ready */
  gboolean    ready;
} Ingest;

static guint64
count_handled (Ingest          *self,
               TsmMonitorStats *stats)
{
  tsm_monitor_get_stats (self->monitor, stats);
  return stats->decoded + stats->repaired + stats->rejected;
}

static void
updated_cb (Ingest *self)
{
  TsmMonitorStats stats;

  if (count_handled (self, &stats) >= self->count)
    g_main_loop_quit (self->loop);
}

static void
state_changed_cb (Ingest *self)
{
  TsmConnection *connection = tsm_monitor_get_connection (self->monitor);

  if (self->ready || tsm_connection_get_subscriber_state (connection) != TSM_LINK_READY
      || tsm_connection_get_command_state (connection) != TSM_LINK_READY)
    return;

  self->ready = TRUE;
  self->cpu = bench_get_cpu_time ();
  g_print ("{\"ready\":true}\n");
}

static gboolean
silence_cb (gpointer user_data)
{
  Ingest *self = user_data;
  TsmMonitorStats stats;
  guint64 n = count_handled (self, &stats);

  if (n == self->n_seen)
    g_main_loop_quit (self->loop);
  self->n_seen = n;
  return G_SOURCE_CONTINUE;
}

static void
print_result (Ingest *self)
{
  gint64 cpu = bench_get_cpu_time () - self->cpu;
  TsmMonitorStats stats;

  count_handled (self, &stats);
  g_print ("{\"received\":%" G_GUINT64_FORMAT ",\"decoded\":%" G_GUINT64_FORMAT ",\"repaired\":%" G_GUINT64_FORMAT
           ",\"rejected\":%" G_GUINT64_FORMAT ",\"cpu_us\":%" G_GINT64_FORMAT ",\"disconnects\":%u}\n", stats.received,
           stats.decoded, stats.repaired, stats.rejected, cpu,
           tsm_connection_get_n_disconnects (tsm_monitor_get_connection (self->monitor)));
}

int
main (int    argc,
      char **argv)
{
  g_auto (BenchOptions) options;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = NULL;
  g_autofree char *url = NULL;
  const char *channels[] = { NULL, NULL };
  Ingest self = { 0, };

  bench_begin (&options, &argc, &argv);
  url = options.url != NULL ? g_strdup (options.url) : g_strconcat ("unix://", options.socket, NULL);
  profile = tsm_profile_new_from_url (url, &error);
  if (profile == NULL)
    g_error ("%s", error->message);
  if (options.ca_file != NULL)
    tsm_profile_set_text (profile, TSM_PROFILE_TLS_CA_FILE, options.ca_file, NULL);
  channels[0] = options.channel;
  tsm_profile_set_channels (profile, channels);

  self.count = (guint64) options.count;
  self.loop = g_main_loop_new (NULL, FALSE);
  self.monitor = tsm_monitor_new (profile, NULL);
  g_signal_connect_swapped (self.monitor, "updated", G_CALLBACK (updated_cb), &self);
  g_signal_connect_swapped (tsm_monitor_get_connection (self.monitor), "state-changed",
                            G_CALLBACK (state_changed_cb), &self);
  g_timeout_add_seconds (BENCH_SILENCE_SECONDS, silence_cb, &self);
  tsm_monitor_start (self.monitor);
  g_main_loop_run (self.loop);
  print_result (&self);

  tsm_monitor_stop (self.monitor);
  g_object_unref (self.monitor);
  g_main_loop_unref (self.loop);
  return 0;
}
