/* The cheap tests come first. With nothing asked for the filter says so, and no event is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-filter.h"

#include "ui/tsm-event-text.h"

struct _TsmEventFilter
{
  GtkFilter     parent_instance;

  char         *text; /* folded; "" for any */
  char         *source;
  TsmEventShow  show;
};

G_DEFINE_FINAL_TYPE (TsmEventFilter, tsm_event_filter, GTK_TYPE_FILTER)

static const TsmEventType types[] = {
  [TSM_EVENT_SHOW_METRIC_UPDATE] = TSM_EVENT_METRIC_UPDATE,
  [TSM_EVENT_SHOW_ALERT_TRIGGERED] = TSM_EVENT_ALERT_TRIGGERED,
  [TSM_EVENT_SHOW_ALERT_RESOLVED] = TSM_EVENT_ALERT_RESOLVED,
  [TSM_EVENT_SHOW_HEALTH_CHECK] = TSM_EVENT_HEALTH_CHECK,
  [TSM_EVENT_SHOW_SYSTEM_STATUS] = TSM_EVENT_SYSTEM_STATUS,
  [TSM_EVENT_SHOW_JOB] = TSM_EVENT_JOB,
  [TSM_EVENT_SHOW_ERROR] = TSM_EVENT_ERROR,
  [TSM_EVENT_SHOW_UNKNOWN] = TSM_EVENT_UNKNOWN,
};

static gboolean
is_shown (TsmEventFilter *self,
          TsmEvent       *event)
{
  if (self->show == TSM_EVENT_SHOW_ALL)
    return TRUE;
  if (self->show == TSM_EVENT_SHOW_REJECTED)
    return tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO;

  return tsm_event_get_event_type (event) == types[self->show];
}

static gboolean
has_text (TsmEventFilter *self,
          TsmEvent       *event)
{
  g_autofree char *summary = NULL;

  if (*self->text == '\0'
      || tsm_event_text_contains (tsm_event_get_type_name (event), self->text)
      || tsm_event_text_contains (tsm_event_get_source (event), self->text)
      || tsm_event_text_contains (tsm_event_get_channel (event), self->text))
    return TRUE;
  summary = tsm_event_dup_summary (event);

  return tsm_event_text_contains (summary, self->text);
}

static gboolean
tsm_event_filter_match (GtkFilter *filter,
                        gpointer   item)
{
  TsmEventFilter *self = TSM_EVENT_FILTER (filter);
  TsmEvent *event = item;

  return is_shown (self, event)
         && (self->source == NULL || g_strcmp0 (self->source, tsm_event_get_source (event)) == 0)
         && has_text (self, event);
}

static GtkFilterMatch
tsm_event_filter_get_strictness (GtkFilter *filter)
{
  TsmEventFilter *self = TSM_EVENT_FILTER (filter);

  return self->source == NULL && tsm_event_filter_is_default (self) ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
tsm_event_filter_finalize (GObject *object)
{
  TsmEventFilter *self = TSM_EVENT_FILTER (object);

  g_free (self->text);
  g_free (self->source);

  G_OBJECT_CLASS (tsm_event_filter_parent_class)->finalize (object);
}

static void
tsm_event_filter_class_init (TsmEventFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_event_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = tsm_event_filter_match;
  GTK_FILTER_CLASS (klass)->get_strictness = tsm_event_filter_get_strictness;
}

static void
tsm_event_filter_init (TsmEventFilter *self)
{
  self->text = g_strdup ("");
}

/**
 * tsm_event_filter_new:
 *
 * Returns: (transfer full): a filter that passes every event
 */
TsmEventFilter *
tsm_event_filter_new (void)
{
  return g_object_new (TSM_TYPE_EVENT_FILTER, NULL);
}

/**
 * tsm_event_filter_set_text:
 * @self: a filter
 * @text: looked for in type, source, channel and summary, in any case; "" for any
 */
void
tsm_event_filter_set_text (TsmEventFilter *self,
                           const char     *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (TSM_IS_EVENT_FILTER (self));

  folded = tsm_event_text_fold (text);
  if (g_strcmp0 (folded, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_event_filter_set_show:
 * @self: a filter
 * @show: which events pass
 */
void
tsm_event_filter_set_show (TsmEventFilter *self,
                           TsmEventShow    show)
{
  g_return_if_fail (TSM_IS_EVENT_FILTER (self));
  g_return_if_fail (show <= TSM_EVENT_SHOW_REJECTED);

  if (self->show == show)
    return;
  self->show = show;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_event_filter_set_source:
 * @self: a filter
 * @source: (nullable): the only source that passes, "" for the unnamed one; NULL for any
 */
void
tsm_event_filter_set_source (TsmEventFilter *self,
                             const char     *source)
{
  g_return_if_fail (TSM_IS_EVENT_FILTER (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_event_filter_is_default:
 * @self: a filter
 *
 * Returns: whether neither a text nor a type is asked for
 */
gboolean
tsm_event_filter_is_default (TsmEventFilter *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_FILTER (self), FALSE);

  return *self->text == '\0' && self->show == TSM_EVENT_SHOW_ALL;
}
