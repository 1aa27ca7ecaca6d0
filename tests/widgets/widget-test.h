/* What the widget tests share: a window to draw in, pixels to look at, frames to wait for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef gboolean (*WidgetTestCondition) (gpointer data);

/* A picture of a widget, on white. */
typedef struct
{
  int     width;
  int     height;
  guchar *data; /* four bytes per pixel: blue, green, red, alpha */
} WidgetPicture;

typedef struct
{
  double red;
  double green;
  double blue;
} WidgetPixel;

/* Counts how often a widget draws itself anew. */
typedef struct
{
  GdkPaintable *paintable;
  guint         n_draws;
} WidgetWatch;

GtkWidget     *widget_test_show       (GtkWidget           *child,
                                       int                  width,
                                       int                  height);
void           widget_test_wait       (WidgetTestCondition  condition,
                                       gpointer             data);
void           widget_test_frames     (GtkWidget           *widget,
                                       guint                n_frames);
void           widget_test_animations (gboolean             enabled);

WidgetPicture *widget_test_draw       (GtkWidget           *widget);
void           widget_picture_free    (WidgetPicture       *picture);
WidgetPixel    widget_picture_get     (WidgetPicture       *picture,
                                       double               x,
                                       double               y);
gboolean       widget_pixel_is_grey   (WidgetPixel          pixel);
gboolean       widget_pixel_is_near   (WidgetPixel          pixel,
                                       const GdkRGBA       *rgba);

void           widget_watch_start     (WidgetWatch         *watch,
                                       GtkWidget           *widget);
void           widget_watch_stop      (WidgetWatch         *watch);

GtkWidget     *widget_test_find       (GtkWidget           *widget,
                                       GType                type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WidgetPicture, widget_picture_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WidgetWatch, widget_watch_stop)

G_END_DECLS
