/* tickstock-monitorctl replay: publishes a recording again, at its own or another speed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   file ─▸ next record ─▸ is it due? ─▸ PUBLISH … in flight (bounded) … ─▸ reply ─▸ published
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cli/tsm-cli-link.h"
#include "cli/tsm-cli-server.h"
#include "events/tsm-recording-reader.h"

#define MAX_IN_FLIGHT       1024               /* messages; beyond it we wait for replies */
#define MAX_IN_FLIGHT_BYTES (16 * 1024 * 1024)
#define SLICE_US            8000
#define MAX_WAIT_MS         60000              /* a longer wait is made of several */
#define MAX_SPEED           1e6
#define MAX_BAD_LINES_SAID  20                 /* a file of another kind has nothing else */
#define LAST_REPLIES_MS     1000
#define NO_WAIT             0.0

typedef struct
{
  TsmCli             *cli;
  TsmConnection      *connection;
  TsmRecordingReader *reader;
  const char         *path;
  const char         *channel;   /* NULL: each on its own */
  double              speed;     /* NO_WAIT: as fast as it goes */
  gboolean            loop;
  TsmRecord           record;    /* the next one; without a payload there is none yet */
  gint64              started;   /* monotonic µs: when the record at offset 0 was due */
  gboolean            is_ready;  /* the server has answered */
  gboolean            at_end;    /* of the file */
  guint               next_id;
  guint               in_flight;
  gsize               in_flight_bytes;
  guint64             n_in_pass; /* records read since the file was begun */
  guint64             n_published;
  guint64             n_lost;
  guint64             n_bad_lines;
  gint64              max_receivers;
} Replay;

/* One message on its way. */
typedef struct
{
  Replay *replay;
  gsize   size;
} Flight;

static void schedule (Replay *self,
                      guint   ms);

static void
end (Replay       *self,
     TsmCliStatus  status)
{
  g_clear_handle_id (&self->next_id, g_source_remove);
  self->at_end = TRUE;
  tsm_cli_quit (self->cli, status);
}

static void
end_if_done (Replay *self)
{
  if (self->at_end && self->in_flight == 0)
    end (self, TSM_CLI_FINE);
}

static gboolean
is_full (Replay *self)
{
  return self->in_flight >= MAX_IN_FLIGHT || self->in_flight_bytes >= MAX_IN_FLIGHT_BYTES;
}

static void
published_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Flight *flight = user_data;
  Replay *self = flight->replay;
  g_autoptr (GError) error = NULL;
  gint64 receivers = tsm_connection_publish_finish (TSM_CONNECTION (object), result, &error);
  gboolean was_full = is_full (self);

  self->in_flight--;
  self->in_flight_bytes -= flight->size;
  if (receivers >= 0)
    {
      self->n_published++;
      self->max_receivers = MAX (self->max_receivers, receivers);
    }
  else if (self->n_lost++ == 0)
    {
      tsm_cli_say (_("A message could not be published: %s"), error->message);
    }

  if (was_full && !is_full (self))
    schedule (self, 0);
  end_if_done (self);
}

static void
publish (Replay *self)
{
  Flight *flight = g_new (Flight, 1);

  *flight = (Flight) { self, g_bytes_get_size (self->record.payload) };
  self->in_flight++;
  self->in_flight_bytes += flight->size;
  tsm_connection_publish_async (self->connection, self->channel != NULL ? self->channel : self->record.channel, self->record.payload, NULL,
                                published_cb, flight);
  tsm_record_clear (&self->record);
}

static void
note_bad_line (Replay       *self,
               const GError *error)
{
  self->n_bad_lines++;
  if (self->n_bad_lines <= MAX_BAD_LINES_SAID)
    tsm_cli_say (_("%s: line %lu: %s"), self->path, (gulong) tsm_recording_reader_get_line (self->reader), error->message);
  if (self->n_bad_lines == MAX_BAD_LINES_SAID)
    tsm_cli_say (_("More bad lines are counted, and not told one by one."));
}

/* Opens the file, also to begin it again. */
static gboolean
open_file (Replay *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reader, tsm_recording_reader_free);
  self->reader = tsm_recording_reader_new (self->path, &error);
  self->n_in_pass = 0;
  if (self->reader == NULL)
    tsm_cli_say (_("%s: %s"), self->path, error->message);

  return self->reader != NULL;
}

