/* The layout of TsmPanes. Which child is in sight is decided while allocating, so a resized window never shows a wrong frame.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     width ≥ FOLD_WIDTH                 narrower
 *     ┌───────────────┬─────────┐       ┌──────────┐     ┌──────────┐
 *     │ list          │ detail  │       │ list     │ ◂─▸ │ detail   │
 *     └───────────────┴─────────┘       └──────────┘     └──────────┘
 */

#include "config.h"

#include "ui/tsm-panes.h"

#define FOLD_WIDTH 900   /* px at the usual text size, as are all below */
#define DETAIL_SHARE 0.31
#define DETAIL_MINIMUM 360
#define DETAIL_MAXIMUM 520
#define USUAL_DPI (96.0 * 1024.0)

struct _TsmPanes
{
  GtkWidget  parent_instance;

  GtkWidget *list;
  GtkWidget *detail;
  gboolean   detail_shown;
  gboolean   alone;
  gboolean   folded;
  int        list_width;
  guint      layout_id;
};

G_DEFINE_FINAL_TYPE (TsmPanes, tsm_panes, GTK_TYPE_WIDGET)

enum
{
  PROP_LIST = 1,
  PROP_DETAIL,
  PROP_DETAIL_SHOWN,
  PROP_ALONE,
  N_PROPS
};

enum
{
  LAYOUT_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Large text needs wider panes: limits grow with the text scale. */
static double
text_scale (TsmPanes *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? MAX (1.0, dpi / USUAL_DPI) : 1.0;
}

static void
set_child (TsmPanes   *self,
           GtkWidget **child,
           GtkWidget  *widget)
{
  g_clear_pointer (child, gtk_widget_unparent);
  if (widget == NULL)
    return;
  *child = widget;
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
}

static gboolean
layout_cb (gpointer user_data)
{
  TsmPanes *self = user_data;

  self->layout_id = 0;
  if (self->folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "folded");
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
note_layout (TsmPanes *self,
             gboolean  folded,
             int       list_width)
{
  if (folded == self->folded && list_width == self->list_width)
    return;
  self->folded = folded;
  self->list_width = list_width;
  /* Nothing may be resized while it is being allocated. */
  if (self->layout_id == 0)
    self->layout_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, layout_cb, self, NULL);
}

static void
place (GtkWidget *child,
       gboolean   in_sight,
       int        x,
       int        width,
       int        height)
{
  if (child == NULL)
    return;
  gtk_widget_set_child_visible (child, in_sight);
  if (in_sight)
    gtk_widget_size_allocate (child, &(GtkAllocation) { x, 0, width, height }, -1);
}

static void
tsm_panes_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  TsmPanes *self = TSM_PANES (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double scale = text_scale (self);
  gboolean folded = width < FOLD_WIDTH * scale;
  int detail = (int) CLAMP (width * DETAIL_SHARE, DETAIL_MINIMUM * scale, DETAIL_MAXIMUM * scale);
  gboolean one = folded || self->alone;
  gboolean shows_detail = folded ? self->detail_shown && !self->alone : !self->alone;
  gboolean shows_list = !folded || !shows_detail;
  int list = one ? width : width - detail;

  place (self->list, shows_list, !one && is_rtl ? detail : 0, list, height);
  place (self->detail, shows_detail, one || is_rtl ? 0 : list, one ? width : detail, height);
  note_layout (self, folded, (int) (list / scale));
}

static void
tsm_panes_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  TsmPanes *self = TSM_PANES (widget);
  GtkWidget *children[] = { self->list, self->detail };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_minimum = 0;
      int child_natural = 0;

      if (children[i] == NULL)
        continue;
      gtk_widget_measure (children[i], orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = orientation == GTK_ORIENTATION_VERTICAL ? MAX (*natural, child_natural) : *natural + child_natural;
    }
}

static GtkSizeRequestMode
tsm_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
back_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  tsm_panes_set_detail_shown (TSM_PANES (widget), FALSE);
}

