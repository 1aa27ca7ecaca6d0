/* The link that listens, its channels and the queue of what it heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was refused is asked for again on each link that is made anew for another reason, and at backoff by a scout: an
 * administrator may allow it at any time. What the scout was granted is asked for on the link that listens, which goes on
 * listening.
 */

#include "redis/tsm-subscriber.h"

#include <string.h>

#include "redis/tsm-asker.h"
#include "redis/tsm-inbox.h"
#include "redis/tsm-link-error.h"
#include "redis/tsm-scout.h"

struct _TsmSubscriber
{
  TsmProfile               *profile;
  const TsmSubscriberFuncs *funcs;
  gpointer                  owner;

  TsmLink                  *link;
  GPtrArray                *channels; /* TsmChannel, as in the profile */
  TsmChannel               *probe;    /* (nullable) */
  TsmAsker                  asker;    /* of the channels, and last of the probe */
  TsmScout                 *scout;

  TsmInbox                  inbox;
  gboolean                  paused;
};

/* Reading pauses only on a READY link: until then only a few replies come. */
static void
update_reading (TsmSubscriber *self)
{
  if (tsm_link_get_status (self->link)->state == TSM_LINK_READY)
    tsm_link_set_reading (self->link, !self->inbox.queue.full);

  if (self->paused == self->inbox.queue.full)
    return;

  self->paused = self->inbox.queue.full;
  self->funcs->changed (self->owner);
}

/* All channels have been answered: the link is READY if any was granted, or if none was asked for. */
static void
asked_cb (gpointer owner)
{
  TsmSubscriber *self = owner;
  guint n_acknowledged = 0;
  const char *refusal = NULL;

  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);

      n_acknowledged += channel->acknowledged ? 1 : 0;
      if (channel->refusal != NULL)
        refusal = channel->refusal;
    }

  if (refusal != NULL)
    tsm_scout_send_later (self->scout, self->channels);
  else
    tsm_scout_call_back (self->scout);

  if (refusal != NULL && n_acknowledged == 0)
    tsm_link_set_error (self->link, tsm_link_error_new_from_server (refusal, NULL));
  else if (tsm_link_get_status (self->link)->state != TSM_LINK_READY)
    tsm_link_set_ready (self->link);

  update_reading (self);
  self->funcs->changed (self->owner);
}

static void
greeted_cb (TsmServerInfo *info,
            gpointer       user_data)
{
  TsmSubscriber *self = user_data;

  self->funcs->greeted (info, self->owner);
  tsm_asker_start (&self->asker);
}

static void
down_cb (gpointer user_data)
{
  TsmSubscriber *self = user_data;

  tsm_scout_call_back (self->scout);
  tsm_asker_forget (&self->asker);
}

static void
changed_cb (gpointer user_data)
{
  TsmSubscriber *self = user_data;

  self->funcs->changed (self->owner);
}

static const TsmChannel *
find_by_name (GPtrArray  *channels,
              const char *name)
{
  for (guint i = 0; channels != NULL && i < channels->len; i++)
    {
      const TsmChannel *channel = g_ptr_array_index (channels, i);

      if (strcmp (channel->name, name) == 0)
        return channel;
    }

  return NULL;
}

static void
granted_cb (GPtrArray *granted,
            gpointer   owner)
{
  TsmSubscriber *self = owner;

  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);
      const TsmChannel *again = find_by_name (granted, channel->name);

      if (again != NULL && again->acknowledged)
        tsm_channel_reset (channel);
    }

  tsm_asker_go_on (&self->asker);
}

static void
pushed_cb (const redisReply *reply,
           gpointer          user_data)
{
  TsmSubscriber *self = user_data;
  const char *name;

  if (!tsm_inbox_is_whole (reply))
    {
      tsm_link_fail (self->link, tsm_link_error_new (TSM_LINK_ERROR_NOT_REDIS, NULL));
      return;
    }

  name = reply->element[reply->elements - 2]->str;
  if (self->probe != NULL && strcmp (name, self->probe->wire_name) == 0)
    {
      self->funcs->probed (reply->element[reply->elements - 1]->str, self->owner);
    }
  else if (self->probe == NULL || !g_str_has_prefix (name, TSM_PROFILE_PROBE_PREFIX)) /* of other monitors, by a pattern */
    {
      gboolean was_empty = tsm_inbox_add (&self->inbox, self->channels, reply);

      if (self->inbox.queue.full != self->paused)
        update_reading (self);
      if (was_empty)
        self->funcs->queued (self->owner);
    }
}

static const TsmLinkFuncs link_funcs = {
  .greeted = greeted_cb,
  .pushed = pushed_cb,
  .down = down_cb,
  .changed = changed_cb,
};

