/* TsmGauge: puts a face, an arc and three lines of text together, and publishes the value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where everything goes is in tsm-gauge-layout.c.
 */

#include "widgets/tsm-gauge.h"

#include <math.h>

#include "widgets/tsm-children.h"
#include "widgets/tsm-field.h"
#include "widgets/tsm-gauge-layout.h"
#include "widgets/tsm-spoken.h"
#include "widgets/tsm-style.h"

struct _TsmGauge
{
  GtkWidget      parent_instance;

  TsmGaugeShape  shape;
  TsmGaugeParts  parts;

  char          *label;
  char          *value_text;
  char          *unit_text;
  char          *caption;
  double         minimum;
  double         maximum;
  double         value;
  double         low;
  double         high;
  guint          n_bands;
  double         ends[TSM_DIAL_MAX_BANDS];
  TsmTone        tones[TSM_DIAL_MAX_BANDS];
  TsmTone        tone;
  gboolean       stale;
};

enum
{
  PROP_SHAPE = 1, PROP_LABEL, PROP_MINIMUM, PROP_MAXIMUM, PROP_VALUE, PROP_VALUE_TEXT, PROP_UNIT_TEXT,
  PROP_CAPTION, PROP_TONE, PROP_LOW_MARK, PROP_HIGH_MARK, PROP_STALE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ENUM_TYPE (TsmGaugeShape, tsm_gauge_shape,
                    G_DEFINE_ENUM_VALUE (TSM_GAUGE_ARC, "arc"),
                    G_DEFINE_ENUM_VALUE (TSM_GAUGE_HALF, "half"))

G_DEFINE_FINAL_TYPE (TsmGauge, tsm_gauge, GTK_TYPE_WIDGET)

static gboolean
notify_if (TsmGauge *self,
           gboolean  changed,
           int       property)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  return changed;
}

/* NaN stays NaN. */
static double
get_share (TsmGauge *self,
           double    value)
{
  double span = self->maximum - self->minimum;

  return isnan (value) ? NAN : span > 0.0 ? CLAMP ((value - self->minimum) / span, 0.0, 1.0) : 0.0;
}

/* The figure as it is shown; a caller that gives no text gets a plain one. */
static char *
dup_figure (TsmGauge *self)
{
  if (isnan (self->value))
    return g_strdup ("–");
  return self->value_text != NULL ? g_strdup (self->value_text) : g_strdup_printf ("%.4g", self->value);
}

static void
show_value (TsmGauge *self)
{
  TsmGaugeParts *parts = &self->parts;
  gboolean blank = isnan (self->value);
  g_autofree char *figure = dup_figure (self);
  g_autofree char *spoken = blank ? NULL : g_strjoin (" ", figure, self->unit_text, NULL);

  tsm_dial_arc_set_share (parts->arc, get_share (self, self->value));
  tsm_text_set (parts->value, figure, blank ? NULL : self->unit_text);
  tsm_text_set_dim (parts->value, blank || self->stale);
  tsm_spoken_set_value (GTK_WIDGET (self), self->label, self->value, spoken, self->stale);
}

static void
show_label (TsmGauge *self)
{
  tsm_text_set (self->parts.label, self->label, NULL);
  show_value (self);
}

static void
show_caption (TsmGauge *self)
{
  gboolean was_alone = tsm_text_get (self->parts.caption) == NULL;

  tsm_text_set (self->parts.caption, self->caption, NULL);
  /* The half form moves its value up to make room for the first caption. */
  if (was_alone != (tsm_text_get (self->parts.caption) == NULL))
    gtk_widget_queue_allocate (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->caption != NULL ? self->caption : "", -1);
}

static void
show_tone (TsmGauge *self)
{
  tsm_dial_arc_set_tone (self->parts.arc, self->tone);
}

static void
show_stale (TsmGauge *self)
{
  tsm_dial_face_set_stale (self->parts.face, self->stale);
  tsm_dial_arc_set_stale (self->parts.arc, self->stale);
  show_value (self);
}

