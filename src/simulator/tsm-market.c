/* TsmMarket: the figures of one engine through a trading day, each following from the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-market.h"

#include <math.h>

#define FIRST_HOUR  8.0
#define START_HOUR  9.25  /* the model starts shortly before the opening */
#define MAX_STEP    0.5   /* s: the longest step of integration */

#define PEAK_TICKS  4200.0 /* per second, at the opening */
#define MEMORY_SIZE 5120.0 /* MiB */
#define N_WORKERS   12

/* Each wanders around 0 with a standard deviation of 1 and forgets itself within some seconds. */
typedef enum
{
  NOISE_TICKS,
  NOISE_CPU,
  NOISE_LATENCY,
  NOISE_CACHE,
  NOISE_DETECTION,
  NOISE_BACKTESTS,
  N_NOISES
} Noise;

static const double noise_memory[N_NOISES] = { 4, 3, 4, 8, 5, 60 }; /* s */

typedef struct
{
  double hour;
  double level; /* of PEAK_TICKS */
} ShapePoint;

/* The shape of a US session: quiet before the market, a burst at the opening, a dip at lunch, a burst at the close. */
static const ShapePoint session_shape[] = {
  {  8.00, 0.05 }, {  9.30, 0.12 }, {  9.50, 1.00 }, {  9.80, 0.82 }, { 10.50, 0.56 }, { 12.00, 0.40 }, { 12.75, 0.28 },
  { 13.75, 0.40 }, { 15.00, 0.55 }, { 15.50, 0.74 }, { 15.90, 1.00 }, { 16.00, 0.95 }, { 16.10, 0.14 }, { 18.00, 0.05 },
};

typedef struct
{
  double      start; /* s from the beginning of a cycle */
  double      length;
  TsmIncident kind;
} IncidentTime;

#define EARLY 20.0 /* s */

/* For a day of the default length; longer days spread what is not early. The first two come early, so that whoever
 * starts a demo soon sees an alert of each kind. */
static const IncidentTime incident_times[] = {
  { 2, 5, TSM_INCIDENT_SLOW_QUERIES },  { 5, 14, TSM_INCIDENT_CPU_SPIKE },   { 60, 25, TSM_INCIDENT_MEMORY_LEAK },
  { 150, 14, TSM_INCIDENT_OVERLOAD },   { 230, 12, TSM_INCIDENT_SLOW_QUERIES }, { 330, 20, TSM_INCIDENT_CPU_SPIKE },
  { 450, 30, TSM_INCIDENT_MEMORY_LEAK },
};

struct _TsmMarket
{
  GRand  *random;
  double  day_seconds;
  double  incident_delay;
  double  elapsed;                    /* s */
  double  noise[N_NOISES];
  double  pressure[TSM_N_INCIDENTS];  /* 0–1: how strongly each incident is felt */
  double  calm_until[TSM_N_INCIDENTS]; /* s: an operator ended it; it does not come back before */
  double  workers;
  double  collection;                 /* s left of a garbage collection */
  double  values[TSM_N_METRICS];
  double  cpu_average;                /* over the last 20 s or so, for the trends */
  double  memory_average;
};

/* Moves @value towards @target: within @tau seconds it covers two thirds of the way. */
static void
relax (double *value,
       double  target,
       double  seconds,
       double  tau)
{
  *value += (target - *value) * (1 - exp (-seconds / tau));
}

static double
gauss (GRand *random)
{
  double a = 1.0 - g_rand_double (random);

  return sqrt (-2 * log (a)) * cos (2 * G_PI * g_rand_double (random));
}

static void
advance_noise (TsmMarket *self,
               double     seconds)
{
  for (guint i = 0; i < N_NOISES; i++)
    {
      double keep = exp (-seconds / noise_memory[i]);

      self->noise[i] = self->noise[i] * keep + sqrt (1 - keep * keep) * gauss (self->random);
    }
}

static double
session_level (double hour)
{
  for (guint i = 1; i < G_N_ELEMENTS (session_shape); i++)
    {
      const ShapePoint *a = &session_shape[i - 1], *b = &session_shape[i];

      if (hour < b->hour)
        return a->level + (b->level - a->level) * (hour - a->hour) / (b->hour - a->hour);
    }

  return session_shape[G_N_ELEMENTS (session_shape) - 1].level;
}

