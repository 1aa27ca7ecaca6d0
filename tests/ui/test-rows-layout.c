/* Tests of TsmRowsLayout: the plan by width, shared heights, columns that line up, what is hidden, minimum sizes, mirroring.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "ui/tsm-card.h"

#define SPACING    10
#define N_CHILDREN 5

/* The rows of the wide plan have the same sum of weights, 25: 17 = 9 + 8. */
static const TsmRowsPlan plans[] = {
  { 600, { { { 0, 17 }, { 1, 8 } }, { { 2, 9 }, { 3, 8 }, { 4, 8 } } } },
  { 300, { { { 0, 1 }, { 1, 1 } }, { { 2, 1 }, { 3, 1 } }, { { 4, 1 } } } },
  { 0,   { { { 4, 1 } }, { { 0, 1 } }, { { 1, 1 } }, { { 2, 1 } }, { { 3, 1 } } } },
};

typedef struct
{
  GtkWidget *rows;
  GtkWidget *children[N_CHILDREN];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->rows = g_object_ref_sink (tsm_rows_new (plans, SPACING));
  for (guint i = 0; i < N_CHILDREN; i++)
    {
      fixture->children[i] = gtk_drawing_area_new ();
      gtk_widget_set_size_request (fixture->children[i], 20, 30 + 10 * (int) i);
      tsm_rows_append (fixture->rows, fixture->children[i]);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->rows);
}

