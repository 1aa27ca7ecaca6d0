/* How a drawn value is told to who cannot see it: one way for gauge, ring and bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK 4.8 offers AtspiValue for its own classes only (GtkRange, GtkProgressBar, …; GtkAccessibleRange came with 4.10), so the
 * number would reach nobody. The accessible name therefore carries it as well: "CPU 37.4 %".
 */

#include "config.h"

#include "widgets/tsm-spoken.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * tsm_spoken_set_range:
 * @widget: a widget of role meter or progress bar
 * @minimum: the least value
 * @maximum: the greatest value
 *
 * Publishes the scale.
 */
void
tsm_spoken_set_range (GtkWidget *widget,
                      double     minimum,
                      double     maximum)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, minimum,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, maximum,
                                  -1);
}

/**
 * tsm_spoken_set_value:
 * @widget: a widget of role meter or progress bar
 * @label: (nullable): what is measured, "CPU"
 * @value: the value, or NaN where there is none
 * @text: (nullable): the value in words, "37.4 %"; NULL where there is none
 * @stale: whether it is no longer kept up to date, which a listener must hear as others see it
 *
 * Publishes the value, its text, and a name of both.
 */
void
tsm_spoken_set_value (GtkWidget  *widget,
                      const char *label,
                      double      value,
                      const char *text,
                      gboolean    stale)
{
  const char *plain = text != NULL ? text : _("no data");
  g_autofree char *full = stale ? g_strdup_printf (C_("spoken value", "%s, out of date"), plain) : g_strdup (plain);
  g_autofree char *name = label != NULL ? g_strdup_printf (C_("spoken label and value", "%s %s"), label, full) : g_strdup (full);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, isnan (value) ? 0.0 : value,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, full,
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}
