/* TsmReadings: the latest value and the recent past of every number that one source sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-readings.h"

#include "models/tsm-source.h"

/* Two arrivals closer than this tell no rate: they may have waited in one queue. */
#define MINIMAL_ELAPSED_US (10 * G_TIME_SPAN_MILLISECOND)

/* The last known state of a number that only grows. */
typedef struct
{
  double value;
  gint64 timestamp; /* µs since the epoch by the source's clock, or TSM_TIME_NONE */
  gint64 received;  /* monotonic µs, 0 for never */
} Counter;

typedef struct
{
  TsmReading  reading;
  TsmSeries  *series;
} CustomReading;

struct _TsmReadings
{
  guint64     known; /* bit N: latest[N] holds a reading */
  TsmReading  latest[TSM_N_METRICS];
  TsmSeries  *series[TSM_N_METRICS];
  Counter     counters[TSM_N_METRICS];
  GHashTable *custom; /* (element-type utf8 CustomReading) (nullable) */
  guint64     n_dropped;
};

static void
custom_reading_free (gpointer data)
{
  CustomReading *custom = data;

  tsm_series_free (custom->series);
  g_free (custom);
}

TsmReadings *
tsm_readings_new (void)
{
  return g_new0 (TsmReadings, 1);
}

void
tsm_readings_free (TsmReadings *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < TSM_N_METRICS; i++)
    tsm_series_free (self->series[i]);
  g_clear_pointer (&self->custom, g_hash_table_unref);
  g_free (self);
}

static void
append (TsmSeries **series,
        gint64      time,
        double      value)
{
  if (*series == NULL)
    *series = tsm_series_new (TSM_SERIES_CAPACITY);

  tsm_series_append (*series, time, value);
}

/* µs between two states of a counter: by the source's clock where it went on, else by arrival. */
static gint64
get_elapsed (const Counter *before,
             const Counter *now)
{
  if (before->timestamp != TSM_TIME_NONE && now->timestamp != TSM_TIME_NONE && now->timestamp > before->timestamp)
    return now->timestamp - before->timestamp;

  return now->received - before->received;
}

static gboolean
is_duplicate (const Counter *before,
              const Counter *now)
{
  return before->value == now->value && before->timestamp == now->timestamp && now->timestamp != TSM_TIME_NONE;
}

/* Turns a growing number into its rate. There is none from a first sample, nor after a restart has set the counter back,
 * nor from the same event heard twice. */
static gboolean
get_rate (TsmReadings   *self,
          TsmMetricId    id,
          const Counter *now,
          double        *rate)
{
  Counter before = self->counters[id];
  gint64  elapsed;

  if (before.received == 0 || now->value < before.value)
    {
      self->counters[id] = *now;
      self->known &= ~(G_GUINT64_CONSTANT (1) << id);
      return FALSE;
    }

  elapsed = get_elapsed (&before, now);
  if (elapsed < MINIMAL_ELAPSED_US || is_duplicate (&before, now))
    return FALSE;

  self->counters[id] = *now;
  *rate = (now->value - before.value) * G_USEC_PER_SEC / elapsed;
  return TRUE;
}

static void
ingest_one (TsmReadings *self,
            TsmMetricId  id,
            double       value,
            gint64       timestamp,
            gint64       received)
{
  const TsmMetricInfo *info = tsm_metric_get_info (id);

  if (info->kind == TSM_METRIC_KIND_COUNTER &&
      !get_rate (self, id, &(Counter) { value, timestamp, received }, &value))
    return;

  self->latest[id] = (TsmReading) { value, received };
  self->known |= G_GUINT64_CONSTANT (1) << id;

  /* a float holds no time of this century to the second, and nobody draws one */
  if (info->unit != TSM_UNIT_TIME)
    append (&self->series[id], received, value);
}

