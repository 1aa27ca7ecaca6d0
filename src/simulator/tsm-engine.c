/* TsmEngine: one simulated publisher: it says what comes next, and answers commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-engine.h"

#include <math.h>

#include "events/tsm-event-data.h"
#include "events/tsm-event-writer.h"
#include "simulator/tsm-alarms.h"
#include "simulator/tsm-checkup.h"
#include "simulator/tsm-job-run.h"
#include "simulator/tsm-market.h"

#define HEALTH_CHECK_EVERY 60.0   /* s */
#define STATUS_EVERY       300.0  /* s */
#define EARLIER_UPTIME     184220 /* s: it ran before we joined */

struct _TsmEngine
{
  TsmDialect  dialect;
  char       *source;
  TsmMarket  *market;    /* NULL in dialect C */
  TsmAlarms  *alarms;    /* NULL in dialect C */
  TsmJobRun  *job;       /* NULL but in dialect C */
  guint       disabled;  /* components, by bit */
  guint64     n_events;
  gboolean    had_notice; /* the last event was not metrics: the next one is */
  double      next_health; /* s of the market's time */
  double      next_status;
  gboolean    health_due;
  char       *status_message; /* the status is due where this is set */
};

/* What a dialect's METRIC_UPDATE has. */
static const TsmMetricId metrics_of_a[] = {
  TSM_METRIC_CPU_PERCENT, TSM_METRIC_MEMORY_PERCENT, TSM_METRIC_MEMORY_MB, TSM_METRIC_THREAD_COUNT, TSM_METRIC_DISK_PERCENT,
  TSM_METRIC_NETWORK_SENT, TSM_METRIC_NETWORK_RECEIVED, TSM_METRIC_PATTERNS_PER_SECOND, TSM_METRIC_INDICATORS_PER_SECOND,
  TSM_METRIC_PATTERN_DETECTION_MS, TSM_METRIC_INDICATOR_CALC_MS, TSM_METRIC_CACHE_HIT_RATE, TSM_METRIC_SYMBOLS_PROCESSED,
  TSM_METRIC_DATABASE_CONNECTIONS, TSM_METRIC_QUERY_MS, TSM_METRIC_SLOW_QUERIES, TSM_METRIC_REDIS_MESSAGES,
  TSM_METRIC_REDIS_CLIENTS, TSM_METRIC_REDIS_MEMORY_MB,
};

static const TsmMetricId metrics_of_b[] = {
  TSM_METRIC_CPU_PERCENT, TSM_METRIC_MEMORY_PERCENT, TSM_METRIC_DISK_PERCENT, TSM_METRIC_NETWORK_SENT,
  TSM_METRIC_NETWORK_RECEIVED, TSM_METRIC_TICKS_PER_SECOND, TSM_METRIC_PATTERNS_DETECTED, TSM_METRIC_ACTIVE_BACKTESTS,
  TSM_METRIC_QUEUE_DEPTH, TSM_METRIC_DATABASE_CONNECTED, TSM_METRIC_DATABASE_CONNECTIONS, TSM_METRIC_QUERY_MS,
  TSM_METRIC_REDIS_CONNECTED, TSM_METRIC_REDIS_CHANNELS, TSM_METRIC_REDIS_PUBLISHED, TSM_METRIC_REDIS_MEMORY_MB,
};

/* As many decimals as an engine would send: 10^n, by unit. */
static const double decimals[] = {
  [TSM_UNIT_PERCENT] = 10, [TSM_UNIT_RATIO] = 1000, [TSM_UNIT_COUNT] = 1, [TSM_UNIT_PER_SECOND] = 10,
  [TSM_UNIT_MILLISECOND] = 100, [TSM_UNIT_MIB] = 10, [TSM_UNIT_BYTES] = 1, [TSM_UNIT_BOOLEAN] = 1,
  [TSM_UNIT_TIME] = 1e6, [TSM_UNIT_NONE] = 1,
};

static const char * const timeframes_quiet[] = { "hourly", "daily", NULL };
static const char * const timeframes_open[] = { "1min", "5min", "hourly", "daily", NULL };

typedef struct
{
  TsmDialect  dialect;
  const char *name;
} SourceName;

static const SourceName source_names[] = {
  { TSM_DIALECT_A, "TickStockPL" }, { TSM_DIALECT_B, "TickStockPL-Simulator" }, { TSM_DIALECT_C, "job_progress_tracker" },
};

static char *
make_source (TsmDialect dialect,
             guint      index)
{
  const char *name = "";

  for (guint i = 0; i < G_N_ELEMENTS (source_names); i++)
    {
      if (source_names[i].dialect == dialect)
        name = source_names[i].name;
    }

  return index == 0 ? g_strdup (name) : g_strdup_printf ("%s-%u", name, index + 1);
}

/**
 * tsm_engine_new:
 * @index: counts the engines of this dialect from 0; the first has the plain name, and its incidents begin at once
 * @seed: the same seed gives the same events
 * @day_seconds: see tsm_market_new()
 *
 * Returns: (transfer full): a publisher
 */
