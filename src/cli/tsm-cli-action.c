/* tickstock-monitorctl action and alerts: publish a command, and tell who received it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/tsm-cli-link.h"
#include "cli/tsm-cli-server.h"
#include "events/tsm-command.h"
#include "events/tsm-decoder.h"
#include "models/tsm-action.h"

#define MAX_WAIT 3600.0 /* s */

/* What was typed, and the command it becomes. */
typedef struct
{
  TsmCli        *cli;
  TsmCommand     command;
  char          *channel; /* (nullable) */
  const char    *type;    /* (nullable): of the component to enable */
  double         wait;    /* s, TSM_CLI_NO_NUMBER for not at all */
  TsmConnection *connection;
  TsmDecoder    *decoder;
  TsmAction     *action;
  guint          drain_id;
  guint          wait_id;
} Sender;

static const char *
get_name (Sender *self)
{
  return tsm_command_get_info (self->command.id)->name;
}

/* Whether the engine promises an event that shows the effect. */
static gboolean
waits (Sender *self)
{
  return self->wait != TSM_CLI_NO_NUMBER && tsm_command_get_info (self->command.id)->answer != TSM_EVENT_UNKNOWN;
}

static void G_GNUC_PRINTF (2, 3)
print_line (Sender     *self,
            const char *format,
            ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  tsm_cli_write_line (self->cli, line);
}

static gboolean
wait_is_over_cb (gpointer user_data)
{
  Sender *self = user_data;

  self->wait_id = 0;
  print_line (self, _("no effect seen within %g s"), self->wait);
  tsm_cli_quit (self->cli, TSM_CLI_FAULT);
  return G_SOURCE_REMOVE;
}

/* Returns: whether to look at the next message. */
static gboolean
look_at (Sender     *self,
         TsmMessage *message)
{
  g_autoptr (TsmEvent) event = tsm_decoder_decode (self->decoder, message->payload, message->channel, message->received,
                                                   message->received_monotonic);

  if (self->wait_id == 0 || !tsm_action_observe (self->action, event))
    return TRUE;

  print_line (self, _("effect seen after %.2f s: %s"), tsm_action_get_answer_time (self->action) / (double) G_USEC_PER_SEC,
              tsm_event_get_type_name (event));
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return FALSE;
}

static gboolean
drain_cb (gpointer user_data)
{
  Sender *self = user_data;
  gboolean more = TRUE;

  self->drain_id = 0;
  while (more)
    {
      g_autoptr (TsmMessage) message = tsm_connection_pop (self->connection);

      more = message != NULL && look_at (self, message);
    }

  return G_SOURCE_REMOVE;
}

static void
queued_cb (Sender *self)
{
  if (self->drain_id == 0)
    self->drain_id = g_idle_add (drain_cb, self);
}

static void
delivered (Sender *self,
           gint64  receivers)
{
  TsmProfile *profile = tsm_connection_get_profile (self->connection);

  tsm_action_delivered (self->action, receivers);
  if (receivers == 0)
    {
      print_line (self, _("%s: delivered to 0: nobody is listening on %s"), get_name (self), tsm_profile_get_control_channel (profile));
      tsm_cli_quit (self->cli, TSM_CLI_FAULT);
      return;
    }

  print_line (self, _("%s: delivered to %lu"), get_name (self), (gulong) receivers);
  if (waits (self))
    {
      self->wait_id = g_timeout_add ((guint) (self->wait * 1000), wait_is_over_cb, self);
      queued_cb (self); /* the effect may have come before the reply */
      return;
    }

  if (self->wait != TSM_CLI_NO_NUMBER)
    tsm_cli_say (_("The engine promises no event that shows the effect of %s."), get_name (self));
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
}

static void
published_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Sender *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 receivers = tsm_connection_publish_finish (TSM_CONNECTION (object), result, &error);

  if (receivers >= 0)
    {
      delivered (self, receivers);
      return;
    }

  tsm_cli_say (_("%s could not be sent: %s"), get_name (self), error->message);
  tsm_cli_quit (self->cli, TSM_CLI_ERROR);
}

