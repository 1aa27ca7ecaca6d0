/* TsmSourceList: a GListModel of TsmSource, in the order in which they were first heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What watchers see is `visible`; it changes in a flush only. Between two flushes `arrived` holds the new ones, and a
 * source that had to make room is one that the table no longer knows by its name.
 */

#include "models/tsm-source-list.h"

#include "models/tsm-model-util.h"

/* A source and its place in the order of silence. */
typedef struct
{
  TsmSource *source;
  GList      link;
} Entry;

struct _TsmSourceList
{
  GObject     parent_instance;

  GHashTable *table;     /* (element-type utf8 Entry): by name, which the source owns */
  GQueue      silence;   /* of Entry, longest silent first */
  GPtrArray  *visible;
  GPtrArray  *arrived;
  guint       n_leaving; /* rows of visible that made room */
  guint64     n_dropped;
};

static GType
tsm_source_list_get_item_type (GListModel *model)
{
  return TSM_TYPE_SOURCE;
}

static guint
tsm_source_list_get_n_items (GListModel *model)
{
  return TSM_SOURCE_LIST (model)->visible->len;
}

static gpointer
tsm_source_list_get_item (GListModel *model,
                          guint       position)
{
  TsmSourceList *self = TSM_SOURCE_LIST (model);

  return position < self->visible->len ? g_object_ref (g_ptr_array_index (self->visible, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_source_list_get_item_type;
  iface->get_n_items = tsm_source_list_get_n_items;
  iface->get_item = tsm_source_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmSourceList, tsm_source_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->source);
  g_free (entry);
}

static void
tsm_source_list_finalize (GObject *object)
{
  TsmSourceList *self = TSM_SOURCE_LIST (object);

  g_ptr_array_unref (self->visible);
  g_ptr_array_unref (self->arrived);
  g_hash_table_unref (self->table);

  G_OBJECT_CLASS (tsm_source_list_parent_class)->finalize (object);
}

static void
tsm_source_list_class_init (TsmSourceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_source_list_finalize;
}

static void
tsm_source_list_init (TsmSourceList *self)
{
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->visible = g_ptr_array_new_with_free_func (g_object_unref);
  self->arrived = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->silence);
}

/**
 * tsm_source_list_new: (constructor)
 *
 * Returns: (transfer full): an empty list
 */
TsmSourceList *
tsm_source_list_new (void)
{
  return g_object_new (TSM_TYPE_SOURCE_LIST, NULL);
}

static void
drop_longest_silent (TsmSourceList *self)
{
  Entry *entry = self->silence.head->data;

  /* a source that no watcher has seen yet leaves without a word */
  if (!g_ptr_array_remove (self->arrived, entry->source))
    self->n_leaving++;

  g_queue_unlink (&self->silence, &entry->link);
  g_hash_table_remove (self->table, tsm_source_get_name (entry->source));
  self->n_dropped++;
}

static Entry *
add_source (TsmSourceList *self,
            const char    *name)
{
  Entry *entry;

  if (g_hash_table_size (self->table) >= TSM_SOURCE_LIST_MAX)
    drop_longest_silent (self);

  entry = g_new0 (Entry, 1);
  entry->source = tsm_source_new (name);
  entry->link.data = entry;
  g_queue_push_tail_link (&self->silence, &entry->link);
  g_hash_table_insert (self->table, (char *) tsm_source_get_name (entry->source), entry);
  g_ptr_array_add (self->arrived, g_object_ref (entry->source));
  return entry;
}

/**
 * tsm_source_list_ingest:
 * @self: a list
 * @event: an accepted event
 *
 * Gives @event to its source, which is made where it was never heard before. Emits nothing: tsm_source_list_flush() does.
 *
 * Returns: (transfer none): the source
 */
TsmSource *
tsm_source_list_ingest (TsmSourceList *self,
                        TsmEvent      *event)
{
  const char *name;
  Entry      *entry;

  g_return_val_if_fail (TSM_IS_SOURCE_LIST (self), NULL);
  g_return_val_if_fail (TSM_IS_EVENT (event), NULL);

  name = tsm_event_get_source (event);
  entry = g_hash_table_lookup (self->table, name);
  if (entry == NULL)
    entry = add_source (self, name);

  if (entry->link.next != NULL)
    {
      g_queue_unlink (&self->silence, &entry->link);
      g_queue_push_tail_link (&self->silence, &entry->link);
    }

  tsm_source_ingest (entry->source, event);
  return entry->source;
}

