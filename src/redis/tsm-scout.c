/* Asks for refused channels, on a link of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An administrator may allow a channel at any time, so it is asked for again at backoff. On the link that listens an answer waits
 * behind all messages, and one that comes too late costs the link: hence this one, which lives no longer than its question.
 */

#include "redis/tsm-scout.h"

#include "redis/tsm-asker.h"
#include "redis/tsm-backoff.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-timer.h"

struct _TsmScout
{
  const TsmTiming *timing;
  TsmScoutFunc     granted;
  gpointer         owner;

  TsmLink         *link;
  TsmAsker         asker;
  GSource         *timer;
  guint            n_rounds; /* since it was last called back */
};

static void
wait_for_round (TsmScout *self)
{
  self->n_rounds++;
  tsm_timer_set (self->timer, tsm_backoff_get_delay (self->n_rounds, g_random_double (),
                                                     self->timing->retry_min_ms, self->timing->retry_max_ms));
}

static gboolean
go_cb (gpointer user_data)
{
  TsmScout *self = user_data;

  tsm_link_start (self->link);
  return G_SOURCE_REMOVE;
}

static gboolean
is_any_acknowledged (GPtrArray *channels)
{
  for (guint i = 0; i < channels->len; i++)
    {
      const TsmChannel *channel = g_ptr_array_index (channels, i);

      if (channel->acknowledged)
        return TRUE;
    }

  return FALSE;
}

static void
asked_cb (gpointer owner)
{
  TsmScout *self = owner;

  if (is_any_acknowledged (self->asker.channels))
    self->granted (self->asker.channels, self->owner);
  else
    wait_for_round (self);

  tsm_link_stop (self->link);
}

static void
greeted_cb (TsmServerInfo *info,
            gpointer       owner)
{
  TsmScout *self = owner;

  tsm_server_info_free (info);
  tsm_asker_start (&self->asker);
}

/* What comes before this link closes is not heard yet: listening begins when the link that listens is acknowledged. */
static void
pushed_cb (const redisReply *reply,
           gpointer          owner)
{
}

static void
down_cb (gpointer owner)
{
  TsmScout *self = owner;

  tsm_asker_forget (&self->asker);
}

static void
changed_cb (gpointer owner)
{
}

static const TsmLinkFuncs link_funcs = {
  .greeted = greeted_cb,
  .pushed = pushed_cb,
  .down = down_cb,
  .changed = changed_cb,
};

/**
 * tsm_scout_new:
 * @profile: where to, and who we are
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive the scout
 * @granted: called when any of the channels was acknowledged; the scout is not sent again by itself then
 * @owner: passed to @granted, which must neither free, send nor call back the scout
 *
 * Returns: (transfer full): a scout at rest
 */
TsmScout *
tsm_scout_new (TsmProfile      *profile,
               GMainContext    *context,
               const TsmTiming *timing,
               TsmScoutFunc     granted,
               gpointer         owner)
{
  TsmScout *self = g_new0 (TsmScout, 1);

  self->timing = timing;
  self->granted = granted;
  self->owner = owner;
  self->link = tsm_link_new (profile, context, timing, &link_funcs, self);
  self->asker = (TsmAsker) {
    .link = self->link,
    .channels = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_channel_free),
    .done = asked_cb,
    .owner = self,
  };
  self->timer = tsm_timer_new (context, go_cb, self);
  return self;
}

/**
 * tsm_scout_free:
 * @self: (transfer full): a scout at rest
 *
 * Frees the scout.
 */
void
tsm_scout_free (TsmScout *self)
{
  tsm_link_free (self->link);
  tsm_timer_free (self->timer);
  g_ptr_array_unref (self->asker.channels);
  g_free (self);
}

/**
 * tsm_scout_send_later:
 * @self: a scout
 * @channels: (element-type TsmChannel): those with a refusal are asked for, after a while that grows with each round
 *
 * Sends the scout until one of the channels is granted, or it is called back.
 */
void
tsm_scout_send_later (TsmScout  *self,
                      GPtrArray *channels)
{
  tsm_link_stop (self->link);
  g_ptr_array_set_size (self->asker.channels, 0);
  for (guint i = 0; i < channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (channels, i);

      if (channel->refusal != NULL)
        g_ptr_array_add (self->asker.channels, tsm_channel_new (channel->name));
    }

  wait_for_round (self);
}

/**
 * tsm_scout_call_back:
 * @self: a scout
 *
 * Ends what is under way; the scout is at rest then.
 */
void
tsm_scout_call_back (TsmScout *self)
{
  tsm_timer_unset (self->timer);
  tsm_link_stop (self->link);
  self->n_rounds = 0;
}
