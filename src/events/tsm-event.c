/* TsmEvent: one message as it was understood.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-event-private.h"

G_DEFINE_FINAL_TYPE (TsmEvent, tsm_event, G_TYPE_OBJECT)

static const char *const severity_names[] = {
  [TSM_SEVERITY_INFO] = "INFO",
  [TSM_SEVERITY_WARNING] = "WARNING",
  [TSM_SEVERITY_ERROR] = "ERROR",
  [TSM_SEVERITY_CRITICAL] = "CRITICAL",
  [TSM_SEVERITY_EMERGENCY] = "EMERGENCY",
};

G_STATIC_ASSERT (G_N_ELEMENTS (severity_names) == TSM_N_SEVERITIES);

static const char *const dialect_names[] = {
  [TSM_DIALECT_NONE] = NULL,
  [TSM_DIALECT_A] = "a",
  [TSM_DIALECT_B] = "b",
  [TSM_DIALECT_C] = "c",
};

static const char *const acceptance_names[] = {
  [TSM_ACCEPTED_YES] = "yes",
  [TSM_ACCEPTED_REPAIRED] = "repaired",
  [TSM_ACCEPTED_NO] = "no",
};

static void
clear_finding (gpointer data)
{
  TsmFinding *finding = data;

  g_free (finding->path);
  g_free (finding->message);
}

/* Whether one more finding of @code would be kept: asked before any work is spent on its words. */
gboolean
tsm_event_wants_finding (TsmEvent       *self,
                         TsmFindingCode  code)
{
  return tsm_event_get_n_findings (self) <= TSM_EVENT_MAX_FINDINGS
         || tsm_finding_code_get_class (code) == TSM_FINDING_REJECT;
}

/* Takes @path and @message. What comes after the hundredth finding is summed up in one more, and then not asked for any
 * longer (see tsm_event_wants_finding()); a rejection always counts. */
void
tsm_event_take_finding (TsmEvent       *self,
                        TsmFindingCode  code,
                        gint64          offset,
                        char           *path,
                        char           *message)
{
  TsmFindingClass class = tsm_finding_code_get_class (code);
  TsmFinding finding = { code, offset, path, message };

  if (self->findings == NULL)
    {
      self->findings = g_array_new (FALSE, FALSE, sizeof (TsmFinding));
      g_array_set_clear_func (self->findings, clear_finding);
    }

  self->acceptance = MAX (self->acceptance, class == TSM_FINDING_REJECT ? TSM_ACCEPTED_NO : TSM_ACCEPTED_REPAIRED);

  if (self->findings->len == TSM_EVENT_MAX_FINDINGS && class != TSM_FINDING_REJECT)
    {
      clear_finding (&finding);
      finding = (TsmFinding) { TSM_FINDING_TOO_MANY, -1, g_strdup (""),
                               g_strdup (_("There are more findings; only the first are listed")) };
    }

  g_array_append_val (self->findings, finding);
}

static void
tsm_event_finalize (GObject *object)
{
  TsmEvent *self = TSM_EVENT (object);

  tsm_event_clear_body (self);
  g_clear_pointer (&self->job_name, g_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->findings, g_array_unref);
  g_clear_pointer (&self->raw, g_bytes_unref);

  G_OBJECT_CLASS (tsm_event_parent_class)->finalize (object);
}

static void
tsm_event_class_init (TsmEventClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tsm_event_finalize;
}

static void
tsm_event_init (TsmEvent *self)
{
  self->timestamp = TSM_TIME_NONE;
}

/* As on the wire; the job pipeline has many names. */
static const char * const type_names[] = {
  [TSM_EVENT_UNKNOWN] = "unknown",
  [TSM_EVENT_METRIC_UPDATE] = "METRIC_UPDATE",
  [TSM_EVENT_ALERT_TRIGGERED] = "ALERT_TRIGGERED",
  [TSM_EVENT_ALERT_RESOLVED] = "ALERT_RESOLVED",
  [TSM_EVENT_HEALTH_CHECK] = "HEALTH_CHECK",
  [TSM_EVENT_SYSTEM_STATUS] = "SYSTEM_STATUS",
  [TSM_EVENT_JOB] = "job",
  [TSM_EVENT_ERROR] = "error",
};

