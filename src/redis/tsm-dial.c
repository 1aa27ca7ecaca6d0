/* From an address to a connected source: the name is resolved by GResolver, and its addresses race.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hiredis would resolve with getaddrinfo(), which blocks; so it is given nothing but addresses. It has no timer either.
 *
 * Where a name has addresses of both families, they are tried in turn, a quarter of a second apart, and the first that
 * answers wins (RFC 8305, "Happy Eyeballs"): a network that swallows IPv6 costs that quarter, not the whole time limit.
 */

#include "config.h"

#include "redis/tsm-dial.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-timer.h"

/* RFC 8305, section 5: Connection Attempt Delay. */
#define ATTEMPT_DELAY_MS 250

typedef struct
{
  TsmDial *dial;
  char    *address;
  GSource *source;
  GSource *timer;
} Attempt;

struct _TsmDial
{
  guint               n_refs; /* one of the owner, one of each call under way, one of each call that goes on after a callback */
  TsmProfile         *profile;
  TsmEndpoint        *endpoint;  /* NULL: the profile's Unix socket */
  GMainContext       *context;
  guint               timeout_ms;
  TsmDialReport      *report;    /* the owner's */
  const TsmDialFuncs *funcs;     /* NULL: freed by the owner, or done */
  gpointer            user_data;

  GCancellable       *cancellable;
  GSource            *timer;     /* of resolving; then of the next attempt */
  GList              *addresses; /* char *, those still to try: of a host, or the path of a Unix socket */
  GPtrArray          *attempts;  /* Attempt, under way */
  GError             *error;     /* of the last address that failed */

  GSource            *source;    /* connected, in the handshake */
  GSocket            *server;    /* its connection */
};

static void try_next (TsmDial *self);

/**
 * tsm_dial_report_clear:
 * @self: a report
 *
 * Frees what it holds, so that it can be written anew.
 */
void
tsm_dial_report_clear (TsmDialReport *self)
{
  g_clear_pointer (&self->addresses, g_free);
  g_clear_pointer (&self->address, g_free);
  tsm_tls_report_clear (&self->tls);
}

static void
attempt_free (Attempt *attempt)
{
  g_clear_pointer (&attempt->source, tsm_redis_source_free);
  g_clear_pointer (&attempt->timer, tsm_timer_free);
  g_free (attempt->address);
  g_free (attempt);
}

static void
tsm_dial_unref (TsmDial *self)
{
  if (--self->n_refs > 0)
    return;

  g_clear_object (&self->profile);
  g_clear_pointer (&self->endpoint, tsm_endpoint_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->attempts);
  g_clear_error (&self->error);
  g_free (self);
}

static void
stop_waiting (TsmDial *self)
{
  g_clear_pointer (&self->timer, tsm_timer_free);
  g_ptr_array_set_size (self->attempts, 0);
  g_clear_pointer (&self->source, tsm_redis_source_free);
  g_clear_object (&self->server);
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
finish_with_source (TsmDial *self)
{
  self->n_refs++;
  finish (self, g_steal_pointer (&self->source), NULL);
  tsm_dial_unref (self);
}

static void
shaken_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  TsmDial *self = user_data;
  g_auto (TsmTlsReport) report = { NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream = tsm_tls_handshake_finish (result, &report, &error);

  if (self->funcs != NULL)
    {
      tsm_tls_report_clear (&self->report->tls);
      self->report->tls = report;
      report = (TsmTlsReport) { NULL, NULL };

      if (stream == NULL)
        {
          finish_with_error (self, g_steal_pointer (&error));
        }
      else
        {
          tsm_redis_source_join (self->source, g_steal_pointer (&stream), self->server);
          finish_with_source (self);
        }
    }

  tsm_dial_unref (self);
}

/* The other end may close while hands are shaken; the handshake says better what it was. */
static void
ignore_closed_cb (int           err,
                  const char   *words,
                  const GError *cause,
                  gpointer      user_data)
{
}

static const TsmRedisSourceFuncs shaking_funcs = {
  .closed = ignore_closed_cb,
};

static void
secure (TsmDial *self)
{
  GError *error = NULL;

  tsm_redis_source_set_funcs (self->source, &shaking_funcs, self);
  if (!tsm_redis_source_divert (self->source, &self->server, &error))
    {
      g_autoptr (GError) cause = error;

      finish_with_error (self, tsm_link_error_new (TSM_LINK_ERROR_TLS, cause->message));
      return;
    }

  self->n_refs++; /* of the handshake */
  g_main_context_push_thread_default (self->context);
  tsm_tls_handshake_async (self->profile, self->endpoint->host, self->server, self->timeout_ms, self->cancellable, shaken_cb,
                           self);
  g_main_context_pop_thread_default (self->context);
  self->funcs->securing (self->user_data);
}

static void
connected_cb (gpointer user_data)
{
  Attempt *attempt = user_data;
  TsmDial *self = attempt->dial;

  g_free (self->report->address);
  self->report->address = g_steal_pointer (&attempt->address);
  self->source = g_steal_pointer (&attempt->source);
  g_ptr_array_set_size (self->attempts, 0);
  g_clear_pointer (&self->timer, tsm_timer_free);

  if (tsm_profile_uses_tls (self->profile) && self->endpoint != NULL)
    secure (self);
  else
    finish_with_source (self);
}

static void
fail_attempt (Attempt *attempt,
              GError  *error)
{
  TsmDial *self = attempt->dial;

  g_clear_error (&self->error);
  self->error = error;
  g_ptr_array_remove_fast (self->attempts, attempt);
  try_next (self);
}

static void
closed_cb (int           err,
           const char   *words,
           const GError *cause,
           gpointer      user_data)
{
  fail_attempt (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                                words != NULL ? words : g_strerror (ECONNREFUSED)));
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  fail_attempt (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, g_strerror (ETIMEDOUT)));
  return G_SOURCE_REMOVE;
}

