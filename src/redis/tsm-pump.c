/* TsmPump: the thread between a server's socket and hiredis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread shares three things with the rest of the program, and nothing else: how much waits, how much may, and the
 * error that ended it. It calls nobody, and the one object it touches, the TLS stream, is its own until it has ended.
 */

#include "redis/tsm-pump.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK_SIZE    (64 * 1024)
#define OUTGOING_SIZE (64 * 1024)

/* Taken in one go; then the other side has its turn. */
#define MAX_CHUNKS_AT_ONCE 64

typedef struct
{
  gsize  start;
  gsize  end;
  guint8 bytes[CHUNK_SIZE];
} Chunk;

struct _TsmPump
{
  GThread *thread;
  int      server;         /* the real connection; not ours to close where there is a stream */
  int      local;          /* our end of the pair; hiredis has the other */
  int      stop;           /* an eventfd: readable when the thread is to end */

  gsize    limit;          /* atomic, bytes */
  gsize    waiting;        /* atomic, bytes */
  GError  *error;          /* atomic: set once */

  /* the thread's own */
  GIOStream *stream;       /* TLS; NULL: the bytes go as they are */
  gboolean server_pending; /* the stream may hold bytes that poll() does not see */
  GQueue   chunks;
  gboolean server_ended;
  gboolean local_ended;
  guint8   outgoing[OUTGOING_SIZE];
  gsize    n_outgoing;
};

static gboolean
is_passing (int error)
{
  return error == EAGAIN || error == EINTR;
}

static Chunk *
chunk_with_room (TsmPump *self)
{
  Chunk *chunk = g_queue_peek_tail (&self->chunks);

  if (chunk == NULL || chunk->end == CHUNK_SIZE)
    {
      chunk = g_new (Chunk, 1);
      chunk->start = chunk->end = 0;
      g_queue_push_tail (&self->chunks, chunk);
    }
  return chunk;
}

static GError *
new_error_from_errno (void)
{
  return g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
}

/* Bytes; 0 for the end; -1 with @error set, or not set where there is nothing for now. */
static gssize
read_server (TsmPump  *self,
             guint8   *bytes,
             gsize     size,
             GError  **error)
{
  gssize n;

  if (self->stream != NULL)
    {
      n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream)),
                                                    bytes, size, NULL, error);
      if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_clear_error (error);
      return n;
    }

  n = recv (self->server, bytes, size, MSG_DONTWAIT);
  if (n < 0 && !is_passing (errno))
    *error = new_error_from_errno ();
  return n;
}

/* As read_server(). */
static gssize
write_server (TsmPump       *self,
              const guint8  *bytes,
              gsize          size,
              GError       **error)
{
  gssize n;

  if (self->stream != NULL)
    {
      n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream)),
                                                      bytes, size, NULL, error);
      if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_clear_error (error);
      return n;
    }

  n = send (self->server, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n < 0 && !is_passing (errno))
    *error = new_error_from_errno ();
  return n;
}

/* FALSE: there is no more for now. */
static gboolean
take_some (TsmPump *self)
{
  Chunk *chunk = chunk_with_room (self);
  GError *error = NULL;
  gssize n = read_server (self, chunk->bytes + chunk->end, CHUNK_SIZE - chunk->end, &error);

  if (n > 0)
    {
      chunk->end += (gsize) n;
      g_atomic_pointer_add (&self->waiting, n);
      return TRUE;
    }

  self->server_pending = FALSE;
  if (n == 0 || error != NULL)
    {
      g_atomic_pointer_set (&self->error, error);
      self->server_ended = TRUE;
    }
  return FALSE;
}

/* The server comes first: it is the one that does not wait. */
static void
take_from_server (TsmPump *self)
{
  guint n = MAX_CHUNKS_AT_ONCE;

  self->server_pending = self->stream != NULL;
  while (take_some (self) && !tsm_pump_is_full (self) && n-- > 0)
    ;
}

