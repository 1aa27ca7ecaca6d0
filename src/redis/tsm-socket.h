/* What hiredis leaves to be done on the socket itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  tsm_socket_ignore_sigpipe (void);
void  tsm_socket_set_options    (int fd);
gsize tsm_socket_get_available  (int fd);
int   tsm_socket_take_error     (int fd);

G_END_DECLS
