/* TsmDialArc: the arc of a value, gliding to where it is set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/tsm-dial-arc.h"

#include <math.h>

#include "widgets/tsm-ease.h"

/* A move shorter than this along the arc, in pixels, is not worth a glide. */
#define LEAST_GLIDE 2.0
/* Stripes narrower than this, in pixels, would blur into grey. */
#define LEAST_PITCH 4.5

struct _TsmDialArc
{
  GtkWidget parent_instance;

  TsmDial   dial;
  TsmEase   share;
  gboolean  empty;
  TsmTone   tone;
  gboolean  stale;
};

G_DEFINE_FINAL_TYPE (TsmDialArc, tsm_dial_arc, GTK_TYPE_WIDGET)

static void
set_source (TsmDialArc            *self,
            cairo_t               *cr,
            const graphene_rect_t *bounds)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA rgba, ground;

  tsm_tone_get_rgba (self->stale ? TSM_TONE_STALE : self->tone, widget, &rgba);
  if (!self->stale)
    {
      gdk_cairo_set_source_rgba (cr, &rgba);
      return;
    }

  ground = rgba;
  ground.alpha *= 0.25f;
  tsm_hatch_set_source (cr, bounds, &ground, &rgba, MAX (self->dial.width * 0.38, LEAST_PITCH));
}

static void
tsm_dial_arc_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TsmDialArc *self = TSM_DIAL_ARC (widget);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->dial.radius <= 0.0 || self->empty || self->share.shown <= 0.0)
    return;

  tsm_dial_bounds (&self->dial, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  set_source (self, cr, &bounds);
  tsm_dial_stroke (&self->dial, cr, 0.0, self->share.shown);
  cairo_destroy (cr);
}

static void
tsm_dial_arc_unmap (GtkWidget *widget)
{
  tsm_ease_stop (&TSM_DIAL_ARC (widget)->share);

  GTK_WIDGET_CLASS (tsm_dial_arc_parent_class)->unmap (widget);
}

static void
tsm_dial_arc_dispose (GObject *object)
{
  tsm_ease_stop (&TSM_DIAL_ARC (object)->share);

  G_OBJECT_CLASS (tsm_dial_arc_parent_class)->dispose (object);
}

static void
tsm_dial_arc_class_init (TsmDialArcClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_dial_arc_dispose;
  widget_class->snapshot = tsm_dial_arc_snapshot;
  widget_class->unmap = tsm_dial_arc_unmap;

  gtk_widget_class_set_css_name (widget_class, "tsm-arc");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsm_dial_arc_init (TsmDialArc *self)
{
  tsm_ease_init (&self->share, GTK_WIDGET (self), 0.0);
  self->empty = TRUE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tsm_dial_arc_new (void)
{
  return g_object_new (TSM_TYPE_DIAL_ARC, NULL);
}

void
tsm_dial_arc_set_dial (TsmDialArc    *self,
                       const TsmDial *dial)
{
  if (tsm_dial_equal (&self->dial, dial))
    return;

  self->dial = *dial;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_dial_arc_set_share (TsmDialArc *self,
                        double      share)
{
  gboolean empty = isnan (share);
  double length = MAX (self->dial.radius * self->dial.sweep, 1.0);

  if (self->empty != empty)
    {
      self->empty = empty;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }

  /* The next number after a blank grows from nothing again, as there is nothing it could come from. */
  tsm_ease_set (&self->share, empty ? 0.0 : CLAMP (share, 0.0, 1.0), empty ? G_MAXDOUBLE : LEAST_GLIDE / length);
}

void
tsm_dial_arc_set_tone (TsmDialArc *self,
                       TsmTone     tone)
{
  g_return_if_fail (tone < TSM_N_TONES);

  if (self->tone == tone)
    return;

  self->tone = tone;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_dial_arc_set_stale (TsmDialArc *self,
                        gboolean    stale)
{
  if (self->stale == stale)
    return;

  self->stale = stale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* For the tests: the share on screen at present, between two values while it glides. */
double
tsm_dial_arc_get_shown (TsmDialArc *self)
{
  return self->empty ? NAN : self->share.shown;
}
