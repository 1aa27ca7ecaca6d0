/* TsmDial: strokes along an arc, and the hatching of stale things.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/tsm-dial.h"

#include <math.h>

/**
 * tsm_dial_stroke:
 * @dial: the geometry
 * @cr: the context, with its source set
 * @from: share of the sweep where the stroke begins, 0–1
 * @to: share of the sweep where it ends, 0–1
 *
 * Strokes a part of the track with round ends, whose middles lie at @from and @to.
 */
void
tsm_dial_stroke (const TsmDial *dial,
                 cairo_t       *cr,
                 double         from,
                 double         to)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, dial->width);
  cairo_new_path (cr);
  cairo_arc (cr, dial->x, dial->y, dial->radius,
             dial->start + dial->sweep * from,
             dial->start + dial->sweep * to);
  cairo_stroke (cr);
}

/**
 * tsm_dial_bounds:
 * @dial: the geometry
 * @bounds: (out caller-allocates): where to write the rectangle
 *
 * Gets a rectangle of whole pixels that holds all strokes of the dial.
 */
void
tsm_dial_bounds (const TsmDial   *dial,
                 graphene_rect_t *bounds)
{
  double outer = MAX (dial->radius + dial->width / 2.0, dial->band_radius + dial->band_width / 2.0) + 1.0;

  graphene_rect_init (bounds, dial->x - outer, dial->y - outer, 2 * outer, 2 * outer);
  graphene_rect_round_extents (bounds, bounds);
}

/**
 * tsm_dial_half_chord:
 * @dial: the geometry
 * @y: a distance from the centre, up or down, in pixels
 *
 * Gets the room for text inside the track at the height @y.
 *
 * Returns: half the width in pixels, 0 where there is none
 */
double
tsm_dial_half_chord (const TsmDial *dial,
                     double         y)
{
  double inner = dial->radius - dial->width / 2.0;
  double square = inner * inner - y * y;

  return square > 0.0 ? sqrt (square) : 0.0;
}

/**
 * tsm_dial_equal:
 * @a: a geometry
 * @b: another one
 *
 * Compares two geometries.
 *
 * Returns: whether they draw the same
 */
gboolean
tsm_dial_equal (const TsmDial *a,
                const TsmDial *b)
{
  return a->x == b->x && a->y == b->y &&
         a->radius == b->radius && a->width == b->width &&
         a->band_radius == b->band_radius && a->band_width == b->band_width &&
         a->start == b->start && a->sweep == b->sweep;
}

/**
 * tsm_hatch_set_source:
 * @cr: the context
 * @area: the area that will be painted
 * @ground: colour between the stripes
 * @stripe: colour of the stripes
 * @pitch: distance from stripe to stripe in pixels
 *
 * Makes diagonal stripes the source of @cr.
 *
 * They are drawn into a group rather than repeated from a small surface, so they are sharp at any scale.
 */
void
tsm_hatch_set_source (cairo_t               *cr,
                      const graphene_rect_t *area,
                      const GdkRGBA         *ground,
                      const GdkRGBA         *stripe,
                      double                 pitch)
{
  double left = area->origin.x;
  double top = area->origin.y;
  double bottom = top + area->size.height;
  /* One step along x for a distance of @pitch across lines at 45°; whole steps, so neighbours' stripes line up. */
  double step = pitch * G_SQRT2;

  cairo_push_group (cr);
  gdk_cairo_set_source_rgba (cr, ground);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, stripe);
  cairo_set_line_width (cr, pitch * 0.45);
  for (double x = floor ((left - area->size.height) / step) * step; x < left + area->size.width; x += step)
    {
      cairo_move_to (cr, x, bottom);
      cairo_line_to (cr, x + area->size.height, top);
    }
  cairo_stroke (cr);
  cairo_pop_group_to_source (cr);
}
