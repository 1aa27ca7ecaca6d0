/* Prints what the window sees, and leaves a picture of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"
#include "ui/tsm-report.h"

static char *
describe_metric (TsmSource   *source,
                 TsmMetricId  id)
{
  TsmReading reading;

  if (source == NULL || !tsm_source_get_reading (source, id, &reading))
    return g_strdup ("–");
  return tsm_format_reading (reading.value, id);
}

/**
 * tsm_report_print:
 * @monitor: (nullable): NULL before there is a connection
 *
 * Prints one line: time, state of the connection, events, CPU, memory, open alerts.
 */
void
tsm_report_print (TsmMonitor *monitor)
{
  g_autofree char *clock = tsm_format_clock (g_get_real_time ());
  g_autofree char *cpu = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *events = NULL;
  TsmMonitorStats stats;
  TsmAlertCounts counts;
  TsmSource *source;

  if (monitor == NULL)
    {
      g_print (_("%s  state: not connected\n"), clock);
      return;
    }

  source = tsm_monitor_get_lead_source (monitor);
  cpu = describe_metric (source, TSM_METRIC_CPU_PERCENT);
  memory = describe_metric (source, TSM_METRIC_MEMORY_PERCENT);
  tsm_monitor_get_stats (monitor, &stats);
  tsm_alert_book_get_counts (tsm_monitor_get_alerts (monitor), &counts);
  events = g_strdup_printf ("%" G_GUINT64_FORMAT, stats.decoded + stats.repaired);
  g_print (_("%s  state: %s  events: %s  CPU: %s  memory: %s  alerts: %u open\n"), clock,
           tsm_link_state_get_name (tsm_connection_get_subscriber_state (tsm_monitor_get_connection (monitor))),
           events, cpu, memory, counts.n_open);
}

/**
 * tsm_report_screenshot:
 * @window: a window that is shown
 * @filename: where to write the PNG
 * @error: return location
 *
 * Returns: whether the picture was written; fails with %G_IO_ERROR where there is nothing to draw or to write to
 */
gboolean
tsm_report_screenshot (GtkWindow   *window,
                       const char  *filename,
                       GError     **error)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL || renderer == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The window shows nothing yet."));
      return FALSE;
    }

  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (gdk_texture_save_to_png (texture, filename))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The picture could not be written to “%s”."), filename);
  return FALSE;
}
