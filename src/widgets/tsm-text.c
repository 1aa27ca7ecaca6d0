/* TsmText: a line of text for numbers that change often.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GtkLabel asks the whole window for a new layout with each new text, and a new font size set while its parent allocates
 * is an endless loop. This one asks its parent for no room at all: the parent reserves it, a new text is a redraw, and digits
 * have one width.
 */

#include "widgets/tsm-text.h"

#include <math.h>
#include <string.h>

/* Size of the suffix beside the text. */
#define SUFFIX_SCALE 0.52
/* A shrinking text stops at this share of its size, and is cut from there on. */
#define LEAST_SHRINK 0.5
#define ROUNDING     4
/* Between parts of a line, each of which says something by itself. */
#define PARTED       " · "

struct _TsmText
{
  GtkWidget    parent_instance;

  char        *text;
  char        *suffix;
  TsmTextFlags flags;
  double       scale;
  float        xalign;
  double       font_height;
  double       zoom;
};

G_DEFINE_FINAL_TYPE (TsmText, tsm_text, GTK_TYPE_WIDGET)

static double
get_font_height (TsmText *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;

  return size * self->scale;
}

/* Attributes over the bytes [start, end), in pixels of font height. */
static void
add_attributes (PangoAttrList *list,
                double         height,
                gboolean       bold,
                guint          start,
                guint          end)
{
  PangoAttribute *attributes[] = {
    pango_attr_size_new_absolute ((int) (height * PANGO_SCALE)),
    pango_attr_weight_new (bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL),
    pango_attr_font_features_new ("tnum=1"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->start_index = start;
      attributes[i]->end_index = end;
      pango_attr_list_insert (list, attributes[i]);
    }
}

/* gtk_snapshot_append_layout() takes one colour; only its opacity can differ along the line. */
static void
dim_from (TsmText       *self,
          PangoAttrList *list,
          guint          start)
{
  PangoAttribute *attribute;
  GdkRGBA text, dim;

  tsm_ink_get_rgba (TSM_INK_TEXT, GTK_WIDGET (self), &text);
  tsm_ink_get_rgba (TSM_INK_DIM, GTK_WIDGET (self), &dim);
  if ((self->flags & TSM_TEXT_DIM) != 0 || text.alpha <= 0.f)
    return;

  attribute = pango_attr_foreground_alpha_new ((guint16) (dim.alpha / text.alpha * G_MAXUINT16));
  attribute->start_index = start;
  pango_attr_list_insert (list, attribute);
}

static void
apply_height (TsmText     *self,
              PangoLayout *layout,
              double       height)
{
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();
  guint split = self->text != NULL ? strlen (self->text) : 0;

  if (self->suffix == NULL)
    split = G_MAXUINT;

  add_attributes (list, height, (self->flags & TSM_TEXT_BOLD) != 0, 0, split);
  if (self->suffix != NULL)
    {
      add_attributes (list, height * SUFFIX_SCALE, FALSE, split, G_MAXUINT);
      dim_from (self, list, split);
    }
  pango_layout_set_attributes (layout, list);
}

static PangoLayout *
create_layout (TsmText *self,
               double   height)
{
  g_autofree char *both = NULL;
  PangoLayout *layout;

  /* A hair space keeps the unit off the number without looking like two words. */
  if (self->suffix != NULL)
    both = g_strconcat (self->text != NULL ? self->text : "", "\u200a", self->suffix, NULL);

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), both != NULL ? both : self->text);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  apply_height (self, layout, height);
  return layout;
}

/* Of several parts the last are the least: they go one by one, as a whole. */
static void
drop_parts (PangoLayout *layout,
            int          width)
{
  g_autofree char *text = g_strdup (pango_layout_get_text (layout));
  char *end;
  int wanted;

  for (pango_layout_get_pixel_size (layout, &wanted, NULL);
       wanted > width && (end = g_strrstr (text, PARTED)) != NULL;
       pango_layout_get_pixel_size (layout, &wanted, NULL))
    {
      *end = '\0';
      pango_layout_set_text (layout, text, -1);
    }
}