static void
hand_on (TsmPump *self)
{
  Chunk *chunk = g_queue_peek_head (&self->chunks);
  gssize n = send (self->local, chunk->bytes + chunk->start, chunk->end - chunk->start, MSG_DONTWAIT | MSG_NOSIGNAL);

  if (n < 0)
    {
      self->local_ended |= !is_passing (errno);
      return;
    }

  chunk->start += (gsize) n;
  g_atomic_pointer_add (&self->waiting, -n);
  if (chunk->start < chunk->end)
    return;

  /* An idle connection keeps its one chunk. */
  if (g_queue_get_length (&self->chunks) > 1)
    g_free (g_queue_pop_head (&self->chunks));
  else
    chunk->start = chunk->end = 0;
}

static void
take_from_local (TsmPump *self)
{
  gssize n = recv (self->local, self->outgoing + self->n_outgoing, OUTGOING_SIZE - self->n_outgoing, MSG_DONTWAIT);

  if (n > 0)
    self->n_outgoing += (gsize) n;
  else
    self->local_ended |= n == 0 || !is_passing (errno);
}

static void
send_to_server (TsmPump *self)
{
  g_autoptr (GError) error = NULL;
  gssize n = write_server (self, self->outgoing, self->n_outgoing, &error);

  if (n > 0)
    {
      self->n_outgoing -= (gsize) n;
      memmove (self->outgoing, self->outgoing + n, self->n_outgoing);
      explicit_bzero (self->outgoing + self->n_outgoing, (gsize) n); /* a password may have been in it */
    }
  else if (error != NULL)
    {
      self->n_outgoing = 0; /* what the server still had to say is read first; its end is seen there */
    }
}

/* Once all that the server said has been handed on, hiredis hears that it has ended. */
static gboolean
goes_on (TsmPump *self)
{
  return !self->local_ended && !(self->server_ended && tsm_pump_get_waiting (self) == 0);
}

