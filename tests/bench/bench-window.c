/* bench-window: the monitor's window, or an empty one, that says what it cost; commands come on its standard input.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints a JSON object at the first frame, and one for each command, which is a line of the table at the end. Ends with
 * its input.
 */

#include <glib-unix.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/tsm-recording-window.h"
#include "ui/tsm-window.h"

#include "bench-common.h"
#include "bench-meter.h"

#define WIDTH    1280
#define HEIGHT   860
#define FRAME_US (G_USEC_PER_SEC / 60)

/* When a value reached the models and the widgets, and when a frame showed it. */
typedef struct
{
  guint  tenths;  /* cpu_percent × 10 */
  gint64 applied; /* monotonic µs */
  gint64 painted; /* monotonic µs */
} Sight;

typedef struct
{
  BenchOptions    options;
  AdwApplication *application;
  GtkWindow      *window;
  TsmMonitor     *monitor; /* NULL in an empty window */
  BenchMeter      meter;
  BenchMeter      frames;    /* how late each frame begins */
  guint           frames_id; /* 0: off */
  guint           n_examined;

  gboolean        painting;
  guint64         n_frames;
  guint64         n_updates;
  guint64         expected; /* events; 0 for none */
  gint64          shown;    /* monotonic µs of the frame after they were applied */

  guint           tenths;   /* the cpu_percent that was applied last */
  gboolean        watching;
  GArray         *applied;  /* Sight, not in a frame yet */
  GArray         *sights;   /* Sight, by frame */
} Bench;

static guint64
count_handled (Bench           *self,
               TsmMonitorStats *stats)
{
  *stats = (TsmMonitorStats) { 0, };
  if (self->monitor != NULL)
    tsm_monitor_get_stats (self->monitor, stats);
  return stats->decoded + stats->repaired + stats->rejected;
}

static gboolean
is_all_applied (Bench *self)
{
  TsmMonitorStats stats;

  return self->expected > 0 && count_handled (self, &stats) >= self->expected;
}

/* The window heard of the update before us: what it changed is in the next frame. */
static void
updated_cb (Bench *self)
{
  TsmSource *source = tsm_monitor_get_lead_source (self->monitor);
  TsmReading reading;
  Sight sight;

  self->n_updates++;
  if (!self->watching || source == NULL || !tsm_source_get_reading (source, TSM_METRIC_CPU_PERCENT, &reading))
    return;

  sight = (Sight) { (guint) lround (reading.value * 10), g_get_monotonic_time (), 0 };
  if (sight.tenths == self->tenths)
    return;
  self->tenths = sight.tenths;
  g_array_append_val (self->applied, sight);
}

static void
paint_cb (Bench *self)
{
  self->painting = TRUE;
}

static void
after_paint_cb (Bench *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->painting)
    return;

  self->painting = FALSE;
  if (self->n_frames++ == 0)
    g_print ("{\"first_frame_us\":%" G_GINT64_FORMAT ",\"optimised\":%s,\"gtk\":\"%u.%u.%u\",\"adwaita\":\"%u.%u.%u\"}\n",
             now - self->options.started, bench_is_optimised () ? "true" : "false", gtk_get_major_version (),
             gtk_get_minor_version (), gtk_get_micro_version (), adw_get_major_version (), adw_get_minor_version (),
             adw_get_micro_version ());

  if (self->shown == 0 && is_all_applied (self))
    self->shown = now;
  for (guint i = 0; i < self->applied->len; i++)
    g_array_index (self->applied, Sight, i).painted = now;
  g_array_append_vals (self->sights, self->applied->data, self->applied->len);
  g_array_set_size (self->applied, 0);
}

static void
examined_cb (Bench *self)
{
  self->n_examined++;
}

/* Asks for a frame after each, as an animation does. */
static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  bench_meter_note (user_data, FRAME_US);
  return G_SOURCE_CONTINUE;
}

/* Frames that were due while another one was late. */
static guint64
count_missed (BenchMeter *frames)
{
  guint64 n = 0;

  for (guint i = 0; frames->stalls != NULL && i < frames->stalls->len; i++)
    n += (guint64) ((g_array_index (frames->stalls, gint64, i) + FRAME_US / 2) / FRAME_US);
  return n;
}

static const char *
get_verdict (Bench *self)
{
  const TsmVerdict *verdict = self->monitor != NULL
                              ? tsm_ladder_get_verdict (tsm_diagnosis_get_ladder (tsm_monitor_get_diagnosis (self->monitor)))
                              : NULL;

  return verdict != NULL && verdict->code != NULL ? verdict->code : "";
}

