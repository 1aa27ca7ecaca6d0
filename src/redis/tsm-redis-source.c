/* The GSource that drives one asynchronous context of hiredis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis frees a context by itself when its connection ends, and tells so in ev.cleanup only, where nothing may be done
 * but to forget it. So nobody is called from there, nor from the connect callback, where hiredis 0.14 uses the context
 * after it was freed: both leave a note, which the dispatch reads when it is back from hiredis. A reply is the one thing
 * that is handed on from inside; there redisAsyncFree() is safe, and ends the parsing at once.
 *
 * GLib keeps a source alive while it is dispatched, so self outlives its context in each of these.
 *
 * What a server says is not believed: see TsmReplyGuard for its form, and tsm_hiredis_expect_unasked() for what nobody asked for.
 */

#include "redis/tsm-redis-source.h"

#include "redis/tsm-hiredis.h"
#include "redis/tsm-pump.h"
#include "redis/tsm-reply-guard.h"

/* Below GDK_PRIORITY_REDRAW (120): a socket that is always ready must not stop the window from drawing. */
#define SOCKET_PRIORITY 130

/* How long one dispatch may read, in µs. */
#define READ_SLICE 4000

/* What redisAsyncHandleRead() takes from the socket at once. */
#define READ_SIZE (16 * 1024)

/* Bytes that may wait of a stream for which no buffer is asked: replies to commands, one at a time. */
#define STREAM_LIMIT (8 * 1024 * 1024)

typedef struct
{
  GSource                    source;

  redisAsyncContext         *context;   /* NULL: at its end */
  const TsmRedisSourceFuncs *funcs;     /* NULL: nobody is to be told any more */
  gpointer                   user_data;

  gpointer                   tag;
  GIOCondition               polled;
  GIOCondition               asked;     /* what hiredis waits for: G_IO_IN, G_IO_OUT */
  gboolean                   reading;   /* FALSE: the owner has paused */
  gboolean                   connected;
  TsmReplyGuard              guard;

  TsmPump                   *pump;      /* NULL: hiredis reads the server's own socket */
  TsmSocketOptions           options;

  int                        err;       /* why hiredis let go of the context */
  char                      *words;
} TsmRedisSource;

static void
update_polled (TsmRedisSource *self)
{
  GIOCondition condition = G_IO_ERR | G_IO_HUP | (self->asked & (self->reading ? G_IO_IN | G_IO_OUT : G_IO_OUT));

  if (condition == self->polled || g_source_is_destroyed (&self->source))
    return;

  self->polled = condition;
  g_source_modify_unix_fd (&self->source, self->tag, condition);
}

static void
add_read_cb (void *data)
{
  TsmRedisSource *self = data;

  self->asked |= G_IO_IN;
  update_polled (self);
}

static void
del_read_cb (void *data)
{
  TsmRedisSource *self = data;

  self->asked &= ~G_IO_IN;
  update_polled (self);
}

static void
add_write_cb (void *data)
{
  TsmRedisSource *self = data;

  self->asked |= G_IO_OUT;
  update_polled (self);
}

static void
del_write_cb (void *data)
{
  TsmRedisSource *self = data;

  self->asked &= ~G_IO_OUT;
  update_polled (self);
}

/* Forgets the context, before hiredis or we free it, so that neither its file descriptor nor its callbacks reach us. */
static redisAsyncContext *
steal_context (TsmRedisSource *self)
{
  redisAsyncContext *context = g_steal_pointer (&self->context);

  if (context != NULL)
    context->data = NULL;
  g_source_destroy (&self->source);
  return context;
}

static void
note_end (TsmRedisSource *self,
          int             err,
          const char     *words)
{
  self->err = err;
  g_free (self->words);
  self->words = g_strdup (words);
}

/* hiredis is about to free the context. It calls this twice in 1.x, and also when it is we who free it. */
static void
cleanup_cb (void *data)
{
  TsmRedisSource *self = data;
  redisAsyncContext *context;

  if (self->context == NULL)
    return;

  context = steal_context (self);
  if (self->guard.fault != NULL)
    note_end (self, REDIS_ERR_PROTOCOL, self->guard.fault);
  else
    note_end (self, tsm_hiredis_is_cut_off (&context->c) ? TSM_REDIS_SOURCE_CUT_OFF : context->err, context->errstr);
}

