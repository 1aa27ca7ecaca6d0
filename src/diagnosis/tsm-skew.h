/* TsmSkew: by how much the clock of a source differs from ours.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_SKEW_SLOTS 32

/* A ring of slots of half a second: the smallest delay in each. */
typedef struct
{
  gint64 delays[TSM_SKEW_SLOTS]; /* µs: arrival less timestamp */
  guint  n_slots;
  gint64 slot;
} TsmSkew;

void   tsm_skew_add (TsmSkew       *self,
                     gint64         delay,
                     gint64         time);
double tsm_skew_get (const TsmSkew *self); /* s, NaN until known */

G_END_DECLS