static gboolean
incident_is_on (TsmMarket   *self,
                TsmIncident  kind)
{
  double since = self->elapsed - self->incident_delay;
  double phase = fmod (since, self->day_seconds);

  if (since < 0 || self->elapsed < self->calm_until[kind])
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (incident_times); i++)
    {
      const IncidentTime *time = &incident_times[i];
      double stretch = time->start < EARLY ? 1 : self->day_seconds / TSM_MARKET_DAY_DEFAULT;
      double start = time->start * stretch;

      if (time->kind == kind && phase >= start && phase < start + time->length)
        return TRUE;
    }

  return FALSE;
}

static void
advance_incidents (TsmMarket *self,
                   double     seconds)
{
  for (guint i = 0; i < TSM_N_INCIDENTS; i++)
    {
      gboolean on = incident_is_on (self, i);

      relax (&self->pressure[i], on ? 1 : 0, seconds, on ? 1.0 : 1.5);
    }
}

static void
advance_load (TsmMarket *self,
              double     seconds)
{
  double *v = self->values;
  double level = session_level (tsm_market_get_hour (self));
  double ticks = PEAK_TICKS * level * MAX (0.2, 1 + 0.08 * self->noise[NOISE_TICKS]);
  double capacity = 400 * self->workers * (1 - 0.75 * self->pressure[TSM_INCIDENT_OVERLOAD]);
  double spike = self->pressure[TSM_INCIDENT_CPU_SPIKE];
  double cpu;

  ticks *= 1 + 0.5 * self->pressure[TSM_INCIDENT_OVERLOAD];
  relax (&v[TSM_METRIC_TICKS_PER_SECOND], ticks, seconds, 1.5);
  ticks = v[TSM_METRIC_TICKS_PER_SECOND];

  v[TSM_METRIC_QUEUE_DEPTH] = CLAMP (v[TSM_METRIC_QUEUE_DEPTH] + (ticks - capacity) * seconds, ticks * 0.012, 1e6);
  v[TSM_METRIC_ACTIVE_BACKTESTS] = CLAMP (floor (1.6 + 1.1 * self->noise[NOISE_BACKTESTS]), 0, 5);

  cpu = 9 + 54 * ticks / PEAK_TICKS + 2.5 * v[TSM_METRIC_ACTIVE_BACKTESTS] + 2.2 * self->noise[NOISE_CPU];
  cpu += spike * (97 - cpu);
  relax (&v[TSM_METRIC_CPU_PERCENT], cpu, seconds, 1.5);
  v[TSM_METRIC_CPU_PERCENT] = CLAMP (v[TSM_METRIC_CPU_PERCENT], 0.5, 99.8);

  v[TSM_METRIC_NETWORK_RECEIVED] += ticks * 140 * seconds;
  v[TSM_METRIC_NETWORK_SENT] += ticks * 52 * seconds;
}

static void
advance_patterns (TsmMarket *self)
{
  double *v = self->values;
  double ticks = v[TSM_METRIC_TICKS_PER_SECOND];
  double cpu = v[TSM_METRIC_CPU_PERCENT];
  double hurry = MAX (0, cpu - 55) / 40;
  double share = self->workers / N_WORKERS;

  v[TSM_METRIC_PATTERN_DETECTION_MS] =
    (2.6 + 3.4 * cpu / 100 + 11 * hurry * hurry) * MAX (0.5, 1 + 0.04 * self->noise[NOISE_DETECTION]);
  v[TSM_METRIC_INDICATOR_CALC_MS] = 0.4 * v[TSM_METRIC_PATTERN_DETECTION_MS];
  v[TSM_METRIC_PATTERNS_PER_SECOND] = ticks * 0.0042 * share;
  v[TSM_METRIC_INDICATORS_PER_SECOND] = v[TSM_METRIC_PATTERNS_PER_SECOND] * 4.1;
  v[TSM_METRIC_PATTERNS_DETECTED] = v[TSM_METRIC_PATTERNS_PER_SECOND] * 0.4;
  v[TSM_METRIC_SYMBOLS_PROCESSED] = 1350 + 180 * MIN (1, ticks / PEAK_TICKS) * share;
}

