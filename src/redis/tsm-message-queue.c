/* Messages in the order of their coming, bounded by bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-message-queue.h"

/**
 * tsm_message_queue_init:
 * @self: the memory of a queue
 *
 * Makes an empty queue with the default limit.
 */
void
tsm_message_queue_init (TsmMessageQueue *self)
{
  g_queue_init (&self->messages);
  self->bytes = 0;
  self->limit = TSM_MESSAGE_QUEUE_DEFAULT_LIMIT;
  self->full = FALSE;
}

/**
 * tsm_message_queue_clear:
 * @self: a queue
 *
 * Frees all messages.
 */
void
tsm_message_queue_clear (TsmMessageQueue *self)
{
  g_queue_clear_full (&self->messages, (GDestroyNotify) tsm_message_unref);
  self->bytes = 0;
  self->full = FALSE;
}

static gsize
get_cost (TsmMessage *message)
{
  return g_bytes_get_size (message->payload) + TSM_MESSAGE_OVERHEAD;
}

static void
update_full (TsmMessageQueue *self)
{
  if (self->bytes >= self->limit)
    self->full = TRUE;
  else if (self->bytes <= self->limit / 4 * 3)
    self->full = FALSE;
}

/**
 * tsm_message_queue_push:
 * @self: a queue
 * @message: (transfer full): a message
 *
 * Appends a message, even to a full queue.
 */
void
tsm_message_queue_push (TsmMessageQueue *self,
                        TsmMessage      *message)
{
  self->bytes += get_cost (message);
  g_queue_push_tail (&self->messages, message);
  update_full (self);
}

/**
 * tsm_message_queue_pop:
 * @self: a queue
 *
 * Returns: (transfer full) (nullable): the oldest message
 */
TsmMessage *
tsm_message_queue_pop (TsmMessageQueue *self)
{
  TsmMessage *message = g_queue_pop_head (&self->messages);

  if (message == NULL)
    return NULL;

  self->bytes -= get_cost (message);
  update_full (self);
  return message;
}

/**
 * tsm_message_queue_set_limit:
 * @self: a queue
 * @bytes: the limit, from 1; a message counts as its payload + TSM_MESSAGE_OVERHEAD
 *
 * Sets from how many bytes on the queue is full.
 */
void
tsm_message_queue_set_limit (TsmMessageQueue *self,
                             gsize            bytes)
{
  self->limit = MAX (bytes, 1);
  update_full (self);
}
