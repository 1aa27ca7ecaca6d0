/* One connection to the server, made again and again: resolve, connect, greet, wait for replies, notice the end, retry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-link.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-backoff.h"
#include "redis/tsm-handshake.h"
#include "redis/tsm-link-error.h"
#include "redis/tsm-redis-source.h"
#include "redis/tsm-reply.h"
#include "redis/tsm-route.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-timer.h"

/* Bytes of a reply that is not whole yet which show that the server goes on with it. Who says one byte now and then never ends. */
#define SIGN_OF_LIFE (16 * 1024)

struct _TsmLink
{
  TsmProfile         *profile;
  GMainContext       *context;
  const TsmTiming    *timing;
  const TsmLinkFuncs *funcs;
  gpointer            owner;

  TsmLinkStatus       status;
  TsmRoute           *route;       /* RESOLVING, CONNECTING, SECURING */
  GSource            *source;      /* AUTHENTICATING and after */
  TsmHandshake       *handshake;   /* AUTHENTICATING */
  gboolean            heard;       /* any byte, on the present connection */
  gsize               n_unsaid;    /* bytes since the last sign of life */
  gboolean            subscribed;  /* replies may be messages */
  gboolean            hurried;     /* what is under way began too early: where it fails, it is begun again at once */
  TsmReplyQueue      *awaited;

  GSource            *retry_timer; /* WAITING */
  GSource            *reply_timer; /* the deadline of the oldest awaited reply */
  gsize                buffer_limit; /* bytes; 0: no buffer */
};

static void
set_state (TsmLink      *self,
           TsmLinkState  state)
{
  self->status.state = state;
  self->status.next_attempt = 0;
  self->status.ready_since = 0;
  if (state == TSM_LINK_READY || state == TSM_LINK_IDLE)
    g_clear_error (&self->status.error);

  self->funcs->changed (self->owner);
}

/* Closes what is open. (transfer full): those who await replies, to be told when the new state is complete */
static TsmReplyQueue *
tear_down (TsmLink *self)
{
  TsmReplyQueue *awaited = self->awaited;

  self->awaited = tsm_reply_queue_new ();
  self->subscribed = FALSE;
  tsm_timer_unset (self->retry_timer);
  tsm_timer_unset (self->reply_timer);
  tsm_route_stop (self->route);
  g_clear_pointer (&self->handshake, tsm_handshake_free);
  g_clear_pointer (&self->source, tsm_redis_source_free);
  return awaited;
}

static void
wait_for_retry (TsmLink *self)
{
  guint delay = tsm_backoff_get_delay (MAX (self->status.n_attempts, 1), g_random_double (),
                                       self->timing->retry_min_ms, self->timing->retry_max_ms);

  if (self->hurried)
    delay = 0;
  set_state (self, TSM_LINK_WAITING);
  self->status.next_attempt = g_get_monotonic_time () + delay * G_TIME_SPAN_MILLISECOND;
  tsm_timer_set (self->retry_timer, delay);
}

/* @awaited_error: (nullable): what those who wait are told, where it is not @error */
static void
go_down (TsmLink      *self,
         GError       *error,
         const GError *awaited_error)
{
  g_autoptr (GError) copy = g_error_copy (awaited_error != NULL ? awaited_error : error);
  TsmReplyQueue *awaited = tear_down (self);

  if (self->status.state == TSM_LINK_READY)
    self->status.n_disconnects++;

  tsm_link_set_error (self, error);
  wait_for_retry (self);
  self->funcs->down (self->owner);
  tsm_reply_queue_refuse (awaited, copy);
}

static gboolean
reply_timeout_cb (gpointer user_data)
{
  TsmLink *self = user_data;
  g_autoptr (GError) timeout = NULL;
  TsmLinkError code = self->status.state == TSM_LINK_READY ? TSM_LINK_ERROR_HALF_OPEN : TSM_LINK_ERROR_TIMEOUT;

  if (tsm_link_has_input (self))
    {
      tsm_timer_set (self->reply_timer, self->timing->reply_ms);
      return G_SOURCE_REMOVE;
    }

  timeout = tsm_link_error_new (TSM_LINK_ERROR_TIMEOUT, NULL);
  go_down (self, tsm_link_error_new (code, NULL), timeout);
  return G_SOURCE_REMOVE;
}

static void
set_reply_timer (TsmLink *self)
{
  g_source_set_ready_time (self->reply_timer, tsm_reply_queue_get_deadline (self->awaited));
}

