/* TsmRing: a score from 0 to 100 as a closed ring with the number and a word in the middle. Role meter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

#define TSM_TYPE_RING (tsm_ring_get_type ())
G_DECLARE_FINAL_TYPE (TsmRing, tsm_ring, TSM, RING, GtkWidget)

GtkWidget *tsm_ring_new       (void);
void       tsm_ring_set_value (TsmRing    *self,
                               double      value,  /* 0–100; NaN: no data */
                               const char *word,   /* "excellent" */
                               TsmTone     tone);
void       tsm_ring_set_stale (TsmRing    *self,
                               gboolean    stale);

G_END_DECLS
