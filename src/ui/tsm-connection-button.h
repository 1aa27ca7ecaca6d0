/* TsmConnectionButton: the connection in the header: its colour, name, state and marks, and what one can do about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_CONNECTION_BUTTON (tsm_connection_button_get_type ())
G_DECLARE_FINAL_TYPE (TsmConnectionButton, tsm_connection_button, TSM, CONNECTION_BUTTON, AdwBin)

/* Hidden while nothing is open. */
void tsm_connection_button_set_session (TsmConnectionButton *self,
                                        TsmSession          *session);
void tsm_connection_button_set_compact (TsmConnectionButton *self,
                                        gboolean             compact); /* the marks alone */

G_END_DECLS
