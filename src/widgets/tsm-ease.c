/* TsmEase: one tick callback per widget, only while something visibly moves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A glide costs a frame every 16 ms. With ten updates a second it would never end, so it is kept for changes that come alone:
 * one that follows another within the duration is taken at once, as the updates themselves are then the motion.
 */

#include "widgets/tsm-ease.h"

#include <math.h>

/* Starts fast and settles: the eye gets the new value early. */
static double
ease_out_cubic (double t)
{
  double rest = 1.0 - t;

  return 1.0 - rest * rest * rest;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  TsmEase *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double t;

  if (self->begun == 0)
    self->begun = now;

  t = CLAMP ((double) (now - self->begun) / TSM_EASE_DURATION, 0.0, 1.0);
  self->shown = self->from + (self->to - self->from) * ease_out_cubic (t);
  gtk_widget_queue_draw (widget);

  if (t < 1.0)
    return G_SOURCE_CONTINUE;

  self->shown = self->to;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
animations_are_on (GtkWidget *widget)
{
  gboolean enabled = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

/**
 * tsm_ease_init:
 * @self: the ease
 * @widget: the widget to redraw, which outlives @self
 * @value: where to start
 *
 * Prepares an ease at rest.
 */
void
tsm_ease_init (TsmEase   *self,
               GtkWidget *widget,
               double     value)
{
  *self = (TsmEase) { .widget = widget, .from = value, .to = value, .shown = value };
}

/**
 * tsm_ease_set:
 * @self: the ease
 * @value: the new value; must be a number
 * @least: the smallest change worth a glide; a smaller one is taken at once
 *
 * Sets where to go, and redraws the widget if that differs from where it goes already.
 */
void
tsm_ease_set (TsmEase *self,
              double   value,
              double   least)
{
  gint64 now = g_get_monotonic_time ();
  gboolean alone = now - self->changed > TSM_EASE_DURATION;

  g_return_if_fail (!isnan (value));

  if (self->to == value)
    return;

  self->to = value;
  self->changed = now;

  if (alone && fabs (value - self->shown) >= least &&
      gtk_widget_get_mapped (self->widget) && animations_are_on (self->widget))
    {
      self->from = self->shown;
      self->begun = 0;
      if (self->tick == 0)
        self->tick = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
      return;
    }

  tsm_ease_stop (self);
  gtk_widget_queue_draw (self->widget);
}

/**
 * tsm_ease_stop:
 * @self: the ease
 *
 * Ends any glide at its target. To be called from the widget's unmap and dispose, so that nothing ticks while hidden.
 */
void
tsm_ease_stop (TsmEase *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->widget, self->tick);
  self->tick = 0;
  self->shown = self->to;
}
