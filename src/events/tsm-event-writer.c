/* The encoder of simulated events.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-event-writer-private.h"

#include <string.h>

#include "events/tsm-time.h"

void
tsm_event_writer_time (TsmJsonWriter *writer,
                       TsmDialect     dialect,
                       const char    *name,
                       gint64         time)
{
  g_autofree char *text = NULL;

  if (time == TSM_TIME_NONE)
    return;

  text = tsm_time_format (time, dialect == TSM_DIALECT_B);
  tsm_json_writer_string (writer, name, text);
}

/* Opens the event and, in dialect C, its `payload`. */
void
tsm_event_writer_begin (TsmJsonWriter *writer,
                        TsmDialect     dialect,
                        const char    *type,
                        const char    *source,
                        gint64         timestamp)
{
  tsm_json_writer_init (writer);
  tsm_json_writer_begin_object (writer, NULL);
  tsm_json_writer_string (writer, dialect == TSM_DIALECT_C ? "event" : "event_type", type);
  tsm_event_writer_time (writer, dialect, "timestamp", timestamp);
  tsm_json_writer_string (writer, "source", source == NULL || *source == '\0' ? NULL : source);

  if (dialect == TSM_DIALECT_C)
    {
      tsm_json_writer_string (writer, "version", "1.0");
      tsm_json_writer_begin_object (writer, "payload");
    }
}

char *
tsm_event_writer_end (TsmJsonWriter *writer,
                      TsmDialect     dialect)
{
  if (dialect == TSM_DIALECT_C)
    tsm_json_writer_end_object (writer);
  tsm_json_writer_end_object (writer);
  return tsm_json_writer_finish (writer);
}

/* "latency_ms 4, connections 5" as the members that such details are read from; FALSE where they are other text. */
static gboolean
write_numbers_of (TsmJsonWriter *writer,
                  const char    *details)
{
  g_auto (GStrv) pairs = g_strsplit (details, ", ", -1);
  g_autoptr (GRegex) pair = g_regex_new ("^[a-z_]+ -?(0|[1-9][0-9]*)(\\.[0-9]+)?$", 0, 0, NULL);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      if (!g_regex_match (pair, pairs[i], 0, NULL))
        return FALSE;
    }

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      char *blank = strchr (pairs[i], ' ');

      *blank = '\0';
      tsm_json_writer_raw (writer, pairs[i], blank + 1);
    }
  return TRUE;
}

void
tsm_event_writer_component (TsmJsonWriter            *writer,
                            TsmDialect                dialect,
                            const TsmComponentHealth *component)
{
  tsm_json_writer_begin_object (writer, component->name);
  tsm_json_writer_string (writer, "status", component->status);
  tsm_json_writer_number (writer, "score", component->score);
  if (component->details != NULL
      && (dialect != TSM_DIALECT_B || !write_numbers_of (writer, component->details)))
    tsm_json_writer_string (writer, "details", component->details);
  tsm_json_writer_end_object (writer);
}

/* A detail that reads like a plain number or true, false, null is written as one, as the engine does. */
static void
write_details (TsmJsonWriter *writer,
               const char    *name,
               GArray        *details)
{
  g_autoptr (GRegex) plain = g_regex_new ("^(true|false|-?(0|[1-9][0-9]{0,14})(\\.[0-9]{0,5}[1-9])?)$", 0, 0, NULL);

  if (details == NULL)
    return;

  tsm_json_writer_begin_object (writer, name);
  for (guint i = 0; i < details->len; i++)
    {
      const TsmDetail *detail = &g_array_index (details, TsmDetail, i);

      if (g_regex_match (plain, detail->value, 0, NULL))
        tsm_json_writer_raw (writer, detail->name, detail->value);
      else
        tsm_json_writer_string (writer, detail->name, detail->value);
    }
  tsm_json_writer_end_object (writer);
}

static void
write_severity (TsmJsonWriter *writer,
                const char    *name,
                TsmSeverity    severity,
                gboolean       lower_case)
{
  const char *word = tsm_severity_get_name (severity);
  g_autofree char *lower = g_ascii_strdown (word, -1);

  tsm_json_writer_string (writer, name, lower_case ? lower : word);
}

/**
 * tsm_event_writer_alert_triggered:
 *
 * Returns: (transfer full): an ALERT_TRIGGERED
 */
char *
tsm_event_writer_alert_triggered (TsmDialect          dialect,
                                  const char         *source,
                                  gint64              timestamp,
                                  const TsmAlertData *data)
{
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  tsm_event_writer_begin (&writer, dialect, "ALERT_TRIGGERED", source, timestamp);
  tsm_json_writer_begin_object (&writer, "alert");
  tsm_json_writer_string (&writer, "id", data->id);
  write_severity (&writer, "level", data->severity, dialect == TSM_DIALECT_B);
  tsm_json_writer_string (&writer, "component", data->component);
  tsm_json_writer_string (&writer, "message", data->message);
  write_details (&writer, "details", data->details);
  tsm_json_writer_strings (&writer, "suggested_actions", data->suggested_actions);
  tsm_json_writer_strings (&writer, "auto_responses", data->auto_responses);
  tsm_json_writer_end_object (&writer);
  return tsm_event_writer_end (&writer, dialect);
}

/**
 * tsm_event_writer_alert_resolved:
 *
 * Returns: (transfer full): an ALERT_RESOLVED
 */
