/* TsmMonitor against a real redis-server: from the socket to the models, commands, and a lost link.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "monitor/tsm-monitor.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

#define CHANNEL "tickstock:monitoring"
#define CONTROL "tickstock:monitoring:control"

typedef struct
{
  TsmTestRedis *redis;
  TsmMonitor   *monitor;
  guint         n_updates;
} Fixture;

static gboolean
is_ready (TsmMonitor *monitor)
{
  TsmConnection *connection = tsm_monitor_get_connection (monitor);

  return tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY
         && tsm_connection_get_command_state (connection) == TSM_LINK_READY;
}

static void
count_update (Fixture *fixture)
{
  fixture->n_updates++;
}

static TsmMonitor *
open_monitor (const char *url)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (url, &error);
  TsmMonitor *monitor;

  g_assert_no_error (error);
  monitor = tsm_monitor_new (profile, NULL);
  tsm_monitor_start (monitor);
  g_assert_true (tsm_test_wait_until (is_ready (monitor)));
  return monitor;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  fixture->monitor = open_monitor (tsm_test_redis_get_url (fixture->redis));
  g_signal_connect_swapped (fixture->monitor, "updated", G_CALLBACK (count_update), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->monitor);
  tsm_test_redis_free (fixture->redis);
  tsm_test_settle ();
}

static void
publish (Fixture    *fixture,
         const char *text)
{
  tsm_test_redis_do (fixture->redis, "PUBLISH %s %s", CHANNEL, text);
}

static void
publish_cpu (Fixture    *fixture,
             const char *source,
             int         cpu)
{
  g_autofree char *text = g_strdup_printf ("{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"2026-03-02T14:05:10Z\","
                                           "\"source\":\"%s\",\"metrics\":{\"system\":{\"cpu_percent\":%d,\"memory_percent\":50}}}",
                                           source, cpu);

  publish (fixture, text);
}

static double
cpu_of (TsmSource *source)
{
  TsmReading reading;

  return source != NULL && tsm_source_get_reading (source, TSM_METRIC_CPU_PERCENT, &reading) ? reading.value : -1;
}

static guint
n_logged (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_log (fixture->monitor)));
}

#define ALERT "{\"event_type\":\"ALERT_TRIGGERED\",\"timestamp\":\"2026-03-02T14:06:00Z\",\"source\":\"s\"," \
              "\"alert\":{\"id\":\"mem-1\",\"level\":\"CRITICAL\",\"message\":\"m\"}}"

static TsmAlert *
wait_for_alert (Fixture *fixture)
{
  TsmAlertBook *book = tsm_monitor_get_alerts (fixture->monitor);

  publish (fixture, ALERT);
  g_assert_true (tsm_test_wait_until (tsm_alert_book_lookup (book, "s", "mem-1") != NULL));
  return tsm_alert_book_lookup (book, "s", "mem-1");
}

static void
test_event_reaches_the_models (Fixture       *fixture,
                               gconstpointer  data)
{
  TsmMonitorStats stats;

  publish_cpu (fixture, "engine", 42);
  g_assert_true (tsm_test_wait_until (cpu_of (tsm_monitor_get_lead_source (fixture->monitor)) == 42));
  tsm_monitor_get_stats (fixture->monitor, &stats);
  g_assert_cmpuint (stats.received, ==, 1);
  g_assert_cmpuint (stats.decoded, ==, 1);
  g_assert_true (tsm_test_wait_until (n_logged (fixture) == 1));
}

static void
test_rejected_is_counted_and_logged (Fixture       *fixture,
                                     gconstpointer  data)
{
  TsmMonitorStats stats;

  publish (fixture, "{not-json");
  g_assert_true (tsm_test_wait_until ((tsm_monitor_get_stats (fixture->monitor, &stats), stats.rejected == 1)));
  g_assert_cmpuint (stats.rejected_by[TSM_FINDING_INVALID_JSON], ==, 1);
  g_assert_true (tsm_test_wait_until (n_logged (fixture) == 1));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (fixture->monitor))), ==, 0);
}

/* A burst is told in batches, not event by event. */
static void
test_burst_is_batched_and_whole (Fixture       *fixture,
                                 gconstpointer  data)
{
  TsmMonitorStats stats;
  gint64 start = g_get_monotonic_time ();
  gint64 tenths;

  tsm_test_redis_flood (fixture->redis, CHANNEL, 20000, 200);
  fixture->n_updates = 0;
  g_assert_true (tsm_test_wait_until ((tsm_monitor_get_stats (fixture->monitor, &stats),
                                       stats.decoded + stats.repaired + stats.rejected == 20000)));
  tenths = (g_get_monotonic_time () - start) / 100000;
  g_assert_cmpuint (fixture->n_updates, <=, tenths + 2);
}

