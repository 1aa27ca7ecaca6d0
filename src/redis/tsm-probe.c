/* A message to ourselves through the broker: proves that the subscribed socket lives, and measures the round trip.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PING would not do: the server answers it on a link whose subscriptions it has lost, and a subscribed link may only
 * send it in between messages. Where the server's access list forbids the probe, the socket's keep-alive has to do.
 */

#include "config.h"

#include "redis/tsm-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-timer.h"

/* Probes whose time of sending is remembered; more than can be on their way before the link is given up. */
#define MAX_UNDER_WAY 8

struct _TsmProbe
{
  TsmSubscriber   *subscriber;
  TsmCommandLink  *command_link;
  char            *channel;
  const TsmTiming *timing;
  TsmProbeFunc     changed;
  gpointer         owner;

  GSource         *interval;
  GSource         *silence;             /* set while a probe is on its way */
  gboolean         running;             /* both links are READY */
  guint64          n_sent;
  guint64          n_heard;             /* the number of the newest one that came back */
  gint64           sent[MAX_UNDER_WAY]; /* monotonic µs, by number modulo MAX_UNDER_WAY */
  gint64           silent_since;        /* monotonic µs: the oldest probe without a sign of life after it */

  gint64           round_trip;
  char            *error;
  gboolean         publish_refused;     /* on the present command link */
};

static TsmLink *
get_subscriber_link (TsmProbe *self)
{
  return tsm_subscriber_get_link (self->subscriber);
}

static gboolean
is_ready (TsmLink *link)
{
  return tsm_link_get_status (link)->state == TSM_LINK_READY;
}

static gboolean
is_refused (TsmProbe *self)
{
  return self->publish_refused || tsm_subscriber_get_refusal (self->subscriber) != NULL;
}

static void
set_error (TsmProbe   *self,
           const char *words)
{
  g_autofree char *error = NULL;

  if (words != NULL)
    error = g_strdup_printf ("%s (%s)", _("The server does not allow the probe, so a dead connection is noticed later. "
                                          "Have its channel allowed in the access list of the server"), words);

  if (g_strcmp0 (error, self->error) == 0)
    return;

  g_free (self->error);
  self->error = g_steal_pointer (&error);
  self->changed (self->owner);
}

static void
forget_probes_under_way (TsmProbe *self)
{
  self->n_heard = self->n_sent;
  tsm_timer_unset (self->silence);
}

static gint64
get_silence_end (TsmProbe *self)
{
  gint64 since = MAX (self->silent_since, tsm_link_get_status (get_subscriber_link (self))->last_sign);

  return since + self->timing->silence_ms * G_TIME_SPAN_MILLISECOND;
}

/* Bytes that wait in the socket are no silence: the main loop was late, or we do not read because the queue is full. */
static gboolean
silence_cb (gpointer user_data)
{
  TsmProbe *self = user_data;
  TsmLink *link = get_subscriber_link (self);

  if (!is_ready (link))
    return G_SOURCE_REMOVE;

  if (tsm_link_has_input (link))
    self->silent_since = g_get_monotonic_time ();

  if (get_silence_end (self) > g_get_monotonic_time ())
    g_source_set_ready_time (self->silence, get_silence_end (self));
  else
    tsm_link_fail (link, tsm_link_error_new (TSM_LINK_ERROR_HALF_OPEN, NULL));

  return G_SOURCE_REMOVE;
}

static void
published_cb (const redisReply *reply,
              const GError     *error,
              gpointer          user_data)
{
  TsmProbe *self = user_data;

  /* A command link that was closed may have lost the probe, so its silence says nothing of the subscriber. One that hangs
   * is a sign that the subscriber does, too. */
  if (reply == NULL && !g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_TIMEOUT))
    forget_probes_under_way (self);

  if (reply == NULL || reply->type != REDIS_REPLY_ERROR)
    return;

  self->publish_refused = TRUE;
  forget_probes_under_way (self);
  set_error (self, reply->str);
}

static void
publish (TsmProbe *self)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_sent + 1);
  const char *argv[] = { "PUBLISH", self->channel, number };
  gsize lengths[] = { strlen (argv[0]), strlen (argv[1]), strlen (argv[2]) };
  gint64 now = g_get_monotonic_time ();

  self->n_sent++;
  self->sent[self->n_sent % MAX_UNDER_WAY] = now;
  if (self->n_heard + 1 == self->n_sent)
    {
      self->silent_since = now;
      g_source_set_ready_time (self->silence, get_silence_end (self));
    }

  tsm_link_send (tsm_command_link_get_link (self->command_link), G_N_ELEMENTS (argv), argv, lengths, published_cb, self);
}

