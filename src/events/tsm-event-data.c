/* The payload structs: empty, filled, freed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-event-data.h"

#include <math.h>

static void
clear_detail (gpointer data)
{
  TsmDetail *detail = data;

  g_free (detail->name);
  g_free (detail->value);
}

static void
clear_component (gpointer data)
{
  TsmComponentHealth *component = data;

  g_free (component->name);
  g_free (component->status);
  g_free (component->details);
}

static void
clear_custom (gpointer data)
{
  TsmCustomMetric *custom = data;

  g_free (custom->path);
}

static GArray *
new_array (guint          element_size,
           GDestroyNotify clear)
{
  GArray *array = g_array_sized_new (FALSE, TRUE, element_size, 4);

  g_array_set_clear_func (array, clear);
  return array;
}

void
tsm_health_data_init (TsmHealthData *data)
{
  *data = (TsmHealthData) { .overall = NAN, .uptime_seconds = NAN };
  data->components = new_array (sizeof (TsmComponentHealth), clear_component);
}

void
tsm_health_data_clear (TsmHealthData *data)
{
  g_clear_pointer (&data->status, g_free);
  g_clear_pointer (&data->components, g_array_unref);
  g_clear_pointer (&data->recommendations, g_strfreev);
}

void
tsm_metric_data_init (TsmMetricData *data)
{
  *data = (TsmMetricData) {
    .cpu_trend = { TSM_TREND_UNKNOWN, NAN, NAN },
    .memory_trend = { TSM_TREND_UNKNOWN, NAN, NAN },
  };
  tsm_health_data_init (&data->health);
}

void
tsm_metric_data_clear (TsmMetricData *data)
{
  g_clear_pointer (&data->custom, g_array_unref);
  g_clear_pointer (&data->timeframes, g_strfreev);
  tsm_health_data_clear (&data->health);
}

void
tsm_alert_data_init (TsmAlertData *data)
{
  *data = (TsmAlertData) { .severity = TSM_SEVERITY_WARNING };
}

void
tsm_alert_data_clear (TsmAlertData *data)
{
  g_clear_pointer (&data->id, g_free);
  g_clear_pointer (&data->component, g_free);
  g_clear_pointer (&data->message, g_free);
  g_clear_pointer (&data->error_code, g_free);
  g_clear_pointer (&data->details, g_array_unref);
  g_clear_pointer (&data->suggested_actions, g_strfreev);
  g_clear_pointer (&data->auto_responses, g_strfreev);
  g_clear_pointer (&data->actor, g_free);
  g_clear_pointer (&data->notes, g_free);
}

void
tsm_status_data_init (TsmStatusData *data)
{
  *data = (TsmStatusData) { .uptime_seconds = NAN, .events_published = NAN };
}

void
tsm_status_data_clear (TsmStatusData *data)
{
  g_clear_pointer (&data->status, g_free);
  g_clear_pointer (&data->message, g_free);
  g_clear_pointer (&data->details, g_array_unref);
}

void
tsm_job_data_init (TsmJobData *data)
{
  *data = (TsmJobData) {
    .total = NAN,
    .completed = NAN,
    .failed = NAN,
    .processed = NAN,
    .remaining = NAN,
    .percentage = NAN,
    .avg_processing_ms = NAN,
    .duration_seconds = NAN,
    .success_rate = NAN,
    .estimated_completion = TSM_TIME_NONE,
  };
}

void
tsm_job_data_clear (TsmJobData *data)
{
  g_clear_pointer (&data->run_id, g_free);
  g_clear_pointer (&data->phase, g_free);
  g_clear_pointer (&data->current_symbol, g_free);
}

/**
 * tsm_metric_data_set:
 * @value: in the unit of the catalogue
 *
 * Sets one metric and marks it present.
 */
void
tsm_metric_data_set (TsmMetricData *data,
                     TsmMetricId    id,
                     double         value)
{
  g_return_if_fail ((guint) id < TSM_N_METRICS);

  data->values[id] = value;
  data->present |= G_GUINT64_CONSTANT (1) << id;
}

/**
 * tsm_metric_data_add_custom:
 * @path: dotted path below `metrics`
 *
 * Adds a number that the catalogue does not have. A path that is there already gets the new value.
 */
void
tsm_metric_data_add_custom (TsmMetricData *data,
                            const char    *path,
                            double         value)
{
  TsmCustomMetric custom;

  g_return_if_fail (path != NULL);

  if (data->custom == NULL)
    data->custom = new_array (sizeof (TsmCustomMetric), clear_custom);

  for (guint i = 0; i < data->custom->len; i++)
    {
      TsmCustomMetric *known = &g_array_index (data->custom, TsmCustomMetric, i);

      if (g_str_equal (known->path, path))
        {
          known->value = value;
          return;
        }
    }

  custom = (TsmCustomMetric) { g_strdup (path), value };
  g_array_append_val (data->custom, custom);
}

/**
 * tsm_health_data_add_component:
 *
 * Adds a component. One of that name that is there already is replaced.
 */
void
tsm_health_data_add_component (TsmHealthData *data,
                               const char    *name,
                               const char    *status,
                               double         score,
                               const char    *details)
{
  TsmComponentHealth component;

  g_return_if_fail (name != NULL);

  component = (TsmComponentHealth) { g_strdup (name), g_strdup (status), score, g_strdup (details) };
  for (guint i = 0; i < data->components->len; i++)
    {
      TsmComponentHealth *known = &g_array_index (data->components, TsmComponentHealth, i);

      if (g_str_equal (known->name, name))
        {
          clear_component (known);
          *known = component;
          return;
        }
    }

  g_array_append_val (data->components, component);
}

/**
 * tsm_details_add:
 * @details: (inout): the details, made where NULL
 *
 * Appends a detail.
 */
void
tsm_details_add (GArray     **details,
                 const char  *name,
                 const char  *value)
{
  TsmDetail detail;

  g_return_if_fail (name != NULL && value != NULL);

  if (*details == NULL)
    *details = new_array (sizeof (TsmDetail), clear_detail);

  detail = (TsmDetail) { g_strdup (name), g_strdup (value) };
  g_array_append_val (*details, detail);
}
