/* TsmInbox: what was heard on the channels, in a queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <hiredis/hiredis.h>

#include "redis/tsm-channel.h"
#include "redis/tsm-message-queue.h"

G_BEGIN_DECLS

/**
 * TsmInbox:
 * @queue: the messages
 * @n_received: messages since the inbox was made
 * @names: GRefString, a set: names of channels that matched patterns, to be shared
 */
typedef struct
{
  TsmMessageQueue  queue;
  guint64          n_received;
  GHashTable      *names;
} TsmInbox;

void     tsm_inbox_init  (TsmInbox         *self);
void     tsm_inbox_clear (TsmInbox         *self);
gboolean tsm_inbox_add   (TsmInbox         *self,
                          GPtrArray        *channels,
                          const redisReply *reply);

gboolean tsm_inbox_is_whole (const redisReply *reply);

G_END_DECLS
