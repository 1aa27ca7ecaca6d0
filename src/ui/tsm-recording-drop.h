/* Ways for a recording into the program: dropped on a window, or chosen in a dialog.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Files that are dropped on @window are opened by its application. */
void tsm_recording_drop_attach  (GtkWidget    *window);
/* Asks for a file. @parent: (nullable) */
void tsm_recording_drop_choose  (GApplication *application,
                                 GtkWindow    *parent);

G_END_DECLS
