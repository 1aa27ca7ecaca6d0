/* TsmConnectionButton: the state of the connection in the header, and what one can do about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

#define TSM_TYPE_CONNECTION_BUTTON (tsm_connection_button_get_type ())
G_DECLARE_FINAL_TYPE (TsmConnectionButton, tsm_connection_button, TSM, CONNECTION_BUTTON, AdwBin)

void tsm_connection_button_set_connection (TsmConnectionButton *self,
                                           TsmConnection       *connection,
                                           const char          *name);  /* translated, short */
void tsm_connection_button_set_compact    (TsmConnectionButton *self,
                                           gboolean             compact); /* the dot alone */

G_END_DECLS
