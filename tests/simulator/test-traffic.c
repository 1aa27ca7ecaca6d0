/* What the simulated publishers say: the same for the same seed, understood without a finding, believable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "traffic-fixture.h"

static void
test_same_seed (gconstpointer mix)
{
  g_autoptr (TsmTraffic) a = traffic_make (GPOINTER_TO_INT (mix), 42);
  g_autoptr (TsmTraffic) b = traffic_make (GPOINTER_TO_INT (mix), 42);

  for (guint i = 0; i < 2000; i++)
    {
      TsmEngineEvent x, y;

      tsm_traffic_next (a, 0, &x);
      tsm_traffic_next (b, 12345, &y); /* the given time plays no part where the start is set */
      g_assert_cmpstr (x.text, ==, y.text);
      g_free (x.text);
      g_free (y.text);
    }
}

static void
test_other_seed (void)
{
  g_autoptr (TsmTraffic) a = traffic_make (TSM_TRAFFIC_A, 1);
  g_autoptr (TsmTraffic) b = traffic_make (TSM_TRAFFIC_A, 2);
  TsmEngineEvent x, y;

  tsm_traffic_next (a, 0, &x);
  tsm_traffic_next (b, 0, &y);
  g_assert_cmpstr (x.text, !=, y.text);
  g_free (x.text);
  g_free (y.text);
}

static void
test_no_findings (gconstpointer mix)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (GPOINTER_TO_INT (mix), 9);

  for (guint i = 0; i < 4000; i++)
    {
      TsmEngineEvent event;
      g_autofree char *text = NULL;
      g_autoptr (TsmEvent) decoded = NULL;

      tsm_traffic_next (traffic, START, &event);
      text = event.text;
      decoded = traffic_decode (text);
      if (tsm_event_get_n_findings (decoded) > 0)
        g_error ("%s: %s", tsm_event_get_finding (decoded, 0)->message, text);
      g_assert_cmpint (tsm_event_get_acceptance (decoded), ==, TSM_ACCEPTED_YES);
    }
}

static void
test_dialect (gconstpointer mix)
{
  static const TsmDialect dialects[] = { TSM_DIALECT_A, TSM_DIALECT_B, TSM_DIALECT_C };
  g_autoptr (TsmTraffic) traffic = traffic_make (GPOINTER_TO_INT (mix), 9);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      g_assert_cmpint (tsm_event_get_dialect (event), ==, dialects[GPOINTER_TO_INT (mix)]);
    }
}

static void
test_timestamps (void)
{
  TsmTrafficOptions options = TSM_TRAFFIC_OPTIONS_DEFAULT;
  g_autoptr (TsmTraffic) traffic = NULL;

  options.start_time = START;
  options.rate = 10;
  traffic = tsm_traffic_new (&options);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      g_assert_cmpint (tsm_event_get_timestamp (event), ==, START + i * (G_USEC_PER_SEC / 10));
    }
}

static guint
count_sources (TsmTrafficMix mix,
               guint         n_sources)
{
  TsmTrafficOptions options = TSM_TRAFFIC_OPTIONS_DEFAULT;
  g_autoptr (TsmTraffic) traffic = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  options.mix = mix;
  options.n_sources = n_sources;
  traffic = tsm_traffic_new (&options);
  for (guint i = 0; i < n_sources * 20; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      g_hash_table_add (names, g_strdup (tsm_event_get_source (event)));
    }

  return g_hash_table_size (names);
}

static void
test_n_sources (void)
{
  g_assert_cmpuint (count_sources (TSM_TRAFFIC_A, 7), ==, 7);
}

static void
test_n_mixed_sources (void)
{
  g_assert_cmpuint (count_sources (TSM_TRAFFIC_MIXED, 8), ==, 8);
}

