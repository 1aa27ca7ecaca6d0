/* TsmJob: one run of the engine's job pipeline.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "models/tsm-job-private.h"
#include "models/tsm-model-util.h"

/* The numbers of one phase; NaN where not known. */
typedef struct
{
  double percentage;
  double total;
  double completed;
  double failed;
  double processed;
  double avg_processing_ms;
  double duration;
} Progress;

struct _TsmJob
{
  GObject      parent_instance;

  char        *run_id; /* "" where the wire has none */
  char        *source;
  guint64      sequence;
  gboolean     is_changed; /* since the last flush */

  TsmJobState  state;
  char        *phase;
  char        *current_symbol;
  Progress     progress;
  gint64       estimated_completion;
  gint64       last_event; /* monotonic µs */
  gint64       ended_at;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmJob, tsm_job, G_TYPE_OBJECT)

static const Progress no_progress = { NAN, NAN, NAN, NAN, NAN, NAN, NAN };

static const struct
{
  const char *phase;
  const char *title;
} phase_titles[] = {
  { "data_import", N_("Data import") },
  { "cache_sync", N_("Cache sync") },
  { "indicator_processing", N_("Indicator processing") },
  { "pattern_detection", N_("Pattern detection") },
};

/* Of job_progress_update, processing_started and symbol_processing_complete. */
static const char * const umbrella_phases[] = { "job", "processing", "symbol_processing", NULL };

static void
tsm_job_finalize (GObject *object)
{
  TsmJob *self = TSM_JOB (object);

  g_free (self->run_id);
  g_free (self->source);
  g_free (self->phase);
  g_free (self->current_symbol);

  G_OBJECT_CLASS (tsm_job_parent_class)->finalize (object);
}

static void
tsm_job_class_init (TsmJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_job_finalize;

  /**
   * TsmJob::changed:
   *
   * Emitted by tsm_job_list_flush() at most once, when an event of the run came since the one before.
   */
  signals[CHANGED] = g_signal_new ("changed", TSM_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_job_init (TsmJob *self)
{
  self->progress = no_progress;
  self->estimated_completion = TSM_TIME_NONE;
  self->ended_at = TSM_TIME_NONE;
}

/**
 * tsm_job_new: (constructor)
 * @run_id: the run's id, "" where the wire has none
 * @source: who publishes it
 * @sequence: its place in the order of arrival
 *
 * Returns: (transfer full): a running job of which nothing else is known
 */
TsmJob *
tsm_job_new (const char *run_id,
             const char *source,
             guint64     sequence)
{
  TsmJob *self = g_object_new (TSM_TYPE_JOB, NULL);

  self->run_id = g_strdup (run_id);
  self->source = g_strdup (source);
  self->sequence = sequence;
  return self;
}

/* A later event does not repeat what an earlier one has said. */
static void
take_over (double *field,
           double  value)
{
  if (!isnan (value))
    *field = value;
}

static double
get_share (double part,
           double total)
{
  return total > 0 ? part / total * 100 : NAN;
}

static double
find_percentage (const TsmJobData *data,
                 const Progress   *progress)
{
  double percentage = data->percentage;

  if (isnan (percentage))
    percentage = get_share (progress->processed, progress->total);
  if (isnan (percentage))
    percentage = get_share (progress->completed + (isnan (progress->failed) ? 0 : progress->failed), progress->total);

  return isnan (percentage) ? progress->percentage : CLAMP (percentage, 0, 100);
}

/* Where the wire does not say a phase it is taken from the event's name, and some names cover every phase. These must not
 * look as if the run had come to another phase. */
static gboolean
names_phase (TsmJob     *self,
             const char *phase)
{
  return phase != NULL && (self->phase == NULL || !g_strv_contains (umbrella_phases, phase));
}

static void
start_over (TsmJob *self)
{
  self->state = TSM_JOB_STATE_RUNNING;
  self->progress = no_progress;
  self->estimated_completion = TSM_TIME_NONE;
  self->ended_at = TSM_TIME_NONE;
  g_clear_pointer (&self->current_symbol, g_free);
}

static gboolean
has_moved_on (TsmJob     *self,
              const char *phase)
{
  return phase != NULL && self->phase != NULL && !g_str_equal (phase, self->phase) &&
         !g_strv_contains (umbrella_phases, phase) && !g_strv_contains (umbrella_phases, self->phase);
}

/* The run has come to another phase; or it starts again; or there is no id by which the runs of one phase could be told
 * apart, and it makes progress again. */
static gboolean
is_new_stretch (TsmJob           *self,
                const TsmJobData *data)
{
  if (has_moved_on (self, data->phase))
    return TRUE;

  if (self->state != TSM_JOB_STATE_COMPLETED || data->stage == TSM_JOB_COMPLETED)
    return FALSE;

  return data->stage == TSM_JOB_STARTED || (*self->run_id == '\0' && data->percentage < 100);
}

static void
ingest_progress (TsmJob           *self,
                 const TsmJobData *data)
{
  Progress *progress = &self->progress;

  take_over (&progress->total, data->total);
  take_over (&progress->completed, data->completed);
  take_over (&progress->failed, data->failed);
  take_over (&progress->processed, data->processed);
  take_over (&progress->avg_processing_ms, data->avg_processing_ms);
  take_over (&progress->duration, data->duration_seconds);
  progress->percentage = find_percentage (data, progress);

  if (data->current_symbol != NULL)
    tsm_text_assign (&self->current_symbol, data->current_symbol);
  if (data->estimated_completion != TSM_TIME_NONE)
    self->estimated_completion = data->estimated_completion;
}

static void
complete (TsmJob   *self,
          TsmEvent *event)
{
  self->state = TSM_JOB_STATE_COMPLETED;
  self->ended_at = tsm_event_get_time (event);
  self->estimated_completion = TSM_TIME_NONE;
  g_clear_pointer (&self->current_symbol, g_free);

  if (isnan (self->progress.percentage))
    self->progress.percentage = 100;
}

/**
 * tsm_job_ingest: (skip)
 * @self: a job
 * @event: an event of its run
 *
 * Takes over what @event says. Emits nothing: tsm_job_flush() does.
 */
void
tsm_job_ingest (TsmJob   *self,
                TsmEvent *event)
{
  const TsmJobData *data = tsm_event_get_job (event);

  self->is_changed = TRUE;
  self->last_event = tsm_event_get_received_monotonic (event);

  if (is_new_stretch (self, data))
    start_over (self);
  else if (self->state == TSM_JOB_STATE_COMPLETED && data->stage != TSM_JOB_COMPLETED)
    return; /* late progress of what is over */

  if (names_phase (self, data->phase))
    tsm_text_assign (&self->phase, data->phase);
  ingest_progress (self, data);

  if (data->stage == TSM_JOB_COMPLETED || self->progress.percentage >= 100)
    complete (self, event);
}

/**
 * tsm_job_flush: (skip)
 * @self: a job
 *
 * Emits #TsmJob::changed where anything was ingested since the last flush.
 */
void
tsm_job_flush (TsmJob *self)
{
  if (!self->is_changed)
    return;

  self->is_changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

int
tsm_job_compare (TsmJob *a,
                 TsmJob *b)
{
  if (a->state != b->state)
    return a->state < b->state ? -1 : 1;

  return (a->sequence < b->sequence) - (a->sequence > b->sequence);
}

/**
 * tsm_job_dup_title:
 * @self: a job
 *
 * Returns: (transfer full): what it does, for people: "Data import"
 */
char *
tsm_job_dup_title (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NULL);

  if (tsm_text_is_blank (self->phase))
    return g_strdup (_("Job"));

  for (guint i = 0; i < G_N_ELEMENTS (phase_titles); i++)
    if (g_str_equal (phase_titles[i].phase, self->phase))
      return g_strdup (_(phase_titles[i].title));

  return tsm_text_dup_title (self->phase);
}

/**
 * tsm_job_get_run_id:
 * @self: a job
 *
 * Returns: (transfer none): the id of the run, "" where the wire has none
 */
const char *
tsm_job_get_run_id (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NULL);

  return self->run_id;
}

/**
 * tsm_job_get_source:
 * @self: a job
 *
 * Returns: (transfer none): who publishes it
 */
const char *
tsm_job_get_source (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NULL);

  return self->source;
}