static void
test_lead_is_the_first_and_stays (Fixture       *fixture,
                                  gconstpointer  data)
{
  publish_cpu (fixture, "first", 1);
  g_assert_true (tsm_test_wait_until (cpu_of (tsm_monitor_get_lead_source (fixture->monitor)) == 1));
  publish_cpu (fixture, "second", 2);
  g_assert_true (tsm_test_wait_until (tsm_source_list_lookup (tsm_monitor_get_sources (fixture->monitor), "second") != NULL));
  g_assert_cmpstr (tsm_source_get_name (tsm_monitor_get_lead_source (fixture->monitor)), ==, "first");
}

static void
test_lead_with_health_only_gives_way_to_metrics (Fixture       *fixture,
                                                 gconstpointer  data)
{
  publish (fixture, "{\"event_type\":\"HEALTH_CHECK\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"source\":\"health\","
                    "\"health\":{\"overall_score\":90}}");
  g_assert_true (tsm_test_wait_until (tsm_monitor_get_lead_source (fixture->monitor) != NULL));
  publish_cpu (fixture, "metrics", 2);
  g_assert_true (tsm_test_wait_until (cpu_of (tsm_monitor_get_lead_source (fixture->monitor)) == 2));
}

static void
test_command_nobody_hears (Fixture       *fixture,
                           gconstpointer  data)
{
  TsmAction *action = tsm_monitor_send (fixture->monitor, TSM_COMMAND_FORCE_GC, NULL, NULL);

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_SENDING);
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) == TSM_ACTION_UNHEARD));
}

/* A second monitor that listens to the control channel stands for the engine. */
static void
test_command_is_delivered_and_answered (Fixture       *fixture,
                                        gconstpointer  data)
{
  const char *channels[] = { CONTROL, NULL };
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_url (fixture->redis), NULL);
  g_autoptr(TsmConnection) engine = NULL;
  g_autoptr(TsmMessage) message = NULL;
  TsmAction *action;

  tsm_profile_set_channels (profile, channels);
  engine = tsm_connection_new (profile);
  tsm_connection_start (engine);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (engine) == TSM_LINK_READY));

  action = tsm_monitor_send (fixture->monitor, TSM_COMMAND_FORCE_HEALTH_CHECK, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) == TSM_ACTION_DELIVERED));
  g_assert_cmpint (tsm_action_get_receivers (action), ==, 1);
  g_assert_cmpint (tsm_monitor_get_control_receivers (fixture->monitor), ==, 1);
  g_assert_true (tsm_test_wait_until ((message = tsm_connection_pop (engine)) != NULL));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (message->payload, NULL), g_bytes_get_size (message->payload),
                                  "FORCE_HEALTH_CHECK"));

  publish (fixture, "{\"event_type\":\"HEALTH_CHECK\",\"timestamp\":\"2026-03-02T14:05:10Z\",\"source\":\"s\","
                    "\"health\":{\"overall_score\":90}}");
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) == TSM_ACTION_ANSWERED));
  tsm_connection_stop (engine);
}

static void
test_command_without_a_link_fails (Fixture       *fixture,
                                   gconstpointer  data)
{
  TsmAction *action;

  tsm_test_redis_kill (fixture->redis);
  g_assert_true (tsm_test_wait_until (!is_ready (fixture->monitor)));
  action = tsm_monitor_send (fixture->monitor, TSM_COMMAND_FORCE_GC, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) == TSM_ACTION_FAILED));
  g_assert_nonnull (tsm_action_get_error (action));
}

static void
test_alert_is_acknowledged_and_its_story_told (Fixture       *fixture,
                                               gconstpointer  data)
{
  TsmAlert *alert = wait_for_alert (fixture);
  GListModel *timeline = tsm_alert_get_timeline (alert);

  tsm_monitor_acknowledge (fixture->monitor, alert, "looking");
  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_ACKNOWLEDGED);
  g_assert_true (tsm_test_wait_until (g_list_model_get_n_items (timeline) == 3));
  {
    g_autoptr(TsmAlertEntry) entry = g_list_model_get_item (timeline, 2);

    g_assert_cmpint (tsm_alert_entry_get_kind (entry), ==, TSM_ALERT_ENTRY_DELIVERY);
  }
}

static void
test_resolving_twice_sends_once (Fixture       *fixture,
                                 gconstpointer  data)
{
  TsmAlert *alert = wait_for_alert (fixture);
  TsmAction *action;

  tsm_monitor_resolve (fixture->monitor, alert, NULL);
  action = tsm_monitor_get_last_action (fixture->monitor, TSM_COMMAND_ALERT_RESOLVED);
  tsm_monitor_resolve (fixture->monitor, alert, NULL);
  g_assert_true (action == tsm_monitor_get_last_action (fixture->monitor, TSM_COMMAND_ALERT_RESOLVED));
}

