/* TsmEvent: one message as it was understood. Immutable once decoded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "events/tsm-finding.h"
#include "events/tsm-metric.h"

G_BEGIN_DECLS

/* No time known: every time is µs since the epoch, UTC. */
#define TSM_TIME_NONE G_MININT64

/**
 * TsmEventType:
 *
 * The event types of docs/event-format.md. The canonical names of dialects A and B are upper case, of C lower case,
 * as they stand on the wire.
 */
typedef enum
{
  TSM_EVENT_UNKNOWN,
  TSM_EVENT_METRIC_UPDATE,
  TSM_EVENT_ALERT_TRIGGERED,
  TSM_EVENT_ALERT_RESOLVED,
  TSM_EVENT_HEALTH_CHECK,
  TSM_EVENT_SYSTEM_STATUS,
  TSM_EVENT_JOB,   /* any of the job pipeline's events; the wire's own name is kept */
  TSM_EVENT_ERROR,
  TSM_N_EVENT_TYPES
} TsmEventType;

const char *tsm_event_type_get_name (TsmEventType type); /* "METRIC_UPDATE", "job"; not translated */

typedef enum
{
  TSM_DIALECT_NONE,
  TSM_DIALECT_A,
  TSM_DIALECT_B,
  TSM_DIALECT_C,
} TsmDialect;

/**
 * TsmAcceptance:
 * @TSM_ACCEPTED_YES: used as sent, without a finding
 * @TSM_ACCEPTED_REPAIRED: used, with the findings that it carries
 * @TSM_ACCEPTED_NO: not used; kept as raw bytes with the findings that say why
 */
typedef enum
{
  TSM_ACCEPTED_YES,
  TSM_ACCEPTED_REPAIRED,
  TSM_ACCEPTED_NO,
} TsmAcceptance;

/* Ascending: a larger value is worse. */
typedef enum
{
  TSM_SEVERITY_INFO,
  TSM_SEVERITY_WARNING,
  TSM_SEVERITY_ERROR,
  TSM_SEVERITY_CRITICAL,
  TSM_SEVERITY_EMERGENCY,
  TSM_N_SEVERITIES
} TsmSeverity;

const char *tsm_severity_get_name (TsmSeverity severity); /* "CRITICAL", not translated */

/* Which way a trend points. */
typedef enum
{
  TSM_TREND_UNKNOWN,
  TSM_TREND_STABLE,
  TSM_TREND_INCREASING,
  TSM_TREND_DECREASING,
} TsmTrendDirection;

/**
 * TsmTrend:
 * @rate: change per minute in the metric's unit, NaN where absent
 * @prediction_1h: in the metric's unit, NaN where absent
 */
typedef struct
{
  TsmTrendDirection direction;
  double            rate;
  double            prediction_1h;
} TsmTrend;

/* A name and the text of its value, from `details{}`, `context{}` and the like, in the wire's order. */
typedef struct
{
  char *name;
  char *value;
} TsmDetail;

/**
 * TsmComponentHealth:
 * @name: e.g. `pattern_detection`
 * @status: (nullable): the wire's word, e.g. `OK`, `degraded`
 * @score: 0–100, NaN where absent
 * @details: (nullable): the wire's text, or the other members as "latency_ms 4, …"
 */
typedef struct
{
  char   *name;
  char   *status;
  double  score;
  char   *details;
} TsmComponentHealth;

/* One number below `metrics` that is not in the catalogue; @path is relative to `metrics`. */
typedef struct
{
  char   *path;
  double  value;
} TsmCustomMetric;

/**
 * TsmHealthData:
 * @overall: 0–100, NaN where absent
 * @status: (nullable): the wire's word
 * @uptime_seconds: NaN where absent
 * @components: (element-type TsmComponentHealth)
 * @recommendations: (nullable): NULL-terminated; NULL where the event has no such member
 */
typedef struct
{
  double   overall;
  char    *status;
  double   uptime_seconds;
  GArray  *components;
  char   **recommendations;
} TsmHealthData;

/**
 * TsmMetricData:
 * @present: bit N is set where values[N] was sent
 * @values: by TsmMetricId, in the catalogue's unit
 * @custom: (element-type TsmCustomMetric) (nullable)
 * @timeframes: (nullable): active timeframes, NULL-terminated; NULL where not sent
 * @health: from `health_score` and `recommendations`; overall is NaN where not sent
 */
typedef struct
{
  guint64        present;
  double         values[TSM_N_METRICS];
  GArray        *custom;
  char         **timeframes;
  TsmHealthData  health;
  TsmTrend       cpu_trend;
  TsmTrend       memory_trend;
} TsmMetricData;

