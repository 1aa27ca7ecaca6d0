/* TsmDial: the geometry of an arc or ring, and the strokes that draw it. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *        band ─▸ .-""""-.      angles in radians, clockwise from three o'clock as in Cairo
 *      track ─▸ /.------.\     `radius` and `band_radius` are those of the middle of the stroke
 *               ||      ||
 *      start ─▸ '        ' ◂─ start + sweep
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

typedef struct
{
  double x;           /* of the centre, in the widget's pixels */
  double y;
  double radius;
  double width;       /* of the track */
  double band_radius; /* 0: no bands */
  double band_width;
  double start;
  double sweep;
} TsmDial;

void     tsm_dial_stroke      (const TsmDial         *dial,
                               cairo_t               *cr,
                               double                 from,
                               double                 to);
void     tsm_dial_bounds      (const TsmDial         *dial,
                               graphene_rect_t       *bounds);
double   tsm_dial_half_chord  (const TsmDial         *dial,
                               double                 y);
gboolean tsm_dial_equal       (const TsmDial         *a,
                               const TsmDial         *b);

/* Diagonal stripes over whatever is clipped or stroked: how "not alive any more" looks in every widget here. */
void     tsm_hatch_set_source (cairo_t               *cr,
                               const graphene_rect_t *area,
                               const GdkRGBA         *ground,
                               const GdkRGBA         *stripe,
                               double                 pitch);

G_END_DECLS
