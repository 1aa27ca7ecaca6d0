/* Asks a link for channels, one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each has a command of its own, so that a refusal of one does not hide the others, and only one is under way at a time:
 * hiredis closes a link that subscribes when an error reply comes, and then it has to be known which channel was meant.
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

  channel = g_steal_pointer (&self->asked);
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

  tsm_asker_go_on (self);
}

static TsmChannel *
find_unanswered (TsmAsker *self)
{
  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);

      if (!channel->acknowledged && channel->refusal == NULL)
        return channel;
    }

  return NULL;
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
 * Asks for the next channel that has no answer.
 */
void
tsm_asker_go_on (TsmAsker *self)
{
  const char *argv[2];
  gsize lengths[2];

  self->asked = find_unanswered (self);
  if (self->asked == NULL)
    {
      self->done (self->owner);
      return;
    }

  argv[0] = tsm_channel_get_command (self->asked);
  argv[1] = self->asked->wire_name;
  lengths[0] = strlen (argv[0]);
  lengths[1] = strlen (argv[1]);
  tsm_link_send (self->link, G_N_ELEMENTS (argv), argv, lengths, answered_cb, self);
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
  self->asked = NULL;
  for (guint i = 0; i < self->channels->len; i++)
    tsm_channel_reset (g_ptr_array_index (self->channels, i));
}

/**
 * tsm_asker_take_refusal:
 * @self: an asker
 * @words: the error reply because of which hiredis has closed the link
 *
 * Takes @words for the answer to the channel that was asked for, and forgets that others were acknowledged on that link.
 * What was refused stays so, and will be left out: each link that is made anew for this asks for one channel less.
 *
 * Returns: %FALSE when no answer was awaited
 */
gboolean
tsm_asker_take_refusal (TsmAsker   *self,
                        const char *words)
{
  TsmChannel *refused = g_steal_pointer (&self->asked);

  if (refused == NULL)
    return FALSE;

  refused->refusal = g_strdup (words);
  for (guint i = 0; i < self->channels->len; i++)
    {
      TsmChannel *channel = g_ptr_array_index (self->channels, i);

      channel->acknowledged = FALSE;
    }

  return TRUE;
}
