/* From a profile to a connected socket: the name is resolved by GResolver, and all its addresses are tried in turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis would resolve with getaddrinfo(), which blocks; so it is given a socket that is connected already.
 */

#include "config.h"

#include "redis/tsm-dial.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-timer.h"

/* Keep-alive finds a dead peer where no probe can: after 5 s without a byte it asks, three times, 3 s apart. */
#define KEEPALIVE_IDLE_S     5
#define KEEPALIVE_INTERVAL_S 3
#define KEEPALIVE_COUNT      3
/* The longest time that written bytes may stay unacknowledged. */
#define USER_TIMEOUT_MS      14000

struct _TsmDial
{
  guint               n_refs; /* one of the owner, one of a lookup under way, one of each call that goes on after a callback */
  TsmProfile         *profile;
  GMainContext       *context;
  guint               timeout_ms;
  const TsmDialFuncs *funcs; /* NULL: freed by the owner, or done */
  gpointer            user_data;

  GCancellable       *cancellable;
  GList              *addresses; /* GSocketAddress, those still to try */
  GSocket            *socket;
  GSource            *watch;
  GSource            *timer;
  GError             *error; /* of the last address */
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
stop_watching (TsmDial *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  g_clear_pointer (&self->timer, tsm_timer_free);
}

/* Tells the end, once. */
static void
finish (TsmDial *self,
        GSocket *socket,
        GError  *error)
{
  const TsmDialFuncs *funcs = g_steal_pointer (&self->funcs);

  stop_watching (self);
  g_cancellable_cancel (self->cancellable);

  if (funcs != NULL)
    funcs->done (socket, error, self->user_data);
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
finish_with_socket (TsmDial *self)
{
  g_autoptr (GSocket) socket = g_steal_pointer (&self->socket);

  self->n_refs++;
  finish (self, socket, NULL);
  tsm_dial_unref (self);
}

static void
set_options (GSocket *socket)
{
  static const struct { int name, value; } options[] = {
    { TCP_NODELAY, 1 },
    { TCP_KEEPIDLE, KEEPALIVE_IDLE_S },
    { TCP_KEEPINTVL, KEEPALIVE_INTERVAL_S },
    { TCP_KEEPCNT, KEEPALIVE_COUNT },
    { TCP_USER_TIMEOUT, USER_TIMEOUT_MS },
  };

  g_socket_set_blocking (socket, FALSE);
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX)
    return;

  g_socket_set_keepalive (socket, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_socket_set_option (socket, IPPROTO_TCP, options[i].name, options[i].value, NULL);
}

static gboolean
connected_cb (GSocket      *socket,
              GIOCondition  condition,
              gpointer      user_data)
{
  TsmDial *self = user_data;

  stop_watching (self);
  g_clear_error (&self->error);

  if (g_socket_check_connect_result (self->socket, &self->error))
    finish_with_socket (self);
  else
    try_next (self);

  return G_SOURCE_REMOVE;
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  TsmDial *self = user_data;

  stop_watching (self);
  g_clear_error (&self->error);
  g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, g_strerror (ETIMEDOUT));
  try_next (self);

  return G_SOURCE_REMOVE;
}

static void
watch_socket (TsmDial *self)
{
  self->watch = g_socket_create_source (self->socket, G_IO_OUT, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (connected_cb), self, NULL);
  g_source_attach (self->watch, self->context);

  self->timer = tsm_timer_new (self->context, connect_timeout_cb, self);
  tsm_timer_set (self->timer, self->timeout_ms);
}

/* FALSE: this address failed, and self->error says why. */
static gboolean
try_address (TsmDial        *self,
             GSocketAddress *address)
{
  g_clear_error (&self->error);
  g_clear_object (&self->socket);

  self->socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                               G_SOCKET_PROTOCOL_DEFAULT, &self->error);
  if (self->socket == NULL)
    return FALSE;

  set_options (self->socket);
  if (g_socket_connect (self->socket, address, NULL, &self->error))
    {
      finish_with_socket (self);
      return TRUE;
    }

  if (!g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_PENDING))
    return FALSE;

  watch_socket (self);
  return TRUE;
}

static void
try_next (TsmDial *self)
{
  while (self->addresses != NULL)
    {
      g_autoptr (GSocketAddress) address = self->addresses->data;

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
      stop_watching (self);
      for (GList *l = found; l != NULL; l = l->next)
        self->addresses = g_list_append (self->addresses,
                                         g_inet_socket_address_new (l->data, tsm_profile_get_port (self->profile)));

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
  GSocketAddress *address;

  /* Literal addresses are understood here, as GResolver refuses those with a scope ("fe80::1%eth0"). */
  if (path != NULL)
    address = g_unix_socket_address_new (path);
  else
    address = g_inet_socket_address_new_from_string (tsm_profile_get_host (self->profile),
                                                     tsm_profile_get_port (self->profile));

  if (address == NULL)
    {
      resolve (self);
      return;
    }

  self->addresses = g_list_prepend (NULL, address);
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
  stop_watching (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->socket);
  g_clear_list (&self->addresses, g_object_unref);
  tsm_dial_unref (self);
}
