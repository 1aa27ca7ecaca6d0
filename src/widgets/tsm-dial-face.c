/* TsmDialFace: track, bands and marks of a gauge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A widget of its own, so that GTK keeps its render node while the value beside it moves.
 */

#include "widgets/tsm-dial-face.h"

#include <math.h>
#include <string.h>

#include "widgets/tsm-field.h"

/* Pixels left free between two bands. */
#define BAND_GAP 2.5
/* Bands recede where the value they judge is out of date. */
#define STALE_ALPHA 0.55f

struct _TsmDialFace
{
  GtkWidget parent_instance;

  TsmDial   dial;
  guint     n_bands;
  double    ends[TSM_DIAL_MAX_BANDS];
  TsmTone   tones[TSM_DIAL_MAX_BANDS];
  double    low;
  double    high;
  gboolean  stale;
};

G_DEFINE_FINAL_TYPE (TsmDialFace, tsm_dial_face, GTK_TYPE_WIDGET)

static void
set_ink (cairo_t     *cr,
         TsmDialFace *self,
         TsmInk       ink)
{
  GdkRGBA rgba;

  tsm_ink_get_rgba (ink, GTK_WIDGET (self), &rgba);
  gdk_cairo_set_source_rgba (cr, &rgba);
}

static void
draw_bands (TsmDialFace *self,
            cairo_t     *cr)
{
  const TsmDial *dial = &self->dial;
  double gap = BAND_GAP / 2.0 / MAX (dial->band_radius, 1.0);
  double from = 0.0;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, dial->band_width);

  for (guint i = 0; i < self->n_bands; i++)
    {
      double begin = dial->start + dial->sweep * from + (i > 0 ? gap : 0.0);
      double end = dial->start + dial->sweep * self->ends[i] - (i + 1 < self->n_bands ? gap : 0.0);
      GdkRGBA rgba;

      from = self->ends[i];
      if (end <= begin)
        continue;

      tsm_tone_get_rgba (self->stale ? TSM_TONE_STALE : self->tones[i], GTK_WIDGET (self), &rgba);
      if (self->stale)
        rgba.alpha *= STALE_ALPHA;
      gdk_cairo_set_source_rgba (cr, &rgba);
      cairo_new_path (cr);
      cairo_arc (cr, dial->x, dial->y, dial->band_radius, begin, end);
      cairo_stroke (cr);
    }
}

/* A short stroke on the inner edge of the track, clear of the value's arc. */
static void
add_mark (const TsmDial *dial,
          cairo_t       *cr,
          double         share,
          double         inner,
          double         outer)
{
  double angle = dial->start + dial->sweep * share;

  cairo_move_to (cr, dial->x + inner * cos (angle), dial->y + inner * sin (angle));
  cairo_line_to (cr, dial->x + outer * cos (angle), dial->y + outer * sin (angle));
}

/* The recent extremes: a tick each, and a thin arc between the two where both are known. */
static void
draw_marks (TsmDialFace *self,
            cairo_t     *cr)
{
  const TsmDial *dial = &self->dial;
  double edge = dial->radius - dial->width / 2.0;
  double outer = edge - 2.5;
  double inner = outer - MAX (dial->width * 0.22, 3.0);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, MAX (dial->width * 0.1, 1.5));
  cairo_new_path (cr);
  if (!isnan (self->low))
    add_mark (dial, cr, self->low, inner, outer);
  if (!isnan (self->high))
    add_mark (dial, cr, self->high, inner, outer);
  if (!isnan (self->low) && !isnan (self->high) && self->low < self->high)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, dial->x, dial->y, outer,
                 dial->start + dial->sweep * self->low,
                 dial->start + dial->sweep * self->high);
    }
  set_ink (cr, self, TSM_INK_MARK);
  cairo_stroke (cr);
}

static void
tsm_dial_face_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TsmDialFace *self = TSM_DIAL_FACE (widget);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->dial.radius <= 0.0)
    return;

  tsm_dial_bounds (&self->dial, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  set_ink (cr, self, TSM_INK_TRACK);
  tsm_dial_stroke (&self->dial, cr, 0.0, 1.0);
  if (self->dial.band_radius > 0.0)
    draw_bands (self, cr);
  draw_marks (self, cr);

  cairo_destroy (cr);
}

static void
tsm_dial_face_class_init (TsmDialFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tsm_dial_face_snapshot;

  gtk_widget_class_set_css_name (widget_class, "tsm-face");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsm_dial_face_init (TsmDialFace *self)
{
  self->low = NAN;
  self->high = NAN;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tsm_dial_face_new (void)
{
  return g_object_new (TSM_TYPE_DIAL_FACE, NULL);
}

void
tsm_dial_face_set_dial (TsmDialFace   *self,
                        const TsmDial *dial)
{
  if (tsm_dial_equal (&self->dial, dial))
    return;

  self->dial = *dial;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_dial_face_set_bands (TsmDialFace   *self,
                         guint          n_bands,
                         const double  *ends,
                         const TsmTone *band_tones)
{
  g_return_if_fail (n_bands <= TSM_DIAL_MAX_BANDS);

  if (self->n_bands == n_bands &&
      (n_bands == 0 ||
       (memcmp (self->ends, ends, n_bands * sizeof *ends) == 0 &&
        memcmp (self->tones, band_tones, n_bands * sizeof *band_tones) == 0)))
    return;

  self->n_bands = n_bands;
  for (guint i = 0; i < n_bands; i++)
    {
      self->ends[i] = ends[i];
      self->tones[i] = band_tones[i];
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_dial_face_set_marks (TsmDialFace *self,
                         double       low,
                         double       high)
{
  gboolean changed = tsm_field_set_number (&self->low, low);

  changed |= tsm_field_set_number (&self->high, high);
  if (changed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_dial_face_set_stale (TsmDialFace *self,
                         gboolean     stale)
{
  if (self->stale == stale)
    return;

  self->stale = stale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
