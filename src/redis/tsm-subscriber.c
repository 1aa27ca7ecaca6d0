/* The link that listens, its channels and the queue of what it heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each channel is subscribed to by a command of its own, so that a refusal of one does not hide the others. What was
 * refused is asked for again at backoff on the same link: an administrator may allow it at any time.
 */

#include "redis/tsm-subscriber.h"

#include <string.h>

#include "redis/tsm-backoff.h"
#include "redis/tsm-link-error.h"
#include "redis/tsm-message-queue.h"
#include "redis/tsm-message.h"
#include "redis/tsm-timer.h"

/* How many names of channels that matched patterns are kept to be shared. */
#define MAX_SHARED_NAMES 1024

struct _TsmSubscriber
{
  TsmProfile               *profile;
  const TsmTiming          *timing;
  const TsmSubscriberFuncs *funcs;
  gpointer                  owner;

  TsmLink                  *link;
  GPtrArray                *channels; /* TsmChannel, as in the profile */
  TsmChannel               *probe;
  guint                     n_awaited;  /* replies to SUBSCRIBE that are to come */
  guint                     n_refusals; /* rounds in a row that had one */
  GSource                  *timer;      /* to ask again */

  TsmMessageQueue           queue;
  gboolean                  paused;
  guint64                   n_received;
  GHashTable               *names; /* GRefString, a set */
};

/* Reading pauses only on a READY link: until then only a few replies come. */
static void
update_reading (TsmSubscriber *self)
{
  if (tsm_link_get_status (self->link)->state == TSM_LINK_READY)
    tsm_link_set_reading (self->link, !self->queue.full);

  if (self->paused == self->queue.full)
    return;

  self->paused = self->queue.full;
  self->funcs->changed (self->owner);
}

static void
ask_again_later (TsmSubscriber *self)
{
  self->n_refusals++;
  tsm_timer_set (self->timer, tsm_backoff_get_delay (self->n_refusals, g_random_double (),
                                                     self->timing->retry_min_ms, self->timing->retry_max_ms));
}

/* All channels have been answered: the link is READY if any was granted, or if none was asked for. */
static void
settle (TsmSubscriber *self)
{
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
    ask_again_later (self);
  else
    self->n_refusals = 0;

  if (refusal != NULL && n_acknowledged == 0)
    tsm_link_set_error (self->link, tsm_link_error_new_from_server (refusal, NULL));
  else if (tsm_link_get_status (self->link)->state != TSM_LINK_READY)
    tsm_link_set_ready (self->link);

  update_reading (self);
  self->funcs->changed (self->owner);
}

/* The acknowledgement is ["subscribe", name, how many]. */
static gboolean
is_acknowledgement (const redisReply *reply,
                    TsmChannel       *channel)
{
  return reply->type == REDIS_REPLY_ARRAY && reply->elements == 3
         && reply->element[0]->type == REDIS_REPLY_STRING
         && reply->element[1]->type == REDIS_REPLY_STRING
         && g_ascii_strcasecmp (reply->element[0]->str, tsm_channel_get_command (channel)) == 0
         && strcmp (reply->element[1]->str, channel->wire_name) == 0;
}

static void
subscribed_cb (const redisReply *reply,
               const GError     *error,
               gpointer          user_data)
{
  TsmChannel *channel = user_data;
  TsmSubscriber *self;

  /* The link went down, and the channel may have gone with its subscriber. */
  if (reply == NULL)
    return;

  self = channel->owner;
  tsm_channel_reset (channel);
  if (reply->type == REDIS_REPLY_ERROR)
    {
      channel->refusal = g_strdup (reply->str);
    }
  else if (is_acknowledgement (reply, channel))
    {
      channel->acknowledged = TRUE;
    }
  else
    {
      tsm_link_fail (self->link, tsm_link_error_new (TSM_LINK_ERROR_NOT_REDIS, NULL));
      return;
    }

  if (--self->n_awaited == 0)
    settle (self);
}

static void
send_subscribe (TsmSubscriber *self,
                TsmChannel    *channel)
{
  const char *argv[] = { tsm_channel_get_command (channel), channel->wire_name };
  gsize lengths[] = { strlen (argv[0]), strlen (argv[1]) };

  self->n_awaited++;
  tsm_link_send (self->link, G_N_ELEMENTS (argv), argv, lengths, subscribed_cb, channel);
}

static gboolean
ask_again_cb (gpointer user_data)
{
  TsmSubscriber *self = user_data;

  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);

      if (channel->refusal != NULL)
        send_subscribe (self, channel);
    }

  return G_SOURCE_REMOVE;
}

static void
greeted_cb (TsmServerInfo *info,
            gpointer       user_data)
{
  TsmSubscriber *self = user_data;

  self->funcs->greeted (info, self->owner);
  tsm_link_set_subscribing (self->link);
  for (guint i = 0; i < self->channels->len; i++)
    send_subscribe (self, g_ptr_array_index (self->channels, i));
  send_subscribe (self, self->probe);
}

static void
down_cb (gpointer user_data)
{
  TsmSubscriber *self = user_data;

  tsm_timer_unset (self->timer);
  self->n_awaited = 0;
  self->n_refusals = 0;
  for (guint i = 0; i < self->channels->len; i++)
    tsm_channel_reset (g_ptr_array_index (self->channels, i));
  tsm_channel_reset (self->probe);
}

