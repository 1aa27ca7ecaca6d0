/* TsmWake: the moments at which it is worth while to try again at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TsmWake TsmWake;

/**
 * TsmWakeFuncs:
 * @woken: the machine has slept; open connections may be dead
 * @network_changed: an address or a route has changed
 */
typedef struct
{
  void (*woken)           (gpointer owner);
  void (*network_changed) (gpointer owner);
} TsmWakeFuncs;

TsmWake  *tsm_wake_new       (GMainContext       *context,
                              const TsmWakeFuncs *funcs,
                              gpointer            owner);
void      tsm_wake_free      (TsmWake            *self);

gboolean  tsm_wake_has_slept (gint64              offset,
                              gint64              new_offset);

G_END_DECLS
