/* How a drawn value is told to who cannot see it. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsm_spoken_set_range (GtkWidget  *widget,
                           double      minimum,
                           double      maximum);
void tsm_spoken_set_value (GtkWidget  *widget,
                           const char *label,
                           double      value,
                           const char *text,
                           gboolean    stale);

G_END_DECLS
