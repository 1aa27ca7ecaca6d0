/* A table of the empty states, and the sentence of each that needs numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-alert-status.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"

static const struct
{
  const char *icon;
  const char *title;
  const char *description; /* NULL: made from what the monitor knows */
  const char *button;      /* NULL: none */
} looks[] = {
  [TSM_ALERT_STATUS_NONE] = {
    "object-select-symbolic", N_("No Alerts"), NULL, NULL
  },
  [TSM_ALERT_STATUS_RESOLVED] = {
    "object-select-symbolic", N_("No Open Alerts"), NULL, N_("Show Resolved")
  },
  [TSM_ALERT_STATUS_NO_MATCH] = {
    "edit-find-symbolic", N_("No Matching Alerts"), N_("No alert matches the filter."), N_("Clear Filter")
  },
  [TSM_ALERT_STATUS_DISCONNECTED] = {
    "network-offline-symbolic", N_("Not Connected"), NULL, NULL
  },
};

static gint64
get_ready_since (TsmMonitor *monitor)
{
  gint64 since = tsm_connection_get_ready_since (tsm_monitor_get_connection (monitor));

  return since != 0 ? tsm_monitor_now_real (monitor) - (tsm_monitor_now (monitor) - since) : TSM_TIME_NONE;
}

static char *
describe_none (TsmMonitor *monitor)
{
  gint64 since = get_ready_since (monitor);
  g_autofree char *clock = NULL;

  if (since == TSM_TIME_NONE)
    return g_strdup (_("None has been raised."));
  clock = tsm_format_clock (since);

  /* TRANSLATORS: %s is a time of day */
  return g_strdup_printf (_("None has been raised since we began to listen at %s."), clock);
}

static char *
describe_resolved (TsmMonitor *monitor)
{
  TsmAlertCounts counts;

  tsm_alert_book_get_counts (tsm_monitor_get_alerts (monitor), &counts);

  return g_strdup_printf (ngettext ("%u alert was resolved.", "%u alerts were resolved.", counts.resolved),
                          counts.resolved);
}

static char *
describe_disconnected (TsmMonitor *monitor)
{
  const GError *error = tsm_connection_get_error (tsm_monitor_get_connection (monitor));
  g_autofree char *words = NULL;

  if (error == NULL)
    return g_strdup (_("Alerts raised now are not heard, and are not sent again later."));
  words = g_utf8_make_valid (error->message, -1);

  /* TRANSLATORS: %s is the system's or the server's own message */
  return g_strdup_printf (_("Alerts raised now are not heard, and are not sent again later.\n\n%s"), words);
}

static char *
describe (TsmAlertStatus  status,
          TsmMonitor     *monitor)
{
  if (looks[status].description != NULL)
    return g_strdup (_(looks[status].description));
  if (monitor == NULL)
    return g_strdup ("");
  if (status == TSM_ALERT_STATUS_NONE)
    return describe_none (monitor);
  if (status == TSM_ALERT_STATUS_RESOLVED)
    return describe_resolved (monitor);

  return describe_disconnected (monitor);
}

/**
 * tsm_alert_status_is_heard:
 * @monitor: (nullable): a monitor
 *
 * Returns: whether its channels are subscribed at present
 */
gboolean
tsm_alert_status_is_heard (TsmMonitor *monitor)
{
  return monitor != NULL
         && tsm_connection_get_subscriber_state (tsm_monitor_get_connection (monitor)) == TSM_LINK_READY;
}

/**
 * tsm_alert_status_find:
 * @monitor: (nullable): whose book shows no alert
 * @is_default: whether the filter asks for nothing, the source apart
 * @has_source: whether it asks for one source
 *
 * Returns: the reason to give
 */
TsmAlertStatus
tsm_alert_status_find (TsmMonitor *monitor,
                       gboolean    is_default,
                       gboolean    has_source)
{
  gboolean has_any = monitor != NULL && g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_alerts (monitor))) > 0;

  if (!tsm_alert_status_is_heard (monitor) && (is_default || !has_any))
    return TSM_ALERT_STATUS_DISCONNECTED;
  if (!has_any)
    return TSM_ALERT_STATUS_NONE;
  if (is_default)
    return has_source ? TSM_ALERT_STATUS_NONE : TSM_ALERT_STATUS_RESOLVED;

  return TSM_ALERT_STATUS_NO_MATCH;
}

/**
 * tsm_alert_status_show:
 * @status: why there is no list
 * @monitor: (nullable): what there is to say about it
 * @page: filled
 * @button: filled, or hidden
 */
void
tsm_alert_status_show (TsmAlertStatus  status,
                       TsmMonitor     *monitor,
                       AdwStatusPage  *page,
                       GtkButton      *button)
{
  g_autofree char *description = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (status < G_N_ELEMENTS (looks));
  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  description = describe (status, monitor);
  markup = g_markup_escape_text (description, -1); /* the page takes markup, the server's words are none */
  adw_status_page_set_icon_name (page, looks[status].icon);
  adw_status_page_set_title (page, _(looks[status].title));
  adw_status_page_set_description (page, markup);
  gtk_widget_set_visible (GTK_WIDGET (button), looks[status].button != NULL);
  if (looks[status].button != NULL)
    gtk_button_set_label (button, _(looks[status].button));
}
