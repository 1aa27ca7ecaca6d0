/* The GSource that reads and writes one hiredis context.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The context is a redisContext in non-blocking mode, not a redisAsyncContext: the asynchronous layer of hiredis 0.14
 * gives up the whole link when a single SUBSCRIBE is refused, and aborts the program on a malformed reply while
 * subscribed (assertions in async.c). The parser, the formatter and both buffers are hiredis' own.
 *
 * The source owns the context and the socket. GLib keeps a source alive while it is dispatched, so any callback may
 * destroy it: what follows only has to ask g_source_is_destroyed() before it goes on.
 */

#include "redis/tsm-redis-source.h"

/* Below GDK_PRIORITY_REDRAW (120): a socket that is always ready must not stop the window from drawing. */
#define SOCKET_PRIORITY 130

/* How long one dispatch may read, in µs. */
#define READ_SLICE 4000

/* What redisBufferRead() takes from the socket at once. Less than that means that the socket is empty. */
#define READ_SIZE (16 * 1024)

/* Bytes of one reply; Redis itself allows 512 MiB, which nobody publishes as an event. */
#define MAX_REPLY (128 * 1024 * 1024)

/* Levels of arrays in arrays. hiredis 1.x has no limit of its own, and frees by recursion. */
#define MAX_DEPTH 16

typedef struct
{
  GSource                    source;

  GSocket                   *socket;
  redisContext              *context;
  const TsmRedisSourceFuncs *funcs;
  gpointer                   user_data;

  gpointer                   tag;
  GIOCondition               wanted;
} TsmRedisSource;

static void
want (TsmRedisSource *self,
      GIOCondition    condition,
      gboolean        wanted)
{
  GIOCondition before = self->wanted;

  self->wanted = wanted ? before | condition : before & ~condition;
  if (self->wanted != before && !g_source_is_destroyed (&self->source))
    g_source_modify_unix_fd (&self->source, self->tag, self->wanted);
}

/* Tells once that the context is of no more use. */
static void
give_up (TsmRedisSource *self,
         int             err,
         const char     *words)
{
  g_autofree char *copy = g_strdup (words);

  want (self, G_IO_IN | G_IO_OUT, FALSE);
  self->funcs->closed (err, copy, self->user_data);
  g_source_destroy (&self->source);
}

/* Hands out all whole replies in the buffer. FALSE: the source is at its end. */
static gboolean
parse (TsmRedisSource *self)
{
  void *reply = NULL;

  while (redisGetReplyFromReader (self->context, &reply) == REDIS_OK && reply != NULL)
    {
      self->funcs->reply (reply, self->user_data);
      freeReplyObject (reply);
      reply = NULL;
      if (g_source_is_destroyed (&self->source))
        return FALSE;
    }

  if (self->context->err != 0)
    give_up (self, self->context->err, self->context->errstr);
  else if (self->context->reader->len > MAX_REPLY)
    give_up (self, REDIS_ERR_PROTOCOL, "a reply of more than 128 MiB");
  else if (self->context->reader->ridx > MAX_DEPTH)
    give_up (self, REDIS_ERR_PROTOCOL, "arrays nested too deeply");

  return !g_source_is_destroyed (&self->source);
}

/* An error that came by another way than the stream, as ICMP does, is not always told by read(); left alone poll() would
 * report it for ever. TRUE: there was one, and the source is at its end. */
static gboolean
take_error (TsmRedisSource *self)
{
  g_autoptr (GError) error = NULL;

  if (g_socket_check_connect_result (self->socket, &error))
    return FALSE;

  give_up (self, REDIS_ERR_IO, error->message);
  return TRUE;
}

/* Reads until the socket is empty, the queue is full or the time is up. FALSE: the source is at its end. */
static gboolean
drain (TsmRedisSource *self,
       gboolean        hung_up)
{
  gint64 end = g_get_monotonic_time () + READ_SLICE;
  gsize n_bytes;

  do
    {
      gsize before = self->context->reader->len;

      if (redisBufferRead (self->context) != REDIS_OK)
        {
          give_up (self, self->context->err, self->context->errstr);
          return FALSE;
        }

      n_bytes = self->context->reader->len - before;
      if (n_bytes == 0)
        return !hung_up || !take_error (self);

      self->funcs->received (self->user_data);
      if (!parse (self))
        return FALSE;
    }
  while (n_bytes == READ_SIZE
         && (self->wanted & G_IO_IN) != 0
         && g_get_monotonic_time () < end);

  return TRUE;
}

/* A failed write is no end yet: a server that turns us away says why before it closes, and its last words are still to be
 * read. The reading side, which poll() reports in any case, meets the same end. */
static void
flush (TsmRedisSource *self)
{
  int done = 0;

  if (redisBufferWrite (self->context, &done) != REDIS_OK)
    {
      self->context->err = 0;
      done = 1;
    }

  if (done)
    want (self, G_IO_OUT, FALSE);
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

  /* Read before write. A hang-up cannot be left unread while reading is paused: poll() would report it for ever. */
  if (hung_up || (ready & G_IO_IN) != 0)
    alive = drain (self, hung_up);

  if (alive && (ready & G_IO_OUT) != 0)
    flush (self);

  return G_SOURCE_CONTINUE;
}

static void
tsm_redis_source_finalize (GSource *source)
{
  TsmRedisSource *self = (TsmRedisSource *) source;

  if (self->context != NULL)
    redisFreeKeepFd (self->context);
  g_clear_object (&self->socket);
}

static GSourceFuncs tsm_redis_source_funcs = {
  .dispatch = tsm_redis_source_dispatch,
  .finalize = tsm_redis_source_finalize,
};

/**
 * tsm_redis_source_new:
 * @socket: a connected, non-blocking socket
 * @funcs: what to call
 * @user_data: passed to @funcs
 *
 * Makes a source that reads from the start; attach it to a main context.
 *
 * Returns: (transfer full) (nullable): a source, or %NULL when hiredis has no memory
 */
GSource *
tsm_redis_source_new (GSocket                   *socket,
                      const TsmRedisSourceFuncs *funcs,
                      gpointer                   user_data)
{
  GSource *source;
  TsmRedisSource *self;
  redisContext *context = redisConnectFd (g_socket_get_fd (socket));

  if (context == NULL)
    return NULL;

  source = g_source_new (&tsm_redis_source_funcs, sizeof (TsmRedisSource));
  self = (TsmRedisSource *) source;
  self->context = context;
  self->context->flags &= ~REDIS_BLOCK;
  self->socket = g_object_ref (socket);
  self->funcs = funcs;
  self->user_data = user_data;
  self->wanted = G_IO_IN | G_IO_ERR | G_IO_HUP;
  self->tag = g_source_add_unix_fd (source, g_socket_get_fd (socket), self->wanted);

  g_source_set_static_name (source, "TsmRedisSource");
  g_source_set_priority (source, SOCKET_PRIORITY);
  return source;
}

/**
 * tsm_redis_source_send:
 * @source: a source
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

  redisAppendCommandArgv (self->context, (int) argc, argv, argv_lengths);
  want (self, G_IO_OUT, TRUE);
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
  want ((TsmRedisSource *) source, G_IO_IN, reading);
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

  return g_socket_get_available_bytes (self->socket) > 0;
}