/* Nothing has been sent, so there are no replies yet. */
static const TsmRedisSourceFuncs attempt_funcs = {
  .connected = connected_cb,
  .closed = closed_cb,
};

/* FALSE: this address failed at once, and self->error says why. */
static gboolean
try_address (TsmDial *self,
             char    *address)
{
  const TsmSocketOptions options = {
    .keep_alive_s = tsm_profile_get_number (self->profile, TSM_PROFILE_KEEP_ALIVE),
    .user_timeout_ms = tsm_profile_get_number (self->profile, TSM_PROFILE_USER_TIMEOUT),
  };
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->dial = self;
  attempt->address = address;
  g_clear_error (&self->error);
  attempt->source = tsm_redis_source_new (address, self->endpoint != NULL ? self->endpoint->port : 0, &options, &self->error);
  if (attempt->source == NULL)
    {
      attempt_free (attempt);
      return FALSE;
    }

  g_ptr_array_add (self->attempts, attempt);
  tsm_redis_source_set_funcs (attempt->source, &attempt_funcs, attempt);
  g_source_attach (attempt->source, self->context);
  attempt->timer = tsm_timer_new (self->context, connect_timeout_cb, attempt);
  tsm_timer_set (attempt->timer, self->timeout_ms);
  return TRUE;
}

static gboolean
next_attempt_cb (gpointer user_data)
{
  try_next (user_data);
  return G_SOURCE_REMOVE;
}

/* Begins with the next address, and sets the time for the one after it. */
static void
try_next (TsmDial *self)
{
  gboolean begun = FALSE;

  while (self->addresses != NULL && !begun)
    {
      char *address = self->addresses->data;

      self->addresses = g_list_delete_link (self->addresses, self->addresses);
      begun = try_address (self, address);
    }

  g_clear_pointer (&self->timer, tsm_timer_free);
  if (self->addresses != NULL)
    {
      self->timer = tsm_timer_new (self->context, next_attempt_cb, self);
      tsm_timer_set (self->timer, ATTEMPT_DELAY_MS);
    }

  if (self->attempts->len == 0)
    finish_with_error (self, tsm_link_error_new_from_system (self->error));
}

static char *
join_addresses (GList *addresses)
{
  GString *text = g_string_new (NULL);

  for (GList *l = addresses; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s", l != addresses ? ", " : "", (const char *) l->data);

  return g_string_free (text, FALSE);
}

static void
start_connecting (TsmDial *self)
{
  g_free (self->report->addresses);
  self->report->addresses = join_addresses (self->addresses);

  self->n_refs++;
  self->funcs->resolved (self->user_data);
  if (self->funcs != NULL)
    try_next (self);
  tsm_dial_unref (self);
}

/* The system's order, but the families take turns: a family that leads nowhere must not be tried to its end first. */
static GList *
interleave (GList *found)
{
  GSocketFamily first = found != NULL ? g_inet_address_get_family (found->data) : G_SOCKET_FAMILY_INVALID;
  GQueue families[2] = { G_QUEUE_INIT, G_QUEUE_INIT };
  GList *addresses = NULL;

  for (GList *l = found; l != NULL; l = l->next)
    g_queue_push_tail (&families[g_inet_address_get_family (l->data) == first ? 0 : 1], g_inet_address_to_string (l->data));

  while (!g_queue_is_empty (&families[0]) || !g_queue_is_empty (&families[1]))
    for (guint i = 0; i < G_N_ELEMENTS (families); i++)
      if (!g_queue_is_empty (&families[i]))
        addresses = g_list_prepend (addresses, g_queue_pop_head (&families[i]));

  return g_list_reverse (addresses);
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
      self->addresses = interleave (found);

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
  finish_with_error (self, tsm_link_error_new (TSM_LINK_ERROR_TIMEOUT, _("looking up the name")));
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
  g_resolver_lookup_by_name_async (resolver, self->endpoint->host, self->cancellable, resolved_cb, self);
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
 * @profile: how to: Unix socket, TLS, times
 * @endpoint: (nullable): where to; NULL for the Unix socket of @profile
 * @context: the main context to run in
 * @timeout_ms: longest time to resolve the name, to connect to each address, and for the handshake, in milliseconds
 * @report: what was seen is noted there; must outlive the dial
 * @funcs: what to call
 * @user_data: passed to @funcs
 *
 * Returns: (transfer full): a dial, not started yet
 */
TsmDial *
tsm_dial_new (TsmProfile         *profile,
              const TsmEndpoint  *endpoint,
              GMainContext       *context,
              guint               timeout_ms,
              TsmDialReport      *report,
              const TsmDialFuncs *funcs,
              gpointer            user_data)
{
  TsmDial *self = g_new0 (TsmDial, 1);

  self->n_refs = 1;
  self->profile = g_object_ref (profile);
  self->endpoint = endpoint != NULL ? tsm_endpoint_new (endpoint->host, endpoint->port) : NULL;
  self->context = g_main_context_ref (context);
  self->timeout_ms = timeout_ms;
  self->report = report;
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) attempt_free);
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
  if (self->endpoint != NULL && !is_address (self->endpoint->host))
    {
      resolve (self);
      return;
    }

  self->addresses = g_list_prepend (NULL, g_strdup (self->endpoint != NULL ? self->endpoint->host
                                                                           : tsm_profile_get_socket_path (self->profile)));
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
