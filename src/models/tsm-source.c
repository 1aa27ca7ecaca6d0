/* TsmSource: what one publisher last told us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "models/tsm-source-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "models/tsm-model-util.h"

enum
{
  PROP_LIVENESS = 1,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmSource, tsm_source, G_TYPE_OBJECT)

static const struct
{
  const char *label;
  gint64      limit;    /* µs since the last event, exclusive */
  double      cadences; /* the same as a multiple of the cadence */
} liveness_table[] = {
  [TSM_LIVENESS_ACTIVE] = { N_("Active"), 30 * G_TIME_SPAN_SECOND, 3 },
  [TSM_LIVENESS_DELAYED] = { N_("Delayed"), 60 * G_TIME_SPAN_SECOND, 6 },
  [TSM_LIVENESS_INACTIVE] = { N_("Inactive"), G_MAXINT64, 0 },
};

/**
 * tsm_liveness_get_label: (skip)
 * @liveness: a liveness
 *
 * Returns: (transfer none): the translated word for it
 */
const char *
tsm_liveness_get_label (TsmLiveness liveness)
{
  g_return_val_if_fail ((guint) liveness < G_N_ELEMENTS (liveness_table), "");

  return _(liveness_table[liveness].label);
}

static void
tsm_source_finalize (GObject *object)
{
  TsmSource *self = TSM_SOURCE (object);

  tsm_health_clear (&self->health);
  tsm_readings_free (self->readings);
  g_strfreev (self->timeframes);
  g_free (self->status);
  g_free (self->status_message);
  g_free (self->name);

  G_OBJECT_CLASS (tsm_source_parent_class)->finalize (object);
}

