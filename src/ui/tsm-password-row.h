/* A row to type a password into.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *tsm_password_row_new (void); /* an AdwPasswordEntryRow */

G_END_DECLS
