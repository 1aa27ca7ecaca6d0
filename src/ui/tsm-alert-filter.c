/* The cheap tests come first: text is looked for only in alerts that pass the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-filter.h"

#include "ui/tsm-event-text.h"

struct _TsmAlertFilter
{
  GtkFilter     parent_instance;

  char         *text; /* folded; "" for any */
  char         *source;
  TsmAlertShow  show;
  TsmSeverity   min_severity;
};

G_DEFINE_FINAL_TYPE (TsmAlertFilter, tsm_alert_filter, GTK_TYPE_FILTER)

/* Bit N stands for the TsmAlertState N. */
static const guint states_shown[] = {
  [TSM_ALERT_SHOW_UNRESOLVED] = 1 << TSM_ALERT_OPEN | 1 << TSM_ALERT_ACKNOWLEDGED,
  [TSM_ALERT_SHOW_OPEN] = 1 << TSM_ALERT_OPEN,
  [TSM_ALERT_SHOW_ACKNOWLEDGED] = 1 << TSM_ALERT_ACKNOWLEDGED,
  [TSM_ALERT_SHOW_RESOLVED] = 1 << TSM_ALERT_RESOLVED,
  [TSM_ALERT_SHOW_ALL] = 1 << TSM_ALERT_OPEN | 1 << TSM_ALERT_ACKNOWLEDGED | 1 << TSM_ALERT_RESOLVED,
};

static gboolean
has_text (TsmAlertFilter *self,
          TsmAlert       *alert)
{
  return *self->text == '\0'
         || tsm_event_text_contains (tsm_alert_get_message (alert), self->text)
         || tsm_event_text_contains (tsm_alert_get_component (alert), self->text)
         || tsm_event_text_contains (tsm_alert_get_id (alert), self->text)
         || tsm_event_text_contains (tsm_alert_get_source (alert), self->text)
         || tsm_event_text_contains (tsm_alert_get_who (alert), self->text);
}

static gboolean
tsm_alert_filter_match (GtkFilter *filter,
                        gpointer   item)
{
  TsmAlertFilter *self = TSM_ALERT_FILTER (filter);
  TsmAlert *alert = item;

  return (states_shown[self->show] & 1 << tsm_alert_get_state (alert)) != 0
         && tsm_alert_get_severity (alert) >= self->min_severity
         && (self->source == NULL || g_strcmp0 (self->source, tsm_alert_get_source (alert)) == 0)
         && has_text (self, alert);
}

static void
tsm_alert_filter_finalize (GObject *object)
{
  TsmAlertFilter *self = TSM_ALERT_FILTER (object);

  g_free (self->text);
  g_free (self->source);

  G_OBJECT_CLASS (tsm_alert_filter_parent_class)->finalize (object);
}

static void
tsm_alert_filter_class_init (TsmAlertFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_alert_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = tsm_alert_filter_match;
}

static void
tsm_alert_filter_init (TsmAlertFilter *self)
{
  self->text = g_strdup ("");
}

/**
 * tsm_alert_filter_new:
 *
 * Returns: (transfer full): a filter that passes the open and the acknowledged alerts
 */
TsmAlertFilter *
tsm_alert_filter_new (void)
{
  return g_object_new (TSM_TYPE_ALERT_FILTER, NULL);
}

/**
 * tsm_alert_filter_set_text:
 * @self: a filter
 * @text: looked for in message, component, id, source and person, in any case; "" for any
 */
void
tsm_alert_filter_set_text (TsmAlertFilter *self,
                           const char     *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (TSM_IS_ALERT_FILTER (self));

  folded = tsm_event_text_fold (text);
  if (g_strcmp0 (folded, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&folded);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_set_show:
 * @self: a filter
 * @show: which states pass
 */
void
tsm_alert_filter_set_show (TsmAlertFilter *self,
                           TsmAlertShow    show)
{
  g_return_if_fail (TSM_IS_ALERT_FILTER (self));
  g_return_if_fail (show < G_N_ELEMENTS (states_shown));

  if (self->show == show)
    return;
  self->show = show;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_set_min_severity:
 * @self: a filter
 * @severity: the least severity that passes
 */
void
tsm_alert_filter_set_min_severity (TsmAlertFilter *self,
                                   TsmSeverity     severity)
{
  g_return_if_fail (TSM_IS_ALERT_FILTER (self));

  if (self->min_severity == severity)
    return;
  self->min_severity = severity;
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_set_source:
 * @self: a filter
 * @source: (nullable): the only source that passes, "" for the unnamed one; NULL for any
 */
void
tsm_alert_filter_set_source (TsmAlertFilter *self,
                             const char     *source)
{
  g_return_if_fail (TSM_IS_ALERT_FILTER (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * tsm_alert_filter_is_default:
 * @self: a filter
 *
 * Returns: whether it passes what a new filter passes, the source apart
 */
gboolean
tsm_alert_filter_is_default (TsmAlertFilter *self)
{
  g_return_val_if_fail (TSM_IS_ALERT_FILTER (self), FALSE);

  return *self->text == '\0' && self->show == TSM_ALERT_SHOW_UNRESOLVED && self->min_severity == TSM_SEVERITY_INFO;
}
