/* TsmMessageQueue: messages in the order of their coming, bounded by bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     0 ────────────── ¾ limit ─────── limit ──▸
 *       reading goes on │  it stays as │ full: reading is paused
 *       again below     │  it was      │ (one read of 16 KiB may still go over)
 */

#pragma once

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

#define TSM_MESSAGE_QUEUE_DEFAULT_LIMIT ((gsize) 8 * 1024 * 1024)

/* What a message costs beside its payload, in bytes: without it a flood of empty messages would have no bound. */
#define TSM_MESSAGE_OVERHEAD 128

typedef struct
{
  GQueue   messages;
  gsize    bytes; /* payloads and overhead */
  gsize    limit;
  gboolean full;
} TsmMessageQueue;

void        tsm_message_queue_init      (TsmMessageQueue *self);
void        tsm_message_queue_clear     (TsmMessageQueue *self);
void        tsm_message_queue_push      (TsmMessageQueue *self,
                                         TsmMessage      *message);
TsmMessage *tsm_message_queue_pop       (TsmMessageQueue *self);
void        tsm_message_queue_set_limit (TsmMessageQueue *self,
                                         gsize            bytes);

G_END_DECLS
