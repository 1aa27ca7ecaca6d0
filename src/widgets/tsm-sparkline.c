/* TsmSparkline: points to pixel columns, columns to a line and an area.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   points ──▸ runs without a gap ──▸ columns (lowest and highest per pixel) ──▸ path
 *
 * Each step is done while drawing: a few hundred points cost less than keeping the result up to date would.
 */

#include "widgets/tsm-sparkline.h"

#include <math.h>
#include <string.h>

#include "widgets/tsm-dial.h"
#include "widgets/tsm-field.h"
#include "widgets/tsm-style.h"

#define LINE_WIDTH     1.5
#define DOT_RADIUS     2.25
#define HATCH_PITCH    4.0
#define AREA_ALPHA     0.15f
#define HEADROOM       0.08 /* kept free above the highest point, as a share of the range */
#define MINIMUM_WIDTH  40
#define NATURAL_WIDTH  120
#define MINIMUM_HEIGHT 20
#define NATURAL_HEIGHT 36

struct _TsmSparkline
{
  GtkWidget      parent_instance;

  TsmSparkPoint *points;
  guint          n_points;
  gint64         start;
  gint64         end;
  gint64         silence;
  double         minimum;
  double         maximum;
  TsmTone        tone;
  gboolean       stale;
};

/* From time and value to pixels, for one drawing. */
typedef struct
{
  double left;
  double width;
  double top;
  double height;
  double lowest;
  double highest;
  gint64 start;
  gint64 end;
} Scale;

/* What of a run falls into one pixel column. */
typedef struct
{
  int    column;
  double x_lowest, y_lowest;
  double x_highest, y_highest;
} Column;

G_DEFINE_FINAL_TYPE (TsmSparkline, tsm_sparkline, GTK_TYPE_WIDGET)

static double
get_x (const Scale *scale,
       gint64       time)
{
  return scale->left + scale->width * (double) (time - scale->start) / (double) (scale->end - scale->start);
}

static double
get_y (const Scale *scale,
       double       value)
{
  double share = (value - scale->lowest) / (scale->highest - scale->lowest);

  return scale->top + scale->height * (1.0 - CLAMP (share, 0.0, 1.0));
}

/* An all-positive course stands on zero; one that never changes gets some room around it. */
static void
fit_range (TsmSparkline *self,
           Scale        *scale)
{
  double lowest = INFINITY;
  double highest = -INFINITY;

  for (guint i = 0; i < self->n_points; i++)
    {
      if (isnan (self->points[i].value) || self->points[i].time < self->start)
        continue;
      lowest = MIN (lowest, self->points[i].value);
      highest = MAX (highest, self->points[i].value);
    }

  if (lowest >= 0.0)
    lowest = 0.0;
  scale->lowest = isnan (self->minimum) ? lowest : self->minimum;
  scale->highest = isnan (self->maximum) ? highest + (highest - lowest) * HEADROOM : self->maximum;
  if (!(scale->highest > scale->lowest))
    scale->highest = scale->lowest + 1.0;
}

/* Where the gap that opens at point @index ends: at the next number. */
static gint64
get_gap_end (TsmSparkline *self,
             guint         index)
{
  for (guint i = index + 1; i < self->n_points; i++)
    if (!isnan (self->points[i].value))
      return self->points[i].time;

  return self->end;
}

/* Whether nothing is known between point @index and the next one, or the end. */
static gboolean
opens_gap (TsmSparkline *self,
           guint         index)
{
  gint64 next = index + 1 < self->n_points ? self->points[index + 1].time : self->end;

  return isnan (self->points[index].value) ||
         (self->silence > 0 && next - self->points[index].time > self->silence);
}

/* At most two points per pixel column, in the order of time. */
static void
flush_column (Column  *column,
              cairo_t *cr)
{
  if (column->x_lowest == column->x_highest)
    {
      cairo_line_to (cr, column->x_lowest, column->y_lowest);
    }
  else if (column->x_lowest < column->x_highest)
    {
      cairo_line_to (cr, column->x_lowest, column->y_lowest);
      cairo_line_to (cr, column->x_highest, column->y_highest);
    }
  else
    {
      cairo_line_to (cr, column->x_highest, column->y_highest);
      cairo_line_to (cr, column->x_lowest, column->y_lowest);
    }
}

