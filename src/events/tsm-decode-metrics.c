/* METRIC_UPDATE: numbers by the catalogue, the other numbers by their path, health, trends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "events/tsm-decode.h"

#define MAX_CUSTOM 64
#define MAX_LEVELS 8
#define MAX_PATH   256 /* bytes of a custom metric's path */

#define BIT(id) (G_GUINT64_CONSTANT (1) << (id))

/* Metrics that only dialect B sends. */
#define ONLY_B                                                                        \
  (BIT (TSM_METRIC_TICKS_PER_SECOND) | BIT (TSM_METRIC_PATTERNS_DETECTED)             \
   | BIT (TSM_METRIC_ACTIVE_BACKTESTS) | BIT (TSM_METRIC_QUEUE_DEPTH)                 \
   | BIT (TSM_METRIC_DATABASE_CONNECTED) | BIT (TSM_METRIC_DATABASE_LAST_WRITE)       \
   | BIT (TSM_METRIC_REDIS_CONNECTED) | BIT (TSM_METRIC_REDIS_CHANNELS)               \
   | BIT (TSM_METRIC_REDIS_PUBLISHED))

/**
 * Walk:
 *
 * The way through `metrics`.
 * @path: of the value at hand, below `metrics`
 * @canonical: metrics that were read from their own path: an alias does not replace them
 * @percents: where the percentages stand
 */
typedef struct
{
  TsmReader          *reader;
  TsmMetricData      *data;
  GString            *path;
  guint64             canonical;
  const TsmJsonToken *percents[TSM_N_METRICS];
  guint               n_custom;
  gboolean            is_full;
} Walk;

static void walk_object (Walk               *self,
                         const TsmJsonToken *object,
                         guint               level);

static gboolean
read_unit (TsmReader          *reader,
           TsmUnit             unit,
           const TsmJsonToken *value,
           double             *number)
{
  gint64 time;

  if (unit == TSM_UNIT_BOOLEAN)
    return tsm_reader_to_boolean (reader, value, number);
  if (unit != TSM_UNIT_TIME)
    return tsm_reader_to_number (reader, value, number);

  if (!tsm_reader_to_time (reader, value, &time))
    return FALSE;
  *number = (double) time / G_USEC_PER_SEC;
  return TRUE;
}

static void
read_known (Walk               *self,
            TsmMetricId         id,
            const TsmJsonToken *value)
{
  const TsmMetricInfo *info = tsm_metric_get_info (id);
  gboolean is_alias = !g_str_equal (self->path->str, info->path);
  double number;

  /* A database that has written nothing yet says null; of other metrics that is odd. */
  if (value->kind == TSM_JSON_NULL && info->unit != TSM_UNIT_TIME)
    tsm_reader_note (self->reader, TSM_FINDING_MISSING_FIELD, value, _("The value is null"));

  if (is_alias && (self->canonical & BIT (id)) != 0)
    return;
  if (!read_unit (self->reader, info->unit, value, &number))
    return;

  if (info->unit == TSM_UNIT_RATIO && number > 1 && number <= 100)
    {
      tsm_reader_note (self->reader, TSM_FINDING_FRACTION_AS_PERCENT, value,
                       _("%.4g is a percentage; the metric is a fraction from 0 to 1"), number);
      number /= 100;
    }
  if (number < info->minimum || number > info->maximum)
    tsm_reader_note (self->reader, TSM_FINDING_OUT_OF_RANGE, value, _("%.4g is not between %.4g and %.4g"),
                     number, info->minimum, info->maximum);

  tsm_metric_data_set (self->data, id, number);
  if (!is_alias)
    self->canonical |= BIT (id);
  else if (id == TSM_METRIC_QUERY_MS)
    self->reader->is_b = TRUE;
  if (info->unit == TSM_UNIT_PERCENT)
    self->percents[id] = value;
}

static void
note_full (Walk               *self,
           const TsmJsonToken *value)
{
  if (!self->is_full)
    tsm_reader_note (self->reader, TSM_FINDING_TOO_MANY, value,
                     _("Of metrics that are not in the catalogue, only the first %d, down to %d levels, are kept"),
                     MAX_CUSTOM, MAX_LEVELS);
  self->is_full = TRUE;
}

static void
read_custom (Walk               *self,
             const TsmJsonToken *value)
{
  g_autofree char *path = NULL;
  double number;

  if (!tsm_reader_to_number (self->reader, value, &number))
    return;

  if (self->n_custom++ >= MAX_CUSTOM)
    {
      note_full (self, value);
      return;
    }

  path = tsm_text_dup_bounded (self->path->str, self->path->len, MAX_PATH);
  tsm_metric_data_add_custom (self->data, path, number);
}

/* The engine's own word for the shortest timeframe, and an older one. */
static void
read_timeframes (Walk               *self,
                 const TsmJsonToken *value)
{
  char **timeframes = tsm_reader_to_strings (self->reader, value);

  for (gsize i = 0; timeframes != NULL && timeframes[i] != NULL; i++)
    {
      if (g_str_equal (timeframes[i], "minute"))
        {
          g_free (timeframes[i]);
          timeframes[i] = g_strdup ("1min");
        }
    }

  g_strfreev (self->data->timeframes);
  self->data->timeframes = timeframes;
}

