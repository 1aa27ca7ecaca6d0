/* tickstock-monitorctl watch: a line for each message that arrives, whether it can be decoded or not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/tsm-cli-listener.h"
#include "cli/tsm-event-text.h"
#include "cli/tsm-text.h"
#include "events/tsm-decoder.h"

typedef struct
{
  TsmCli          *cli;
  TsmCliListener  *listener;
  TsmDecoder      *decoder;
  gboolean         json;
  gboolean         colour;
  guint64          n_by_acceptance[3];
  guint64          n_received;
} Watch;

static char *
make_json (TsmEvent   *event,
           TsmMessage *message)
{
  g_autofree char *received = tsm_event_text_dup_time (message->received);
  TsmJsonWriter writer;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "received", received);
  tsm_json_writer_string (&writer, "channel", message->channel);
  tsm_event_text_write_members (&writer, event, g_bytes_get_size (message->payload));
  tsm_json_writer_end_object (&writer);

  return tsm_json_harden (tsm_json_writer_finish (&writer));
}

static char *
make_text (Watch      *self,
           TsmEvent   *event,
           TsmMessage *message)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (message->received / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *clock = g_date_time_format (local, "%H:%M:%S");
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s.%03d  ", clock, (int) (message->received % G_USEC_PER_SEC / 1000));
  tsm_text_append_toned (line, message->channel, TSM_TONE_DIM, self->colour);
  g_string_append (line, "  ");
  tsm_event_text_append_verdict (line, event, self->colour);
  tsm_event_text_append_findings (line, event, self->colour);

  return g_string_free (line, FALSE);
}

static gboolean
show_cb (TsmMessage *message,
         gpointer    user_data)
{
  Watch *self = user_data;
  g_autoptr (TsmEvent) event = tsm_decoder_decode (self->decoder, message->payload, message->channel, message->received,
                                                   message->received_monotonic);
  g_autofree char *line = self->json ? make_json (event, message) : make_text (self, event, message);

  if (!tsm_cli_write_line (self->cli, line))
    return FALSE;

  self->n_by_acceptance[tsm_event_get_acceptance (event)]++;
  self->n_received++;
  if (!tsm_cli_listener_is_complete (self->listener, self->n_received))
    return TRUE;

  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return FALSE;
}

static void
say_summary (Watch *self)
{
  tsm_cli_say (_("received: %lu; accepted: %lu, repaired: %lu, rejected: %lu"), (gulong) self->n_received,
               (gulong) self->n_by_acceptance[TSM_ACCEPTED_YES], (gulong) self->n_by_acceptance[TSM_ACCEPTED_REPAIRED],
               (gulong) self->n_by_acceptance[TSM_ACCEPTED_NO]);
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  static const TsmCliListenerFuncs funcs = { .take = show_cb };
  g_auto (TsmCliListener) listener = TSM_CLI_LISTENER_DEFAULT (cli);
  Watch self = { .cli = cli, .listener = &listener };
  g_autoptr (TsmDecoder) decoder = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("One JSON object per line"), NULL },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  tsm_cli_listener_add_options (&listener);
  if (!tsm_cli_parse (cli, context, &argv, 0, 0))
    return cli->status;
  if (!tsm_cli_listener_check (&listener))
    return cli->status;

  self.decoder = decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self.colour = !self.json && tsm_text_has_colour (STDOUT_FILENO);
  if (!tsm_cli_listener_run (&listener, &funcs, &self))
    return cli->status;

  if (listener.time_is_up)
    tsm_cli_listener_take_rest (&listener);
  if (cli->status == TSM_CLI_FINE && (cli->interrupted || cli->verbose))
    say_summary (&self);
  return cli->status;
}

const TsmCliCommand tsm_cli_watch = {
  .name = "watch",
  .summary = N_("Show each message that arrives, whether it can be decoded or not"),
  .description = N_("One line per message: time, channel, type, source, verdict (accepted, repaired or rejected) and a summary;\n"
                    "below it what was found wrong. With --json each line is an object with the members received, channel, type,\n"
                    "dialect, source, timestamp, accepted, findings and data, and raw and size for what was rejected.\n"
                    "\n"
                    "Exit status: 0 when it ran to its end, 2 when the server could not be used. A connection that is lost later\n"
                    "is tried again for ever.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl watch\n"
                    "  tickstock-monitorctl watch --url redis://10.0.0.5:6379 --for 60\n"
                    "  tickstock-monitorctl watch --json --count 100 | jq -r 'select(.accepted != \"yes\")'\n"
                    "  tickstock-monitorctl watch --channel 'tickstock:*'"),
  .run = run,
};
