/* The way of a link to its server: who is asked for it, where it is, and what was seen on the way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-route.h"

#include "redis/tsm-link-error.h"
#include "redis/tsm-sentinel.h"

struct _TsmRoute
{
  TsmProfile          *profile;
  GMainContext        *context;
  const TsmTiming     *timing;
  const TsmRouteFuncs *funcs;
  gpointer             owner;

  TsmSentinel         *sentinel;  /* asked now */
  TsmEndpoint         *endpoint;  /* NULL: a Unix socket, or the sentinels have named none yet */
  gboolean             trusted;   /* it led to the right server */
  TsmDial             *dial;      /* under way */
  TsmDialReport        report;    /* of the last dial */

  GCancellable        *detecting; /* the server is looked at for TLS */
  GError              *hung_up;   /* the error if it speaks none */
};

static void
resolved_cb (gpointer user_data)
{
  TsmRoute *self = user_data;

  self->funcs->resolved (self->owner);
}

static void
securing_cb (gpointer user_data)
{
  TsmRoute *self = user_data;

  self->funcs->securing (self->owner);
}

static void
dialled_cb (GSource      *source,
            const GError *error,
            gpointer      user_data)
{
  TsmRoute *self = user_data;

  g_clear_pointer (&self->dial, tsm_dial_free);
  self->funcs->done (source, error, self->owner);
}

static const TsmDialFuncs dial_funcs = {
  .resolved = resolved_cb,
  .securing = securing_cb,
  .done = dialled_cb,
};

/* @endpoint: (transfer full) (nullable) */
static void
dial (TsmRoute    *self,
      TsmEndpoint *endpoint)
{
  g_clear_pointer (&self->endpoint, tsm_endpoint_free);
  self->endpoint = endpoint;
  self->trusted = FALSE;
  self->dial = tsm_dial_new (self->profile, endpoint, self->context, self->timing->connect_ms, &self->report, &dial_funcs, self);
  tsm_dial_start (self->dial);
}

static void
located_cb (const TsmEndpoint *primary,
            const GError      *error,
            gpointer           owner)
{
  TsmRoute *self = owner;
  TsmEndpoint *endpoint = primary != NULL ? tsm_endpoint_new (primary->host, primary->port) : NULL;
  g_autoptr (GError) copy = error != NULL ? g_error_copy (error) : NULL;

  g_clear_pointer (&self->sentinel, tsm_sentinel_free);
  if (endpoint != NULL)
    dial (self, endpoint);
  else
    self->funcs->done (NULL, copy, self->owner);
}

/**
 * tsm_route_new:
 * @profile: where to
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive the route
 * @funcs: what to call; none of them is called any more after tsm_route_stop()
 * @owner: passed to @funcs
 *
 * Returns: (transfer full): a route at rest
 */
TsmRoute *
tsm_route_new (TsmProfile          *profile,
               GMainContext        *context,
               const TsmTiming     *timing,
               const TsmRouteFuncs *funcs,
               gpointer             owner)
{
  TsmRoute *self = g_new0 (TsmRoute, 1);

  self->profile = g_object_ref (profile);
  self->context = g_main_context_ref (context);
  self->timing = timing;
  self->funcs = funcs;
  self->owner = owner;
  return self;
}

/**
 * tsm_route_free:
 * @self: (transfer full): a route at rest
 */
void
tsm_route_free (TsmRoute *self)
{
  g_assert (self->sentinel == NULL && self->dial == NULL && self->detecting == NULL);

  tsm_dial_report_clear (&self->report);
  g_clear_pointer (&self->endpoint, tsm_endpoint_free);
  g_object_unref (self->profile);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * tsm_route_go:
 * @self: a route at rest
 *
 * Goes the whole way, and forgets what was seen before. The functions may be called before this returns, for an address that
 * needs no resolving.
 */
void
tsm_route_go (TsmRoute *self)
{
  const char *host = tsm_profile_get_host (self->profile);

  tsm_dial_report_clear (&self->report);
  if (tsm_profile_get_n_sentinels (self->profile) > 0)
    self->sentinel = tsm_sentinel_new (self->profile, self->trusted ? NULL : self->endpoint, self->context, self->timing, located_cb,
                                       self);
  else
    dial (self, host != NULL ? tsm_endpoint_new (host, tsm_profile_get_port (self->profile)) : NULL);
}

/**
 * tsm_route_trust:
 * @self: a route that was gone to its end
 *
 * It led to the right server. Where it did not, and sentinels are asked again, what others of them name is tried first.
 */
void
tsm_route_trust (TsmRoute *self)
{
  self->trusted = TRUE;
}

/**
 * tsm_route_may_be_tls:
 * @self: a route that was gone to its end
 *
 * Returns: whether it makes sense to look for TLS: we came by TCP, and spoke plainly
 */
gboolean
tsm_route_may_be_tls (TsmRoute *self)
{
  return self->endpoint != NULL && self->report.address != NULL && !tsm_profile_uses_tls (self->profile);
}

static void
detected_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  TsmRoute *self = user_data;
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) hung_up = NULL;
  gboolean is_tls = tsm_tls_detect_finish (result, &cancelled);

  /* Stopped, and perhaps no more. */
  if (cancelled != NULL)
    return;

  g_clear_object (&self->detecting);
  hung_up = g_steal_pointer (&self->hung_up);
  self->funcs->looked (is_tls ? tsm_link_error_new (TSM_LINK_ERROR_TLS_REQUIRED, NULL) : g_steal_pointer (&hung_up), self->owner);
}

/**
 * tsm_route_look_for_tls:
 * @self: a route at rest that tsm_route_may_be_tls()
 * @hung_up: (transfer full): what is wrong if the server speaks no TLS
 *
 * Looks whether the server hung up on us because it wants TLS.
 */
void
tsm_route_look_for_tls (TsmRoute *self,
                        GError   *hung_up)
{
  self->hung_up = hung_up;
  self->detecting = g_cancellable_new ();
  g_main_context_push_thread_default (self->context);
  tsm_tls_detect_async (self->report.address, self->endpoint->port, self->detecting, detected_cb, self);
  g_main_context_pop_thread_default (self->context);
}

/**
 * tsm_route_stop:
 * @self: a route
 *
 * Gives up what is under way. What was seen stays.
 */
void
tsm_route_stop (TsmRoute *self)
{
  g_clear_pointer (&self->sentinel, tsm_sentinel_free);
  g_clear_pointer (&self->dial, tsm_dial_free);
  g_cancellable_cancel (self->detecting);
  g_clear_object (&self->detecting);
  g_clear_error (&self->hung_up);
}

/* What was seen, as far as it went. (transfer none) */
const TsmDialReport *
tsm_route_get_report (TsmRoute *self)
{
  return &self->report;
}

/* (transfer none) (nullable): where it leads, or led last; NULL for a Unix socket, and before the sentinels named a primary */
const TsmEndpoint *
tsm_route_get_endpoint (TsmRoute *self)
{
  return self->endpoint;
}