TsmEngine *
tsm_engine_new (TsmDialect dialect,
                guint      index,
                guint32    seed,
                double     day_seconds)
{
  TsmEngine *self;
  guint32 own_seed = (seed * 2654435761u) ^ ((index * 3 + dialect) * 40503u + 1);
  double delay = index == 0 ? (dialect == TSM_DIALECT_A ? 0 : 30) : 12 + own_seed % 97;

  g_return_val_if_fail (dialect != TSM_DIALECT_NONE, NULL);

  self = g_new0 (TsmEngine, 1);
  self->dialect = dialect;
  self->source = make_source (dialect, index);
  if (dialect == TSM_DIALECT_C)
    {
      self->job = tsm_job_run_new (own_seed);
      return self;
    }

  self->market = tsm_market_new (own_seed, day_seconds, delay);
  self->alarms = tsm_alarms_new (self->market, dialect, 1000 + own_seed % 9000);
  self->disabled = tsm_checkup_get_initially_disabled (dialect);
  self->next_health = HEALTH_CHECK_EVERY;
  self->next_status = STATUS_EVERY;
  self->health_due = TRUE;
  self->status_message = g_strdup ("Ready");

  return self;
}

void
tsm_engine_free (TsmEngine *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_clear_pointer (&self->alarms, tsm_alarms_free);
  g_clear_pointer (&self->market, tsm_market_free);
  g_clear_pointer (&self->job, tsm_job_run_free);
  g_free (self->status_message);
  g_free (self);
}

static char *
write_metrics (TsmEngine *self,
               gint64     now)
{
  gboolean is_a = self->dialect == TSM_DIALECT_A;
  const TsmMetricId *ids = is_a ? metrics_of_a : metrics_of_b;
  guint n_ids = is_a ? G_N_ELEMENTS (metrics_of_a) : G_N_ELEMENTS (metrics_of_b);
  g_auto (TsmMetricData) data;

  tsm_metric_data_init (&data);
  for (guint i = 0; i < n_ids; i++)
    {
      double scale = decimals[tsm_metric_get_info (ids[i])->unit];

      tsm_metric_data_set (&data, ids[i], round (tsm_market_get (self->market, ids[i]) * scale) / scale);
    }
  tsm_checkup_fill (self->market, self->dialect, self->disabled, FALSE, &data.health);

  if (is_a)
    {
      gboolean open = tsm_market_is_session_open (self->market);

      data.timeframes = g_strdupv ((char **) (open ? timeframes_open : timeframes_quiet));
      tsm_market_get_trend (self->market, TSM_METRIC_CPU_PERCENT, &data.cpu_trend);
      tsm_market_get_trend (self->market, TSM_METRIC_MEMORY_PERCENT, &data.memory_trend);
    }
  else
    {
      tsm_metric_data_set (&data, TSM_METRIC_DATABASE_LAST_WRITE, (now - 120 * 1000) / 1e6);
    }

  return tsm_event_writer_metrics (self->dialect, self->source, now, &data);
}

static double
get_uptime (TsmEngine *self)
{
  return floor (EARLIER_UPTIME + tsm_market_get_elapsed (self->market));
}

static char *
write_health_check (TsmEngine *self,
                    gint64     now)
{
  g_auto (TsmHealthData) data;

  tsm_health_data_init (&data);
  tsm_checkup_fill (self->market, self->dialect, self->disabled, TRUE, &data);
  if (self->dialect == TSM_DIALECT_A)
    data.uptime_seconds = get_uptime (self);

  return tsm_event_writer_health_check (self->dialect, self->source, now, &data);
}

static char *
write_status (TsmEngine  *self,
              gint64      now,
              const char *message)
{
  g_auto (TsmStatusData) data;

  tsm_status_data_init (&data);
  data.status = g_strdup ("RUNNING");
  data.message = g_strdup (message);
  data.uptime_seconds = get_uptime (self);
  if (self->dialect == TSM_DIALECT_B)
    data.events_published = self->n_events;

  return tsm_event_writer_system_status (self->dialect, self->source, now, &data);
}

static char *
write_alarm (TsmEngine *self,
             gint64     now)
{
  g_auto (TsmAlertData) data;
  gboolean resolved;

  tsm_alert_data_init (&data);
  if (!tsm_alarms_pop (self->alarms, &data, &resolved))
    return NULL;

  return resolved ? tsm_event_writer_alert_resolved (self->dialect, self->source, now, &data)
                  : tsm_event_writer_alert_triggered (self->dialect, self->source, now, &data);
}

/* What is due besides metrics, or NULL. */
static char *
write_notice (TsmEngine *self,
              gint64     now)
{
  char *text = write_alarm (self, now);

  if (text != NULL)
    return text;

  if (self->health_due)
    {
      self->health_due = FALSE;
      return write_health_check (self, now);
    }

  if (self->status_message != NULL)
    {
      g_autofree char *message = g_steal_pointer (&self->status_message);

      return write_status (self, now, message);
    }

  return NULL;
}