/* A range, or anything drawn on its scale, has changed. */
static void
show_scale (TsmGauge *self)
{
  double shares[TSM_DIAL_MAX_BANDS];

  for (guint i = 0; i < self->n_bands; i++)
    shares[i] = get_share (self, self->ends[i]);

  tsm_dial_face_set_bands (self->parts.face, self->n_bands, shares, self->tones);
  tsm_dial_face_set_marks (self->parts.face, get_share (self, self->low), get_share (self, self->high));
  tsm_dial_arc_set_share (self->parts.arc, get_share (self, self->value));
  tsm_spoken_set_range (GTK_WIDGET (self), self->minimum, self->maximum);
}

/* Where each property is kept, and what its change brings about. */
typedef struct
{
  gsize offset;
  void (*show) (TsmGauge *self);
} PropertyRow;

static const PropertyRow rows[N_PROPERTIES] = {
  [PROP_SHAPE]      = { G_STRUCT_OFFSET (TsmGauge, shape),      show_scale },
  [PROP_LABEL]      = { G_STRUCT_OFFSET (TsmGauge, label),      show_label },
  [PROP_MINIMUM]    = { G_STRUCT_OFFSET (TsmGauge, minimum),    show_scale },
  [PROP_MAXIMUM]    = { G_STRUCT_OFFSET (TsmGauge, maximum),    show_scale },
  [PROP_VALUE]      = { G_STRUCT_OFFSET (TsmGauge, value),      show_value },
  [PROP_VALUE_TEXT] = { G_STRUCT_OFFSET (TsmGauge, value_text), show_value },
  [PROP_UNIT_TEXT]  = { G_STRUCT_OFFSET (TsmGauge, unit_text),  show_value },
  [PROP_CAPTION]    = { G_STRUCT_OFFSET (TsmGauge, caption),    show_caption },
  [PROP_TONE]       = { G_STRUCT_OFFSET (TsmGauge, tone),       show_tone },
  [PROP_LOW_MARK]   = { G_STRUCT_OFFSET (TsmGauge, low),        show_scale },
  [PROP_HIGH_MARK]  = { G_STRUCT_OFFSET (TsmGauge, high),       show_scale },
  [PROP_STALE]      = { G_STRUCT_OFFSET (TsmGauge, stale),      show_stale },
};

G_STATIC_ASSERT (sizeof (TsmGaugeShape) == sizeof (int) && sizeof (TsmTone) == sizeof (int));

static void
tsm_gauge_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  tsm_gauge_parts_measure (&TSM_GAUGE (widget)->parts, TSM_GAUGE (widget)->shape, orientation, minimum, natural);
}

static void
tsm_gauge_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  TsmGauge *self = TSM_GAUGE (widget);

  tsm_gauge_parts_allocate (&self->parts, self->shape, self->n_bands > 0, width, height);
}

static void
tsm_gauge_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_assert (property_id < N_PROPERTIES);

  tsm_field_get (G_STRUCT_MEMBER_P (object, rows[property_id].offset), value);
}

static void
tsm_gauge_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TsmGauge *self = TSM_GAUGE (object);

  g_assert (property_id < N_PROPERTIES);

  if (notify_if (self, tsm_field_set (G_STRUCT_MEMBER_P (object, rows[property_id].offset), value), property_id))
    rows[property_id].show (self);
}

static void
tsm_gauge_dispose (GObject *object)
{
  tsm_children_unparent (GTK_WIDGET (object));
  TSM_GAUGE (object)->parts = (TsmGaugeParts) { NULL };

  G_OBJECT_CLASS (tsm_gauge_parent_class)->dispose (object);
}