static gboolean
has_left (gpointer row,
          gpointer user_data)
{
  TsmSourceList *self = user_data;
  Entry         *entry = g_hash_table_lookup (self->table, tsm_source_get_name (row));

  /* the name may have come back since, as another source */
  return entry == NULL || entry->source != row;
}

/**
 * tsm_source_list_flush:
 * @self: a list
 *
 * Shows what was ingested since the last flush: those that made room leave, the new come in one batch, then every
 * changed source is flushed. Emits nothing where nothing was ingested.
 */
void
tsm_source_list_flush (TsmSourceList *self)
{
  guint n_arrived;

  g_return_if_fail (TSM_IS_SOURCE_LIST (self));

  if (self->n_leaving > 0)
    {
      self->n_leaving = 0;
      tsm_model_remove_rows (G_LIST_MODEL (self), self->visible, has_left, self);
    }

  n_arrived = self->arrived->len;
  if (n_arrived > 0)
    {
      g_ptr_array_extend_and_steal (self->visible, g_steal_pointer (&self->arrived));
      self->arrived = g_ptr_array_new_with_free_func (g_object_unref);
      g_list_model_items_changed (G_LIST_MODEL (self), self->visible->len - n_arrived, 0, n_arrived);
    }

  for (guint i = 0; i < self->visible->len; i++)
    tsm_source_flush (g_ptr_array_index (self->visible, i));
}

/**
 * tsm_source_list_update_liveness:
 * @self: a list
 * @now_monotonic: monotonic µs
 *
 * Calls tsm_source_update_liveness() on every source.
 */
void
tsm_source_list_update_liveness (TsmSourceList *self,
                                 gint64         now_monotonic)
{
  g_return_if_fail (TSM_IS_SOURCE_LIST (self));

  for (guint i = 0; i < self->visible->len; i++)
    tsm_source_update_liveness (g_ptr_array_index (self->visible, i), now_monotonic);
}

/**
 * tsm_source_list_mark_gap:
 * @self: a list
 * @now_monotonic: monotonic µs
 *
 * Calls tsm_source_mark_gap() on every source; charts learn of it at the next flush.
 */
void
tsm_source_list_mark_gap (TsmSourceList *self,
                          gint64         now_monotonic)
{
  g_return_if_fail (TSM_IS_SOURCE_LIST (self));

  for (GList *l = self->silence.head; l != NULL; l = l->next)
    tsm_source_mark_gap (((Entry *) l->data)->source, now_monotonic);
}

/**
 * tsm_source_list_lookup:
 * @self: a list
 * @name: as on the wire
 *
 * Returns: (transfer none) (nullable): the source of that name, also before it is shown
 */
TsmSource *
tsm_source_list_lookup (TsmSourceList *self,
                        const char    *name)
{
  Entry *entry;

  g_return_val_if_fail (TSM_IS_SOURCE_LIST (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  entry = g_hash_table_lookup (self->table, name);
  return entry != NULL ? entry->source : NULL;
}

/**
 * tsm_source_list_count:
 * @self: a list
 * @liveness: what to count
 *
 * Returns: the number of sources of that liveness
 */
guint
tsm_source_list_count (TsmSourceList *self,
                       TsmLiveness    liveness)
{
  guint n = 0;

  g_return_val_if_fail (TSM_IS_SOURCE_LIST (self), 0);

  for (GList *l = self->silence.head; l != NULL; l = l->next)
    n += tsm_source_get_liveness (((Entry *) l->data)->source) == liveness;

  return n;
}

/**
 * tsm_source_list_get_n_dropped:
 * @self: a list
 *
 * Returns: how many sources had to make room for others
 */
guint64
tsm_source_list_get_n_dropped (TsmSourceList *self)
{
  g_return_val_if_fail (TSM_IS_SOURCE_LIST (self), 0);

  return self->n_dropped;
}