static void
connected_cb (const redisAsyncContext *context,
              int                      status)
{
  TsmRedisSource *self = context->data;

  if (self != NULL)
    self->connected = status == REDIS_OK;
}

/* The callback of all commands, subscriptions and messages: who awaits what is known further up. */
static void
reply_cb (redisAsyncContext *context,
          void              *reply,
          void              *unused)
{
  TsmRedisSource *self = context->data;

  /* NULL is what hiredis says to who still waits when the context ends. */
  if (self == NULL || reply == NULL)
    return;

  tsm_hiredis_expect_unasked (context, reply_cb);
  self->funcs->reply (reply, self->user_data);
}

/* FALSE: the source is at its end, and has told so. */
static gboolean
is_alive (TsmRedisSource *self)
{
  const TsmRedisSourceFuncs *funcs;
  const GError *cause;

  if (self->context != NULL)
    return TRUE;

  /* hiredis saw a plain end where the pump knows more. What was wrong with a reply is worth more than how the stream ended. */
  cause = self->pump != NULL && self->err != REDIS_ERR_PROTOCOL ? tsm_pump_get_error (self->pump) : NULL;
  if (cause != NULL)
    note_end (self, REDIS_ERR_IO, cause->message);

  funcs = g_steal_pointer (&self->funcs);
  if (funcs != NULL)
    funcs->closed (self->err, self->words, cause, self->user_data);
  return FALSE;
}

static void
give_up (TsmRedisSource *self,
         int             err,
         const char     *words)
{
  note_end (self, err, words);
  redisAsyncFree (steal_context (self));
  is_alive (self);
}

/* What read() does not tell of, and poll() would report for ever. FALSE: there was such an error, and the source is at its
 * end. */
static gboolean
survives (TsmRedisSource *self)
{
  int error = tsm_socket_take_error (self->context->c.fd);

  if (error == 0)
    return TRUE;

  give_up (self, REDIS_ERR_IO, g_strerror (error));
  return FALSE;
}

/* Reads until the socket is empty, the queue is full or the time is up. FALSE: the source is at its end. */
static gboolean
drain (TsmRedisSource *self,
       gboolean        hung_up)
{
  gint64 end = g_get_monotonic_time () + READ_SLICE;
  gsize available;

  do
    {
      available = tsm_socket_get_available (self->context->c.fd);
      if (available > 0)
        self->funcs->received (MIN (available, READ_SIZE), self->user_data);

      redisAsyncHandleRead (self->context);
      if (!is_alive (self))
        return FALSE;

      if (!tsm_reply_guard_may_go_on (&self->guard, self->context->c.reader))
        {
          give_up (self, REDIS_ERR_PROTOCOL, self->guard.fault);
          return FALSE;
        }
    }
  while (available >= READ_SIZE
         && (self->polled & G_IO_IN) != 0
         && g_get_monotonic_time () < end);

  return available > 0 || !hung_up || survives (self);
}

/* The first event tells whether there is a connection. It is always given to the writing side: the reading side would go
 * on to read before anybody knows. */
static void
finish_connecting (TsmRedisSource *self)
{
  redisAsyncHandleWrite (self->context);
  if (!is_alive (self) || !self->connected)
    return;

  tsm_socket_set_options (self->context->c.fd, &self->options);
  self->funcs->connected (self->user_data);
}

static gboolean
tsm_redis_source_dispatch (GSource     *source,
                           GSourceFunc  callback,
                           gpointer     user_data)
{
  TsmRedisSource *self = (TsmRedisSource *) source;
  GIOCondition ready = g_source_query_unix_fd (source, self->tag);
  gboolean hung_up = (ready & (G_IO_ERR | G_IO_HUP)) != 0;
  gboolean alive = TRUE;

  if (!self->connected)
    {
      finish_connecting (self);
      return G_SOURCE_CONTINUE;
    }

  /* Read before write: a server that turns us away says why before it closes, and a failed write is the end of the context
   * with its last words unread. They may have come after poll() looked. */
  if ((ready & G_IO_OUT) != 0 && tsm_socket_get_available (self->context->c.fd) > 0)
    ready |= G_IO_IN;

  /* A hang-up cannot be left unread while reading is paused: poll() would report it for ever. */
  if (hung_up || (ready & G_IO_IN) != 0)
    alive = drain (self, hung_up);

  if (alive && (ready & G_IO_OUT) != 0)
    {
      redisAsyncHandleWrite (self->context);
      is_alive (self);
    }

  return G_SOURCE_CONTINUE;
}