static void
advance_memory (TsmMarket *self,
                double     seconds)
{
  double *v = self->values;
  double *used = &v[TSM_METRIC_MEMORY_MB];
  gboolean leaking = incident_is_on (self, TSM_INCIDENT_MEMORY_LEAK);

  self->collection = MAX (0, self->collection - seconds);
  if (leaking)
    relax (used, 0.935 * MEMORY_SIZE, seconds, 4);
  else if (self->collection > 0)
    relax (used, 0.50 * MEMORY_SIZE, seconds, 1.0);
  else
    *used += seconds * (1.5 + 5 * v[TSM_METRIC_TICKS_PER_SECOND] / PEAK_TICKS);

  if (!leaking && *used > 0.72 * MEMORY_SIZE)
    self->collection = 3;

  v[TSM_METRIC_MEMORY_PERCENT] = 100 * *used / MEMORY_SIZE;
  v[TSM_METRIC_DISK_PERCENT] = 44 + fmod (self->elapsed * 0.002, 20);
}

static void
advance_stores (TsmMarket *self,
                double     seconds)
{
  double *v = self->values;
  double load = v[TSM_METRIC_TICKS_PER_SECOND] / PEAK_TICKS;
  double slow = self->pressure[TSM_INCIDENT_SLOW_QUERIES];
  double *hits = &v[TSM_METRIC_CACHE_HIT_RATE];
  double *query = &v[TSM_METRIC_QUERY_MS];

  relax (hits, 0.955 - 0.03 * load + 0.006 * self->noise[NOISE_CACHE], seconds, 15);
  *hits = CLAMP (*hits, 0, 1);

  relax (query, MAX (2, 7 + 6 * load + 18 * (1 - *hits) + self->noise[NOISE_LATENCY] + 85 * slow), seconds, 1.0);
  v[TSM_METRIC_SLOW_QUERIES] = floor (MAX (0, (*query - 20) / 6));
  v[TSM_METRIC_DATABASE_CONNECTIONS] = round (5 + 5 * load + 9 * slow);

  v[TSM_METRIC_REDIS_MESSAGES] = 12 + 0.022 * v[TSM_METRIC_TICKS_PER_SECOND];
  v[TSM_METRIC_REDIS_PUBLISHED] += v[TSM_METRIC_REDIS_MESSAGES] * seconds;
  v[TSM_METRIC_REDIS_CLIENTS] = 4 + v[TSM_METRIC_ACTIVE_BACKTESTS];
  v[TSM_METRIC_REDIS_MEMORY_MB] = 40 + 6 * load + 0.004 * v[TSM_METRIC_QUEUE_DEPTH];
}

static void
advance_step (TsmMarket *self,
              double     seconds)
{
  self->elapsed += seconds;
  advance_noise (self, seconds);
  advance_incidents (self, seconds);
  relax (&self->workers, N_WORKERS, seconds, 4);
  advance_load (self, seconds);
  advance_patterns (self);
  advance_memory (self, seconds);
  advance_stores (self, seconds);
  self->values[TSM_METRIC_THREAD_COUNT] = round (self->workers + 2 + self->values[TSM_METRIC_ACTIVE_BACKTESTS]);
  relax (&self->cpu_average, self->values[TSM_METRIC_CPU_PERCENT], seconds, 20);
  relax (&self->memory_average, self->values[TSM_METRIC_MEMORY_PERCENT], seconds, 20);
}

/**
 * tsm_market_new:
 * @seed: the same seed gives the same day
 * @day_seconds: how long a session day lasts, in s; from TSM_MARKET_DAY_MIN to TSM_MARKET_DAY_REAL
 * @incident_delay: s before the first incident may begin, so that several engines do not fail together
 *
 * Returns: (transfer full): a model a few minutes before the opening
 */
TsmMarket *
tsm_market_new (guint32 seed,
                double  day_seconds,
                double  incident_delay)
{
  TsmMarket *self = g_new0 (TsmMarket, 1);
  double *v = self->values;

  self->random = g_rand_new_with_seed (seed);
  self->day_seconds = CLAMP (day_seconds, TSM_MARKET_DAY_MIN, TSM_MARKET_DAY_REAL);
  self->incident_delay = incident_delay;
  self->workers = N_WORKERS;

  v[TSM_METRIC_TICKS_PER_SECOND] = PEAK_TICKS * session_level (START_HOUR);
  v[TSM_METRIC_CPU_PERCENT] = self->cpu_average = 18;
  v[TSM_METRIC_MEMORY_MB] = MEMORY_SIZE * g_rand_double_range (self->random, 0.52, 0.62);
  v[TSM_METRIC_CACHE_HIT_RATE] = 0.95;
  v[TSM_METRIC_QUERY_MS] = 9;
  v[TSM_METRIC_NETWORK_RECEIVED] = g_rand_double_range (self->random, 1e9, 2e9);
  v[TSM_METRIC_NETWORK_SENT] = g_rand_double_range (self->random, 4e8, 9e8);
  v[TSM_METRIC_REDIS_CHANNELS] = 4;
  v[TSM_METRIC_REDIS_CONNECTED] = 1;
  v[TSM_METRIC_DATABASE_CONNECTED] = 1;
  advance_step (self, 0);
  self->memory_average = v[TSM_METRIC_MEMORY_PERCENT];

  return self;
}

