/* tickstock-monitorctl record: writes each message that arrives to a file, byte for byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/tsm-cli-listener.h"
#include "events/tsm-recording-writer.h"

typedef struct
{
  TsmCli             *cli;
  TsmCliListener     *listener;
  TsmRecordingWriter *writer;  /* NULL until the server has answered */
  const char         *path;
  gboolean            force;
  guint64             n_left_out;
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
  return tsm_cli_listener_is_complete (self->listener, tsm_recording_writer_get_n_records (self->writer));
}

static gboolean
write_cb (TsmMessage *message,
          gpointer    user_data)
{
  Record *self = user_data;
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

/* Not before: where the server cannot be used, no empty file shall stand in the way of the next attempt, nor an older
 * recording be lost. */
static gboolean
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
      if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST) && !g_file_test (self->path, G_FILE_TEST_IS_DIR))
        tsm_cli_say (_("With --force it is written over."));
      return FALSE;
    }

  return TRUE;
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

  if (self->writer != NULL && !is_complete (self))
    tsm_cli_listener_take_rest (self->listener);
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
run (TsmCli  *cli,
     char   **argv)
{
  static const TsmCliListenerFuncs funcs = { .ready = ready_cb, .take = write_cb };
  g_auto (TsmCliListener) listener = TSM_CLI_LISTENER_DEFAULT (cli);
  Record self = { .cli = cli, .listener = &listener };
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, &self.force, N_("Write over a file that is there"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_listener_add_options (&listener);
  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 1, 1))
    return cli->status;
  if (!tsm_cli_listener_check (&listener))
    return cli->status;

  self.path = argv[1];
  if (tsm_cli_listener_run (&listener, &funcs, &self))
    finish (&self);
  g_clear_pointer (&self.writer, tsm_recording_writer_free);
  return cli->status;
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
