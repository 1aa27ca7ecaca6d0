/* tickstock-monitorctl watch: a line for each message that arrives, whether it can be decoded or not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/tsm-cli-link.h"
#include "cli/tsm-event-text.h"
#include "cli/tsm-text.h"
#include "events/tsm-decoder.h"

#define MAX_SECONDS 4e6 /* as many as a timeout of GLib holds */
#define SLICE_US 10000 /* between two slices the socket is read, so that the server need not drop us */

typedef struct
{
  TsmCli        *cli;
  TsmConnection *connection;
  TsmDecoder    *decoder;
  gboolean       json;
  gint64         count;     /* TSM_CLI_NO_COUNT: no end */
  double         seconds;   /* TSM_CLI_NO_NUMBER: no end */
  gboolean       colour;
  guint          drain_id;
  guint          end_id;
  gboolean       time_is_up;
  guint64        n_by_acceptance[3];
  guint64        n_received;
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

/* Returns: whether to go on. */
static gboolean
show_message (Watch      *self,
              TsmMessage *message)
{
  g_autoptr (TsmEvent) event = tsm_decoder_decode (self->decoder, message->payload, message->channel, message->received,
                                                   message->received_monotonic);
  g_autofree char *line = self->json ? make_json (event, message) : make_text (self, event, message);

  if (!tsm_cli_write_line (self->cli, line))
    return FALSE;

  self->n_by_acceptance[tsm_event_get_acceptance (event)]++;
  self->n_received++;
  if (self->count != TSM_CLI_NO_COUNT && self->n_received >= (guint64) self->count)
    {
      tsm_cli_quit (self->cli, TSM_CLI_FINE);
      return FALSE;
    }

  return TRUE;
}

static gboolean
drain_cb (gpointer user_data)
{
  Watch *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (TsmMessage) message = tsm_connection_pop (self->connection);

      if (message == NULL || !show_message (self, message))
        {
          self->drain_id = 0;
          return G_SOURCE_REMOVE;
        }
    }

  return G_SOURCE_CONTINUE;
}

static void
queued_cb (Watch *self)
{
  if (self->drain_id == 0)
    self->drain_id = g_idle_add (drain_cb, self);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  Watch *self = user_data;

  self->end_id = 0;
  self->time_is_up = TRUE;
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return G_SOURCE_REMOVE;
}

static void
ready_cb (gpointer user_data)
{
  Watch *self = user_data;

  if (self->seconds != TSM_CLI_NO_NUMBER)
    self->end_id = g_timeout_add ((guint) (self->seconds * 1000), time_is_up_cb, self);
}

/* What had arrived when the time was up is shown. */
static void
drain_rest (Watch *self)
{
  gboolean more = self->time_is_up;

  while (more)
    {
      g_autoptr (TsmMessage) message = tsm_connection_pop (self->connection);

      more = message != NULL && show_message (self, message);
    }
}

static void
say_summary (Watch *self)
{
  tsm_cli_say (_("received: %lu; accepted: %lu, repaired: %lu, rejected: %lu"), (gulong) self->n_received,
               (gulong) self->n_by_acceptance[TSM_ACCEPTED_YES], (gulong) self->n_by_acceptance[TSM_ACCEPTED_REPAIRED],
               (gulong) self->n_by_acceptance[TSM_ACCEPTED_NO]);
}

static TsmCliStatus
watch_server (Watch              *self,
              const char * const *channels)
{
  g_autoptr (TsmProfile) profile = tsm_cli_new_profile (self->cli, channels);
  g_autoptr (TsmDecoder) decoder = NULL;
  g_autoptr (TsmConnection) connection = NULL;
  g_autoptr (TsmCliLink) link = NULL;
  TsmCliStatus status;

  if (profile == NULL)
    return self->cli->status;

  self->decoder = decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self->connection = connection = tsm_connection_new (profile);
  self->colour = !self->json && tsm_text_has_colour (STDOUT_FILENO);
  link = tsm_cli_link_new (self->cli, connection, TSM_CLI_LINK_SUBSCRIBER, ready_cb, self);
  g_signal_connect_swapped (connection, "queued", G_CALLBACK (queued_cb), self);
  tsm_connection_start (connection);

  tsm_cli_run (self->cli);
  drain_rest (self);
  status = self->cli->status;
  g_clear_handle_id (&self->drain_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  tsm_connection_stop (connection);
  if (status == TSM_CLI_FINE && (self->cli->interrupted || self->cli->verbose))
    say_summary (self);

  return status;
}

static TsmCliStatus
run (TsmCli  *cli,
     char   **argv)
{
  Watch self = { .cli = cli, .count = TSM_CLI_NO_COUNT, .seconds = TSM_CLI_NO_NUMBER };
  g_auto (GStrv) channels = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_("One JSON object per line"), NULL },
    { "count", 'n', 0, G_OPTION_ARG_INT64, &self.count, N_("End after N messages"), N_("N") },
    { "for", 0, 0, G_OPTION_ARG_DOUBLE, &self.seconds, N_("End after that many seconds"), N_("SECONDS") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &channels,
      N_("Listen to this channel, or to all that match a pattern such as “tickstock:*” (can be repeated; "
         "default: those of the connection, or tickstock:monitoring and tickstock:errors)"), N_("CHANNEL") },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 0, 0))
    return cli->status;
  if (self.count != TSM_CLI_NO_COUNT && self.count < 1)
    return tsm_cli_usage_error (cli, _("--count must be at least 1"));
  if (self.seconds != TSM_CLI_NO_NUMBER && !(self.seconds > 0 && self.seconds <= MAX_SECONDS))
    return tsm_cli_usage_error (cli, _("--for must be a number of seconds above 0"));
  if (channels != NULL && g_strv_contains ((const char * const *) channels, ""))
    return tsm_cli_usage_error (cli, _("--channel needs a name"));

  return watch_server (&self, (const char * const *) channels);
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
