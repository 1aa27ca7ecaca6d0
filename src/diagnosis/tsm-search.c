/* TsmSearch: listens to all that looks like our channels, for near misses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-search.h"

#include <string.h>

#define FAMILY     "tickstock"
#define SEPARATORS ":._-/|"
#define MIN_FAMILY 3 /* characters: of fewer, too much would be heard */
#define SLICE_US   (2 * 1000)
/* Numerically above the frame clock and the decoder: the search may wait. */
#define PRIORITY   150

struct _TsmSearch
{
  TsmConnection *connection;
  TsmDecoder    *decoder;
  TsmNearMisses *misses;
  gulong         queued;
  gulong         changed;
  GSource       *idle;
  guint64        n_heard;
  gint64         start;
};

static void
add_family (GPtrArray  *patterns,
            const char *family,
            char        separator)
{
  char *wide = g_strdup_printf ("%s*", family);
  char *narrow = g_strdup_printf ("%s%c*", family, separator);

  if (g_ptr_array_find_with_equal_func (patterns, wide, g_str_equal, NULL))
    {
      g_free (wide);
      g_free (narrow);
      return;
    }
  g_ptr_array_insert (patterns, 0, wide);
  g_ptr_array_add (patterns, narrow);
}

char **
tsm_search_dup_patterns (TsmProfile *profile,
                         gboolean    deep)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  add_family (patterns, FAMILY, ':');
  for (const char * const *name = tsm_profile_get_channels (profile); *name != NULL; name++)
    {
      gsize length = strcspn (*name, SEPARATORS "*?[\\");
      g_autofree char *family = g_strndup (*name, length);

      if (length >= MIN_FAMILY && (*name)[length] != '\0' && strchr (SEPARATORS, (*name)[length]) != NULL)
        add_family (patterns, family, (*name)[length]);
    }
  if (deep)
    g_ptr_array_insert (patterns, 0, g_strdup ("*"));

  g_ptr_array_add (patterns, NULL);
  return (char **) g_ptr_array_steal (patterns, NULL);
}

const char *
tsm_search_get_pattern (TsmSearch *self)
{
  for (guint i = 0; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      if (channel.acknowledged)
        return channel.name;
    }
  return NULL;
}

/* A message comes once for each pattern that matches; only the first of those that were granted counts. */
static gboolean
is_first (TsmSearch        *self,
          const TsmMessage *message)
{
  for (guint i = 0; i < tsm_connection_get_n_channels (self->connection); i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (self->connection, i, &channel);
      if (channel.acknowledged && tsm_pattern_matches (channel.name, message->channel))
        return g_strcmp0 (message->pattern, channel.name) == 0;
    }
  return FALSE;
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
queued_cb (TsmSearch *self)
{
  if (self->idle != NULL)
    return;

  self->idle = g_idle_source_new ();
  g_source_set_priority (self->idle, PRIORITY);
  g_source_set_callback (self->idle, idle_cb, self, NULL);
  g_source_attach (self->idle, g_main_context_get_thread_default ());
}

static void
changed_cb (TsmSearch *self)
{
  if (self->start == 0 && tsm_search_get_pattern (self) != NULL)
    self->start = g_get_monotonic_time ();
}

TsmSearch *
tsm_search_new (TsmConnection *connection,
                TsmProfile    *profile)
{
  TsmSearch *self = g_new0 (TsmSearch, 1);
  const char *ignored[] = { TSM_PROFILE_PROBE_PREFIX "*", TSM_PROFILE_ERRORS_CHANNEL,
                            tsm_profile_get_control_channel (profile), NULL };

  self->connection = g_object_ref (connection);
  self->decoder = tsm_decoder_new (TSM_DECODER_MAX_SIZE_DEFAULT, TSM_DECODER_MAX_DEPTH_DEFAULT);
  self->misses = tsm_near_misses_new (tsm_profile_get_channels (profile), ignored);
  self->queued = g_signal_connect_swapped (connection, "queued", G_CALLBACK (queued_cb), self);
  self->changed = g_signal_connect_swapped (connection, "state-changed", G_CALLBACK (changed_cb), self);
  return self;
}

void
tsm_search_free (TsmSearch *self)
{
  g_signal_handler_disconnect (self->connection, self->queued);
  g_signal_handler_disconnect (self->connection, self->changed);
  if (self->idle != NULL)
    {
      g_source_destroy (self->idle);
      g_source_unref (self->idle);
    }
  tsm_near_misses_free (self->misses);
  tsm_decoder_free (self->decoder);
  g_object_unref (self->connection);
  g_free (self);
}

guint64
tsm_search_get_n_heard (TsmSearch *self)
{
  /* What has come in already belongs to the time before; but a flood is not worth a stall. */
  for (guint i = 0; i < 1000 && hear_next (self); i++)
    ;
  return self->n_heard + tsm_connection_get_queue_length (self->connection);
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
