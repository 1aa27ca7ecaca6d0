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
  TsmProfile     *profile;
  TsmSearchWidth  width;
  TsmConnection  *connection;
  TsmDecoder     *decoder;
  TsmNearMisses  *misses;
  GSource        *idle;
  GSource        *narrowing;
  guint64         n_heard;
  gint64          start;
  guint          *n_listeners;
  guint           n_own;       /* of those, ours */
};

static void
append_class (GString *pattern,
              char     excluded)
{
  g_string_append (pattern, "[^");
  if (strchr ("\\]^-", excluded) != NULL)
    g_string_append_c (pattern, '\\');
  g_string_append_c (pattern, excluded);
  g_string_append_c (pattern, ']');
}

/* All that begins with @family, but for names that end as the control channel does: first those with another last letter, then
 * those with the same and another before it. What ends in the same two letters is not searched. */
static void
add_family (GPtrArray  *patterns,
            const char *family,
            const char *control)
{
  gsize length = strlen (control);
  GString *last = g_string_new (family);
  GString *before = g_string_new (family);

  g_string_append_c (last, '*');
  g_string_append_c (before, '*');
  if (length >= 2)
    {
      append_class (last, control[length - 1]);
      append_class (before, control[length - 2]);
      g_string_append_c (before, '\\');
      g_string_append_c (before, control[length - 1]);
      g_ptr_array_add (patterns, g_string_free (before, FALSE));
      g_ptr_array_insert (patterns, 0, g_string_free (last, FALSE));
      return;
    }
  g_string_free (before, TRUE);
  g_ptr_array_insert (patterns, 0, g_string_free (last, FALSE));
}

static void
add_permitted (GPtrArray  *patterns,
               const char *family,
               char        separator)
{
  g_ptr_array_add (patterns, g_strdup_printf ("%s%c*", family, separator));
}

/* @family: of @name, where it has one */
static gboolean
get_family (const char  *name,
            char       **family,
            char        *separator)
{
  gsize length = strcspn (name, SEPARATORS "*?[\\");

  if (length < MIN_FAMILY || name[length] == '\0' || strchr (SEPARATORS, name[length]) == NULL)
    return FALSE;
  *family = g_strndup (name, length);
  *separator = name[length];
  return TRUE;
}

static gboolean
is_new (GHashTable *seen,
        const char *family)
{
  return g_hash_table_add (seen, g_strdup (family));
}

char **
tsm_search_dup_patterns (TsmProfile     *profile,
                         TsmSearchWidth  width)
{
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *control = tsm_profile_get_control_channel (profile);
  const char *ours[] = { FAMILY ":", NULL };
  const char * const *lists[] = { ours, tsm_profile_get_channels (profile) };

  if (width == TSM_SEARCH_ALL)
    add_family (patterns, "", control);
  for (guint i = 0; width != TSM_SEARCH_ALL && i < G_N_ELEMENTS (lists); i++)
    for (const char * const *name = lists[i]; *name != NULL; name++)
      {
        g_autofree char *family = NULL;
        char separator;

        if (!get_family (*name, &family, &separator) || !is_new (seen, family))
          continue;
        if (width == TSM_SEARCH_FAMILY)
          add_family (patterns, family, control);
        else
          add_permitted (patterns, family, separator);
      }

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

static gboolean
is_refused (TsmSearch *self)
{
  return g_error_matches (tsm_connection_get_error (self->connection), TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION)
         && tsm_connection_get_subscriber_state (self->connection) == TSM_LINK_SUBSCRIBING;
}

static void
changed_cb (TsmSearch *self)
{
  count_own (self);
  if (self->start == 0 && tsm_search_get_pattern (self) != NULL)
    self->start = g_get_monotonic_time ();
  if (is_refused (self) && self->width < TSM_SEARCH_PERMITTED && self->narrowing == NULL)
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
  g_auto (GStrv) patterns = tsm_search_dup_patterns (self->profile, self->width);

  disconnect (self);
  tsm_profile_set_channels (copy, (const char * const *) patterns);
  self->connection = tsm_connection_new (copy);
  g_signal_connect_swapped (self->connection, "queued", G_CALLBACK (queued_cb), self);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (changed_cb), self);
  tsm_connection_start (self->connection);
}

TsmSearch *
tsm_search_new (TsmProfile *profile,
                gboolean    deep,
                guint      *n_listeners)
{
  TsmSearch *self = g_new0 (TsmSearch, 1);
  const char *ignored[] = { TSM_PROFILE_PROBE_PREFIX "*", TSM_PROFILE_ERRORS_CHANNEL,
                            tsm_profile_get_control_channel (profile), NULL };

  self->profile = g_object_ref (profile);
  self->width = deep ? TSM_SEARCH_ALL : TSM_SEARCH_FAMILY;
  self->n_listeners = n_listeners;
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
  tsm_near_misses_free (self->misses);
  tsm_decoder_free (self->decoder);
  g_object_unref (self->profile);
  g_free (self);
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
