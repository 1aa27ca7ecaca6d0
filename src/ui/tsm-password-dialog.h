/* Asks for the password of the connection that is open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

/* The password goes to @session, which tries again with it; nothing happens where something else is open by then. */
void tsm_password_dialog_present (GtkWindow  *parent,
                                  TsmSession *session);

G_END_DECLS
