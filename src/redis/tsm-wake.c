/* Notices that the machine has slept, and that the network has changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CLOCK_BOOTTIME goes on while the machine sleeps and CLOCK_MONOTONIC does not, so their difference grows by the sleep.
 * Timers run on the monotonic clock: without this a link would sit out the rest of its wait after the lid is opened.
 */

#include "redis/tsm-wake.h"

#include <time.h>

#include "redis/tsm-timer.h"

#define CHECK_MS     1000
/* A sleep shorter than this breaks no connection. µs. */
#define MIN_SLEEP    (2 * G_TIME_SPAN_SECOND)
/* Network changes come in swarms, one for each address and route. µs. */
#define MIN_INTERVAL (2 * G_TIME_SPAN_SECOND)

struct _TsmWake
{
  const TsmWakeFuncs *funcs;
  gpointer            owner;

  GSource            *timer;
  gint64              offset; /* µs that the machine has slept since it was booted */
  GNetworkMonitor    *monitor;
  gulong              handler;
  gint64              last_change; /* monotonic µs */
};

static gint64
get_time (clockid_t clock)
{
  struct timespec time = { 0 };

  clock_gettime (clock, &time);
  return time.tv_sec * G_TIME_SPAN_SECOND + time.tv_nsec / 1000;
}

static gint64
get_offset (void)
{
  return get_time (CLOCK_BOOTTIME) - get_time (CLOCK_MONOTONIC);
}

/**
 * tsm_wake_has_slept:
 * @offset: boot time minus monotonic time at some moment, in µs
 * @new_offset: the same, later
 *
 * Returns: %TRUE when the machine has slept in between for long enough to break connections
 */
gboolean
tsm_wake_has_slept (gint64 offset,
                    gint64 new_offset)
{
  return new_offset - offset >= MIN_SLEEP;
}

static gboolean
check_cb (gpointer user_data)
{
  TsmWake *self = user_data;
  gint64 offset = get_offset ();
  gboolean slept = tsm_wake_has_slept (self->offset, offset);

  self->offset = offset;
  tsm_timer_set (self->timer, CHECK_MS);
  if (slept)
    self->funcs->woken (self->owner);

  return G_SOURCE_REMOVE;
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    TsmWake         *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!available || now - self->last_change < MIN_INTERVAL)
    return;

  self->last_change = now;
  self->funcs->network_changed (self->owner);
}

/**
 * tsm_wake_new:
 * @context: the main context to run in
 * @funcs: what to call
 * @owner: passed to @funcs
 *
 * Returns: (transfer full): a watch over the machine
 */
TsmWake *
tsm_wake_new (GMainContext       *context,
              const TsmWakeFuncs *funcs,
              gpointer            owner)
{
  TsmWake *self = g_new0 (TsmWake, 1);

  self->funcs = funcs;
  self->owner = owner;
  self->offset = get_offset ();
  self->timer = tsm_timer_new (context, check_cb, self);
  tsm_timer_set (self->timer, CHECK_MS);

  /* The monitor speaks in the default context only; in any other its signal would come from the wrong thread. */
  if (context == g_main_context_default ())
    {
      self->monitor = g_object_ref (g_network_monitor_get_default ());
      self->handler = g_signal_connect (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self);
    }

  return self;
}

/**
 * tsm_wake_free:
 * @self: (transfer full): a watch
 *
 * Ends the watch.
 */
void
tsm_wake_free (TsmWake *self)
{
  if (self->monitor != NULL)
    g_signal_handler_disconnect (self->monitor, self->handler);
  g_clear_object (&self->monitor);
  tsm_timer_free (self->timer);
  g_free (self);
}
