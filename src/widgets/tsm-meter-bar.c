/* TsmMeterBar: a thin bar from 0 to 100.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/tsm-meter-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "widgets/tsm-dial.h"
#include "widgets/tsm-ease.h"
#include "widgets/tsm-field.h"
#include "widgets/tsm-spoken.h"
#include "widgets/tsm-style.h"

#define THICKNESS     8
#define MINIMUM_WIDTH 32
#define NATURAL_WIDTH 120
/* A move shorter than this, as a share of the whole, is not worth a glide. */
#define LEAST_GLIDE   0.015
#define HATCH_PITCH   4.5

struct _TsmMeterBar
{
  GtkWidget parent_instance;

  double    value;
  char     *value_text;
  TsmTone   tone;
  gboolean  stale;
  TsmEase   share;
};

G_DEFINE_FINAL_TYPE (TsmMeterBar, tsm_meter_bar, GTK_TYPE_WIDGET)

static void
append_bar (GtkSnapshot           *snapshot,
            const graphene_rect_t *rect,
            const GdkRGBA         *rgba,
            gboolean               hatched)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, rect->size.height / 2.f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (hatched)
    {
      GdkRGBA ground = *rgba;
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, rect);

      ground.alpha *= 0.25f;
      tsm_hatch_set_source (cr, rect, &ground, rgba, HATCH_PITCH);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
  else
    {
      gtk_snapshot_append_color (snapshot, rgba, rect);
    }
  gtk_snapshot_pop (snapshot);
}

static void
tsm_meter_bar_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  TsmMeterBar *self = TSM_METER_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int thickness = MIN (THICKNESS, height);
  graphene_rect_t rect;
  GdkRGBA rgba;

  graphene_rect_init (&rect, 0, (height - thickness) / 2, width, thickness);
  tsm_ink_get_rgba (TSM_INK_TRACK, widget, &rgba);
  append_bar (snapshot, &rect, &rgba, FALSE);

  if (isnan (self->value) || self->share.shown <= 0.0)
    return;

  /* Never narrower than its own round ends. */
  rect.size.width = MAX (width * self->share.shown, thickness);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    rect.origin.x = width - rect.size.width;
  tsm_tone_get_rgba (self->stale ? TSM_TONE_STALE : self->tone, widget, &rgba);
  append_bar (snapshot, &rect, &rgba, self->stale);
}

static void
tsm_meter_bar_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : THICKNESS;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : THICKNESS;
}

static void
publish (TsmMeterBar *self)
{
  g_autofree char *text = g_strdup (self->value_text);

  if (text == NULL && !isnan (self->value))
    text = g_strdup_printf (C_("meter", "%.0f %%"), self->value);
  tsm_spoken_set_value (GTK_WIDGET (self), NULL, self->value, text, self->stale);
}

static void
tsm_meter_bar_unmap (GtkWidget *widget)
{
  tsm_ease_stop (&TSM_METER_BAR (widget)->share);

  GTK_WIDGET_CLASS (tsm_meter_bar_parent_class)->unmap (widget);
}

static void
tsm_meter_bar_dispose (GObject *object)
{
  tsm_ease_stop (&TSM_METER_BAR (object)->share);

  G_OBJECT_CLASS (tsm_meter_bar_parent_class)->dispose (object);
}

static void
tsm_meter_bar_finalize (GObject *object)
{
  g_free (TSM_METER_BAR (object)->value_text);

  G_OBJECT_CLASS (tsm_meter_bar_parent_class)->finalize (object);
}

static void
tsm_meter_bar_class_init (TsmMeterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_meter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_meter_bar_finalize;
  widget_class->snapshot = tsm_meter_bar_snapshot;
  widget_class->measure = tsm_meter_bar_measure;
  widget_class->unmap = tsm_meter_bar_unmap;

  gtk_widget_class_set_css_name (widget_class, "tsm-meter");
}

static void
tsm_meter_bar_init (TsmMeterBar *self)
{
  self->value = NAN;
  tsm_ease_init (&self->share, GTK_WIDGET (self), 0.0);
  tsm_style_ensure (GTK_WIDGET (self));
}

/**
 * tsm_meter_bar_new:
 * @role: GTK_ACCESSIBLE_ROLE_METER for a score, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR for work that gets done
 *
 * Creates a bar without a value.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
tsm_meter_bar_new (GtkAccessibleRole role)
{
  TsmMeterBar *self;

  g_return_val_if_fail (role == GTK_ACCESSIBLE_ROLE_METER || role == GTK_ACCESSIBLE_ROLE_PROGRESS_BAR, NULL);

  /* The role must be set before the first property is published. */
  self = g_object_new (TSM_TYPE_METER_BAR, "accessible-role", role, NULL);
  tsm_spoken_set_range (GTK_WIDGET (self), 0.0, 100.0);
  publish (self);
  return GTK_WIDGET (self);
}

/**
 * tsm_meter_bar_set_value:
 * @self: the bar
 * @value: how full it is, 0–100, or NaN for an empty bar
 * @value_text: (nullable): the same in words, best with what is measured: "Redis 97, excellent"
 *
 * Sets the value. @value_text is not drawn: it is the accessible name and value text.
 */
void
tsm_meter_bar_set_value (TsmMeterBar *self,
                         double       value,
                         const char  *value_text)
{
  gboolean was_empty, changed;

  g_return_if_fail (TSM_IS_METER_BAR (self));

  if (!isnan (value))
    value = CLAMP (value, 0.0, 100.0);

  was_empty = isnan (self->value) != 0;
  changed = tsm_field_set_number (&self->value, value);
  changed |= tsm_field_set_string (&self->value_text, value_text);
  if (!changed)
    return;

  if (was_empty != (isnan (value) != 0))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  tsm_ease_set (&self->share, isnan (value) ? 0.0 : value / 100.0, isnan (value) ? G_MAXDOUBLE : LEAST_GLIDE);
  publish (self);
}

/**
 * tsm_meter_bar_set_tone:
 * @self: the bar
 * @tone: the meaning of the present value
 *
 * Sets the colour of the full part.
 */
void
tsm_meter_bar_set_tone (TsmMeterBar *self,
                        TsmTone      tone)
{
  g_return_if_fail (TSM_IS_METER_BAR (self));
  g_return_if_fail (tone < TSM_N_TONES);

  if (tsm_field_set_choice ((int *) &self->tone, tone))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsm_meter_bar_set_stale:
 * @self: the bar
 * @stale: whether the value is no longer kept up to date
 *
 * Sets whether the full part is drawn hatched and grey.
 */
void
tsm_meter_bar_set_stale (TsmMeterBar *self,
                         gboolean     stale)
{
  g_return_if_fail (TSM_IS_METER_BAR (self));

  if (tsm_field_set_choice (&self->stale, stale != FALSE))
    {
      publish (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}
