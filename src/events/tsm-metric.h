/* The metric catalogue: what each known number of a METRIC_UPDATE is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmMetricId:
 *
 * Every metric of the catalogue, in the order of tsm-metric-table.h.
 */
typedef enum
{
#define TSM_METRIC(ID, ...) TSM_METRIC_##ID,
#include "events/tsm-metric-table.h"
#undef TSM_METRIC
  TSM_N_METRICS
} TsmMetricId;

/**
 * TsmUnit:
 * @TSM_UNIT_PERCENT: 0–100
 * @TSM_UNIT_RATIO: 0–1
 * @TSM_UNIT_COUNT: a whole number
 * @TSM_UNIT_PER_SECOND: events per second
 * @TSM_UNIT_MILLISECOND: ms
 * @TSM_UNIT_MIB: MiB
 * @TSM_UNIT_BYTES: bytes
 * @TSM_UNIT_BOOLEAN: 0 or 1
 * @TSM_UNIT_TIME: seconds since the epoch, UTC, with fraction
 * @TSM_UNIT_NONE: not known
 */
typedef enum
{
  TSM_UNIT_PERCENT,
  TSM_UNIT_RATIO,
  TSM_UNIT_COUNT,
  TSM_UNIT_PER_SECOND,
  TSM_UNIT_MILLISECOND,
  TSM_UNIT_MIB,
  TSM_UNIT_BYTES,
  TSM_UNIT_BOOLEAN,
  TSM_UNIT_TIME,
  TSM_UNIT_NONE,
} TsmUnit;

/**
 * TsmMetricKind:
 * @TSM_METRIC_KIND_GAUGE: the number is the reading
 * @TSM_METRIC_KIND_COUNTER: the number only grows; the reading is its rate per second
 */
typedef enum
{
  TSM_METRIC_KIND_GAUGE,
  TSM_METRIC_KIND_COUNTER,
} TsmMetricKind;

/**
 * TsmBands:
 *
 * Where the coloured bands of a gauge end, ascending, in the metric's unit. There are four bands: below
 * `limits[0]`, below `limits[1]`, below `limits[2]`, and above. @n_limits is 3, or 0 for no bands.
 */
typedef struct
{
  guint  n_limits;
  double limits[3];
} TsmBands;

#define TSM_METRIC_MAX_ALIASES 2

/**
 * TsmMetricInfo:
 * @path: canonical path below `metrics`, e.g. `system.cpu_percent`
 * @label: untranslated label; pass it through gettext to show it
 * @minimum: smallest legal value; below it the event gets an `out-of-range` finding
 * @maximum: largest legal value
 * @aliases: other paths below `metrics` that mean the same, NULL-terminated
 */
typedef struct
{
  const char    *path;
  const char    *label;
  TsmUnit        unit;
  double         minimum;
  double         maximum;
  const TsmBands *bands;
  TsmMetricKind  kind;
  const char    *aliases[TSM_METRIC_MAX_ALIASES + 1];
} TsmMetricInfo;

const TsmMetricInfo *tsm_metric_get_info  (TsmMetricId  id);
gboolean             tsm_metric_from_path (const char  *path,
                                           TsmMetricId *id);

G_END_DECLS
