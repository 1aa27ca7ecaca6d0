/* Tests of TsmFlowStrip: what gives way when it gets narrow, and what stands still.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widget-test.h"
#include "widgets/tsm-flow-strip.h"
#include "widgets/tsm-step-icon.h"
#include "widgets/tsm-step.h"
#include "widgets/tsm-text.h"

#define WIDE   1280
#define NARROW 360
#define FAILING 1

static const char *const names[] = { "Redis", "Channel", "Publisher", "Events", "Decode" };
static const char *const texts[] = { "0.4 ms", "47 events on “tickstock.monitoring”", "1 client, 0.5/s", "0.5/s, last 2 s ago", "1,204 of 1,204" };

typedef struct
{
  GtkWidget    *window;
  TsmFlowStrip *strip;
} Fixture;

/* @user_data is the width in pixels. */
static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  widget_test_animations (FALSE);
  fixture->strip = TSM_FLOW_STRIP (tsm_flow_strip_new ());
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      tsm_flow_strip_add_step (fixture->strip, names[i]);
      tsm_flow_strip_set_step (fixture->strip, i, i == FAILING ? TSM_STEP_FAIL : TSM_STEP_PASS, texts[i], NULL);
    }
  fixture->window = widget_test_show (GTK_WIDGET (fixture->strip), GPOINTER_TO_INT (user_data), 40);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->strip)), ==, GPOINTER_TO_INT (user_data));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static GtkWidget *
get_button (Fixture *fixture,
            guint    index)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (fixture->strip));

  while (index-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

/* @part: 0 the icon, 1 the name, 2 the number. */
static GtkWidget *
get_part (Fixture *fixture,
          guint    index,
          guint    part)
{
  GtkWidget *child = gtk_widget_get_first_child (widget_test_find (get_button (fixture, index), TSM_TYPE_STEP));

  while (part-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
get_x (Fixture   *fixture,
       GtkWidget *widget)
{
  double x;

  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (fixture->strip), 0, 0, &x, NULL));
  return (int) x;
}

/* Where the button's edges are, with its padding. */
static void
get_edges (Fixture *fixture,
           guint    index,
           int     *left,
           int     *right)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (get_button (fixture, index), GTK_WIDGET (fixture->strip), &bounds));
  *left = (int) bounds.origin.x;
  *right = (int) (bounds.origin.x + bounds.size.width);
}

static void
test_wide_shows_all (Fixture       *fixture,
                     gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint part = 0; part < 3; part++)
      g_assert_true (gtk_widget_get_child_visible (get_part (fixture, i, part)));
}

static void
test_narrow_keeps_all_icons_inside (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *icon = get_part (fixture, i, 0);

      g_assert_true (gtk_widget_get_child_visible (icon));
      g_assert_cmpint (get_x (fixture, icon), >=, 0);
      g_assert_cmpint (get_x (fixture, icon) + gtk_widget_get_width (icon), <=, NARROW);
    }
}

static void
test_narrow_passing_is_icon_only (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (i != FAILING)
      g_assert_false (gtk_widget_get_child_visible (get_part (fixture, i, 1)));
}

static void
test_narrow_failing_keeps_its_words (Fixture       *fixture,
                                     gconstpointer  user_data)
{
  g_assert_true (gtk_widget_get_child_visible (get_part (fixture, FAILING, 1)));
  g_assert_true (gtk_widget_get_child_visible (get_part (fixture, FAILING, 2)));
}

static void
test_middle_drops_passing_numbers_first (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  g_assert_true (gtk_widget_get_child_visible (get_part (fixture, 0, 1)));
  g_assert_false (gtk_widget_get_child_visible (get_part (fixture, 0, 2)));
  g_assert_true (gtk_widget_get_child_visible (get_part (fixture, FAILING, 2)));
}