static void
open_read_only (Fixture *fixture)
{
  g_autoptr(TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_url (fixture->redis), NULL);

  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  g_clear_object (&fixture->monitor);
  fixture->monitor = tsm_monitor_new (profile, NULL);
  tsm_monitor_start (fixture->monitor);
  g_assert_true (tsm_test_wait_until (is_ready (fixture->monitor)));
}

static void
test_read_only_sends_nothing (Fixture       *fixture,
                              gconstpointer  data)
{
  TsmAction *action;

  g_assert_null (tsm_monitor_get_refusal (fixture->monitor));
  open_read_only (fixture);
  g_assert_nonnull (tsm_monitor_get_refusal (fixture->monitor));
  action = tsm_monitor_send (fixture->monitor, TSM_COMMAND_FORCE_GC, NULL, NULL);
  g_assert_true (tsm_test_wait_until (tsm_action_get_state (action) == TSM_ACTION_FAILED));
  g_assert_cmpstr (tsm_action_get_error (action), ==, tsm_monitor_get_refusal (fixture->monitor));
}

/* The book does not say what the engine was never told. */
static void
test_read_only_leaves_alerts_as_they_are (Fixture       *fixture,
                                          gconstpointer  data)
{
  TsmAlert *alert;

  open_read_only (fixture);
  alert = wait_for_alert (fixture);
  tsm_monitor_acknowledge (fixture->monitor, alert, NULL);
  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_OPEN);
  tsm_monitor_resolve (fixture->monitor, alert, NULL);
  g_assert_cmpint (tsm_alert_get_state (alert), ==, TSM_ALERT_OPEN);
  g_assert_null (tsm_monitor_get_last_action (fixture->monitor, TSM_COMMAND_ALERT_RESOLVED));
}

/* What was shown stays, the series get a gap, and the next event is shown again. */
static void
test_lost_link_leaves_a_gap_and_recovers (Fixture       *fixture,
                                          gconstpointer  data)
{
  TsmSource *source;
  const TsmSeries *series;

  publish_cpu (fixture, "engine", 42);
  g_assert_true (tsm_test_wait_until (cpu_of (tsm_monitor_get_lead_source (fixture->monitor)) == 42));
  source = tsm_monitor_get_lead_source (fixture->monitor);

  tsm_test_redis_kill (fixture->redis);
  g_assert_true (tsm_test_wait_until (!is_ready (fixture->monitor)));
  g_assert_cmpfloat (cpu_of (source), ==, 42);
  series = tsm_source_get_series (source, TSM_METRIC_CPU_PERCENT);
  g_assert_true (tsm_test_wait_until (isnan (tsm_series_get (series, tsm_series_get_length (series) - 1).value)));

  tsm_test_redis_restart (fixture->redis);
  g_assert_true (tsm_test_wait_until (is_ready (fixture->monitor)));
  publish_cpu (fixture, "engine", 43);
  g_assert_true (tsm_test_wait_until (cpu_of (source) == 43));
}

static void
drop_monitor (Fixture *fixture)
{
  g_clear_object (&fixture->monitor);
}

static void
test_dropped_within_its_own_signal (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_signal_connect_swapped (fixture->monitor, "updated", G_CALLBACK (drop_monitor), fixture);
  publish_cpu (fixture, "engine", 42);
  g_assert_true (tsm_test_wait_until (fixture->monitor == NULL));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/monitor/event-reaches-the-models", test_event_reaches_the_models },
    { "/monitor/rejected-is-counted-and-logged", test_rejected_is_counted_and_logged },
    { "/monitor/burst-is-batched-and-whole", test_burst_is_batched_and_whole },
    { "/monitor/lead/first-stays", test_lead_is_the_first_and_stays },
    { "/monitor/lead/health-gives-way", test_lead_with_health_only_gives_way_to_metrics },
    { "/monitor/command/nobody-hears", test_command_nobody_hears },
    { "/monitor/command/delivered-and-answered", test_command_is_delivered_and_answered },
    { "/monitor/command/without-a-link", test_command_without_a_link_fails },
    { "/monitor/alert/acknowledged", test_alert_is_acknowledged_and_its_story_told },
    { "/monitor/alert/resolving-twice", test_resolving_twice_sends_once },
    { "/monitor/read-only/sends-nothing", test_read_only_sends_nothing },
    { "/monitor/read-only/leaves-alerts", test_read_only_leaves_alerts_as_they_are },
    { "/monitor/lost-link", test_lost_link_leaves_a_gap_and_recovers },
    { "/monitor/dropped-within-its-own-signal", test_dropped_within_its_own_signal },
  };

  g_test_init (&argc, &argv, NULL);
  if (!tsm_test_redis_is_available ())
    {
      g_printerr ("redis-server is not installed\n");
      return 77;
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
