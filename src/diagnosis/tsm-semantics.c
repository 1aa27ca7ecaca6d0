/* TsmSemantics: whether the events make sense: how often they come, from whom, when they were made, whether they repeat.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here is paid for by each event, of which twenty thousand may come in a second: no allocation, one look-up.
 */

#include "diagnosis/tsm-semantics.h"

#include <math.h>

#include "diagnosis/tsm-pace.h"
#include "diagnosis/tsm-repetition.h"
#include "diagnosis/tsm-skew.h"

#define MAX_STREAMS      200
#define MAX_ALERTS       4096 /* ids that are remembered as triggered */
#define FORGET_SOURCE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define RECENT_METRICS   64
#define SAMPLE_EVERY_US  G_USEC_PER_SEC

#define BIT(id) (G_GUINT64_CONSTANT (1) << TSM_METRIC_##id)

/* What the window draws as its large gauges: every dialect sends these. */
#define LARGE_GAUGES (BIT (CPU_PERCENT) | BIT (MEMORY_PERCENT))

static const char *const gauge_paths[] = {
  "metrics.system.cpu_percent", "metrics.system.memory_percent", "metrics.application.patterns_per_second",
  "metrics.application.indicators_per_second", "metrics.application.cache_hit_rate", "metrics.system", "metrics",
};

typedef struct
{
  char         *name;
  TsmPaceMaker  all;
  TsmPaceMaker  by_type[TSM_N_EVENT_TYPES];
  TsmSkew       skew;
} Source;

typedef enum
{
  METRICS_GOOD,
  METRICS_WITHOUT_GAUGES = 1 << 0,
  METRICS_WRONG_TYPES = 1 << 1,
} MetricsFlags;

struct _TsmSemantics
{
  GHashTable    *sources;  /* of Source, by name */
  Source        *recent;   /* the one that sent last: mostly it is the only one */
  TsmPaceMaker   all;
  TsmPaceMaker   metrics;
  TsmRepetition  repetition;
  guint8         metrics_flags[RECENT_METRICS]; /* a ring of MetricsFlags */
  guint64        n_metrics;
  TsmSpecimen     *odd_metrics;
  gint64         odd_taken;
  GHashTable    *triggered; /* "source\037id" */
  gboolean       triggered_full;
  guint64        n_resolved_unheard;
  guint64        n_out_of_range;
};

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_free (source);
}

TsmSemantics *
tsm_semantics_new (void)
{
  TsmSemantics *self = g_new0 (TsmSemantics, 1);

  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, source_free);
  self->triggered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
tsm_semantics_free (TsmSemantics *self)
{
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->triggered);
  g_clear_pointer (&self->odd_metrics, tsm_specimen_free);
  g_free (self);
}

static void
drop_longest_silent (TsmSemantics *self)
{
  GHashTableIter iter;
  gpointer value;
  Source *oldest = NULL;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (oldest == NULL || ((Source *) value)->all.last < oldest->all.last)
      oldest = value;
  if (oldest == self->recent)
    self->recent = NULL;
  if (oldest != NULL)
    g_hash_table_remove (self->sources, oldest->name);
}

static Source *
find_source (TsmSemantics *self,
             const char   *name)
{
  Source *source;

  if (self->recent != NULL && g_str_equal (self->recent->name, name))
    return self->recent;

  source = g_hash_table_lookup (self->sources, name);
  if (source == NULL)
    {
      if (g_hash_table_size (self->sources) >= TSM_SEMANTICS_MAX_SOURCES)
        drop_longest_silent (self);
      source = g_new0 (Source, 1);
      source->name = g_strdup (name);
      g_hash_table_insert (self->sources, source->name, source);
    }
  self->recent = source;
  return source;
}

static gboolean
is_gauge_path (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (gauge_paths); i++)
    if (g_strcmp0 (path, gauge_paths[i]) == 0)
      return TRUE;
  return FALSE;
}

