/* TsmSearch: listens to all that looks like our channels, for near misses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-search.h"

#include <string.h>

#define SLICE_US  (2 * 1000)
/* Numerically above the frame clock and the decoder: the search may wait. */
#define PRIORITY  150
#define MAX_NAMES 1024 /* of which it is remembered by which pattern they are counted */

struct _TsmSearch
{
  TsmProfile     *profile;
  char          **found;       /* (nullable) */
  TsmSearchWidth  width;
  guint           n_searched;  /* of the channels of the connection; the rest are our own */
  TsmConnection  *connection;
  TsmDecoder     *decoder;
  TsmNearMisses  *misses;
  GSource        *idle;
  GSource        *narrowing;
  GHashTable     *counted_by;  /* the name of a channel → the pattern whose messages count */
  guint64         n_heard;
  gint64          start;
  guint          *n_listeners;
  guint           n_own;       /* of those, ours */
};

char *
tsm_search_dup_pattern (TsmSearch *self)
{
  for (guint i = 0; i < self->n_searched; i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      if (channel.acknowledged)
        return g_strndup (channel.name, strcspn (channel.name, "["));
    }
  return NULL;
}

gboolean
tsm_search_spares_control (TsmSearch *self)
{
  return self->width == TSM_SEARCH_ALL || self->width == TSM_SEARCH_FAMILY;
}

static gboolean
has_pattern (TsmSearch *self)
{
  g_autofree char *pattern = tsm_search_dup_pattern (self);

  return pattern != NULL;
}

/* "" where it came by the name itself. */
static const char *
find_first (TsmSearch  *self,
            const char *name)
{
  for (guint i = 0; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      if (channel.acknowledged && tsm_pattern_matches (channel.name, name))
        return channel.is_pattern ? channel.name : "";
    }
  return "";
}

/* A message comes once for each pattern that matches; only the first of those that were granted counts. */
static gboolean
is_first (TsmSearch        *self,
          const TsmMessage *message)
{
  const char *first = g_hash_table_lookup (self->counted_by, message->channel);

  if (first == NULL)
    {
      if (g_hash_table_size (self->counted_by) >= MAX_NAMES)
        g_hash_table_remove_all (self->counted_by);
      first = find_first (self, message->channel);
      g_hash_table_insert (self->counted_by, g_strdup (message->channel), g_strdup (first));
    }
  return g_str_equal (first, message->pattern != NULL ? message->pattern : "");
}

static gboolean
hear_next (TsmSearch *self)
{
  TsmMessage *message = tsm_connection_pop (self->connection);

  if (message == NULL)
    return FALSE;

  if (is_first (self, message))
    {
      self->n_heard++;
      tsm_near_misses_hear (self->misses, self->decoder, message->channel, message->payload);
    }
  tsm_message_unref (message);
  return TRUE;
}

