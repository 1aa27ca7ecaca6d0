/* What the windows of the connections share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts @dialog over @parent, modal; px, and no larger than it. */
void tsm_dialog_place (GtkWindow *dialog,
                       GtkWindow *parent,
                       int        width,
                       int        height);

G_END_DECLS
