/* A healthy system is called healthy, a hundred times in a row: at a thousand events a second, and at one a minute.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each time is an examination of its own, with all that it asks and counts, and the verdict after it. A hundred of them one after the
 * other take six minutes, and at one event a minute there would be one or two to each event. So several monitors are examined side by
 * side; at one event a minute a hundred, one after the other at their own moments, from just after the first event to well after the
 * second.
 */

#include "monitor/tsm-monitor.h"
#include "simulator/tsm-simulator.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-redis.h"

#define TIMES      100
#define EVENT      "{\"event_type\":\"METRIC_UPDATE\",\"source\":\"engine\",\"timestamp\":\"%s\"," \
                   "\"metrics\":{\"system\":{\"cpu_percent\":1,\"memory_percent\":2}}}"

typedef struct
{
  TsmTestRedis *redis;
  TsmSimulator *engine;    /* (nullable) */
  GPtrArray    *monitors;
  guint         n_examined;
  guint         limit;     /* examinations that are wanted of each monitor */
} Fixture;

typedef struct
{
  Fixture    *fixture;
  TsmMonitor *monitor;
  guint       n_examined;
  gboolean    was_healthy; /* and shall be so from then on */
} Watched;

static const TsmVerdict *
get_verdict (Watched *self)
{
  return tsm_ladder_get_verdict (tsm_diagnosis_get_ladder (tsm_monitor_get_diagnosis (self->monitor)));
}

static void
assert_healthy (Watched *self)
{
  if (g_strcmp0 (get_verdict (self)->code, "healthy") != 0)
    g_error ("after %u examinations: %s: %s", self->fixture->n_examined, get_verdict (self)->code, get_verdict (self)->summary);
}

static void
changed_cb (Watched *self)
{
  if (self->was_healthy)
    assert_healthy (self);
  self->was_healthy |= g_strcmp0 (get_verdict (self)->code, "healthy") == 0;
}

static void
examined_cb (Watched *self)
{
  if (!self->was_healthy || self->n_examined >= self->fixture->limit)
    return;
  assert_healthy (self);
  self->n_examined++;
  self->fixture->n_examined++;
  if (self->n_examined < self->fixture->limit)
    tsm_diagnosis_run (tsm_monitor_get_diagnosis (self->monitor), FALSE);
}

/* Nobody listens to commands here, so none can be sent. */
static void
add_monitor (Fixture *fixture)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (fixture->redis), NULL);
  Watched *watched = g_new0 (Watched, 1);
  TsmDiagnosis *diagnosis;

  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  watched->fixture = fixture;
  watched->monitor = tsm_monitor_new (profile, NULL);
  diagnosis = tsm_monitor_get_diagnosis (watched->monitor);
  tsm_diagnosis_set_automatic (diagnosis, FALSE);
  g_signal_connect_swapped (diagnosis, "changed", G_CALLBACK (changed_cb), watched);
  g_signal_connect_swapped (diagnosis, "examined", G_CALLBACK (examined_cb), watched);
  tsm_monitor_start (watched->monitor);
  g_ptr_array_add (fixture->monitors, watched);
}

static void
watched_free (gpointer data)
{
  Watched *self = data;

  g_signal_handlers_disconnect_by_data (tsm_monitor_get_diagnosis (self->monitor), self);
  tsm_monitor_stop (self->monitor);
  g_object_unref (self->monitor);
  g_free (self);
}

static gboolean
set_up (Fixture *fixture,
        guint    n_monitors)
{
  if (!tsm_test_redis_is_available ())
    {
      g_test_skip ("redis-server is not installed");
      return FALSE;
    }
  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  fixture->monitors = g_ptr_array_new_with_free_func (watched_free);
  fixture->limit = TIMES / n_monitors;
  for (guint i = 0; i < n_monitors; i++)
    add_monitor (fixture);
  return TRUE;
}

static void
tear_down (Fixture *fixture)
{
  g_ptr_array_unref (fixture->monitors);
  if (fixture->engine != NULL)
    tsm_simulator_stop (fixture->engine);
  g_clear_object (&fixture->engine);
  tsm_test_settle ();
  tsm_test_redis_free (fixture->redis);
}

static gboolean
are_all_healthy (Fixture *fixture)
{
  for (guint i = 0; i < fixture->monitors->len; i++)
    if (!((Watched *) g_ptr_array_index (fixture->monitors, i))->was_healthy)
      return FALSE;
  return TRUE;
}

static void
run (Fixture *fixture,
     guint    i)
{
  Watched *watched = g_ptr_array_index (fixture->monitors, i);

  tsm_diagnosis_run (tsm_monitor_get_diagnosis (watched->monitor), FALSE);
}

static void
test_fast (void)
{
  Fixture fixture = { NULL };
  g_autoptr (TsmProfile) profile = NULL;
  TsmTrafficOptions options = TSM_TRAFFIC_OPTIONS_DEFAULT;

  if (!set_up (&fixture, 10))
    return;
  options.rate = 1000;
  profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (fixture.redis), NULL);
  fixture.engine = tsm_simulator_new (profile, NULL, &options, 0);
  tsm_simulator_start (fixture.engine);

  g_assert_true (tsm_test_wait_until (are_all_healthy (&fixture)));
  for (guint i = 0; i < fixture.monitors->len; i++)
    run (&fixture, i);
  g_assert_true (tsm_test_wait_until_for (fixture.n_examined == TIMES, 150));
  tear_down (&fixture);
}

static void
publish (Fixture *fixture)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autofree char *event = g_strdup_printf (EVENT, time);

  tsm_test_redis_do (fixture->redis, "PUBLISH " TSM_PROFILE_DEFAULT_CHANNEL " %s", event);
}

static gboolean
are_all_ready (Fixture *fixture)
{
  for (guint i = 0; i < fixture->monitors->len; i++)
    {
      Watched *watched = g_ptr_array_index (fixture->monitors, i);

      if (tsm_connection_get_ready_since (tsm_monitor_get_connection (watched->monitor)) == 0)
        return FALSE;
    }
  return TRUE;
}

static void
test_slow (void)
{
  Fixture fixture = { NULL };
  gint64 begin;
  guint n_published = 1;

  if (!set_up (&fixture, TIMES))
    return;
  g_assert_true (tsm_test_wait_until (are_all_ready (&fixture)));
  publish (&fixture);
  g_assert_true (tsm_test_wait_until (are_all_healthy (&fixture)));

  begin = g_get_monotonic_time ();
  for (guint i = 0; i < TIMES; i++)
    {
      gint64 moment = begin + (gint64) i * 70 * G_USEC_PER_SEC / TIMES;

      g_assert_true (tsm_test_wait_until_for (g_get_monotonic_time () >= moment, 10));
      if (n_published == 1 && g_get_monotonic_time () - begin >= 60 * G_USEC_PER_SEC)
        {
          publish (&fixture);
          n_published++;
        }
      run (&fixture, i);
    }
  g_assert_true (tsm_test_wait_until (fixture.n_examined == TIMES));
  g_assert_cmpuint (n_published, ==, 2);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/health/fast", test_fast);
  g_test_add_func ("/health/slow", test_slow);

  return g_test_run ();
}
