/* TsmLink: one connection to the server, made again and again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     IDLE ─start─▸ RESOLVING ─▸ CONNECTING ─▸ SECURING ─▸ AUTHENTICATING ─▸ SUBSCRIBING ─▸ READY
 *                       ▴             │            │             │               │            │
 *                       └── WAITING ◂─┴────────────┴─────────────┴───────────────┴────────────┘  any error
 */

#pragma once

#include "redis/tsm-connection.h"
#include "redis/tsm-dial.h"
#include "redis/tsm-reply-queue.h"
#include "redis/tsm-timing.h"

G_BEGIN_DECLS

typedef struct _TsmLink TsmLink;

/**
 * TsmLinkStatus:
 * @state: where on its way the link is
 * @error: (nullable): why the last attempt, or the last life, ended; NULL once READY
 * @next_attempt: monotonic µs; 0 unless WAITING
 * @ready_since: monotonic µs; 0 unless READY
 * @last_sign: monotonic µs when the server last said a reply to its end, or more of one than a trickle; or of the connection
 * @n_attempts: since the link was last READY
 * @n_disconnects: how often a READY link was lost
 */
typedef struct
{
  TsmLinkState state;
  GError      *error;
  gint64       next_attempt;
  gint64       ready_since;
  gint64       last_sign;
  guint        n_attempts;
  guint        n_disconnects;
} TsmLinkStatus;

/**
 * TsmLinkFuncs:
 * @greeted: the server is a Redis and knows us; @info (transfer full) is what it says of itself. Go on with
 *   tsm_link_set_subscribing() or tsm_link_set_ready().
 * @pushed: after tsm_link_set_subscribing(): a `message` or `pmessage` array has come
 * @down: the link, READY or not, has gone; nothing is called with the replies that were awaited before this
 * @changed: state, error or a time has changed
 *
 * What a link tells its owner, who must not free it here. @pushed may be NULL where the link never subscribes.
 */
typedef struct
{
  void (*greeted) (TsmServerInfo    *info,
                   gpointer          owner);
  void (*pushed)  (const redisReply *reply,
                   gpointer          owner);
  void (*down)    (gpointer          owner);
  void (*changed) (gpointer          owner);
} TsmLinkFuncs;

TsmLink             *tsm_link_new              (TsmProfile         *profile,
                                                 GMainContext       *context,
                                                 const TsmTiming    *timing,
                                                 const TsmLinkFuncs *funcs,
                                                 gpointer            owner);
void                 tsm_link_free              (TsmLink            *self);

void                 tsm_link_start             (TsmLink            *self);
void                 tsm_link_stop              (TsmLink            *self);
void                 tsm_link_retry_now         (TsmLink            *self);
void                 tsm_link_fail              (TsmLink            *self,
                                                 GError             *error);
void                 tsm_link_fail_from_server  (TsmLink            *self,
                                                 const char         *words);

void                 tsm_link_send              (TsmLink            *self,
                                                 guint               argc,
                                                 const char        **argv,
                                                 const gsize        *argv_lengths,
                                                 TsmReplyFunc        func,
                                                 gpointer            user_data);
void                 tsm_link_send_secret       (TsmLink            *self,
                                                 guint               argc,
                                                 const char        **argv,
                                                 const gsize        *argv_lengths,
                                                 TsmReplyFunc        func,
                                                 gpointer            user_data);
void                 tsm_link_set_reading       (TsmLink            *self,
                                                 gboolean            reading);
gboolean             tsm_link_has_input         (TsmLink            *self);
void                 tsm_link_set_buffer        (TsmLink            *self,
                                                 gsize               limit);
gboolean             tsm_link_is_full           (TsmLink            *self);

void                 tsm_link_set_subscribing   (TsmLink            *self);
void                 tsm_link_set_ready         (TsmLink            *self);
void                 tsm_link_set_error         (TsmLink            *self,
                                                 GError             *error);

TsmProfile          *tsm_link_get_profile       (TsmLink            *self);
const TsmLinkStatus *tsm_link_get_status        (TsmLink            *self);
const TsmDialReport *tsm_link_get_report        (TsmLink            *self);
const TsmEndpoint   *tsm_link_get_endpoint      (TsmLink            *self);

G_END_DECLS