static void
changed_cb (gpointer user_data)
{
  TsmSubscriber *self = user_data;

  self->funcs->changed (self->owner);
}

static TsmChannel *
find_channel (TsmSubscriber    *self,
              const redisReply *name,
              gboolean          is_pattern)
{
  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);

      if (channel->is_pattern == is_pattern && strcmp (channel->wire_name, name->str) == 0)
        return channel;
    }

  return NULL;
}

/* The name as a string that is shared by all messages of the channel. */
static GRefString *
share_name (TsmSubscriber    *self,
            const redisReply *name)
{
  GRefString *shared = g_hash_table_lookup (self->names, name->str);

  if (shared != NULL)
    return shared;

  if (g_hash_table_size (self->names) >= MAX_SHARED_NAMES)
    g_hash_table_remove_all (self->names);

  shared = g_ref_string_new (name->str);
  g_hash_table_add (self->names, shared);
  return shared;
}

static void
enqueue (TsmSubscriber    *self,
         TsmChannel       *channel,
         const redisReply *name,
         const redisReply *payload)
{
  gboolean is_pattern = channel != NULL && channel->is_pattern;
  GRefString *shared = channel == NULL || is_pattern ? share_name (self, name) : channel->wire_name;
  TsmMessage *message = tsm_message_new (shared, is_pattern ? channel->wire_name : NULL, payload->str, payload->len);
  gboolean was_empty = g_queue_is_empty (&self->queue.messages);

  self->n_received++;
  if (channel != NULL)
    {
      channel->messages++;
      channel->last_received = message->received_monotonic;
    }

  tsm_message_queue_push (&self->queue, message);
  if (self->queue.full != self->paused)
    update_reading (self);
  if (was_empty)
    self->funcs->queued (self->owner);
}

static gboolean
are_strings (const redisReply *reply)
{
  for (gsize i = 0; i < reply->elements; i++)
    if (reply->element[i]->type != REDIS_REPLY_STRING)
      return FALSE;

  return TRUE;
}

/* ["message", channel, payload] or ["pmessage", pattern, channel, payload] */
static void
pushed_cb (const redisReply *reply,
           gpointer          user_data)
{
  TsmSubscriber *self = user_data;
  gboolean is_pattern = reply->element[0]->str[0] == 'p';
  const redisReply *name, *payload;

  if (reply->elements != (is_pattern ? 4 : 3) || !are_strings (reply))
    {
      tsm_link_fail (self->link, tsm_link_error_new (TSM_LINK_ERROR_NOT_REDIS, NULL));
      return;
    }

  name = reply->element[reply->elements - 2];
  payload = reply->element[reply->elements - 1];

  if (strcmp (name->str, self->probe->wire_name) == 0)
    self->funcs->probed (payload->str, self->owner);
  else if (!g_str_has_prefix (name->str, TSM_PROFILE_PROBE_PREFIX)) /* of other monitors, by a pattern */
    enqueue (self, find_channel (self, reply->element[1], is_pattern), name, payload);
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
  for (; *names != NULL; names++)
    {
      TsmChannel *channel = tsm_channel_new (*names, self);

      for (guint i = 0; old != NULL && i < old->len; i++)
        {
          const TsmChannel *before = g_ptr_array_index (old, i);

          if (strcmp (before->name, *names) == 0)
            {
              channel->messages = before->messages;
              channel->last_received = before->last_received;
            }
        }
      g_ptr_array_add (self->channels, channel);
    }
}

/**
 * tsm_subscriber_new:
 * @profile: where to, and to what
 * @probe_channel: a private channel beside those of the profile
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
  self->timing = timing;
  self->funcs = funcs;
  self->owner = owner;
  self->link = tsm_link_new (profile, context, timing, &link_funcs, self);
  self->probe = tsm_channel_new (probe_channel, self);
  self->timer = tsm_timer_new (context, ask_again_cb, self);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
  tsm_message_queue_init (&self->queue);
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
  tsm_timer_free (self->timer);
  g_ptr_array_unref (self->channels);
  tsm_channel_free (self->probe);
  tsm_message_queue_clear (&self->queue);
  g_hash_table_unref (self->names);
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
  return self->probe->refusal;
}

/* (transfer full) (nullable): the oldest message */
TsmMessage *
tsm_subscriber_pop (TsmSubscriber *self)
{
  TsmMessage *message = tsm_message_queue_pop (&self->queue);

  if (self->paused != self->queue.full)
    update_reading (self);

  return message;
}

/* Messages in the queue. */
guint
tsm_subscriber_get_length (TsmSubscriber *self)
{
  return g_queue_get_length (&self->queue.messages);
}

/* Bytes in the queue: payloads and TSM_MESSAGE_OVERHEAD each. */
gsize
tsm_subscriber_get_bytes (TsmSubscriber *self)
{
  return self->queue.bytes;
}

/* From how many bytes on reading is paused. */
void
tsm_subscriber_set_limit (TsmSubscriber *self,
                          gsize          bytes)
{
  tsm_message_queue_set_limit (&self->queue, bytes);
  update_reading (self);
}

/* Whether reading is paused by a full queue. */
gboolean
tsm_subscriber_is_paused (TsmSubscriber *self)
{
  return self->paused;
}

/* Messages since the connection was made, without probes. */
guint64
tsm_subscriber_get_n_received (TsmSubscriber *self)
{
  return self->n_received;
}
