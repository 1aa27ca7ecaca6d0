/* TsmCliLink: tells on stderr what becomes of a connection, and ends the program where the first attempt fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-link.h"

#include <glib/gi18n-lib.h>

#include "cli/tsm-cli-server.h"

struct _TsmCliLink
{
  TsmCli          *cli;
  TsmConnection   *connection;
  gulong           handler;
  TsmCliLinkKind   kind;
  TsmCliLinkReady  ready;
  gpointer         user_data;
  gboolean         was_ready;
  gboolean         is_ready;
  TsmLinkState     told_subscriber;
  TsmLinkState     told_commands;
};

static void
tell_states (TsmCliLink   *self,
             TsmLinkState  subscriber,
             TsmLinkState  commands)
{
  if (subscriber == self->told_subscriber && commands == self->told_commands)
    return;

  self->told_subscriber = subscriber;
  self->told_commands = commands;
  if (self->cli->verbose)
    tsm_cli_say (_("listening: %s, publishing: %s"), tsm_link_state_get_name (subscriber), tsm_link_state_get_name (commands));
}

static const char *
get_words (TsmCliLink *self)
{
  const GError *error = tsm_connection_get_error (self->connection);

  if (error == NULL)
    error = tsm_connection_get_last_error (self->connection);

  return error != NULL ? error->message : _("no reason is known");
}

static void
became_ready (TsmCliLink *self)
{
  gboolean first = !self->was_ready;

  self->was_ready = TRUE;
  self->is_ready = TRUE;
  if (!first)
    tsm_cli_say (_("Connected again."));
  else if (self->ready != NULL)
    self->ready (self->user_data);
}

static void
became_unready (TsmCliLink *self)
{
  self->is_ready = FALSE;
  tsm_cli_say (_("The connection is lost (%s); trying to connect again."), get_words (self));
}

static void
failed_at_first (TsmCliLink *self)
{
  TsmProfile *profile = tsm_connection_get_profile (self->connection);
  g_autofree char *url = tsm_profile_dup_display_url (profile);

  tsm_cli_say (_("Cannot use the server at %s: %s"), url, get_words (self));
  if (g_error_matches (tsm_connection_get_error (self->connection), TSM_LINK_ERROR, TSM_LINK_ERROR_AUTH_REQUIRED))
    tsm_cli_say_trouble (self->cli);
  tsm_cli_quit (self->cli, TSM_CLI_ERROR);
}

static gboolean
matters (TsmCliLink     *self,
         TsmCliLinkKind  link)
{
  return self->kind == link || self->kind == TSM_CLI_LINK_BOTH;
}

static void
state_changed_cb (TsmCliLink *self)
{
  TsmLinkState subscriber = tsm_connection_get_subscriber_state (self->connection);
  TsmLinkState commands = tsm_connection_get_command_state (self->connection);
  gboolean is_ready = TRUE;
  gboolean is_waiting = FALSE;

  tell_states (self, subscriber, commands);
  if (matters (self, TSM_CLI_LINK_SUBSCRIBER))
    {
      is_ready &= subscriber == TSM_LINK_READY;
      is_waiting |= subscriber == TSM_LINK_WAITING;
    }
  if (matters (self, TSM_CLI_LINK_COMMANDS))
    {
      is_ready &= commands == TSM_LINK_READY;
      is_waiting |= commands == TSM_LINK_WAITING;
    }

  if (is_ready && !self->is_ready)
    became_ready (self);
  else if (!is_ready && self->is_ready)
    became_unready (self);
  else if (is_waiting && !self->was_ready && tsm_connection_get_error (self->connection) != NULL)
    failed_at_first (self);
}

/**
 * tsm_cli_link_new:
 * @kind: which of the connection's links the subcommand needs
 * @ready: (nullable): called once, when they are up for the first time
 *
 * A first attempt that fails ends the main loop with TSM_CLI_ERROR and the server's words: whoever types a command wants
 * to know of a wrong address. Once it has worked, the connection is left to try again for ever.
 */
TsmCliLink *
tsm_cli_link_new (TsmCli          *cli,
                  TsmConnection   *connection,
                  TsmCliLinkKind   kind,
                  TsmCliLinkReady  ready,
                  gpointer         user_data)
{
  TsmCliLink *self = g_new0 (TsmCliLink, 1);

  self->cli = cli;
  self->connection = g_object_ref (connection);
  self->kind = kind;
  self->ready = ready;
  self->user_data = user_data;
  self->handler = g_signal_connect_swapped (connection, "state-changed", G_CALLBACK (state_changed_cb), self);

  return self;
}

void
tsm_cli_link_free (TsmCliLink *self)
{
  if (self == NULL)
    return;

  g_signal_handler_disconnect (self->connection, self->handler);
  g_object_unref (self->connection);
  g_free (self);
}

gboolean
tsm_cli_link_was_ready (TsmCliLink *self)
{
  return self->was_ready;
}