char *
tsm_event_writer_alert_resolved (TsmDialect          dialect,
                                 const char         *source,
                                 gint64              timestamp,
                                 const TsmAlertData *data)
{
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  tsm_event_writer_begin (&writer, dialect, "ALERT_RESOLVED", source, timestamp);
  tsm_json_writer_string (&writer, "alert_id", data->id);
  tsm_json_writer_string (&writer, "resolved_by", data->actor);
  tsm_json_writer_string (&writer, dialect == TSM_DIALECT_B ? "reason" : "notes", data->notes);
  return tsm_event_writer_end (&writer, dialect);
}

/**
 * tsm_event_writer_health_check:
 *
 * Returns: (transfer full): a HEALTH_CHECK
 */
char *
tsm_event_writer_health_check (TsmDialect           dialect,
                               const char          *source,
                               gint64               timestamp,
                               const TsmHealthData *data)
{
  gboolean nested = dialect != TSM_DIALECT_B;
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  tsm_event_writer_begin (&writer, dialect, "HEALTH_CHECK", source, timestamp);
  if (nested)
    tsm_json_writer_begin_object (&writer, "health");
  tsm_json_writer_number (&writer, "overall_score", data->overall);
  tsm_json_writer_string (&writer, "status", data->status);
  tsm_json_writer_number (&writer, "uptime_seconds", data->uptime_seconds);
  tsm_json_writer_begin_object (&writer, "components");
  for (guint i = 0; i < data->components->len; i++)
    tsm_event_writer_component (&writer, dialect, &g_array_index (data->components, TsmComponentHealth, i));
  tsm_json_writer_end_object (&writer);
  tsm_json_writer_strings (&writer, "recommendations", data->recommendations);
  if (nested)
    tsm_json_writer_end_object (&writer);
  return tsm_event_writer_end (&writer, dialect);
}

/**
 * tsm_event_writer_system_status:
 *
 * Returns: (transfer full): a SYSTEM_STATUS
 */
char *
tsm_event_writer_system_status (TsmDialect           dialect,
                                const char          *source,
                                gint64               timestamp,
                                const TsmStatusData *data)
{
  g_autofree char *status = NULL;
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL && data->status != NULL, NULL);

  status = dialect == TSM_DIALECT_B ? g_ascii_strdown (data->status, -1) : g_strdup (data->status);
  tsm_event_writer_begin (&writer, dialect, "SYSTEM_STATUS", source, timestamp);
  tsm_json_writer_string (&writer, "status", status);
  tsm_json_writer_string (&writer, "message", data->message);
  write_details (&writer, "details", data->details);
  tsm_json_writer_number (&writer, "uptime_seconds", data->uptime_seconds);
  tsm_json_writer_number (&writer, "events_published", data->events_published);
  return tsm_event_writer_end (&writer, dialect);
}

static char *
dup_job_type (const TsmJobData *data)
{
  static const char *const endings[] = {
    [TSM_JOB_STARTED] = "_started",
    [TSM_JOB_PROGRESS] = "_progress_update",
    [TSM_JOB_COMPLETED] = "_completed",
  };

  if (data->stage == TSM_JOB_PROGRESS || data->phase == NULL)
    return g_strconcat ("job", endings[data->stage], NULL);
  return g_strconcat (data->phase, endings[data->stage], NULL);
}

/**
 * tsm_event_writer_job:
 *
 * Returns: (transfer full): a job event
 */
char *
tsm_event_writer_job (const char       *source,
                      gint64            timestamp,
                      const TsmJobData *data)
{
  g_autofree char *type = NULL;
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  type = dup_job_type (data);
  tsm_event_writer_begin (&writer, TSM_DIALECT_C, type, source, timestamp);
  tsm_json_writer_string (&writer, "run_id", data->run_id);
  tsm_json_writer_string (&writer, "phase", data->phase);
  tsm_json_writer_number (&writer, "total_symbols", data->total);
  tsm_json_writer_number (&writer, "completed", data->completed);
  tsm_json_writer_number (&writer, "failed", data->failed);
  tsm_json_writer_number (&writer, "processed", data->processed);
  tsm_json_writer_number (&writer, "remaining", data->remaining);
  tsm_json_writer_number (&writer, "percentage", data->percentage);
  tsm_json_writer_string (&writer, "current_symbol", data->current_symbol);
  tsm_event_writer_time (&writer, TSM_DIALECT_C, "estimated_completion", data->estimated_completion);
  tsm_json_writer_number (&writer, "avg_processing_time_ms", data->avg_processing_ms);
  tsm_json_writer_number (&writer, "duration_seconds", data->duration_seconds);
  tsm_json_writer_number (&writer, "success_rate", data->success_rate);
  return tsm_event_writer_end (&writer, TSM_DIALECT_C);
}

/**
 * tsm_event_writer_error:
 *
 * Returns: (transfer full): an error event
 */
char *
tsm_event_writer_error (const char         *source,
                        gint64              timestamp,
                        const TsmAlertData *data)
{
  TsmJsonWriter writer;

  g_return_val_if_fail (data != NULL, NULL);

  tsm_event_writer_begin (&writer, TSM_DIALECT_C, "error", source, timestamp);
  write_severity (&writer, "severity", data->severity, TRUE);
  tsm_json_writer_string (&writer, "component", data->component);
  tsm_json_writer_string (&writer, "error_code", data->error_code);
  tsm_json_writer_string (&writer, "message", data->message);
  write_details (&writer, "context", data->details);
  return tsm_event_writer_end (&writer, TSM_DIALECT_C);
}
