/* What the program remembers between two runs. Each function does nothing where the schema is not installed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): NULL where the schema is not installed, as when run from a build folder */
GSettings *tsm_settings_open            (void);
void       tsm_settings_restore_window  (GSettings      *settings,
                                         GtkWindow      *window);
void       tsm_settings_store_window    (GSettings      *settings,
                                         GtkWindow      *window);
TsmProfile *tsm_settings_take_last      (GSettings      *settings); /* (transfer full) (nullable): once */

G_END_DECLS
