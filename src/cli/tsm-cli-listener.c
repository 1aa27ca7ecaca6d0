/* Messages are taken in slices, between which the socket is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-cli-listener.h"

#include <glib/gi18n-lib.h>

#include "cli/tsm-cli-link.h"

#define MAX_SECONDS 4e6   /* as many as a timeout of GLib holds */
#define SLICE_US    10000 /* short enough that the server need not drop us */

/**
 * tsm_cli_listener_add_options:
 * @self: what is to listen
 *
 * Adds --count, --for and --channel to the subcommand's options.
 */
void
tsm_cli_listener_add_options (TsmCliListener *self)
{
  const GOptionEntry entries[] = {
    { "count", 'n', 0, G_OPTION_ARG_INT64, &self->count, N_("End after N messages"), N_("N") },
    { "for", 0, 0, G_OPTION_ARG_DOUBLE, &self->seconds, N_("End after that many seconds"), N_("SECONDS") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &self->channels,
      N_("Listen to this channel, or to all that match a pattern such as “tickstock:*” (can be repeated; "
         "default: those of the connection, or tickstock:monitoring and tickstock:errors)"), N_("CHANNEL") },
    G_OPTION_ENTRY_NULL
  };

  tsm_cli_add_options (self->cli, entries);
}

/**
 * tsm_cli_listener_check:
 * @self: what is to listen, after the options were parsed
 *
 * Returns: whether the options are legal; otherwise the status is set and everything has been said
 */
gboolean
tsm_cli_listener_check (TsmCliListener *self)
{
  const char *fault = NULL;

  if (self->count != TSM_CLI_NO_COUNT && self->count < 1)
    fault = _("--count must be at least 1");
  else if (self->seconds != TSM_CLI_NO_NUMBER && !(self->seconds > 0 && self->seconds <= MAX_SECONDS))
    fault = _("--for must be a number of seconds above 0");
  else if (self->channels != NULL && g_strv_contains ((const char * const *) self->channels, ""))
    fault = _("--channel needs a name");

  if (fault != NULL)
    self->cli->status = tsm_cli_usage_error (self->cli, "%s", fault);
  return fault == NULL;
}

/* Returns: whether there may be more. */
static gboolean
take_next (TsmCliListener *self)
{
  g_autoptr (TsmMessage) message = tsm_connection_pop (self->connection);

  return message != NULL && self->funcs->take (message, self->user_data);
}

static gboolean
drain_cb (gpointer user_data)
{
  TsmCliListener *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (g_get_monotonic_time () < end)
    {
      if (!take_next (self))
        {
          self->drain_id = 0;
          return G_SOURCE_REMOVE;
        }
    }

  return G_SOURCE_CONTINUE;
}

static void
queued_cb (TsmCliListener *self)
{
  if (self->drain_id == 0 && self->is_open)
    self->drain_id = g_idle_add (drain_cb, self);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  TsmCliListener *self = user_data;

  self->end_id = 0;
  self->time_is_up = TRUE;
  tsm_cli_quit (self->cli, TSM_CLI_FINE);
  return G_SOURCE_REMOVE;
}

static void
ready_cb (gpointer user_data)
{
  TsmCliListener *self = user_data;

  self->is_open = self->funcs->ready == NULL || self->funcs->ready (self->user_data);
  if (!self->is_open)
    return;

  if (self->seconds != TSM_CLI_NO_NUMBER)
    self->end_id = g_timeout_add ((guint) (self->seconds * 1000), time_is_up_cb, self);
  queued_cb (self);
}

/**
 * tsm_cli_listener_run:
 * @self: what is to listen
 * @funcs: what to call
 * @user_data: passed to @funcs
 *
 * Listens until the time is up, a function of @funcs or a signal ends the loop, or the server cannot be used.
 *
 * Returns: FALSE where there is no server to listen to, which has been said
 */
gboolean
tsm_cli_listener_run (TsmCliListener            *self,
                      const TsmCliListenerFuncs *funcs,
                      gpointer                   user_data)
{
  g_autoptr (TsmProfile) profile = tsm_cli_new_profile (self->cli, (const char * const *) self->channels);
  g_autoptr (TsmCliLink) link = NULL;

  if (profile == NULL)
    return FALSE;

  self->funcs = funcs;
  self->user_data = user_data;
  self->connection = tsm_connection_new (profile);
  link = tsm_cli_link_new (self->cli, self->connection, TSM_CLI_LINK_SUBSCRIBER, ready_cb, self);
  g_signal_connect_swapped (self->connection, "queued", G_CALLBACK (queued_cb), self);
  tsm_connection_start (self->connection);
  tsm_cli_run (self->cli);
  g_clear_handle_id (&self->drain_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  return TRUE;
}

/**
 * tsm_cli_listener_take_rest:
 * @self: what has listened
 *
 * Hands on what had arrived when the loop ended, until no more can be taken.
 */
void
tsm_cli_listener_take_rest (TsmCliListener *self)
{
  while (self->is_open && take_next (self))
    ;
}

/**
 * tsm_cli_listener_is_complete:
 * @self: what listens
 * @n_taken: messages that count
 *
 * Returns: whether these are as many as --count asks for
 */
gboolean
tsm_cli_listener_is_complete (TsmCliListener *self,
                              guint64         n_taken)
{
  return self->count != TSM_CLI_NO_COUNT && n_taken >= (guint64) self->count;
}

void
tsm_cli_listener_clear (TsmCliListener *self)
{
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      tsm_connection_stop (self->connection);
    }
  g_clear_object (&self->connection);
  g_strfreev (self->channels);
}
