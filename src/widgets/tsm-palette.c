/* TsmTone's colours: one table, read by appearance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hues follow GNOME's named palette, moved lighter or darker until they reach their contrast against a card
 * (#ffffff in light, #353535 in dark style). tests/widgets/test-palette.c computes every one of them.
 */

#include "widgets/tsm-palette.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (TsmTone, tsm_tone,
                    G_DEFINE_ENUM_VALUE (TSM_TONE_NEUTRAL, "neutral"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_FAIR, "fair"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_WARN, "warn"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_BAD, "bad"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_CRITICAL, "critical"),
                    G_DEFINE_ENUM_VALUE (TSM_TONE_STALE, "stale"))

#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.f, ((hex) >> 8 & 0xff) / 255.f, ((hex) & 0xff) / 255.f, 1.f }

typedef enum
{
  SHADE_NORMAL,        /* 3:1 */
  SHADE_HIGH_CONTRAST, /* 7:1 */
  N_SHADES
} Shade;

static const GdkRGBA tones[2][N_SHADES][TSM_N_TONES] = {
  {
    /*                        neutral        good           fair           warn           bad            critical       stale */
    [SHADE_NORMAL]        = { RGB (0x3584e4), RGB (0x26a269), RGB (0x6f9a1a), RGB (0xbd8200), RGB (0xe66100), RGB (0xc01c28), RGB (0x8a8990) },
    [SHADE_HIGH_CONTRAST] = { RGB (0x0f4a96), RGB (0x0b5a33), RGB (0x3d5c06), RGB (0x6b4700), RGB (0x8c3700), RGB (0x9a0c18), RGB (0x4a494e) },
  },
  {
    [SHADE_NORMAL]        = { RGB (0x78aeed), RGB (0x57e389), RGB (0xb5d94c), RGB (0xf5d44a), RGB (0xff9a4d), RGB (0xff7b63), RGB (0x9a9996) },
    [SHADE_HIGH_CONTRAST] = { RGB (0xb9d6ff), RGB (0x8ff0a4), RGB (0xd4f08a), RGB (0xffec8a), RGB (0xffc799), RGB (0xffb3a6), RGB (0xd0cfcc) },
  },
};

/* Share of the foreground's opacity: [ink][normal, high contrast]. */
static const float inks[TSM_N_INKS][2] = {
  [TSM_INK_TEXT]  = { 1.f,   1.f },
  [TSM_INK_DIM]   = { 0.72f, 0.92f },
  [TSM_INK_MARK]  = { 0.6f,  1.f },
  [TSM_INK_TRACK] = { 0.11f, 0.3f },
  [TSM_INK_GAP]   = { 0.06f, 0.15f },
};

static void
get_foreground (GtkWidget *widget,
                GdkRGBA   *rgba)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), rgba);
}

static gboolean
theme_is_high_contrast (GtkWidget *widget)
{
  g_autofree char *name = NULL;
  g_autofree char *folded = NULL;

  g_object_get (gtk_widget_get_settings (widget), "gtk-theme-name", &name, NULL);
  if (name == NULL)
    return FALSE;

  folded = g_ascii_strdown (name, -1);
  return strstr (folded, "highcontrast") != NULL ||
         g_str_has_suffix (folded, "-hc") || strstr (folded, "-hc-") != NULL ||
         g_str_equal (folded, "hc");
}

/**
 * tsm_appearance_read:
 * @appearance: (out caller-allocates): where to write it
 * @widget: any widget
 *
 * Finds out in which style @widget is shown at present.
 *
 * The foreground decides, not a setting, so a widget on a dark panel of a light theme is right as well.
 */
void
tsm_appearance_read (TsmAppearance *appearance,
                     GtkWidget     *widget)
{
  GtkRoot *root;
  GdkRGBA ink;

  g_return_if_fail (appearance != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  get_foreground (widget, &ink);
  root = gtk_widget_get_root (widget);

  appearance->dark = 0.2126f * ink.red + 0.7152f * ink.green + 0.0722f * ink.blue > 0.5f;
  appearance->high_contrast = (root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "high-contrast")) ||
                              theme_is_high_contrast (widget);
}

/**
 * tsm_tone_look_up:
 * @tone: a meaning
 * @appearance: the style it is shown in
 * @rgba: (out caller-allocates): where to write the colour
 *
 * Reads the colour table, without a widget.
 */
void
tsm_tone_look_up (TsmTone              tone,
                  const TsmAppearance *appearance,
                  GdkRGBA             *rgba)
{
  g_return_if_fail (tone < TSM_N_TONES);
  g_return_if_fail (appearance != NULL);
  g_return_if_fail (rgba != NULL);

  *rgba = tones[appearance->dark ? 1 : 0][appearance->high_contrast ? SHADE_HIGH_CONTRAST : SHADE_NORMAL][tone];
}

/**
 * tsm_tone_get_rgba:
 * @tone: a meaning
 * @widget: the widget that will draw
 * @rgba: (out caller-allocates): where to write the colour
 *
 * Gets the colour of a shape with meaning @tone in @widget's present style.
 */
void
tsm_tone_get_rgba (TsmTone    tone,
                   GtkWidget *widget,
                   GdkRGBA   *rgba)
{
  TsmAppearance appearance;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  tsm_appearance_read (&appearance, widget);
  tsm_tone_look_up (tone, &appearance, rgba);
}

/**
 * tsm_ink_get_rgba:
 * @ink: what is drawn
 * @widget: the widget that will draw
 * @rgba: (out caller-allocates): where to write the colour
 *
 * Gets a colour without a meaning: @widget's foreground, as opaque as @ink wants it.
 */
void
tsm_ink_get_rgba (TsmInk     ink,
                  GtkWidget *widget,
                  GdkRGBA   *rgba)
{
  TsmAppearance appearance;

  g_return_if_fail (ink < TSM_N_INKS);
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (rgba != NULL);

  tsm_appearance_read (&appearance, widget);
  get_foreground (widget, rgba);
  rgba->alpha *= inks[ink][appearance.high_contrast ? 1 : 0];
}
