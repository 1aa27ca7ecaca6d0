/* Computes the contrast of every colour against the cards it is drawn on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formula is that of the Web Content Accessibility Guidelines 2.1, "relative luminance" and "contrast ratio".
 */

#include <math.h>

#include "widget-test.h"
#include "widgets/tsm-palette.h"

static const GdkRGBA cards[] = { { 1, 1, 1, 1 }, { 0x35 / 255.f, 0x35 / 255.f, 0x35 / 255.f, 1 } };
/* libadwaita's foreground on a card, in light and dark style. */
static const GdkRGBA foregrounds[] = { { 0, 0, 0, 0.8f }, { 1, 1, 1, 1 } };

static double
get_linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *rgba)
{
  return 0.2126 * get_linear (rgba->red) + 0.7152 * get_linear (rgba->green) + 0.0722 * get_linear (rgba->blue);
}

static double
get_contrast (const GdkRGBA *over,
              const GdkRGBA *ground)
{
  GdkRGBA flat = {
    over->red * over->alpha + ground->red * (1 - over->alpha),
    over->green * over->alpha + ground->green * (1 - over->alpha),
    over->blue * over->alpha + ground->blue * (1 - over->alpha), 1,
  };
  double a = get_luminance (&flat);
  double b = get_luminance (ground);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
assert_tones (gboolean high_contrast,
              double   least)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      TsmAppearance appearance = { dark != 0, high_contrast };

      for (guint tone = 0; tone < TSM_N_TONES; tone++)
        {
          GdkRGBA rgba;

          tsm_tone_look_up (tone, &appearance, &rgba);
          g_test_message ("tone %u, dark %u: %.2f:1", tone, dark, get_contrast (&rgba, &cards[dark]));
          g_assert_cmpfloat (get_contrast (&rgba, &cards[dark]), >=, least);
        }
    }
}

static void
test_shapes (void)
{
  assert_tones (FALSE, 3.0);
}

static void
test_high_contrast (void)
{
  assert_tones (TRUE, 7.0);
}

static void
test_tones_differ (void)
{
  for (guint i = 0; i < 4; i++)
    {
      TsmAppearance appearance = { (i & 1) != 0, (i & 2) != 0 };

      for (guint a = 0; a < TSM_N_TONES; a++)
        for (guint b = a + 1; b < TSM_N_TONES; b++)
          {
            GdkRGBA one, other;

            tsm_tone_look_up (a, &appearance, &one);
            tsm_tone_look_up (b, &appearance, &other);
            g_assert_false (gdk_rgba_equal (&one, &other));
          }
    }
}

static GtkWidget *
new_label_in (const GdkRGBA  *foreground,
              GtkCssProvider *provider)
{
  g_autofree char *colour = gdk_rgba_to_string (foreground);
  g_autofree char *rule = g_strdup_printf ("label { color: %s; }", colour);
  GtkWidget *label = gtk_label_new ("");

  gtk_css_provider_load_from_data (provider, rule, -1);
  gtk_style_context_add_provider (gtk_widget_get_style_context (label), GTK_STYLE_PROVIDER (provider), 900);
  return g_object_ref_sink (label);
}

static void
test_dim_text (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      g_autoptr (GtkWidget) label = new_label_in (&foregrounds[dark], provider);
      GdkRGBA rgba;

      tsm_ink_get_rgba (TSM_INK_DIM, label, &rgba);
      g_assert_cmpfloat (get_contrast (&rgba, &cards[dark]), >=, 4.5);
    }
}

static void
test_dark_by_foreground (void)
{
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
      g_autoptr (GtkWidget) label = new_label_in (&foregrounds[dark], provider);
      TsmAppearance appearance;

      tsm_appearance_read (&appearance, label);
      g_assert_cmpint (appearance.dark, ==, dark != 0);
    }
}

static void
test_high_contrast_by_class (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("");
  TsmAppearance appearance;

  gtk_window_set_child (GTK_WINDOW (window), label);
  tsm_appearance_read (&appearance, label);
  g_assert_false (appearance.high_contrast);

  gtk_widget_add_css_class (window, "high-contrast");
  tsm_appearance_read (&appearance, label);
  g_assert_true (appearance.high_contrast);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_high_contrast_by_theme (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (""));
  g_autofree char *before = NULL;
  TsmAppearance appearance;

  g_object_get (gtk_settings_get_default (), "gtk-theme-name", &before, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Default-hc", NULL);
  tsm_appearance_read (&appearance, label);
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", before, NULL);
  g_assert_true (appearance.high_contrast);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette/shapes-3-to-1", test_shapes);
  g_test_add_func ("/palette/high-contrast-7-to-1", test_high_contrast);
  g_test_add_func ("/palette/tones-differ", test_tones_differ);
  g_test_add_func ("/palette/dim-text-4.5-to-1", test_dim_text);
  g_test_add_func ("/palette/dark-by-foreground", test_dark_by_foreground);
  g_test_add_func ("/palette/high-contrast-by-class", test_high_contrast_by_class);
  g_test_add_func ("/palette/high-contrast-by-theme", test_high_contrast_by_theme);
  return g_test_run ();
}
