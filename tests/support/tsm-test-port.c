/* A TCP port of the loopback that nobody else gets while it is held.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/tsm-test-port.h"

#include <sys/socket.h>

GSocket *
tsm_test_port_hold (guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *sock = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  /* Not reused when it is chosen, so that it is nobody's; only then shared. */
  g_socket_bind (sock, any_port, FALSE, &error);
  g_assert_no_error (error);
  g_socket_set_option (sock, SOL_SOCKET, SO_REUSEADDR, 1, &error);
  g_assert_no_error (error);

  bound = g_socket_get_local_address (sock, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return sock;
}
