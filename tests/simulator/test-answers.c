/* How the simulated publishers answer commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "traffic-fixture.h"

static gboolean
send (TsmTraffic *traffic,
      const char *command)
{
  g_autoptr (GBytes) bytes = g_bytes_new (command, strlen (command));

  return tsm_traffic_command (traffic, bytes);
}

static TsmEvent *
pop_answer (TsmTraffic *traffic)
{
  TsmEngineEvent event;
  g_autofree char *text = NULL;

  if (!tsm_traffic_pop_answer (traffic, START, &event))
    return NULL;
  text = event.text;
  return traffic_decode (text);
}

static void
drop_answers (TsmTraffic *traffic)
{
  TsmEvent *answer;

  while ((answer = pop_answer (traffic)) != NULL)
    g_object_unref (answer);
}

static gboolean
is_about_memory (TsmEvent *event)
{
  return g_str_has_prefix (tsm_event_get_alert (event)->id, "mem-");
}

/* The memory alert once it is critical: it lasts long enough to be repeated. */
static char *
wait_for_critical (TsmTraffic *traffic)
{
  for (;;)
    {
      g_autoptr (TsmEvent) event = traffic_next_of_type (traffic, TSM_EVENT_ALERT_TRIGGERED, 200);

      if (tsm_event_get_alert (event)->severity == TSM_SEVERITY_CRITICAL && is_about_memory (event))
        return g_strdup (tsm_event_get_alert (event)->id);
    }
}

static guint
count_memory_alerts (TsmTraffic *traffic,
                     guint       n_events)
{
  guint n = 0;

  for (guint i = 0; i < n_events; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      if (tsm_event_get_event_type (event) == TSM_EVENT_ALERT_TRIGGERED)
        n += is_about_memory (event);
    }

  return n;
}

static void
test_unacknowledged_repeats (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autofree char *id = wait_for_critical (traffic);

  g_assert_cmpuint (count_memory_alerts (traffic, 40), >, 0);
}

static void
test_acknowledged_stops_repeating (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autofree char *id = wait_for_critical (traffic);
  g_autofree char *command = g_strdup_printf ("{\"action\":\"ALERT_ACKNOWLEDGED\",\"alert_id\":\"%s\"}", id);

  g_assert_true (send (traffic, command));
  g_assert_cmpuint (count_memory_alerts (traffic, 40), ==, 0);
}

static void
test_resolve_is_answered (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autofree char *id = wait_for_critical (traffic);
  g_autofree char *command =
    g_strdup_printf ("{\"action\":\"ALERT_RESOLVED\",\"alert_id\":\"%s\",\"resolved_by\":\"Ada\",\"notes\":\"done\"}", id);
  g_autoptr (TsmEvent) answer = NULL;

  g_assert_true (send (traffic, command));
  answer = pop_answer (traffic);
  g_assert_nonnull (answer);
  g_assert_cmpint (tsm_event_get_event_type (answer), ==, TSM_EVENT_ALERT_RESOLVED);
  g_assert_cmpstr (tsm_event_get_alert (answer)->id, ==, id);
  g_assert_cmpstr (tsm_event_get_alert (answer)->actor, ==, "Ada");
  g_assert_cmpstr (tsm_event_get_alert (answer)->notes, ==, "done");
}

static void
test_resolved_stays_quiet (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autofree char *id = wait_for_critical (traffic);
  g_autofree char *command = g_strdup_printf ("{\"action\":\"ALERT_RESOLVED\",\"alert_id\":\"%s\"}", id);

  g_assert_true (send (traffic, command));
  drop_answers (traffic);
  g_assert_cmpuint (count_memory_alerts (traffic, 40), ==, 0);
}

static void
test_force_health_check (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autoptr (TsmEvent) answer = NULL;

  drop_answers (traffic);
  g_assert_true (send (traffic, "{\"action\":\"FORCE_HEALTH_CHECK\"}"));
  answer = pop_answer (traffic);
  g_assert_nonnull (answer);
  g_assert_cmpint (tsm_event_get_event_type (answer), ==, TSM_EVENT_HEALTH_CHECK);
}

