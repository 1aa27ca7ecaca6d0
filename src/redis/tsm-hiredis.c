/* What has to be seen to around hiredis, which itself cuts paths, aborts on what was not asked for, and leaves passwords behind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-hiredis.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* hiredis would cut the path of a Unix socket to what fits. */
static redisAsyncContext *
begin_connecting (const char *address,
                  guint16     port)
{
  struct sockaddr_un unix_address;

  if (port != 0)
    return redisAsyncConnect (address, port);

  if (strlen (address) < sizeof unix_address.sun_path)
    return redisAsyncConnectUnix (address);

  errno = ENAMETOOLONG;
  return NULL;
}

/**
 * tsm_hiredis_connect:
 * @address: an IPv4 or IPv6 address, not a name, for which hiredis would block; or the path of a Unix socket
 * @port: 1–65535, or 0 for a Unix socket
 * @error: return location; %G_IO_ERROR
 *
 * Begins to connect. No program that is started gets the socket.
 *
 * Returns: (transfer full): a context without hooks; %NULL with @error set when it failed at once
 */
redisAsyncContext *
tsm_hiredis_connect (const char  *address,
                     guint16      port,
                     GError     **error)
{
  redisAsyncContext *context;

  errno = ENOMEM;
  context = begin_connecting (address, port);
  if (context == NULL || context->err != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, context != NULL ? context->errstr : g_strerror (errno));
      g_clear_pointer (&context, redisAsyncFree);
      return NULL;
    }

  fcntl (context->c.fd, F_SETFD, FD_CLOEXEC);
  return context;
}

/**
 * tsm_hiredis_is_cut_off:
 * @context: a context at its end
 *
 * Returns: whether the server hung up with a message half said: bytes of one are left, or an array has been begun
 */
gboolean
tsm_hiredis_is_cut_off (const redisContext *context)
{
  gboolean ended = context->err == REDIS_ERR_EOF || context->err == REDIS_ERR_IO;

  return ended && (context->reader->ridx > 0 || context->reader->pos < context->reader->len);
}

/**
 * tsm_hiredis_expect_unasked:
 * @context: a context
 * @func: called with each reply, as it is with those of commands
 *
 * Where a server says what no callback waits for, hiredis takes it for a message or aborts the program: 0.14 has asserted that it was
 * asked for, that it is an array of two or more, that it begins with two strings, and reads the third element of two; 1.x
 * asserts that it was subscribed to. Over an error it closes the link. So a callback waits always, that of a command of no bytes:
 * called at first, and as each reply comes, this has all of them go to @func, messages too, and none to be judged by hiredis.
 */
void
tsm_hiredis_expect_unasked (redisAsyncContext *context,
                            redisCallbackFn   *func)
{
  int subscribed = context->c.flags & REDIS_SUBSCRIBED;
  void (*add_write) (void *) = context->ev.addWrite;

  if (context->replies.head != NULL)
    return;

  /* Among the commands, not among what may not be sent while subscribed; and nothing is there to be written. */
  context->c.flags &= ~REDIS_SUBSCRIBED;
  context->ev.addWrite = NULL;
  redisAsyncFormattedCommand (context, func, NULL, "*1\r\n$4\r\nPING\r\n", 0);
  context->ev.addWrite = add_write;
  context->c.flags |= subscribed;
}

static void
append_argument (GString    *text,
                 const char *argument,
                 gsize       length)
{
  g_string_append_printf (text, "$%" G_GSIZE_FORMAT "\r\n", length);
  g_string_append_len (text, argument, (gssize) length);
  g_string_append (text, "\r\n");
}

/**
 * tsm_hiredis_send_secret:
 * @context: a connected context to which nothing was given to send yet
 * @func: called with the reply
 * @argc: the number of arguments, from 1
 * @argv: (array length=argc): the command and its arguments
 * @argv_lengths: (array length=argc): their lengths in bytes
 *
 * Sends a command with a password in it. hiredis would leave it behind in the memory that it frees, so this goes around its
 * buffer, and is overwritten; hiredis only learns that a reply is to come.
 */
void
tsm_hiredis_send_secret (redisAsyncContext  *context,
                         redisCallbackFn    *func,
                         guint               argc,
                         const char        **argv,
                         const gsize        *argv_lengths)
{
  GString *text;
  gsize room = 32;

  for (guint i = 0; i < argc; i++)
    room += argv_lengths[i] + 32;

  text = g_string_sized_new (room); /* never moved, which would leave a copy */
  g_string_append_printf (text, "*%u\r\n", argc);
  for (guint i = 0; i < argc; i++)
    append_argument (text, argv[i], argv_lengths[i]);

  /* The buffer of a connection on which nothing was sent yet takes it whole; where it does not, the server hears half a
   * command, and the time for the reply runs out. */
  if (send (context->c.fd, text->str, text->len, MSG_NOSIGNAL) != (gssize) text->len)
    g_info ("the password could not be sent in one piece");
  redisAsyncFormattedCommand (context, func, NULL, "*1\r\n$4\r\nAUTH\r\n", 0);

  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
}
