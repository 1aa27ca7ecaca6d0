/* What the tests of ui/ share: the clock that stands still, and the search for what is in sight.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include <locale.h>

#define CHANNEL "tickstock:monitoring"

/* gtk_test_init() may find a locale that groups digits: the tests expect those of C. */
void
ui_test_init (int    *argc,
              char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  setlocale (LC_ALL, "C.UTF-8");
  widget_test_animations (FALSE);
}

AdwApplication *
ui_application_new (void)
{
  AdwApplication *application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "ai.tickstock.MonitorTest",
                                              "resource-base-path", "/ai/tickstock/Monitor",
                                              "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, NULL);
  g_autoptr (GError) error = NULL;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

static gint64
now_cb (gpointer user_data)
{
  return UI_MONOTONIC + ((UiMonitor *) user_data)->elapsed;
}

static gint64
now_real_cb (gpointer user_data)
{
  return UI_REAL + ((UiMonitor *) user_data)->elapsed;
}

void
ui_monitor_open (UiMonitor  *self,
                 const char *url)
{
  TsmClock clock = { now_cb, now_real_cb, self };
  g_autoptr(GError) error = NULL;
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (url != NULL ? url : "unix:///nowhere.sock", &error);

  g_assert_no_error (error);
  self->elapsed = 0;
  self->monitor = tsm_monitor_new (profile, &clock);
}

void
ui_monitor_close (UiMonitor *self)
{
  tsm_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
  tsm_test_settle ();
}

gboolean
ui_monitor_is_ready (TsmMonitor *monitor)
{
  TsmConnection *connection = tsm_monitor_get_connection (monitor);

  return tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY
         && tsm_connection_get_command_state (connection) == TSM_LINK_READY;
}

void
ui_monitor_connect (UiMonitor *self)
{
  tsm_monitor_start (self->monitor);
  g_assert_true (tsm_test_wait_until (ui_monitor_is_ready (self->monitor)));
  tsm_monitor_flush (self->monitor);
}

void
ui_monitor_ingest (UiMonitor  *self,
                   const char *format,
                   ...)
{
  g_autoptr(GBytes) payload = NULL;
  char *text;
  va_list args;

  va_start (args, format);
  text = g_strdelimit (g_strdup_vprintf (format, args), "'", '"');
  va_end (args);

  payload = g_bytes_new_take (text, strlen (text));
  tsm_monitor_ingest (self->monitor, payload, CHANNEL, now_real_cb (self), now_cb (self));
  tsm_monitor_flush (self->monitor);
}

void
ui_monitor_ingest_cpu (UiMonitor  *self,
                       const char *source,
                       double      cpu)
{
  ui_monitor_ingest (self, "{'event_type':'METRIC_UPDATE','timestamp':'2026-03-02T14:00:00Z','source':'%s',"
                           "'metrics':{'system':{'cpu_percent':%.1f,'memory_percent':50}}}", source, cpu);
}

void
ui_monitor_ingest_alert (UiMonitor  *self,
                         const char *source,
                         const char *id,
                         const char *level)
{
  ui_monitor_ingest (self, "{'event_type':'ALERT_TRIGGERED','timestamp':'2026-03-02T14:00:00Z','source':'%s',"
                           "'alert':{'id':'%s','level':'%s','component':'redis','message':'about %s'}}", source, id, level, id);
}

void
ui_monitor_advance (UiMonitor *self,
                    double     seconds)
{
  self->elapsed += (gint64) (seconds * G_TIME_SPAN_SECOND);
  tsm_source_list_update_liveness (tsm_monitor_get_sources (self->monitor), tsm_monitor_now (self->monitor));
  g_signal_emit_by_name (self->monitor, "tick");
}

static gboolean
has_text (GtkWidget     *widget,
          gconstpointer  text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
has_gauge_label (GtkWidget     *widget,
                 gconstpointer  label)
{
  g_autofree char *own = NULL;

  if (!TSM_IS_GAUGE (widget))
    return FALSE;
  g_object_get (widget, "label", &own, NULL);
  return g_strcmp0 (own, label) == 0;
}

/* Depth first, in the order of the children; what is hidden counts as not there. */
static GtkWidget *
find_visible (GtkWidget     *root,
              gboolean     (*matches) (GtkWidget *, gconstpointer),
              gconstpointer  data)
{
  if (!gtk_widget_is_visible (root))
    return NULL;
  if (matches (root, data))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_visible (child, matches, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
ui_overview_open (UiOverview *self,
                  gboolean    connected)
{
  self->redis = connected ? tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL) : NULL;
  ui_monitor_open (&self->source, connected ? tsm_test_redis_get_url (self->redis) : NULL);
  if (connected)
    ui_monitor_connect (&self->source);
  self->page = g_object_new (TSM_TYPE_OVERVIEW_PAGE, NULL);
  tsm_overview_page_set_monitor (self->page, self->source.monitor);
  self->window = widget_test_show (GTK_WIDGET (self->page), 1200, 800);
}

void
ui_overview_close (UiOverview *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_monitor_close (&self->source);
  g_clear_pointer (&self->redis, tsm_test_redis_free);
}

GtkWidget *
ui_find_label (GtkWidget  *root,
               const char *text)
{
  return find_visible (root, has_text, text);
}

TsmGauge *
ui_find_gauge (GtkWidget  *root,
               const char *label)
{
  return (TsmGauge *) find_visible (root, has_gauge_label, label);
}

char *
ui_dup_gauge_text (GtkWidget  *root,
                   const char *label)
{
  TsmGauge *gauge = ui_find_gauge (root, label);
  char *text = NULL;

  if (gauge != NULL)
    g_object_get (gauge, "value-text", &text, NULL);
  return text != NULL ? text : g_strdup ("");
}

static void
collect_labels (GtkWidget  *root,
                const char *style_class,
                GString    *texts)
{
  if (!gtk_widget_is_visible (root))
    return;
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, style_class))
    g_string_append_printf (texts, "%s%s", texts->len > 0 ? "|" : "", gtk_label_get_text (GTK_LABEL (root)));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_labels (child, style_class, texts);
}

char *
ui_dup_labels (GtkWidget  *root,
               const char *style_class)
{
  GString *texts = g_string_new (NULL);

  collect_labels (root, style_class, texts);
  return g_string_free (texts, FALSE);
}