/* A recording without any message is not begun again: that would be for ever. */
static void
reach_end (Replay *self)
{
  if (self->loop && self->n_in_pass > 0)
    {
      self->started = 0;
      if (!open_file (self))
        end (self, TSM_CLI_ERROR);
      return;
    }

  self->at_end = TRUE;
  end_if_done (self);
}

/* Fetches the next record, or notes a bad line or the end. */
static void
read_next (Replay *self)
{
  g_autoptr (GError) error = NULL;

  if (tsm_recording_reader_next (self->reader, &self->record, &error))
    {
      self->n_in_pass++;
    }
  else if (error == NULL)
    {
      reach_end (self);
    }
  else if (g_error_matches (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_BAD_LINE))
    {
      note_bad_line (self, error);
    }
  else
    {
      tsm_cli_say ("%s", error->message);
      end (self, TSM_CLI_ERROR);
    }
}

/* How long the next record has to wait, in µs. */
static gint64
get_wait (Replay *self,
          gint64  now)
{
  double due;

  if (self->speed == NO_WAIT)
    return 0;

  due = (double) self->record.offset / self->speed;
  if (self->started == 0)
    self->started = now - (gint64) MIN (due, G_MAXINT64 / 4); /* the first does not wait, whatever it says */

  return (gint64) MIN ((double) self->started + due - (double) now, (double) MAX_WAIT_MS * 1000);
}

/* Publishes what is due, for a while. */
static gboolean
next_cb (gpointer user_data)
{
  Replay *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 slice_end = now + SLICE_US;

  self->next_id = 0;
  for (; now < slice_end && !self->at_end && self->is_ready && !is_full (self); now = g_get_monotonic_time ())
    {
      gint64 wait;

      if (self->record.payload == NULL)
        {
          read_next (self);
          continue;
        }

      wait = get_wait (self, now);
      if (wait > 0)
        {
          schedule (self, (guint) MIN ((wait + 999) / 1000, MAX_WAIT_MS));
          return G_SOURCE_REMOVE;
        }

      publish (self);
    }

  if (!self->at_end && self->is_ready && !is_full (self))
    schedule (self, 0);
  return G_SOURCE_REMOVE;
}

/* Goes on in so many ms; after the replies that have arrived meanwhile, so that what is in flight gets less. */
static void
schedule (Replay *self,
          guint   ms)
{
  if (self->next_id != 0 || self->at_end)
    return;

  self->next_id = ms > 0 ? g_timeout_add (ms, next_cb, self) : g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, next_cb, self, NULL);
}

/* While the connection is lost, the recording waits; it goes on where it was. */
static void
state_changed_cb (Replay *self)
{
  gboolean is_ready = tsm_connection_get_command_state (self->connection) == TSM_LINK_READY;
  gint64 now = g_get_monotonic_time ();

  if (is_ready == self->is_ready)
    return;

  self->is_ready = is_ready;
  g_clear_handle_id (&self->next_id, g_source_remove);
  if (!is_ready)
    return;

  if (self->record.payload != NULL && self->started != 0 && get_wait (self, now) < 0)
    self->started -= get_wait (self, now);
  schedule (self, 0);
}

static gboolean
waited_cb (gpointer user_data)
{
  Replay *self = user_data;

  g_main_loop_quit (self->cli->loop);
  return G_SOURCE_CONTINUE;
}

/* What was on its way when we were interrupted is in the summary, unless the server takes long. */
static void
await_replies (Replay *self)
{
  guint id;

  g_clear_handle_id (&self->next_id, g_source_remove);
  self->at_end = TRUE;
  if (!self->cli->interrupted || self->in_flight == 0)
    return;

  id = g_timeout_add (LAST_REPLIES_MS, waited_cb, self);
  g_main_loop_run (self->cli->loop);
  g_source_remove (id);
}

/* A server that refused every message could not be used. */
static TsmCliStatus
get_status (Replay *self)
{
  if (self->cli->status != TSM_CLI_FINE)
    return self->cli->status;
  if (self->n_lost > 0 && self->n_published == 0)
    return TSM_CLI_ERROR;

  return self->n_bad_lines > 0 || self->n_lost > 0 ? TSM_CLI_FAULT : TSM_CLI_FINE;
}