static gpointer
run (gpointer data)
{
  TsmPump *self = data;

  while (goes_on (self))
    {
      gsize waiting = tsm_pump_get_waiting (self);
      gboolean pending = self->server_pending && !self->server_ended && !tsm_pump_is_full (self);
      struct pollfd fds[] = {
        { .fd = self->stop, .events = POLLIN },
        { .fd = self->server_ended ? -1 : self->server,
          .events = (tsm_pump_is_full (self) ? 0 : POLLIN) | (self->n_outgoing > 0 ? POLLOUT : 0) },
        { .fd = self->local,
          .events = (self->n_outgoing < OUTGOING_SIZE ? POLLIN : 0) | (waiting > 0 ? POLLOUT : 0) },
      };

      /* Full and hung up: poll() would report the hang-up for ever, so the server is not looked at until there is room. */
      if (fds[1].events == 0)
        fds[1].fd = -1;
      if (poll (fds, G_N_ELEMENTS (fds), pending ? 0 : -1) < 0 && errno != EINTR)
        break;

      if (fds[0].revents != 0)
        return NULL;
      if (pending || (fds[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        take_from_server (self);
      if ((fds[1].revents & POLLOUT) != 0)
        send_to_server (self);
      if ((fds[2].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        take_from_local (self);
      if ((fds[2].revents & POLLOUT) != 0 && !self->local_ended)
        hand_on (self);
    }

  shutdown (self->local, SHUT_RDWR);
  return NULL;
}

static TsmPump *
allocate (void)
{
  TsmPump *self = g_new0 (TsmPump, 1);

  self->server = self->local = self->stop = -1;
  g_queue_init (&self->chunks);
  return self;
}

/* Puts one end of a socket pair in the place of @fd, whose connection becomes ours. */
static gboolean
swap_in (TsmPump  *self,
         int       fd,
         GError  **error)
{
  int pair[2];

  self->server = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  self->stop = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->server < 0 || self->stop < 0 || socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
    {
      g_propagate_error (error, new_error_from_errno ());
      return FALSE;
    }

  self->local = pair[0];
  if (dup3 (pair[1], fd, O_CLOEXEC) < 0)
    {
      g_propagate_error (error, new_error_from_errno ());
      close (pair[1]);
      return FALSE;
    }
  close (pair[1]);
  return TRUE;
}

static void
close_fd (int fd)
{
  if (fd >= 0)
    close (fd);
}

/**
 * tsm_pump_new:
 * @fd: a connected stream socket, non-blocking
 * @limit: bytes that may wait; beyond it the server is not read
 * @error: return location; %G_IO_ERROR
 *
 * Puts the pump into a connection: from here on @fd, the number staying the same, is the near end of it. Closing @fd ends
 * the connection.
 *
 * Returns: (transfer full): the pump; %NULL with @error set where the system lacks what it takes, and @fd as it was
 */
TsmPump *
tsm_pump_new (int      fd,
              gsize    limit,
              GError **error)
{
  g_autoptr(TsmPump) self = allocate ();

  self->limit = limit;
  if (!swap_in (self, fd, error))
    return NULL;

  self->thread = g_thread_new ("tsm-pump", run, self);
  return g_steal_pointer (&self);
}

/**
 * tsm_pump_divert:
 * @fd: a connected stream socket, non-blocking
 * @server: (out) (transfer full): the connection that @fd was
 * @error: return location; %G_IO_ERROR
 *
 * Puts the pump into a connection as tsm_pump_new() does, but at rest: the connection is the caller's, to shake hands on it,
 * until it is given back with tsm_pump_join(). What is written to @fd waits until then.
 *
 * Returns: (transfer full): the pump; %NULL with @error set
 */
TsmPump *
tsm_pump_divert (int       fd,
                 GSocket **server,
                 GError  **error)
{
  g_autoptr(TsmPump) self = allocate ();
  GSocket *socket;

  if (!swap_in (self, fd, error))
    return NULL;

  socket = g_socket_new_from_fd (self->server, error);
  if (socket == NULL)
    return NULL;

  self->server = -1; /* the GSocket closes it */
  *server = socket;
  return g_steal_pointer (&self);
}

/**
 * tsm_pump_join:
 * @self: a pump from tsm_pump_divert()
 * @stream: (transfer full): a pollable stream over @server; nobody else may use it from here on
 * @server: the connection from tsm_pump_divert()
 * @limit: bytes that may wait; beyond it the server is not read
 *
 * Begins to move bytes, through @stream.
 */
void
tsm_pump_join (TsmPump   *self,
               GIOStream *stream,
               GSocket   *server,
               gsize      limit)
{
  g_return_if_fail (self->thread == NULL);

  self->stream = stream;
  self->server = g_socket_get_fd (server);
  self->server_pending = TRUE; /* read together with the end of the handshake */
  self->limit = limit;
  self->thread = g_thread_new ("tsm-pump", run, self);
}

/**
 * tsm_pump_free:
 * @self: (transfer full): a pump
 *
 * Ends the thread, and the connection with it. What still waits is thrown away.
 */
void
tsm_pump_free (TsmPump *self)
{
  if (self->thread != NULL)
    {
      guint64 one = 1;

      while (write (self->stop, &one, sizeof one) < 0 && errno == EINTR)
        ;
      g_thread_join (self->thread);
    }

  if (self->stream == NULL)
    close_fd (self->server);
  g_clear_object (&self->stream);
  close_fd (self->local);
  close_fd (self->stop);
  g_queue_clear_full (&self->chunks, g_free);
  g_clear_error (&self->error);
  explicit_bzero (self->outgoing, self->n_outgoing);
  g_free (self);
}

/**
 * tsm_pump_set_limit:
 * @self: a pump
 * @limit: bytes; a larger one takes effect with the next byte that moves
 */
void
tsm_pump_set_limit (TsmPump *self,
                    gsize    limit)
{
  g_atomic_pointer_set (&self->limit, limit);
}

/**
 * tsm_pump_get_waiting:
 * @self: a pump
 *
 * May be called in any thread.
 *
 * Returns: bytes that the server has sent and hiredis has not read
 */
gsize
tsm_pump_get_waiting (TsmPump *self)
{
  return g_atomic_pointer_get (&self->waiting);
}

/**
 * tsm_pump_is_full:
 * @self: a pump
 *
 * Returns: whether the server is not read for want of room
 */
gboolean
tsm_pump_is_full (TsmPump *self)
{
  return tsm_pump_get_waiting (self) >= g_atomic_pointer_get (&self->limit);
}

/**
 * tsm_pump_get_error:
 * @self: a pump
 *
 * Returns: (transfer none) (nullable): in G_IO_ERROR or G_TLS_ERROR, why the stream ended; %NULL where it did not, or ended plainly
 */
const GError *
tsm_pump_get_error (TsmPump *self)
{
  return g_atomic_pointer_get (&self->error);
}