/* Escape means something else to others where there is nothing to go back from. */
static gboolean
back_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  TsmPanes *self = TSM_PANES (widget);

  if (!self->folded || !self->detail_shown)
    return FALSE;
  tsm_panes_set_detail_shown (self, FALSE);

  return TRUE;
}

static void
tsm_panes_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TsmPanes *self = TSM_PANES (object);

  switch (property_id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    case PROP_DETAIL_SHOWN:
      g_value_set_boolean (value, self->detail_shown);
      break;
    case PROP_ALONE:
      g_value_set_boolean (value, self->alone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tsm_panes_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TsmPanes *self = TSM_PANES (object);

  switch (property_id)
    {
    case PROP_LIST:
      set_child (self, &self->list, g_value_get_object (value));
      break;
    case PROP_DETAIL:
      set_child (self, &self->detail, g_value_get_object (value));
      break;
    case PROP_DETAIL_SHOWN:
      tsm_panes_set_detail_shown (self, g_value_get_boolean (value));
      break;
    case PROP_ALONE:
      tsm_panes_set_alone (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tsm_panes_dispose (GObject *object)
{
  TsmPanes *self = TSM_PANES (object);

  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->detail, gtk_widget_unparent);

  G_OBJECT_CLASS (tsm_panes_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_DETAIL_SHOWN] = g_param_spec_boolean ("detail-shown", NULL, NULL, FALSE, flags);
  properties[PROP_ALONE] = g_param_spec_boolean ("alone", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tsm_panes_class_init (TsmPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tsm_panes_get_property;
  object_class->set_property = tsm_panes_set_property;
  object_class->dispose = tsm_panes_dispose;
  widget_class->size_allocate = tsm_panes_size_allocate;
  widget_class->measure = tsm_panes_measure;
  widget_class->get_request_mode = tsm_panes_get_request_mode;
  install_properties (object_class);

  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", TSM_TYPE_PANES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_install_action (widget_class, "panes.back", NULL, back_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, back_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_key_cb, NULL);
}

static void
tsm_panes_init (TsmPanes *self)
{
  self->list_width = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * tsm_panes_get_folded:
 * @self: the panes
 *
 * Returns: whether there is room for one of the two only
 */
gboolean
tsm_panes_get_folded (TsmPanes *self)
{
  g_return_val_if_fail (TSM_IS_PANES (self), FALSE);

  return self->folded;
}

/**
 * tsm_panes_get_list_width:
 * @self: the panes
 *
 * Returns: the width of the list in px at the usual text size (half of it where text is twice as large); -1 before the
 *   first layout
 */
int
tsm_panes_get_list_width (TsmPanes *self)
{
  g_return_val_if_fail (TSM_IS_PANES (self), -1);

  return self->list_width;
}

/**
 * tsm_panes_get_detail_shown:
 * @self: the panes
 *
 * Returns: whether the detail is in sight while folded
 */
gboolean
tsm_panes_get_detail_shown (TsmPanes *self)
{
  g_return_val_if_fail (TSM_IS_PANES (self), FALSE);

  return self->detail_shown;
}

/**
 * tsm_panes_set_detail_shown:
 * @self: the panes
 * @detail_shown: whether the detail is in sight while folded
 */
void
tsm_panes_set_detail_shown (TsmPanes *self,
                            gboolean  detail_shown)
{
  g_return_if_fail (TSM_IS_PANES (self));

  if (self->detail_shown == !!detail_shown)
    return;
  self->detail_shown = !!detail_shown;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL_SHOWN]);
}

/**
 * tsm_panes_set_alone:
 * @self: the panes
 * @alone: whether the list takes all the room
 */
void
tsm_panes_set_alone (TsmPanes *self,
                     gboolean  alone)
{
  g_return_if_fail (TSM_IS_PANES (self));

  if (self->alone == !!alone)
    return;
  self->alone = !!alone;
  if (self->alone)
    gtk_widget_add_css_class (GTK_WIDGET (self), "alone");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alone");
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALONE]);
}
