/* TsmWatch: what we hear and publish ourselves between two readings of the server's counters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It begins before the first reading and ends after the second, so what is counted there is heard here, if it can be heard at all:
 * a message that falls between would be taken for one of somebody whom we do not hear.
 */

#include "diagnosis/tsm-watch.h"

void
tsm_watch_begin (TsmWatch *self)
{
  if (self->search != NULL)
    {
      self->since = tsm_search_get_since (self->search);
      self->heard = tsm_search_get_n_heard (self->search);
    }
  if (self->live != NULL)
    {
      self->heard_live = tsm_connection_get_n_received (self->live);
      self->sent_live = tsm_connection_get_n_published (self->live);
    }
}

/* The live connection listens to each of our channels, and so does a trial; a search to those that its patterns do not match. */
static gint64
count_ours (TsmWatch   *self,
            const char *channel)
{
  return (self->live != NULL) + self->trial + (self->search != NULL && tsm_search_listens_by_name (self->search, channel));
}

static gint64
count_listeners (TsmWatch             *self,
                 const TsmExamination *examination)
{
  gint64 n = examination->n_probes - (self->live != NULL);

  for (guint i = 0; i < examination->channels->len; i++)
    {
      const TsmChannelFacts *channel = g_ptr_array_index (examination->channels, i);

      n = MAX (n, channel->subscribers - count_ours (self, channel->name));
    }
  return MAX (n, 0);
}

void
tsm_watch_end (TsmWatch       *self,
               TsmExamination *examination)
{
  if (self->search != NULL)
    {
      examination->searched = self->since != 0 && tsm_search_get_since (self->search) == self->since;
      examination->heard = tsm_search_get_n_heard (self->search) - self->heard;
    }
  if (self->live != NULL)
    {
      examination->heard_live = tsm_connection_get_n_received (self->live) - self->heard_live;
      examination->sent_live = tsm_connection_get_n_published (self->live) - self->sent_live;
    }
  examination->n_listeners = count_listeners (self, examination);
}
