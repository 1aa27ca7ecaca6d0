/* TsmJobRun: the job pipeline after the close: one phase after the other, each a run with its own id.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-job-run.h"

#include <math.h>

#include "events/tsm-event-data.h"

#define TOTAL_SYMBOLS 505
#define FIRST_ERROR   6.0  /* s */
#define ERROR_EVERY   40.0 /* s, on average */

typedef struct
{
  const char *name;
  double      speed;   /* symbols per second */
  double      failing; /* share of the symbols */
} Phase;

static const Phase phases[] = {
  { "data_import", 17, 0.012 }, { "cache_sync", 42, 0 }, { "indicator_processing", 14, 0.004 }, { "pattern_detection", 20, 0.006 },
};

static const char * const symbols[] = {
  "AAPL", "AMD", "AMZN", "AVGO", "BAC", "COST", "CRM", "CSCO", "CVX", "DIS", "GOOG", "HD", "INTC", "JNJ", "JPM", "KO",
  "LLY", "MA", "META", "MSFT", "NFLX", "NVDA", "ORCL", "PEP", "PG", "TSLA", "UNH", "V", "WMT", "XOM",
};

typedef struct
{
  TsmSeverity  severity;
  const char  *component;
  const char  *code;
  const char  *message;
  const char  *context;
  const char  *value;
} Mishap;

static const Mishap mishaps[] = {
  { TSM_SEVERITY_ERROR, "data_import", "RATE_LIMIT_EXCEEDED", "The data provider refuses more requests", "retry_after", "60" },
  { TSM_SEVERITY_WARNING, "data_import", "PARTIAL_DATA", "Some bars of the last session are missing", "missing_bars", "7" },
  { TSM_SEVERITY_ERROR, "indicator_processing", "CALCULATION_FAILED", "An indicator has no value for this symbol", "window", "200" },
  { TSM_SEVERITY_CRITICAL, "database", "WRITE_FAILED", "A batch could not be written and is tried again", "attempt", "2" },
};

struct _TsmJobRun
{
  GRand       *random;
  guint        phase;
  TsmJobStage  stage;  /* of the next event */
  char        *run_id;
  double       done;   /* symbols, with fraction */
  double       failed; /* symbols, with fraction */
  double       running; /* s since the phase began */
  double       next_error; /* s from now */
  guint        n_errors;
};

/* A random (version 4) UUID out of our own generator, so that a seed gives the same ids. */
static char *
make_run_id (GRand *random)
{
  guint32 a = g_rand_int (random), b = g_rand_int (random), c = g_rand_int (random), d = g_rand_int (random);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff, 0x8000 | (c >> 18), c & 0xffff, d);
}

static void
begin_phase (TsmJobRun *self)
{
  g_free (self->run_id);
  self->run_id = make_run_id (self->random);
  self->stage = TSM_JOB_STARTED;
  self->done = 0;
  self->failed = 0;
  self->running = 0;
}

TsmJobRun *
tsm_job_run_new (guint32 seed)
{
  TsmJobRun *self = g_new0 (TsmJobRun, 1);

  self->random = g_rand_new_with_seed (seed);
  self->next_error = FIRST_ERROR;
  begin_phase (self);

  return self;
}

void
tsm_job_run_free (TsmJobRun *self)
{
  if (self == NULL)
    return;

  g_rand_free (self->random);
  g_free (self->run_id);
  g_free (self);
}

static void
advance (TsmJobRun *self,
         double     seconds)
{
  const Phase *phase = &phases[self->phase];
  double step = phase->speed * seconds * g_rand_double_range (self->random, 0.7, 1.3);

  self->running += seconds;
  self->next_error -= seconds;
  self->done = MIN (TOTAL_SYMBOLS, self->done + step);
  self->failed += step * phase->failing * g_rand_double_range (self->random, 0, 2);
  self->failed = MIN (self->failed, self->done);
}

static void
fill_progress (TsmJobRun  *self,
               gint64      now,
               TsmJobData *data)
{
  const Phase *phase = &phases[self->phase];
  double processed = floor (self->done);
  double failed = floor (self->failed);

  data->total = TOTAL_SYMBOLS;
  data->failed = failed;
  data->completed = processed - failed;
  if (self->stage == TSM_JOB_COMPLETED)
    {
      data->duration_seconds = round (self->running * 10) / 10;
      data->success_rate = round (1000 * data->completed / TOTAL_SYMBOLS) / 10;
      return;
    }

  data->processed = processed;
  data->remaining = TOTAL_SYMBOLS - processed;
  data->percentage = round (10000 * processed / TOTAL_SYMBOLS) / 100;
  data->avg_processing_ms = round (1000 / phase->speed * g_rand_double_range (self->random, 0.9, 1.1));
  data->current_symbol = g_strdup (symbols[(guint) processed % G_N_ELEMENTS (symbols)]);
  data->estimated_completion = now + (gint64) (data->remaining / phase->speed * G_USEC_PER_SEC);
}

/**
 * tsm_job_run_next:
 * @seconds: s since the previous call
 * @now: µs since the epoch
 * @data: an initialised payload
 *
 * Goes on with the work and reports on it: started, any number of times progress, completed; then the next phase.
 */
void
tsm_job_run_next (TsmJobRun  *self,
                  double      seconds,
                  gint64      now,
                  TsmJobData *data)
{
  if (self->stage != TSM_JOB_STARTED)
    advance (self, seconds);

  data->stage = self->stage;
  data->run_id = g_strdup (self->run_id);
  data->phase = g_strdup (phases[self->phase].name);

  switch (self->stage)
    {
    case TSM_JOB_STARTED:
      data->total = TOTAL_SYMBOLS;
      self->stage = TSM_JOB_PROGRESS;
      break;

    case TSM_JOB_PROGRESS:
      fill_progress (self, now, data);
      if (self->done >= TOTAL_SYMBOLS)
        self->stage = TSM_JOB_COMPLETED;
      break;

    case TSM_JOB_COMPLETED:
      fill_progress (self, now, data);
      self->phase = (self->phase + 1) % G_N_ELEMENTS (phases);
      begin_phase (self);
      break;

    default:
      g_assert_not_reached ();
    }
}

/**
 * tsm_job_run_pop_error:
 * @data: an initialised payload
 *
 * Returns: whether something went wrong since the last call
 */
gboolean
tsm_job_run_pop_error (TsmJobRun    *self,
                       TsmAlertData *data)
{
  const Mishap *mishap;

  if (self->next_error > 0)
    return FALSE;

  mishap = &mishaps[self->n_errors++ % G_N_ELEMENTS (mishaps)];
  self->next_error = ERROR_EVERY * g_rand_double_range (self->random, 0.5, 1.5);
  data->severity = mishap->severity;
  data->component = g_strdup (mishap->component);
  data->error_code = g_strdup (mishap->code);
  data->message = g_strdup (mishap->message);
  tsm_details_add (&data->details, "symbol", symbols[g_rand_int_range (self->random, 0, G_N_ELEMENTS (symbols))]);
  tsm_details_add (&data->details, mishap->context, mishap->value);

  return TRUE;
}
