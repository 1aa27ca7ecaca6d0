/* From a profile to a connected source: the name is resolved by GResolver, and all its addresses are tried in turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis would resolve with getaddrinfo(), which blocks; so it is given nothing but addresses. It has no timer either.
 */

#include "config.h"

#include "redis/tsm-dial.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-timer.h"

struct _TsmDial
{
  guint               n_refs; /* one of the owner, one of a lookup under way, one of each call that goes on after a callback */
  TsmProfile         *profile;
  GMainContext       *context;
  guint               timeout_ms;
  const TsmDialFuncs *funcs; /* NULL: freed by the owner, or done */
  gpointer            user_data;

  GCancellable       *cancellable;
  GList              *addresses; /* char *, those still to try: of a host, or the path of a Unix socket */
  GSource            *source;    /* being connected */
  GSource            *timer;
  GError             *error;     /* of the last address */
};

static void try_next (TsmDial *self);

static void
tsm_dial_unref (TsmDial *self)
{
  if (--self->n_refs > 0)
    return;

  g_clear_object (&self->profile);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self);
}

static void
stop_waiting (TsmDial *self)
{
  g_clear_pointer (&self->source, tsm_redis_source_free);
  g_clear_pointer (&self->timer, tsm_timer_free);
}

/* Tells the end, once. */
static void
finish (TsmDial *self,
        GSource *source,
        GError  *error)
{
  const TsmDialFuncs *funcs = g_steal_pointer (&self->funcs);

  stop_waiting (self);
  g_cancellable_cancel (self->cancellable);

  if (funcs != NULL)
    funcs->done (source, error, self->user_data);
}

static void
finish_with_error (TsmDial *self,
                   GError  *error)
{
  self->n_refs++;
  finish (self, NULL, error);
  g_error_free (error);
  tsm_dial_unref (self);
}

static void
connected_cb (gpointer user_data)
{
  TsmDial *self = user_data;

  self->n_refs++;
  finish (self, g_steal_pointer (&self->source), NULL);
  tsm_dial_unref (self);
}

static void
fail_address (TsmDial *self,
              GError  *error)
{
  stop_waiting (self);
  g_clear_error (&self->error);
  self->error = error;
  try_next (self);
}

static void
closed_cb (int         err,
           const char *words,
           gpointer    user_data)
{
  fail_address (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                                words != NULL ? words : g_strerror (ECONNREFUSED)));
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  fail_address (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, g_strerror (ETIMEDOUT)));
  return G_SOURCE_REMOVE;
}

/* Nothing has been sent, so there are no replies yet. */
static const TsmRedisSourceFuncs source_funcs = {
  .connected = connected_cb,
  .closed = closed_cb,
};

/* FALSE: this address failed at once, and self->error says why. */
static gboolean
try_address (TsmDial    *self,
             const char *address)
{
  g_clear_error (&self->error);
  self->source = tsm_redis_source_new (address, tsm_profile_get_port (self->profile), &self->error);
  if (self->source == NULL)
    return FALSE;

  tsm_redis_source_set_funcs (self->source, &source_funcs, self);
  g_source_attach (self->source, self->context);
  self->timer = tsm_timer_new (self->context, connect_timeout_cb, self);
  tsm_timer_set (self->timer, self->timeout_ms);
  return TRUE;
}

static void
try_next (TsmDial *self)
{
  while (self->addresses != NULL)
    {
      g_autofree char *address = self->addresses->data;

      self->addresses = g_list_delete_link (self->addresses, self->addresses);
      if (try_address (self, address))
        return;
    }

  finish_with_error (self, tsm_link_error_new_from_system (self->error));
}

static void
start_connecting (TsmDial *self)
{
  self->n_refs++;
  self->funcs->resolved (self->user_data);
  if (self->funcs != NULL)
    try_next (self);
  tsm_dial_unref (self);
}

static void
resolved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  TsmDial *self = user_data;
  g_autolist (GInetAddress) found = NULL;
  g_autoptr (GError) error = NULL;

  found = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);
  if (self->funcs != NULL)
    {
      stop_waiting (self);
      for (GList *l = found; l != NULL; l = l->next)
        self->addresses = g_list_append (self->addresses, g_inet_address_to_string (l->data));

      if (error != NULL)
        finish_with_error (self, tsm_link_error_new_from_system (error));
      else
        start_connecting (self);
    }

  tsm_dial_unref (self);
}

static gboolean
resolve_timeout_cb (gpointer user_data)
{
  TsmDial *self = user_data;

  /* Shown between brackets after a sentence of its own. */
  finish_with_error (self, tsm_link_error_new (TSM_LINK_ERROR_TIMEOUT, _("the name could not be resolved in time")));
  return G_SOURCE_REMOVE;
}

static void
resolve (TsmDial *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  self->timer = tsm_timer_new (self->context, resolve_timeout_cb, self);
  tsm_timer_set (self->timer, self->timeout_ms);

  /* The answer has to come back to our context, whichever one the caller has pushed. */
  self->n_refs++;
  g_main_context_push_thread_default (self->context);
  g_resolver_lookup_by_name_async (resolver, tsm_profile_get_host (self->profile), self->cancellable, resolved_cb, self);
  g_main_context_pop_thread_default (self->context);
}

/* Also with a scope ("fe80::1%eth0"), which GResolver refuses. */
static gboolean
is_address (const char *host)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, 0);

  return address != NULL;
}

/**
 * tsm_dial_new:
 * @profile: where to
 * @context: the main context to run in
 * @timeout_ms: longest time to resolve the name, and to connect to each address, in milliseconds
 * @funcs: what to call
 * @user_data: passed to @funcs
 *
 * Returns: (transfer full): a dial, not started yet
 */
TsmDial *
tsm_dial_new (TsmProfile         *profile,
              GMainContext       *context,
              guint               timeout_ms,
              const TsmDialFuncs *funcs,
              gpointer            user_data)
{
  TsmDial *self = g_new0 (TsmDial, 1);

  self->n_refs = 1;
  self->profile = g_object_ref (profile);
  self->context = g_main_context_ref (context);
  self->timeout_ms = timeout_ms;
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * tsm_dial_start:
 * @self: a dial
 *
 * Starts. @funcs may be called before this returns, for an address that needs no resolving.
 */
void
tsm_dial_start (TsmDial *self)
{
  const char *path = tsm_profile_get_socket_path (self->profile);
  const char *host = tsm_profile_get_host (self->profile);

  if (path == NULL && !is_address (host))
    {
      resolve (self);
      return;
    }

  self->addresses = g_list_prepend (NULL, g_strdup (path != NULL ? path : host));
  start_connecting (self);
}

/**
 * tsm_dial_free:
 * @self: (transfer full): a dial
 *
 * Gives up what is under way. Nothing is called any more.
 */
void
tsm_dial_free (TsmDial *self)
{
  self->funcs = NULL;
  stop_waiting (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_list (&self->addresses, g_free);
  tsm_dial_unref (self);
}