/* Adds the line through the points [first, last]. */
static void
add_run (TsmSparkline *self,
         const Scale  *scale,
         cairo_t      *cr,
         guint         first,
         guint         last)
{
  Column column = { .column = G_MININT };

  for (guint i = first; i <= last; i++)
    {
      double x = get_x (scale, self->points[i].time);
      double y = get_y (scale, self->points[i].value);

      if ((int) floor (x) != column.column)
        {
          if (column.column != G_MININT)
            flush_column (&column, cr);
          column = (Column) { (int) floor (x), x, y, x, y };
          continue;
        }
      if (y > column.y_lowest)
        column.x_lowest = x, column.y_lowest = y;
      if (y < column.y_highest)
        column.x_highest = x, column.y_highest = y;
    }
  flush_column (&column, cr);
}

static void
draw_run (TsmSparkline  *self,
          const Scale   *scale,
          cairo_t       *cr,
          const GdkRGBA *line,
          guint          first,
          guint          last)
{
  double begin = get_x (scale, self->points[first].time);
  double end = get_x (scale, self->points[last].time);
  GdkRGBA area = *line;

  gdk_cairo_set_source_rgba (cr, line);
  cairo_new_path (cr);
  if (first == last)
    {
      cairo_arc (cr, begin, get_y (scale, self->points[first].value), LINE_WIDTH, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }

  add_run (self, scale, cr, first, last);
  cairo_stroke_preserve (cr);

  area.alpha *= AREA_ALPHA;
  gdk_cairo_set_source_rgba (cr, &area);
  cairo_line_to (cr, end, scale->top + scale->height + LINE_WIDTH);
  cairo_line_to (cr, begin, scale->top + scale->height + LINE_WIDTH);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_gap (TsmSparkline *self,
          const Scale  *scale,
          cairo_t      *cr,
          gint64        from,
          gint64        to,
          double        height)
{
  double begin = MAX (get_x (scale, from), scale->left) + LINE_WIDTH;
  double end = MIN (get_x (scale, to), scale->left + scale->width) - LINE_WIDTH;
  graphene_rect_t area;
  GdkRGBA ground, stripe;

  if (end - begin < 1.0)
    return;

  tsm_ink_get_rgba (TSM_INK_GAP, GTK_WIDGET (self), &ground);
  tsm_ink_get_rgba (TSM_INK_TRACK, GTK_WIDGET (self), &stripe);
  graphene_rect_init (&area, begin, 0, end - begin, height);

  cairo_save (cr);
  gdk_cairo_rectangle (cr, &(GdkRectangle) { (int) round (begin), 0, MAX ((int) round (end - begin), 1), (int) height });
  cairo_clip (cr);
  tsm_hatch_set_source (cr, &area, &ground, &stripe, HATCH_PITCH);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* The last point known, if the line reaches the present. */
static void
draw_present (TsmSparkline *self,
              const Scale  *scale,
              cairo_t      *cr)
{
  guint last = self->n_points - 1;

  if (self->stale || opens_gap (self, last))
    return;

  cairo_new_path (cr);
  cairo_arc (cr, get_x (scale, self->points[last].time), get_y (scale, self->points[last].value), DOT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_points (TsmSparkline *self,
             const Scale  *scale,
             cairo_t      *cr,
             double        height)
{
  guint first = G_MAXUINT;
  GdkRGBA line;

  tsm_tone_get_rgba (self->stale ? TSM_TONE_STALE : self->tone, GTK_WIDGET (self), &line);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  for (guint i = 0; i < self->n_points; i++)
    {
      gboolean gap = opens_gap (self, i);

      /* One gap however many points say so. */
      if (isnan (self->points[i].value) && i > 0 && opens_gap (self, i - 1))
        continue;
      if (first == G_MAXUINT && !isnan (self->points[i].value))
        first = i;
      if (!gap && i + 1 < self->n_points && !isnan (self->points[i + 1].value))
        continue;

      if (first != G_MAXUINT)
        draw_run (self, scale, cr, &line, first, i);
      first = G_MAXUINT;
      if (gap)
        draw_gap (self, scale, cr, self->points[i].time, get_gap_end (self, i), height);
    }

  gdk_cairo_set_source_rgba (cr, &line);
  draw_present (self, scale, cr);
}

static void
tsm_sparkline_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TsmSparkline *self = TSM_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  Scale scale = {
    .left = 0.0, .width = width - DOT_RADIUS - 1.0,
    .top = DOT_RADIUS, .height = height - DOT_RADIUS - LINE_WIDTH,
    .start = self->start, .end = self->end,
  };
  cairo_t *cr;

  if (self->n_points == 0 || self->end <= self->start || scale.width <= 0.0 || scale.height <= 0.0)
    return;

  fit_range (self, &scale);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  /* Points before the start lead in from the left; the widget's edge cuts them. */
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  draw_points (self, &scale, cr, height);
  cairo_destroy (cr);
}

static void
tsm_sparkline_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : MINIMUM_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
tsm_sparkline_finalize (GObject *object)
{
  g_free (TSM_SPARKLINE (object)->points);

  G_OBJECT_CLASS (tsm_sparkline_parent_class)->finalize (object);
}

static void
tsm_sparkline_class_init (TsmSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tsm_sparkline_finalize;
  widget_class->snapshot = tsm_sparkline_snapshot;
  widget_class->measure = tsm_sparkline_measure;

  gtk_widget_class_set_css_name (widget_class, "tsm-sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsm_sparkline_init (TsmSparkline *self)
{
  self->minimum = NAN;
  self->maximum = NAN;
  tsm_style_ensure (GTK_WIDGET (self));
}

/* Field by field: the padding after the value is not the caller's to keep clean, and NaN equals itself here. */
static gboolean
points_equal (const TsmSparkPoint *a,
              const TsmSparkPoint *b,
              guint                n_points)
{
  for (guint i = 0; i < n_points; i++)
    if (a[i].time != b[i].time || !tsm_same_number (a[i].value, b[i].value))
      return FALSE;

  return TRUE;
}

/**
 * tsm_sparkline_new:
 *
 * Creates an empty sparkline. Its accessible label is for the caller to set, with gtk_accessible_update_property().
 *
 * Returns: (transfer floating): the sparkline
 */
GtkWidget *
tsm_sparkline_new (void)
{
  return g_object_new (TSM_TYPE_SPARKLINE, NULL);
}

/**
 * tsm_sparkline_set_points:
 * @self: the sparkline
 * @points: (array length=n_points): points in ascending order of time
 * @n_points: how many
 * @start: time at the left edge, in µs
 * @end: time at the right edge, in µs
 * @silence: time without a point from which on it is a gap, in µs; 0 for none
 *
 * Sets what is shown; the points are copied. A silence between two points is drawn as a gap as well as one after the last.
 */
void
tsm_sparkline_set_points (TsmSparkline        *self,
                          const TsmSparkPoint *points,
                          guint                n_points,
                          gint64               start,
                          gint64               end,
                          gint64               silence)
{
  g_return_if_fail (TSM_IS_SPARKLINE (self));
  g_return_if_fail (points != NULL || n_points == 0);

  if (self->n_points == n_points && self->start == start && self->end == end && self->silence == silence &&
      points_equal (self->points, points, n_points))
    return;

  if (self->n_points != n_points)
    self->points = g_renew (TsmSparkPoint, self->points, n_points);
  if (n_points > 0)
    memcpy (self->points, points, n_points * sizeof *points);
  self->n_points = n_points;
  self->start = start;
  self->end = end;
  self->silence = silence;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsm_sparkline_set_range:
 * @self: the sparkline
 * @minimum: value at the bottom, or NaN to fit
 * @maximum: value at the top, or NaN to fit
 *
 * Sets the vertical scale. Values beyond it are drawn at its edge.
 */
void
tsm_sparkline_set_range (TsmSparkline *self,
                         double        minimum,
                         double        maximum)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_SPARKLINE (self));

  changed = tsm_field_set_number (&self->minimum, minimum);
  changed |= tsm_field_set_number (&self->maximum, maximum);
  if (changed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsm_sparkline_set_tone:
 * @self: the sparkline
 * @tone: the meaning of the course
 *
 * Sets the colour of the line and its area.
 */
void
tsm_sparkline_set_tone (TsmSparkline *self,
                        TsmTone       tone)
{
  g_return_if_fail (TSM_IS_SPARKLINE (self));
  g_return_if_fail (tone < TSM_N_TONES);

  if (tsm_field_set_choice ((int *) &self->tone, tone))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsm_sparkline_set_stale:
 * @self: the sparkline
 * @stale: whether nothing new is expected at present
 *
 * Sets whether the line is drawn grey.
 */
void
tsm_sparkline_set_stale (TsmSparkline *self,
                         gboolean      stale)
{
  g_return_if_fail (TSM_IS_SPARKLINE (self));

  if (tsm_field_set_choice (&self->stale, stale != FALSE))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
