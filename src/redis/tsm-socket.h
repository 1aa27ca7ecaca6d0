/* What hiredis leaves to be done on the socket itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmSocketOptions:
 * @keep_alive_s: after so many seconds without a byte the system asks the other side whether it is there
 * @user_timeout_ms: the longest time that written bytes may stay unacknowledged
 */
typedef struct
{
  guint keep_alive_s;
  guint user_timeout_ms;
} TsmSocketOptions;

void  tsm_socket_ignore_sigpipe (void);
void  tsm_socket_set_options    (int                     fd,
                                 const TsmSocketOptions *options);
gsize tsm_socket_get_available  (int fd);
int   tsm_socket_take_error     (int fd);

G_END_DECLS
