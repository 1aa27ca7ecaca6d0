/* TsmTraffic: what a number of simulated publishers say, one event after the other. It knows no server and no clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "simulator/tsm-traffic.h"

/* However fast the events follow each other, an engine's model moves on by this much for each of its events, so that
 * a short fast run shows a day's shape, its alerts and their end too. */
#define LEAST_STEP 0.5 /* s */

struct _TsmTraffic
{
  GPtrArray  *engines; /* (element-type TsmEngine) */
  double      rate;
  double      step;    /* s of the model, per event of one engine */
  gint64      start_time;
  guint64     n_events;
  guint       answering; /* the first engine that may have an answer; n_sources for none */
};

/**
 * tsm_traffic_new:
 * @options: what is out of range is brought into it
 *
 * Returns: (transfer full): publishers at the beginning of their day
 */
TsmTraffic *
tsm_traffic_new (const TsmTrafficOptions *options)
{
  static const TsmDialect dialects[] = { TSM_DIALECT_A, TSM_DIALECT_B, TSM_DIALECT_C };
  gboolean mixed = options->mix == TSM_TRAFFIC_MIXED;
  guint n_sources = options->n_sources != 0 ? options->n_sources : mixed ? G_N_ELEMENTS (dialects) : 1;
  TsmTraffic *self = g_new0 (TsmTraffic, 1);

  n_sources = MIN (n_sources, TSM_TRAFFIC_MAX_SOURCES);
  self->engines = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_engine_free);
  for (guint i = 0; i < n_sources; i++)
    {
      TsmDialect dialect = dialects[mixed ? i % G_N_ELEMENTS (dialects) : (guint) options->mix];
      guint index = mixed ? i / G_N_ELEMENTS (dialects) : i;

      g_ptr_array_add (self->engines, tsm_engine_new (dialect, index, options->seed, options->day_seconds));
    }

  self->rate = options->rate > 0 ? CLAMP (options->rate, TSM_TRAFFIC_MIN_RATE, TSM_TRAFFIC_MAX_RATE) : n_sources;
  self->step = MAX (LEAST_STEP, n_sources / self->rate);
  self->start_time = options->start_time;
  self->answering = n_sources;

  return self;
}

void
tsm_traffic_free (TsmTraffic *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->engines);
  g_free (self);
}

guint
tsm_traffic_get_n_sources (TsmTraffic *self)
{
  return self->engines->len;
}

double
tsm_traffic_get_rate (TsmTraffic *self)
{
  return self->rate;
}

static gint64
get_time (TsmTraffic *self,
          gint64      now)
{
  if (self->start_time == TSM_TIME_NONE)
    return now;

  return self->start_time + (gint64) (self->n_events * (G_USEC_PER_SEC / self->rate));
}

/**
 * tsm_traffic_next:
 * @now: µs since the epoch, for the timestamp
 * @event: (out caller-allocates): the text is (transfer full)
 *
 * Makes the next event. The sources take turns.
 */
void
tsm_traffic_next (TsmTraffic     *self,
                  gint64          now,
                  TsmEngineEvent *event)
{
  TsmEngine *engine = g_ptr_array_index (self->engines, self->n_events % self->engines->len);

  tsm_engine_next (engine, self->step, get_time (self, now), event);
  self->n_events++;
}

/**
 * tsm_traffic_pop_answer:
 * @now: µs since the epoch, for the timestamp
 * @event: (out caller-allocates): the text is (transfer full)
 *
 * Takes what a source has to say at once after tsm_traffic_command().
 *
 * Returns: whether there was something
 */
gboolean
tsm_traffic_pop_answer (TsmTraffic     *self,
                        gint64          now,
                        TsmEngineEvent *event)
{
  for (; self->answering < self->engines->len; self->answering++)
    {
      TsmEngine *engine = g_ptr_array_index (self->engines, self->answering);

      if (tsm_engine_pop_answer (engine, get_time (self, now), event))
        return TRUE;
    }

  return FALSE;
}

/**
 * tsm_traffic_command:
 * @message: as it came on the control channel; any bytes
 *
 * Passes a command on to every source.
 *
 * Returns: whether it was a command that meant something to any of them
 */
gboolean
tsm_traffic_command (TsmTraffic *self,
                     GBytes     *message)
{
  g_autoptr (TsmCommand) command = tsm_command_decode (message);
  gboolean understood = FALSE;

  if (command == NULL)
    return FALSE;

  for (guint i = 0; i < self->engines->len; i++)
    understood |= tsm_engine_command (g_ptr_array_index (self->engines, i), command);
  self->answering = 0;

  return understood;
}
