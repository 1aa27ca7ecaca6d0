/* TsmReadings: the latest value and the recent past of every number that one source sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"
#include "models/tsm-series.h"

G_BEGIN_DECLS

/**
 * TsmReading:
 * @value: in the unit of the metric's #TsmMetricInfo; for a counter, its rate per second
 * @received_monotonic: µs when it arrived; 0 for never
 */
typedef struct
{
  double value;
  gint64 received_monotonic;
} TsmReading;

typedef struct _TsmReadings TsmReadings;

TsmReadings     *tsm_readings_new               (void);
void             tsm_readings_free              (TsmReadings         *self);
void             tsm_readings_ingest            (TsmReadings         *self,
                                                 const TsmMetricData *data,
                                                 gint64               timestamp,
                                                 gint64               received_monotonic);
void             tsm_readings_mark_gap          (TsmReadings         *self,
                                                 gint64               now_monotonic);
gboolean         tsm_readings_get               (TsmReadings         *self,
                                                 TsmMetricId          id,
                                                 TsmReading          *reading);
const TsmSeries *tsm_readings_get_series        (TsmReadings         *self,
                                                 TsmMetricId          id);
char           **tsm_readings_dup_custom_names  (TsmReadings         *self);
gboolean         tsm_readings_get_custom        (TsmReadings         *self,
                                                 const char          *path,
                                                 TsmReading          *reading);
const TsmSeries *tsm_readings_get_custom_series (TsmReadings         *self,
                                                 const char          *path);
guint64          tsm_readings_get_n_dropped     (TsmReadings         *self);

G_END_DECLS
