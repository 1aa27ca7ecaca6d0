/* The live connection to one server: a link that listens, a link that commands, and a probe between them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is emitted while a reply is being handled: what happens is noted, and told by one source of its own, at most
 * once per iteration of the main loop. So a handler may do anything with the connection, also let go of it.
 */

#include "redis/tsm-connection-inside.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-timer.h"

/* The same as that of the sockets: below it the flood of a full socket would keep the news back for ever. */
#define NEWS_PRIORITY 130

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_QUEUED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmConnection, tsm_connection, G_TYPE_OBJECT)

static gboolean
news_cb (gpointer user_data)
{
  g_autoptr (TsmConnection) self = g_object_ref (user_data);

  if (self->changed)
    {
      self->changed = FALSE;
      g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
    }

  if (self->queued)
    {
      self->queued = FALSE;
      if (tsm_connection_get_queue_length (self) > 0)
        g_signal_emit (self, signals[SIGNAL_QUEUED], 0);
    }

  return G_SOURCE_REMOVE;
}

static void
keep_last_error (TsmConnection *self)
{
  const GError *error = tsm_connection_get_error (self);

  if (error == NULL || (self->last_error != NULL && g_error_matches (error, self->last_error->domain, self->last_error->code)
                        && strcmp (error->message, self->last_error->message) == 0))
    return;

  g_clear_error (&self->last_error);
  self->last_error = g_error_copy (error);
}

static void
changed_cb (gpointer owner)
{
  TsmConnection *self = owner;

  keep_last_error (self);
  if (self->probe != NULL)
    tsm_probe_update (self->probe);
  self->changed = TRUE;
  tsm_timer_set (self->news, 0);
}

static void
probe_changed_cb (gpointer owner)
{
  TsmConnection *self = owner;

  self->changed = TRUE;
  tsm_timer_set (self->news, 0);
}

static void
queued_cb (gpointer owner)
{
  TsmConnection *self = owner;

  self->queued = TRUE;
  tsm_timer_set (self->news, 0);
}

static void
probed_cb (const char *payload,
           gpointer    owner)
{
  TsmConnection *self = owner;

  tsm_probe_hear (self->probe, payload);
}

static char *
dup_endpoint (TsmLink *link)
{
  const TsmEndpoint *endpoint = tsm_link_get_endpoint (link);

  return endpoint != NULL ? tsm_endpoint_to_string (endpoint) : NULL;
}

/* A fail-over shows in that the sentinels send us somewhere else than before. The other link may not know it yet: where its
 * server lives on as a replica, nothing closes it. */
static void
note_primary (TsmConnection *self,
              TsmLink       *greeted,
              TsmLink       *other)
{
  g_autofree char *primary = dup_endpoint (greeted);
  g_autofree char *of_other = dup_endpoint (other);

  if (tsm_profile_get_n_sentinels (self->profile) == 0 || g_strcmp0 (primary, self->primary) == 0)
    return;

  if (self->primary != NULL)
    {
      g_free (self->move);
      self->move = g_strdup_printf (_("The primary of “%s” moved from %s to %s, and the connection followed it."),
                                    tsm_profile_get_service (self->profile), self->primary, primary);
      self->n_moves++;
    }
  g_free (self->primary);
  self->primary = g_steal_pointer (&primary);

  if (tsm_link_get_status (other)->state == TSM_LINK_READY && g_strcmp0 (of_other, self->primary) != 0)
    tsm_link_fail (other, tsm_link_error_new (TSM_LINK_ERROR_NO_PRIMARY, self->move));
}

static void
take_info (TsmConnection *self,
           TsmServerInfo *info)
{
  g_clear_pointer (&self->server_info, tsm_server_info_free);
  self->server_info = info;
  changed_cb (self);
}

static void
subscriber_greeted_cb (TsmServerInfo *info,
                       gpointer       owner)
{
  TsmConnection *self = owner;

  take_info (self, info);
  note_primary (self, tsm_subscriber_get_link (self->subscriber), tsm_command_link_get_link (self->command_link));
}

static void
command_link_greeted_cb (TsmServerInfo *info,
                         gpointer       owner)
{
  TsmConnection *self = owner;

  take_info (self, info);
  note_primary (self, tsm_command_link_get_link (self->command_link), tsm_subscriber_get_link (self->subscriber));
}

static const TsmSubscriberFuncs subscriber_funcs = {
  .greeted = subscriber_greeted_cb,
  .queued = queued_cb,
  .probed = probed_cb,
  .changed = changed_cb,
};

static const TsmCommandLinkFuncs command_link_funcs = {
  .greeted = command_link_greeted_cb,
  .changed = changed_cb,
};

static void
woken_cb (gpointer owner)
{
  tsm_connection_wake (owner);
}

static void
network_changed_cb (gpointer owner)
{
  tsm_connection_retry_now (owner);
}

static const TsmWakeFuncs wake_funcs = {
  .woken = woken_cb,
  .network_changed = network_changed_cb,
};

static void
tsm_connection_dispose (GObject *object)
{
  tsm_connection_stop (TSM_CONNECTION (object));

  G_OBJECT_CLASS (tsm_connection_parent_class)->dispose (object);
}