/* Takes up the channels of the profile; those that were there before keep their counts. */
static void
update_channels (TsmSubscriber *self)
{
  const char * const *names = tsm_profile_get_channels (self->profile);
  g_autoptr (GPtrArray) old = self->channels;

  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_channel_free);
  g_ptr_array_set_size (self->asker.channels, 0);
  for (; *names != NULL; names++)
    {
      TsmChannel *channel = tsm_channel_new (*names);
      const TsmChannel *before = find_by_name (old, *names);

      if (before != NULL)
        {
          channel->messages = before->messages;
          channel->last_received = before->last_received;
        }
      g_ptr_array_add (self->channels, channel);
      g_ptr_array_add (self->asker.channels, channel);
    }
  if (self->probe != NULL)
    g_ptr_array_add (self->asker.channels, self->probe);
}

/**
 * tsm_subscriber_new:
 * @profile: where to, and to what
 * @probe_channel: (nullable): a private channel beside those of the profile; without one, the probes of others are heard as any
 *   message
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive the subscriber
 * @funcs: what to call
 * @owner: passed to @funcs
 *
 * Returns: (transfer full): a subscriber whose link is IDLE
 */
TsmSubscriber *
tsm_subscriber_new (TsmProfile               *profile,
                    const char               *probe_channel,
                    GMainContext             *context,
                    const TsmTiming          *timing,
                    const TsmSubscriberFuncs *funcs,
                    gpointer                  owner)
{
  TsmSubscriber *self = g_new0 (TsmSubscriber, 1);

  self->profile = g_object_ref (profile);
  self->funcs = funcs;
  self->owner = owner;
  self->link = tsm_link_new (profile, context, timing, &link_funcs, self);
  tsm_link_set_buffer (self->link, TSM_SUBSCRIBER_DEFAULT_LIMIT);
  self->probe = probe_channel != NULL ? tsm_channel_new (probe_channel) : NULL;
  self->asker = (TsmAsker) { .link = self->link, .channels = g_ptr_array_new (), .done = asked_cb, .owner = self };
  self->scout = tsm_scout_new (profile, context, timing, granted_cb, self);
  tsm_inbox_init (&self->inbox);
  update_channels (self);
  return self;
}

/**
 * tsm_subscriber_free:
 * @self: (transfer full): a subscriber whose link is IDLE
 *
 * Frees the subscriber and what is queued.
 */
void
tsm_subscriber_free (TsmSubscriber *self)
{
  tsm_link_free (self->link);
  tsm_scout_free (self->scout);
  g_ptr_array_unref (self->asker.channels);
  g_ptr_array_unref (self->channels);
  g_clear_pointer (&self->probe, tsm_channel_free);
  tsm_inbox_clear (&self->inbox);
  g_object_unref (self->profile);
  g_free (self);
}

/**
 * tsm_subscriber_start:
 * @self: a subscriber
 *
 * Starts the link, if it is IDLE, with the channels that the profile has now.
 */
void
tsm_subscriber_start (TsmSubscriber *self)
{
  if (tsm_link_get_status (self->link)->state != TSM_LINK_IDLE)
    return;

  update_channels (self);
  tsm_link_start (self->link);
}

/* The link that listens. (transfer none) */
TsmLink *
tsm_subscriber_get_link (TsmSubscriber *self)
{
  return self->link;
}

/* (element-type TsmChannel) (transfer none): the channels of the profile, without the probe's */
GPtrArray *
tsm_subscriber_get_channels (TsmSubscriber *self)
{
  return self->channels;
}

/* (nullable): the server's words when it refused the probe channel on the present link */
const char *
tsm_subscriber_get_refusal (TsmSubscriber *self)
{
  return self->probe != NULL ? self->probe->refusal : NULL;
}

/* (transfer full) (nullable): the oldest message */
TsmMessage *
tsm_subscriber_pop (TsmSubscriber *self)
{
  TsmMessage *message = tsm_message_queue_pop (&self->inbox.queue);

  if (self->paused != self->inbox.queue.full)
    update_reading (self);

  return message;
}

/* Messages in the queue. */
guint
tsm_subscriber_get_length (TsmSubscriber *self)
{
  return g_queue_get_length (&self->inbox.queue.messages);
}

/* Bytes in the queue: payloads and TSM_MESSAGE_OVERHEAD each. */
gsize
tsm_subscriber_get_bytes (TsmSubscriber *self)
{
  return self->inbox.queue.bytes;
}

/* From how many bytes on the server is no longer read. What is beyond the queue's own limit waits unparsed in the link. */
void
tsm_subscriber_set_limit (TsmSubscriber *self,
                          gsize          bytes)
{
  tsm_message_queue_set_limit (&self->inbox.queue, MIN (bytes, TSM_MESSAGE_QUEUE_DEFAULT_LIMIT));
  tsm_link_set_buffer (self->link, bytes);
  update_reading (self);
}

/* Whether the server is not read, because both the queue and what waits before it are full. */
gboolean
tsm_subscriber_is_paused (TsmSubscriber *self)
{
  return self->paused && tsm_link_is_full (self->link);
}

/* Messages since the connection was made, without probes. */
guint64
tsm_subscriber_get_n_received (TsmSubscriber *self)
{
  return self->inbox.n_received;
}
