/* What the widget tests share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widget-test.h"

#include <math.h>

#define DEADLINE (10 * G_TIME_SPAN_SECOND)

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Fails the test when @condition has not come true within the deadline. */
void
widget_test_wait (WidgetTestCondition condition,
                  gpointer            data)
{
  gint64 end = g_get_monotonic_time () + DEADLINE;
  guint wake = g_timeout_add (50, wake_cb, NULL);

  while (!condition (data) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (wake);
  g_assert_true (condition (data));
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) > 0;
}

/* Shows @child in a window of its own, in exactly the size given, and waits until it has drawn.
 *
 * Returns: (transfer none): the window, to be destroyed */
GtkWidget *
widget_test_show (GtkWidget *child,
                  int        width,
                  int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  widget_test_wait (is_mapped, child);
  widget_test_frames (child, 2);
  return window;
}

static void
after_paint_cb (GdkFrameClock *clock,
                guint         *n_frames)
{
  *n_frames += 1;
}

typedef struct
{
  GdkFrameClock *clock;
  guint n_frames;
  guint wanted;
} Frames;

static gboolean
frames_have_passed (gpointer data)
{
  Frames *frames = data;

  if (frames->n_frames < frames->wanted)
    gdk_frame_clock_request_phase (frames->clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  return frames->n_frames >= frames->wanted;
}

/* Waits until @n_frames have been painted, whether or not anything asked for them. */
void
widget_test_frames (GtkWidget *widget,
                    guint      n_frames)
{
  Frames frames = { gtk_widget_get_frame_clock (widget), 0, n_frames };
  gulong handler;

  g_assert_nonnull (frames.clock);
  handler = g_signal_connect (frames.clock, "after-paint", G_CALLBACK (after_paint_cb), &frames.n_frames);
  widget_test_wait (frames_have_passed, &frames);
  g_signal_handler_disconnect (frames.clock, handler);
}

void
widget_test_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

/* Takes the picture after the frame that follows: a GtkWidgetPaintable shows what was drawn last.
 *
 * Returns: (transfer full): the picture */
WidgetPicture *
widget_test_draw (GtkWidget *widget)
{
  WidgetPicture *picture = g_new0 (WidgetPicture, 1);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t area;

  widget_test_frames (widget, 2);
  picture->width = gtk_widget_get_width (widget);
  picture->height = gtk_widget_get_height (widget);
  graphene_rect_init (&area, 0, 0, picture->width, picture->height);

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &area);
  gdk_paintable_snapshot (paintable, snapshot, picture->width, picture->height);
  node = gtk_snapshot_free_to_node (snapshot);

  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture = gsk_renderer_render_texture (renderer, node, &area);
  picture->data = g_malloc ((gsize) picture->width * picture->height * 4);
  gdk_texture_download (texture, picture->data, (gsize) picture->width * 4);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  return picture;
}

void
widget_picture_free (WidgetPicture *picture)
{
  g_free (picture->data);
  g_free (picture);
}

WidgetPixel
widget_picture_get (WidgetPicture *picture,
                    double         x,
                    double         y)
{
  int column = (int) floor (x);
  int row = (int) floor (y);
  guint32 pixel;

  g_assert_cmpint (column, >=, 0);
  g_assert_cmpint (column, <, picture->width);
  g_assert_cmpint (row, >=, 0);
  g_assert_cmpint (row, <, picture->height);

  pixel = ((guint32 *) (gpointer) picture->data)[row * picture->width + column];
  return (WidgetPixel) { (pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0, (pixel & 0xff) / 255.0 };
}

gboolean
widget_pixel_is_grey (WidgetPixel pixel)
{
  double highest = MAX (pixel.red, MAX (pixel.green, pixel.blue));
  double lowest = MIN (pixel.red, MIN (pixel.green, pixel.blue));

  return highest - lowest < 0.06;
}

gboolean
widget_pixel_is_near (WidgetPixel    pixel,
                      const GdkRGBA *rgba)
{
  return fabs (pixel.red - rgba->red) < 0.04 && fabs (pixel.green - rgba->green) < 0.04 && fabs (pixel.blue - rgba->blue) < 0.04;
}

static void
invalidate_cb (GdkPaintable *paintable,
               guint        *n_draws)
{
  *n_draws += 1;
}

/* GTK tells a GtkWidgetPaintable of each new render node of its widget. */
void
widget_watch_start (WidgetWatch *watch,
                    GtkWidget   *widget)
{
  watch->paintable = gtk_widget_paintable_new (widget);
  watch->n_draws = 0;
  g_signal_connect (watch->paintable, "invalidate-contents", G_CALLBACK (invalidate_cb), &watch->n_draws);
}

void
widget_watch_stop (WidgetWatch *watch)
{
  if (watch->paintable != NULL)
    g_signal_handlers_disconnect_by_data (watch->paintable, &watch->n_draws);
  g_clear_object (&watch->paintable);
}

/* The first widget of @type at or below @widget. */
GtkWidget *
widget_test_find (GtkWidget *widget,
                  GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = widget_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