static void
ready_cb (gpointer user_data)
{
  Sender *self = user_data;
  TsmProfile *profile = tsm_connection_get_profile (self->connection);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) payload = NULL;
  const char *subject = self->command.alert_id != NULL ? self->command.alert_id : self->command.component_name;

  self->command.timestamp = g_get_real_time ();
  self->command.requested_by = tsm_profile_get_requested_by (profile);
  text = tsm_command_encode (&self->command);
  payload = g_bytes_new (text, strlen (text));
  self->action = tsm_action_new (self->command.id, subject, g_get_monotonic_time (), self->command.timestamp);

  tsm_connection_publish_async (self->connection, tsm_profile_get_control_channel (profile), payload, NULL, published_cb, self);
}

static TsmCliStatus
send (Sender *self)
{
  const char *channels[] = { self->channel, NULL };
  g_autoptr (TsmProfile) profile = tsm_cli_new_profile (self->cli, channels);
  g_autoptr (TsmDecoder) decoder = NULL;
  g_autoptr (TsmConnection) connection = NULL;
  g_autoptr (TsmCliLink) link = NULL;

  if (profile == NULL || !tsm_cli_may_send (self->cli, profile))
    return self->cli->status;

  self->decoder = decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self->connection = connection = tsm_connection_new (profile);
  link = tsm_cli_link_new (self->cli, connection, waits (self) ? TSM_CLI_LINK_BOTH : TSM_CLI_LINK_COMMANDS, ready_cb, self);
  g_signal_connect_swapped (connection, "queued", G_CALLBACK (queued_cb), self);
  tsm_connection_start (connection);

  tsm_cli_run (self->cli);
  tsm_connection_stop (connection);
  g_clear_handle_id (&self->drain_id, g_source_remove);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->action);

  return self->cli->status;
}

/* Options that both subcommands have. */
static void
add_options (Sender *self)
{
  const GOptionEntry entries[] = {
    { "wait", 'w', 0, G_OPTION_ARG_DOUBLE, &self->wait, N_("Wait that long for an event that shows the effect"), N_("SECONDS") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING, &self->channel,
      N_("The engine's channel (default: that of the connection); the command goes to CHANNEL:control"), N_("CHANNEL") },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (self->cli, entries);
}

static gboolean
check_options (Sender *self)
{
  if (self->wait != TSM_CLI_NO_NUMBER && !(self->wait > 0 && self->wait <= MAX_WAIT))
    tsm_cli_usage_error (self->cli, _("--wait must be a number of seconds above 0, at most %.0f"), MAX_WAIT);
  else if (self->channel != NULL && self->channel[0] == '\0')
    tsm_cli_usage_error (self->cli, _("--channel needs a name"));
  else
    return TRUE;

  return FALSE;
}

static gboolean
is_text (Sender     *self,
         const char *value)
{
  if (value[0] != '\0' && g_utf8_validate (value, -1, NULL))
    return TRUE;

  tsm_cli_usage_error (self->cli, _("“%s” is empty or is not UTF-8"), value);
  return FALSE;
}

static gboolean
is_about_alert (TsmCommandId id)
{
  return id == TSM_COMMAND_ALERT_ACKNOWLEDGED || id == TSM_COMMAND_ALERT_RESOLVED;
}

/* Names of the actions that `action` takes, as they are typed. */
static char *
make_action_list (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    {
      g_autofree char *name = g_ascii_strdown (tsm_command_get_info (i)->name, -1);

      if (is_about_alert (i))
        continue;
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", g_strdelimit (name, "_", '-'));
    }

  return g_string_free (list, FALSE);
}

static TsmCliStatus
run_named_action (Sender *self,
                  char  **argv)
{
  if (!tsm_command_from_name (argv[1], &self->command.id))
    {
      g_autofree char *list = make_action_list ();

      return tsm_cli_usage_error (self->cli, _("There is no action “%s”. There are: %s."), argv[1], list);
    }
  if (is_about_alert (self->command.id))
    return tsm_cli_usage_error (self->cli, _("Alerts have their own subcommand: tickstock-monitorctl alerts ack|resolve ALERT_ID"));

  if (self->command.id == TSM_COMMAND_ENABLE_COMPONENT)
    {
      if (argv[2] == NULL)
        return tsm_cli_usage_error (self->cli, _("enable-component needs the name of the component."));
      if (!is_text (self, argv[2]))
        return TSM_CLI_ERROR;
      self->command.component_name = argv[2];
      self->command.component_type = self->type != NULL ? self->type : "component";
    }
  else if (argv[2] != NULL || self->type != NULL)
    {
      return tsm_cli_usage_error (self->cli, _("Only enable-component takes a name and --type."));
    }

  return send (self);
}

static TsmCliStatus
run_action (TsmCli  *cli,
            char   **argv)
{
  Sender self = { .cli = cli, .wait = TSM_CLI_NO_NUMBER };
  g_autofree char *type = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    { "type", 't', 0, G_OPTION_ARG_STRING, &type, N_("Kind of the component to enable (default: component)"), N_("TYPE") },
    G_OPTION_ENTRY_NULL
  };
  TsmCliStatus status = TSM_CLI_ERROR;

  add_options (&self);
  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 1, 2))
    status = cli->status;
  else if (check_options (&self))
    {
      self.type = type;
      status = run_named_action (&self, argv);
    }

  g_free (self.channel);
  return status;
}