/* Whoever starts a demo sees one of each kind within 15 s: at one event per source and second that is 45 events. */
static void
test_demo_shows_all (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 1);
  gboolean warning = FALSE, critical = FALSE, resolved = FALSE, job = FALSE, health = FALSE;

  for (guint i = 0; i < 45; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);
      TsmEventType type = tsm_event_get_event_type (event);

      if (type == TSM_EVENT_ALERT_TRIGGERED)
        {
          warning |= tsm_event_get_alert (event)->severity == TSM_SEVERITY_WARNING;
          critical |= tsm_event_get_alert (event)->severity == TSM_SEVERITY_CRITICAL;
        }
      resolved |= type == TSM_EVENT_ALERT_RESOLVED;
      job |= type == TSM_EVENT_JOB;
      health |= type == TSM_EVENT_HEALTH_CHECK;
    }

  g_assert_true (warning);
  g_assert_true (critical);
  g_assert_true (resolved);
  g_assert_true (job);
  g_assert_true (health);
}

/* Whatever is raised is resolved in the end, and nothing is resolved that was not raised. */
static void
test_alerts_resolve (gconstpointer mix)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (GPOINTER_TO_INT (mix), 4);
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_raised = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);
      const TsmAlertData *alert = tsm_event_get_alert (event);

      if (tsm_event_get_event_type (event) == TSM_EVENT_ALERT_TRIGGERED)
        n_raised += g_hash_table_add (open, g_strdup (alert->id));
      else if (tsm_event_get_event_type (event) == TSM_EVENT_ALERT_RESOLVED)
        g_assert_true (g_hash_table_remove (open, alert->id));
    }

  g_assert_cmpuint (n_raised, >=, 10); /* five days of ten minutes */
  g_assert_cmpuint (g_hash_table_size (open), <=, 2);
}

static void
test_alert_repeats (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 4);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint most = 0;

  for (guint i = 0; i < 600; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);

      if (tsm_event_get_event_type (event) == TSM_EVENT_ALERT_TRIGGERED)
        {
          const char *id = tsm_event_get_alert (event)->id;
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, id)) + 1;

          g_hash_table_insert (counts, g_strdup (id), GUINT_TO_POINTER (n));
          most = MAX (most, n);
        }
    }

  g_assert_cmpuint (most, >=, 3);
}

static void
test_job_completes (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_C, 4);
  g_autofree char *run_id = NULL;
  double percentage = -1;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (TsmEvent) event = traffic_next_event (traffic);
      const TsmJobData *job = tsm_event_get_job (event);

      if (job == NULL)
        continue;
      if (run_id == NULL)
        run_id = g_strdup (job->run_id);
      g_assert_cmpstr (job->run_id, ==, run_id);
      if (job->stage == TSM_JOB_COMPLETED)
        {
          g_assert_cmpfloat (percentage, ==, 100);
          return;
        }
      if (job->stage == TSM_JOB_PROGRESS)
        {
          g_assert_cmpfloat (job->percentage, >=, percentage);
          g_assert_cmpfloat (job->completed + job->failed, ==, job->processed);
          percentage = job->percentage;
        }
    }

  g_error ("the run did not complete");
}

static const struct
{
  const char    *name;
  TsmTrafficMix  mix;
} mixes[] = {
  { "a", TSM_TRAFFIC_A }, { "b", TSM_TRAFFIC_B }, { "c", TSM_TRAFFIC_C }, { "mixed", TSM_TRAFFIC_MIXED },
};

static void
add_for_mixes (const char    *name,
               GTestDataFunc  function,
               guint          n_mixes)
{
  for (guint i = 0; i < n_mixes; i++)
    {
      g_autofree char *path = g_strdup_printf ("/traffic/%s/%s", name, mixes[i].name);

      g_test_add_data_func (path, GINT_TO_POINTER (mixes[i].mix), function);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_mixes ("same-seed", test_same_seed, 4);
  add_for_mixes ("no-findings", test_no_findings, 4);
  add_for_mixes ("dialect", test_dialect, 3);
  add_for_mixes ("alerts-resolve", test_alerts_resolve, 2);
  g_test_add_func ("/traffic/other-seed", test_other_seed);
  g_test_add_func ("/traffic/timestamps", test_timestamps);
  g_test_add_func ("/traffic/sources/one-dialect", test_n_sources);
  g_test_add_func ("/traffic/sources/mixed", test_n_mixed_sources);
  g_test_add_func ("/traffic/demo-shows-all", test_demo_shows_all);
  g_test_add_func ("/traffic/alert-repeats", test_alert_repeats);
  g_test_add_func ("/traffic/job-completes", test_job_completes);

  return g_test_run ();
}
