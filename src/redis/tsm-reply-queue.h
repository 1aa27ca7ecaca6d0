/* TsmReplyQueue: who awaits which reply. Replies come in the order of the commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>

G_BEGIN_DECLS

/* @reply is NULL when the link went down before it came; then @error says why and the link must not be used. */
typedef void (*TsmReplyFunc) (const redisReply *reply,
                              const GError     *error,
                              gpointer          user_data);

/**
 * TsmAwaited:
 * @func: called once
 * @user_data: passed to @func
 * @deadline: monotonic µs, when the reply is overdue
 */
typedef struct
{
  TsmReplyFunc func;
  gpointer     user_data;
  gint64       deadline;
} TsmAwaited;

typedef struct _TsmReplyQueue TsmReplyQueue;

TsmReplyQueue *tsm_reply_queue_new          (void);
void           tsm_reply_queue_free         (TsmReplyQueue    *self);
void           tsm_reply_queue_push         (TsmReplyQueue    *self,
                                             const TsmAwaited *awaited);
gboolean       tsm_reply_queue_pop          (TsmReplyQueue    *self,
                                             TsmAwaited       *awaited);
gint64         tsm_reply_queue_get_deadline (TsmReplyQueue    *self);
void           tsm_reply_queue_refuse       (TsmReplyQueue    *self,
                                             const GError     *error);

G_END_DECLS
