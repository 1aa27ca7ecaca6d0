/* TsmRing: a score as a closed ring, with the number and its word in the middle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/tsm-ring.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "widgets/tsm-children.h"
#include "widgets/tsm-dial-arc.h"
#include "widgets/tsm-dial-face.h"
#include "widgets/tsm-field.h"
#include "widgets/tsm-spoken.h"
#include "widgets/tsm-style.h"
#include "widgets/tsm-text.h"

#define MINIMUM     84
#define NATURAL     116
#define MINIMUM_LINES 5.6 /* the same in lines of the word, for large text */
#define NATURAL_LINES 7.7
#define TRACK       0.165 /* width as a share of the outer radius, as in TsmGauge */
#define ZOOM_RADIUS 80.0  /* outer radius in pixels from which the word grows with the ring */

struct _TsmRing
{
  GtkWidget    parent_instance;

  TsmDialFace *face;
  TsmDialArc  *arc;
  TsmText     *number;
  TsmText     *word;

  double       value;
  TsmTone      tone;
  gboolean     stale;
};

G_DEFINE_FINAL_TYPE (TsmRing, tsm_ring, GTK_TYPE_WIDGET)

static char *
dup_number (TsmRing *self)
{
  return isnan (self->value) ? g_strdup ("–") : g_strdup_printf ("%.0f", self->value);
}

static void
show_state (TsmRing *self)
{
  g_autofree char *number = dup_number (self);
  g_autofree char *spoken = isnan (self->value) ? NULL : g_strjoin (", ", number, tsm_text_get (self->word), NULL);

  tsm_dial_arc_set_share (self->arc, self->value / 100.0);
  tsm_dial_arc_set_tone (self->arc, self->tone);
  tsm_dial_arc_set_stale (self->arc, self->stale);
  tsm_text_set (self->number, number, NULL);
  tsm_text_set_dim (self->number, isnan (self->value) || self->stale);
  tsm_spoken_set_value (GTK_WIDGET (self), _("Score"), self->value, spoken, self->stale);
}

static void
tsm_ring_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  int line;

  /* By the font alone: no word makes a ring ask for more room, and with large text there is room for one. */
  tsm_text_get_extent (TSM_RING (widget)->word, NULL, &line);
  *minimum = MAX (MINIMUM, (int) (MINIMUM_LINES * line));
  *natural = MAX (NATURAL, (int) (NATURAL_LINES * line));
}

static void
place (GtkWidget     *child,
       const TsmDial *dial,
       double         y,
       double         height)
{
  double half = tsm_dial_half_chord (dial, fabs (y) + height * 0.3) - dial->width * 0.4;
  GtkAllocation allocation = {
    (int) round (dial->x - half), (int) round (dial->y + y - height / 2.0),
    MAX ((int) round (2.0 * half), 0), MAX ((int) ceil (height), 1),
  };

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
tsm_ring_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  TsmRing *self = TSM_RING (widget);
  GtkAllocation whole = { 0, 0, width, height };
  double outer = MAX (MIN (width, height) / 2.0 - 1.0, 1.0);
  double zoom = MAX (outer / ZOOM_RADIUS, 1.0);
  double radius = outer * (1.0 - TRACK / 2.0);
  gboolean alone = tsm_text_get (self->word) == NULL;
  TsmDial dial = {
    .x = width / 2.0, .y = height / 2.0, .radius = radius, .width = outer * TRACK,
    .start = -0.5 * G_PI, .sweep = 2.0 * G_PI,
  };
  int line;

  tsm_dial_face_set_dial (self->face, &dial);
  tsm_dial_arc_set_dial (self->arc, &dial);
  gtk_widget_size_allocate (GTK_WIDGET (self->face), &whole, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->arc), &whole, -1);

  tsm_text_get_extent (self->word, NULL, &line);
  tsm_text_set_height (self->number, radius * 0.58);
  tsm_text_set_zoom (self->word, zoom);
  place (GTK_WIDGET (self->number), &dial, alone ? 0.0 : -0.14 * radius, radius * 0.58 * 1.3);
  place (GTK_WIDGET (self->word), &dial, 0.36 * radius, line * zoom);
}

static void
tsm_ring_dispose (GObject *object)
{
  tsm_children_unparent (GTK_WIDGET (object));

  G_OBJECT_CLASS (tsm_ring_parent_class)->dispose (object);
}

static void
tsm_ring_class_init (TsmRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_ring_dispose;
  widget_class->measure = tsm_ring_measure;
  widget_class->size_allocate = tsm_ring_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "tsm-ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static GtkWidget *
add_child (TsmRing   *self,
           GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return child;
}

static void
tsm_ring_init (TsmRing *self)
{
  self->value = NAN;

  tsm_style_ensure (GTK_WIDGET (self));
  self->face = TSM_DIAL_FACE (add_child (self, tsm_dial_face_new ()));
  self->arc = TSM_DIAL_ARC (add_child (self, tsm_dial_arc_new ()));
  self->number = TSM_TEXT (add_child (self, tsm_text_new (TSM_TEXT_BOLD | TSM_TEXT_SHRINK, 1.0, 0.5f)));
  self->word = TSM_TEXT (add_child (self, tsm_text_new (TSM_TEXT_DIM, 0.82, 0.5f)));
  tsm_spoken_set_range (GTK_WIDGET (self), 0.0, 100.0);
  show_state (self);
}

/**
 * tsm_ring_new:
 *
 * Creates a ring without a value.
 *
 * Returns: (transfer floating): the ring
 */
GtkWidget *
tsm_ring_new (void)
{
  return g_object_new (TSM_TYPE_RING, NULL);
}

/**
 * tsm_ring_set_value:
 * @self: the ring
 * @value: the score, 0–100, or NaN where there is none
 * @word: (nullable): what the score means, "excellent"
 * @tone: its colour
 *
 * Sets the score. The ring glides there in at most 250 ms.
 */
void
tsm_ring_set_value (TsmRing    *self,
                    double      value,
                    const char *word,
                    TsmTone     tone)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_RING (self));
  g_return_if_fail (tone < TSM_N_TONES);

  if (!isnan (value))
    value = CLAMP (value, 0.0, 100.0);

  /* The number moves up to make room for the first word. */
  if ((tsm_text_get (self->word) == NULL) != (word == NULL || *word == '\0'))
    gtk_widget_queue_allocate (GTK_WIDGET (self));

  changed = tsm_text_set (self->word, word, NULL);
  changed |= tsm_field_set_choice ((int *) &self->tone, tone);
  changed |= tsm_field_set_number (&self->value, value);
  if (changed)
    show_state (self);
}

/**
 * tsm_ring_set_stale:
 * @self: the ring
 * @stale: whether the score is no longer kept up to date
 *
 * Sets whether the ring is drawn hatched and grey, with its last score.
 */
void
tsm_ring_set_stale (TsmRing  *self,
                    gboolean  stale)
{
  g_return_if_fail (TSM_IS_RING (self));

  if (tsm_field_set_choice (&self->stale, stale != FALSE))
    show_state (self);
}
