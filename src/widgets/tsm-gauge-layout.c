/* Where the parts of a gauge go, in both shapes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All lengths follow from the outer radius R, the largest that fits; the texts keep the user's font size until R passes
 * ZOOM_RADIUS, and grow with the gauge from there on (a wall screen is read from three metres).
 */

#include "widgets/tsm-gauge-layout.h"

#include <math.h>

#define ZOOM_RADIUS 115.0
#define TRACK       0.165 /* widths and gaps as shares of R */
#define BAND        0.03
#define BAND_GAP    0.036

/* One row per TsmGaugeShape. Lengths are shares of the track's radius, counted down from the centre, unless they say R. */
typedef struct
{
  double start;          /* of the arc */
  double sweep;
  double depth;          /* how far the middle of the track reaches below the centre */
  double label_drop;     /* from there to the middle of the label; plus half the track and of the line if `label_clear` */
  gboolean label_clear;
  double value_height;   /* of the font */
  double value_y;
  double value_y_alone;  /* without a caption */
  double caption_y;
  int    minimum[2];     /* width, height without the label, in pixels */
  int    natural[2];
} Shape;

static const Shape shapes[] = {
  [TSM_GAUGE_ARC] = {
    .start = 0.75 * G_PI, .sweep = 1.5 * G_PI, .depth = G_SQRT2 / 2.0,
    .label_drop = 0.06, .label_clear = FALSE,
    .value_height = 0.42, .value_y = -0.08, .value_y_alone = -0.08, .caption_y = 0.29,
    .minimum = { 120, 92 }, .natural = { 190, 152 },
  },
  [TSM_GAUGE_HALF] = {
    .start = G_PI, .sweep = G_PI, .depth = 0.0,
    .label_drop = 0.04, .label_clear = TRUE,
    .value_height = 0.4, .value_y = -0.46, .value_y_alone = -0.24, .caption_y = -0.07,
    .minimum = { 96, 54 }, .natural = { 130, 77 },
  },
};

