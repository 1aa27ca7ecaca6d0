/* TsmLosses: the links that were lost lately, and which of them the server dropped because we did not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server tells nobody why it closes a connection. That our output buffer was full is known from its counter (since Redis 7.2),
 * from a message that was cut off, or from our not having read just before.
 */

#include "diagnosis/tsm-losses.h"

/* The main loop stood still: what came then was not read. µs. */
#define STALL_US     (3 * G_USEC_PER_SEC)
/* The server remembers the largest buffer of the last seconds only. µs. */
#define REMEMBERED_US (12 * G_USEC_PER_SEC)
/* More than any ordinary reply; the smallest limit of an ordinary configuration is 8 MiB. Bytes. */
#define LARGE_BUFFER (1024 * 1024)

static TsmLoss *
get_last (const TsmLosses *self)
{
  return self->n_losses > 0 ? (TsmLoss *) &self->losses[(self->n_losses - 1) % TSM_LOSSES_KEPT] : NULL;
}

static void
add (TsmLosses     *self,
     TsmConnection *connection,
     gint64         now)
{
  const GError *error = tsm_connection_get_last_error (connection);
  TsmLoss *loss = &self->losses[self->n_losses++ % TSM_LOSSES_KEPT];

  loss->time = now;
  loss->is_drop = g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_CUT_OFF)
                  || (!g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN)
                      && (self->was_paused || (self->looked != 0 && now - self->looked > STALL_US)));
  g_clear_error (&self->last);
  self->last = error != NULL ? g_error_copy (error) : NULL;
}

gboolean
tsm_losses_look (TsmLosses     *self,
                 TsmConnection *connection,
                 gint64         now)
{
  gint64 ready_since = tsm_connection_get_ready_since (connection);
  gboolean is_stopped = tsm_connection_get_subscriber_state (connection) == TSM_LINK_IDLE;
  gboolean lost = self->ready_since != 0 && ready_since != self->ready_since && !is_stopped;

  if (lost)
    add (self, connection, now);
  if (self->first_ready == 0)
    self->first_ready = ready_since;
  self->ready_since = ready_since;
  self->was_paused = tsm_connection_is_paused (connection);
  self->looked = now;
  return lost;
}

void
tsm_losses_explain (TsmLosses            *self,
                    const TsmExamination *earlier,
                    const TsmExamination *later)
{
  TsmLoss *loss = get_last (self);
  gboolean counted;
  gboolean large;

  if (loss == NULL || loss->time > later->finished || g_error_matches (self->last, TSM_LINK_ERROR, TSM_LINK_ERROR_HALF_OPEN))
    return;

  counted = earlier != NULL && g_strcmp0 (earlier->server.run_id, later->server.run_id) == 0
            && earlier->finished < loss->time && earlier->after.output_buffer_drops >= 0
            && later->before.output_buffer_drops > earlier->after.output_buffer_drops;
  large = later->started - loss->time < REMEMBERED_US && later->server.largest_output_buffer >= LARGE_BUFFER;
  if (counted || large)
    loss->is_drop = TRUE;
}

void
tsm_losses_tell (const TsmLosses *self,
                 gint64           now,
                 TsmLinkFacts    *facts)
{
  guint n = MIN (self->n_losses, TSM_LOSSES_KEPT);

  for (guint i = 0; i < n; i++)
    {
      const TsmLoss *loss = &self->losses[i];

      if (now - loss->time > TSM_FLAPPING_WINDOW_US)
        continue;
      facts->recent_losses++;
      facts->recent_drops += loss->is_drop;
      if (loss->is_drop)
        facts->last_drop_time = MAX (facts->last_drop_time, loss->time);
    }

  facts->last_loss = self->last != NULL ? g_error_copy (self->last) : NULL;
  facts->last_loss_time = tsm_losses_get_time (self);
  facts->first_ready = self->first_ready;
}

gboolean
tsm_losses_was_drop (const TsmLosses *self)
{
  const TsmLoss *loss = get_last (self);

  return loss != NULL && loss->is_drop;
}

gint64
tsm_losses_get_time (const TsmLosses *self)
{
  const TsmLoss *loss = get_last (self);

  return loss != NULL ? loss->time : 0;
}

void
tsm_losses_clear (TsmLosses *self)
{
  g_clear_error (&self->last);
}