/**
 * tsm_job_get_phase:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the phase of the last event
 */
const char *
tsm_job_get_phase (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NULL);

  return self->phase;
}

/**
 * tsm_job_get_state:
 * @self: a job
 *
 * Returns: whether it still runs
 */
TsmJobState
tsm_job_get_state (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), TSM_JOB_STATE_COMPLETED);

  return self->state;
}

/**
 * tsm_job_get_current_symbol:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what it works at, %NULL when it is over
 */
const char *
tsm_job_get_current_symbol (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NULL);

  return self->current_symbol;
}

/**
 * tsm_job_get_percentage:
 * @self: a job
 *
 * Returns: 0–100, as sent or from the number processed; NaN if unknown
 */
double
tsm_job_get_percentage (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.percentage;
}

/**
 * tsm_job_get_total:
 * @self: a job
 *
 * Returns: the number of symbols; NaN if unknown
 */
double
tsm_job_get_total (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.total;
}

/**
 * tsm_job_get_completed:
 * @self: a job
 *
 * Returns: the number of symbols that went well; NaN if unknown
 */
double
tsm_job_get_completed (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.completed;
}

/**
 * tsm_job_get_failed:
 * @self: a job
 *
 * Returns: the number of symbols that failed; NaN if unknown
 */
double
tsm_job_get_failed (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.failed;
}

/**
 * tsm_job_get_avg_processing_ms:
 * @self: a job
 *
 * Returns: ms for a symbol on average; NaN if unknown
 */
double
tsm_job_get_avg_processing_ms (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.avg_processing_ms;
}

/**
 * tsm_job_get_duration:
 * @self: a job
 *
 * Returns: seconds that the run took; NaN until it says so
 */
double
tsm_job_get_duration (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), NAN);

  return self->progress.duration;
}

/**
 * tsm_job_get_estimated_completion:
 * @self: a job
 *
 * Returns: µs since the epoch, or %TSM_TIME_NONE if unknown or over
 */
gint64
tsm_job_get_estimated_completion (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), TSM_TIME_NONE);

  return self->estimated_completion;
}

/**
 * tsm_job_get_last_event:
 * @self: a job
 *
 * Returns: monotonic µs of its last event
 */
gint64
tsm_job_get_last_event (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), 0);

  return self->last_event;
}

/**
 * tsm_job_get_ended_at:
 * @self: a job
 *
 * Returns: µs since the epoch, or %TSM_TIME_NONE while it runs
 */
gint64
tsm_job_get_ended_at (TsmJob *self)
{
  g_return_val_if_fail (TSM_IS_JOB (self), TSM_TIME_NONE);

  return self->ended_at;
}