/* Hung up on before it said a word, where a server that speaks plainly says at least why. */
static gboolean
may_speak_tls (TsmLink      *self,
               const GError *error)
{
  return self->status.state == TSM_LINK_AUTHENTICATING && !self->heard && tsm_route_may_be_tls (self->route)
         && g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_LOST);
}

/* @hung_up: (transfer full) */
static void
look_for_tls (TsmLink *self,
              GError  *hung_up)
{
  TsmReplyQueue *awaited = tear_down (self);
  g_autoptr (GError) copy = g_error_copy (hung_up);

  tsm_route_look_for_tls (self->route, hung_up);
  tsm_reply_queue_refuse (awaited, copy);
}

/* @cause: (nullable): what is known beyond @err and @words */
static void
fail (TsmLink      *self,
      int           err,
      const char   *words,
      const GError *cause)
{
  GError *error = tsm_link_error_new_from_end (self->status.state, err, words, cause, tsm_profile_get_password (self->profile));

  if (may_speak_tls (self, error))
    look_for_tls (self, error);
  else
    go_down (self, error, NULL);
}

static void
note_sign (TsmLink *self)
{
  self->status.last_sign = g_get_monotonic_time ();
  self->n_unsaid = 0;
}

static void
reply_cb (const redisReply *reply,
          gpointer          user_data)
{
  TsmLink *self = user_data;
  TsmAwaited awaited;

  note_sign (self);

  if (self->subscribed && tsm_reply_is_message (reply))
    {
      self->funcs->pushed (reply, self->owner);
      return;
    }

  /* What a server says without being asked is an error, after which it closes, or it is no Redis. */
  if (!tsm_reply_queue_pop (self->awaited, &awaited))
    {
      fail (self, reply->type == REDIS_REPLY_ERROR ? REDIS_ERR_OTHER : REDIS_ERR_PROTOCOL, reply->str, NULL);
      return;
    }

  set_reply_timer (self);
  awaited.func (reply, NULL, awaited.user_data);
}

static void
received_cb (gsize    n,
             gpointer user_data)
{
  TsmLink *self = user_data;

  self->heard = TRUE;
  self->n_unsaid += n;
  if (self->n_unsaid >= SIGN_OF_LIFE)
    note_sign (self);
}

static void
closed_cb (int           err,
           const char   *words,
           const GError *cause,
           gpointer      user_data)
{
  fail (user_data, err, words, cause);
}

static const TsmRedisSourceFuncs source_funcs = {
  .reply = reply_cb,
  .received = received_cb,
  .closed = closed_cb,
};

static void
greeted_cb (TsmServerInfo *info,
            gpointer       user_data)
{
  TsmLink *self = user_data;

  g_clear_pointer (&self->handshake, tsm_handshake_free);
  if (tsm_profile_get_n_sentinels (self->profile) > 0 && g_strcmp0 (info->role, "slave") == 0)
    {
      tsm_server_info_free (info);
      go_down (self, tsm_link_error_new (TSM_LINK_ERROR_NO_PRIMARY, _("the sentinels still name a server that is a replica now")),
               NULL);
      return;
    }

  tsm_route_trust (self->route);
  self->funcs->greeted (info, self->owner);
}

static void
resolved_cb (gpointer user_data)
{
  set_state (user_data, TSM_LINK_CONNECTING);
}

static void
dialled_cb (GSource      *source,
            const GError *error,
            gpointer      user_data)
{
  TsmLink *self = user_data;

  if (source == NULL)
    {
      go_down (self, g_error_copy (error), NULL);
      return;
    }

  self->source = source;
  tsm_redis_source_set_funcs (source, &source_funcs, self);
  if (self->buffer_limit > 0)
    tsm_redis_source_set_buffer (source, self->buffer_limit);
  note_sign (self);
  self->heard = FALSE;
  set_state (self, TSM_LINK_AUTHENTICATING);
  self->handshake = tsm_handshake_new (self, greeted_cb, self);
  tsm_handshake_next (self->handshake);
}

static void
securing_cb (gpointer user_data)
{
  set_state (user_data, TSM_LINK_SECURING);
}

static void
looked_cb (GError   *error,
           gpointer  user_data)
{
  go_down (user_data, error, NULL);
}

static const TsmRouteFuncs route_funcs = {
  .resolved = resolved_cb,
  .securing = securing_cb,
  .done = dialled_cb,
  .looked = looked_cb,
};

