/* Who awaits which reply, oldest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-reply-queue.h"

struct _TsmReplyQueue
{
  GQueue queue; /* TsmAwaited */
};

/**
 * tsm_reply_queue_new:
 *
 * Returns: (transfer full): an empty queue
 */
TsmReplyQueue *
tsm_reply_queue_new (void)
{
  TsmReplyQueue *self = g_new0 (TsmReplyQueue, 1);

  g_queue_init (&self->queue);
  return self;
}

/**
 * tsm_reply_queue_free:
 * @self: (transfer full): an empty queue
 *
 * Frees the queue.
 */
void
tsm_reply_queue_free (TsmReplyQueue *self)
{
  g_assert (g_queue_is_empty (&self->queue));

  g_free (self);
}

/**
 * tsm_reply_queue_push:
 * @self: a queue
 * @awaited: who awaits the reply of the command that is sent now; copied
 *
 * Appends one.
 */
void
tsm_reply_queue_push (TsmReplyQueue    *self,
                      const TsmAwaited *awaited)
{
  g_queue_push_tail (&self->queue, g_memdup2 (awaited, sizeof *awaited));
}

/**
 * tsm_reply_queue_pop:
 * @self: a queue
 * @awaited: (out caller-allocates): who awaits the reply that has come
 *
 * Takes out the oldest one.
 *
 * Returns: %FALSE when nobody awaits anything
 */
gboolean
tsm_reply_queue_pop (TsmReplyQueue *self,
                     TsmAwaited    *awaited)
{
  g_autofree TsmAwaited *oldest = g_queue_pop_head (&self->queue);

  if (oldest == NULL)
    return FALSE;

  *awaited = *oldest;
  return TRUE;
}

/**
 * tsm_reply_queue_get_deadline:
 * @self: a queue
 *
 * Returns: monotonic µs, when the oldest reply is overdue; -1 when nobody awaits anything
 */
gint64
tsm_reply_queue_get_deadline (TsmReplyQueue *self)
{
  TsmAwaited *oldest = g_queue_peek_head (&self->queue);

  return oldest != NULL ? oldest->deadline : -1;
}

/**
 * tsm_reply_queue_refuse:
 * @self: (transfer full): a queue that no link uses any more
 * @error: why no reply comes
 *
 * Tells all who wait that no reply will come, and frees the queue.
 */
void
tsm_reply_queue_refuse (TsmReplyQueue *self,
                        const GError  *error)
{
  TsmAwaited awaited;

  while (tsm_reply_queue_pop (self, &awaited))
    awaited.func (NULL, error, awaited.user_data);

  tsm_reply_queue_free (self);
}
