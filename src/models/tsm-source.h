/* TsmSource: what one publisher last told us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"
#include "models/tsm-component.h"
#include "models/tsm-readings.h"
#include "models/tsm-series.h"

G_BEGIN_DECLS

/**
 * TsmLiveness:
 *
 * Active under 30 s since its last event, Delayed under 60 s, Inactive after that; both limits are scaled up where the
 * source's own learned cadence is slower (30 s is 3 cadences of 10 s, 60 s is 6).
 */
typedef enum
{
  TSM_LIVENESS_ACTIVE,
  TSM_LIVENESS_DELAYED,
  TSM_LIVENESS_INACTIVE,
} TsmLiveness;

const char *tsm_liveness_get_label (TsmLiveness liveness); /* translated */

#define TSM_SOURCE_MAX_CUSTOM 256 /* custom metrics kept per source; more are counted, not kept */

#define TSM_TYPE_SOURCE (tsm_source_get_type ())
G_DECLARE_FINAL_TYPE (TsmSource, tsm_source, TSM, SOURCE, GObject)

/* Signal "changed" (): emitted by tsm_source_flush() at most once, when anything below changed.
 * Property "liveness" notifies on its own. */

TsmSource       *tsm_source_new                  (const char  *name);
void             tsm_source_ingest               (TsmSource   *self,
                                                  TsmEvent    *event); /* accepted events only; touches no signal */
void             tsm_source_flush                (TsmSource   *self);
void             tsm_source_update_liveness      (TsmSource   *self,
                                                  gint64       now_monotonic);
void             tsm_source_mark_gap             (TsmSource   *self,
                                                  gint64       now_monotonic); /* in every series: the link was down */

const char      *tsm_source_get_name             (TsmSource   *self); /* as on the wire; "" for the unnamed source */
char            *tsm_source_dup_title            (TsmSource   *self); /* for people: "Unnamed source" where "" */
TsmLiveness      tsm_source_get_liveness         (TsmSource   *self);
gint64           tsm_source_get_last_event       (TsmSource   *self); /* monotonic µs, any event */
gint64           tsm_source_get_last_metrics     (TsmSource   *self); /* monotonic µs of the last METRIC_UPDATE, 0 for never */
gint64           tsm_source_get_last_health      (TsmSource   *self); /* monotonic µs of the event that set the health, 0 for never */
TsmEventType     tsm_source_get_health_origin    (TsmSource   *self); /* METRIC_UPDATE or HEALTH_CHECK, which set it; UNKNOWN for none */
double           tsm_source_get_cadence          (TsmSource   *self); /* seconds between METRIC_UPDATEs, median of recent; NaN until learned */
guint64          tsm_source_get_n_events         (TsmSource   *self,
                                                  TsmEventType type);
guint64          tsm_source_get_n_events_total   (TsmSource   *self);
double           tsm_source_get_clock_skew       (TsmSource   *self); /* s, received minus timestamp of the last event; NaN if unknown */

gboolean         tsm_source_get_reading          (TsmSource   *self,
                                                  TsmMetricId  id,
                                                  TsmReading  *reading); /* FALSE where never sent */
const TsmSeries *tsm_source_get_series           (TsmSource   *self,
                                                  TsmMetricId  id); /* (nullable) */
char           **tsm_source_dup_custom_names     (TsmSource   *self); /* (transfer full), sorted */
gboolean         tsm_source_get_custom           (TsmSource   *self,
                                                  const char  *path,
                                                  TsmReading  *reading);
const TsmSeries *tsm_source_get_custom_series    (TsmSource   *self,
                                                  const char  *path);
guint64          tsm_source_get_n_custom_dropped (TsmSource   *self); /* samples of custom metrics beyond the limit */

TsmTrend         tsm_source_get_cpu_trend        (TsmSource   *self);
TsmTrend         tsm_source_get_memory_trend     (TsmSource   *self);
double           tsm_source_get_health_score     (TsmSource   *self); /* 0–100 or NaN */
TsmHealthLevel   tsm_source_get_health_level     (TsmSource   *self); /* from the score, else from the word */
const char      *tsm_source_get_health_status    (TsmSource   *self); /* (nullable), the wire's word */
GListModel      *tsm_source_get_components       (TsmSource   *self); /* (transfer none) of TsmComponent, rows kept and updated */
const char * const *tsm_source_get_recommendations (TsmSource *self); /* (nullable) */
const char * const *tsm_source_get_timeframes    (TsmSource   *self); /* (nullable): NULL where never sent */
double           tsm_source_get_uptime           (TsmSource   *self,
                                                  gint64       now_monotonic); /* s, extrapolated; NaN if unknown */
const char      *tsm_source_get_status           (TsmSource   *self); /* (nullable): word of the last SYSTEM_STATUS */
const char      *tsm_source_get_status_message   (TsmSource   *self); /* (nullable) */

G_END_DECLS