static MetricsFlags
judge_metrics (TsmEvent *event)
{
  const TsmMetricData *data = tsm_event_get_metrics (event);
  MetricsFlags flags = data != NULL && (data->present & LARGE_GAUGES) != 0 ? METRICS_GOOD : METRICS_WITHOUT_GAUGES;

  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      if ((finding->code == TSM_FINDING_WRONG_TYPE || finding->code == TSM_FINDING_NON_FINITE) && is_gauge_path (finding->path))
        flags |= METRICS_WRONG_TYPES;
    }
  return flags;
}

static void
take_metrics (TsmSemantics *self,
              TsmEvent     *event,
              gint64        time)
{
  MetricsFlags flags = judge_metrics (event);

  tsm_pace_maker_add (&self->metrics, time);
  self->metrics_flags[self->n_metrics++ % RECENT_METRICS] = flags;
  if (flags == METRICS_GOOD || (self->odd_metrics != NULL && time - self->odd_taken < SAMPLE_EVERY_US))
    return;

  g_clear_pointer (&self->odd_metrics, tsm_specimen_free);
  self->odd_metrics = tsm_specimen_new (event);
  self->odd_taken = time;
}

static void
take_alert (TsmSemantics *self,
            TsmEvent     *event)
{
  const TsmAlertData *alert = tsm_event_get_alert (event);
  g_autofree char *key = NULL;

  if (alert == NULL || alert->id == NULL)
    return;

  key = g_strconcat (tsm_event_get_source (event), "\037", alert->id, NULL);
  if (tsm_event_get_event_type (event) == TSM_EVENT_ALERT_RESOLVED)
    {
      if (!self->triggered_full && !g_hash_table_contains (self->triggered, key))
        self->n_resolved_unheard++;
      return;
    }

  if (g_hash_table_size (self->triggered) < MAX_ALERTS)
    g_hash_table_add (self->triggered, g_steal_pointer (&key));
  else
    self->triggered_full = TRUE; /* what is not remembered is not counted either */
}

static gboolean
has_finding (TsmEvent       *event,
             TsmFindingCode  code)
{
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    if (tsm_event_get_finding (event, i)->code == code)
      return TRUE;
  return FALSE;
}

/**
 * tsm_semantics_ingest:
 * @self: semantics
 * @event: an event; a rejected one is ignored
 *
 * Takes up one event.
 */
void
tsm_semantics_ingest (TsmSemantics *self,
                      TsmEvent     *event)
{
  TsmEventType type = tsm_event_get_event_type (event);
  gint64 time = tsm_event_get_received_monotonic (event);
  gint64 timestamp = tsm_event_get_timestamp (event);
  Source *source;

  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    return;

  source = find_source (self, tsm_event_get_source (event));
  tsm_pace_maker_add (&self->all, time);
  tsm_pace_maker_add (&source->all, time);
  tsm_pace_maker_add (&source->by_type[type], time);

  /* Without a time in it, an event may well say the same again. */
  if (timestamp != TSM_TIME_NONE)
    {
      tsm_skew_add (&source->skew, tsm_event_get_received (event) - timestamp, time);
      tsm_repetition_add (&self->repetition, tsm_event_get_raw (event), time);
    }

  self->n_out_of_range += has_finding (event, TSM_FINDING_OUT_OF_RANGE);
  if (type == TSM_EVENT_METRIC_UPDATE)
    take_metrics (self, event, time);
  else if (type == TSM_EVENT_ALERT_TRIGGERED || type == TSM_EVENT_ALERT_RESOLVED)
    take_alert (self, event);
}

/**
 * tsm_semantics_interrupt:
 * @self: semantics
 *
 * The link was down: the pauses that are running say nothing about the sources.
 */
void
tsm_semantics_interrupt (TsmSemantics *self)
{
  GHashTableIter iter;
  gpointer value;

  tsm_pace_maker_interrupt (&self->all);
  tsm_pace_maker_interrupt (&self->metrics);
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Source *source = value;

      tsm_pace_maker_interrupt (&source->all);
      for (guint i = 0; i < TSM_N_EVENT_TYPES; i++)
        tsm_pace_maker_interrupt (&source->by_type[i]);
    }
}

