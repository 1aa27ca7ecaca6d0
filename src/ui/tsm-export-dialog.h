/* Writes the connections to a file for another computer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "profiles/tsm-profile-store.h"

G_BEGIN_DECLS

/* @text: plain, translated: that it was written, or why not */
typedef void (*TsmExportFunc) (const char *text,
                               gpointer    user_data);

/* Asks for the form, then for the file. @told: called once it was written, or could not be, while @parent is there */
void tsm_export_dialog_present (GtkWindow       *parent,
                                TsmProfileStore *store,
                                TsmExportFunc    told,
                                gpointer         user_data);

G_END_DECLS
