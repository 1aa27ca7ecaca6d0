/* What stands behind one step of the flow strip: its state, the evidence, what to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a popover at @button; the texts are plain. */
void tsm_strip_popover_present (GtkWidget  *button,
                                const char *title,
                                const char *text,
                                const char *detail);

G_END_DECLS
