/* Fills a sparkline from a series.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-card.h"
#include "widgets/tsm-sparkline.h"

G_BEGIN_DECLS

#define TSM_TRACE_SPAN_US (5 * 60 * G_USEC_PER_SEC)

/* A sparkline of one metric. @name: translated, for its accessible label */
GtkWidget *tsm_trace_new    (const char    *name,
                             double         minimum,
                             double         maximum);
/* Hides it where the metric was never sent. */
void       tsm_trace_update (GtkWidget     *trace,
                             const TsmView *view,
                             TsmMetricId    id,
                             TsmTone        tone);

G_END_DECLS
