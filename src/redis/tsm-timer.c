/* A timer that belongs to one main context and can be set again and again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * g_timeout_add() always means the default context, and a new source for each wait would have to be tracked by each user.
 */

#include "redis/tsm-timer.h"

static gboolean
tsm_timer_dispatch (GSource     *self,
                    GSourceFunc  elapsed,
                    gpointer     user_data)
{
  g_source_set_ready_time (self, -1);
  elapsed (user_data);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs tsm_timer_funcs = {
  .dispatch = tsm_timer_dispatch,
};

/**
 * tsm_timer_new:
 * @context: (nullable): the main context that it runs in
 * @elapsed: called each time a wait has ended; its return value plays no part
 * @user_data: passed to @elapsed
 *
 * Makes a timer that is not set yet.
 *
 * Returns: (transfer full): a timer; free it with tsm_timer_free(), inside @elapsed too
 */
GSource *
tsm_timer_new (GMainContext *context,
               GSourceFunc   elapsed,
               gpointer      user_data)
{
  GSource *self = g_source_new (&tsm_timer_funcs, sizeof (GSource));

  g_source_set_static_name (self, "TsmTimer");
  g_source_set_callback (self, elapsed, user_data, NULL);
  g_source_attach (self, context);
  return self;
}

/**
 * tsm_timer_set:
 * @self: a timer
 * @ms: milliseconds from now
 *
 * Waits, and forgets an earlier wait that has not ended.
 */
void
tsm_timer_set (GSource *self,
               guint    ms)
{
  g_source_set_ready_time (self, g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND);
}

/**
 * tsm_timer_unset:
 * @self: a timer
 *
 * Forgets the wait.
 */
void
tsm_timer_unset (GSource *self)
{
  g_source_set_ready_time (self, -1);
}

/**
 * tsm_timer_free:
 * @self: (transfer full): a timer
 *
 * Ends and frees the timer.
 */
void
tsm_timer_free (GSource *self)
{
  g_source_destroy (self);
  g_source_unref (self);
}
