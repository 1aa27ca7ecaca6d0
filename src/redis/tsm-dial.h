/* TsmDial: from an address to a connected source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     name ─GResolver─▸ addresses ─a race─▸ connection ─TLS, where asked for─▸ source
 */

#pragma once

#include "redis/tsm-profile.h"
#include "redis/tsm-redis-source.h"
#include "redis/tsm-tls.h"

G_BEGIN_DECLS

typedef struct _TsmDial TsmDial;

/**
 * TsmDialReport:
 * @addresses: (nullable): those of the name, separated by commas; the path of a Unix socket
 * @address: (nullable): the one that was connected to
 * @tls: what was seen in the handshake
 *
 * What was seen on the way, as far as it went; kept by the owner of the dial.
 */
typedef struct
{
  char         *addresses;
  char         *address;
  TsmTlsReport  tls;
} TsmDialReport;

/**
 * TsmDialFuncs:
 * @resolved: the addresses are known, the first is being connected to
 * @securing: the connection is made, and TLS begins; not called without TLS
 * @done: the end: either a connected source, (transfer full), attached and to be given its functions at once, or an error
 *   in TSM_LINK_ERROR; free the dial
 */
typedef struct
{
  void (*resolved) (gpointer      user_data);
  void (*securing) (gpointer      user_data);
  void (*done)     (GSource      *source,
                    const GError *error,
                    gpointer      user_data);
} TsmDialFuncs;

TsmDial *tsm_dial_new          (TsmProfile         *profile,
                                const TsmEndpoint  *endpoint,
                                GMainContext       *context,
                                guint               timeout_ms,
                                TsmDialReport      *report,
                                const TsmDialFuncs *funcs,
                                gpointer            user_data);
void     tsm_dial_start        (TsmDial            *self);
void     tsm_dial_free         (TsmDial            *self);

void     tsm_dial_report_clear (TsmDialReport      *self);

G_END_DECLS