static void
test_clear_cache (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autoptr (TsmEvent) update = NULL;

  g_assert_true (send (traffic, "{\"action\":\"CLEAR_CACHE\"}"));
  drop_answers (traffic);
  update = traffic_next_of_type (traffic, TSM_EVENT_METRIC_UPDATE, 3);
  g_assert_cmpfloat (tsm_event_get_metrics (update)->values[TSM_METRIC_CACHE_HIT_RATE], <, 0.3);
}

static void
test_maintenance_is_answered (gconstpointer action)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autofree char *command = g_strdup_printf ("{\"action\":\"%s\"}", (const char *) action);
  gboolean answered = FALSE;
  TsmEvent *answer;

  send (traffic, "{\"action\":\"FORCE_HEALTH_CHECK\"}");
  drop_answers (traffic);
  g_assert_true (send (traffic, command));
  while ((answer = pop_answer (traffic)) != NULL)
    {
      answered |= tsm_event_get_event_type (answer) == TSM_EVENT_SYSTEM_STATUS;
      g_object_unref (answer);
    }
  g_assert_true (answered);
}

static char *
dup_status_of (TsmEvent   *event,
               const char *component)
{
  const TsmHealthData *health = tsm_event_get_health (event);

  for (guint i = 0; i < health->components->len; i++)
    {
      const TsmComponentHealth *c = &g_array_index (health->components, TsmComponentHealth, i);

      if (g_str_equal (c->name, component))
        return g_strdup (c->status);
    }

  return NULL;
}

static void
test_enable_component (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autoptr (TsmEvent) before = traffic_next_of_type (traffic, TSM_EVENT_HEALTH_CHECK, 20);
  g_autofree char *status_before = dup_status_of (before, "backtesting");
  g_autofree char *status_after = NULL;
  g_autoptr (TsmEvent) after = NULL;

  g_assert_cmpstr (status_before, ==, "DISABLED");
  g_assert_true (send (traffic, "{\"action\":\"ENABLE_COMPONENT\",\"type\":\"processor\",\"name\":\"backtesting\"}"));
  after = pop_answer (traffic);
  g_assert_nonnull (after);
  status_after = dup_status_of (after, "backtesting");
  g_assert_cmpstr (status_after, ==, "OK");
}

static void
test_answers_are_not_left (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 4);

  send (traffic, "{\"action\":\"FORCE_HEALTH_CHECK\"}");
  drop_answers (traffic);
  g_assert_null (pop_answer (traffic));
}

static void
test_bad_command (gconstpointer command)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 4);

  g_assert_false (send (traffic, command));
}

static const char * const bad_commands[] = {
  "", "x", "[]", "42", "null", "{}", "{\"action\":1}", "{\"action\":\"DANCE\"}", "{\"action\":\"ENABLE_COMPONENT\"}",
  "{\"action\":\"ENABLE_COMPONENT\",\"name\":\"no such\"}", "{\"action\":\"ALERT_RESOLVED\"}",
  "{\"action\":\"ALERT_RESOLVED\",\"alert_id\":\"no such\"}", "{\"action\":\"ALERT_ACKNOWLEDGED\",\"alert_id\":[]}",
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\xff\xfe{}",
};

static const char * const maintenances[] = { "CLEAR_CACHE", "FORCE_GC", "RELOAD_PATTERNS", "RESTART_WORKERS" };

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answers/unacknowledged-repeats", test_unacknowledged_repeats);
  g_test_add_func ("/answers/acknowledged-stops-repeating", test_acknowledged_stops_repeating);
  g_test_add_func ("/answers/resolve-is-answered", test_resolve_is_answered);
  g_test_add_func ("/answers/resolved-stays-quiet", test_resolved_stays_quiet);
  g_test_add_func ("/answers/force-health-check", test_force_health_check);
  g_test_add_func ("/answers/clear-cache", test_clear_cache);
  g_test_add_func ("/answers/enable-component", test_enable_component);
  g_test_add_func ("/answers/answers-are-not-left", test_answers_are_not_left);

  for (guint i = 0; i < G_N_ELEMENTS (maintenances); i++)
    {
      g_autofree char *path = g_strdup_printf ("/answers/answered/%s", maintenances[i]);

      g_test_add_data_func (path, maintenances[i], test_maintenance_is_answered);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_commands); i++)
    {
      g_autofree char *path = g_strdup_printf ("/answers/bad/%u", i);

      g_test_add_data_func (path, bad_commands[i], test_bad_command);
    }

  return g_test_run ();
}
