/* Asks a link for channels, all at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each has a command of its own, so that a refusal of one does not hide the others. None waits for the answer to another, which
 * would take a round trip each; as answers come in the order of the questions, each is that of the oldest channel without one.
 */

#include "redis/tsm-asker.h"

#include <string.h>

#include "redis/tsm-link-error.h"

/* The acknowledgement is ["subscribe", name, how many]. */
static gboolean
is_acknowledgement (const redisReply *reply,
                    TsmChannel       *channel)
{
  return reply->type == REDIS_REPLY_ARRAY && reply->elements == 3
         && reply->element[0]->type == REDIS_REPLY_STRING
         && reply->element[1]->type == REDIS_REPLY_STRING
         && g_ascii_strcasecmp (reply->element[0]->str, tsm_channel_get_command (channel)) == 0
         && strcmp (reply->element[1]->str, channel->wire_name) == 0;
}

static gboolean
is_unanswered (const TsmChannel *channel)
{
  return !channel->acknowledged && channel->refusal == NULL;
}

static TsmChannel *
find_unanswered (TsmAsker *self)
{
  for (guint i = 0; i < self->channels->len; i++)
    if (is_unanswered (g_ptr_array_index (self->channels, i)))
      return g_ptr_array_index (self->channels, i);

  return NULL;
}

static void
answered_cb (const redisReply *reply,
             const GError     *error,
             gpointer          user_data)
{
  TsmAsker *self = user_data;
  TsmChannel *channel;

  /* The link has gone, and its owner has been told so. */
  if (reply == NULL)
    return;

  channel = find_unanswered (self);
  if (channel == NULL)
    return;
  if (reply->type == REDIS_REPLY_ERROR)
    {
      channel->refusal = g_strdup (reply->str);
    }
  else if (is_acknowledgement (reply, channel))
    {
      channel->acknowledged = TRUE;
    }
  else
    {
      tsm_link_fail (self->link, tsm_link_error_new (TSM_LINK_ERROR_NOT_REDIS, NULL));
      return;
    }

  if (find_unanswered (self) == NULL)
    self->done (self->owner);
}

static void
ask (TsmAsker   *self,
     TsmChannel *channel)
{
  const char *argv[] = { tsm_channel_get_command (channel), channel->wire_name };
  gsize lengths[] = { strlen (argv[0]), strlen (argv[1]) };

  tsm_link_send (self->link, G_N_ELEMENTS (argv), argv, lengths, answered_cb, self);
}

/**
 * tsm_asker_start:
 * @self: an asker
 *
 * Begins to ask on a link that was greeted. Where nothing is to be asked, done is called before this returns.
 */
void
tsm_asker_start (TsmAsker *self)
{
  tsm_link_set_subscribing (self->link);
  tsm_asker_go_on (self);
}

/**
 * tsm_asker_go_on:
 * @self: an asker that awaits no answer, on a link that subscribes
 *
 * Asks for all channels that have no answer.
 */
void
tsm_asker_go_on (TsmAsker *self)
{
  if (find_unanswered (self) == NULL)
    {
      self->done (self->owner);
      return;
    }

  for (guint i = 0; i < self->channels->len; i++)
    if (is_unanswered (g_ptr_array_index (self->channels, i)))
      ask (self, g_ptr_array_index (self->channels, i));
}

/**
 * tsm_asker_forget:
 * @self: an asker
 *
 * Forgets all answers: the link has gone.
 */
void
tsm_asker_forget (TsmAsker *self)
{
  for (guint i = 0; i < self->channels->len; i++)
    tsm_channel_reset (g_ptr_array_index (self->channels, i));
}
