/* TsmHealth: what one source last said about its health, joined from its METRIC_UPDATEs and HEALTH_CHECKs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"
#include "models/tsm-component.h"

G_BEGIN_DECLS

#define TSM_HEALTH_MAX_COMPONENTS 200 /* rows kept per source; more are not shown */

/**
 * TsmHealth:
 * @score: 0–100 or NaN
 * @status: (nullable): the wire's word
 * @received_monotonic: µs of the event that set it, 0 for never
 * @origin: its type, or %TSM_EVENT_UNKNOWN
 * @recommendations: (nullable): NULL-terminated
 * @components: of #TsmComponent, by first appearance
 * @rows: from name to the private row
 * @arrived: components that wait for the flush to be seen
 * @changed: rows whose notifies wait for the flush
 */
typedef struct
{
  double          score;
  char           *status;
  TsmHealthLevel  level;
  gint64          received_monotonic;
  TsmEventType    origin;
  char          **recommendations;
  GListStore     *components;
  GHashTable     *rows;
  GPtrArray      *arrived;
  GPtrArray      *changed;
} TsmHealth;

void tsm_health_init   (TsmHealth           *self);
void tsm_health_clear  (TsmHealth           *self);
void tsm_health_ingest (TsmHealth           *self,
                        const TsmHealthData *data,
                        TsmEventType         origin,
                        gint64               received_monotonic);
void tsm_health_flush  (TsmHealth           *self);

G_END_DECLS
