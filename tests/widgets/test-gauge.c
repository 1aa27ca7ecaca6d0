/* Tests of TsmGauge: what it notifies, what it draws, when it draws, what it publishes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "widget-test.h"
#include "widgets/tsm-dial-arc.h"
#include "widgets/tsm-dial-face.h"
#include "widgets/tsm-gauge.h"

#define SIZE 200

static const double ends[] = { 50, 70, 85, 100 };
static const TsmTone tones[] = { TSM_TONE_GOOD, TSM_TONE_WARN, TSM_TONE_BAD, TSM_TONE_CRITICAL };

typedef struct
{
  GtkWidget *window;
  TsmGauge  *gauge;
  GtkWidget *arc;
  GtkWidget *face;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  widget_test_animations (FALSE);
  fixture->gauge = TSM_GAUGE (tsm_gauge_new (TSM_GAUGE_ARC));
  tsm_gauge_set_label (fixture->gauge, "CPU");
  tsm_gauge_set_tone (fixture->gauge, TSM_TONE_GOOD);
  tsm_gauge_set_value (fixture->gauge, 50, "50.0", "%");
  fixture->window = widget_test_show (GTK_WIDGET (fixture->gauge), SIZE, SIZE);
  fixture->arc = widget_test_find (GTK_WIDGET (fixture->gauge), TSM_TYPE_DIAL_ARC);
  fixture->face = widget_test_find (GTK_WIDGET (fixture->gauge), TSM_TYPE_DIAL_FACE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static gboolean
is_white (WidgetPixel pixel)
{
  return pixel.red > 0.98 && pixel.green > 0.98 && pixel.blue > 0.98;
}

/* The pixel in the middle of the track at @share of the sweep, found from outside: where the picture begins on the left and
 * at the top gives the radius and the centre. Works without bands only, as they lie outside the track. */
static WidgetPixel
get_track_pixel (WidgetPicture *picture,
                 double         share)
{
  double angle = (0.75 + 1.5 * share) * G_PI;
  double middle = picture->width / 2.0;
  int left = picture->width, top = picture->height;
  double outer, radius;

  for (int p = 0; p < picture->width * picture->height; p++)
    if (!is_white (widget_picture_get (picture, p % picture->width, p / picture->width)))
      {
        left = MIN (left, p % picture->width);
        top = MIN (top, p / picture->width);
      }
  g_assert_cmpint (left, <, middle);

  /* TRACK of tsm-gauge-layout.c: the width is 0.165 of the outer radius. */
  outer = middle - left;
  radius = outer * (1.0 - 0.165 / 2.0);
  return widget_picture_get (picture, middle + radius * cos (angle), top + outer + radius * sin (angle));
}

static gboolean
is_filled (Fixture *fixture,
           double   share,
           TsmTone  tone)
{
  g_autoptr (WidgetPicture) picture = widget_test_draw (GTK_WIDGET (fixture->gauge));
  GdkRGBA rgba;

  tsm_tone_get_rgba (tone, GTK_WIDGET (fixture->gauge), &rgba);
  return widget_pixel_is_near (get_track_pixel (picture, share), &rgba);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           guint      *n_notifies)
{
  *n_notifies += 1;
}

static guint
count_notifies_twice (const char *property,
                      GValue     *value)
{
  g_autoptr (GtkWidget) gauge = g_object_ref_sink (tsm_gauge_new (TSM_GAUGE_ARC));
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  guint n_notifies = 0;

  g_signal_connect (gauge, signal, G_CALLBACK (notify_cb), &n_notifies);
  g_object_set_property (G_OBJECT (gauge), property, value);
  g_object_set_property (G_OBJECT (gauge), property, value);
  return n_notifies;
}

