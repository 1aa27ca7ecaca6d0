/* What was heard on the channels, in a queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message is ["message", channel, payload] or ["pmessage", pattern, channel, payload].
 */

#include "redis/tsm-inbox.h"

#include <string.h>

#include "redis/tsm-message.h"

/* How many names of channels that matched patterns are kept to be shared. */
#define MAX_SHARED_NAMES 1024

static gboolean
is_of_pattern (const redisReply *reply)
{
  return reply->element[0]->str[0] == 'p';
}

/**
 * tsm_inbox_is_whole:
 * @reply: a `message` or `pmessage` array
 *
 * Returns: %TRUE when it has as many strings as it must have
 */
gboolean
tsm_inbox_is_whole (const redisReply *reply)
{
  if (reply->elements != (is_of_pattern (reply) ? 4 : 3))
    return FALSE;

  for (gsize i = 0; i < reply->elements; i++)
    if (reply->element[i]->type != REDIS_REPLY_STRING)
      return FALSE;

  return TRUE;
}

static TsmChannel *
find_channel (GPtrArray        *channels,
              const redisReply *name,
              gboolean          is_pattern)
{
  for (guint i = 0; i < channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (channels, i);

      if (channel->is_pattern == is_pattern && strcmp (channel->wire_name, name->str) == 0)
        return channel;
    }

  return NULL;
}

/* The name as a string that is shared by all messages of the channel. */
static GRefString *
share_name (TsmInbox         *self,
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

/**
 * tsm_inbox_init:
 * @self: the memory of an inbox
 *
 * Makes an empty inbox.
 */
void
tsm_inbox_init (TsmInbox *self)
{
  tsm_message_queue_init (&self->queue);
  self->n_received = 0;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
}

/**
 * tsm_inbox_clear:
 * @self: an inbox
 *
 * Frees what is in the inbox.
 */
void
tsm_inbox_clear (TsmInbox *self)
{
  tsm_message_queue_clear (&self->queue);
  g_hash_table_unref (self->names);
}

/**
 * tsm_inbox_add:
 * @self: an inbox
 * @channels: (element-type TsmChannel): those listened to, whose counts go up
 * @reply: a message that is whole
 *
 * Queues a message.
 *
 * Returns: %TRUE when it is the only one in the queue
 */
gboolean
tsm_inbox_add (TsmInbox         *self,
               GPtrArray        *channels,
               const redisReply *reply)
{
  gboolean is_pattern = is_of_pattern (reply);
  TsmChannel *channel = find_channel (channels, reply->element[1], is_pattern);
  const redisReply *name = reply->element[reply->elements - 2];
  const redisReply *payload = reply->element[reply->elements - 1];
  GRefString *shared = channel == NULL || is_pattern ? share_name (self, name) : channel->wire_name;
  TsmMessage *message = tsm_message_new (shared, channel != NULL && is_pattern ? channel->wire_name : NULL,
                                         payload->str, payload->len);

  self->n_received++;
  if (channel != NULL)
    {
      channel->messages++;
      channel->last_received = message->received_monotonic;
    }

  tsm_message_queue_push (&self->queue, message);
  return g_queue_get_length (&self->queue.messages) == 1;
}
