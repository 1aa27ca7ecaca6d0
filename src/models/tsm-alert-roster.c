/* TsmAlertRoster: which alerts there are: found by key, queued and counted by state.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-alert-roster.h"

static guint
key_hash (gconstpointer data)
{
  const TsmAlertKey *key = data;

  return g_str_hash (key->source) * 31 + g_str_hash (key->id);
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const TsmAlertKey *left = a;
  const TsmAlertKey *right = b;

  return g_str_equal (left->id, right->id) && g_str_equal (left->source, right->source);
}

/**
 * tsm_alert_roster_init: (skip)
 * @self: (out): a roster without an alert
 */
void
tsm_alert_roster_init (TsmAlertRoster *self)
{
  *self = (TsmAlertRoster) { .table = g_hash_table_new (key_hash, key_equal) };
}

/**
 * tsm_alert_roster_clear: (skip)
 * @self: a roster, while its alerts still live
 */
void
tsm_alert_roster_clear (TsmAlertRoster *self)
{
  g_clear_pointer (&self->table, g_hash_table_unref);
}

TsmAlert *
tsm_alert_roster_lookup (TsmAlertRoster *self,
                         const char     *source,
                         const char     *id)
{
  return g_hash_table_lookup (self->table, &(TsmAlertKey) { source, id });
}

static GQueue *
get_queue (TsmAlertRoster *self,
           TsmAlert       *alert)
{
  return tsm_alert_get_state (alert) == TSM_ALERT_RESOLVED ? &self->resolved : &self->active;
}

static void
count (TsmAlertRoster *self,
       TsmAlert       *alert,
       int             step)
{
  switch (tsm_alert_get_state (alert))
    {
    case TSM_ALERT_OPEN:
      self->counts.open[tsm_alert_get_severity (alert)] += step;
      self->counts.n_open += step;
      break;
    case TSM_ALERT_ACKNOWLEDGED:
      self->counts.acknowledged += step;
      break;
    case TSM_ALERT_RESOLVED:
    default:
      self->counts.resolved += step;
      break;
    }
}

/**
 * tsm_alert_roster_put: (skip)
 * @self: a roster
 * @alert: an alert that it does not have
 *
 * Enters @alert by its present state and severity.
 */
void
tsm_alert_roster_put (TsmAlertRoster *self,
                      TsmAlert       *alert)
{
  TsmAlertSlot *slot = tsm_alert_get_slot (alert);

  if (!slot->is_kept)
    g_hash_table_insert (self->table, (TsmAlertKey *) tsm_alert_get_key (alert), alert);

  slot->is_kept = TRUE;
  count (self, alert, +1);
  g_queue_push_tail_link (get_queue (self, alert), &slot->link);
}

/**
 * tsm_alert_roster_take: (skip)
 * @self: a roster
 * @alert: an alert that is about to change
 *
 * Takes @alert out of the queue and the count of its state. It can still be looked up; tsm_alert_roster_put() must
 * follow. Does nothing where @alert was never put.
 */
void
tsm_alert_roster_take (TsmAlertRoster *self,
                       TsmAlert       *alert)
{
  TsmAlertSlot *slot = tsm_alert_get_slot (alert);

  if (!slot->is_kept)
    return;

  count (self, alert, -1);
  g_queue_unlink (get_queue (self, alert), &slot->link);
}

/**
 * tsm_alert_roster_shed: (skip)
 * @self: a roster
 * @n_resolved: how many resolved alerts may stay
 *
 * Forgets the alerts that were resolved the longest ago.
 */
void
tsm_alert_roster_shed (TsmAlertRoster *self,
                       guint           n_resolved)
{
  while (self->resolved.length > n_resolved)
    {
      TsmAlert *alert = g_queue_pop_head_link (&self->resolved)->data;

      tsm_alert_get_slot (alert)->is_kept = FALSE;
      count (self, alert, -1);
      g_hash_table_remove (self->table, tsm_alert_get_key (alert));
    }
}

/* Keeps @worst in order and not longer than @n. Most alerts fail the first comparison. */
static void
consider (GPtrArray *worst,
          TsmAlert  *alert,
          guint      n)
{
  guint low = 0;
  guint high = worst->len;

  if (high == n)
    {
      if (tsm_alert_compare (alert, g_ptr_array_index (worst, n - 1)) > 0)
        return;
      g_ptr_array_set_size (worst, --high);
    }

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (tsm_alert_compare (alert, g_ptr_array_index (worst, middle)) < 0)
        high = middle;
      else
        low = middle + 1;
    }

  g_ptr_array_insert (worst, low, alert);
}

/**
 * tsm_alert_roster_dup_worst: (skip)
 * @self: a roster
 * @source: (nullable): the source to look at, %NULL for any
 * @n: how many at most
 *
 * Returns: (transfer container): active alerts in the order of tsm_alert_compare()
 */
GPtrArray *
tsm_alert_roster_dup_worst (TsmAlertRoster *self,
                            const char     *source,
                            guint           n)
{
  GPtrArray *worst = g_ptr_array_new ();

  for (GList *l = self->active.head; l != NULL && n > 0; l = l->next)
    if (source == NULL || g_str_equal (tsm_alert_get_source (l->data), source))
      consider (worst, l->data, n);

  return worst;
}
