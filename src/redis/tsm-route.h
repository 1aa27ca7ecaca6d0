/* TsmRoute: the way of a link to its server, gone anew at each attempt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     sentinels, where there are any ─▸ endpoint ─TsmDial─▸ connected source
 */

#pragma once

#include "redis/tsm-dial.h"
#include "redis/tsm-timing.h"

G_BEGIN_DECLS

typedef struct _TsmRoute TsmRoute;

/**
 * TsmRouteFuncs:
 * @resolved: the addresses are known, the first is being connected to
 * @securing: the connection is made, and TLS begins; not called without TLS
 * @done: the end of tsm_route_go(): a connected source, (transfer full), attached and to be given its functions at once, or
 *   NULL and an error in TSM_LINK_ERROR
 * @looked: the end of tsm_route_look_for_tls(): @error (transfer full)
 */
typedef struct
{
  void (*resolved) (gpointer      owner);
  void (*securing) (gpointer      owner);
  void (*done)     (GSource      *source,
                    const GError *error,
                    gpointer      owner);
  void (*looked)   (GError       *error,
                    gpointer      owner);
} TsmRouteFuncs;

TsmRoute            *tsm_route_new          (TsmProfile          *profile,
                                             GMainContext        *context,
                                             const TsmTiming     *timing,
                                             const TsmRouteFuncs *funcs,
                                             gpointer             owner);
void                 tsm_route_free         (TsmRoute            *self);

void                 tsm_route_go           (TsmRoute            *self);
void                 tsm_route_trust        (TsmRoute            *self);
gboolean             tsm_route_may_be_tls   (TsmRoute            *self);
void                 tsm_route_look_for_tls (TsmRoute            *self,
                                             GError              *hung_up);
void                 tsm_route_stop         (TsmRoute            *self);

const TsmDialReport *tsm_route_get_report   (TsmRoute            *self);
const TsmEndpoint   *tsm_route_get_endpoint (TsmRoute            *self);

G_END_DECLS
