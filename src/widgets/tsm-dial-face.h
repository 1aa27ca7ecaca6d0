/* TsmDialFace: what of a gauge stands still: track, bands and marks. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-dial.h"

G_BEGIN_DECLS

#define TSM_DIAL_MAX_BANDS 4

#define TSM_TYPE_DIAL_FACE (tsm_dial_face_get_type ())
G_DECLARE_FINAL_TYPE (TsmDialFace, tsm_dial_face, TSM, DIAL_FACE, GtkWidget)

GtkWidget *tsm_dial_face_new       (void);
void       tsm_dial_face_set_dial  (TsmDialFace   *self,
                                    const TsmDial *dial);
/* @ends as shares of the sweep. */
void       tsm_dial_face_set_bands (TsmDialFace   *self,
                                    guint          n_bands,
                                    const double  *ends,
                                    const TsmTone *tones);
/* As shares of the sweep; NaN: none. */
void       tsm_dial_face_set_marks (TsmDialFace   *self,
                                    double         low,
                                    double         high);
void       tsm_dial_face_set_stale (TsmDialFace   *self,
                                    gboolean       stale);

G_END_DECLS
