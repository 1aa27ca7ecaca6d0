/* One line on an event, for lists and logs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "events/tsm-event-private.h"

static void
append_part (GString    *out,
             const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  if (out->len > 0)
    g_string_append (out, ", ");
  g_string_append (out, text);
}

/* Takes @text, and drops it where the number in it is not known. */
static void
append_number (GString *out,
               double   value,
               char    *text)
{
  append_part (out, isnan (value) ? NULL : text);
  g_free (text);
}

static double
get_value (const TsmMetricData *data,
           TsmMetricId          id)
{
  return (data->present & (G_GUINT64_CONSTANT (1) << id)) != 0 ? data->values[id] : NAN;
}

static void
describe_metrics (GString             *out,
                  const TsmMetricData *data)
{
  double cpu = get_value (data, TSM_METRIC_CPU_PERCENT);
  double memory = get_value (data, TSM_METRIC_MEMORY_PERCENT);

  append_number (out, cpu, g_strdup_printf (_("CPU %.4g %%"), cpu));
  append_number (out, memory, g_strdup_printf (_("memory %.4g %%"), memory));
  append_number (out, data->health.overall, g_strdup_printf (_("health %.4g"), data->health.overall));
}

static void
describe_health (GString             *out,
                 const TsmHealthData *data)
{
  g_autofree char *components = NULL;

  if (isnan (data->overall))
    append_part (out, data->status);
  append_number (out, data->overall, g_strdup_printf ("%.4g", data->overall));
  if (data->components->len == 0)
    return;

  components = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u component", "%u components", data->components->len),
                                data->components->len);
  append_part (out, components);
}

static void
describe_alert (GString            *out,
                const TsmAlertData *data)
{
  g_string_append (out, tsm_severity_get_name (data->severity));
  if (data->id != NULL)
    g_string_append_printf (out, " %s", data->id);
  if (data->message != NULL && *data->message != '\0')
    g_string_append_printf (out, ": %s", data->message);
}

static void
describe_resolved (GString            *out,
                   const TsmAlertData *data)
{
  if (data->actor != NULL)
    g_string_append_printf (out, _("%s resolved by %s"), data->id, data->actor);
  else
    g_string_append_printf (out, _("%s resolved"), data->id);
  if (data->notes != NULL && *data->notes != '\0')
    g_string_append_printf (out, ": %s", data->notes);
}

static void
describe_status (GString             *out,
                 const TsmStatusData *data)
{
  append_part (out, data->status);
  append_part (out, data->message);
}

/* "data_import" as people write it: "Data import" */
static char *
dup_phase_label (const char *phase)
{
  char *label = g_strdup (phase);

  g_strdelimit (label, "_-", ' ');
  label[0] = g_ascii_toupper (label[0]);
  return label;
}

static void
describe_job (GString          *out,
              const TsmJobData *data)
{
  g_autofree char *label = dup_phase_label (data->phase);

  if (data->stage == TSM_JOB_STARTED)
    g_string_append_printf (out, _("%s started"), label);
  else if (data->stage == TSM_JOB_COMPLETED)
    g_string_append_printf (out, _("%s completed"), label);
  else
    g_string_append (out, label);

  if (!isnan (data->percentage))
    g_string_append_printf (out, " %.0f %%", floor (data->percentage));
  append_part (out, data->current_symbol);
}

static void
describe_body (GString  *out,
               TsmEvent *self)
{
  switch (self->type)
    {
    case TSM_EVENT_METRIC_UPDATE:
      describe_metrics (out, &self->body.metrics);
      break;

    case TSM_EVENT_HEALTH_CHECK:
      describe_health (out, &self->body.health);
      break;

    case TSM_EVENT_ALERT_TRIGGERED:
    case TSM_EVENT_ERROR:
      describe_alert (out, &self->body.alert);
      break;

    case TSM_EVENT_ALERT_RESOLVED:
      describe_resolved (out, &self->body.alert);
      break;

    case TSM_EVENT_SYSTEM_STATUS:
      describe_status (out, &self->body.status);
      break;

    case TSM_EVENT_JOB:
      describe_job (out, &self->body.job);
      break;

    case TSM_EVENT_UNKNOWN:
    case TSM_N_EVENT_TYPES:
    default:
      break;
    }
}

/* The message of the first finding that rejects the event. */
static const char *
get_rejection (TsmEvent *self)
{
  for (guint i = 0; i < tsm_event_get_n_findings (self); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (self, i);

      if (tsm_finding_code_get_class (finding->code) == TSM_FINDING_REJECT)
        return finding->message;
    }

  return NULL;
}

/**
 * tsm_event_dup_summary:
 *
 * Returns: (transfer full): one translated line of plain text: the event's main numbers or words; where it was
 *   rejected, why
 */
char *
tsm_event_dup_summary (TsmEvent *self)
{
  GString *out;

  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  out = g_string_new (get_rejection (self));
  if (out->len == 0)
    describe_body (out, self);
  return g_strdelimit (g_string_free (out, FALSE), "\n\r\t", ' ');
}