static void
dial (TsmLink *self)
{
  set_state (self, TSM_LINK_RESOLVING);
  tsm_route_go (self->route);
}

static void
attempt (TsmLink *self)
{
  tsm_timer_unset (self->retry_timer);
  self->hurried = FALSE;
  self->status.n_attempts++;
  dial (self);
}

static gboolean
retry_cb (gpointer user_data)
{
  attempt (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * tsm_link_new:
 * @profile: where to, and who we are
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive the link
 * @funcs: what to call
 * @owner: passed to @funcs
 *
 * Returns: (transfer full): a link that is IDLE
 */
TsmLink *
tsm_link_new (TsmProfile         *profile,
              GMainContext       *context,
              const TsmTiming    *timing,
              const TsmLinkFuncs *funcs,
              gpointer            owner)
{
  TsmLink *self = g_new0 (TsmLink, 1);

  self->profile = g_object_ref (profile);
  self->context = g_main_context_ref (context);
  self->timing = timing;
  self->funcs = funcs;
  self->owner = owner;
  self->route = tsm_route_new (profile, context, timing, &route_funcs, self);
  self->awaited = tsm_reply_queue_new ();
  self->retry_timer = tsm_timer_new (context, retry_cb, self);
  self->reply_timer = tsm_timer_new (context, reply_timeout_cb, self);
  return self;
}

/**
 * tsm_link_free:
 * @self: (transfer full): a link that is IDLE
 *
 * Frees the link.
 */
void
tsm_link_free (TsmLink *self)
{
  g_assert (self->status.state == TSM_LINK_IDLE);

  tsm_reply_queue_free (self->awaited);
  tsm_timer_free (self->retry_timer);
  tsm_timer_free (self->reply_timer);
  g_clear_error (&self->status.error);
  tsm_route_free (self->route);
  g_object_unref (self->profile);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * tsm_link_start:
 * @self: a link
 *
 * Makes the first attempt, if the link is IDLE.
 */
void
tsm_link_start (TsmLink *self)
{
  if (self->status.state != TSM_LINK_IDLE)
    return;

  self->status.n_attempts = 0;
  attempt (self);
}

/**
 * tsm_link_stop:
 * @self: a link
 *
 * Closes the link, or gives up what is under way; it is IDLE then. Those who wait for a reply are told so.
 */
void
tsm_link_stop (TsmLink *self)
{
  g_autoptr (GError) error = NULL;
  TsmReplyQueue *awaited;

  if (self->status.state == TSM_LINK_IDLE)
    return;

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, g_strerror (ENOTCONN));
  awaited = tear_down (self);
  set_state (self, TSM_LINK_IDLE);
  self->funcs->down (self->owner);
  tsm_reply_queue_refuse (awaited, error);
}

/**
 * tsm_link_retry_now:
 * @self: a link
 *
 * Ends a wait between two attempts at once. An attempt that is under way may not know yet what has changed: the next one then
 * follows it without a wait.
 */
void
tsm_link_retry_now (TsmLink *self)
{
  if (self->status.state == TSM_LINK_WAITING)
    attempt (self);
  else
    self->hurried = self->status.state != TSM_LINK_IDLE && self->status.state != TSM_LINK_READY;
}

/**
 * tsm_link_fail:
 * @self: a link that is not IDLE
 * @error: (transfer full): why
 *
 * Drops the link; it will be tried again. Callers of tsm_link_send() are called before this returns.
 */
void
tsm_link_fail (TsmLink *self,
               GError  *error)
{
  go_down (self, error, NULL);
}

/**
 * tsm_link_fail_from_server:
 * @self: a link that is not IDLE
 * @words: an error reply
 *
 * Drops the link because of what the server said; it will be tried again.
 */
void
tsm_link_fail_from_server (TsmLink    *self,
                           const char *words)
{
  fail (self, REDIS_ERR_OTHER, words, NULL);
}

static void
await_reply (TsmLink      *self,
             TsmReplyFunc  func,
             gpointer      user_data)
{
  TsmAwaited awaited = { func, user_data, g_get_monotonic_time () + self->timing->reply_ms * G_TIME_SPAN_MILLISECOND };

  tsm_reply_queue_push (self->awaited, &awaited);
  set_reply_timer (self);
}

/**
 * tsm_link_send:
 * @self: a link that is AUTHENTICATING or further
 * @argc: the number of arguments, from 1
 * @argv: (array length=argc): the command and its arguments
 * @argv_lengths: (array length=argc): their lengths in bytes
 * @func: called once, with the reply or with the error that ended the link
 * @user_data: passed to @func
 *
 * Sends a command. A reply that does not come in time ends the link.
 */
void
tsm_link_send (TsmLink       *self,
               guint          argc,
               const char   **argv,
               const gsize   *argv_lengths,
               TsmReplyFunc   func,
               gpointer       user_data)
{
  g_return_if_fail (self->source != NULL);

  await_reply (self, func, user_data);
  tsm_redis_source_send (self->source, argc, argv, argv_lengths);
}

/**
 * tsm_link_send_secret:
 *
 * As tsm_link_send(), for a command with a password in it, and the first of a link only: see tsm_redis_source_send_secret().
 */
void
tsm_link_send_secret (TsmLink       *self,
                      guint          argc,
                      const char   **argv,
                      const gsize   *argv_lengths,
                      TsmReplyFunc   func,
                      gpointer       user_data)
{
  await_reply (self, func, user_data);
  tsm_redis_source_send_secret (self->source, argc, argv, argv_lengths);
}

/**
 * tsm_link_set_reading:
 * @self: a link
 * @reading: whether to read
 *
 * Pauses reading. A link that is made anew reads.
 */
void
tsm_link_set_reading (TsmLink  *self,
                      gboolean  reading)
{
  if (self->source != NULL)
    tsm_redis_source_set_reading (self->source, reading);
}

/**
 * tsm_link_has_input:
 * @self: a link
 *
 * Returns: %TRUE when bytes wait to be read, so that the link is not silent
 */
gboolean
tsm_link_has_input (TsmLink *self)
{
  return self->source != NULL && tsm_redis_source_has_input (self->source);
}

/**
 * tsm_link_set_buffer:
 * @self: a link
 * @limit: bytes that may wait outside of hiredis before the server is no longer read
 *
 * Gives this link, and each that is made anew, a thread that reads ahead of the main loop. A link without a limit has none.
 */
void
tsm_link_set_buffer (TsmLink *self,
                     gsize    limit)
{
  self->buffer_limit = limit;
  if (self->source != NULL)
    tsm_redis_source_set_buffer (self->source, limit);
}

/**
 * tsm_link_is_full:
 * @self: a link
 *
 * Returns: whether what waits outside of hiredis is at its limit
 */
gboolean
tsm_link_is_full (TsmLink *self)
{
  return self->source != NULL && tsm_redis_source_is_full (self->source);
}

/**
 * tsm_link_set_subscribing:
 * @self: a link that was greeted
 *
 * From now on messages may come among the replies.
 */
void
tsm_link_set_subscribing (TsmLink *self)
{
  self->subscribed = TRUE;
  set_state (self, TSM_LINK_SUBSCRIBING);
}

/**
 * tsm_link_set_ready:
 * @self: a link that was greeted
 *
 * The link does what it is for.
 */
void
tsm_link_set_ready (TsmLink *self)
{
  set_state (self, TSM_LINK_READY);
  self->hurried = FALSE;
  self->status.n_attempts = 0;
  self->status.ready_since = g_get_monotonic_time ();
}

/**
 * tsm_link_set_error:
 * @self: a link
 * @error: (transfer full): what is wrong
 *
 * Tells what is wrong without dropping the link.
 */
void
tsm_link_set_error (TsmLink *self,
                    GError  *error)
{
  g_clear_error (&self->status.error);
  self->status.error = error;
  self->funcs->changed (self->owner);
}

/* The profile that the link was made for. (transfer none) */
TsmProfile *
tsm_link_get_profile (TsmLink *self)
{
  return self->profile;
}

/* How the link is, at any time. (transfer none) */
const TsmLinkStatus *
tsm_link_get_status (TsmLink *self)
{
  return &self->status;
}

/* What was seen on the way to the server, on the last attempt; as far as it went. (transfer none) */
const TsmDialReport *
tsm_link_get_report (TsmLink *self)
{
  return tsm_route_get_report (self->route);
}

/* (transfer none) (nullable): where the link is, or was last; NULL for a Unix socket, and before the sentinels named a primary */
const TsmEndpoint *
tsm_link_get_endpoint (TsmLink *self)
{
  return tsm_route_get_endpoint (self->route);
}
