/* Alerts change in place, so the filter and the order are run again by hand, and only where it matters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-list.h"

/* FNV-1a, 64 bit; http://www.isthe.com/chongo/tech/comp/fnv/ */
#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define HASH_PRIME G_GUINT64_CONSTANT (0x100000001b3)

struct _TsmAlertList
{
  TsmAlertBook       *book;
  TsmAlertFilter     *filter;
  GtkSorter          *sorter;
  GtkFilterListModel *filtered;
  GtkSelectionModel  *selection;
  guint64             signature; /* of what filter and order hang on, when they were last run */
};

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  return tsm_alert_compare ((TsmAlert *) a, (TsmAlert *) b);
}

/**
 * tsm_alert_list_new:
 *
 * Returns: (transfer full): a list over no book
 */
TsmAlertList *
tsm_alert_list_new (void)
{
  TsmAlertList *self = g_new0 (TsmAlertList, 1);
  GtkSortListModel *sorted;

  self->filter = tsm_alert_filter_new ();
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, NULL, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), g_object_ref (self->sorter));
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (sorted)));

  return self;
}

static void
let_go_of_book (TsmAlertList *self)
{
  if (self->book != NULL)
    g_signal_handlers_disconnect_by_data (self->book, self);
  g_clear_object (&self->book);
}

/**
 * tsm_alert_list_free:
 * @self: (transfer full): a list
 */
void
tsm_alert_list_free (TsmAlertList *self)
{
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->sorter);
  g_clear_object (&self->filter);
  let_go_of_book (self);
  g_free (self);
}

static guint64
mix (guint64 hash,
     guint64 value)
{
  return (hash ^ value) * HASH_PRIME;
}

/* Of the first @n. Ten thousand alerts take well under a millisecond; sorting them anew takes ten. */
static guint64
compute_signature (GListModel *book,
                   guint       n)
{
  guint64 hash = HASH_START;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmAlert) alert = g_list_model_get_item (book, i);

      hash = mix (hash, (guint64) tsm_alert_get_state (alert) << 8 | tsm_alert_get_severity (alert));
      hash = mix (hash, (guint64) tsm_alert_get_triggered_at (alert));
      hash = mix (hash, (guint64) (guintptr) tsm_alert_get_message (alert));
    }

  return hash;
}

static guint64
sign (TsmAlertBook *book)
{
  return book != NULL ? compute_signature (G_LIST_MODEL (book), g_list_model_get_n_items (G_LIST_MODEL (book))) : 0;
}

/* Before GTK merges new alerts into those that it has sorted: these may have changed since, and then they are in no order at all. */
static void
items_changed_cb (TsmAlertList *self,
                  guint         position,
                  guint         removed,
                  guint         added,
                  GListModel   *book)
{
  if (added > 0 && compute_signature (book, position) != self->signature)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_list_set_book:
 * @self: a list
 * @book: (nullable): whose alerts it holds
 */
void
tsm_alert_list_set_book (TsmAlertList *self,
                         TsmAlertBook *book)
{
  if (book == self->book)
    return;

  gtk_filter_list_model_set_model (self->filtered, NULL);
  let_go_of_book (self);
  self->signature = sign (book);
  if (book != NULL)
    {
      self->book = g_object_ref (book);
      g_signal_connect_swapped (book, "items-changed", G_CALLBACK (items_changed_cb), self); /* ahead of the filter */
    }
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (book));
}

/**
 * tsm_alert_list_get_filter:
 * @self: a list
 *
 * Returns: (transfer none): its filter, to be changed at will
 */
TsmAlertFilter *
tsm_alert_list_get_filter (TsmAlertList *self)
{
  return self->filter;
}

/**
 * tsm_alert_list_get_selection:
 * @self: a list
 *
 * Returns: (transfer none): the model for a view
 */
GtkSelectionModel *
tsm_alert_list_get_selection (TsmAlertList *self)
{
  return self->selection;
}

/**
 * tsm_alert_list_get_n_shown:
 * @self: a list
 *
 * Returns: how many alerts pass the filter
 */
guint
tsm_alert_list_get_n_shown (TsmAlertList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

/**
 * tsm_alert_list_update:
 * @self: a list
 *
 * Filters and sorts anew where a state, a severity, a time or a message changed since the last time.
 */
void
tsm_alert_list_update (TsmAlertList *self)
{
  guint64 signature = sign (self->book);

  if (signature == self->signature)
    return;
  self->signature = signature;
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT); /* first, as what the filter lets in is merged in order */
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_list_dup_targets:
 * @self: a list
 * @state: the last state that counts
 * @other: (nullable): the alert that stands in where no selected one counts, such as one that left the filtered list
 *
 * Returns: (transfer full) (element-type TsmAlert): what an order is meant for, in the list's order
 */
GPtrArray *
tsm_alert_list_dup_targets (TsmAlertList  *self,
                            TsmAlertState  state,
                            TsmAlert      *other)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, bits, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (TsmAlert) alert = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (tsm_alert_get_state (alert) <= state)
        g_ptr_array_add (alerts, g_steal_pointer (&alert));
    }
  if (alerts->len == 0 && other != NULL && tsm_alert_get_state (other) <= state)
    g_ptr_array_add (alerts, g_object_ref (other));

  return alerts;
}