static void
test_height_is_constant (Fixture       *fixture,
                         gconstpointer  user_data)
{
  int before, after;

  gtk_widget_measure (GTK_WIDGET (fixture->strip), GTK_ORIENTATION_VERTICAL, -1, NULL, &before, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tsm_flow_strip_set_step (fixture->strip, i, (TsmStepState) i, i == 0 ? NULL : "something else", "A tooltip");
  gtk_widget_measure (GTK_WIDGET (fixture->strip), GTK_ORIENTATION_VERTICAL, -1, NULL, &after, NULL, NULL);
  g_assert_cmpint (before, ==, after);
}

static void
test_next_step_stands_still (Fixture       *fixture,
                             gconstpointer  user_data)
{
  int before;

  tsm_flow_strip_set_step (fixture->strip, 0, TSM_STEP_PASS, "10.4 ms", NULL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 2);
  before = get_x (fixture, get_button (fixture, 1));
  tsm_flow_strip_set_step (fixture->strip, 0, TSM_STEP_PASS, "9.1 ms", NULL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 2);
  g_assert_cmpint (get_x (fixture, get_button (fixture, 1)), ==, before);
}

static void
test_room_is_given_back (Fixture       *fixture,
                         gconstpointer  user_data)
{
  int before;

  tsm_flow_strip_set_step (fixture->strip, 0, TSM_STEP_PASS, "a longer sentence", NULL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 2);
  before = get_x (fixture, get_button (fixture, 1));
  tsm_flow_strip_set_step (fixture->strip, 0, TSM_STEP_PASS, "0.4 ms", NULL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 2);
  g_assert_cmpint (get_x (fixture, get_button (fixture, 1)), <, before);
}

static void
test_same_step_draws_nothing (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  widget_watch_start (&watch, GTK_WIDGET (fixture->strip));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    tsm_flow_strip_set_step (fixture->strip, i, i == FAILING ? TSM_STEP_FAIL : TSM_STEP_PASS, texts[i], NULL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
}

static void
step_activated_cb (TsmFlowStrip *strip,
                   guint         index,
                   GtkWidget    *button,
                   GtkWidget   **activated)
{
  g_assert_cmpuint (index, ==, 3);
  *activated = button;
}

static void
test_click_tells_the_step (Fixture       *fixture,
                           gconstpointer  user_data)
{
  GtkWidget *activated = NULL;

  g_signal_connect (fixture->strip, "step-activated", G_CALLBACK (step_activated_cb), &activated);
  g_signal_emit_by_name (get_button (fixture, 3), "clicked");
  g_assert_true (activated == get_button (fixture, 3));
}

static void
test_publishes_state_and_number (Fixture       *fixture,
                                 gconstpointer  user_data)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_button (fixture, 0)), GTK_ACCESSIBLE_PROPERTY_LABEL, "Redis: passing, 0.4 ms");
}

static void
test_publishes_without_number (Fixture       *fixture,
                               gconstpointer  user_data)
{
  tsm_flow_strip_set_step (fixture->strip, 4, TSM_STEP_UNKNOWN, NULL, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_button (fixture, 4)), GTK_ACCESSIBLE_PROPERTY_LABEL, "Decode: not known");
}

static void
test_mirrored (Fixture       *fixture,
               gconstpointer  user_data)
{
  int first_left, first_right, second_left, second_right;

  gtk_widget_set_direction (GTK_WIDGET (fixture->strip), GTK_TEXT_DIR_RTL);
  widget_test_frames (GTK_WIDGET (fixture->strip), 2);
  get_edges (fixture, 0, &first_left, &first_right);
  get_edges (fixture, 1, &second_left, &second_right);
  g_assert_cmpint (first_right, ==, WIDE);
  g_assert_cmpint (second_right, <, first_left);
}

/* Black and white, so that colours cannot tell the icons apart. */
static guint
hash_shape (TsmStepState state)
{
  GtkWidget *icon = tsm_step_icon_new ();
  GtkWidget *window;
  g_autoptr (WidgetPicture) picture = NULL;
  guint hash = 5381;

  tsm_step_icon_set_state (TSM_STEP_ICON (icon), state);
  window = widget_test_show (icon, 16, 16);
  picture = widget_test_draw (icon);
  for (int p = 0; p < picture->width * picture->height; p++)
    {
      WidgetPixel pixel = widget_picture_get (picture, p % picture->width, p / picture->width);

      hash = hash * 33 + (pixel.red + pixel.green + pixel.blue > 2.4 ? 1 : 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return hash;
}

static void
test_icons_differ_in_shape (void)
{
  for (guint a = TSM_STEP_UNKNOWN; a <= TSM_STEP_FAIL; a++)
    for (guint b = a + 1; b <= TSM_STEP_FAIL; b++)
      g_assert_cmpuint (hash_shape (a), !=, hash_shape (b));
}

#define ADD(path, width, test) g_test_add ("/flow-strip/" path, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  ADD ("wide-shows-all", WIDE, test_wide_shows_all);
  ADD ("narrow-keeps-all-icons-inside", NARROW, test_narrow_keeps_all_icons_inside);
  ADD ("narrow-passing-is-icon-only", NARROW, test_narrow_passing_is_icon_only);
  ADD ("narrow-failing-keeps-its-words", NARROW, test_narrow_failing_keeps_its_words);
  ADD ("middle-drops-passing-numbers-first", 780, test_middle_drops_passing_numbers_first);
  ADD ("height-is-constant", WIDE, test_height_is_constant);
  ADD ("next-step-stands-still", WIDE, test_next_step_stands_still);
  ADD ("room-is-given-back", WIDE, test_room_is_given_back);
  ADD ("same-step-draws-nothing", WIDE, test_same_step_draws_nothing);
  ADD ("click-tells-the-step", WIDE, test_click_tells_the_step);
  ADD ("publishes-state-and-number", WIDE, test_publishes_state_and_number);
  ADD ("publishes-without-number", WIDE, test_publishes_without_number);
  ADD ("mirrored", WIDE, test_mirrored);
  g_test_add_func ("/flow-strip/icons-differ-in-shape", test_icons_differ_in_shape);
  return g_test_run ();
}