G_STATIC_ASSERT (G_N_ELEMENTS (type_names) == TSM_N_EVENT_TYPES);

/**
 * tsm_event_type_get_name:
 *
 * Returns: the name of a type in counts, e.g. `METRIC_UPDATE`; `job` for all of the job pipeline; not translated
 */
const char *
tsm_event_type_get_name (TsmEventType type)
{
  g_return_val_if_fail ((guint) type < TSM_N_EVENT_TYPES, NULL);

  return type_names[type];
}

/**
 * tsm_severity_get_name:
 *
 * Returns: the severity in upper case, e.g. `CRITICAL`; not translated
 */
const char *
tsm_severity_get_name (TsmSeverity severity)
{
  g_return_val_if_fail ((guint) severity < TSM_N_SEVERITIES, NULL);

  return severity_names[severity];
}

/**
 * tsm_event_get_event_type:
 *
 * Returns: the type, %TSM_EVENT_UNKNOWN where it could not be told; a rejected event may have a type, and then an
 *   empty payload
 */
TsmEventType
tsm_event_get_event_type (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), TSM_EVENT_UNKNOWN);

  return self->type;
}

/**
 * tsm_event_get_type_name:
 *
 * Returns: (nullable): the canonical name of the type: upper case in dialects A and B, lower case for jobs and errors
 */
const char *
tsm_event_get_type_name (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return self->type_name;
}

/**
 * tsm_event_get_dialect:
 *
 * Returns: the dialect, as far as its marks tell it
 */
TsmDialect
tsm_event_get_dialect (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), TSM_DIALECT_NONE);

  return self->dialect;
}

/**
 * tsm_event_get_dialect_name:
 *
 * Returns: (nullable): `a`, `b` or `c`
 */
const char *
tsm_event_get_dialect_name (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return dialect_names[self->dialect];
}

/**
 * tsm_event_get_source:
 *
 * Returns: the publisher's name for itself, at most 256 bytes; "" for the unnamed source
 */
const char *
tsm_event_get_source (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), "");

  return self->source != NULL ? self->source : "";
}

/**
 * tsm_event_get_channel:
 *
 * Returns: the channel it arrived on, valid UTF-8
 */
const char *
tsm_event_get_channel (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), "");

  return self->channel != NULL ? self->channel : "";
}

/**
 * tsm_event_get_timestamp:
 *
 * Returns: the source's own time of the event in µs since the epoch, %TSM_TIME_NONE where it has none
 */
gint64
tsm_event_get_timestamp (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), TSM_TIME_NONE);

  return self->timestamp;
}

/**
 * tsm_event_get_received:
 *
 * Returns: when it arrived here, in µs since the epoch
 */
gint64
tsm_event_get_received (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), 0);

  return self->received;
}

/**
 * tsm_event_get_received_monotonic:
 *
 * Returns: when it arrived here, in µs of g_get_monotonic_time()
 */
gint64
tsm_event_get_received_monotonic (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), 0);

  return self->received_monotonic;
}

/**
 * tsm_event_get_acceptance:
 *
 * Returns: whether the event is used, as its findings decide
 */
TsmAcceptance
tsm_event_get_acceptance (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), TSM_ACCEPTED_NO);

  return self->acceptance;
}

/**
 * tsm_event_get_acceptance_name:
 *
 * Returns: `yes`, `repaired` or `no`
 */
const char *
tsm_event_get_acceptance_name (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return acceptance_names[self->acceptance];
}

/**
 * tsm_event_get_n_findings:
 *
 * Returns: the number of findings, 0 for an event that was used as sent
 */
guint
tsm_event_get_n_findings (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), 0);

  return self->findings != NULL ? self->findings->len : 0;
}

/**
 * tsm_event_get_finding:
 *
 * Returns: (transfer none): the finding at @index, in the order in which they were made
 */
