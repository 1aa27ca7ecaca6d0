/* TsmNearMiss: a channel that we do not listen to, heard in a search, and how much it looks like the one we mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "diagnosis/tsm-likeness.h"
#include "events/tsm-decoder.h"

G_BEGIN_DECLS

/**
 * TsmNearMiss:
 * @channel: its name, made valid UTF-8
 * @wanted: (nullable): the most similar of our channels; the first where it is like none of them
 * @likeness: 0–1, to that; 1 where it differs by a separator, case or white space only
 * @difference: (nullable): translated: in what way it differs, "separator", "upper and lower case" …
 * @n_messages: heard in the search
 * @n_judged: of them, decoded
 * @n_events: of @n_judged, monitoring events
 * @n_metrics: of @n_judged, METRIC_UPDATEs
 * @rate: messages per second
 * @sample: (nullable): one message, an event where there was one; at most 64 KiB
 * @sample_summary: (nullable): translated: the sample in one line, as decoded
 */
typedef struct
{
  char    *channel;
  char    *wanted;
  double   likeness;
  char    *difference;
  guint    n_messages;
  guint    n_judged;
  guint    n_events;
  guint    n_metrics;
  double   rate;
  GBytes  *sample;
  char    *sample_summary;
} TsmNearMiss;

/* Whether the messages on it are monitoring events: half of those that were judged, at the least. */
gboolean tsm_near_miss_has_events (const TsmNearMiss  *self);
TsmNearMiss *tsm_near_miss_copy   (const TsmNearMiss  *self); /* (transfer full) */
void     tsm_near_miss_free       (TsmNearMiss        *self);

/* Collects what a search hears. Bounded: the 64 channels with the most to say for them, 8 messages of each decoded, the rest counted. */
typedef struct _TsmNearMisses TsmNearMisses;

TsmNearMisses *tsm_near_misses_new    (const char * const *wanted,   /* patterns among them: what matches is no miss */
                                       const char * const *ignored); /* as @wanted; never reported */
void           tsm_near_misses_free   (TsmNearMisses      *self);
void           tsm_near_misses_hear   (TsmNearMisses      *self,
                                       TsmDecoder         *decoder,
                                       const char         *channel,
                                       GBytes             *payload);
/* (transfer full) (element-type TsmNearMiss): the best first; @seconds: how long was listened */
GPtrArray     *tsm_near_misses_finish (TsmNearMisses      *self,
                                       double              seconds);
void           tsm_near_misses_sort   (GPtrArray          *misses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmNearMiss, tsm_near_miss_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmNearMisses, tsm_near_misses_free)

G_END_DECLS