static void
allocate (Fixture *fixture,
          int      width,
          int      height)
{
  int minimum;

  gtk_widget_measure (fixture->rows, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (width, >=, minimum);
  gtk_widget_measure (fixture->rows, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (fixture->rows, &(GtkAllocation) { 0, 0, width, MAX (height, minimum) }, -1);
}

static GtkAllocation
place_of (Fixture *fixture,
          guint    i)
{
  GtkAllocation place;

  gtk_widget_get_allocation (fixture->children[i], &place);
  return place;
}

static int
end_of (Fixture *fixture,
        guint    i)
{
  return place_of (fixture, i).x + place_of (fixture, i).width;
}

static int
height_for (Fixture *fixture,
            int      width)
{
  int minimum;

  gtk_widget_measure (fixture->rows, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_plan_by_width (Fixture       *fixture,
                    gconstpointer  data)
{
  /* In the wide plan child 3 stands beside 4; in the middle one below 0; in the narrow one 4 comes first. */
  allocate (fixture, 600, 0);
  g_assert_cmpint (place_of (fixture, 3).y, ==, place_of (fixture, 4).y);
  allocate (fixture, 599, 0);
  g_assert_cmpint (place_of (fixture, 3).y, <, place_of (fixture, 4).y);
  allocate (fixture, 300, 0);
  g_assert_cmpint (place_of (fixture, 0).y, ==, place_of (fixture, 1).y);
  allocate (fixture, 299, 0);
  g_assert_cmpint (place_of (fixture, 4).y, ==, 0);
  g_assert_cmpint (place_of (fixture, 0).y, <, place_of (fixture, 1).y);
}

/* Each row is as high as its highest child, and the plan's height is that of its rows. */
static void
test_height_by_width (Fixture       *fixture,
                      gconstpointer  data)
{
  g_assert_cmpint (height_for (fixture, 600), ==, 40 + SPACING + 70);
  g_assert_cmpint (height_for (fixture, 300), ==, 40 + 60 + 70 + 2 * SPACING);
  g_assert_cmpint (height_for (fixture, 299), ==, 30 + 40 + 50 + 60 + 70 + 4 * SPACING);
}

static void
test_row_shares_height (Fixture       *fixture,
                        gconstpointer  data)
{
  allocate (fixture, 700, 301);
  g_assert_cmpint (place_of (fixture, 0).height, ==, place_of (fixture, 1).height);
  g_assert_cmpint (place_of (fixture, 2).height, ==, place_of (fixture, 3).height);
  g_assert_cmpint (place_of (fixture, 2).height, ==, place_of (fixture, 4).height);
}

static void
test_fills_height (Fixture       *fixture,
                   gconstpointer  data)
{
  for (int height = 300; height < 304; height++)
    {
      allocate (fixture, 700, height);
      g_assert_cmpint (place_of (fixture, 4).y + place_of (fixture, 4).height, ==, height);
    }
}

/* In a page that scrolls the rows get the least they need: what can shrink does, what cannot is not cut off. */
static void
test_shrinks_where_there_is_some_to_spare (Fixture       *fixture,
                                           gconstpointer  data)
{
  static const TsmRowsPlan column[] = { { 0, { { { 0, 1 } }, { { 1, 1 } }, { { 2, 1 } } } } };
  g_autoptr(GtkWidget) rows = g_object_ref_sink (tsm_rows_new (column, SPACING));
  GtkWidget *children[] = { gtk_drawing_area_new (), gtk_scrolled_window_new (), gtk_drawing_area_new () };
  GtkWidget *tall = gtk_drawing_area_new ();
  int minimum, natural;

  gtk_widget_set_size_request (tall, -1, 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (children[1]), tall);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (children[1]), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    tsm_rows_append (rows, children[i]);
  gtk_widget_set_size_request (children[0], -1, 60);
  gtk_widget_set_size_request (children[2], -1, 40);

  gtk_widget_measure (rows, GTK_ORIENTATION_VERTICAL, 300, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, natural);
  for (int height = minimum; height <= natural; height += 7)
    {
      gtk_widget_size_allocate (rows, &(GtkAllocation) { 0, 0, 300, height }, -1);
      g_assert_cmpint (gtk_widget_get_height (children[0]), ==, 60);
      g_assert_cmpint (gtk_widget_get_height (children[1]), ==, height - 100 - 2 * SPACING);
      g_assert_cmpint (gtk_widget_get_height (children[2]), ==, 40);
    }
}

static void
test_fills_width (Fixture       *fixture,
                  gconstpointer  data)
{
  for (int width = 600; width < 660; width++)
    {
      allocate (fixture, width, 0);
      g_assert_cmpint (place_of (fixture, 0).x, ==, 0);
      g_assert_cmpint (end_of (fixture, 1), ==, width);
      g_assert_cmpint (end_of (fixture, 4), ==, width);
    }
}

static void
test_spacing (Fixture       *fixture,
              gconstpointer  data)
{
  allocate (fixture, 700, 0);
  g_assert_cmpint (place_of (fixture, 1).x - end_of (fixture, 0), ==, SPACING);
  g_assert_cmpint (place_of (fixture, 3).x - end_of (fixture, 2), ==, SPACING);
  g_assert_cmpint (place_of (fixture, 2).y - 40, ==, SPACING);
}

/* To the pixel, at every width: a step of one is seen. */
static void
test_columns_line_up (Fixture       *fixture,
                      gconstpointer  data)
{
  for (int width = 600; width < 660; width++)
    {
      allocate (fixture, width, 0);
      g_assert_cmpint (place_of (fixture, 1).x, ==, place_of (fixture, 4).x);
      g_assert_cmpint (end_of (fixture, 0), ==, end_of (fixture, 3));
    }
}

static void
test_hidden_cell_leaves_no_hole (Fixture       *fixture,
                                 gconstpointer  data)
{
  gtk_widget_set_visible (fixture->children[3], FALSE);
  allocate (fixture, 700, 0);
  g_assert_cmpint (place_of (fixture, 2).x, ==, 0);
  g_assert_cmpint (place_of (fixture, 4).x, ==, end_of (fixture, 2) + SPACING);
  g_assert_cmpint (end_of (fixture, 4), ==, 700);
}

static void
test_hidden_row_takes_no_space (Fixture       *fixture,
                                gconstpointer  data)
{
  gtk_widget_set_visible (fixture->children[0], FALSE);
  gtk_widget_set_visible (fixture->children[1], FALSE);
  g_assert_cmpint (height_for (fixture, 700), ==, 70);
  allocate (fixture, 700, 0);
  g_assert_cmpint (place_of (fixture, 4).y, ==, 0);
}

static void
test_all_hidden (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < N_CHILDREN; i++)
    gtk_widget_set_visible (fixture->children[i], FALSE);
  g_assert_cmpint (height_for (fixture, 700), ==, 0);
  allocate (fixture, 700, 100);
}

static void
test_minimum_is_that_of_the_narrowest_plan (Fixture       *fixture,
                                            gconstpointer  data)
{
  int minimum, natural;

  gtk_widget_set_size_request (fixture->children[2], 150, -1);
  gtk_widget_measure (fixture->rows, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 150);
  g_assert_cmpint (natural, ==, 150 + 20 + 20 + 2 * SPACING);
}

/* A child that needs more than its share gets it, the others give way, and the row stays whole. */
static void
test_minimum_is_respected (Fixture       *fixture,
                           gconstpointer  data)
{
  gtk_widget_set_size_request (fixture->children[3], 400, -1);
  allocate (fixture, 700, 0);
  g_assert_cmpint (place_of (fixture, 3).width, ==, 400);
  g_assert_cmpint (end_of (fixture, 2) + SPACING, ==, place_of (fixture, 3).x);
  g_assert_cmpint (place_of (fixture, 2).width, >, place_of (fixture, 4).width);
  g_assert_cmpint (end_of (fixture, 4), ==, 700);
}

/* With large text a plan may need more than the width it was made for: the next one is taken, and nothing is cut off. */
static void
test_plan_that_does_not_fit_is_passed_over (Fixture       *fixture,
                                            gconstpointer  data)
{
  gtk_widget_set_size_request (fixture->children[0], 500, -1);
  gtk_widget_set_size_request (fixture->children[1], 200, -1);
  allocate (fixture, 650, 0);
  for (guint i = 0; i < N_CHILDREN; i++)
    g_assert_cmpint (end_of (fixture, i), <=, 650);
  g_assert_cmpint (height_for (fixture, 650), ==, height_for (fixture, 299));
}

static void
test_right_to_left_is_the_mirror (Fixture       *fixture,
                                  gconstpointer  data)
{
  for (int width = 598; width < 625; width++)
    {
      int ends[N_CHILDREN];

      gtk_widget_set_direction (fixture->rows, GTK_TEXT_DIR_LTR);
      allocate (fixture, width, 0);
      for (guint i = 0; i < N_CHILDREN; i++)
        ends[i] = end_of (fixture, i);

      gtk_widget_set_direction (fixture->rows, GTK_TEXT_DIR_RTL);
      gtk_widget_queue_allocate (fixture->rows);
      allocate (fixture, width, 0);
      for (guint i = 0; i < N_CHILDREN; i++)
        g_assert_cmpint (place_of (fixture, i).x, ==, width - ends[i]);
    }
}

#define ADD(name, function) g_test_add ("/ui/rows-layout/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);
  ADD ("plan-by-width", test_plan_by_width);
  ADD ("height-by-width", test_height_by_width);
  ADD ("row-shares-height", test_row_shares_height);
  ADD ("fills-height", test_fills_height);
  ADD ("shrinks-where-there-is-some-to-spare", test_shrinks_where_there_is_some_to_spare);
  ADD ("fills-width", test_fills_width);
  ADD ("spacing", test_spacing);
  ADD ("columns-line-up", test_columns_line_up);
  ADD ("hidden-cell-leaves-no-hole", test_hidden_cell_leaves_no_hole);
  ADD ("hidden-row-takes-no-space", test_hidden_row_takes_no_space);
  ADD ("all-hidden", test_all_hidden);
  ADD ("minimum-is-that-of-the-narrowest-plan", test_minimum_is_that_of_the_narrowest_plan);
  ADD ("minimum-is-respected", test_minimum_is_respected);
  ADD ("plan-that-does-not-fit-is-passed-over", test_plan_that_does_not_fit_is_passed_over);
  ADD ("right-to-left-is-the-mirror", test_right_to_left_is_the_mirror);
  return g_test_run ();
}
