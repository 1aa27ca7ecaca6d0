/* TsmPaceMaker: learns how often something comes, and says when it is late.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-semantics.h"
#include "models/tsm-cadence.h"

G_BEGIN_DECLS

/**
 * TsmPaceMaker:
 * @batches: intervals between batches: events within half a second of the first count as one
 * @n_events: ever
 * @last: monotonic µs of the last event, 0 for never
 * @n_in_batch: events of the running batch
 * @per_batch: events of a batch, on average; the later weigh more
 * @longest: µs: the longest pause of the present quarter of an hour and of the one before it
 * @quarter: which quarter of an hour the first of @longest is of
 * @outage: µs: the last pause that was too long, 0 for none
 * @outage_time: monotonic µs when it ended
 */
typedef struct
{
  TsmCadence batches;
  guint64    n_events;
  gint64     last;
  guint      n_in_batch;
  double     per_batch;
  gint64     longest[2];
  gint64     quarter;
  gint64     outage;
  gint64     outage_time;
} TsmPaceMaker;

void    tsm_pace_maker_add          (TsmPaceMaker       *self,
                                     gint64              time);
void    tsm_pace_maker_interrupt    (TsmPaceMaker       *self);
double  tsm_pace_maker_get_cadence  (const TsmPaceMaker *self); /* s, NaN until learned */
gint64  tsm_pace_maker_get_patience (const TsmPaceMaker *self); /* µs */
TsmPace tsm_pace_maker_get_pace     (const TsmPaceMaker *self,
                                     gint64              silence); /* µs */

G_END_DECLS
