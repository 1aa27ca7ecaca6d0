/* The parts of a gauge and where they go. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-dial-arc.h"
#include "widgets/tsm-dial-face.h"
#include "widgets/tsm-gauge.h"
#include "widgets/tsm-text.h"

G_BEGIN_DECLS

/* Children of the gauge, from back to front. */
typedef struct
{
  TsmDialFace *face;
  TsmDialArc  *arc;
  TsmText     *value;
  TsmText     *caption;
  TsmText     *label;
} TsmGaugeParts;

void tsm_gauge_parts_init     (TsmGaugeParts  *parts,
                               GtkWidget      *gauge);
void tsm_gauge_parts_measure  (TsmGaugeParts  *parts,
                               TsmGaugeShape   shape,
                               GtkOrientation  orientation,
                               int            *minimum,
                               int            *natural);
void tsm_gauge_parts_allocate (TsmGaugeParts  *parts,
                               TsmGaugeShape   shape,
                               gboolean        has_bands,
                               int             width,
                               int             height);

G_END_DECLS
