/* What the window offers against an error of the link.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives @button the label and the action of the remedy, or hides it where there is none. @error: (nullable) */
gboolean tsm_remedy_show (GtkWidget    *button,
                          const GError *error); /* whether there is one */

G_END_DECLS
