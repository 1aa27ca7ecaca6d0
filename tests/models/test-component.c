/* TsmComponent: levels, titles, and notifications only of what changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "model-fixture.h"
#include "models/tsm-component.h"

static void
test_level_from_score (void)
{
  static const struct
  {
    double         score;
    TsmHealthLevel level;
  } cases[] = {
    { 100, TSM_HEALTH_EXCELLENT }, { 90, TSM_HEALTH_EXCELLENT }, { 89.9, TSM_HEALTH_HEALTHY },
    { 75, TSM_HEALTH_HEALTHY },    { 74.9, TSM_HEALTH_DEGRADED }, { 60, TSM_HEALTH_DEGRADED },
    { 59.9, TSM_HEALTH_UNHEALTHY }, { 40, TSM_HEALTH_UNHEALTHY }, { 39.9, TSM_HEALTH_CRITICAL },
    { 0, TSM_HEALTH_CRITICAL },    { -5, TSM_HEALTH_CRITICAL },  { NAN, TSM_HEALTH_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tsm_health_level_from_score (cases[i].score), ==, cases[i].level);
}

static void
test_level_from_word (void)
{
  g_assert_cmpint (tsm_health_level_from_word ("OK"), ==, TSM_HEALTH_HEALTHY);
  g_assert_cmpint (tsm_health_level_from_word ("Excellent"), ==, TSM_HEALTH_EXCELLENT);
  g_assert_cmpint (tsm_health_level_from_word ("warning"), ==, TSM_HEALTH_DEGRADED);
  g_assert_cmpint (tsm_health_level_from_word ("FAILING"), ==, TSM_HEALTH_UNHEALTHY);
  g_assert_cmpint (tsm_health_level_from_word ("down"), ==, TSM_HEALTH_CRITICAL);
  g_assert_cmpint (tsm_health_level_from_word ("paused"), ==, TSM_HEALTH_DISABLED);
  g_assert_cmpint (tsm_health_level_from_word ("purple"), ==, TSM_HEALTH_UNKNOWN);
  g_assert_cmpint (tsm_health_level_from_word (NULL), ==, TSM_HEALTH_UNKNOWN);
}

static void
test_title (void)
{
  static const char * const cases[][2] = {
    { "pattern_detection", "Pattern detection" },
    { "redis", "Redis" },
    { "job-queue.eu", "Job queue eu" },
    { "éclair_x", "Éclair x" },
    { "", "" },
    { "___", "___" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TsmComponent) component = tsm_component_new (cases[i][0]);
      g_autofree char         *title = tsm_component_dup_title (component);

      g_assert_cmpstr (title, ==, cases[i][1]);
    }
}

static void
test_new_is_unknown (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("redis");

  g_assert_cmpint (tsm_component_get_level (component), ==, TSM_HEALTH_UNKNOWN);
  g_assert_true (isnan (tsm_component_get_score (component)));
  g_assert_null (tsm_component_get_status (component));
}

static void
test_same_update_notifies_nothing (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("redis");
  TsmComponentHealth       health = { (char *) "redis", (char *) "healthy", NAN, (char *) "latency_ms 4" };
  guint                    n;

  g_assert_true (tsm_component_update (component, &health));
  fixture_count (component, "notify", &n);

  g_assert_false (tsm_component_would_change (component, &health));
  g_assert_false (tsm_component_update (component, &health));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_notifies_only_what_changes (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("redis");
  TsmComponentHealth       health = { (char *) "redis", NULL, 95, NULL };
  guint                    n_all;
  guint                    n_score;

  tsm_component_update (component, &health);
  fixture_count (component, "notify", &n_all);
  fixture_count (component, "notify::score", &n_score);

  health.score = 96;
  g_assert_true (tsm_component_update (component, &health));

  g_assert_cmpuint (n_score, ==, 1);
  g_assert_cmpuint (n_all, ==, 1);
}

static void
test_level_follows_score (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("redis");
  guint                    n;

  tsm_component_update (component, &(TsmComponentHealth) { .score = 95 });
  fixture_count (component, "notify::level", &n);
  tsm_component_update (component, &(TsmComponentHealth) { .score = 50 });

  g_assert_cmpint (tsm_component_get_level (component), ==, TSM_HEALTH_UNHEALTHY);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_disabled_beats_score (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("redis");

  tsm_component_update (component, &(TsmComponentHealth) { .status = (char *) "DISABLED", .score = 0 });

  g_assert_cmpint (tsm_component_get_level (component), ==, TSM_HEALTH_DISABLED);
}

static void
test_details_stay_at_the_same_level (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("database");

  tsm_component_update (component,
                        &(TsmComponentHealth) { .status = (char *) "OK", .score = 92, .details = (char *) "12 workers" });
  tsm_component_update (component, &(TsmComponentHealth) { .score = 95 });

  g_assert_cmpstr (tsm_component_get_details (component), ==, "12 workers");
}

static void
test_details_leave_with_the_level (void)
{
  g_autoptr (TsmComponent) component = tsm_component_new ("database");

  tsm_component_update (component, &(TsmComponentHealth) { .score = 71, .details = (char *) "slow queries" });
  tsm_component_update (component, &(TsmComponentHealth) { .score = 95 });

  g_assert_null (tsm_component_get_details (component));
}

static void
test_every_level_has_a_label (void)
{
  for (TsmHealthLevel level = TSM_HEALTH_UNKNOWN; level <= TSM_HEALTH_EXCELLENT; level++)
    g_assert_cmpuint (strlen (tsm_health_level_get_label (level)), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/component/level-from-score", test_level_from_score);
  g_test_add_func ("/component/level-from-word", test_level_from_word);
  g_test_add_func ("/component/title", test_title);
  g_test_add_func ("/component/new-is-unknown", test_new_is_unknown);
  g_test_add_func ("/component/same-update-notifies-nothing", test_same_update_notifies_nothing);
  g_test_add_func ("/component/notifies-only-what-changes", test_notifies_only_what_changes);
  g_test_add_func ("/component/level-follows-score", test_level_follows_score);
  g_test_add_func ("/component/disabled-beats-score", test_disabled_beats_score);
  g_test_add_func ("/component/details-stay-at-the-same-level", test_details_stay_at_the_same_level);
  g_test_add_func ("/component/details-leave-with-the-level", test_details_leave_with_the_level);
  g_test_add_func ("/component/every-level-has-a-label", test_every_level_has_a_label);

  return g_test_run ();
}