static TsmCliStatus
run_alert_command (Sender *self,
                   char  **argv)
{
  if (g_str_equal (argv[1], "ack") || g_str_equal (argv[1], "acknowledge"))
    self->command.id = TSM_COMMAND_ALERT_ACKNOWLEDGED;
  else if (g_str_equal (argv[1], "resolve"))
    self->command.id = TSM_COMMAND_ALERT_RESOLVED;
  else
    return tsm_cli_usage_error (self->cli, _("An alert can be acknowledged (ack) or resolved (resolve), not “%s”."), argv[1]);

  if (!is_text (self, argv[2]) || (self->command.notes[0] != '\0' && !is_text (self, self->command.notes)))
    return TSM_CLI_ERROR;

  self->command.alert_id = argv[2];
  return send (self);
}

static TsmCliStatus
run_alerts (TsmCli  *cli,
            char   **argv)
{
  Sender self = { .cli = cli, .wait = TSM_CLI_NO_NUMBER };
  g_autofree char *notes = NULL;
  g_autoptr (GOptionContext) context = tsm_cli_new_context (cli);
  const GOptionEntry entries[] = {
    /* as a file name, because that is taken as it is typed, whatever the locale */
    { "notes", 'n', 0, G_OPTION_ARG_FILENAME, &notes, N_("What to note about it"), N_("TEXT") },
    G_OPTION_ENTRY_NULL
  };
  TsmCliStatus status = TSM_CLI_ERROR;

  add_options (&self);
  tsm_cli_add_options (cli, entries);
  if (!tsm_cli_parse (cli, context, &argv, 2, 2))
    status = cli->status;
  else if (check_options (&self))
    {
      self.command.notes = notes != NULL ? notes : "";
      status = run_alert_command (&self, argv);
    }

  g_free (self.channel);
  return status;
}

const TsmCliCommand tsm_cli_action = {
  .name = "action",
  .arguments = N_("NAME [COMPONENT]"),
  .summary = N_("Send the engine a command, and tell who received it"),
  .description = N_("NAME is one of force-health-check, clear-cache, force-gc, reload-patterns, restart-workers, and enable-component,\n"
                    "which is followed by the component's name; upper case and underscores do as well. Prints how many received it.\n"
                    "Received is not done: with --wait it also waits for an event that shows the effect.\n"
                    "\n"
                    "Exit status: 0 when somebody received it (and the effect was seen), 1 when nobody did (or no effect was seen),\n"
                    "2 when it could not be sent.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl action force-health-check --wait 10\n"
                    "  tickstock-monitorctl action CLEAR_CACHE --url redis://10.0.0.5:6379\n"
                    "  tickstock-monitorctl action enable-component backtesting --type processor"),
  .run = run_action,
};

const TsmCliCommand tsm_cli_alerts = {
  .name = "alerts",
  .arguments = N_("ack|resolve ALERT_ID"),
  .summary = N_("Acknowledge or resolve an alert"),
  .description = N_("Tells the engine that somebody looks after an alert (ack), or that it is over (resolve), and prints how many\n"
                    "received it. An id that begins with a dash is written after “--”.\n"
                    "\n"
                    "Exit status: 0 when somebody received it, 1 when nobody did (or with --wait, when no effect was seen), 2 when it\n"
                    "could not be sent.\n"
                    "\n"
                    "Examples:\n"
                    "  tickstock-monitorctl alerts ack mem-7731\n"
                    "  tickstock-monitorctl alerts resolve mem-7731 --notes \"Workers restarted\"\n"
                    "  tickstock-monitorctl alerts resolve --wait 10 alert_41"),
  .run = run_alerts,
};