static void
tsm_redis_source_finalize (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  g_assert (self->context == NULL);
  g_clear_pointer (&self->pump, tsm_pump_free);
  g_free (self->words);
}

static GSourceFuncs tsm_redis_source_funcs = {
  .dispatch = tsm_redis_source_dispatch,
  .finalize = tsm_redis_source_finalize,
};

static void
attach_hooks (TsmRedisSource *self)
{
  redisAsyncContext *context = self->context;

  context->data = self;
  context->ev.data = self;
  context->ev.addRead = add_read_cb;
  context->ev.delRead = del_read_cb;
  context->ev.addWrite = add_write_cb;
  context->ev.delWrite = del_write_cb;
  context->ev.cleanup = cleanup_cb;
  redisAsyncSetConnectCallback (context, connected_cb);
  tsm_reply_guard_attach (&self->guard, context->c.reader);
  tsm_hiredis_expect_unasked (context, reply_cb);
}

/**
 * tsm_redis_source_new:
 * @address: an IPv4 or IPv6 address, not a name, for which hiredis would block; or the path of a Unix socket
 * @port: 1–65535, or 0 for a Unix socket
 * @options: how the system is to watch the connection
 * @error: return location; %G_IO_ERROR
 *
 * Begins to connect. Give the source its functions with tsm_redis_source_set_funcs(), and attach it to a main context.
 *
 * Returns: (transfer full): a source, to be freed with tsm_redis_source_free(); %NULL with @error set when it failed at once
 */
GSource *
tsm_redis_source_new (const char              *address,
                      guint16                  port,
                      const TsmSocketOptions  *options,
                      GError                 **error)
{
  redisAsyncContext *context;
  GSource *source;
  TsmRedisSource *self;

  tsm_socket_ignore_sigpipe ();
  context = tsm_hiredis_connect (address, port, error);
  if (context == NULL)
    return NULL;

  source = g_source_new (&tsm_redis_source_funcs, sizeof (TsmRedisSource));
  self = (TsmRedisSource *) source;
  self->context = context;
  self->options = *options;
  self->reading = TRUE;
  self->polled = G_IO_ERR | G_IO_HUP;
  self->tag = g_source_add_unix_fd (source, context->c.fd, self->polled);
  attach_hooks (self);

  g_source_set_static_name (source, "TsmRedisSource");
  g_source_set_priority (source, SOCKET_PRIORITY);
  return source;
}

/**
 * tsm_redis_source_free:
 * @source: (transfer full): a source
 *
 * Closes the connection, or gives up making it. Nothing is called any more. May be called by the functions of the source.
 */
void
tsm_redis_source_free (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;
  redisAsyncContext *context = steal_context (self);

  self->funcs = NULL;
  if (context != NULL)
    redisAsyncFree (context);
  g_source_unref (source);
}

/**
 * tsm_redis_source_set_funcs:
 * @source: a source
 * @funcs: what to call from now on
 * @user_data: passed to @funcs
 *
 * Hands the source over to another user.
 */
void
tsm_redis_source_set_funcs (GSource                   *source,
                            const TsmRedisSourceFuncs *funcs,
                            gpointer                   user_data)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  self->funcs = funcs;
  self->user_data = user_data;
}

/**
 * tsm_redis_source_send:
 * @source: a connected source
 * @argc: the number of arguments, from 1
 * @argv: (array length=argc): the command and its arguments
 * @argv_lengths: (array length=argc): their lengths in bytes
 *
 * Appends a command to what is to be written; it is copied.
 */