/* Makes it fit into @width: without its last parts, then smaller as far as allowed, then cut with an ellipsis. */
static void
fit_layout (TsmText     *self,
            PangoLayout *layout,
            double       height,
            int          width)
{
  int wanted;

  if (self->suffix == NULL)
    drop_parts (layout, width);
  pango_layout_get_pixel_size (layout, &wanted, NULL);
  if (wanted <= width)
    return;

  if ((self->flags & TSM_TEXT_SHRINK) != 0)
    {
      apply_height (self, layout, height * MAX ((double) width / wanted, LEAST_SHRINK));
      pango_layout_get_pixel_size (layout, &wanted, NULL);
      /* Glyphs are rounded to pixels, so the sum can miss by a few. */
      if (wanted <= width + ROUNDING)
        return;
    }
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, width * PANGO_SCALE);
}

static double
get_x (TsmText     *self,
       PangoLayout *layout,
       int          width)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float xalign = mirrored ? 1.f - self->xalign : self->xalign;
  PangoRectangle logical;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  return round ((width - logical.width) * xalign) - logical.x;
}

static void
tsm_text_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  TsmText *self = TSM_TEXT (widget);
  int width = gtk_widget_get_width (widget);
  double height = self->font_height > 0.0 ? self->font_height : get_font_height (self) * self->zoom;
  g_autoptr (PangoLayout) layout = NULL;
  graphene_point_t origin;
  int layout_height;
  GdkRGBA rgba;

  if (self->text == NULL || width <= 0)
    return;

  layout = create_layout (self, height);
  fit_layout (self, layout, height, width);
  pango_layout_get_pixel_size (layout, NULL, &layout_height);
  tsm_ink_get_rgba ((self->flags & TSM_TEXT_DIM) != 0 ? TSM_INK_DIM : TSM_INK_TEXT, widget, &rgba);

  graphene_point_init (&origin, get_x (self, layout, width), round ((gtk_widget_get_height (widget) - layout_height) / 2.0));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &origin);
  gtk_snapshot_append_layout (snapshot, layout, &rgba);
  gtk_snapshot_restore (snapshot);
}

static void
tsm_text_finalize (GObject *object)
{
  TsmText *self = TSM_TEXT (object);

  g_free (self->text);
  g_free (self->suffix);

  G_OBJECT_CLASS (tsm_text_parent_class)->finalize (object);
}

static void
tsm_text_class_init (TsmTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tsm_text_finalize;
  widget_class->snapshot = tsm_text_snapshot;

  gtk_widget_class_set_css_name (widget_class, "tsm-text");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsm_text_init (TsmText *self)
{
  self->scale = 1.0;
  self->zoom = 1.0;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tsm_text_new (TsmTextFlags flags,
              double       scale,
              float        xalign)
{
  TsmText *self = g_object_new (TSM_TYPE_TEXT, NULL);

  self->flags = flags;
  self->scale = scale;
  self->xalign = xalign;
  return GTK_WIDGET (self);
}

static gboolean
replace (char      **string,
         const char *with)
{
  if (with != NULL && *with == '\0')
    with = NULL;
  if (g_strcmp0 (*string, with) == 0)
    return FALSE;

  g_free (*string);
  *string = g_strdup (with);
  return TRUE;
}

/* Returns: whether something changed; the parent may want to reserve more room then. */
gboolean
tsm_text_set (TsmText    *self,
              const char *text,
              const char *suffix)
{
  gboolean changed = replace (&self->text, text);

  changed |= replace (&self->suffix, suffix);
  if (changed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return changed;
}

/* Returns: (nullable): the text without its suffix */
const char *
tsm_text_get (TsmText *self)
{
  return self->text;
}

void
tsm_text_set_dim (TsmText *self,
                  gboolean dim)
{
  TsmTextFlags flags = dim ? self->flags | TSM_TEXT_DIM : self->flags & ~TSM_TEXT_DIM;

  if (self->flags == flags)
    return;

  self->flags = flags;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_text_set_height (TsmText *self,
                     double   font_height)
{
  if (self->font_height == font_height)
    return;

  self->font_height = font_height;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_text_set_zoom (TsmText *self,
                   double   zoom)
{
  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tsm_text_get_extent (TsmText *self,
                     int     *width,
                     int     *height)
{
  g_autoptr (PangoLayout) layout = create_layout (self, get_font_height (self));
  int layout_width, layout_height;

  pango_layout_get_pixel_size (layout, &layout_width, &layout_height);
  if (width != NULL)
    *width = self->text != NULL ? layout_width : 0;
  if (height != NULL)
    *height = layout_height;
}
