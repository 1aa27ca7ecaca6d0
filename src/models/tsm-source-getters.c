/* What a TsmSource can be asked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "models/tsm-source-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "models/tsm-model-util.h"

static const TsmTrend no_trend = { TSM_TREND_UNKNOWN, NAN, NAN };

/**
 * tsm_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): its name on the wire, "" for the unnamed source
 */
const char *
tsm_source_get_name (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return self->name;
}

/**
 * tsm_source_dup_title:
 * @self: a source
 *
 * Returns: (transfer full): its name for people
 */
char *
tsm_source_dup_title (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return g_strdup (tsm_text_is_blank (self->name) ? _("Unnamed source") : self->name);
}

/**
 * tsm_source_get_liveness:
 * @self: a source
 *
 * Returns: its liveness as of the last event or tsm_source_update_liveness()
 */
TsmLiveness
tsm_source_get_liveness (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), TSM_LIVENESS_INACTIVE);

  return self->liveness;
}

/**
 * tsm_source_get_last_event:
 * @self: a source
 *
 * Returns: monotonic µs of its last event, 0 for never
 */
gint64
tsm_source_get_last_event (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);

  return self->last_event;
}

/**
 * tsm_source_get_last_metrics:
 * @self: a source
 *
 * Returns: monotonic µs of its last METRIC_UPDATE, 0 for never
 */
gint64
tsm_source_get_last_metrics (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);

  return self->last_metrics;
}

/**
 * tsm_source_get_last_health:
 * @self: a source
 *
 * Returns: monotonic µs of the event that set the health, 0 for never
 */
gint64
tsm_source_get_last_health (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);

  return self->health.received_monotonic;
}

/**
 * tsm_source_get_health_origin:
 * @self: a source
 *
 * Returns: the type of the event that set the health, %TSM_EVENT_UNKNOWN for none
 */
TsmEventType
tsm_source_get_health_origin (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), TSM_EVENT_UNKNOWN);

  return self->health.origin;
}

/**
 * tsm_source_get_cadence:
 * @self: a source
 *
 * Returns: seconds between its METRIC_UPDATEs, the median of recent ones; NaN until three intervals are known
 */
double
tsm_source_get_cadence (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NAN);

  return tsm_cadence_get (&self->cadence);
}

/**
 * tsm_source_get_n_events:
 * @self: a source
 * @type: an event type
 *
 * Returns: the number of its events of that type
 */
guint64
tsm_source_get_n_events (TsmSource    *self,
                         TsmEventType  type)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);
  g_return_val_if_fail ((guint) type < TSM_N_EVENT_TYPES, 0);

  return self->n_events[type];
}

/**
 * tsm_source_get_n_events_total:
 * @self: a source
 *
 * Returns: the number of its events
 */
guint64
tsm_source_get_n_events_total (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);

  return self->n_events_total;
}

/**
 * tsm_source_get_clock_skew:
 * @self: a source
 *
 * Returns: seconds from the timestamp of the last event to its arrival; NaN where it had none
 */
double
tsm_source_get_clock_skew (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NAN);

  return self->clock_skew;
}

/**
 * tsm_source_get_reading:
 * @self: a source
 * @id: a metric
 * @reading: (out): its latest value; of a counter, the rate per second
 *
 * Returns: %FALSE where it was never sent, or where a counter has no rate yet
 */
gboolean
tsm_source_get_reading (TsmSource   *self,
                        TsmMetricId  id,
                        TsmReading  *reading)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), FALSE);
  g_return_val_if_fail ((guint) id < TSM_N_METRICS, FALSE);
  g_return_val_if_fail (reading != NULL, FALSE);

  return self->readings != NULL && tsm_readings_get (self->readings, id, reading);
}

/**
 * tsm_source_get_series:
 * @self: a source
 * @id: a metric
 *
 * Returns: (transfer none) (nullable): its recent past; times of day have none
 */
const TsmSeries *
tsm_source_get_series (TsmSource   *self,
                       TsmMetricId  id)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);
  g_return_val_if_fail ((guint) id < TSM_N_METRICS, NULL);

  return self->readings != NULL ? tsm_readings_get_series (self->readings, id) : NULL;
}

