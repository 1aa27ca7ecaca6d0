/* What hiredis leaves to be done on the socket itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Keep-alive finds a dead peer where no probe can: when it is time to ask, it asks three times, 3 s apart. */
#define KEEPALIVE_INTERVAL_S 3
#define KEEPALIVE_COUNT      3

/**
 * tsm_socket_ignore_sigpipe:
 *
 * Keeps a write to a closed connection from ending the program. hiredis writes with write(), for which there is no
 * MSG_NOSIGNAL; so, as GSocket does, the signal is ignored for the whole process, unless it has a handler already.
 */
void
tsm_socket_ignore_sigpipe (void)
{
  struct sigaction action;

  if (sigaction (SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL)
    signal (SIGPIPE, SIG_IGN);
}

/**
 * tsm_socket_set_options:
 * @fd: a connected socket
 * @options: the times
 *
 * Has the system watch the connection, if it is one by TCP.
 */
void
tsm_socket_set_options (int                     fd,
                        const TsmSocketOptions *options)
{
  const struct { int level, name, value; } values[] = {
    { SOL_SOCKET, SO_KEEPALIVE, 1 },
    { IPPROTO_TCP, TCP_KEEPIDLE, (int) options->keep_alive_s },
    { IPPROTO_TCP, TCP_KEEPINTVL, KEEPALIVE_INTERVAL_S },
    { IPPROTO_TCP, TCP_KEEPCNT, KEEPALIVE_COUNT },
    { IPPROTO_TCP, TCP_USER_TIMEOUT, (int) options->user_timeout_ms },
  };

  /* On a Unix socket those of TCP fail, and that does no harm. */
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    setsockopt (fd, values[i].level, values[i].name, &values[i].value, sizeof values[i].value);
}

/**
 * tsm_socket_get_available:
 * @fd: a socket
 *
 * Returns: how many bytes wait to be read
 */
gsize
tsm_socket_get_available (int fd)
{
  int n = 0;

  return ioctl (fd, FIONREAD, &n) == 0 && n > 0 ? (gsize) n : 0;
}

/**
 * tsm_socket_take_error:
 * @fd: a socket
 *
 * Takes the error that came by another way than the stream, as ICMP does.
 *
 * Returns: an errno, or 0
 */
int
tsm_socket_take_error (int fd)
{
  int value = 0;
  socklen_t size = sizeof value;

  return getsockopt (fd, SOL_SOCKET, SO_ERROR, &value, &size) == 0 ? value : errno;
}
