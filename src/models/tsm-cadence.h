/* TsmCadence: learns how often a source sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_CADENCE_INTERVALS 16 /* looked back on */
#define TSM_CADENCE_LEARNED   3  /* intervals from which on it is known */

/**
 * TsmCadence:
 * @intervals: a ring, µs
 * @n_intervals: ever counted
 * @last: monotonic µs of the last arrival, 0 where the next one ends no interval
 */
typedef struct
{
  gint64 intervals[TSM_CADENCE_INTERVALS];
  guint  n_intervals;
  gint64 last;
} TsmCadence;

void   tsm_cadence_add       (TsmCadence       *self,
                              gint64            time);
void   tsm_cadence_interrupt (TsmCadence       *self);
double tsm_cadence_get       (const TsmCadence *self); /* s, NaN until learned */

G_END_DECLS
