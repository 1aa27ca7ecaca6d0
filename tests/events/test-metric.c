/* The metric catalogue is consistent with itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "events/tsm-metric.h"

static void
test_paths_lead_back (void)
{
  for (guint i = 0; i < TSM_N_METRICS; i++)
    {
      const TsmMetricInfo *info = tsm_metric_get_info ((TsmMetricId) i);
      TsmMetricId id;

      g_assert_true (tsm_metric_from_path (info->path, &id));
      g_assert_cmpuint (id, ==, i);
      for (guint j = 0; info->aliases[j] != NULL; j++)
        {
          g_assert_true (tsm_metric_from_path (info->aliases[j], &id));
          g_assert_cmpuint (id, ==, i);
        }
    }
}

static void
test_rows_are_whole (void)
{
  for (guint i = 0; i < TSM_N_METRICS; i++)
    {
      const TsmMetricInfo *info = tsm_metric_get_info ((TsmMetricId) i);

      g_assert_cmpuint (strlen (info->label), >, 0);
      g_assert_cmpfloat (info->minimum, <, info->maximum);
      g_assert_nonnull (strchr (info->path, '.'));
      g_assert_null (info->aliases[TSM_METRIC_MAX_ALIASES]);
    }
}

static void
test_units_have_their_range (void)
{
  for (guint i = 0; i < TSM_N_METRICS; i++)
    {
      const TsmMetricInfo *info = tsm_metric_get_info ((TsmMetricId) i);

      if (info->unit == TSM_UNIT_PERCENT)
        g_assert_cmpfloat (info->maximum, ==, 100);
      if (info->unit == TSM_UNIT_RATIO || info->unit == TSM_UNIT_BOOLEAN)
        g_assert_cmpfloat (info->maximum, ==, 1);
    }
}

static void
assert_bands (TsmMetricId id,
              double      first,
              double      second,
              double      third)
{
  const TsmBands *bands = tsm_metric_get_info (id)->bands;

  g_assert_cmpuint (bands->n_limits, ==, 3);
  g_assert_cmpfloat (bands->limits[0], ==, first);
  g_assert_cmpfloat (bands->limits[1], ==, second);
  g_assert_cmpfloat (bands->limits[2], ==, third);
}

static void
test_bands (void)
{
  assert_bands (TSM_METRIC_CPU_PERCENT, 50, 70, 85);
  assert_bands (TSM_METRIC_MEMORY_PERCENT, 60, 75, 90);
  assert_bands (TSM_METRIC_DISK_PERCENT, 70, 85, 95);
  g_assert_cmpuint (tsm_metric_get_info (TSM_METRIC_QUEUE_DEPTH)->bands->n_limits, ==, 0);
}

static void
test_unknown_path (void)
{
  TsmMetricId id;

  g_assert_false (tsm_metric_from_path ("system.cpu", &id));
  g_assert_false (tsm_metric_from_path ("", &id));
  g_assert_false (tsm_metric_from_path ("SYSTEM.CPU_PERCENT", &id));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metric/paths-lead-back", test_paths_lead_back);
  g_test_add_func ("/metric/rows-are-whole", test_rows_are_whole);
  g_test_add_func ("/metric/units-have-their-range", test_units_have_their_range);
  g_test_add_func ("/metric/bands", test_bands);
  g_test_add_func ("/metric/unknown-path", test_unknown_path);

  return g_test_run ();
}
