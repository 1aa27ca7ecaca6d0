/* TsmSemantics: whether the events make sense: how often they come, from whom, when they were made, whether they repeat.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-intake.h"

G_BEGIN_DECLS

#define TSM_SEMANTICS_MAX_SOURCES 64 /* followed each on its own; the longest silent makes room */

/**
 * TsmPace:
 * @TSM_PACE_LEARNING: too few have come to know how often they should
 * @TSM_PACE_LATE: longer than is usual, not yet long enough to worry
 */
typedef enum
{
  TSM_PACE_LEARNING,
  TSM_PACE_ON_TIME,
  TSM_PACE_LATE,
  TSM_PACE_STALE,
  TSM_PACE_DEAD,
} TsmPace;

const char *tsm_pace_get_name (TsmPace pace); /* "on-time"; not translated */

/**
 * TsmStreamFacts:
 * @source: as on the wire; "" for the unnamed; belongs to the semantics
 * @type: TSM_EVENT_UNKNOWN for all types of the source together
 * @last: monotonic µs
 * @cadence: s between two, NaN until learned
 * @patience: µs of silence from which on it is stale
 */
typedef struct
{
  const char   *source;
  TsmEventType  type;
  guint64       n_events;
  gint64        last;
  double        cadence;
  gint64        patience;
  TsmPace       pace;
} TsmStreamFacts;

/**
 * TsmSemanticFacts:
 * @all: all events together
 * @metrics: all METRIC_UPDATEs together
 * @streams: (element-type TsmStreamFacts): per source and type; at most 200
 * @n_sources: heard within the last hour
 * @n_silent: of them, stale or dead
 * @silent_source: (nullable): the first of them; belongs to the semantics
 * @recent_metrics: METRIC_UPDATEs looked back on, 64 at the most
 * @recent_without_gauges: of them, those with none of the gauges' numbers
 * @recent_wrong_types: of them, those with a number that is none
 * @odd_metrics: (nullable): one such; belongs to the semantics
 * @skew: s that the clock of a source is behind ours (negative: ahead), of the source where it is largest; NaN where not known
 * @skew_source: (nullable): that source; belongs to the semantics
 * @recent_events: events looked back on for repetitions, 64 at the most
 * @recent_repeated: of them, those that were the same bytes as one within the second before
 * @n_repeated: ever
 * @n_resolved_unheard: ALERT_RESOLVED whose ALERT_TRIGGERED was not heard
 * @n_out_of_range: events with a value out of range
 */
typedef struct
{
  TsmStreamFacts   all;
  TsmStreamFacts   metrics;
  GArray          *streams;
  guint            n_sources;
  guint            n_silent;
  const char      *silent_source;
  guint            recent_metrics;
  guint            recent_without_gauges;
  guint            recent_wrong_types;
  const TsmSpecimen *odd_metrics;
  double           skew;
  const char      *skew_source;
  guint            recent_events;
  guint            recent_repeated;
  guint64          n_repeated;
  guint64          n_resolved_unheard;
  guint64          n_out_of_range;
} TsmSemanticFacts;

typedef struct _TsmSemantics TsmSemantics;

TsmSemantics *tsm_semantics_new       (void);
void          tsm_semantics_free      (TsmSemantics     *self);
void          tsm_semantics_ingest    (TsmSemantics     *self,
                                       TsmEvent         *event); /* accepted events; others are ignored */
/* The link was down: the interval that is running says nothing about the sources. */
void          tsm_semantics_interrupt (TsmSemantics     *self);
/* @since: monotonic µs since which we listen without a break: silence counts from there at the earliest. */
void          tsm_semantics_look      (TsmSemantics     *self,
                                       gint64            now,
                                       gint64            since,
                                       TsmSemanticFacts *facts);

void          tsm_semantic_facts_clear (TsmSemanticFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSemantics, tsm_semantics_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmSemanticFacts, tsm_semantic_facts_clear)

G_END_DECLS