static gboolean
idle_cb (gpointer user_data)
{
  TsmSearch *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (hear_next (self))
    if (g_get_monotonic_time () >= end)
      return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->idle, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
add_idle (TsmSearch   *self,
          int          priority,
          GSourceFunc  func)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
queued_cb (TsmSearch *self)
{
  if (self->idle == NULL)
    self->idle = add_idle (self, PRIORITY, idle_cb);
}

/* As many as the patterns that match the control channel: PUBLISH counts each. */
static void
count_own (TsmSearch *self)
{
  const char *control = tsm_profile_get_control_channel (self->profile);
  guint n = 0;

  for (guint i = 0; self->connection != NULL && i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      n += channel.acknowledged && tsm_pattern_matches (channel.name, control);
    }

  if (self->n_listeners != NULL)
    *self->n_listeners += n - self->n_own;
  self->n_own = n;
}

static void connect_anew (TsmSearch *self);

static gboolean
narrow_cb (gpointer user_data)
{
  TsmSearch *self = user_data;

  g_clear_pointer (&self->narrowing, g_source_unref);
  self->width++;
  connect_anew (self);
  return G_SOURCE_REMOVE;
}

/* One pattern that is made up is refused like another; of those that an access list may name, each stands for itself. */
static gboolean
is_refused (TsmSearch *self)
{
  guint n_refused = 0;

  for (guint i = 0; i < self->n_searched; i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      n_refused += channel.refused;
    }
  return self->width <= TSM_SEARCH_FAMILY ? n_refused > 0 : n_refused == self->n_searched;
}

static void
changed_cb (TsmSearch *self)
{
  g_hash_table_remove_all (self->counted_by);
  count_own (self);
  if (self->start == 0 && has_pattern (self))
    self->start = g_get_monotonic_time ();
  if (is_refused (self) && self->width < TSM_SEARCH_PREFIX && self->narrowing == NULL)
    self->narrowing = add_idle (self, G_PRIORITY_DEFAULT, narrow_cb);
}

static void
disconnect (TsmSearch *self)
{
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  tsm_connection_stop (self->connection);
  g_clear_object (&self->connection);
  count_own (self);
}

static void
connect_anew (TsmSearch *self)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (self->profile);
  g_auto (GStrv) patterns = tsm_search_dup_patterns (self->profile, self->width, (const char * const *) self->found,
                                                       &self->n_searched);

  disconnect (self);
  tsm_profile_set_channels (copy, (const char * const *) patterns);
  self->connection = tsm_connection_new_without_probe (copy);
  g_signal_connect_swapped (self->connection, "queued", G_CALLBACK (queued_cb), self);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (changed_cb), self);
  tsm_connection_start (self->connection);
}

TsmSearch *
tsm_search_new (TsmProfile         *profile,
                gboolean            deep,
                const char * const *found,
                guint              *n_listeners)
{
  TsmSearch *self = g_new0 (TsmSearch, 1);
  const char *ignored[] = { TSM_PROFILE_PROBE_PREFIX "*", TSM_PROFILE_ERRORS_CHANNEL,
                            tsm_profile_get_control_channel (profile), NULL };

  self->profile = g_object_ref (profile);
  self->found = g_strdupv ((char **) found);
  self->width = deep ? TSM_SEARCH_ALL : TSM_SEARCH_FAMILY;
  self->n_listeners = n_listeners;
  self->counted_by = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self->misses = tsm_near_misses_new (tsm_profile_get_channels (profile), ignored);
  connect_anew (self);
  return self;
}

void
tsm_search_free (TsmSearch *self)
{
  disconnect (self);
  drop_source (&self->idle);
  drop_source (&self->narrowing);
  g_hash_table_unref (self->counted_by);
  tsm_near_misses_free (self->misses);
  tsm_decoder_free (self->decoder);
  g_object_unref (self->profile);
  g_strfreev (self->found);
  g_free (self);
}

gboolean
tsm_search_listens_by_name (TsmSearch  *self,
                            const char *channel)
{
  for (guint i = self->n_searched; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState state;

      tsm_connection_get_channel (self->connection, i, &state);
      if (state.acknowledged && g_str_equal (state.name, channel))
        return TRUE;
    }
  return FALSE;
}

/* Two, and one more where some of the channels were refused, which asks for them again and again. */
guint
tsm_search_get_n_links (TsmSearch *self)
{
  guint n_refused = 0;

  for (guint i = 0; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      n_refused += !channel.acknowledged;
    }
  return 2 + (n_refused > 0);
}

guint64
tsm_search_get_n_heard (TsmSearch *self)
{
  /* What has come in already belongs to the time before; but a flood is not worth a stall. */
  for (guint i = 0; i < 1000 && hear_next (self); i++)
    ;
  return self->n_heard + tsm_connection_get_queue_length (self->connection);
}

gboolean
tsm_search_is_settled (TsmSearch *self)
{
  return tsm_search_get_since (self) != 0 || (self->width == TSM_SEARCH_PREFIX && is_refused (self));
}

gint64
tsm_search_get_since (TsmSearch *self)
{
  return has_pattern (self) ? tsm_connection_get_ready_since (self->connection) : 0;
}

gint64
tsm_search_get_start (TsmSearch *self)
{
  return self->start;
}

GPtrArray *
tsm_search_finish (TsmSearch *self,
                   gint64     now)
{
  return tsm_near_misses_finish (self->misses, self->start != 0 ? (now - self->start) / (double) G_USEC_PER_SEC : 0);
}