static TsmStreamFacts
look_at_stream (const TsmPaceMaker *maker,
                const char         *source,
                TsmEventType        type,
                gint64              now,
                gint64              since)
{
  return (TsmStreamFacts) {
    .source = source,
    .type = type,
    .n_events = maker->n_events,
    .last = maker->last,
    .cadence = tsm_pace_maker_get_cadence (maker),
    .patience = tsm_pace_maker_get_patience (maker),
    .pace = tsm_pace_maker_get_pace (maker, MAX (now - MAX (maker->last, since), 0)),
  };
}

/* One that sends its figures or its health by itself; a job that has ended is not silent. */
static gboolean
is_periodic (const Source *source)
{
  return source->by_type[TSM_EVENT_METRIC_UPDATE].n_events > 0 || source->by_type[TSM_EVENT_HEALTH_CHECK].n_events > 0;
}

static void
look_at_source (const Source     *source,
                gint64            now,
                gint64            since,
                TsmSemanticFacts *facts)
{
  TsmStreamFacts all = look_at_stream (&source->all, source->name, TSM_EVENT_UNKNOWN, now, since);
  double skew = tsm_skew_get (&source->skew);

  if (now - source->all.last > FORGET_SOURCE_US)
    return;

  facts->n_sources++;
  if (is_periodic (source) && all.pace >= TSM_PACE_STALE)
    {
      facts->n_silent++;
      if (facts->silent_source == NULL)
        facts->silent_source = source->name;
    }

  if (isfinite (skew) && !(fabs (skew) <= fabs (facts->skew)))
    {
      facts->skew = skew;
      facts->skew_source = source->name;
    }

  for (guint type = 0; type < TSM_N_EVENT_TYPES && facts->streams->len < MAX_STREAMS; type++)
    if (source->by_type[type].n_events > 0)
      {
        TsmStreamFacts stream = look_at_stream (&source->by_type[type], source->name, type, now, since);

        g_array_append_val (facts->streams, stream);
      }
}

static int
compare_streams (gconstpointer a,
                 gconstpointer b)
{
  const TsmStreamFacts *one = a;
  const TsmStreamFacts *other = b;
  int order = g_strcmp0 (one->source, other->source);

  return order != 0 ? order : (int) one->type - (int) other->type;
}

static void
look_at_metrics (TsmSemantics     *self,
                 TsmSemanticFacts *facts)
{
  facts->recent_metrics = MIN (self->n_metrics, RECENT_METRICS);
  for (guint i = 0; i < facts->recent_metrics; i++)
    {
      facts->recent_without_gauges += (self->metrics_flags[i] & METRICS_WITHOUT_GAUGES) != 0;
      facts->recent_wrong_types += (self->metrics_flags[i] & METRICS_WRONG_TYPES) != 0;
    }
  facts->odd_metrics = self->odd_metrics;
}

/**
 * tsm_semantics_look:
 * @self: semantics
 * @now: monotonic µs
 * @since: monotonic µs since which we listen without a break
 * @facts: (out): to be freed with tsm_semantic_facts_clear(); what belongs to the semantics stays valid until the next event
 */
void
tsm_semantics_look (TsmSemantics     *self,
                    gint64            now,
                    gint64            since,
                    TsmSemanticFacts *facts)
{
  GHashTableIter iter;
  gpointer source;

  *facts = (TsmSemanticFacts) { .skew = NAN };
  facts->streams = g_array_new (FALSE, FALSE, sizeof (TsmStreamFacts));
  facts->all = look_at_stream (&self->all, "", TSM_EVENT_UNKNOWN, now, since);
  facts->metrics = look_at_stream (&self->metrics, "", TSM_EVENT_METRIC_UPDATE, now, since);

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    look_at_source (source, now, since, facts);
  g_array_sort (facts->streams, compare_streams);

  look_at_metrics (self, facts);
  tsm_repetition_look (&self->repetition, now, &facts->recent_events, &facts->recent_repeated);
  facts->n_repeated = self->repetition.n_repeated;
  facts->n_resolved_unheard = self->n_resolved_unheard;
  facts->n_out_of_range = self->n_out_of_range;
}

/**
 * tsm_semantic_facts_clear:
 * @self: facts
 *
 * Frees what they hold.
 */
void
tsm_semantic_facts_clear (TsmSemanticFacts *self)
{
  g_clear_pointer (&self->streams, g_array_unref);
}
