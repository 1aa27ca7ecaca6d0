/* TsmAlertTimeline: the lines of one alert, oldest first; a GListModel whose new lines wait for the flush.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models/tsm-alert-private.h"

struct _TsmAlertTimeline
{
  GObject    parent_instance;

  GPtrArray *visible;
  GPtrArray *arrived; /* (nullable): lines that no watcher knows yet */
};

static GType
tsm_alert_timeline_get_item_type (GListModel *model)
{
  return TSM_TYPE_ALERT_ENTRY;
}

static guint
tsm_alert_timeline_get_n_items (GListModel *model)
{
  return TSM_ALERT_TIMELINE (model)->visible->len;
}

static gpointer
tsm_alert_timeline_get_item (GListModel *model,
                             guint       position)
{
  TsmAlertTimeline *self = TSM_ALERT_TIMELINE (model);

  return position < self->visible->len ? g_object_ref (g_ptr_array_index (self->visible, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = tsm_alert_timeline_get_item_type;
  iface->get_n_items = tsm_alert_timeline_get_n_items;
  iface->get_item = tsm_alert_timeline_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TsmAlertTimeline, tsm_alert_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tsm_alert_timeline_finalize (GObject *object)
{
  TsmAlertTimeline *self = TSM_ALERT_TIMELINE (object);

  g_ptr_array_unref (self->visible);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);

  G_OBJECT_CLASS (tsm_alert_timeline_parent_class)->finalize (object);
}

static void
tsm_alert_timeline_class_init (TsmAlertTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_alert_timeline_finalize;
}

static void
tsm_alert_timeline_init (TsmAlertTimeline *self)
{
  self->visible = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tsm_alert_timeline_new: (constructor)
 *
 * Returns: (transfer full): a timeline without a line
 */
TsmAlertTimeline *
tsm_alert_timeline_new (void)
{
  return g_object_new (TSM_TYPE_ALERT_TIMELINE, NULL);
}

static gboolean
is_repeat (GPtrArray *lines,
           guint      position)
{
  return tsm_alert_entry_get_kind (g_ptr_array_index (lines, position)) == TSM_ALERT_ENTRY_REPEATED;
}

/* Finds lines to do without: the first run of at most @wanted repeats; where there is no repeat, the oldest lines after
 * the very first. */
static guint
find_spare (GPtrArray *lines,
            guint      wanted,
            guint     *start)
{
  guint end;

  for (*start = 0; *start < lines->len && !is_repeat (lines, *start); (*start)++)
    ;

  if (*start == lines->len)
    {
      *start = MIN (1, lines->len);
      return MIN (wanted, lines->len - *start);
    }

  for (end = *start; end < lines->len && end - *start < wanted && is_repeat (lines, end); end++)
    ;

  return end - *start;
}

/**
 * tsm_alert_timeline_add: (skip)
 * @self: a timeline
 * @entry: (transfer full): a new line
 *
 * Adds a line, which shows at the next flush. The lines that wait are bounded as those that show are.
 */
void
tsm_alert_timeline_add (TsmAlertTimeline *self,
                        TsmAlertEntry    *entry)
{
  guint start;

  if (self->arrived == NULL)
    self->arrived = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->arrived->len >= TSM_ALERT_MAX_TIMELINE && find_spare (self->arrived, 1, &start) == 1)
    g_ptr_array_remove_index (self->arrived, start);

  g_ptr_array_add (self->arrived, entry);
}

/* Repeats that show are older than those that wait, so they go first. */
static void
make_room (TsmAlertTimeline *self)
{
  while (self->visible->len > 0 && self->visible->len + self->arrived->len > TSM_ALERT_MAX_TIMELINE)
    {
      guint wanted = self->visible->len + self->arrived->len - TSM_ALERT_MAX_TIMELINE;
      guint start;
      guint n = find_spare (self->visible, wanted, &start);

      if (n == 0)
        break;

      g_ptr_array_remove_range (self->visible, start, n);
      g_list_model_items_changed (G_LIST_MODEL (self), start, n, 0);
    }

  while (self->visible->len + self->arrived->len > TSM_ALERT_MAX_TIMELINE)
    g_ptr_array_remove_index (self->arrived, 0);
}

/**
 * tsm_alert_timeline_flush: (skip)
 * @self: a timeline
 *
 * Shows the lines that wait, in one batch, after the lines that make room for them have left.
 */
void
tsm_alert_timeline_flush (TsmAlertTimeline *self)
{
  guint n;

  if (self->arrived == NULL)
    return;

  make_room (self);

  n = self->arrived->len;
  g_ptr_array_extend_and_steal (self->visible, g_steal_pointer (&self->arrived));
  g_list_model_items_changed (G_LIST_MODEL (self), self->visible->len - n, 0, n);
}
