/* What a TsmSource is made of, for tsm-source.c, which writes it, and tsm-source-getters.c, which reads it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-cadence.h"
#include "models/tsm-health.h"
#include "models/tsm-readings.h"
#include "models/tsm-source.h"

G_BEGIN_DECLS

struct _TsmSource
{
  GObject       parent_instance;

  char         *name;
  gboolean      is_changed; /* since the last flush */
  TsmLiveness   liveness;
  TsmLiveness   notified_liveness;

  guint64       n_events[TSM_N_EVENT_TYPES];
  guint64       n_events_total;
  gint64        last_event;   /* monotonic µs */
  gint64        last_metrics; /* monotonic µs */
  double        clock_skew;   /* s */
  TsmCadence    cadence;

  TsmReadings  *readings;     /* (nullable): until the first METRIC_UPDATE */
  char        **timeframes;
  TsmTrend      cpu_trend;
  TsmTrend      memory_trend;
  TsmHealth     health;

  char         *status;
  char         *status_message;
  double        uptime;       /* s, at uptime_known_at */
  gint64        uptime_known_at;
};

G_END_DECLS