void
tsm_redis_source_send (GSource      *source,
                       guint         argc,
                       const char  **argv,
                       const gsize  *argv_lengths)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  g_return_if_fail (argc > 0);
  g_return_if_fail (self->context != NULL);

  redisAsyncCommandArgv (self->context, reply_cb, NULL, (int) argc, argv, argv_lengths);
}

/**
 * tsm_redis_source_send_secret:
 * @source: a connected source to which nothing was given to send yet
 * @argc: the number of arguments, from 1
 * @argv: (array length=argc): the command and its arguments
 * @argv_lengths: (array length=argc): their lengths in bytes
 *
 * Sends a command with a password in it, of which nothing is left behind: see tsm_hiredis_send_secret().
 */
void
tsm_redis_source_send_secret (GSource      *source,
                              guint         argc,
                              const char  **argv,
                              const gsize  *argv_lengths)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  g_return_if_fail (argc > 0);
  g_return_if_fail (self->context != NULL);

  tsm_hiredis_send_secret (self->context, reply_cb, argc, argv, argv_lengths);
}

/**
 * tsm_redis_source_set_reading:
 * @source: a source
 * @reading: whether to read
 *
 * Pauses reading, so that the server keeps what we have no room for. That the other side has hung up is seen all the same.
 */
void
tsm_redis_source_set_reading (GSource  *source,
                              gboolean  reading)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  self->reading = reading;
  update_polled (self);
}

/**
 * tsm_redis_source_has_input:
 * @source: a source
 *
 * Tells whether bytes wait to be read. A timer that finds its time over asks this before it blames the server: after a
 * long stall of the main loop, timers run before the socket does.
 *
 * Returns: %TRUE when the socket has bytes
 */
gboolean
tsm_redis_source_has_input (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  return self->context != NULL && tsm_socket_get_available (self->context->c.fd) > 0;
}

/**
 * tsm_redis_source_set_buffer:
 * @source: a connected source
 * @limit: bytes that may wait before the server is no longer read
 *
 * From here on a thread takes what the server sends as it comes, and keeps it for us: see TsmPump. Called again, it changes
 * the limit. Where the system lacks what that takes, the source goes on without.
 */
void
tsm_redis_source_set_buffer (GSource *source,
                             gsize    limit)
{
  TsmRedisSource *self = (TsmRedisSource *) source;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (self->context != NULL);

  if (self->pump != NULL)
    tsm_pump_set_limit (self->pump, limit);
  else
    self->pump = tsm_pump_new (self->context->c.fd, limit, &error);
  if (error != NULL)
    g_info ("no buffer before the server's socket: %s", error->message);
}

/**
 * tsm_redis_source_divert:
 * @source: a connected source, without a buffer
 * @server: (out) (transfer full): its connection
 * @error: return location; %G_IO_ERROR
 *
 * Lends the connection to who shakes hands on it, until tsm_redis_source_join().
 *
 * Returns: %FALSE with @error set where the system lacks what it takes
 */
gboolean
tsm_redis_source_divert (GSource  *source,
                         GSocket **server,
                         GError  **error)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  g_return_val_if_fail (self->context != NULL && self->pump == NULL, FALSE);

  self->pump = tsm_pump_divert (self->context->c.fd, server, error);
  return self->pump != NULL;
}

/**
 * tsm_redis_source_join:
 * @source: a source that was diverted
 * @stream: (transfer full): a pollable stream over @server
 * @server: the connection from tsm_redis_source_divert()
 *
 * Sends and receives through @stream from here on.
 */
void
tsm_redis_source_join (GSource   *source,
                       GIOStream *stream,
                       GSocket   *server)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  tsm_pump_join (self->pump, stream, server, STREAM_LIMIT);
}

/**
 * tsm_redis_source_is_full:
 * @source: a source
 *
 * Returns: whether the buffer is at its limit, so that the server has to keep what it sends
 */
gboolean
tsm_redis_source_is_full (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  return self->pump == NULL || tsm_pump_is_full (self->pump);
}

/* The socket that hiredis has, for tests; -1 at the end of the source. */
int
tsm_redis_source_get_fd (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  return self->context != NULL ? self->context->c.fd : -1;
}
