/* What a widget that owns its children has to do for them at its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsm_children_unparent (GtkWidget *parent);

G_END_DECLS
