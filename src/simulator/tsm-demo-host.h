/* TsmDemoHost: a private redis-server with a simulator on it, for as long as the host lives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "simulator/tsm-simulator.h"

G_BEGIN_DECLS

#define TSM_TYPE_DEMO_HOST (tsm_demo_host_get_type ())
G_DECLARE_FINAL_TYPE (TsmDemoHost, tsm_demo_host, TSM, DEMO_HOST, GObject)

/* Signals:
 *   "ready" ()               the server answers and the simulator publishes; the URL can be used
 *   "failed" (const char *)  it cannot go on, with a sentence for people; the host is stopped
 */

TsmDemoHost  *tsm_demo_host_new           (const TsmTrafficOptions *options);
gboolean      tsm_demo_host_start         (TsmDemoHost             *self,
                                           GError                 **error);
void          tsm_demo_host_stop          (TsmDemoHost             *self);
void          tsm_demo_host_set_fault     (TsmDemoHost             *self,
                                           const TsmSimFault       *fault);

const char   *tsm_demo_host_get_url       (TsmDemoHost             *self); /* NULL before the start and after the stop */

G_END_DECLS
