/* Says what a server may say to a source that subscribes, and to all that reads it: a libFuzzer target, built with -Dfuzz=true and clang.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says how long the packets are in which the rest arrives, through a socket, the main loop and the asynchronous
 * context of hiredis, which must not abort over it. Some of what is no reply is a test of every build, in test-hostile.c and
 * test-reply-guard.c.
 */

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "redis/tsm-inbox.h"
#include "redis/tsm-redis-source.h"
#include "redis/tsm-reply.h"
#include "redis/tsm-server-info.h"

/* What a socket takes at once from who does not wait for it to be read. */
#define MAX_PACKET 4096

typedef struct
{
  GSource   *source; /* NULL: freed from within */
  TsmInbox   inbox;
  GPtrArray *channels;
  gboolean   connected;
  gboolean   hung_up;
  gboolean   ended;
} Listener;

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         size);

static void
send_command (Listener   *self,
              const char *name,
              const char *argument)
{
  const char *argv[] = { name, argument };
  gsize lengths[] = { strlen (name), argument != NULL ? strlen (argument) : 0 };

  tsm_redis_source_send (self->source, argument != NULL ? 2 : 1, argv, lengths);
}

static void
connected_cb (gpointer user_data)
{
  Listener *self = user_data;

  self->connected = TRUE;
  send_command (self, "PING", NULL);
  send_command (self, "SUBSCRIBE", "a");
  send_command (self, "PSUBSCRIBE", "b*");
}

static void
check_reply (Listener         *self,
             const redisReply *reply)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (tsm_reply_to_variant (reply));
  g_autofree char *text = g_variant_print (value, TRUE);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (tsm_reply_is_message (reply) && tsm_inbox_is_whole (reply))
    tsm_inbox_add (&self->inbox, self->channels, reply);

  if (reply->type == REDIS_REPLY_STRING)
    {
      g_autoptr (TsmServerInfo) info = tsm_server_info_new ();

      tsm_server_info_read (info, reply->str);
      g_assert_true (info->version == NULL || g_utf8_validate (info->version, -1, NULL));
    }
}

/* An error ends it from within, as a link does. */
static void
reply_cb (const redisReply *reply,
          gpointer          user_data)
{
  Listener *self = user_data;

  g_assert_nonnull (self->source);
  check_reply (self, reply);
  if (reply->type == REDIS_REPLY_ERROR)
    g_clear_pointer (&self->source, tsm_redis_source_free);
}

static void
received_cb (gsize    n,
             gpointer user_data)
{
}

static void
closed_cb (int           err,
           const char   *words,
           const GError *cause,
           gpointer      user_data)
{
  Listener *self = user_data;

  g_assert_false (self->ended);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_true (err == REDIS_ERR_PROTOCOL || (self->hung_up && (err == REDIS_ERR_EOF || err == TSM_REDIS_SOURCE_CUT_OFF)));
  self->ended = TRUE;
}

static const TsmRedisSourceFuncs funcs = {
  .connected = connected_cb,
  .reply = reply_cb,
  .received = received_cb,
  .closed = closed_cb,
};

/* -1: where it could not. The name of the socket is gone as soon as both sides are there. */
static int
connect_to_peer (Listener *self)
{
  g_autofree char *directory = g_dir_make_tmp ("fuzz-XXXXXX", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const TsmSocketOptions options = { 0 };
  int listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int peer;

  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/socket", directory);
  g_assert_no_errno (bind (listening, (struct sockaddr *) &address, sizeof address));
  g_assert_no_errno (listen (listening, 1));
  self->source = tsm_redis_source_new (address.sun_path, 0, &options, NULL);
  g_assert_nonnull (self->source);
  tsm_redis_source_set_funcs (self->source, &funcs, self);
  g_source_attach (self->source, NULL);
  peer = accept (listening, NULL, NULL);

  close (listening);
  g_unlink (address.sun_path);
  g_rmdir (directory);
  return peer;
}

static void
run_loop (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         size)
{
  Listener self = { .channels = g_ptr_array_new () };
  gsize step = size > 0 && bytes[0] > 0 ? bytes[0] : MAX_PACKET;
  int peer;

  tsm_inbox_init (&self.inbox);
  peer = connect_to_peer (&self);
  run_loop ();
  g_assert_true (self.connected);
  for (gsize at = 1; at < size && self.source != NULL && !self.ended; at += MIN (step, size - at))
    {
      gsize n = MIN (step, size - at);

      g_assert_cmpint (send (peer, bytes + at, n, MSG_NOSIGNAL), ==, n);
      run_loop ();
    }

  self.hung_up = TRUE;
  shutdown (peer, SHUT_WR);
  run_loop ();
  close (peer);
  g_assert_true (self.ended || self.source == NULL);
  g_clear_pointer (&self.source, tsm_redis_source_free);
  tsm_inbox_clear (&self.inbox);
  g_ptr_array_unref (self.channels);
  return 0;
}
