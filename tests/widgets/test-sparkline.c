/* Tests of TsmSparkline: the line, its gaps, and when it draws anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "widget-test.h"
#include "widgets/tsm-sparkline.h"

#define WIDTH    200
#define HEIGHT   60
#define N_POINTS 100

typedef struct
{
  GtkWidget    *window;
  TsmSparkline *spark;
  TsmSparkPoint points[N_POINTS];
} Fixture;

static void
show_points (Fixture *fixture,
             guint    n_points,
             gint64   silence)
{
  tsm_sparkline_set_points (fixture->spark, fixture->points, n_points, 0, N_POINTS * G_USEC_PER_SEC, silence);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  for (guint i = 0; i < N_POINTS; i++)
    fixture->points[i] = (TsmSparkPoint) { i * G_USEC_PER_SEC, 50.f };

  fixture->spark = TSM_SPARKLINE (tsm_sparkline_new ());
  tsm_sparkline_set_range (fixture->spark, 0, 100);
  tsm_sparkline_set_tone (fixture->spark, TSM_TONE_CRITICAL);
  show_points (fixture, N_POINTS, 10 * G_USEC_PER_SEC);
  fixture->window = widget_test_show (GTK_WIDGET (fixture->spark), WIDTH, HEIGHT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* How many pixels of the column at @share of the width are red rather than grey or white. */
static guint
count_coloured (Fixture *fixture,
                double   share)
{
  g_autoptr (WidgetPicture) picture = widget_test_draw (GTK_WIDGET (fixture->spark));
  guint n_coloured = 0;

  for (int y = 0; y < picture->height; y++)
    if (!widget_pixel_is_grey (widget_picture_get (picture, picture->width * share, y)))
      n_coloured += 1;
  return n_coloured;
}

static gboolean
is_blank (Fixture *fixture,
          double   share)
{
  g_autoptr (WidgetPicture) picture = widget_test_draw (GTK_WIDGET (fixture->spark));

  for (int y = 0; y < picture->height; y++)
    if (widget_picture_get (picture, picture->width * share, y).red < 0.995)
      return FALSE;
  return TRUE;
}

static void
test_area_reaches_the_line (Fixture       *fixture,
                            gconstpointer  user_data)
{
  guint n_coloured = count_coloured (fixture, 0.5);

  /* A value in the middle of the range colours the lower half. */
  g_assert_cmpuint (n_coloured, >, HEIGHT / 2 - 5);
  g_assert_cmpuint (n_coloured, <, HEIGHT / 2 + 5);
}

static void
make_hole (Fixture *fixture)
{
  for (guint i = 40; i < 60; i++)
    fixture->points[i].value = NAN;
  show_points (fixture, N_POINTS, 10 * G_USEC_PER_SEC);
}

static void
test_gap_has_no_line (Fixture       *fixture,
                      gconstpointer  user_data)
{
  make_hole (fixture);
  g_assert_cmpuint (count_coloured (fixture, 0.5), ==, 0);
}

static void
test_gap_is_marked (Fixture       *fixture,
                    gconstpointer  user_data)
{
  make_hole (fixture);
  g_assert_false (is_blank (fixture, 0.5));
}

static void
test_line_goes_on_after_gap (Fixture       *fixture,
                             gconstpointer  user_data)
{
  make_hole (fixture);
  g_assert_cmpuint (count_coloured (fixture, 0.7), >, 0);
}

