/* TsmDialArc: what of a gauge or ring moves: the arc of the value. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-dial.h"

G_BEGIN_DECLS

#define TSM_TYPE_DIAL_ARC (tsm_dial_arc_get_type ())
G_DECLARE_FINAL_TYPE (TsmDialArc, tsm_dial_arc, TSM, DIAL_ARC, GtkWidget)

GtkWidget *tsm_dial_arc_new       (void);
void       tsm_dial_arc_set_dial  (TsmDialArc    *self,
                                   const TsmDial *dial);
/* As a share of the sweep, 0–1; NaN: nothing is drawn. */
void       tsm_dial_arc_set_share (TsmDialArc    *self,
                                   double         share);
void       tsm_dial_arc_set_tone  (TsmDialArc    *self,
                                   TsmTone        tone);
void       tsm_dial_arc_set_stale (TsmDialArc    *self,
                                   gboolean       stale);
double     tsm_dial_arc_get_shown (TsmDialArc    *self);

G_END_DECLS