static void
tsm_gauge_finalize (GObject *object)
{
  TsmGauge *self = TSM_GAUGE (object);

  g_free (self->label);
  g_free (self->value_text);
  g_free (self->unit_text);
  g_free (self->caption);

  G_OBJECT_CLASS (tsm_gauge_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /* value, low-mark and high-mark begin as NaN, which no GParamSpec takes for its default. */
  properties[PROP_SHAPE] = g_param_spec_enum ("shape", NULL, NULL, TSM_TYPE_GAUGE_SHAPE, TSM_GAUGE_ARC,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MINIMUM] = g_param_spec_double ("minimum", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0, flags);
  properties[PROP_MAXIMUM] = g_param_spec_double ("maximum", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 100.0, flags);
  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -INFINITY, INFINITY, 0.0, flags);
  properties[PROP_VALUE_TEXT] = g_param_spec_string ("value-text", NULL, NULL, NULL, flags);
  properties[PROP_UNIT_TEXT] = g_param_spec_string ("unit-text", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_TONE] = g_param_spec_enum ("tone", NULL, NULL, TSM_TYPE_TONE, TSM_TONE_NEUTRAL, flags);
  properties[PROP_LOW_MARK] = g_param_spec_double ("low-mark", NULL, NULL, -INFINITY, INFINITY, 0.0, flags);
  properties[PROP_HIGH_MARK] = g_param_spec_double ("high-mark", NULL, NULL, -INFINITY, INFINITY, 0.0, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (klass, N_PROPERTIES, properties);
}

static void
tsm_gauge_class_init (TsmGaugeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tsm_gauge_get_property;
  object_class->set_property = tsm_gauge_set_property;
  object_class->dispose = tsm_gauge_dispose;
  object_class->finalize = tsm_gauge_finalize;
  widget_class->measure = tsm_gauge_measure;
  widget_class->size_allocate = tsm_gauge_size_allocate;

  install_properties (object_class);
  gtk_widget_class_set_css_name (widget_class, "tsm-gauge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
tsm_gauge_init (TsmGauge *self)
{
  self->maximum = 100.0;
  self->value = NAN;
  self->low = NAN;
  self->high = NAN;

  tsm_style_ensure (GTK_WIDGET (self));
  tsm_gauge_parts_init (&self->parts, GTK_WIDGET (self));
  show_scale (self);
  show_value (self);
}

/**
 * tsm_gauge_new:
 * @shape: 270° or 180°
 *
 * Creates a gauge from 0 to 100 without a value.
 *
 * Returns: (transfer floating): the gauge
 */
GtkWidget *
tsm_gauge_new (TsmGaugeShape shape)
{
  return g_object_new (TSM_TYPE_GAUGE, "shape", shape, NULL);
}

/**
 * tsm_gauge_set_label:
 * @self: the gauge
 * @label: (nullable): what is measured, "CPU"
 *
 * Sets the line under the arc, which is also the accessible name's first part.
 */
void
tsm_gauge_set_label (TsmGauge   *self,
                     const char *label)
{
  g_return_if_fail (TSM_IS_GAUGE (self));

  if (notify_if (self, tsm_field_set_string (&self->label, label), PROP_LABEL))
    show_label (self);
}

/**
 * tsm_gauge_set_range:
 * @self: the gauge
 * @minimum: value at the start of the arc
 * @maximum: value at its end
 *
 * Sets the scale. Values beyond it are drawn at the nearer end, with their own text.
 */
void
tsm_gauge_set_range (TsmGauge *self,
                     double    minimum,
                     double    maximum)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_GAUGE (self));
  g_return_if_fail (!isnan (minimum) && !isnan (maximum));

  changed = notify_if (self, tsm_field_set_number (&self->minimum, minimum), PROP_MINIMUM);
  changed |= notify_if (self, tsm_field_set_number (&self->maximum, maximum), PROP_MAXIMUM);
  if (changed)
    show_scale (self);
}

/**
 * tsm_gauge_set_bands:
 * @self: the gauge
 * @n_bands: how many, 0–4
 * @ends: (array length=n_bands): the upper end of each, ascending, in the value's unit
 * @tones: (array length=n_bands): the meaning of each
 *
 * Sets the thin outer arc that says which values are good and which are not.
 */
void
tsm_gauge_set_bands (TsmGauge      *self,
                     guint          n_bands,
                     const double  *ends,
                     const TsmTone *tones)
{
  g_return_if_fail (TSM_IS_GAUGE (self));
  g_return_if_fail (n_bands <= TSM_DIAL_MAX_BANDS);

  /* The arc moves inward to make room for the first band. */
  if ((self->n_bands == 0) != (n_bands == 0))
    gtk_widget_queue_allocate (GTK_WIDGET (self));

  self->n_bands = n_bands;
  for (guint i = 0; i < n_bands; i++)
    {
      self->ends[i] = ends[i];
      self->tones[i] = tones[i];
    }
  show_scale (self);
}

/**
 * tsm_gauge_set_value:
 * @self: the gauge
 * @value: the value, or NaN where there is none
 * @value_text: (nullable): the value as shown, "37.4"
 * @unit_text: (nullable): its unit, "%"
 *
 * Sets the figure. The text changes at once; the arc glides for at most 250 ms, if it is in sight and motion is wanted.
 */
void
tsm_gauge_set_value (TsmGauge   *self,
                     double      value,
                     const char *value_text,
                     const char *unit_text)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_GAUGE (self));

  changed = notify_if (self, tsm_field_set_number (&self->value, value), PROP_VALUE);
  changed |= notify_if (self, tsm_field_set_string (&self->value_text, value_text), PROP_VALUE_TEXT);
  changed |= notify_if (self, tsm_field_set_string (&self->unit_text, unit_text), PROP_UNIT_TEXT);
  if (changed)
    show_value (self);
}

