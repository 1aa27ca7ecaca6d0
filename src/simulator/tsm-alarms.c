/* TsmAlarms: the alerts of one engine, raised, repeated and resolved by the figures of its market.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-alarms.h"

#include <math.h>

#include "events/tsm-event-data.h"

#define REPEAT_AFTER 10.0 /* s, while the condition holds and nobody has acknowledged it */
#define CALM_FOR     1.5  /* s below @clear before it counts as recovered */

/**
 * Rule:
 * @sign: 1 where high values are bad, -1 where low ones are
 * @raise: beyond it the alert is raised with @severity
 * @worse: beyond it the severity is @worst
 * @clear: the condition is over on this side of it
 */
typedef struct
{
  const char  *key;
  TsmMetricId  metric;
  int          sign;
  double       raise;
  double       worse;
  double       clear;
  TsmSeverity  severity;
  TsmSeverity  worst;
  const char  *component;
  const char  *message;
  const char  *recovery;
  const char  *suggested[3];
  const char  *automatic;
} Rule;

static const Rule rules[] = {
  { "mem", TSM_METRIC_MEMORY_PERCENT, 1, 85, 91, 80, TSM_SEVERITY_WARNING, TSM_SEVERITY_CRITICAL, "pattern_detection",
    "Memory above 85 %", "Memory is back under its limit",
    { "Force a garbage collection", "Restart the workers" }, "Batch size halved" },
  { "cpu", TSM_METRIC_CPU_PERCENT, 1, 90, 93, 80, TSM_SEVERITY_ERROR, TSM_SEVERITY_CRITICAL, "market_data",
    "CPU above 90 %", "CPU is back under its limit",
    { "Lower the batch size", "Add workers" }, NULL },
  { "db", TSM_METRIC_SLOW_QUERIES, 1, 5, 40, 3, TSM_SEVERITY_WARNING, TSM_SEVERITY_CRITICAL, "database",
    "More than 5 slow queries", "Queries are fast again",
    { "Check the slow query log" }, NULL },
  { "queue", TSM_METRIC_QUEUE_DEPTH, 1, 2000, 20000, 800, TSM_SEVERITY_ERROR, TSM_SEVERITY_CRITICAL, "market_data",
    "Ticks wait in the queue", "The queue is short again",
    { "Add workers", "Drop the slow timeframes" }, "Daily indicators postponed" },
  { "cache", TSM_METRIC_CACHE_HIT_RATE, -1, 0.40, 0.0, 0.70, TSM_SEVERITY_INFO, TSM_SEVERITY_WARNING, "database",
    "The cache is cold", "The cache is warm again",
    { NULL }, NULL },
};

/**
 * Alarm:
 * @id: (nullable): NULL while there is nothing wrong
 * @announced: whether an event with @id has been popped
 * @muted: an operator resolved it; it stays silent until the condition is over
 * @due: an event about it waits to be popped
 * @over: the event that waits says it is resolved
 */
typedef struct
{
  char        *id;
  TsmSeverity  severity;
  gboolean     announced;
  gboolean     acknowledged;
  gboolean     muted;
  gboolean     due;
  gboolean     over;
  double       since;
  double       last_due;
  double       calm_since;
  char        *actor;
  char        *notes;
} Alarm;

struct _TsmAlarms
{
  TsmMarket  *market; /* owned by the engine */
  TsmDialect  dialect;
  guint       serial;
  Alarm       alarms[G_N_ELEMENTS (rules)];
};

static void
alarm_reset (Alarm *alarm)
{
  g_free (alarm->id);
  g_free (alarm->actor);
  g_free (alarm->notes);
  *alarm = (Alarm) { .calm_since = NAN };
}

static void
alarm_end (Alarm      *alarm,
           const char *actor,
           const char *notes)
{
  if (!alarm->announced)
    {
      alarm_reset (alarm); /* it was over before anybody heard of it */
      return;
    }

  alarm->due = TRUE;
  alarm->over = TRUE;
  alarm->actor = g_strdup (actor);
  alarm->notes = g_strdup (notes);
}

static void
alarm_begin (TsmAlarms  *self,
             Alarm      *alarm,
             const Rule *rule,
             double      now)
{
  guint serial = self->serial++;

  alarm->id = self->dialect == TSM_DIALECT_B ? g_strdup_printf ("alert_%u", serial)
                                             : g_strdup_printf ("%s-%u", rule->key, serial);
  alarm->since = now;
  alarm->last_due = now;
  alarm->severity = rule->severity;
  alarm->due = TRUE;
}

static void
alarm_repeat (Alarm      *alarm,
              const Rule *rule,
              double      now,
              gboolean    is_worse)
{
  if (is_worse && alarm->severity != rule->worst)
    {
      alarm->severity = rule->worst;
      alarm->acknowledged = FALSE;
    }
  else if (alarm->acknowledged || now - alarm->last_due < REPEAT_AFTER)
    {
      return;
    }

  alarm->due = TRUE;
  alarm->last_due = now;
}

