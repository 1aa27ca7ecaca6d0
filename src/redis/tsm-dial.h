/* TsmDial: from a profile to a connected source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"
#include "redis/tsm-redis-source.h"

G_BEGIN_DECLS

typedef struct _TsmDial TsmDial;

/**
 * TsmDialFuncs:
 * @resolved: the addresses are known, the first is being connected to
 * @done: the end: either a connected source, (transfer full), attached and to be given its functions at once, or an error
 *   in TSM_LINK_ERROR; free the dial
 */
typedef struct
{
  void (*resolved) (gpointer      user_data);
  void (*done)     (GSource      *source,
                    const GError *error,
                    gpointer      user_data);
} TsmDialFuncs;

TsmDial *tsm_dial_new   (TsmProfile         *profile,
                         GMainContext       *context,
                         guint               timeout_ms,
                         const TsmDialFuncs *funcs,
                         gpointer            user_data);
void     tsm_dial_start (TsmDial            *self);
void     tsm_dial_free  (TsmDial            *self);

G_END_DECLS
