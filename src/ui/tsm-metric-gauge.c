/* Shows one metric of a source on a gauge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-format.h"
#include "ui/tsm-metric-gauge.h"

#define MARKS_SPAN_US (15 * 60 * G_USEC_PER_SEC)

static const TsmTone band_tones[] = { TSM_TONE_GOOD, TSM_TONE_WARN, TSM_TONE_BAD, TSM_TONE_CRITICAL };

/* A scale whose end is round and seldom changes: 1, 2 or 5 times a power of ten, with room above the largest value. */
static double
round_scale (double largest)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double power;

  if (!(largest > 0))
    return 1;

  power = pow (10, floor (log10 (largest * 1.2)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (largest * 1.2 <= steps[i] * power)
      return steps[i] * power;
  return 10 * power;
}

static gboolean
has_own_scale (const TsmMetricInfo *info)
{
  return info->unit == TSM_UNIT_PERCENT || info->unit == TSM_UNIT_RATIO;
}

static const char *
unit_text (TsmUnit unit)
{
  switch (unit)
    {
    case TSM_UNIT_PERCENT:
    case TSM_UNIT_RATIO:
      return "%";
    case TSM_UNIT_PER_SECOND:
      return _("/s");
    case TSM_UNIT_MILLISECOND:
      return _("ms");
    case TSM_UNIT_COUNT:
    case TSM_UNIT_MIB:
    case TSM_UNIT_BYTES:
    case TSM_UNIT_BOOLEAN:
    case TSM_UNIT_TIME:
    case TSM_UNIT_NONE:
    default:
      return "";
    }
}

/**
 * tsm_metric_gauge_new:
 * @id: the metric, which gives the label, the range and the bands
 * @shape: the form
 *
 * Returns: (transfer floating): a #TsmGauge
 */
GtkWidget *
tsm_metric_gauge_new (TsmMetricId   id,
                      TsmGaugeShape shape)
{
  const TsmMetricInfo *info = tsm_metric_get_info (id);
  GtkWidget *gauge = tsm_gauge_new (shape);
  double ends[G_N_ELEMENTS (band_tones)];

  tsm_gauge_set_label (TSM_GAUGE (gauge), _(info->label));
  tsm_gauge_set_range (TSM_GAUGE (gauge), info->minimum, has_own_scale (info) ? info->maximum : 1);
  if (info->bands->n_limits == 3)
    {
      for (guint i = 0; i < 3; i++)
        ends[i] = info->bands->limits[i];
      ends[3] = info->maximum;
      tsm_gauge_set_bands (TSM_GAUGE (gauge), G_N_ELEMENTS (ends), ends, band_tones);
    }
  return gauge;
}

static TsmTone
tone_of (const TsmMetricInfo *info,
         double               value)
{
  guint band = 0;

  if (info->unit == TSM_UNIT_RATIO)
    return value >= 0.8 ? TSM_TONE_GOOD : value >= 0.6 ? TSM_TONE_WARN : TSM_TONE_BAD;
  if (info->bands->n_limits == 0)
    return TSM_TONE_NEUTRAL;

  while (band < info->bands->n_limits && value >= info->bands->limits[band])
    band++;
  return band_tones[band];
}

static char *
describe_trend (const TsmTrend *trend)
{
  static const struct { const char *arrow; const char *word; } words[] = {
    [TSM_TREND_UNKNOWN]    = { "", NULL },
    [TSM_TREND_STABLE]     = { "", N_("stable") },
    [TSM_TREND_INCREASING] = { "▲ ", N_("rising") },
    [TSM_TREND_DECREASING] = { "▼ ", N_("falling") },
  };
  const char *arrow, *word;

  if (trend == NULL || trend->direction == TSM_TREND_UNKNOWN)
    return NULL;
  arrow = words[trend->direction].arrow;
  word = _(words[trend->direction].word);
  if (isnan (trend->prediction_1h))
    return g_strconcat (arrow, word, NULL);
  /* Where there is no room for all, what stands behind the dot is left away. */
  /* Translators: a trend's arrow, the value it leads to in one hour, then its word */
  return g_strdup_printf (_("%s%.0f %% in 1 h · %s"), arrow, trend->prediction_1h, word);
}

static void
show_marks (GtkWidget           *gauge,
            const TsmMetricInfo *info,
            TsmMetricId          id,
            const TsmView       *view)
{
  const TsmSeries *series = tsm_source_get_series (view->source, id);
  double low = NAN;
  double high = NAN;

  if (series == NULL || !tsm_series_get_range (series, view->now - MARKS_SPAN_US, &low, &high))
    low = high = NAN;
  if (!has_own_scale (info))
    {
      tsm_gauge_set_range (TSM_GAUGE (gauge), 0, round_scale (isnan (high) ? 0 : high));
      low = high = NAN;
    }
  tsm_gauge_set_marks (TSM_GAUGE (gauge), low, high);
}

/**
 * tsm_metric_gauge_update:
 * @gauge: made by tsm_metric_gauge_new()
 * @id: its metric
 * @view: what to show
 * @trend: (nullable): the source's own prediction for it
 *
 * Returns: the tone of the value, grey where it is stale or unknown
 */
TsmTone
tsm_metric_gauge_update (GtkWidget      *gauge,
                         TsmMetricId     id,
                         const TsmView  *view,
                         const TsmTrend *trend)
{
  const TsmMetricInfo *info = tsm_metric_get_info (id);
  g_autofree char *number = NULL;
  g_autofree char *caption = NULL;
  gint64 age;
  gboolean stale = tsm_view_is_stale (view, &age);
  TsmReading reading = { NAN, 0 };
  TsmTone tone;

  if (view->source == NULL || !tsm_source_get_reading (view->source, id, &reading))
    {
      tsm_gauge_set_value (TSM_GAUGE (gauge), NAN, NULL, NULL);
      tsm_gauge_set_marks (TSM_GAUGE (gauge), NAN, NAN);
      tsm_gauge_set_caption (TSM_GAUGE (gauge), NULL);
      tsm_gauge_set_stale (TSM_GAUGE (gauge), FALSE);
      return TSM_TONE_STALE;
    }

  show_marks (gauge, info, id, view);
  number = tsm_format_value (reading.value, info->unit);
  tone = tone_of (info, reading.value);
  if (stale)
    {
      g_autofree char *text = tsm_format_age (view->now - reading.received_monotonic);

      caption = g_strdup_printf (_("%s old"), text);
    }
  else
    caption = describe_trend (trend);

  tsm_gauge_set_tone (TSM_GAUGE (gauge), tone);
  tsm_gauge_set_value (TSM_GAUGE (gauge), reading.value, number, unit_text (info->unit));
  tsm_gauge_set_caption (TSM_GAUGE (gauge), caption);
  tsm_gauge_set_stale (TSM_GAUGE (gauge), stale);
  return stale ? TSM_TONE_STALE : tone;
}
