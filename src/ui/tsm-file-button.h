/* The button of an entry that holds the path of a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @title: of the file chooser. @entry: gets the path; (transfer none), the button stands within it */
GtkWidget *tsm_file_button_new (GtkEditable *entry,
                                const char  *title);

G_END_DECLS
