/* TsmStepIcon: drawn here rather than themed, so that it needs neither an icon theme nor style rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/tsm-step-icon.h"

#include "widgets/tsm-palette.h"
#include "widgets/tsm-style.h"

#define SIZE 16

/* A glyph is up to eight points on a 16 × 16 grid: joined in pairs of a line each. A line of no length is a dot. */
typedef struct
{
  TsmTone tone;
  gboolean filled; /* else an outline, for what is not known */
  guint n_lines;
  double lines[3][4];
} Drawing;

static const Drawing drawings[] = {
  [TSM_STEP_UNKNOWN] = { TSM_TONE_STALE, FALSE, 1, { { 5.5, 8, 10.5, 8 } } },
  [TSM_STEP_BUSY]    = { TSM_TONE_STALE, FALSE, 3, { { 4.7, 8, 4.7, 8 }, { 8, 8, 8, 8 }, { 11.3, 8, 11.3, 8 } } },
  [TSM_STEP_PASS]    = { TSM_TONE_GOOD, TRUE, 2, { { 4.9, 8.3, 7.1, 10.5 }, { 7.1, 10.5, 11.2, 5.9 } } },
  [TSM_STEP_WARN]    = { TSM_TONE_WARN, TRUE, 2, { { 8, 4.3, 8, 8.6 }, { 8, 11.6, 8, 11.6 } } },
  [TSM_STEP_FAIL]    = { TSM_TONE_CRITICAL, TRUE, 2, { { 5.5, 5.5, 10.5, 10.5 }, { 10.5, 5.5, 5.5, 10.5 } } },
};

struct _TsmStepIcon
{
  GtkWidget parent_instance;

  TsmStepState state;
};

G_DEFINE_FINAL_TYPE (TsmStepIcon, tsm_step_icon, GTK_TYPE_WIDGET)

static void
draw_disc (const Drawing *drawing,
           cairo_t       *cr,
           const GdkRGBA *rgba)
{
  gdk_cairo_set_source_rgba (cr, rgba);
  cairo_arc (cr, SIZE / 2.0, SIZE / 2.0, drawing->filled ? 7.5 : 6.75, 0, 2 * G_PI);
  if (drawing->filled)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_glyph (const Drawing *drawing,
            cairo_t       *cr,
            gboolean       dark)
{
  /* Tones are bright on dark ground, so what lies on them is dark there. */
  if (drawing->filled && dark)
    cairo_set_source_rgb (cr, 0.12, 0.12, 0.12);
  else if (drawing->filled)
    cairo_set_source_rgb (cr, 1, 1, 1);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, drawing->filled ? 2.0 : 1.75);
  for (guint i = 0; i < drawing->n_lines; i++)
    {
      const double *line = drawing->lines[i];

      cairo_move_to (cr, line[0], line[1]);
      cairo_line_to (cr, line[2], line[3]);
    }
  cairo_stroke (cr);
}

static void
tsm_step_icon_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  const Drawing *drawing = &drawings[TSM_STEP_ICON (widget)->state];
  TsmAppearance appearance;
  GdkRGBA rgba;
  cairo_t *cr;

  tsm_appearance_read (&appearance, widget);
  tsm_tone_look_up (drawing->tone, &appearance, &rgba);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  cairo_translate (cr, (gtk_widget_get_width (widget) - SIZE) / 2, (gtk_widget_get_height (widget) - SIZE) / 2);
  draw_disc (drawing, cr, &rgba);
  draw_glyph (drawing, cr, appearance.dark);
  cairo_destroy (cr);
}

static void
tsm_step_icon_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
tsm_step_icon_class_init (TsmStepIconClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tsm_step_icon_snapshot;
  widget_class->measure = tsm_step_icon_measure;

  gtk_widget_class_set_css_name (widget_class, "tsm-step-icon");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsm_step_icon_init (TsmStepIcon *self)
{
  tsm_style_ensure (GTK_WIDGET (self));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * tsm_step_icon_new:
 *
 * Creates the icon of a step whose state is not known.
 *
 * Returns: (transfer floating): the icon
 */
GtkWidget *
tsm_step_icon_new (void)
{
  return g_object_new (TSM_TYPE_STEP_ICON, NULL);
}

/**
 * tsm_step_icon_set_state:
 * @self: the icon
 * @state: what to show
 *
 * Sets the state.
 */
void
tsm_step_icon_set_state (TsmStepIcon  *self,
                         TsmStepState  state)
{
  g_return_if_fail (TSM_IS_STEP_ICON (self));
  g_return_if_fail (state < G_N_ELEMENTS (drawings));

  if (self->state == state)
    return;

  self->state = state;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
