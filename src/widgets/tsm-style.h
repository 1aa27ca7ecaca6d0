/* The few style rules the widgets of this room need. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsm_style_ensure (GtkWidget *widget);

G_END_DECLS
