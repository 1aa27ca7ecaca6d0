/* The metric catalogue as an array, and its index by path.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-metric.h"

/* From docs/event-format.md, where the bands of each gauge end; the disk has bands of its own, since a disk may well be
 * fuller than a memory. */
static const TsmBands bands_NONE = { 0, { 0, 0, 0 } };
static const TsmBands bands_CPU = { 3, { 50, 70, 85 } };
static const TsmBands bands_MEMORY = { 3, { 60, 75, 90 } };
static const TsmBands bands_DISK = { 3, { 70, 85, 95 } };

static const TsmMetricInfo metrics[] = {
#define TSM_METRIC(ID, path, label, unit, minimum, maximum, bands, kind, ...) \
  { path, label, TSM_UNIT_##unit, minimum, maximum, &bands_##bands, TSM_METRIC_KIND_##kind, { __VA_ARGS__ } },
#include "events/tsm-metric-table.h"
#undef TSM_METRIC
};

G_STATIC_ASSERT (G_N_ELEMENTS (metrics) == TSM_N_METRICS);

/* Path to id + 1. Made once and never changed, so any thread may read it. */
static GHashTable *
get_index (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint id = 0; id < TSM_N_METRICS; id++)
        {
          g_hash_table_insert (index, (gpointer) metrics[id].path, GUINT_TO_POINTER (id + 1));
          for (guint i = 0; metrics[id].aliases[i] != NULL; i++)
            g_hash_table_insert (index, (gpointer) metrics[id].aliases[i], GUINT_TO_POINTER (id + 1));
        }
      g_once_init_leave (&once, (gsize) index);
    }

  return (GHashTable *) once;
}

/**
 * tsm_metric_get_info:
 *
 * Returns: the catalogue's row on @id
 */
const TsmMetricInfo *
tsm_metric_get_info (TsmMetricId id)
{
  g_return_val_if_fail ((guint) id < TSM_N_METRICS, NULL);

  return &metrics[id];
}

/**
 * tsm_metric_from_path:
 * @path: dotted path below `metrics`, canonical or an alias
 * @id: (out) (optional): the metric
 *
 * Returns: whether the catalogue has such a metric
 */
gboolean
tsm_metric_from_path (const char  *path,
                      TsmMetricId *id)
{
  guint found;

  g_return_val_if_fail (path != NULL, FALSE);

  found = GPOINTER_TO_UINT (g_hash_table_lookup (get_index (), path));
  if (found == 0)
    return FALSE;

  if (id != NULL)
    *id = (TsmMetricId) (found - 1);
  return TRUE;
}
