/* A TCP port of the loopback that nobody else gets while it is held.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tsm_test_port_hold:
 * @port: (out): a port of 127.0.0.1
 *
 * The kernel gives out no port that a socket is bound to. To connect to it is refused until a server listens there: one that sets
 * SO_REUSEADDR, as redis-server does, may bind to it beside this socket, which may also listen itself.
 *
 * Returns: (transfer full): what holds it, until its end
 */
GSocket *tsm_test_port_hold (guint16 *port);

G_END_DECLS