static gboolean
is_ready (Bench *self)
{
  TsmConnection *connection = self->monitor != NULL ? tsm_monitor_get_connection (self->monitor) : NULL;

  if (TSM_IS_RECORDING_WINDOW (self->window))
    return !tsm_recording_loader_is_loading (tsm_recording_window_get_loader (TSM_RECORDING_WINDOW (self->window)));
  return connection == NULL
         || (tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY
             && tsm_connection_get_command_state (connection) == TSM_LINK_READY);
}

static gboolean
is_minimized (Bench *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->window));

  return surface != NULL && (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
}

static void
report (Bench *self)
{
  TsmMonitorStats stats;
  guint64 handled = count_handled (self, &stats);
  TsmConnection *connection = self->monitor != NULL ? tsm_monitor_get_connection (self->monitor) : NULL;

  g_print ("{\"ready\":%s,\"minimized\":%s,\"time\":%" G_GINT64_FORMAT ",\"cpu_us\":%" G_GINT64_FORMAT
           ",\"received\":%" G_GUINT64_FORMAT ",\"handled\":%" G_GUINT64_FORMAT ",\"rejected\":%" G_GUINT64_FORMAT
           ",\"disconnects\":%u,\"frames\":%" G_GUINT64_FORMAT ",\"updates\":%" G_GUINT64_FORMAT
           ",\"shown\":%" G_GINT64_FORMAT ",\"stall_max_us\":%" G_GINT64_FORMAT
           ",\"stall_p999_us\":%" G_GINT64_FORMAT ",\"stall_p99_us\":%" G_GINT64_FORMAT
           ",\"stall_own_us\":%" G_GINT64_FORMAT ",\"late_p99_us\":%" G_GINT64_FORMAT ",\"due\":%u,\"missed\":%" G_GUINT64_FORMAT
           ",\"examined\":%u,\"verdict\":\"%s\"}\n",
           is_ready (self) ? "true" : "false", is_minimized (self) ? "true" : "false", g_get_monotonic_time (),
           bench_get_cpu_time (), stats.received, handled, stats.rejected,
           connection != NULL ? tsm_connection_get_n_disconnects (connection) : 0, self->n_frames, self->n_updates,
           self->shown, bench_meter_get_percentile (&self->meter, 100), bench_meter_get_percentile (&self->meter, 99.9),
           bench_meter_get_percentile (&self->meter, 99), self->meter.own_max,
           bench_meter_get_percentile (&self->frames, 99), self->frames.stalls != NULL ? self->frames.stalls->len : 0,
           count_missed (&self->frames), self->n_examined, get_verdict (self));
}

static void
acknowledge (void)
{
  g_print ("{}\n");
}

static void
report_command (Bench      *self,
                const char *argument)
{
  report (self);
}

static void
meter_command (Bench      *self,
               const char *argument)
{
  if (g_str_equal (argument, "on"))
    bench_meter_start (&self->meter);
  else
    bench_meter_stop (&self->meter);
  acknowledge ();
}

static void
frames_command (Bench      *self,
                const char *argument)
{
  if (self->frames_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), self->frames_id);
  self->frames_id = 0;
  if (g_str_equal (argument, "on"))
    {
      bench_meter_clear (&self->frames);
      self->frames_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), frame_cb, &self->frames, NULL);
    }
  acknowledge ();
}

static void
diagnose_command (Bench      *self,
                  const char *argument)
{
  tsm_diagnosis_run (tsm_monitor_get_diagnosis (self->monitor), g_str_equal (argument, "deep"));
  acknowledge ();
}

static void
expect_command (Bench      *self,
                const char *argument)
{
  self->expected = g_ascii_strtoull (argument, NULL, 10);
  self->shown = 0;
  acknowledge ();
}

static void
watch_command (Bench      *self,
               const char *argument)
{
  self->watching = TRUE;
  acknowledge ();
}

static void
sights_command (Bench      *self,
                const char *argument)
{
  g_print ("{\"sights\":[");
  for (guint i = 0; i < self->sights->len; i++)
    {
      const Sight *sight = &g_array_index (self->sights, Sight, i);

      g_print ("%s[%u,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]", i > 0 ? "," : "", sight->tenths, sight->applied,
               sight->painted);
    }
  g_print ("]}\n");
}

static void
page_command (Bench      *self,
              const char *argument)
{
  if (TSM_IS_WINDOW (self->window))
    tsm_window_show_page (TSM_WINDOW (self->window), argument);
  else if (TSM_IS_RECORDING_WINDOW (self->window))
    tsm_recording_window_show_page (TSM_RECORDING_WINDOW (self->window), argument);
  acknowledge ();
}

