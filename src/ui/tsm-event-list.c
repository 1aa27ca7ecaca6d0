/* An event never changes, so the filter sees each one once; ten thousand are filtered piece by piece, between two frames.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-list.h"

struct _TsmEventList
{
  TsmEventFilter     *filter;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
};

/**
 * tsm_event_list_new:
 *
 * Returns: (transfer full): a list over no log, in which nothing is selected until the user does so
 */
TsmEventList *
tsm_event_list_new (void)
{
  TsmEventList *self = g_new0 (TsmEventList, 1);

  self->filter = tsm_event_filter_new ();
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->filtered));
  return self;
}

/**
 * tsm_event_list_free:
 * @self: (transfer full): a list
 */
void
tsm_event_list_free (TsmEventList *self)
{
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_free (self);
}

/**
 * tsm_event_list_set_log:
 * @self: a list
 * @log: (nullable): whose events it holds
 */
void
tsm_event_list_set_log (TsmEventList *self,
                        TsmEventLog  *log)
{
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (log));
}

/**
 * tsm_event_list_get_filter:
 * @self: a list
 *
 * Returns: (transfer none): its filter, to be changed at will
 */
TsmEventFilter *
tsm_event_list_get_filter (TsmEventList *self)
{
  return self->filter;
}

/**
 * tsm_event_list_get_rows:
 * @self: a list
 *
 * Returns: (transfer none): those that pass the filter, as far as it has come: see #GtkFilterListModel:pending
 */
GtkFilterListModel *
tsm_event_list_get_rows (TsmEventList *self)
{
  return self->filtered;
}

GtkSingleSelection *
tsm_event_list_get_selection (TsmEventList *self)
{
  return self->selection;
}

guint
tsm_event_list_get_n_shown (TsmEventList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}
