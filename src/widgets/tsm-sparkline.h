/* TsmSparkline: the recent course of one number, without axes. Gaps are drawn as grey spans, not joined. Role img.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

/* One point: @time in µs on any one clock; @value NaN opens a gap up to the next point. */
typedef struct
{
  gint64 time;
  float  value;
} TsmSparkPoint;

#define TSM_TYPE_SPARKLINE (tsm_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (TsmSparkline, tsm_sparkline, TSM, SPARKLINE, GtkWidget)

GtkWidget *tsm_sparkline_new        (void);
/* Copies the points. The picture spans from @start to @end (µs); where the last point is older than @end by more than
 * @silence µs, the rest is drawn as a gap. Redraws only when something differs. */
void       tsm_sparkline_set_points (TsmSparkline        *self,
                                     const TsmSparkPoint *points,
                                     guint                n_points,
                                     gint64               start,
                                     gint64               end,
                                     gint64               silence);
/* NaN, NaN: fit to the points, from zero where they are all positive. */
void       tsm_sparkline_set_range  (TsmSparkline        *self,
                                     double               minimum,
                                     double               maximum);
void       tsm_sparkline_set_tone   (TsmSparkline        *self,
                                     TsmTone              tone);
void       tsm_sparkline_set_stale  (TsmSparkline        *self,
                                     gboolean             stale);

G_END_DECLS