const TsmFinding *
tsm_event_get_finding (TsmEvent *self,
                       guint     index)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);
  g_return_val_if_fail (index < tsm_event_get_n_findings (self), NULL);

  return &g_array_index (self->findings, TsmFinding, index);
}

/**
 * tsm_event_get_size:
 *
 * Returns: the size of the message in bytes, as it arrived
 */
gsize
tsm_event_get_size (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), 0);

  return self->size;
}

/**
 * tsm_event_get_raw:
 *
 * Returns: (transfer none): the message; only its first 64 KiB where it was rejected as too large
 */
GBytes *
tsm_event_get_raw (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return self->raw;
}

/* Rejected for its bytes, so that there is no JSON to look at. */
static gboolean
is_json (TsmEvent *self)
{
  for (guint i = 0; i < tsm_event_get_n_findings (self); i++)
    {
      TsmFindingCode code = tsm_event_get_finding (self, i)->code;

      if (code >= TSM_FINDING_EMPTY && code < TSM_FINDING_NOT_AN_OBJECT)
        return FALSE;
    }

  return TRUE;
}

/**
 * tsm_event_dup_data:
 *
 * Parses the message again, through the same repairs of the text as when it was decoded: a byte-order mark is skipped,
 * JSON encoded twice is taken out of its string, and NaN and the like are null.
 *
 * Returns: (transfer full) (nullable): the whole event as a tree, NULL where it is not JSON
 */
JsonNode *
tsm_event_dup_data (TsmEvent *self)
{
  g_auto (TsmJson) json = { NULL };

  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  if (self->raw == NULL || !is_json (self) || !tsm_event_read_json (NULL, &json, self->raw, TSM_JSON_DEPTH_LIMIT))
    return NULL;

  return tsm_json_to_node (&json, json.tokens);
}

/**
 * tsm_event_get_metrics:
 *
 * Returns: (nullable): the payload of a METRIC_UPDATE
 */
const TsmMetricData *
tsm_event_get_metrics (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return self->type == TSM_EVENT_METRIC_UPDATE ? &self->body.metrics : NULL;
}

/**
 * tsm_event_get_health:
 *
 * Returns: (nullable): the health of a HEALTH_CHECK, or the `health_score` of a METRIC_UPDATE
 */
const TsmHealthData *
tsm_event_get_health (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  if (self->type == TSM_EVENT_METRIC_UPDATE)
    return &self->body.metrics.health;
  return self->type == TSM_EVENT_HEALTH_CHECK ? &self->body.health : NULL;
}

/**
 * tsm_event_get_alert:
 *
 * Returns: (nullable): the payload of an ALERT_TRIGGERED, an ALERT_RESOLVED or an error; where the event is accepted
 *   the message of the first and the last is not NULL
 */
const TsmAlertData *
tsm_event_get_alert (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  switch (self->type)
    {
    case TSM_EVENT_ALERT_TRIGGERED:
    case TSM_EVENT_ALERT_RESOLVED:
    case TSM_EVENT_ERROR:
      return &self->body.alert;

    case TSM_EVENT_UNKNOWN:
    case TSM_EVENT_METRIC_UPDATE:
    case TSM_EVENT_HEALTH_CHECK:
    case TSM_EVENT_SYSTEM_STATUS:
    case TSM_EVENT_JOB:
    case TSM_N_EVENT_TYPES:
    default:
      return NULL;
    }
}

/**
 * tsm_event_get_status:
 *
 * Returns: (nullable): the payload of a SYSTEM_STATUS
 */
const TsmStatusData *
tsm_event_get_status (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return self->type == TSM_EVENT_SYSTEM_STATUS ? &self->body.status : NULL;
}

/**
 * tsm_event_get_job:
 *
 * Returns: (nullable): the payload of a job event
 */
const TsmJobData *
tsm_event_get_job (TsmEvent *self)
{
  g_return_val_if_fail (TSM_IS_EVENT (self), NULL);

  return self->type == TSM_EVENT_JOB ? &self->body.job : NULL;
}