/* Whether the figure has been on the good side of @clear for a while. */
static gboolean
alarm_is_calm (Alarm    *alarm,
               gboolean  is_clear,
               double    now)
{
  if (!is_clear)
    alarm->calm_since = NAN;
  else if (isnan (alarm->calm_since))
    alarm->calm_since = now;

  return is_clear && now - alarm->calm_since >= CALM_FOR;
}

static void
update_alarm (TsmAlarms  *self,
              Alarm      *alarm,
              const Rule *rule)
{
  double now = tsm_market_get_elapsed (self->market);
  double value = rule->sign * tsm_market_get (self->market, rule->metric);
  gboolean is_bad = value > rule->sign * rule->raise;
  gboolean is_calm = alarm_is_calm (alarm, value < rule->sign * rule->clear, now);

  if (alarm->over)
    return;

  if (alarm->muted)
    alarm->muted = !is_calm;
  else if (alarm->id == NULL && is_bad)
    alarm_begin (self, alarm, rule, now);
  else if (alarm->id != NULL && is_calm)
    alarm_end (alarm, "auto-recovery", rule->recovery);
  else if (alarm->id != NULL && is_bad)
    alarm_repeat (alarm, rule, now, value > rule->sign * rule->worse);
}

TsmAlarms *
tsm_alarms_new (TsmMarket  *market,
                TsmDialect  dialect,
                guint       first_serial)
{
  TsmAlarms *self = g_new0 (TsmAlarms, 1);

  self->market = market;
  self->dialect = dialect;
  self->serial = first_serial;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    self->alarms[i].calm_since = NAN;

  return self;
}

void
tsm_alarms_free (TsmAlarms *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    alarm_reset (&self->alarms[i]);
  g_free (self);
}

/**
 * tsm_alarms_update:
 *
 * Looks at the market; call it after each advance.
 */
void
tsm_alarms_update (TsmAlarms *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    update_alarm (self, &self->alarms[i], &rules[i]);
}

static void
add_number (TsmAlertData *data,
            const char   *name,
            double        value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  tsm_details_add (&data->details, name, g_ascii_formatd (text, sizeof text, "%.4g", value));
}

static char **
copy_texts (const char * const *texts)
{
  return texts[0] != NULL ? g_strdupv ((char **) texts) : NULL;
}

static void
fill_triggered (TsmAlarms    *self,
                Alarm        *alarm,
                const Rule   *rule,
                TsmAlertData *data)
{
  const char *automatic[] = { rule->automatic, NULL };

  data->severity = alarm->severity;
  data->component = g_strdup (rule->component);
  data->message = g_strdup (rule->message);
  add_number (data, "threshold", rule->raise);
  add_number (data, "current_value", tsm_market_get (self->market, rule->metric));
  add_number (data, "duration_seconds", floor (tsm_market_get_elapsed (self->market) - alarm->since));
  if (self->dialect == TSM_DIALECT_A)
    {
      data->suggested_actions = copy_texts (rule->suggested);
      data->auto_responses = copy_texts (automatic);
    }
}

/**
 * tsm_alarms_pop:
 * @data: an initialised payload
 * @resolved: (out): whether it is for an ALERT_RESOLVED
 *
 * Takes the next event that is due.
 *
 * Returns: whether there was one
 */
gboolean
tsm_alarms_pop (TsmAlarms    *self,
                TsmAlertData *data,
                gboolean     *resolved)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      Alarm *alarm = &self->alarms[i];

      if (!alarm->due)
        continue;

      alarm->due = FALSE;
      alarm->announced = TRUE;
      *resolved = alarm->over;
      data->id = g_strdup (alarm->id);
      if (alarm->over)
        {
          gboolean muted = alarm->muted;

          data->actor = g_steal_pointer (&alarm->actor);
          data->notes = g_steal_pointer (&alarm->notes);
          alarm_reset (alarm);
          alarm->muted = muted;
        }
      else
        {
          fill_triggered (self, alarm, &rules[i], data);
        }
      return TRUE;
    }

  return FALSE;
}

static Alarm *
find_alarm (TsmAlarms  *self,
            const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (self->alarms[i].announced && !self->alarms[i].over && g_strcmp0 (self->alarms[i].id, id) == 0)
        return &self->alarms[i];
    }

  return NULL;
}

/**
 * tsm_alarms_acknowledge:
 *
 * The alert stops repeating, until it gets worse.
 *
 * Returns: whether there is an open alert @id
 */
gboolean
tsm_alarms_acknowledge (TsmAlarms  *self,
                        const char *id)
{
  Alarm *alarm = find_alarm (self, id);

  if (alarm == NULL)
    return FALSE;

  alarm->acknowledged = TRUE;
  alarm->due = FALSE;
  return TRUE;
}

/**
 * tsm_alarms_resolve:
 * @actor: (nullable)
 * @notes: (nullable)
 *
 * The alert ends though its condition may still hold; it is not raised again before that has passed.
 *
 * Returns: whether there is an open alert @id
 */
gboolean
tsm_alarms_resolve (TsmAlarms  *self,
                    const char *id,
                    const char *actor,
                    const char *notes)
{
  Alarm *alarm = find_alarm (self, id);

  if (alarm == NULL)
    return FALSE;

  alarm->muted = TRUE;
  alarm_end (alarm, actor, notes);
  return TRUE;
}