static gboolean
interval_cb (gpointer user_data)
{
  TsmProbe *self = user_data;

  tsm_timer_set (self->interval, self->timing->probe_ms);
  if (self->running && !is_refused (self))
    publish (self);

  return G_SOURCE_REMOVE;
}

/**
 * tsm_probe_new:
 * @subscriber: (transfer none): who hears the probe; must outlive it, as must @command_link and @timing
 * @command_link: (transfer none): who sends it
 * @channel: the private channel
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to
 * @changed: called when the round trip or the error has changed
 * @owner: passed to @changed
 *
 * Returns: (transfer full): a probe that waits for both links to be READY
 */
TsmProbe *
tsm_probe_new (TsmSubscriber   *subscriber,
               TsmCommandLink  *command_link,
               const char      *channel,
               GMainContext    *context,
               const TsmTiming *timing,
               TsmProbeFunc     changed,
               gpointer         owner)
{
  TsmProbe *self = g_new0 (TsmProbe, 1);

  self->subscriber = subscriber;
  self->command_link = command_link;
  self->channel = g_strdup (channel);
  self->timing = timing;
  self->changed = changed;
  self->owner = owner;
  self->round_trip = -1;
  self->interval = tsm_timer_new (context, interval_cb, self);
  self->silence = tsm_timer_new (context, silence_cb, self);
  return self;
}

/**
 * tsm_probe_free:
 * @self: (transfer full): a probe; no reply to it may be awaited any more
 *
 * Frees the probe.
 */
void
tsm_probe_free (TsmProbe *self)
{
  tsm_timer_free (self->interval);
  tsm_timer_free (self->silence);
  g_free (self->channel);
  g_free (self->error);
  g_free (self);
}

/**
 * tsm_probe_update:
 * @self: a probe
 *
 * To be called when a link has changed: probes begin when both are READY, and end when one is not.
 */
void
tsm_probe_update (TsmProbe *self)
{
  gboolean running = is_ready (get_subscriber_link (self)) && is_ready (tsm_command_link_get_link (self->command_link));

  if (!is_ready (get_subscriber_link (self)))
    forget_probes_under_way (self);

  if (running == self->running)
    return;

  self->running = running;
  self->publish_refused = FALSE;
  if (!running)
    {
      tsm_timer_unset (self->interval);
      return;
    }

  set_error (self, tsm_subscriber_get_refusal (self->subscriber));
  tsm_timer_set (self->interval, 0);
}

/**
 * tsm_probe_send:
 * @self: a probe
 *
 * Sends a probe now, even where an earlier one was refused; the next one follows after the usual time.
 */
void
tsm_probe_send (TsmProbe *self)
{
  if (!self->running)
    return;

  self->publish_refused = FALSE;
  tsm_timer_set (self->interval, 0);
}

/**
 * tsm_probe_hear:
 * @self: a probe
 * @payload: what came on the probe channel
 *
 * Takes a probe that has come back.
 */
void
tsm_probe_hear (TsmProbe   *self,
                const char *payload)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (payload, 10, 0, self->n_sent, &number, NULL)
      || number <= self->n_heard || self->n_sent - number >= MAX_UNDER_WAY)
    return;

  self->n_heard = number;
  self->round_trip = g_get_monotonic_time () - self->sent[number % MAX_UNDER_WAY];
  if (self->n_heard == self->n_sent)
    tsm_timer_unset (self->silence);

  set_error (self, NULL);
  self->changed (self->owner);
}

/* monotonic µs since which a probe is awaited and no byte has come, 0 where none is, or bytes wait to be read */
gint64
tsm_probe_get_silent_since (TsmProbe *self)
{
  TsmLink *link = get_subscriber_link (self);

  if (!is_ready (link) || self->n_heard == self->n_sent || tsm_link_has_input (link))
    return 0;

  return MAX (self->silent_since, tsm_link_get_status (link)->last_sign);
}

/* µs of the last probe that came back, -1 for none yet */
gint64
tsm_probe_get_round_trip (TsmProbe *self)
{
  return self->round_trip;
}

/* (nullable): why no probe can be sent */
const char *
tsm_probe_get_error (TsmProbe *self)
{
  return self->error;
}