static void
set_status_message (TsmEngine  *self,
                    const char *message)
{
  g_free (self->status_message);
  self->status_message = g_strdup (message);
}

static void
advance (TsmEngine *self,
         double     seconds)
{
  double elapsed;

  tsm_market_advance (self->market, seconds);
  tsm_alarms_update (self->alarms);

  elapsed = tsm_market_get_elapsed (self->market);
  if (elapsed >= self->next_health)
    {
      self->next_health = elapsed + HEALTH_CHECK_EVERY;
      self->health_due = TRUE;
    }
  if (elapsed >= self->next_status)
    {
      self->next_status = elapsed + STATUS_EVERY;
      set_status_message (self, "Running");
    }
}

static void
next_of_job (TsmEngine      *self,
             double          seconds,
             gint64          now,
             TsmEngineEvent *event)
{
  g_auto (TsmAlertData) error;
  g_auto (TsmJobData) job;

  tsm_alert_data_init (&error);
  tsm_job_data_init (&job);
  event->is_error = tsm_job_run_pop_error (self->job, &error);
  if (event->is_error)
    {
      event->text = tsm_event_writer_error (self->source, now, &error);
      return;
    }

  tsm_job_run_next (self->job, seconds, now, &job);
  event->text = tsm_event_writer_job (self->source, now, &job);
}

/**
 * tsm_engine_next:
 * @seconds: s since its previous event, as the model shall count them
 * @now: µs since the epoch, for the timestamp
 * @event: (out caller-allocates): the text is (transfer full)
 *
 * Lets time pass and makes the next event. What is due besides metrics takes every other turn at most.
 */
void
tsm_engine_next (TsmEngine      *self,
                 double          seconds,
                 gint64          now,
                 TsmEngineEvent *event)
{
  *event = (TsmEngineEvent) { NULL, FALSE };
  self->n_events++;
  if (self->job != NULL)
    {
      next_of_job (self, seconds, now, event);
      return;
    }

  advance (self, seconds);
  if (!self->had_notice && self->n_events > 1)
    event->text = write_notice (self, now);
  self->had_notice = event->text != NULL;
  if (event->text == NULL)
    event->text = write_metrics (self, now);
}

/**
 * tsm_engine_pop_answer:
 * @now: µs since the epoch, for the timestamp
 * @event: (out caller-allocates): the text is (transfer full)
 *
 * Takes what is to be said at once after a command; no time passes.
 *
 * Returns: whether there was something
 */
gboolean
tsm_engine_pop_answer (TsmEngine      *self,
                       gint64          now,
                       TsmEngineEvent *event)
{
  *event = (TsmEngineEvent) { NULL, FALSE };
  if (self->market == NULL)
    return FALSE;

  event->text = write_notice (self, now);
  if (event->text != NULL)
    self->n_events++;

  return event->text != NULL;
}

static gboolean
enable_component (TsmEngine  *self,
                  const char *name)
{
  guint bit;

  if (name == NULL || !tsm_checkup_find_component (name, &bit))
    return FALSE;

  self->disabled &= ~(1u << bit);
  self->health_due = TRUE;
  return TRUE;
}

typedef struct
{
  void      (*run) (TsmMarket *market);
  const char *message;
} Maintenance;

static const Maintenance maintenances[TSM_N_COMMANDS] = {
  [TSM_COMMAND_CLEAR_CACHE] = { tsm_market_clear_cache, "Cache cleared" },
  [TSM_COMMAND_FORCE_GC] = { tsm_market_force_gc, "Garbage collected" },
  [TSM_COMMAND_RELOAD_PATTERNS] = { tsm_market_reload_patterns, "Patterns reloaded" },
  [TSM_COMMAND_RESTART_WORKERS] = { tsm_market_restart_workers, "Workers restarted" },
};

/**
 * tsm_engine_command:
 *
 * Does what @command asks; the answer is then taken with tsm_engine_pop_answer().
 *
 * Returns: whether it meant anything to this engine
 */
gboolean
tsm_engine_command (TsmEngine        *self,
                    const TsmCommand *command)
{
  g_return_val_if_fail (command->id < TSM_N_COMMANDS, FALSE);

  if (self->market == NULL)
    return FALSE;

  switch (command->id)
    {
    case TSM_COMMAND_FORCE_HEALTH_CHECK:
      self->health_due = TRUE;
      return TRUE;

    case TSM_COMMAND_ENABLE_COMPONENT:
      return enable_component (self, command->component_name);

    case TSM_COMMAND_ALERT_ACKNOWLEDGED:
      return tsm_alarms_acknowledge (self->alarms, command->alert_id);

    case TSM_COMMAND_ALERT_RESOLVED:
      return tsm_alarms_resolve (self->alarms, command->alert_id, command->requested_by, command->notes);

    default:
      maintenances[command->id].run (self->market);
      set_status_message (self, maintenances[command->id].message);
      return TRUE;
    }
}