static void
test_notify_once (void)
{
  static const struct { const char *name; const char *text; double number; } rows[] = {
    { "label", "CPU", 0 }, { "value-text", "37.4", 0 }, { "unit-text", "%", 0 }, { "caption", "stable", 0 },
    { "minimum", NULL, 10 }, { "maximum", NULL, 90 }, { "value", NULL, 37.4 }, { "low-mark", NULL, 3 }, { "high-mark", NULL, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, rows[i].text != NULL ? G_TYPE_STRING : G_TYPE_DOUBLE);
      if (rows[i].text != NULL)
        g_value_set_string (&value, rows[i].text);
      else
        g_value_set_double (&value, rows[i].number);
      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (count_notifies_twice (rows[i].name, &value), ==, 1);
    }
}

static void
test_notify_stale_and_tone_once (void)
{
  g_auto (GValue) stale = G_VALUE_INIT;
  g_auto (GValue) tone = G_VALUE_INIT;

  g_value_init (&stale, G_TYPE_BOOLEAN);
  g_value_set_boolean (&stale, TRUE);
  g_value_init (&tone, TSM_TYPE_TONE);
  g_value_set_enum (&tone, TSM_TONE_BAD);
  g_assert_cmpuint (count_notifies_twice ("stale", &stale), ==, 1);
  g_assert_cmpuint (count_notifies_twice ("tone", &tone), ==, 1);
}

static void
test_notify_nan_not_again (void)
{
  g_autoptr (GtkWidget) gauge = g_object_ref_sink (tsm_gauge_new (TSM_GAUGE_ARC));
  guint n_notifies = 0;

  g_signal_connect (gauge, "notify", G_CALLBACK (notify_cb), &n_notifies);
  tsm_gauge_set_value (TSM_GAUGE (gauge), NAN, NULL, NULL);
  tsm_gauge_set_marks (TSM_GAUGE (gauge), NAN, NAN);
  g_assert_cmpuint (n_notifies, ==, 0);
}

static void
test_properties_read_back (void)
{
  g_autoptr (GtkWidget) gauge = g_object_ref_sink (tsm_gauge_new (TSM_GAUGE_HALF));
  g_autofree char *caption = NULL;
  TsmGaugeShape shape;
  TsmTone tone;
  double value;
  gboolean stale;

  g_object_set (gauge, "caption", "stable", "tone", TSM_TONE_WARN, "value", 12.5, "stale", TRUE, NULL);
  g_object_get (gauge, "caption", &caption, "tone", &tone, "value", &value, "stale", &stale, "shape", &shape, NULL);
  g_assert_cmpstr (caption, ==, "stable");
  g_assert_cmpint (tone, ==, TSM_TONE_WARN);
  g_assert_cmpfloat (value, ==, 12.5);
  g_assert_true (stale);
  g_assert_cmpint (shape, ==, TSM_GAUGE_HALF);
}

static void
test_filled_up_to_value (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_assert_true (is_filled (fixture, 0.25, TSM_TONE_GOOD));
}

static void
test_empty_beyond_value (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_assert_false (is_filled (fixture, 0.75, TSM_TONE_GOOD));
}

static void
test_nan_is_empty (Fixture       *fixture,
                   gconstpointer  user_data)
{
  tsm_gauge_set_value (fixture->gauge, NAN, NULL, NULL);
  g_assert_false (is_filled (fixture, 0.25, TSM_TONE_GOOD));
}

static void
test_beyond_range_is_full (Fixture       *fixture,
                           gconstpointer  user_data)
{
  tsm_gauge_set_value (fixture->gauge, 180, "180", "%");
  g_assert_true (is_filled (fixture, 0.98, TSM_TONE_GOOD));
}

static void
test_stale_is_grey (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (WidgetPicture) picture = NULL;

  tsm_gauge_set_bands (fixture->gauge, 4, ends, tones);
  tsm_gauge_set_stale (fixture->gauge, TRUE);
  picture = widget_test_draw (GTK_WIDGET (fixture->gauge));

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      g_assert_true (widget_pixel_is_grey (widget_picture_get (picture, x, y)));
}

