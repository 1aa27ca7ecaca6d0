/* Tests of TsmWindow on a real redis-server: it connects, disconnects and ends without keeping its monitor, and a second
 * server takes nothing over from the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-fixture.h"

#include "support/tsm-test-peer.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-window.h"

#define CHANNEL "tickstock:monitoring"
#define N_ROUNDS 20

typedef struct
{
  TsmTestRedis   *redis;
  AdwApplication *application;
  TsmWindow      *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  fixture->application = ADW_APPLICATION ((gpointer) data);
  fixture->window = tsm_window_new (fixture->application);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_assert_true (tsm_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->window))));
}

static void
close_window (Fixture *fixture)
{
  gpointer window = g_steal_pointer (&fixture->window);

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (window);
  g_assert_true (tsm_test_wait_until (window == NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    close_window (fixture);
  tsm_test_redis_free (fixture->redis);
  tsm_test_settle ();
}

static void
connect_to (TsmWindow  *window,
            const char *url)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (url, &error);

  g_assert_no_error (error);
  tsm_window_connect (window, profile, NULL);
}

static void
wait_ready (TsmWindow *window)
{
  g_assert_true (tsm_test_wait_until (ui_monitor_is_ready (tsm_window_get_monitor (window))));
}

static void
publish_cpu (TsmTestRedis *redis,
             const char   *source,
             int           cpu)
{
  g_autofree char *text = g_strdup_printf ("{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                           "\"source\":\"%s\",\"metrics\":{\"system\":{\"cpu_percent\":%d}}}", source, cpu);

  tsm_test_redis_do (redis, "PUBLISH %s %s", CHANNEL, text);
}

static gboolean
shows_cpu (TsmWindow  *window,
           const char *expected)
{
  GtkWidget *page = widget_test_find (GTK_WIDGET (window), TSM_TYPE_OVERVIEW_PAGE);
  g_autofree char *text = ui_dup_gauge_text (page, "CPU");

  return g_str_equal (text, expected);
}

static GtkWidget *
find_drop_down (TsmWindow *window)
{
  return widget_test_find (widget_test_find (GTK_WIDGET (window), g_type_from_name ("TsmSourceChooser")), GTK_TYPE_DROP_DOWN);
}

static guint
n_choices (TsmWindow *window)
{
  return g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (find_drop_down (window))));
}

static void
test_opens_without_a_monitor (Fixture       *fixture,
                              gconstpointer  data)
{
  g_assert_null (tsm_window_get_monitor (fixture->window));
  g_assert_false (gtk_widget_get_mapped (find_drop_down (fixture->window)));
}

static void
test_shows_what_is_published (Fixture       *fixture,
                              gconstpointer  data)
{
  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "engine", 42);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "42.0")));
  g_assert_cmpuint (n_choices (fixture->window), ==, 2);
}

/* The first button of this action below @root. */
static GtkWidget *
find_button (GtkWidget  *root,
             const char *action)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* "Connected" beside "Retry Now" would make one doubt the first. */
static void
test_popover_offers_a_retry_only_offline (Fixture       *fixture,
                                          gconstpointer  data)
{
  GtkWidget *popover = widget_test_find (GTK_WIDGET (fixture->window), g_type_from_name ("TsmConnectionPopover"));

  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  g_assert_true (gtk_widget_get_visible (find_button (popover, "win.retry")));
  wait_ready (fixture->window);
  g_assert_true (tsm_test_wait_until (!gtk_widget_get_visible (find_button (popover, "win.retry"))));
  g_assert_true (gtk_widget_get_visible (find_button (popover, "win.disconnect")));
}

/* Connected, something shown, and disconnected: neither the monitor nor its connection stays. */
static void
test_disconnect_lets_go (Fixture       *fixture,
                         gconstpointer  data)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gpointer monitor, connection;

      connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
      monitor = tsm_window_get_monitor (fixture->window);
      connection = tsm_monitor_get_connection (monitor);
      g_object_add_weak_pointer (monitor, &monitor);
      g_object_add_weak_pointer (connection, &connection);
      wait_ready (fixture->window);
      publish_cpu (fixture->redis, "engine", (int) i + 1);
      g_assert_true (tsm_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (monitor))) == 1));

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.disconnect", NULL);
      g_assert_null (tsm_window_get_monitor (fixture->window));
      g_assert_true (tsm_test_wait_until (monitor == NULL));
      g_assert_true (tsm_test_wait_until (connection == NULL));
    }
}

