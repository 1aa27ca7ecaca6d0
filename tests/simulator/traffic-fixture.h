/* What the tests of the simulated publishers share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "simulator/tsm-traffic.h"

G_BEGIN_DECLS

#define START G_GINT64_CONSTANT (1772460000000000) /* µs: 2026-03-02T14:00:00Z */

TsmTraffic *traffic_make         (TsmTrafficMix  mix,
                                  guint32        seed);
TsmEvent   *traffic_decode       (const char    *text);
TsmEvent   *traffic_next_event   (TsmTraffic    *traffic);
TsmEvent   *traffic_next_of_type (TsmTraffic    *traffic,
                                  TsmEventType   type,
                                  guint          limit);

G_END_DECLS