static void
test_bands_in_their_colours (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (WidgetPicture) picture = NULL;
  guint seen = 0;

  tsm_gauge_set_value (fixture->gauge, NAN, NULL, NULL);
  tsm_gauge_set_bands (fixture->gauge, 4, ends, tones);
  picture = widget_test_draw (GTK_WIDGET (fixture->gauge));

  for (guint i = 0; i < 4; i++)
    {
      GdkRGBA rgba;

      tsm_tone_get_rgba (tones[i], GTK_WIDGET (fixture->gauge), &rgba);
      for (int p = 0; p < picture->width * picture->height; p++)
        if (widget_pixel_is_near (widget_picture_get (picture, p % picture->width, p / picture->width), &rgba))
          {
            seen |= 1u << i;
            break;
          }
    }
  g_assert_cmphex (seen, ==, 0xf);
}

static void
test_face_stands_still (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_auto (WidgetWatch) face = { NULL };
  g_auto (WidgetWatch) arc = { NULL };

  widget_watch_start (&face, fixture->face);
  widget_watch_start (&arc, fixture->arc);
  tsm_gauge_set_value (fixture->gauge, 80, "80.0", "%");
  tsm_gauge_set_tone (fixture->gauge, TSM_TONE_BAD);
  widget_test_frames (GTK_WIDGET (fixture->gauge), 3);
  g_assert_cmpuint (arc.n_draws, >, 0);
  g_assert_cmpuint (face.n_draws, ==, 0);
}

static void
test_same_draws_nothing (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_auto (WidgetWatch) watch = { NULL };

  tsm_gauge_set_bands (fixture->gauge, 4, ends, tones);
  widget_test_frames (GTK_WIDGET (fixture->gauge), 2);
  widget_watch_start (&watch, GTK_WIDGET (fixture->gauge));

  tsm_gauge_set_value (fixture->gauge, 50, "50.0", "%");
  tsm_gauge_set_tone (fixture->gauge, TSM_TONE_GOOD);
  tsm_gauge_set_range (fixture->gauge, 0, 100);
  tsm_gauge_set_bands (fixture->gauge, 4, ends, tones);
  tsm_gauge_set_label (fixture->gauge, "CPU");
  tsm_gauge_set_stale (fixture->gauge, FALSE);
  widget_test_frames (GTK_WIDGET (fixture->gauge), 3);
  g_assert_cmpuint (watch.n_draws, ==, 0);
}

/* Their colours change, but none that CSS knows of. */
static void
test_high_contrast_draws_anew (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_auto (WidgetWatch) face = { NULL };
  g_auto (WidgetWatch) arc = { NULL };

  widget_watch_start (&face, fixture->face);
  widget_watch_start (&arc, fixture->arc);
  gtk_widget_add_css_class (fixture->window, "high-contrast");
  widget_test_frames (GTK_WIDGET (fixture->gauge), 3);
  g_assert_cmpuint (face.n_draws, >, 0);
  g_assert_cmpuint (arc.n_draws, >, 0);
}

static void
test_text_asks_for_no_room (Fixture       *fixture,
                            gconstpointer  user_data)
{
  int before, after;

  gtk_widget_measure (GTK_WIDGET (fixture->gauge), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &before, NULL, NULL);
  tsm_gauge_set_value (fixture->gauge, 50, "123,456,789.0", "messages/s");
  tsm_gauge_set_caption (fixture->gauge, "a caption that is far too long for any arc of this size");
  gtk_widget_measure (GTK_WIDGET (fixture->gauge), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &after, NULL, NULL);
  g_assert_cmpint (before, ==, after);
}

static WidgetPicture *
draw_caption (Fixture    *fixture,
              const char *caption)
{
  tsm_gauge_set_caption (fixture->gauge, caption);
  widget_test_frames (GTK_WIDGET (fixture->gauge), 3);
  return widget_test_draw (GTK_WIDGET (fixture->gauge));
}

static gboolean
is_same_picture (const WidgetPicture *one,
                 const WidgetPicture *other)
{
  return memcmp (one->data, other->data, (gsize) one->width * one->height * 4) == 0;
}

