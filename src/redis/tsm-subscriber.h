/* TsmSubscriber: the link that listens, its channels and the queue of what it heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-channel.h"
#include "redis/tsm-link.h"

G_BEGIN_DECLS

/* Bytes that may wait between the server and the decoder: 250,000 events of 1 KB */
#define TSM_SUBSCRIBER_DEFAULT_LIMIT ((gsize) 256 * 1024 * 1024)

typedef struct _TsmSubscriber TsmSubscriber;

/**
 * TsmSubscriberFuncs:
 * @greeted: what the server says of itself; (transfer full)
 * @queued: the queue went from empty to not empty
 * @probed: a message has come on the probe channel
 * @changed: the link, a channel, or whether reading is paused
 *
 * What a subscriber tells its owner, who must not free it here.
 */
typedef struct
{
  void (*greeted) (TsmServerInfo *info,
                   gpointer       owner);
  void (*queued)  (gpointer       owner);
  void (*probed)  (const char    *payload,
                   gpointer       owner);
  void (*changed) (gpointer       owner);
} TsmSubscriberFuncs;

TsmSubscriber *tsm_subscriber_new             (TsmProfile               *profile,
                                               const char               *probe_channel,
                                               GMainContext             *context,
                                               const TsmTiming          *timing,
                                               const TsmSubscriberFuncs *funcs,
                                               gpointer                  owner);
void           tsm_subscriber_free            (TsmSubscriber            *self);

void           tsm_subscriber_start           (TsmSubscriber            *self);
TsmLink       *tsm_subscriber_get_link        (TsmSubscriber            *self);
GPtrArray     *tsm_subscriber_get_channels    (TsmSubscriber            *self);
const char    *tsm_subscriber_get_refusal     (TsmSubscriber            *self);

TsmMessage    *tsm_subscriber_pop             (TsmSubscriber            *self);
guint          tsm_subscriber_get_length      (TsmSubscriber            *self);
gsize          tsm_subscriber_get_bytes       (TsmSubscriber            *self);
void           tsm_subscriber_set_limit       (TsmSubscriber            *self,
                                               gsize                     bytes);
gboolean       tsm_subscriber_is_paused       (TsmSubscriber            *self);
guint64        tsm_subscriber_get_n_received  (TsmSubscriber            *self);

G_END_DECLS
