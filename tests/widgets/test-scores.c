/* Tests of TsmRing and TsmMeterBar, which both show a score from 0 to 100.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "widget-test.h"
#include "widgets/tsm-meter-bar.h"
#include "widgets/tsm-ring.h"

#define RING_SIZE 120
#define BAR_WIDTH 200

typedef struct
{
  GtkWidget *window;
  GtkWidget *widget;
} Fixture;

static void
set_up_ring (Fixture       *fixture,
             gconstpointer  user_data)
{
  widget_test_animations (FALSE);
  fixture->widget = tsm_ring_new ();
  tsm_ring_set_value (TSM_RING (fixture->widget), 50, "fair", TSM_TONE_GOOD);
  fixture->window = widget_test_show (fixture->widget, RING_SIZE, RING_SIZE);
}

static void
set_up_bar (Fixture       *fixture,
            gconstpointer  user_data)
{
  widget_test_animations (FALSE);
  fixture->widget = tsm_meter_bar_new (GTK_ACCESSIBLE_ROLE_METER);
  tsm_meter_bar_set_tone (TSM_METER_BAR (fixture->widget), TSM_TONE_GOOD);
  tsm_meter_bar_set_value (TSM_METER_BAR (fixture->widget), 50, "Redis 50");
  fixture->window = widget_test_show (fixture->widget, BAR_WIDTH, 20);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static gboolean
is_good_at (Fixture *fixture,
            double   x,
            double   y)
{
  g_autoptr (WidgetPicture) picture = widget_test_draw (fixture->widget);
  GdkRGBA rgba;

  tsm_tone_get_rgba (TSM_TONE_GOOD, fixture->widget, &rgba);
  return widget_pixel_is_near (widget_picture_get (picture, x, y), &rgba);
}

static gboolean
is_all_grey (Fixture *fixture)
{
  g_autoptr (WidgetPicture) picture = widget_test_draw (fixture->widget);

  for (int p = 0; p < picture->width * picture->height; p++)
    if (!widget_pixel_is_grey (widget_picture_get (picture, p % picture->width, p / picture->width)))
      return FALSE;
  return TRUE;
}

static void
test_ring_half (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_assert_true (is_good_at (fixture, RING_SIZE - 7, RING_SIZE / 2));
  g_assert_false (is_good_at (fixture, 6, RING_SIZE / 2));
}

static void
test_ring_nan (Fixture       *fixture,
               gconstpointer  user_data)
{
  tsm_ring_set_value (TSM_RING (fixture->widget), NAN, NULL, TSM_TONE_GOOD);
  g_assert_true (is_all_grey (fixture));
}

static void
test_ring_stale (Fixture       *fixture,
                 gconstpointer  user_data)
{
  tsm_ring_set_stale (TSM_RING (fixture->widget), TRUE);
  g_assert_true (is_all_grey (fixture));
}

static void
test_ring_same (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  widget_watch_start (&watch, fixture->widget);
  tsm_ring_set_value (TSM_RING (fixture->widget), 50, "fair", TSM_TONE_GOOD);
  tsm_ring_set_stale (TSM_RING (fixture->widget), FALSE);
  widget_test_frames (fixture->widget, 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
}

static void
test_ring_publishes (Fixture       *fixture,
                     gconstpointer  user_data)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "Score 50, fair");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->widget), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 50.0);
}

static void
test_bar_half (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_assert_true (is_good_at (fixture, BAR_WIDTH * 0.25, 10));
  g_assert_false (is_good_at (fixture, BAR_WIDTH * 0.75, 10));
}

static void
test_bar_mirrored (Fixture       *fixture,
                   gconstpointer  user_data)
{
  gtk_widget_set_direction (fixture->widget, GTK_TEXT_DIR_RTL);
  g_assert_false (is_good_at (fixture, BAR_WIDTH * 0.25, 10));
  g_assert_true (is_good_at (fixture, BAR_WIDTH * 0.75, 10));
}

static void
test_bar_nan (Fixture       *fixture,
              gconstpointer  user_data)
{
  tsm_meter_bar_set_value (TSM_METER_BAR (fixture->widget), NAN, NULL);
  g_assert_true (is_all_grey (fixture));
}

static void
test_bar_stale (Fixture       *fixture,
                gconstpointer  user_data)
{
  tsm_meter_bar_set_stale (TSM_METER_BAR (fixture->widget), TRUE);
  g_assert_true (is_all_grey (fixture));
}

static void
test_bar_same (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  widget_watch_start (&watch, fixture->widget);
  tsm_meter_bar_set_value (TSM_METER_BAR (fixture->widget), 50, "Redis 50");
  tsm_meter_bar_set_tone (TSM_METER_BAR (fixture->widget), TSM_TONE_GOOD);
  widget_test_frames (fixture->widget, 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
}

static void
test_bar_other_words_draw_nothing (Fixture       *fixture,
                                   gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  widget_watch_start (&watch, fixture->widget);
  tsm_meter_bar_set_value (TSM_METER_BAR (fixture->widget), 50, "Redis 50, fair");
  widget_test_frames (fixture->widget, 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "Redis 50, fair");
}

static void
test_bar_role (void)
{
  g_autoptr (GtkWidget) bar = g_object_ref_sink (tsm_meter_bar_new (GTK_ACCESSIBLE_ROLE_PROGRESS_BAR));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

#define ADD_RING(path, test) g_test_add ("/ring/" path, Fixture, NULL, set_up_ring, test, tear_down)
#define ADD_BAR(path, test) g_test_add ("/meter-bar/" path, Fixture, NULL, set_up_bar, test, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  ADD_RING ("half", test_ring_half);
  ADD_RING ("nan-is-empty", test_ring_nan);
  ADD_RING ("stale-is-grey", test_ring_stale);
  ADD_RING ("same-draws-nothing", test_ring_same);
  ADD_RING ("publishes", test_ring_publishes);
  ADD_BAR ("half", test_bar_half);
  ADD_BAR ("mirrored", test_bar_mirrored);
  ADD_BAR ("nan-is-empty", test_bar_nan);
  ADD_BAR ("stale-is-grey", test_bar_stale);
  ADD_BAR ("same-draws-nothing", test_bar_same);
  ADD_BAR ("other-words-draw-nothing", test_bar_other_words_draw_nothing);
  g_test_add_func ("/meter-bar/role", test_bar_role);
  return g_test_run ();
}