static void
ingest_custom (TsmReadings           *self,
               const TsmCustomMetric *metric,
               gint64                 received)
{
  CustomReading *custom;

  if (self->custom == NULL)
    self->custom = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, custom_reading_free);

  custom = g_hash_table_lookup (self->custom, metric->path);
  if (custom == NULL)
    {
      if (g_hash_table_size (self->custom) >= TSM_SOURCE_MAX_CUSTOM)
        {
          self->n_dropped++;
          return;
        }
      custom = g_new0 (CustomReading, 1);
      g_hash_table_insert (self->custom, g_strdup (metric->path), custom);
    }

  custom->reading = (TsmReading) { metric->value, received };
  append (&custom->series, received, metric->value);
}

/**
 * tsm_readings_ingest: (skip)
 * @self: the readings
 * @data: the numbers of a METRIC_UPDATE
 * @timestamp: µs since the epoch by the source's clock, or %TSM_TIME_NONE
 * @received_monotonic: monotonic µs
 */
void
tsm_readings_ingest (TsmReadings         *self,
                     const TsmMetricData *data,
                     gint64               timestamp,
                     gint64               received_monotonic)
{
  for (guint64 left = data->present; left != 0; left &= left - 1)
    {
      guint id = g_bit_nth_lsf (left, -1);

      ingest_one (self, id, data->values[id], timestamp, received_monotonic);
    }

  if (data->custom == NULL)
    return;

  for (guint i = 0; i < data->custom->len; i++)
    ingest_custom (self, &g_array_index (data->custom, TsmCustomMetric, i), received_monotonic);
}

void
tsm_readings_mark_gap (TsmReadings *self,
                       gint64       now_monotonic)
{
  GHashTableIter iter;
  gpointer       value;

  for (guint i = 0; i < TSM_N_METRICS; i++)
    if (self->series[i] != NULL)
      tsm_series_append_gap (self->series[i], now_monotonic);

  if (self->custom == NULL)
    return;

  g_hash_table_iter_init (&iter, self->custom);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tsm_series_append_gap (((CustomReading *) value)->series, now_monotonic);
}

gboolean
tsm_readings_get (TsmReadings *self,
                  TsmMetricId  id,
                  TsmReading  *reading)
{
  if ((self->known & (G_GUINT64_CONSTANT (1) << id)) == 0)
    return FALSE;

  *reading = self->latest[id];
  return TRUE;
}

const TsmSeries *
tsm_readings_get_series (TsmReadings *self,
                         TsmMetricId  id)
{
  return self->series[id];
}

static CustomReading *
lookup_custom (TsmReadings *self,
               const char  *path)
{
  return self->custom != NULL ? g_hash_table_lookup (self->custom, path) : NULL;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * tsm_readings_dup_custom_names: (skip)
 * @self: the readings
 *
 * Returns: (transfer full): the paths of the custom metrics, sorted
 */
char **
tsm_readings_dup_custom_names (TsmReadings *self)
{
  g_autofree char **paths = NULL;
  char            **copy;
  guint             n = 0;

  if (self->custom == NULL)
    return g_new0 (char *, 1);

  paths = (char **) g_hash_table_get_keys_as_array (self->custom, &n);
  copy = g_strdupv (paths);
  g_qsort_with_data (copy, n, sizeof *copy, compare_names, NULL);
  return copy;
}

gboolean
tsm_readings_get_custom (TsmReadings *self,
                         const char  *path,
                         TsmReading  *reading)
{
  CustomReading *custom = lookup_custom (self, path);

  if (custom == NULL)
    return FALSE;

  *reading = custom->reading;
  return TRUE;
}

const TsmSeries *
tsm_readings_get_custom_series (TsmReadings *self,
                                const char  *path)
{
  CustomReading *custom = lookup_custom (self, path);

  return custom != NULL ? custom->series : NULL;
}

/* Samples of custom metrics that found no room. */
guint64
tsm_readings_get_n_dropped (TsmReadings *self)
{
  return self->n_dropped;
}