static void
tsm_connection_finalize (GObject *object)
{
  TsmConnection *self = TSM_CONNECTION (object);

  g_clear_pointer (&self->news, tsm_timer_free);
  g_clear_pointer (&self->probe, tsm_probe_free);
  g_clear_pointer (&self->subscriber, tsm_subscriber_free);
  g_clear_pointer (&self->command_link, tsm_command_link_free);
  g_clear_pointer (&self->server_info, tsm_server_info_free);
  g_clear_error (&self->last_error);
  g_free (self->primary);
  g_free (self->move);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (tsm_connection_parent_class)->finalize (object);
}

static void
tsm_connection_class_init (TsmConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_connection_dispose;
  object_class->finalize = tsm_connection_finalize;

  /**
   * TsmConnection::state-changed:
   *
   * A state, an error or a time of the connection has changed; at most once per iteration of the main loop.
   */
  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", TSM_TYPE_CONNECTION, G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * TsmConnection::queued:
   *
   * The queue went from empty to not empty.
   */
  signals[SIGNAL_QUEUED] = g_signal_new ("queued", TSM_TYPE_CONNECTION, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_connection_init (TsmConnection *self)
{
  self->timing = TSM_TIMING_DEFAULT;
  self->context = g_main_context_ref_thread_default ();
  self->news = tsm_timer_new (self->context, news_cb, self);
  g_source_set_priority (self->news, NEWS_PRIORITY);
}

static TsmConnection *
make (TsmProfile *profile,
      const char *probe_channel)
{
  TsmConnection *self = g_object_new (TSM_TYPE_CONNECTION, NULL);

  self->profile = g_object_ref (profile);
  self->timing.connect_ms = tsm_profile_get_number (profile, TSM_PROFILE_CONNECT_TIMEOUT);
  self->timing.reply_ms = tsm_profile_get_number (profile, TSM_PROFILE_REPLY_TIMEOUT);
  self->subscriber = tsm_subscriber_new (profile, probe_channel, self->context, &self->timing, &subscriber_funcs, self);
  self->command_link = tsm_command_link_new (profile, self->context, &self->timing, &command_link_funcs, self);
  if (probe_channel != NULL)
    self->probe = tsm_probe_new (self->subscriber, self->command_link, probe_channel, self->context, &self->timing,
                                 probe_changed_cb, self);
  return self;
}

/**
 * tsm_connection_new:
 * @profile: where to, who we are, and what to listen to
 *
 * Makes a connection that is not started. It lives in the thread-default main context of the caller.
 *
 * Returns: (transfer full): a connection
 */
TsmConnection *
tsm_connection_new (TsmProfile *profile)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *channel = g_strconcat (TSM_PROFILE_PROBE_PREFIX, id, NULL);

  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  return make (profile, channel);
}

/**
 * tsm_connection_new_without_probe:
 * @profile: where to, who we are, and what to listen to
 *
 * Makes a connection as tsm_connection_new() does, that publishes nothing by itself and hears the probes of others as any message:
 * for who counts what is published.
 *
 * Returns: (transfer full): a connection
 */
TsmConnection *
tsm_connection_new_without_probe (TsmProfile *profile)
{
  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  return make (profile, NULL);
}

/**
 * tsm_connection_start:
 * @self: a connection
 *
 * Connects, and goes on trying until tsm_connection_stop(). Takes up the channels that the profile has now.
 */
void
tsm_connection_start (TsmConnection *self)
{
  g_return_if_fail (TSM_IS_CONNECTION (self));

  if (self->wake == NULL)
    self->wake = tsm_wake_new (self->context, &wake_funcs, self);

  tsm_subscriber_start (self->subscriber);
  tsm_link_start (tsm_command_link_get_link (self->command_link));
}

/**
 * tsm_connection_stop:
 * @self: a connection
 *
 * Closes both links. What is queued stays; commands under way end with %G_IO_ERROR_NOT_CONNECTED.
 */
void
tsm_connection_stop (TsmConnection *self)
{
  g_return_if_fail (TSM_IS_CONNECTION (self));

  g_clear_pointer (&self->wake, tsm_wake_free);
  tsm_link_stop (tsm_subscriber_get_link (self->subscriber));
  tsm_link_stop (tsm_command_link_get_link (self->command_link));
}

/**
 * tsm_connection_retry_now:
 * @self: a connection
 *
 * Ends the wait of a link between two attempts, or the one that would follow the attempt under way.
 */
void
tsm_connection_retry_now (TsmConnection *self)
{
  g_return_if_fail (TSM_IS_CONNECTION (self));

  tsm_link_retry_now (tsm_subscriber_get_link (self->subscriber));
  tsm_link_retry_now (tsm_command_link_get_link (self->command_link));
}

/* What is done when the machine has slept: the wait ends, and a link that looks open is tested. */
void
tsm_connection_wake (TsmConnection *self)
{
  tsm_connection_retry_now (self);
  tsm_connection_probe (self);
}

/* Sets the times that the connection keeps to; before it is started. */
void
tsm_connection_set_timing (TsmConnection   *self,
                           const TsmTiming *timing)
{
  self->timing = *timing;
}