/**
 * tsm_gauge_set_caption:
 * @self: the gauge
 * @caption: (nullable): a few words, "38 % in 1 h · stable"
 *
 * Sets the small line under the value, which is also the accessible description.
 */
void
tsm_gauge_set_caption (TsmGauge   *self,
                       const char *caption)
{
  g_return_if_fail (TSM_IS_GAUGE (self));

  if (notify_if (self, tsm_field_set_string (&self->caption, caption), PROP_CAPTION))
    show_caption (self);
}

/**
 * tsm_gauge_set_tone:
 * @self: the gauge
 * @tone: the meaning of the present value
 *
 * Sets the colour of the value's arc.
 */
void
tsm_gauge_set_tone (TsmGauge *self,
                    TsmTone   tone)
{
  g_return_if_fail (TSM_IS_GAUGE (self));
  g_return_if_fail (tone < TSM_N_TONES);

  if (notify_if (self, tsm_field_set_choice ((int *) &self->tone, tone), PROP_TONE))
    show_tone (self);
}

/**
 * tsm_gauge_set_marks:
 * @self: the gauge
 * @low: the recent lowest value, or NaN
 * @high: the recent highest value, or NaN
 *
 * Sets the ticks on the inner edge of the arc.
 */
void
tsm_gauge_set_marks (TsmGauge *self,
                     double    low,
                     double    high)
{
  gboolean changed;

  g_return_if_fail (TSM_IS_GAUGE (self));

  changed = notify_if (self, tsm_field_set_number (&self->low, low), PROP_LOW_MARK);
  changed |= notify_if (self, tsm_field_set_number (&self->high, high), PROP_HIGH_MARK);
  if (changed)
    show_scale (self);
}

/**
 * tsm_gauge_set_stale:
 * @self: the gauge
 * @stale: whether the value is no longer kept up to date
 *
 * Sets whether the gauge is drawn hatched and grey, with its last value.
 */
void
tsm_gauge_set_stale (TsmGauge *self,
                     gboolean  stale)
{
  g_return_if_fail (TSM_IS_GAUGE (self));

  if (notify_if (self, tsm_field_set_choice (&self->stale, stale != FALSE), PROP_STALE))
    show_stale (self);
}

/**
 * tsm_gauge_get_value:
 * @self: the gauge
 *
 * Gets the value as set, not as it glides.
 *
 * Returns: the value, or NaN
 */
double
tsm_gauge_get_value (TsmGauge *self)
{
  g_return_val_if_fail (TSM_IS_GAUGE (self), NAN);

  return self->value;
}
