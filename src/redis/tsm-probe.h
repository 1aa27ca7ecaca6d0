/* TsmProbe: a message to ourselves through the broker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     command link ──PUBLISH channel "7"──▸ server ──message──▸ subscriber link ──tsm_probe_hear ("7")──▸ round trip
 */

#pragma once

#include "redis/tsm-command-link.h"
#include "redis/tsm-subscriber.h"

G_BEGIN_DECLS

typedef struct _TsmProbe TsmProbe;

typedef void (*TsmProbeFunc) (gpointer owner);

TsmProbe   *tsm_probe_new            (TsmSubscriber   *subscriber,
                                      TsmCommandLink  *command_link,
                                      const char      *channel,
                                      GMainContext    *context,
                                      const TsmTiming *timing,
                                      TsmProbeFunc     changed,
                                      gpointer         owner);
void        tsm_probe_free           (TsmProbe        *self);

void        tsm_probe_update         (TsmProbe        *self);
void        tsm_probe_send           (TsmProbe        *self);
void        tsm_probe_hear           (TsmProbe        *self,
                                      const char      *payload);
gint64      tsm_probe_get_round_trip (TsmProbe        *self);
gint64      tsm_probe_get_silent_since (TsmProbe      *self);
const char *tsm_probe_get_error      (TsmProbe        *self);

G_END_DECLS