void
tsm_gauge_parts_init (TsmGaugeParts *parts,
                      GtkWidget     *gauge)
{
  GtkWidget *children[] = {
    tsm_dial_face_new (),
    tsm_dial_arc_new (),
    tsm_text_new (TSM_TEXT_BOLD | TSM_TEXT_SHRINK, 1.0, 0.5f),
    tsm_text_new (TSM_TEXT_DIM, 0.8, 0.5f),
    tsm_text_new (TSM_TEXT_BOLD, 0.92, 0.5f),
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_set_parent (children[i], gauge);

  *parts = (TsmGaugeParts) {
    TSM_DIAL_FACE (children[0]), TSM_DIAL_ARC (children[1]),
    TSM_TEXT (children[2]), TSM_TEXT (children[3]), TSM_TEXT (children[4]),
  };
}

/* By its shape and the font alone: no text makes a gauge ask for more room. */
void
tsm_gauge_parts_measure (TsmGaugeParts  *parts,
                         TsmGaugeShape   shape,
                         GtkOrientation  orientation,
                         int            *minimum,
                         int            *natural)
{
  int line = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    tsm_text_get_extent (parts->label, NULL, &line);

  *minimum = shapes[shape].minimum[orientation] + line;
  *natural = shapes[shape].natural[orientation] + line;
}

/* The track's radius as a share of R. */
static double
get_track_share (gboolean has_bands)
{
  return 1.0 - TRACK / 2.0 - (has_bands ? BAND + BAND_GAP : 0.0);
}

/* Pixels from the top of the dial to the bottom of its label. */
static double
get_total_height (const Shape *shape,
                  double       outer,
                  double       track_share,
                  double       line)
{
  double below = (shape->depth + shape->label_drop) * track_share * outer + line / 2.0;

  if (shape->label_clear)
    below += outer * TRACK / 2.0 + line / 2.0;

  return outer + below;
}

/* The height is linear in R, so two values of it give the R that fills the room. */
static double
get_outer_radius (const Shape *shape,
                  double       track_share,
                  double       line,
                  int          width,
                  int          height)
{
  double fixed = get_total_height (shape, 0.0, track_share, line);
  double slope = get_total_height (shape, 1.0, track_share, line) - fixed;

  return MAX (MIN (width / 2.0 - 1.0, (height - 1.0 - fixed) / slope), 1.0);
}

static void
place (GtkWidget *child,
       double     middle_x,
       double     middle_y,
       double     width,
       double     height)
{
  GtkAllocation allocation = {
    (int) round (middle_x - width / 2.0), (int) round (middle_y - height / 2.0),
    MAX ((int) width, 0), MAX ((int) ceil (height), 1),
  };

  gtk_widget_size_allocate (child, &allocation, -1);
}

/* A line of text inside the track, as wide as the chord at the end of the line that is farther from the centre. */
static void
place_inside (GtkWidget     *child,
              const TsmDial *dial,
              double         y,
              double         height,
              double         ink)
{
  double reach = MAX (fabs (y - ink / 2.0), fabs (y + ink / 2.0));
  double margin = dial->width * 0.5;

  place (child, dial->x, dial->y + y, 2.0 * (tsm_dial_half_chord (dial, reach) - margin), height);
}

static void
place_texts (TsmGaugeParts *parts,
             const Shape   *shape,
             const TsmDial *dial,
             double         zoom,
             int            width)
{
  double r = dial->radius;
  double font = shape->value_height * r;
  gboolean alone = tsm_text_get (parts->caption) == NULL;
  double drop = (shape->depth + shape->label_drop) * r;
  int caption, label;

  tsm_text_get_extent (parts->caption, NULL, &caption);
  tsm_text_get_extent (parts->label, NULL, &label);
  if (shape->label_clear)
    drop += dial->width / 2.0 + label * zoom / 2.0;

  tsm_text_set_height (parts->value, font);
  tsm_text_set_zoom (parts->caption, zoom);
  tsm_text_set_zoom (parts->label, zoom);
  place_inside (GTK_WIDGET (parts->value), dial, (alone ? shape->value_y_alone : shape->value_y) * r, font * 1.4, font * 0.7);
  place_inside (GTK_WIDGET (parts->caption), dial, shape->caption_y * r, caption * zoom, caption * zoom * 0.5);

  /* Between the ends of a 270° arc the label must not touch them. */
  if (!shape->label_clear)
    width = MIN (width, (int) (2.0 * (shape->depth * r - dial->width * 0.7)));
  place (GTK_WIDGET (parts->label), dial->x, dial->y + drop, width, label * zoom);
}

void
tsm_gauge_parts_allocate (TsmGaugeParts *parts,
                          TsmGaugeShape  shape_id,
                          gboolean       has_bands,
                          int            width,
                          int            height)
{
  const Shape *shape = &shapes[shape_id];
  double share = get_track_share (has_bands);
  GtkAllocation whole = { 0, 0, width, height };
  double outer, zoom;
  TsmDial dial;
  int line;

  tsm_text_get_extent (parts->label, NULL, &line);
  outer = get_outer_radius (shape, share, line, width, height);
  zoom = MAX (outer / ZOOM_RADIUS, 1.0);
  outer = get_outer_radius (shape, share, line * zoom, width, height);

  dial = (TsmDial) {
    .x = width / 2.0,
    .y = outer + MAX (height - get_total_height (shape, outer, share, line * zoom), 0.0) / 2.0,
    .radius = outer * share,
    .width = outer * TRACK,
    .band_radius = has_bands ? outer * (1.0 - BAND / 2.0) : 0.0,
    .band_width = outer * BAND,
    .start = shape->start,
    .sweep = shape->sweep,
  };

  tsm_dial_face_set_dial (parts->face, &dial);
  tsm_dial_arc_set_dial (parts->arc, &dial);
  gtk_widget_size_allocate (GTK_WIDGET (parts->face), &whole, -1);
  gtk_widget_size_allocate (GTK_WIDGET (parts->arc), &whole, -1);
  place_texts (parts, shape, &dial, zoom, width);
}
