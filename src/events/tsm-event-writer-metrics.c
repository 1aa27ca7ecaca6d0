/* The encoder of METRIC_UPDATE: the payload's flat numbers become the wire's nested objects again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-event-writer-private.h"

#include <math.h>
#include <string.h>

/* One number at its dotted path. Those of one object must come one after the other: @open is the path of the object that
 * is open now, and is left at the one that @path stands in. Returns the member's name. */
static const char *
enter_path (TsmJsonWriter *writer,
            GString       *open,
            const char    *path)
{
  const char *dot;

  while (open->len > 0 && !(g_str_has_prefix (path, open->str) && path[open->len] == '.'))
    {
      const char *last = strrchr (open->str, '.');

      tsm_json_writer_end_object (writer);
      g_string_truncate (open, last != NULL ? (gsize) (last - open->str) : 0);
    }

  path += open->len > 0 ? open->len + 1 : 0;
  while ((dot = strchr (path, '.')) != NULL)
    {
      g_autofree char *name = g_strndup (path, (gsize) (dot - path));

      if (open->len > 0)
        g_string_append_c (open, '.');
      g_string_append (open, name);
      tsm_json_writer_begin_object (writer, name);
      path = dot + 1;
    }

  return path;
}

/* @strings: (nullable): written instead of @value */
typedef struct
{
  const char           *path;
  const TsmMetricInfo  *info;
  double                value;
  char                **strings;
} Number;

static void
write_number (TsmJsonWriter *writer,
              TsmDialect     dialect,
              const Number  *number,
              const char    *name)
{
  if (number->strings != NULL)
    tsm_json_writer_strings (writer, name, number->strings);
  else if (number->info->unit == TSM_UNIT_BOOLEAN && (number->value == 0 || number->value == 1))
    tsm_json_writer_boolean (writer, name, number->value == 1);
  else if (number->info->unit == TSM_UNIT_TIME)
    tsm_event_writer_time (writer, dialect, name, llround (number->value * G_USEC_PER_SEC));
  else
    tsm_json_writer_number (writer, name, number->value);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const Number *) a)->path, ((const Number *) b)->path);
}

/* Everything below `metrics`, sorted by path, so that the members of one object follow each other. */
static GArray *
collect_numbers (TsmDialect           dialect,
                 const TsmMetricData *data)
{
  static const TsmMetricInfo unknown = { .unit = TSM_UNIT_NONE };
  Number timeframes = { "application.active_timeframes", &unknown, 0, data->timeframes };
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (Number));

  for (guint id = 0; id < TSM_N_METRICS; id++)
    {
      const TsmMetricInfo *info = tsm_metric_get_info (id);
      gboolean is_latency = dialect == TSM_DIALECT_B && id == TSM_METRIC_QUERY_MS;
      Number number = { is_latency ? info->aliases[0] : info->path, info, data->values[id] };

      if ((data->present & (G_GUINT64_CONSTANT (1) << id)) != 0)
        g_array_append_val (numbers, number);
    }

  for (guint i = 0; data->custom != NULL && i < data->custom->len; i++)
    {
      const TsmCustomMetric *metric = &g_array_index (data->custom, TsmCustomMetric, i);
      Number number = { metric->path, &unknown, metric->value };

      g_array_append_val (numbers, number);
    }

  if (data->timeframes != NULL)
    g_array_append_val (numbers, timeframes);
  g_array_sort (numbers, compare_numbers);
  return numbers;
}

static void
write_numbers (TsmJsonWriter       *writer,
               TsmDialect           dialect,
               const TsmMetricData *data)
{
  g_autoptr (GArray) numbers = collect_numbers (dialect, data);
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      const Number *number = &g_array_index (numbers, Number, i);

      write_number (writer, dialect, number, enter_path (writer, open, number->path));
    }
  enter_path (writer, open, "");
}

static gboolean
has_trend (const TsmTrend *trend)
{
  return trend->direction != TSM_TREND_UNKNOWN || !isnan (trend->rate) || !isnan (trend->prediction_1h);
}

static void
write_trend (TsmJsonWriter  *writer,
             const char     *name,
             const TsmTrend *trend)
{
  static const char *const directions[] = {
    [TSM_TREND_UNKNOWN] = NULL,
    [TSM_TREND_STABLE] = "STABLE",
    [TSM_TREND_INCREASING] = "INCREASING",
    [TSM_TREND_DECREASING] = "DECREASING",
  };

  if (!has_trend (trend))
    return;

  tsm_json_writer_begin_object (writer, name);
  tsm_json_writer_string (writer, "direction", directions[trend->direction]);
  tsm_json_writer_number (writer, "rate", trend->rate);
  tsm_json_writer_number (writer, "prediction_1h", trend->prediction_1h);
  tsm_json_writer_end_object (writer);
}

/* A score alone (95), a word alone ("healthy"), or an object with what there is. */
static void
write_score (TsmJsonWriter       *writer,
             const TsmHealthData *data)
{
  if (isnan (data->overall) && data->status == NULL && data->components->len == 0)
    return;

  tsm_json_writer_begin_object (writer, "health_score");
  tsm_json_writer_number (writer, "overall", data->overall);
  tsm_json_writer_string (writer, "status", data->status);
  tsm_json_writer_begin_object (writer, "components");
  for (guint i = 0; i < data->components->len; i++)
    {
      const TsmComponentHealth *component = &g_array_index (data->components, TsmComponentHealth, i);

      if (component->details == NULL && component->status == NULL && !isnan (component->score))
        tsm_json_writer_number (writer, component->name, component->score);
      else if (component->details == NULL && component->status != NULL && isnan (component->score))
        tsm_json_writer_string (writer, component->name, component->status);
      else
        tsm_event_writer_component (writer, TSM_DIALECT_A, component);
    }
  tsm_json_writer_end_object (writer);
  tsm_json_writer_end_object (writer);
}

/**
 * tsm_event_writer_metrics:
 *
 * Returns: (transfer full): a METRIC_UPDATE
 */
char *
tsm_event_writer_metrics (TsmDialect           dialect,
                          const char          *source,
                          gint64               timestamp,
                          const TsmMetricData *data)
{
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  tsm_event_writer_begin (&writer, dialect, "METRIC_UPDATE", source, timestamp);
  tsm_json_writer_begin_object (&writer, "metrics");
  write_numbers (&writer, dialect, data);
  tsm_json_writer_end_object (&writer);
  write_score (&writer, &data->health);

  if (has_trend (&data->cpu_trend) || has_trend (&data->memory_trend))
    {
      tsm_json_writer_begin_object (&writer, "trends");
      write_trend (&writer, "cpu", &data->cpu_trend);
      write_trend (&writer, "memory", &data->memory_trend);
      tsm_json_writer_end_object (&writer);
    }
  tsm_json_writer_strings (&writer, "recommendations", data->health.recommendations);
  return tsm_event_writer_end (&writer, dialect);
}