static void
minimize_command (Bench      *self,
                  const char *argument)
{
  gtk_window_minimize (self->window);
  acknowledge ();
}

static void
hide_command (Bench      *self,
              const char *argument)
{
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  acknowledge ();
}

static const struct
{
  const char *name;
  void      (*run) (Bench *self, const char *argument);
} commands[] = {
  { "report", report_command },     /* everything that is counted */
  { "meter", meter_command },       /* "on", "off": the stall meter */
  { "frames", frames_command },     /* "on", "off": a frame is asked for after each, and noted how late it is */
  { "diagnose", diagnose_command }, /* run the active checks of the flow ladder; "deep" searches all channels too */
  { "expect", expect_command },     /* so many events: note the frame that shows the last */
  { "watch", watch_command },       /* note the frame that shows each value of cpu_percent */
  { "sights", sights_command },     /* those notes */
  { "page", page_command },         /* show a page */
  { "minimize", minimize_command },
  { "hide", hide_command },
};

static void
run_command (Bench *self,
             char  *line)
{
  char *argument = strchr (line, ' ');

  if (argument != NULL)
    *argument++ = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (line, commands[i].name))
      {
        commands[i].run (self, argument != NULL ? argument : "");
        return;
      }
  g_error ("%s: no such command", line);
}

/* The driver waits for the answer to each command, so that there is never more than one line to read. */
static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Bench *self = user_data;
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL)
    {
      g_application_quit (G_APPLICATION (self->application));
      return G_SOURCE_REMOVE;
    }
  run_command (self, g_strchomp (line));
  return G_SOURCE_CONTINUE;
}

static void
connect_window (Bench *self)
{
  g_autofree char *url = g_strconcat ("unix://", self->options.socket, NULL);
  const char *channels[] = { self->options.channel, TSM_PROFILE_ERRORS_CHANNEL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, &error);

  if (profile == NULL)
    g_error ("%s", error->message);
  tsm_profile_set_channels (profile, channels);
  tsm_window_connect (TSM_WINDOW (self->window), profile, NULL);
  self->monitor = tsm_window_get_monitor (TSM_WINDOW (self->window));
  g_signal_connect_swapped (self->monitor, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (tsm_monitor_get_diagnosis (self->monitor), "examined", G_CALLBACK (examined_cb), self);
}

static void
open_recording (Bench *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->options.recording);

  self->window = tsm_recording_window_new (self->application, file);
  self->monitor = tsm_recording_loader_get_monitor (tsm_recording_window_get_loader (TSM_RECORDING_WINDOW (self->window)));
}

static void
open_window (Bench *self)
{
  if (self->options.empty)
    self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", self->application, NULL);
  else if (self->options.recording != NULL)
    open_recording (self);
  else
    self->window = GTK_WINDOW (tsm_window_new (self->application));
  gtk_window_set_default_size (self->window, WIDTH, HEIGHT);
  if (TSM_IS_WINDOW (self->window))
    connect_window (self);
}

static void
activate_cb (Bench *self)
{
  GdkFrameClock *clock;

  open_window (self);

  /* Realized first: the frame clock is there before the first frame. */
  gtk_widget_realize (GTK_WIDGET (self->window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (paint_cb), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gtk_window_present (self->window);

  g_application_hold (G_APPLICATION (self->application));
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, input_cb, self);
}

int
main (int    argc,
      char **argv)
{
  Bench self = { 0, };
  int status;

  bench_begin (&self.options, &argc, &argv);
  self.applied = g_array_new (FALSE, FALSE, sizeof (Sight));
  self.sights = g_array_new (FALSE, FALSE, sizeof (Sight));
  self.application = g_object_new (ADW_TYPE_APPLICATION,
                                   "application-id", "ai.tickstock.Monitor",
                                   "resource-base-path", "/ai/tickstock/Monitor",
                                   "flags", G_APPLICATION_NON_UNIQUE,
                                   NULL);
  g_signal_connect_swapped (self.application, "activate", G_CALLBACK (activate_cb), &self);
  status = g_application_run (G_APPLICATION (self.application), 1, argv);

  bench_meter_stop (&self.meter);
  g_clear_pointer (&self.meter.stalls, g_array_unref);
  g_clear_pointer (&self.frames.stalls, g_array_unref);
  g_object_unref (self.application);
  g_array_unref (self.applied);
  g_array_unref (self.sights);
  bench_options_clear (&self.options);
  return status;
}
