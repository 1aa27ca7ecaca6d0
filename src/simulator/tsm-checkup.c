/* The checkup: what an engine says about its own health, worked out from the figures of its market.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-checkup.h"

#include <math.h>

#include "events/tsm-event-data.h"

/**
 * Component:
 * @weight: what share of its missing points the overall score loses
 * @score: 0–100
 * @words: what dialect A says about it
 * @figure: the number that dialect B sends along
 */
typedef struct
{
  const char *name;
  double      weight;
  double    (*score) (TsmMarket *market);
  char     *(*words) (TsmMarket *market);
  char     *(*figure) (TsmMarket *market);
} Component;

/* How far @metric is above @limit. */
static double
excess (TsmMarket   *market,
        TsmMetricId  metric,
        double       limit)
{
  return MAX (0, tsm_market_get (market, metric) - limit);
}

static double
patterns_score (TsmMarket *market)
{
  return 97 - 2.2 * excess (market, TSM_METRIC_PATTERN_DETECTION_MS, 5) - 0.8 * excess (market, TSM_METRIC_MEMORY_PERCENT, 70) -
         4 * MAX (0, 10 - tsm_market_get_workers (market));
}

static double
market_data_score (TsmMarket *market)
{
  return 98 - MIN (55, excess (market, TSM_METRIC_QUEUE_DEPTH, 60) / 150) - 0.5 * excess (market, TSM_METRIC_CPU_PERCENT, 75);
}

static double
database_score (TsmMarket *market)
{
  return 96 - 2.8 * tsm_market_get (market, TSM_METRIC_SLOW_QUERIES) - 0.4 * excess (market, TSM_METRIC_QUERY_MS, 12);
}

static double
redis_score (TsmMarket *market)
{
  return 99 - 0.1 * excess (market, TSM_METRIC_REDIS_MEMORY_MB, 40);
}

static double
backtesting_score (TsmMarket *market)
{
  return 94 - 7 * excess (market, TSM_METRIC_ACTIVE_BACKTESTS, 2);
}

static char *
patterns_words (TsmMarket *market)
{
  return g_strdup_printf ("%.0f of 12 workers", tsm_market_get_workers (market));
}

static char *
market_data_words (TsmMarket *market)
{
  return g_strdup_printf ("%.0f ticks waiting", tsm_market_get (market, TSM_METRIC_QUEUE_DEPTH));
}

static char *
database_words (TsmMarket *market)
{
  return g_strdup_printf ("%.0f slow queries", tsm_market_get (market, TSM_METRIC_SLOW_QUERIES));
}

static char *
backtesting_words (TsmMarket *market)
{
  return g_strdup_printf ("%.0f backtests", tsm_market_get (market, TSM_METRIC_ACTIVE_BACKTESTS));
}

static char *
patterns_figure (TsmMarket *market)
{
  return g_strdup_printf ("patterns_per_sec %.0f", tsm_market_get (market, TSM_METRIC_PATTERNS_PER_SECOND));
}

static char *
market_data_figure (TsmMarket *market)
{
  return g_strdup_printf ("latency_ms %.0f", 2 + tsm_market_get (market, TSM_METRIC_QUEUE_DEPTH) / 40);
}

static char *
database_figure (TsmMarket *market)
{
  return g_strdup_printf ("connections %.0f", tsm_market_get (market, TSM_METRIC_DATABASE_CONNECTIONS));
}

static char *
redis_figure (TsmMarket *market)
{
  return g_strdup_printf ("memory_mb %.0f", tsm_market_get (market, TSM_METRIC_REDIS_MEMORY_MB));
}

static char *
backtesting_figure (TsmMarket *market)
{
  return g_strdup_printf ("active_jobs %.0f", tsm_market_get (market, TSM_METRIC_ACTIVE_BACKTESTS));
}

static const Component components[] = {
  { "pattern_detection", 0.55, patterns_score,    patterns_words,    patterns_figure },
  { "market_data",       0.45, market_data_score, market_data_words, market_data_figure },
  { "database",          0.40, database_score,    database_words,    database_figure },
  { "redis",             0.30, redis_score,       NULL,              redis_figure },
  { "backtesting",       0.10, backtesting_score, backtesting_words, backtesting_figure },
};

#define BACKTESTING 4 /* its bit */

typedef struct
{
  double      least; /* score */
  const char *a;
  const char *b;
} Word;