static void
test_destroy_lets_go (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gpointer monitor;

      if (fixture->window == NULL)
        fixture->window = tsm_window_new (fixture->application);
      gtk_window_present (GTK_WINDOW (fixture->window));
      connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
      monitor = tsm_window_get_monitor (fixture->window);
      g_object_add_weak_pointer (monitor, &monitor);
      /* Every other one is destroyed before it is connected. */
      if (i % 2 == 0)
        wait_ready (fixture->window);
      close_window (fixture);
      g_assert_true (tsm_test_wait_until (monitor == NULL));
    }
}

static void
test_disconnect_shows_nothing_old (Fixture       *fixture,
                                   gconstpointer  data)
{
  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "engine", 42);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "42.0")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.disconnect", NULL);
  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  wait_ready (fixture->window);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "")));
  g_assert_cmpuint (n_choices (fixture->window), ==, 1);
}

/* The first server accepts and then says nothing: its attempt is still under way when the second is asked for. */
static void
test_second_server_while_the_first_connects (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr(TsmTestPeer) peer = tsm_test_peer_start (NULL, NULL, TSM_TEST_PEER_FALLS_SILENT);
  gpointer first;

  connect_to (fixture->window, tsm_test_peer_get_url (peer));
  g_assert_true (tsm_test_wait_until (tsm_test_peer_get_n_clients (peer) > 0));
  first = tsm_window_get_monitor (fixture->window);
  g_object_add_weak_pointer (first, &first);

  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  g_assert_true (tsm_test_wait_until (first == NULL));
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "second", 22);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "22.0")));
  g_assert_cmpuint (n_choices (fixture->window), ==, 2);
}

/* Both are alive and both go on talking: only the second is heard. */
static void
test_second_server_takes_nothing_over (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(TsmTestRedis) other = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  TsmMonitorStats stats;

  connect_to (fixture->window, tsm_test_redis_get_url (fixture->redis));
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "first", 11);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "11.0")));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_drop_down (fixture->window)), 1);

  tsm_test_redis_flood (fixture->redis, CHANNEL, 1000, 200);
  connect_to (fixture->window, tsm_test_redis_get_url (other));
  g_assert_true (shows_cpu (fixture->window, ""));
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "first", 12);
  publish_cpu (other, "second", 22);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "22.0")));
  g_assert_cmpuint (n_choices (fixture->window), ==, 2);
  tsm_monitor_get_stats (tsm_window_get_monitor (fixture->window), &stats);
  g_assert_cmpuint (stats.received, ==, 1);
}

/* Back and forth without waiting: the last one wins. */
static void
test_many_changes_of_server (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(TsmTestRedis) other = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      connect_to (fixture->window, tsm_test_redis_get_url (i % 2 == 0 ? fixture->redis : other));
      g_main_context_iteration (NULL, FALSE);
    }
  wait_ready (fixture->window);
  publish_cpu (fixture->redis, "first", 11);
  publish_cpu (other, "second", 22);
  g_assert_true (tsm_test_wait_until (shows_cpu (fixture->window, "22.0")));
  g_assert_cmpuint (n_choices (fixture->window), ==, 2);
}

/* With the style sheet of the program; nobody runs it. */
#define ADD(name, function) g_test_add ("/ui/window/" name, Fixture, application, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application = NULL;

  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  ui_test_init (&argc, &argv);
  if (!tsm_test_redis_is_available ())
    {
      g_print ("1..0 # SKIP redis-server is not installed\n");
      return 0;
    }
  application = ui_application_new ();
  ADD ("opens-without-a-monitor", test_opens_without_a_monitor);
  ADD ("shows-what-is-published", test_shows_what_is_published);
  ADD ("popover-offers-a-retry-only-offline", test_popover_offers_a_retry_only_offline);
  ADD ("disconnect-lets-go", test_disconnect_lets_go);
  ADD ("destroy-lets-go", test_destroy_lets_go);
  ADD ("disconnect-shows-nothing-old", test_disconnect_shows_nothing_old);
  ADD ("second-server-while-the-first-connects", test_second_server_while_the_first_connects);
  ADD ("second-server-takes-nothing-over", test_second_server_takes_nothing_over);
  ADD ("many-changes-of-server", test_many_changes_of_server);
  return g_test_run ();
}
