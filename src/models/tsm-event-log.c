/* TsmEventLog: the last events, a GListModel of TsmEvent, oldest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-event-log.h"

/* Part of the capacity, and of the bytes, that comes on top before a trim. */
#define SLACK(limit) ((limit) / 10)
/* Events that are freed with each that comes, and with each flush. A thousand at once would take several milliseconds. */
#define FREED_BY_APPEND 2
#define FREED_BY_FLUSH  200

/* Events and the sum of their raw bytes. */
typedef struct
{
  GPtrArray *events; /* oldest first */
  gsize      bytes;
} Batch;

struct _TsmEventLog
{
  GObject   parent_instance;

  guint     capacity;
  Batch     visible;
  Batch     pending;    /* the newest of those that wait for the flush */
  GPtrArray *dropped;   /* those that have left both, until they are freed */
  guint64   n_pending;  /* all that wait, also those that will never show */
  guint64   n_notified; /* n_pending as watchers know it */
  guint64   n_total;
  gboolean  is_frozen;
};

enum
{
  PROP_FROZEN = 1,
  PROP_N_PENDING,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static GType
tsm_event_log_get_item_type (GListModel *model)
{
  return TSM_TYPE_EVENT;
}

static guint
tsm_event_log_get_n_items (GListModel *model)
{
  return TSM_EVENT_LOG (model)->visible.events->len;
}

static gpointer
tsm_event_log_get_item (GListModel *model,
                        guint       position)
{
  GPtrArray *events = TSM_EVENT_LOG (model)->visible.events;

  return position < events->len ? g_object_ref (g_ptr_array_index (events, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_event_log_get_item_type;
  iface->get_n_items = tsm_event_log_get_n_items;
  iface->get_item = tsm_event_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmEventLog, tsm_event_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gsize
get_bytes (TsmEvent *event)
{
  GBytes *raw = tsm_event_get_raw (event);

  return raw != NULL ? g_bytes_get_size (raw) : 0;
}

static void
batch_add (Batch    *self,
           TsmEvent *event)
{
  g_ptr_array_add (self->events, g_object_ref (event));
  self->bytes += get_bytes (event);
}

static void
batch_drop_oldest (Batch     *self,
                   guint      n,
                   GPtrArray *dropped)
{
  for (guint i = 0; i < n; i++)
    {
      TsmEvent *event = g_ptr_array_index (self->events, i);

      self->bytes -= get_bytes (event);
      g_ptr_array_add (dropped, g_object_ref (event));
    }

  if (n > 0)
    g_ptr_array_remove_range (self->events, 0, n);
}

static gboolean
batch_is_over (const Batch *self,
               guint        capacity)
{
  return self->events->len > capacity + SLACK (capacity) ||
         self->bytes > TSM_EVENT_LOG_MAX_BYTES + SLACK (TSM_EVENT_LOG_MAX_BYTES);
}

/* How many of the oldest must go for the rest and @more to stay within the limits. */
static guint
batch_count_excess (const Batch *self,
                    guint        capacity,
                    const Batch *more)
{
  guint n_more = more != NULL ? more->events->len : 0;
  gsize bytes = self->bytes + (more != NULL ? more->bytes : 0);
  guint n = 0;

  while (n < self->events->len && (self->events->len - n + n_more > capacity || bytes > TSM_EVENT_LOG_MAX_BYTES))
    bytes -= get_bytes (g_ptr_array_index (self->events, n++));

  return n;
}

static void
batch_trim (Batch     *self,
            guint      capacity,
            GPtrArray *dropped)
{
  batch_drop_oldest (self, batch_count_excess (self, capacity, NULL), dropped);
}

/* Never more than the log holds: who appends nothing else frees nothing. */
static void
free_some (TsmEventLog *self,
           guint        n)
{
  guint length = self->dropped->len;

  g_ptr_array_set_size (self->dropped, (int) MIN (length - MIN (n, length), self->capacity));
}

static void
tsm_event_log_finalize (GObject *object)
{
  TsmEventLog *self = TSM_EVENT_LOG (object);

  g_ptr_array_unref (self->visible.events);
  g_ptr_array_unref (self->pending.events);
  g_ptr_array_unref (self->dropped);

  G_OBJECT_CLASS (tsm_event_log_parent_class)->finalize (object);
}

static void
tsm_event_log_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TsmEventLog *self = TSM_EVENT_LOG (object);

  switch (prop_id)
    {
    case PROP_FROZEN:
      g_value_set_boolean (value, self->is_frozen);
      break;
    case PROP_N_PENDING:
      g_value_set_uint64 (value, self->n_pending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_event_log_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TsmEventLog *self = TSM_EVENT_LOG (object);

  switch (prop_id)
    {
    case PROP_FROZEN:
      tsm_event_log_set_frozen (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_event_log_class_init (TsmEventLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = tsm_event_log_finalize;
  object_class->get_property = tsm_event_log_get_property;
  object_class->set_property = tsm_event_log_set_property;

  properties[PROP_FROZEN] = g_param_spec_boolean ("frozen", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_N_PENDING] =
    g_param_spec_uint64 ("n-pending", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tsm_event_log_init (TsmEventLog *self)
{
  self->visible.events = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending.events = g_ptr_array_new_with_free_func (g_object_unref);
  self->dropped = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tsm_event_log_new: (constructor)
 * @capacity: events shown, at least 1; %TSM_EVENT_LOG_CAPACITY is usual
 *
 * Returns: (transfer full): an empty log
 */
TsmEventLog *
tsm_event_log_new (guint capacity)
{
  TsmEventLog *self;

  g_return_val_if_fail (capacity > 0, NULL);

  self = g_object_new (TSM_TYPE_EVENT_LOG, NULL);
  self->capacity = capacity;
  return self;
}

/**
 * tsm_event_log_append:
 * @self: a log
 * @event: any event, rejected ones too
 *
 * Adds an event, which shows at the next flush. Where more wait than can ever be shown the oldest of them are let go, but
 * still counted.
 */
void
tsm_event_log_append (TsmEventLog *self,
                      TsmEvent    *event)
{
  g_return_if_fail (TSM_IS_EVENT_LOG (self));
  g_return_if_fail (TSM_IS_EVENT (event));

  batch_add (&self->pending, event);
  self->n_pending++;
  self->n_total++;

  if (batch_is_over (&self->pending, self->capacity))
    batch_trim (&self->pending, self->capacity, self->dropped);
  free_some (self, FREED_BY_APPEND);
}

static void
notify_n_pending (TsmEventLog *self)
{
  if (self->n_pending == self->n_notified)
    return;

  self->n_notified = self->n_pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

/* How many of the visible go when the pending are shown: none, or a large piece, so that a list view is told seldom. */
static guint
count_leaving (TsmEventLog *self)
{
  Batch sum = { self->visible.events, self->visible.bytes + self->pending.bytes };
  guint n = self->visible.events->len + self->pending.events->len;

  if (n <= self->capacity + SLACK (self->capacity) && !batch_is_over (&sum, self->capacity))
    return 0;
  return batch_count_excess (&self->visible, self->capacity, &self->pending);
}

static void
make_room (TsmEventLog *self)
{
  guint n = count_leaving (self);

  if (n == 0)
    return;

  batch_drop_oldest (&self->visible, n, self->dropped);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static void
show_pending (TsmEventLog *self)
{
  guint n;

  batch_trim (&self->pending, self->capacity, self->dropped);
  make_room (self);

  n = self->pending.events->len;
  g_ptr_array_extend_and_steal (self->visible.events, g_steal_pointer (&self->pending.events));
  self->visible.bytes += self->pending.bytes;
  self->pending = (Batch) { g_ptr_array_new_with_free_func (g_object_unref), 0 };
  self->n_pending = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), self->visible.events->len - n, 0, n);
}

/**
 * tsm_event_log_flush:
 * @self: a log
 *
 * Shows what was appended since the last flush in one batch, unless the log is frozen; then only
 * #TsmEventLog:n-pending is notified. Emits nothing where nothing was appended.
 */
void
tsm_event_log_flush (TsmEventLog *self)
{
  g_return_if_fail (TSM_IS_EVENT_LOG (self));

  if (!self->is_frozen && self->pending.events->len > 0)
    show_pending (self);

  free_some (self, FREED_BY_FLUSH);
  notify_n_pending (self);
}

/**
 * tsm_event_log_get_frozen:
 * @self: a log
 *
 * Returns: whether new events wait
 */
gboolean
tsm_event_log_get_frozen (TsmEventLog *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_LOG (self), FALSE);

  return self->is_frozen;
}

/**
 * tsm_event_log_set_frozen:
 * @self: a log
 * @frozen: whether new events should wait
 *
 * Holds the list as it is, for somebody who reads, or shows what waited.
 */
void
tsm_event_log_set_frozen (TsmEventLog *self,
                          gboolean     frozen)
{
  g_return_if_fail (TSM_IS_EVENT_LOG (self));

  frozen = !!frozen;
  if (self->is_frozen == frozen)
    return;

  self->is_frozen = frozen;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FROZEN]);

  if (!frozen)
    tsm_event_log_flush (self);
}

/**
 * tsm_event_log_get_n_pending:
 * @self: a log
 *
 * Returns: how many events were appended and are not seen yet; some may be too many to ever be shown
 */
guint64
tsm_event_log_get_n_pending (TsmEventLog *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_LOG (self), 0);

  return self->n_pending;
}

/**
 * tsm_event_log_get_n_total:
 * @self: a log
 *
 * Returns: how many events were ever appended
 */
guint64
tsm_event_log_get_n_total (TsmEventLog *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_LOG (self), 0);

  return self->n_total;
}

/**
 * tsm_event_log_get_n_kept:
 * @self: a log
 *
 * Returns: how many events the log shows, or would show were it not frozen; the others that were ever appended are gone
 */
guint
tsm_event_log_get_n_kept (TsmEventLog *self)
{
  guint n_shown, n_waiting;

  g_return_val_if_fail (TSM_IS_EVENT_LOG (self), 0);

  n_shown = self->visible.events->len - count_leaving (self);
  n_waiting = self->pending.events->len - batch_count_excess (&self->pending, self->capacity, NULL);
  return n_shown + n_waiting;
}
