/* Style rules, added once to each display that shows one of our widgets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes and classes an application may style, with any provider of priority GTK_STYLE_PROVIDER_PRIORITY_APPLICATION:
 *
 *   tsm-gauge, tsm-ring        > tsm-face, tsm-arc, tsm-text
 *   tsm-sparkline, tsm-meter
 *   tsm-flow                   > button.tsm-step, with .unknown, .busy, .pass, .warn or .fail
 */

#include "widgets/tsm-style.h"

#define DISPLAY_KEY "tsm-widgets-style"

/* What is drawn in high contrast changes no property of CSS. The outline, which has no width, makes GTK draw anew when the
 * class comes or goes. */
static const char rules[] =
  ".high-contrast tsm-face, .high-contrast tsm-arc, .high-contrast tsm-text, .high-contrast tsm-sparkline,"
  ".high-contrast tsm-meter, .high-contrast tsm-flow, .high-contrast tsm-step-icon { outline-color: transparent; }"
  "button.tsm-step { padding: 2px 8px; min-height: 22px; min-width: 0; margin: 0; border-radius: 8px; }"
  "button.tsm-step.warn { background-color: alpha(#e5a50a, 0.16); }"
  "button.tsm-step.warn:hover { background-color: alpha(#e5a50a, 0.24); }"
  "button.tsm-step.fail { background-color: alpha(#e01b24, 0.15); }"
  "button.tsm-step.fail:hover { background-color: alpha(#e01b24, 0.22); }"
  ".high-contrast button.tsm-step.warn, .high-contrast button.tsm-step.fail { box-shadow: inset 0 0 0 1px currentColor; }";

/**
 * tsm_style_ensure:
 * @widget: a widget of this room
 *
 * Sees to it that @widget's display has the rules. Themes come before them, the application's own rules after.
 */
void
tsm_style_ensure (GtkWidget *widget)
{
  GdkDisplay *display = gtk_widget_get_display (widget);
  GtkCssProvider *provider;

  if (g_object_get_data (G_OBJECT (display), DISPLAY_KEY) != NULL)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, rules, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
  g_object_set_data_full (G_OBJECT (display), DISPLAY_KEY, provider, g_object_unref);
}