static void
tsm_source_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TsmSource *self = TSM_SOURCE (object);

  switch (prop_id)
    {
    case PROP_LIVENESS:
      g_value_set_int (value, self->liveness);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_source_class_init (TsmSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tsm_source_finalize;
  object_class->get_property = tsm_source_get_property;

  properties[PROP_LIVENESS] =
    g_param_spec_int ("liveness", NULL, NULL, TSM_LIVENESS_ACTIVE, TSM_LIVENESS_INACTIVE, TSM_LIVENESS_INACTIVE,
                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * TsmSource::changed:
   *
   * Emitted by tsm_source_flush() at most once, when anything was ingested since the one before.
   */
  signals[CHANGED] = g_signal_new ("changed", TSM_TYPE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_source_init (TsmSource *self)
{
  self->liveness = TSM_LIVENESS_INACTIVE;
  self->notified_liveness = TSM_LIVENESS_INACTIVE;
  self->clock_skew = NAN;
  self->uptime = NAN;
  self->cpu_trend = (TsmTrend) { TSM_TREND_UNKNOWN, NAN, NAN };
  self->memory_trend = self->cpu_trend;
  tsm_health_init (&self->health);
}

/**
 * tsm_source_new: (constructor)
 * @name: as on the wire; "" for the unnamed source
 *
 * Makes a source that was never heard.
 *
 * Returns: (transfer full): the source
 */
TsmSource *
tsm_source_new (const char *name)
{
  TsmSource *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (TSM_TYPE_SOURCE, NULL);
  self->name = g_strdup (name);
  return self;
}

static void
set_uptime (TsmSource *self,
            double     seconds,
            gint64     received_monotonic)
{
  if (isnan (seconds))
    return;

  self->uptime = seconds;
  self->uptime_known_at = received_monotonic;
}

static void
ingest_metrics (TsmSource *self,
                TsmEvent  *event)
{
  const TsmMetricData *data = tsm_event_get_metrics (event);
  gint64               received = tsm_event_get_received_monotonic (event);

  self->last_metrics = received;
  tsm_cadence_add (&self->cadence, received);

  if (self->readings == NULL)
    self->readings = tsm_readings_new ();
  tsm_readings_ingest (self->readings, data, tsm_event_get_timestamp (event), received);

  if (data->timeframes != NULL)
    tsm_strv_assign (&self->timeframes, (const char * const *) data->timeframes);

  self->cpu_trend = data->cpu_trend;
  self->memory_trend = data->memory_trend;
  tsm_health_ingest (&self->health, &data->health, TSM_EVENT_METRIC_UPDATE, received);
}

static void
ingest_health_check (TsmSource *self,
                     TsmEvent  *event)
{
  const TsmHealthData *data = tsm_event_get_health (event);
  gint64               received = tsm_event_get_received_monotonic (event);

  set_uptime (self, data->uptime_seconds, received);
  tsm_health_ingest (&self->health, data, TSM_EVENT_HEALTH_CHECK, received);
}

static void
ingest_system_status (TsmSource *self,
                      TsmEvent  *event)
{
  const TsmStatusData *data = tsm_event_get_status (event);

  tsm_text_assign (&self->status, data->status);
  tsm_text_assign (&self->status_message, data->message);
  set_uptime (self, data->uptime_seconds, tsm_event_get_received_monotonic (event));
}

/**
 * tsm_source_ingest:
 * @self: a source
 * @event: an accepted event of it
 *
 * Takes over what @event says. Emits nothing: tsm_source_flush() does.
 */
void
tsm_source_ingest (TsmSource *self,
                   TsmEvent  *event)
{
  TsmEventType type;
  gint64       timestamp;

  g_return_if_fail (TSM_IS_SOURCE (self));
  g_return_if_fail (TSM_IS_EVENT (event));

  type = tsm_event_get_event_type (event);
  timestamp = tsm_event_get_timestamp (event);

  self->is_changed = TRUE;
  self->liveness = TSM_LIVENESS_ACTIVE;
  self->last_event = tsm_event_get_received_monotonic (event);
  self->n_events[type]++;
  self->n_events_total++;
  self->clock_skew = timestamp != TSM_TIME_NONE
                       ? ((double) tsm_event_get_received (event) - (double) timestamp) / G_USEC_PER_SEC
                       : NAN;

  if (type == TSM_EVENT_METRIC_UPDATE)
    ingest_metrics (self, event);
  else if (type == TSM_EVENT_HEALTH_CHECK)
    ingest_health_check (self, event);
  else if (type == TSM_EVENT_SYSTEM_STATUS)
    ingest_system_status (self, event);
}

static void
notify_liveness (TsmSource *self)
{
  if (self->liveness == self->notified_liveness)
    return;

  self->notified_liveness = self->liveness;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVENESS]);
}

/**
 * tsm_source_flush:
 * @self: a source
 *
 * Tells watchers what was ingested since the last flush: notifies, new components in one batch, then
 * #TsmSource::changed. Emits nothing where nothing was ingested.
 */
void
tsm_source_flush (TsmSource *self)
{
  g_return_if_fail (TSM_IS_SOURCE (self));

  if (!self->is_changed)
    return;

  self->is_changed = FALSE;
  notify_liveness (self);
  tsm_health_flush (&self->health);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gint64
get_limit (TsmSource   *self,
           TsmLiveness  liveness)
{
  double cadence = tsm_cadence_get (&self->cadence);
  gint64 limit = liveness_table[liveness].limit;

  if (isnan (cadence))
    return limit;

  return MAX (limit, (gint64) (cadence * liveness_table[liveness].cadences * G_USEC_PER_SEC));
}

/**
 * tsm_source_update_liveness:
 * @self: a source
 * @now_monotonic: monotonic µs
 *
 * Finds out whether the source still lives, and notifies #TsmSource:liveness at once where that changed.
 */
void
tsm_source_update_liveness (TsmSource *self,
                            gint64     now_monotonic)
{
  gint64      age;
  TsmLiveness liveness = TSM_LIVENESS_ACTIVE;

  g_return_if_fail (TSM_IS_SOURCE (self));

  if (self->n_events_total == 0)
    return;

  age = now_monotonic - self->last_event;
  while (liveness < TSM_LIVENESS_INACTIVE && age >= get_limit (self, liveness))
    liveness++;

  self->liveness = liveness;
  notify_liveness (self);
}

/**
 * tsm_source_mark_gap:
 * @self: a source
 * @now_monotonic: monotonic µs
 *
 * The link was down: marks a gap in every series. The cadence does not count the interval that it falls into.
 */
void
tsm_source_mark_gap (TsmSource *self,
                     gint64     now_monotonic)
{
  g_return_if_fail (TSM_IS_SOURCE (self));

  tsm_cadence_interrupt (&self->cadence);

  if (self->readings == NULL)
    return;

  tsm_readings_mark_gap (self->readings, now_monotonic);
  self->is_changed = TRUE;
}
