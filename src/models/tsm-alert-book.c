/* TsmAlertBook: every alert, once per source and id. A GListModel of TsmAlert in the order of arrival.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-alert-book.h"

#include "models/tsm-alert-private.h"
#include "models/tsm-alert-roster.h"
#include "models/tsm-model-util.h"

/* Resolved alerts leave in pieces of this size, since each piece costs one pass over the list. */
#define SHED_BATCH (TSM_ALERT_BOOK_MAX_RESOLVED / 10)

struct _TsmAlertBook
{
  GObject         parent_instance;

  TsmAlertRoster  roster;   /* of the alerts in `visible` and `arrived`, which own them */
  GPtrArray      *visible;
  GPtrArray      *arrived;  /* alerts that wait for the flush to be seen */
  GPtrArray      *touched;  /* alerts whose notifies wait for the flush */
  GPtrArray      *opened;   /* alerts whose "opened" waits for the flush */
  gboolean        is_changed;
  guint64         n_ever;
};

enum
{
  OPENED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
tsm_alert_book_get_item_type (GListModel *model)
{
  return TSM_TYPE_ALERT;
}

static guint
tsm_alert_book_get_n_items (GListModel *model)
{
  return TSM_ALERT_BOOK (model)->visible->len;
}

static gpointer
tsm_alert_book_get_item (GListModel *model,
                         guint       position)
{
  TsmAlertBook *self = TSM_ALERT_BOOK (model);

  return position < self->visible->len ? g_object_ref (g_ptr_array_index (self->visible, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_alert_book_get_item_type;
  iface->get_n_items = tsm_alert_book_get_n_items;
  iface->get_item = tsm_alert_book_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmAlertBook, tsm_alert_book, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GPtrArray *
new_alerts (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static GPtrArray *
steal_alerts (GPtrArray **alerts)
{
  GPtrArray *stolen = *alerts;

  *alerts = new_alerts ();
  return stolen;
}

static void
tsm_alert_book_dispose (GObject *object)
{
  TsmAlertBook *self = TSM_ALERT_BOOK (object);

  /* somebody else may hold an alert: do not leave its notifies held back for ever */
  for (guint i = 0; i < self->touched->len; i++)
    tsm_alert_flush (g_ptr_array_index (self->touched, i));
  g_ptr_array_set_size (self->touched, 0);

  G_OBJECT_CLASS (tsm_alert_book_parent_class)->dispose (object);
}

static void
tsm_alert_book_finalize (GObject *object)
{
  TsmAlertBook *self = TSM_ALERT_BOOK (object);

  tsm_alert_roster_clear (&self->roster);
  g_ptr_array_unref (self->visible);
  g_ptr_array_unref (self->arrived);
  g_ptr_array_unref (self->touched);
  g_ptr_array_unref (self->opened);

  G_OBJECT_CLASS (tsm_alert_book_parent_class)->finalize (object);
}

static void
tsm_alert_book_class_init (TsmAlertBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsm_alert_book_dispose;
  object_class->finalize = tsm_alert_book_finalize;

  /**
   * TsmAlertBook::opened:
   * @alert: the alert
   *
   * Emitted by tsm_alert_book_flush() for each alert that opened or opened again since the flush before. It may have
   * been acknowledged or resolved since.
   */
  signals[OPENED] =
    g_signal_new ("opened", TSM_TYPE_ALERT_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, TSM_TYPE_ALERT);

  /**
   * TsmAlertBook::changed:
   *
   * Emitted by tsm_alert_book_flush(), last, when anything changed since the flush before.
   */
  signals[CHANGED] =
    g_signal_new ("changed", TSM_TYPE_ALERT_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_alert_book_init (TsmAlertBook *self)
{
  tsm_alert_roster_init (&self->roster);
  self->visible = new_alerts ();
  self->arrived = new_alerts ();
  self->touched = new_alerts ();
  self->opened = new_alerts ();
}

/**
 * tsm_alert_book_new: (constructor)
 *
 * Returns: (transfer full): an empty book
 */
TsmAlertBook *
tsm_alert_book_new (void)
{
  return g_object_new (TSM_TYPE_ALERT_BOOK, NULL);
}

/* Every change of an alert stands between take_out() and put_back(), so that counts and queues stay true. */
static void
take_out (TsmAlertBook *self,
          TsmAlert     *alert)
{
  self->is_changed = TRUE;
  if (tsm_alert_begin_change (alert))
    g_ptr_array_add (self->touched, g_object_ref (alert));

  tsm_alert_roster_take (&self->roster, alert);
}

static void
put_back (TsmAlertBook *self,
          TsmAlert     *alert)
{
  tsm_alert_roster_put (&self->roster, alert);
}

static void
note_opened (TsmAlertBook *self,
             TsmAlert     *alert)
{
  TsmAlertSlot *slot = tsm_alert_get_slot (alert);

  if (slot->has_opened)
    return;

  slot->has_opened = TRUE;
  g_ptr_array_add (self->opened, g_object_ref (alert));
}

static TsmAlert *
add_alert (TsmAlertBook *self,
           const char   *source,
           const char   *id)
{
  TsmAlert *alert = tsm_alert_new (source, id, self->n_ever++);

  g_ptr_array_add (self->arrived, alert);
  return alert;
}

static void
ingest_triggered (TsmAlertBook       *self,
                  TsmEvent           *event,
                  const TsmAlertData *data)
{
  const char *source = tsm_event_get_source (event);
  TsmAlert   *alert = tsm_alert_book_lookup (self, source, data->id);

  if (alert == NULL)
    alert = add_alert (self, source, data->id);

  take_out (self, alert);
  if (tsm_alert_trigger (alert, data, tsm_event_get_time (event)))
    note_opened (self, alert);
  put_back (self, alert);
}

static void
ingest_resolved (TsmAlertBook       *self,
                 TsmEvent           *event,
                 const TsmAlertData *data)
{
  TsmAlert *alert = tsm_alert_book_lookup (self, tsm_event_get_source (event), data->id);
  gint64    when = tsm_event_get_time (event);

  if (alert == NULL)
    {
      self->roster.counts.orphans++;
      self->is_changed = TRUE;
    }
  else if (tsm_alert_get_state (alert) != TSM_ALERT_RESOLVED)
    {
      take_out (self, alert);
      tsm_alert_resolve (alert, data->actor, data->notes, when, TRUE);
      put_back (self, alert);
    }
  else if (tsm_alert_needs_confirming (alert))
    {
      take_out (self, alert);
      tsm_alert_confirm (alert, data->actor, when);
      put_back (self, alert);
    }
}

/**
 * tsm_alert_book_ingest:
 * @self: a book
 * @event: any event; those that are not accepted and not about an alert are ignored
 *
 * Takes over what @event says. Emits nothing: tsm_alert_book_flush() does.
 */
void
tsm_alert_book_ingest (TsmAlertBook *self,
                       TsmEvent     *event)
{
  const TsmAlertData *data;
  TsmEventType        type;

  g_return_if_fail (TSM_IS_ALERT_BOOK (self));
  g_return_if_fail (TSM_IS_EVENT (event));

  type = tsm_event_get_event_type (event);
  if (type != TSM_EVENT_ALERT_TRIGGERED && type != TSM_EVENT_ALERT_RESOLVED)
    return;

  data = tsm_event_get_alert (event);
  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO || data == NULL || data->id == NULL)
    return;

  if (type == TSM_EVENT_ALERT_TRIGGERED)
    ingest_triggered (self, event, data);
  else
    ingest_resolved (self, event, data);
}

static void
show_arrived (TsmAlertBook *self)
{
  guint n = self->arrived->len;

  if (n == 0)
    return;

  g_ptr_array_extend_and_steal (self->visible, steal_alerts (&self->arrived));
  g_list_model_items_changed (G_LIST_MODEL (self), self->visible->len - n, 0, n);
}

static gboolean
was_shed (gpointer row,
          gpointer user_data)
{
  return !tsm_alert_get_slot (row)->is_kept;
}

/* Only after show_arrived(): all that is resolved must stand in the list. */
static void
shed_resolved (TsmAlertBook *self)
{
  if (self->roster.resolved.length < TSM_ALERT_BOOK_MAX_RESOLVED + SHED_BATCH)
    return;

  tsm_alert_roster_shed (&self->roster, TSM_ALERT_BOOK_MAX_RESOLVED);
  tsm_model_remove_rows (G_LIST_MODEL (self), self->visible, was_shed, NULL);
}

static void
emit_opened (TsmAlertBook *self,
             GPtrArray    *opened)
{
  for (guint i = 0; i < opened->len; i++)
    {
      TsmAlert *alert = g_ptr_array_index (opened, i);

      tsm_alert_get_slot (alert)->has_opened = FALSE;
      g_signal_emit (self, signals[OPENED], 0, alert);
    }
}

/**
 * tsm_alert_book_flush:
 * @self: a book
 *
 * Tells watchers what changed since the last flush: the notifies of the alerts, the new alerts in one batch,
 * #TsmAlertBook::opened, then #TsmAlertBook::changed. Emits nothing where nothing changed. A handler may change the book;
 * that shows at the next flush.
 */
void
tsm_alert_book_flush (TsmAlertBook *self)
{
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (GPtrArray) opened = NULL;

  g_return_if_fail (TSM_IS_ALERT_BOOK (self));

  if (!self->is_changed)
    return;

  self->is_changed = FALSE;
  touched = steal_alerts (&self->touched);
  opened = steal_alerts (&self->opened);

  for (guint i = 0; i < touched->len; i++)
    tsm_alert_flush (g_ptr_array_index (touched, i));

  show_arrived (self);
  shed_resolved (self);
  emit_opened (self, opened);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * tsm_alert_book_lookup:
 * @self: a book
 * @source: who publishes the alert
 * @id: its id
 *
 * Returns: (transfer none) (nullable): the alert, also before it is shown
 */
TsmAlert *
tsm_alert_book_lookup (TsmAlertBook *self,
                       const char   *source,
                       const char   *id)
{
  g_return_val_if_fail (TSM_IS_ALERT_BOOK (self), NULL);
  g_return_val_if_fail (source != NULL && id != NULL, NULL);

  return tsm_alert_roster_lookup (&self->roster, source, id);
}

/**
 * tsm_alert_book_acknowledge:
 * @self: a book
 * @alert: an alert of it
 * @who: (nullable): who acknowledges
 * @note: (nullable): a note
 * @when: µs since the epoch
 *
 * Returns: %FALSE where @alert is not open
 */
gboolean
tsm_alert_book_acknowledge (TsmAlertBook *self,
                            TsmAlert     *alert,
                            const char   *who,
                            const char   *note,
                            gint64        when)
{
  g_return_val_if_fail (TSM_IS_ALERT_BOOK (self), FALSE);
  g_return_val_if_fail (TSM_IS_ALERT (alert), FALSE);

  if (tsm_alert_get_state (alert) != TSM_ALERT_OPEN)
    return FALSE;

  take_out (self, alert);
  tsm_alert_acknowledge (alert, who, note, when);
  put_back (self, alert);
  return TRUE;
}

/**
 * tsm_alert_book_resolve:
 * @self: a book
 * @alert: an alert of it
 * @who: (nullable): who resolves
 * @note: (nullable): a note
 * @when: µs since the epoch
 *
 * Returns: %FALSE where @alert is resolved already
 */
gboolean
tsm_alert_book_resolve (TsmAlertBook *self,
                        TsmAlert     *alert,
                        const char   *who,
                        const char   *note,
                        gint64        when)
{
  g_return_val_if_fail (TSM_IS_ALERT_BOOK (self), FALSE);
  g_return_val_if_fail (TSM_IS_ALERT (alert), FALSE);

  if (tsm_alert_get_state (alert) == TSM_ALERT_RESOLVED)
    return FALSE;

  take_out (self, alert);
  tsm_alert_resolve (alert, who, note, when, FALSE);
  put_back (self, alert);
  return TRUE;
}

/**
 * tsm_alert_book_add_delivery:
 * @self: a book
 * @alert: an alert of it
 * @text: translated: what became of a command, e.g. "Delivered to 1 engine"
 * @when: µs since the epoch
 *
 * Adds a line to the timeline; it shows at the next flush. Does nothing where @alert has left the book since.
 */
void
tsm_alert_book_add_delivery (TsmAlertBook *self,
                             TsmAlert     *alert,
                             const char   *text,
                             gint64        when)
{
  g_return_if_fail (TSM_IS_ALERT_BOOK (self));
  g_return_if_fail (TSM_IS_ALERT (alert));
  g_return_if_fail (text != NULL);

  if (!tsm_alert_get_slot (alert)->is_kept)
    return;

  take_out (self, alert);
  tsm_alert_add_delivery (alert, text, when);
  put_back (self, alert);
}

/**
 * tsm_alert_book_get_counts:
 * @self: a book
 * @counts: (out): how many alerts there are in which state
 */
void
tsm_alert_book_get_counts (TsmAlertBook   *self,
                           TsmAlertCounts *counts)
{
  g_return_if_fail (TSM_IS_ALERT_BOOK (self));
  g_return_if_fail (counts != NULL);

  *counts = self->roster.counts;
}

/**
 * tsm_alert_book_dup_worst:
 * @self: a book
 * @source: (nullable): the source to look at, %NULL for any
 * @n: how many at most
 *
 * Finds the alerts that want attention, in the order of tsm_alert_compare().
 *
 * Returns: (transfer container): open or acknowledged alerts, worst first
 */
GPtrArray *
tsm_alert_book_dup_worst (TsmAlertBook *self,
                          const char   *source,
                          guint         n)
{
  g_return_val_if_fail (TSM_IS_ALERT_BOOK (self), NULL);

  return tsm_alert_roster_dup_worst (&self->roster, source, n);
}
