/* The colours that tell connections apart: a dot in each, and its name, since a colour never stands alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget  *tsm_colour_dot_new   (void);
/* @colour: one of tsm_profile_get_colours(); "none" hides the dot where @keep_room is FALSE, else leaves a ring in its place. */
void        tsm_colour_dot_set   (GtkWidget  *dot,
                                  const char *colour,
                                  gboolean    keep_room);
/* A row with the names and dots of all colours to choose from; its "selected" is the index in tsm_profile_get_colours(). */
GtkWidget  *tsm_colour_row_new   (const char *title);

G_END_DECLS