void
tsm_market_free (TsmMarket *self)
{
  if (self == NULL)
    return;

  g_rand_free (self->random);
  g_free (self);
}

/**
 * tsm_market_advance:
 * @seconds: at least 0
 *
 * Lets time pass. Long spans are integrated in steps, so the shape does not depend on how often this is called.
 */
void
tsm_market_advance (TsmMarket *self,
                    double     seconds)
{
  g_return_if_fail (seconds >= 0);

  while (seconds > 0)
    {
      double step = MIN (seconds, MAX_STEP);

      advance_step (self, step);
      seconds -= step;
    }
}

double
tsm_market_get (TsmMarket   *self,
                TsmMetricId  metric)
{
  g_return_val_if_fail (metric < TSM_N_METRICS, NAN);

  return self->values[metric];
}

double
tsm_market_get_elapsed (TsmMarket *self)
{
  return self->elapsed;
}

double
tsm_market_get_hour (TsmMarket *self)
{
  double hours = START_HOUR - FIRST_HOUR + self->elapsed * TSM_MARKET_DAY_HOURS / self->day_seconds;

  return FIRST_HOUR + fmod (hours, TSM_MARKET_DAY_HOURS);
}

double
tsm_market_get_workers (TsmMarket *self)
{
  return self->workers;
}

gboolean
tsm_market_is_session_open (TsmMarket *self)
{
  double hour = tsm_market_get_hour (self);

  return hour >= 9.5 && hour < 16;
}

void
tsm_market_get_trend (TsmMarket   *self,
                      TsmMetricId  metric,
                      TsmTrend    *trend)
{
  double value, rate, later;

  *trend = (TsmTrend) { TSM_TREND_UNKNOWN, NAN, NAN };
  if (metric != TSM_METRIC_CPU_PERCENT && metric != TSM_METRIC_MEMORY_PERCENT)
    return;

  value = self->values[metric];
  rate = (value - (metric == TSM_METRIC_CPU_PERCENT ? self->cpu_average : self->memory_average)) * 3; /* 20 s → 1 min */
  trend->rate = round (rate * 100) / 100;
  trend->direction = fabs (rate) < 3 ? TSM_TREND_STABLE : rate > 0 ? TSM_TREND_INCREASING : TSM_TREND_DECREASING;
  /* nothing keeps its slope for an hour: the further away, the less of it is believed */
  later = CLAMP (value + 25 * tanh (rate / 10), 0, 100);
  trend->prediction_1h = round (later * 10) / 10;
}

/* Ends an incident as an operator would: it stays away until its time is over. */
static void
calm (TsmMarket   *self,
      TsmIncident  kind)
{
  self->calm_until[kind] = self->elapsed + 30;
}

void
tsm_market_clear_cache (TsmMarket *self)
{
  self->values[TSM_METRIC_CACHE_HIT_RATE] = 0.06;
}

void
tsm_market_force_gc (TsmMarket *self)
{
  calm (self, TSM_INCIDENT_MEMORY_LEAK);
  self->collection = 4;
}

void
tsm_market_reload_patterns (TsmMarket *self)
{
  self->values[TSM_METRIC_CACHE_HIT_RATE] *= 0.85; /* the new patterns have not been looked up yet */
}

void
tsm_market_restart_workers (TsmMarket *self)
{
  calm (self, TSM_INCIDENT_CPU_SPIKE);
  calm (self, TSM_INCIDENT_MEMORY_LEAK);
  calm (self, TSM_INCIDENT_OVERLOAD);
  self->collection = 4;
  self->workers = 2;
}