static void
walk_member (Walk               *self,
             const TsmJsonToken *value,
             guint               level)
{
  TsmMetricId id;

  /* No path of the catalogue is as long as MAX_PATH; a hostile one may be a megabyte. */
  if (self->path->len < MAX_PATH && tsm_metric_from_path (self->path->str, &id))
    read_known (self, id, value);
  else if (value->kind == TSM_JSON_NUMBER || value->kind == TSM_JSON_NON_FINITE)
    read_custom (self, value);
  else if (value->kind == TSM_JSON_OBJECT && level < MAX_LEVELS)
    walk_object (self, value, level + 1);
  else if (value->kind == TSM_JSON_OBJECT)
    note_full (self, value);
  else if (value->kind == TSM_JSON_ARRAY && g_str_equal (self->path->str, "application.active_timeframes"))
    read_timeframes (self, value);
}

static void
walk_object (Walk               *self,
             const TsmJsonToken *object,
             guint               level)
{
  gsize length = self->path->len;
  TsmJsonIter iter;

  tsm_json_iter_init (&iter, self->reader->json, object);
  while (tsm_json_iter_next (&iter))
    {
      if (length > 0)
        g_string_append_c (self->path, '.');
      g_string_append_len (self->path, tsm_json_string (iter.json, iter.key), iter.key->length);
      walk_member (self, iter.value, level);
      g_string_truncate (self->path, length);
    }
}

/* 0.42 may be 42 % sent as a fraction, or a processor that is nearly idle. So a fraction is taken for a percentage only
 * where the event gives a second hint: every percentage of it is in (0, 1], and one of them is of memory or disk, which
 * no live machine uses to less than 1 %. A zero is a zero either way and says nothing. */
static void
repair_fractions (Walk *self)
{
  gboolean hint = FALSE;

  for (guint id = 0; id < TSM_N_METRICS; id++)
    {
      double value = self->data->values[id];

      if (self->percents[id] == NULL || value == 0)
        continue;
      if (value < 0 || value > 1)
        return;
      hint = hint || id != TSM_METRIC_CPU_PERCENT;
    }

  for (guint id = 0; hint && id < TSM_N_METRICS; id++)
    {
      if (self->percents[id] == NULL || self->data->values[id] == 0)
        continue;

      tsm_reader_note (self->reader, TSM_FINDING_FRACTION_AS_PERCENT, self->percents[id],
                       _("%.4g is a fraction; the metric is a percentage from 0 to 100"), self->data->values[id]);
      self->data->values[id] *= 100;
    }
}

static void
read_metrics (TsmReader     *reader,
              TsmMetricData *data)
{
  const TsmJsonToken *metrics = tsm_reader_object (reader, reader->body, "metrics");
  Walk walk = { reader, data };

  if (metrics == NULL)
    {
      if (tsm_json_member (reader->json, reader->body, "metrics") == NULL)
        tsm_reader_note_missing (reader, reader->body, "metrics");
      return;
    }

  walk.path = g_string_sized_new (MAX_PATH);
  walk_object (&walk, metrics, 1);
  repair_fractions (&walk);
  g_string_free (walk.path, TRUE);

  if ((data->present & ONLY_B) != 0 || tsm_json_member (reader->json, metrics, "processing") != NULL)
    reader->is_b = TRUE;
}

static const struct
{
  const char        *word;
  TsmTrendDirection  direction;
} directions[] = {
  { "STABLE", TSM_TREND_STABLE },
  { "INCREASING", TSM_TREND_INCREASING },
  { "DECREASING", TSM_TREND_DECREASING },
};

static void
read_trend (TsmReader          *reader,
            const TsmJsonToken *trends,
            const char         *name,
            TsmTrend           *trend)
{
  const TsmJsonToken *object = tsm_reader_object (reader, trends, name);
  g_autofree char *word = NULL;

  if (object == NULL)
    return;

  word = tsm_reader_text (reader, object, "direction", TSM_MAX_NAME);
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (directions); i++)
    {
      if (g_ascii_strcasecmp (word, directions[i].word) == 0)
        trend->direction = directions[i].direction;
    }
  trend->rate = tsm_reader_number (reader, object, "rate", -INFINITY, INFINITY);
  trend->prediction_1h = tsm_reader_number (reader, object, "prediction_1h", -INFINITY, INFINITY);
}

void
tsm_decode_metrics (TsmReader *reader)
{
  TsmMetricData *data = &reader->event->body.metrics;
  const TsmJsonToken *health;
  const TsmJsonToken *trends;

  read_metrics (reader, data);

  health = tsm_json_member (reader->json, reader->body, "health_score");
  if (health != NULL)
    tsm_decode_health (reader, health, &data->health);
  if (data->health.recommendations == NULL)
    data->health.recommendations = tsm_reader_strings (reader, reader->body, "recommendations");

  trends = tsm_reader_object (reader, reader->body, "trends");
  if (trends != NULL)
    {
      read_trend (reader, trends, "cpu", &data->cpu_trend);
      read_trend (reader, trends, "memory", &data->memory_trend);
    }
}
