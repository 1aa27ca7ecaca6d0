/* TsmConnectionPopover: all that is known of the connection, and the way to another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_CONNECTION_POPOVER (tsm_connection_popover_get_type ())
G_DECLARE_FINAL_TYPE (TsmConnectionPopover, tsm_connection_popover, TSM, CONNECTION_POPOVER, GtkPopover)

GtkWidget *tsm_connection_popover_new         (void);
void       tsm_connection_popover_set_session (TsmConnectionPopover *self,
                                               TsmSession           *session);
/* @word: the state of the connection */
void       tsm_connection_popover_show_state  (TsmConnectionPopover *self,
                                               const char           *word);

G_END_DECLS