/**
 * tsm_source_dup_custom_names:
 * @self: a source
 *
 * Returns: (transfer full): the paths of the metrics that the catalogue does not know, sorted
 */
char **
tsm_source_dup_custom_names (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return self->readings != NULL ? tsm_readings_dup_custom_names (self->readings) : g_new0 (char *, 1);
}

/**
 * tsm_source_get_custom:
 * @self: a source
 * @path: of a custom metric
 * @reading: (out): its latest value
 *
 * Returns: %FALSE where it was never sent
 */
gboolean
tsm_source_get_custom (TsmSource  *self,
                       const char *path,
                       TsmReading *reading)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (path != NULL && reading != NULL, FALSE);

  return self->readings != NULL && tsm_readings_get_custom (self->readings, path, reading);
}

/**
 * tsm_source_get_custom_series:
 * @self: a source
 * @path: of a custom metric
 *
 * Returns: (transfer none) (nullable): its recent past
 */
const TsmSeries *
tsm_source_get_custom_series (TsmSource  *self,
                              const char *path)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  return self->readings != NULL ? tsm_readings_get_custom_series (self->readings, path) : NULL;
}

/**
 * tsm_source_get_n_custom_dropped:
 * @self: a source
 *
 * Returns: the number of samples of custom metrics that were not kept because there are too many names
 */
guint64
tsm_source_get_n_custom_dropped (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), 0);

  return self->readings != NULL ? tsm_readings_get_n_dropped (self->readings) : 0;
}

/**
 * tsm_source_get_cpu_trend:
 * @self: a source
 *
 * Returns: the trend of the CPU load as of the last METRIC_UPDATE, in percent
 */
TsmTrend
tsm_source_get_cpu_trend (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), no_trend);

  return self->cpu_trend;
}

/**
 * tsm_source_get_memory_trend:
 * @self: a source
 *
 * Returns: the trend of the memory use as of the last METRIC_UPDATE, in percent
 */
TsmTrend
tsm_source_get_memory_trend (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), no_trend);

  return self->memory_trend;
}

/**
 * tsm_source_get_health_score:
 * @self: a source
 *
 * Returns: 0–100, or NaN where the newest health had a word only
 */
double
tsm_source_get_health_score (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NAN);

  return self->health.score;
}

/**
 * tsm_source_get_health_level:
 * @self: a source
 *
 * Returns: the level by the score, else by the word
 */
TsmHealthLevel
tsm_source_get_health_level (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), TSM_HEALTH_UNKNOWN);

  return self->health.level;
}

/**
 * tsm_source_get_health_status:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the wire's word
 */
const char *
tsm_source_get_health_status (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return self->health.status;
}

/**
 * tsm_source_get_components:
 * @self: a source
 *
 * Returns: (transfer none): a list of #TsmComponent by first appearance; rows stay and are updated
 */
GListModel *
tsm_source_get_components (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return G_LIST_MODEL (self->health.components);
}

/**
 * tsm_source_get_recommendations:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): NULL-terminated; %NULL where there are none
 */
const char * const *
tsm_source_get_recommendations (TsmSource *self)
{
  char **recommendations;

  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  recommendations = self->health.recommendations;
  return recommendations != NULL && recommendations[0] != NULL ? (const char * const *) recommendations : NULL;
}

/**
 * tsm_source_get_timeframes:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the active timeframes, NULL-terminated; %NULL where never sent
 */
const char * const *
tsm_source_get_timeframes (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return (const char * const *) self->timeframes;
}

/**
 * tsm_source_get_uptime:
 * @self: a source
 * @now_monotonic: monotonic µs
 *
 * Returns: seconds since the engine started, extrapolated from when it last said so; NaN if it never did
 */
double
tsm_source_get_uptime (TsmSource *self,
                       gint64     now_monotonic)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NAN);

  return self->uptime + (double) (now_monotonic - self->uptime_known_at) / G_USEC_PER_SEC;
}

/**
 * tsm_source_get_status:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the word of the last SYSTEM_STATUS, upper case
 */
const char *
tsm_source_get_status (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return self->status;
}

/**
 * tsm_source_get_status_message:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the message of the last SYSTEM_STATUS
 */
const char *
tsm_source_get_status_message (TsmSource *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE (self), NULL);

  return self->status_message;
}
