/* tickstock-monitorctl record: writes each message that arrives to a file, byte for byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/tsm-cli-link.h"
#include "events/tsm-recording-writer.h"

#define MAX_SECONDS 4e6   /* as many as a timeout of GLib holds */
#define SLICE_US    10000 /* between two slices the socket is read, so that the server need not drop us */

typedef struct
{
  TsmCli             *cli;
  TsmConnection      *connection;
  TsmRecordingWriter *writer;  /* NULL until the server has answered */
  const char         *path;
  gint64              count;   /* TSM_CLI_NO_COUNT: no end */
  double              seconds; /* TSM_CLI_NO_NUMBER: no end */
  gboolean            force;
  guint64             n_left_out;
  guint               drain_id;
  guint               end_id;
} Record;

/* A pipe whose reader has gone away ends us quietly. */
static void
fail (Record       *self,
      const GError *error)
{
  gboolean is_pipe = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE);

  if (!is_pipe)
    tsm_cli_say ("%s", error->message);
  tsm_cli_quit (self->cli, is_pipe ? TSM_CLI_FINE : TSM_CLI_ERROR);
  g_clear_pointer (&self->writer, tsm_recording_writer_free);
}

static gboolean
is_complete (Record *self)
{
  return self->count != TSM_CLI_NO_COUNT && tsm_recording_writer_get_n_records (self->writer) >= (guint64) self->count;
}

/* Returns: whether to go on. */
static gboolean
write_message (Record     *self,
               TsmMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!tsm_recording_writer_write (self->writer, message->received, message->received_monotonic, message->channel, message->pattern,
                                   message->payload, &error))
    {
      if (!g_error_matches (error, TSM_RECORDING_ERROR, TSM_RECORDING_ERROR_TOO_LARGE))
        {
          fail (self, error);
          return FALSE;
        }

      tsm_cli_say ("%s", error->message);
      self->n_left_out++;
    }

  if (!is_complete (self))
    return TRUE;

  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return FALSE;
}

/* Returns: whether there may be more. */
static gboolean
write_next (Record *self)
{
  g_autoptr (TsmMessage) message = tsm_connection_pop (self->connection);

  return message != NULL && write_message (self, message);
}

static gboolean
drain_cb (gpointer user_data)
{
  Record *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (g_get_monotonic_time () < end)
    {
      if (!write_next (self))
        {
          self->drain_id = 0;
          return G_SOURCE_REMOVE;
        }
    }

  return G_SOURCE_CONTINUE;
}

static void
queued_cb (Record *self)
{
  if (self->drain_id == 0 && self->writer != NULL)
    self->drain_id = g_idle_add (drain_cb, self);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  Record *self = user_data;

  self->end_id = 0;
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return G_SOURCE_REMOVE;
}

/* Not before: where the server cannot be used, no empty file shall stand in the way of the next attempt, nor an older
 * recording be lost. */
static void
ready_cb (gpointer user_data)
{
  Record *self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (self->path, "-"))
    self->writer = tsm_recording_writer_new_for_fd (STDOUT_FILENO, _("standard output"), &error);
  else
    self->writer = tsm_recording_writer_new (self->path, self->force, &error);

  if (self->writer == NULL)
    {
      fail (self, error);
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        tsm_cli_say (_("With --force it is written over."));
      return;
    }

  if (self->seconds != TSM_CLI_NO_NUMBER)
    self->end_id = g_timeout_add ((guint) (self->seconds * 1000), time_is_up_cb, self);
  queued_cb (self);
}

static void
say_summary (Record *self)
{
  tsm_cli_say (_("recorded: %lu"), (gulong) tsm_recording_writer_get_n_records (self->writer));
  if (self->n_left_out > 0)
    tsm_cli_say (_("left out as too large: %lu"), (gulong) self->n_left_out);
}

/* What had arrived by now is written, however it was ended. */
static void
finish (Record *self)
{
  g_autoptr (GError) error = NULL;

  while (self->writer != NULL && !is_complete (self) && write_next (self))
    ;

  if (self->writer == NULL)
    return;

  if (tsm_recording_writer_finish (self->writer, &error))
    {
      say_summary (self);
      if (self->n_left_out > 0)
        self->cli->status = TSM_CLI_FAULT;
    }
  else
    {
      fail (self, error);
    }
}

static TsmCliStatus
record (Record             *self,
        const char * const *channels)
{
  g_autoptr (TsmProfile) profile = tsm_cli_new_profile (self->cli, channels);
  g_autoptr (TsmConnection) connection = NULL;
  g_autoptr (TsmCliLink) link = NULL;

  if (profile == NULL)
    return self->cli->status;

  self->connection = connection = tsm_connection_new (profile);
  link = tsm_cli_link_new (self->cli, connection, TSM_CLI_LINK_SUBSCRIBER, ready_cb, self);
  g_signal_connect_swapped (connection, "queued", G_CALLBACK (queued_cb), self);
  tsm_connection_start (connection);

  tsm_cli_run (self->cli);
  finish (self);
  g_clear_pointer (&self->writer, tsm_recording_writer_free);
  g_clear_handle_id (&self->drain_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  tsm_connection_stop (connection);

  return self->cli->status;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  Record self = { .cli = cli, .count = TSM_CLI_NO_COUNT, .seconds = TSM_CLI_NO_NUMBER };
  g_auto (GStrv) channels = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT64, &self.count, N_("End after N messages"), N_("N") },
    { "for", 0, 0, G_OPTION_ARG_DOUBLE, &self.seconds, N_("End after that many seconds"), N_("SECONDS") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &channels,
      N_("Listen to this channel, or to all that match a pattern such as “tickstock:*” (can be repeated; "
         "default: those of the connection, or tickstock:monitoring and tickstock:errors)"), N_("CHANNEL") },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &self.force, N_("Write over a file that is there"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 1, 1))
    return cli->status;
  if (self.count != TSM_CLI_NO_COUNT && self.count < 1)
    return tsm_cli_usage_error (cli, _("--count must be at least 1"));
  if (self.seconds != TSM_CLI_NO_NUMBER && !(self.seconds > 0 && self.seconds <= MAX_SECONDS))
    return tsm_cli_usage_error (cli, _("--for must be a number of seconds above 0"));
  if (channels != NULL && g_strv_contains ((const char * const *) channels, ""))
    return tsm_cli_usage_error (cli, _("--channel needs a name"));

  self.path = argv[1];
  return record (&self, (const char * const *) channels);
}

const TsmCliCommand tsm_cli_record = {
  .name = "record",
  .arguments = N_("FILE"),
  .summary = N_("Write each message that arrives to a file, byte for byte"),
  .description = N_("JSON Lines: a first line that says what the file is, then one object per message with the members received,\n"
                    "offset_us, channel, pattern (where one matched) and payload, or payload_base64 for bytes that are not UTF-8.\n"
                    "FILE “-” is standard output. Each line is written at once, so that a crash costs one line at most.\n"
                    "\n"
                    "Exit status: 0 when it ran to its end, 1 when a message was too large to be written, 2 when the server or the\n"
                    "file could not be used.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl record today.jsonl\n"
                    "  tickstock-monitorctl record --for 60 --channel 'tickstock*' all.jsonl\n"
                    "  tickstock-monitorctl record - --count 1000 | gzip > thousand.jsonl.gz"),
  .run = run,
};