static void
test_silence_is_a_gap (Fixture       *fixture,
                       gconstpointer  user_data)
{
  show_points (fixture, 50, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (count_coloured (fixture, 0.8), ==, 0);
  g_assert_false (is_blank (fixture, 0.8));
}

static void
test_pause_shorter_than_silence_is_none (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  show_points (fixture, 50, 60 * G_USEC_PER_SEC);
  g_assert_true (is_blank (fixture, 0.8));
}

static void
test_stale_is_grey (Fixture       *fixture,
                    gconstpointer  user_data)
{
  tsm_sparkline_set_stale (fixture->spark, TRUE);
  g_assert_cmpuint (count_coloured (fixture, 0.5), ==, 0);
}

/* One point in ten thousand stands out; it must not fall through the sampling. */
static void
test_peak_survives_sampling (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autofree TsmSparkPoint *many = g_new0 (TsmSparkPoint, 10000);
  g_autoptr (WidgetPicture) picture = NULL;
  double darkest = 1.0;

  for (guint i = 0; i < 10000; i++)
    many[i] = (TsmSparkPoint) { i * G_TIME_SPAN_MILLISECOND, i == 5000 ? 95.f : 10.f };
  tsm_sparkline_set_points (fixture->spark, many, 10000, 0, 10000 * G_TIME_SPAN_MILLISECOND, 0);
  picture = widget_test_draw (GTK_WIDGET (fixture->spark));

  for (int x = 90; x < 110; x++)
    darkest = MIN (darkest, widget_picture_get (picture, x, HEIGHT / 3).green);
  g_assert_cmpfloat (darkest, <, 0.7);
}

static void
test_same_points_draw_nothing (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  make_hole (fixture);
  widget_test_frames (GTK_WIDGET (fixture->spark), 2);
  widget_watch_start (&watch, GTK_WIDGET (fixture->spark));
  make_hole (fixture);
  tsm_sparkline_set_range (fixture->spark, 0, 100);
  tsm_sparkline_set_tone (fixture->spark, TSM_TONE_CRITICAL);
  widget_test_frames (GTK_WIDGET (fixture->spark), 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
}

static void
test_other_points_draw (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  widget_watch_start (&watch, GTK_WIDGET (fixture->spark));
  make_hole (fixture);
  widget_test_frames (GTK_WIDGET (fixture->spark), 3);
  g_assert_cmpuint (watch.n_draws, >, 0);
}

static void
test_points_are_copied (Fixture       *fixture,
                        gconstpointer  user_data)
{
  for (guint i = 0; i < N_POINTS; i++)
    fixture->points[i].value = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (fixture->spark));
  g_assert_cmpuint (count_coloured (fixture, 0.5), >, 0);
}

/* None of these may crash or warn. */
static void
test_odd_input (Fixture       *fixture,
                gconstpointer  user_data)
{
  const TsmSparkPoint odd[] = { { 10, INFINITY }, { 10, 3 }, { 5, -INFINITY }, { 7, 1e30f } };

  tsm_sparkline_set_range (fixture->spark, NAN, NAN);
  tsm_sparkline_set_points (fixture->spark, odd, G_N_ELEMENTS (odd), 0, 20, 2);
  widget_picture_free (widget_test_draw (GTK_WIDGET (fixture->spark)));
  tsm_sparkline_set_points (fixture->spark, odd, 1, 20, 0, -1);
  widget_picture_free (widget_test_draw (GTK_WIDGET (fixture->spark)));
  tsm_sparkline_set_points (fixture->spark, NULL, 0, 0, 0, 0);
  widget_picture_free (widget_test_draw (GTK_WIDGET (fixture->spark)));
}

#define ADD(path, test) g_test_add ("/sparkline/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  ADD ("area-reaches-the-line", test_area_reaches_the_line);
  ADD ("gap-has-no-line", test_gap_has_no_line);
  ADD ("gap-is-marked", test_gap_is_marked);
  ADD ("line-goes-on-after-gap", test_line_goes_on_after_gap);
  ADD ("silence-is-a-gap", test_silence_is_a_gap);
  ADD ("pause-shorter-than-silence-is-none", test_pause_shorter_than_silence_is_none);
  ADD ("stale-is-grey", test_stale_is_grey);
  ADD ("peak-survives-sampling", test_peak_survives_sampling);
  ADD ("same-points-draw-nothing", test_same_points_draw_nothing);
  ADD ("other-points-draw", test_other_points_draw);
  ADD ("points-are-copied", test_points_are_copied);
  ADD ("odd-input", test_odd_input);
  return g_test_run ();
}