static void
print_summary (Replay *self)
{
  g_autofree char *line = NULL;

  if (self->max_receivers == 0)
    line = g_strdup_printf (_("replayed %lu; nobody is listening"), (gulong) self->n_published);
  else
    line = g_strdup_printf (_("replayed %lu, each received by up to %lu"), (gulong) self->n_published, (gulong) self->max_receivers);

  if (self->n_lost > 0)
    tsm_cli_say (_("lost on the way: %lu"), (gulong) self->n_lost);
  if (self->n_bad_lines > 0)
    tsm_cli_say (_("bad lines: %lu"), (gulong) self->n_bad_lines);
  tsm_cli_write_line (self->cli, line);
}

/* Nothing is listened to: what we publish shall not come back. */
static TsmConnection *
new_connection (Replay *self)
{
  static const char * const no_channels[] = { NULL };
  g_autoptr (TsmProfile) profile = tsm_cli_new_engine_profile (self->cli);

  if (profile == NULL)
    return NULL;

  tsm_profile_set_channels (profile, no_channels);
  return tsm_connection_new (profile);
}

static TsmCliStatus
replay (Replay *self)
{
  g_autoptr (TsmConnection) connection = new_connection (self);
  g_autoptr (TsmCliLink) link = NULL;

  if (connection == NULL)
    return self->cli->status;
  if (!open_file (self))
    return TSM_CLI_ERROR;

  self->connection = connection;
  link = tsm_cli_link_new (self->cli, connection, TSM_CLI_LINK_COMMANDS, NULL, NULL);
  g_signal_connect_swapped (connection, "state-changed", G_CALLBACK (state_changed_cb), self);
  tsm_connection_start (connection);

  tsm_cli_run (self->cli);
  await_replies (self);
  if (tsm_cli_link_was_ready (link))
    print_summary (self);
  tsm_connection_stop (connection);

  return get_status (self);
}

static gboolean
parse_speed (const char *text,
             double     *speed)
{
  char *rest;

  if (text == NULL || g_ascii_strcasecmp (text, "max") == 0)
    {
      *speed = text == NULL ? 1 : NO_WAIT;
      return TRUE;
    }

  *speed = g_ascii_strtod (text, &rest);
  return rest != text && *rest == '\0' && *speed >= 0 && *speed <= MAX_SPEED;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  Replay self = { .cli = cli };
  g_autofree char *channel = NULL;
  g_autofree char *speed = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  TsmCliStatus status;
  const GOptionEntry entries[] = {
    { "speed", 's', 0, G_OPTION_ARG_STRING, &speed,
      N_("How much faster than it was recorded (default: 1); 0 or max for as fast as it goes"), N_("N") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING, &channel, N_("Publish all of it there, and not where it was recorded"), N_("CHANNEL") },
    { "loop", 0, 0, G_OPTION_ARG_NONE, &self.loop, N_("Begin again at the end, until it is interrupted"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 1, 1))
    return cli->status;
  if (!parse_speed (speed, &self.speed))
    return tsm_cli_usage_error (cli, _("--speed must be a number from 0 to %.0f, or max"), MAX_SPEED);
  if (channel != NULL && channel[0] == '\0')
    return tsm_cli_usage_error (cli, _("--channel needs a name"));

  self.path = argv[1];
  self.channel = channel;
  status = replay (&self);
  tsm_record_clear (&self.record);
  g_clear_pointer (&self.reader, tsm_recording_reader_free);
  return status;
}

const TsmCliCommand tsm_cli_replay = {
  .name = "replay",
  .arguments = N_("FILE"),
  .summary = N_("Publish a recording again"),
  .description = N_("Each message is published as it was recorded, byte for byte, on its channel and with the same time between them. A line\n"
                    "that cannot be read is told with its number, and the rest is published all the same. While the connection is\n"
                    "lost it waits. Never replay on a server where a real engine publishes.\n"
                    "\n"
                    "Exit status: 0 when all of it was published, 1 when lines were bad or messages lost, 2 when the file or the server\n"
                    "could not be used.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl replay today.jsonl\n"
                    "  tickstock-monitorctl replay --speed 10 --channel test:monitoring today.jsonl\n"
                    "  tickstock-monitorctl replay --speed max today.jsonl"),
  .run = run,
};