/* A caption that is too long loses what stands behind its dots, as a whole, and one that fits loses nothing. */
static void
test_long_caption_loses_its_last_parts (Fixture       *fixture,
                                        gconstpointer  user_data)
{
  g_autoptr (WidgetPicture) brief = draw_caption (fixture, "▲ 72");
  g_autoptr (WidgetPicture) fitting = draw_caption (fixture, "▲ 72 · up");
  g_autoptr (WidgetPicture) shortened = draw_caption (fixture, "▲ 72 · up · for a time that is not foreseen by anybody");
  g_autoptr (WidgetPicture) least = draw_caption (fixture, "▲ 72 · rising for a time that is not foreseen by anybody");

  g_assert_false (is_same_picture (brief, fitting));
  g_assert_true (is_same_picture (fitting, shortened));
  g_assert_true (is_same_picture (brief, least));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->gauge), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "▲ 72 · rising for a time that is not foreseen by anybody");
}

static gboolean
has_arrived (gpointer data)
{
  return tsm_dial_arc_get_shown (data) == 0.9;
}

/* A glide is kept for changes that come alone, so this takes a gauge that never had a value before. */
static void
test_ease_ends_at_target (void)
{
  GtkWidget *gauge = tsm_gauge_new (TSM_GAUGE_ARC);
  GtkWidget *window = widget_test_show (gauge, SIZE, SIZE);
  GtkWidget *arc = widget_test_find (gauge, TSM_TYPE_DIAL_ARC);

  widget_test_animations (TRUE);
  tsm_gauge_set_value (TSM_GAUGE (gauge), 90, "90.0", "%");
  g_assert_cmpfloat (tsm_dial_arc_get_shown (TSM_DIAL_ARC (arc)), <, 0.9);
  widget_test_wait (has_arrived, arc);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A frame asked for without a reason would keep the processor awake all day. */
static void
test_ease_stops_drawing (void)
{
  GtkWidget *gauge = tsm_gauge_new (TSM_GAUGE_ARC);
  GtkWidget *window = widget_test_show (gauge, SIZE, SIZE);
  GtkWidget *arc = widget_test_find (gauge, TSM_TYPE_DIAL_ARC);
  g_auto (WidgetWatch) watch = { NULL };

  widget_test_animations (TRUE);
  tsm_gauge_set_value (TSM_GAUGE (gauge), 90, "90.0", "%");
  widget_test_wait (has_arrived, arc);
  widget_test_frames (gauge, 2);
  widget_watch_start (&watch, arc);
  widget_test_frames (gauge, 5);
  g_assert_cmpuint (watch.n_draws, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_updates_in_a_row_do_not_glide (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  widget_test_animations (TRUE);
  tsm_gauge_set_value (fixture->gauge, 20, "20.0", "%");
  tsm_gauge_set_value (fixture->gauge, 90, "90.0", "%");
  g_assert_cmpfloat (tsm_dial_arc_get_shown (TSM_DIAL_ARC (fixture->arc)), ==, 0.9);
}

static void
test_no_glide_without_animations (Fixture       *fixture,
                                  gconstpointer  user_data)
{
  tsm_gauge_set_value (fixture->gauge, 90, "90.0", "%");
  g_assert_cmpfloat (tsm_dial_arc_get_shown (TSM_DIAL_ARC (fixture->arc)), ==, 0.9);
}

static void
test_no_glide_while_hidden (void)
{
  GtkWidget *gauge = tsm_gauge_new (TSM_GAUGE_ARC);
  GtkWidget *window = widget_test_show (gauge, SIZE, SIZE);

  widget_test_animations (TRUE);
  gtk_widget_set_visible (gauge, FALSE);
  tsm_gauge_set_value (TSM_GAUGE (gauge), 90, "90.0", "%");
  g_assert_true (has_arrived (widget_test_find (gauge, TSM_TYPE_DIAL_ARC)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_hiding_ends_the_glide (void)
{
  GtkWidget *gauge = tsm_gauge_new (TSM_GAUGE_ARC);
  GtkWidget *window = widget_test_show (gauge, SIZE, SIZE);

  widget_test_animations (TRUE);
  tsm_gauge_set_value (TSM_GAUGE (gauge), 90, "90.0", "%");
  gtk_widget_set_visible (gauge, FALSE);
  g_assert_true (has_arrived (widget_test_find (gauge, TSM_TYPE_DIAL_ARC)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* GTK's own macro puts its arguments into a format string, where a "%" breaks it. */
static void
assert_text (GtkAccessible         *accessible,
             GtkAccessibleProperty  property,
             const char            *expected)
{
  g_autofree char *actual = gtk_test_accessible_check_property (accessible, property, expected);

  if (actual != NULL)
    g_test_message ("got \"%s\"", actual);
  g_assert_null (actual);
}

static void
test_publishes_value (Fixture       *fixture,
                      gconstpointer  user_data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->gauge);

  tsm_gauge_set_value (fixture->gauge, 37.4, "37.4", "%");
  tsm_gauge_set_caption (fixture->gauge, "stable");
  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_METER);
  assert_text (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "CPU 37.4 %");
  assert_text (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "37.4 %");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 37.4);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "stable");
}

static void
test_publishes_stale (Fixture       *fixture,
                      gconstpointer  user_data)
{
  tsm_gauge_set_stale (fixture->gauge, TRUE);
  assert_text (GTK_ACCESSIBLE (fixture->gauge), GTK_ACCESSIBLE_PROPERTY_LABEL, "CPU 50.0 %, out of date");
}

static void
test_publishes_no_data (Fixture       *fixture,
                        gconstpointer  user_data)
{
  tsm_gauge_set_value (fixture->gauge, NAN, NULL, "%");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->gauge), GTK_ACCESSIBLE_PROPERTY_LABEL, "CPU no data");
}

#define ADD(path, test) g_test_add ("/gauge/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gauge/notify-once", test_notify_once);
  g_test_add_func ("/gauge/notify-stale-and-tone-once", test_notify_stale_and_tone_once);
  g_test_add_func ("/gauge/notify-nan-not-again", test_notify_nan_not_again);
  g_test_add_func ("/gauge/properties-read-back", test_properties_read_back);
  ADD ("filled-up-to-value", test_filled_up_to_value);
  ADD ("empty-beyond-value", test_empty_beyond_value);
  ADD ("nan-is-empty", test_nan_is_empty);
  ADD ("beyond-range-is-full", test_beyond_range_is_full);
  ADD ("stale-is-grey", test_stale_is_grey);
  ADD ("bands-in-their-colours", test_bands_in_their_colours);
  ADD ("face-stands-still", test_face_stands_still);
  ADD ("same-draws-nothing", test_same_draws_nothing);
  ADD ("high-contrast-draws-anew", test_high_contrast_draws_anew);
  ADD ("text-asks-for-no-room", test_text_asks_for_no_room);
  ADD ("long-caption-loses-its-last-parts", test_long_caption_loses_its_last_parts);
  g_test_add_func ("/gauge/ease-ends-at-target", test_ease_ends_at_target);
  g_test_add_func ("/gauge/ease-stops-drawing", test_ease_stops_drawing);
  ADD ("updates-in-a-row-do-not-glide", test_updates_in_a_row_do_not_glide);
  ADD ("no-glide-without-animations", test_no_glide_without_animations);
  g_test_add_func ("/gauge/no-glide-while-hidden", test_no_glide_while_hidden);
  g_test_add_func ("/gauge/hiding-ends-the-glide", test_hiding_ends_the_glide);
  ADD ("publishes-value", test_publishes_value);
  ADD ("publishes-stale", test_publishes_stale);
  ADD ("publishes-no-data", test_publishes_no_data);
  return g_test_run ();
}
