/* Nothing arrived: the state of the connection says why that may be. And the numbers of what did.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-status.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"

static void
show (AdwStatusPage *page,
      const char    *icon,
      const char    *title,
      const char    *description)
{
  g_autofree char *valid = g_utf8_make_valid (description, -1);
  g_autofree char *markup = g_markup_escape_text (valid, -1);

  adw_status_page_set_icon_name (page, icon);
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, markup);
}

static char *
dup_channels (TsmConnection *connection)
{
  GString *names = g_string_new (NULL);
  guint n = tsm_connection_get_n_channels (connection);

  for (guint i = 0; i < n; i++)
    {
      TsmChannelState channel;

      tsm_connection_get_channel (connection, i, &channel);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", channel.name);
    }

  return g_string_free (names, FALSE);
}

static void
show_silent (AdwStatusPage *page,
             TsmConnection *connection)
{
  g_autofree char *channels = dup_channels (connection);
  g_autofree char *description = NULL;

  /* TRANSLATORS: %s is a list of channel names */
  description = g_strdup_printf (_("Connected and listening on %s. Nothing has been published there since."), channels);
  show (page, "content-loading-symbolic", _("No Events Yet"), description);
}

static void
show_disconnected (AdwStatusPage *page,
                   TsmConnection *connection)
{
  const GError *error = tsm_connection_get_error (connection);
  TsmLinkState state = tsm_connection_get_subscriber_state (connection);

  if (error != NULL)
    show (page, "network-offline-symbolic", _("Not Connected"), error->message);
  else if (state == TSM_LINK_IDLE)
    show (page, "network-offline-symbolic", _("Not Connected"), _("Choose a server to connect to."));
  else
    show (page, "content-loading-symbolic", _("Connecting"), _("Events appear here once the channels are subscribed."));
}

/**
 * tsm_event_status_show_empty:
 * @page: filled
 * @monitor: (nullable): whose connection explains it
 */
void
tsm_event_status_show_empty (AdwStatusPage *page,
                             TsmMonitor    *monitor)
{
  TsmConnection *connection;

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  if (monitor == NULL)
    {
      show (page, "network-offline-symbolic", _("Not Connected"), _("Choose a server to connect to."));
      return;
    }
  connection = tsm_monitor_get_connection (monitor);
  if (tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY)
    show_silent (page, connection);
  else
    show_disconnected (page, connection);
}

/**
 * tsm_event_status_show_no_match:
 * @page: filled
 */
void
tsm_event_status_show_no_match (AdwStatusPage *page)
{
  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  show (page, "edit-find-symbolic", _("No Matching Events"), _("No event in the log matches the filter."));
}

/**
 * tsm_event_status_dup_count:
 * @n_shown: events that pass the filter
 * @n_logged: events in the log
 * @is_filtered: whether there is a filter
 *
 * Returns: (transfer full): a line that says so
 */
char *
tsm_event_status_dup_count (guint    n_shown,
                            guint    n_logged,
                            gboolean is_filtered)
{
  g_autofree char *shown = tsm_format_value (n_shown, TSM_UNIT_COUNT);
  g_autofree char *logged = tsm_format_value (n_logged, TSM_UNIT_COUNT);

  if (!is_filtered)
    return g_strdup_printf (ngettext ("%s event", "%s events", n_logged), logged);

  /* TRANSLATORS: how many events pass the filter, of how many */
  return g_strdup_printf (_("%s of %s events"), shown, logged);
}

/**
 * tsm_event_status_dup_paused:
 * @n_pending: events that wait
 *
 * Returns: (transfer full): a line that says so
 */
char *
tsm_event_status_dup_paused (guint64 n_pending)
{
  g_autofree char *number = tsm_format_value ((double) n_pending, TSM_UNIT_COUNT);

  /* TRANSLATORS: how many events came in while the log is paused */
  return g_strdup_printf (_("Paused · +%s new"), number);
}