static const Word component_words[] = { { 85, "OK", "healthy" }, { 60, "DEGRADED", "warning" }, { 0, "CRITICAL", "critical" } };
static const Word overall_words[] = {
  { 75, "HEALTHY", "healthy" }, { 60, "DEGRADED", "warning" }, { 40, "UNHEALTHY", "warning" }, { 0, "CRITICAL", "critical" },
};

static const char *
find_word (const Word *words,
           TsmDialect  dialect,
           double      score)
{
  while (score < words->least)
    words++;

  return dialect == TSM_DIALECT_B ? words->b : words->a;
}

typedef struct
{
  TsmMetricId  metric;
  double       above;
  const char  *text;
} Advice;

static const Advice advices[] = {
  { TSM_METRIC_MEMORY_PERCENT, 80, "Memory grows: collect garbage, or restart the workers" },
  { TSM_METRIC_CPU_PERCENT, 85, "Lower the batch size until the burst is over" },
  { TSM_METRIC_SLOW_QUERIES, 3, "Check the slow query log" },
  { TSM_METRIC_QUEUE_DEPTH, 1500, "Ticks wait too long: add workers" },
  { TSM_METRIC_DISK_PERCENT, 60, "Archive old tick files" },
};

static char **
collect_advice (TsmMarket *market)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    {
      if (tsm_market_get (market, advices[i].metric) > advices[i].above)
        g_strv_builder_add (builder, advices[i].text);
    }

  return g_strv_builder_end (builder);
}

guint
tsm_checkup_get_initially_disabled (TsmDialect dialect)
{
  return dialect == TSM_DIALECT_A ? 1u << BACKTESTING : 0;
}

/**
 * tsm_checkup_find_component:
 * @name: as on the wire
 * @bit: (out): its place in a mask
 *
 * Returns: whether there is such a component
 */
gboolean
tsm_checkup_find_component (const char *name,
                            guint      *bit)
{
  for (guint i = 0; i < G_N_ELEMENTS (components); i++)
    {
      if (g_str_equal (components[i].name, name))
        {
          *bit = i;
          return TRUE;
        }
    }

  return FALSE;
}

static double
round_score (double score)
{
  return round (CLAMP (score, 3, 100) * 10) / 10;
}

/* A METRIC_UPDATE has a bare score (A) or word (B) per component, a HEALTH_CHECK says more. */
static void
add_component (TsmHealthData   *data,
               const Component *component,
               TsmMarket       *market,
               TsmDialect       dialect,
               double           score,
               gboolean         detailed)
{
  char *(*describe) (TsmMarket *) = dialect == TSM_DIALECT_B ? component->figure : component->words;
  g_autofree char *details = detailed && describe != NULL ? describe (market) : NULL;
  const char *word = find_word (component_words, dialect, score);

  tsm_health_data_add_component (data, component->name, dialect == TSM_DIALECT_B || detailed ? word : NULL,
                                 dialect == TSM_DIALECT_B ? NAN : score, details);
}

/* Dialect A has no bare words, so there it is an object with a reason. */
static void
add_disabled (TsmHealthData   *data,
              const Component *component,
              TsmDialect       dialect)
{
  if (dialect == TSM_DIALECT_B)
    tsm_health_data_add_component (data, component->name, "disabled", NAN, NULL);
  else
    tsm_health_data_add_component (data, component->name, "DISABLED", NAN, "Switched off during the session");
}

/**
 * tsm_checkup_fill:
 * @disabled: a bit for each component that does not run
 * @detailed: as a HEALTH_CHECK wants it; otherwise as a METRIC_UPDATE does
 * @data: an initialised payload
 *
 * Writes scores, words, components and, in dialect A, recommendations.
 */
void
tsm_checkup_fill (TsmMarket     *market,
                  TsmDialect     dialect,
                  guint          disabled,
                  gboolean       detailed,
                  TsmHealthData *data)
{
  double overall = 100;

  for (guint i = 0; i < G_N_ELEMENTS (components); i++)
    {
      double score = round_score (components[i].score (market));

      if (disabled & (1u << i))
        {
          add_disabled (data, &components[i], dialect);
          overall -= 1;
          continue;
        }
      add_component (data, &components[i], market, dialect, score, detailed);
      overall -= components[i].weight * (100 - score);
    }

  data->overall = dialect == TSM_DIALECT_B && detailed ? NAN : round_score (overall);
  data->status = g_strdup (find_word (overall_words, dialect, round_score (overall)));
  if (dialect == TSM_DIALECT_A)
    data->recommendations = collect_advice (market);
}