G_STATIC_ASSERT (TSM_N_METRICS <= 64);

/**
 * TsmAlertData:
 *
 * Of ALERT_TRIGGERED and ALERT_RESOLVED, and of `error` events: those have id NULL.
 * @details: (element-type TsmDetail) (nullable)
 * @actor: (nullable): who resolved it
 * @notes: (nullable): `notes` or `reason`
 */
typedef struct
{
  char         *id;
  TsmSeverity   severity;
  char         *component;
  char         *message;
  char         *error_code;
  GArray       *details;
  char        **suggested_actions;
  char        **auto_responses;
  char         *actor;
  char         *notes;
} TsmAlertData;

/* Of SYSTEM_STATUS. uptime_seconds and events_published are NaN where absent. */
typedef struct
{
  char   *status;   /* upper case */
  char   *message;
  double  uptime_seconds;
  double  events_published;
  GArray *details;
} TsmStatusData;

typedef enum
{
  TSM_JOB_STARTED,
  TSM_JOB_PROGRESS,
  TSM_JOB_COMPLETED,
} TsmJobStage;

/**
 * TsmJobData:
 *
 * Of dialect C's job events. Numbers are NaN where absent.
 * @run_id: ties the events of one run together
 * @phase: e.g. `data_import`; from the payload or, where absent, from the event's name
 * @percentage: 0–100
 * @success_rate: 0–100 or 0–1, as sent
 * @estimated_completion: µs since the epoch or TSM_TIME_NONE
 */
typedef struct
{
  TsmJobStage  stage;
  char        *run_id;
  char        *phase;
  char        *current_symbol;
  double       total;
  double       completed;
  double       failed;
  double       processed;
  double       remaining;
  double       percentage;
  double       avg_processing_ms;
  double       duration_seconds;
  double       success_rate;
  gint64       estimated_completion;
} TsmJobData;

#define TSM_TYPE_EVENT (tsm_event_get_type ())
G_DECLARE_FINAL_TYPE (TsmEvent, tsm_event, TSM, EVENT, GObject)

TsmEventType         tsm_event_get_event_type  (TsmEvent *self);
const char          *tsm_event_get_type_name   (TsmEvent *self); /* canonical; NULL where it cannot be told */
TsmDialect           tsm_event_get_dialect     (TsmEvent *self);
const char          *tsm_event_get_dialect_name (TsmEvent *self); /* "a", "b", "c" or NULL */
const char          *tsm_event_get_source      (TsmEvent *self); /* never NULL; "" for the unnamed source */
const char          *tsm_event_get_channel     (TsmEvent *self); /* never NULL */
gint64               tsm_event_get_timestamp   (TsmEvent *self); /* what the source says, or TSM_TIME_NONE */
gint64               tsm_event_get_received    (TsmEvent *self); /* µs since the epoch */
gint64               tsm_event_get_received_monotonic (TsmEvent *self); /* µs, g_get_monotonic_time() */
TsmAcceptance        tsm_event_get_acceptance  (TsmEvent *self);
const char          *tsm_event_get_acceptance_name (TsmEvent *self); /* "yes", "repaired", "no" */
guint                tsm_event_get_n_findings  (TsmEvent *self);
const TsmFinding    *tsm_event_get_finding     (TsmEvent *self,
                                                guint     index);
gsize                tsm_event_get_size        (TsmEvent *self); /* bytes as they arrived */
GBytes              *tsm_event_get_raw         (TsmEvent *self); /* the first 64 KiB where rejected as too large, else all */
JsonNode            *tsm_event_dup_data        (TsmEvent *self); /* the whole event as repaired JSON, parsed again; NULL where rejected as JSON */
char                *tsm_event_dup_summary     (TsmEvent *self); /* one translated line for people */

const TsmMetricData *tsm_event_get_metrics     (TsmEvent *self); /* NULL unless METRIC_UPDATE */
const TsmHealthData *tsm_event_get_health      (TsmEvent *self); /* of METRIC_UPDATE and HEALTH_CHECK, else NULL */
const TsmAlertData  *tsm_event_get_alert       (TsmEvent *self); /* of ALERT_* and error, else NULL */
const TsmStatusData *tsm_event_get_status      (TsmEvent *self); /* NULL unless SYSTEM_STATUS */
const TsmJobData    *tsm_event_get_job         (TsmEvent *self); /* NULL unless JOB */

G_END_DECLS
