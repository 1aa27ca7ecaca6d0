/* TsmDemo: the private server and the simulated engine of the demo, in a process of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     window ──"fault CODE", stdin──▸ tickstock-monitorctl demo ──▸ redis-server
 *            ◂──URL, stdout─────────┘
 *
 * The host ends when its standard input closes, which happens however the window ends, and takes the server with it.
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

#define TSM_TYPE_DEMO (tsm_demo_get_type ())
G_DECLARE_FINAL_TYPE (TsmDemo, tsm_demo, TSM, DEMO, GObject)

/* Signal "ready" (TsmProfile). Signal "failed" (const char *message): it could not start, or it ended. */

TsmDemo *tsm_demo_new   (void);
void     tsm_demo_start (TsmDemo *self);

/* Plays a fault of the simulator's table from now on; "none" ends it. */
void        tsm_demo_play      (TsmDemo    *self,
                                const char *code);
const char *tsm_demo_get_fault (TsmDemo    *self); /* "none" at first */

G_END_DECLS
