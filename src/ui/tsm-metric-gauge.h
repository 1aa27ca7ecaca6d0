/* Shows one metric of a source on a gauge: value, bands, marks of the last 15 minutes, age when stale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-card.h"
#include "widgets/tsm-gauge.h"

G_BEGIN_DECLS

GtkWidget *tsm_metric_gauge_new    (TsmMetricId    id,
                                    TsmGaugeShape  shape);
/* @trend: (nullable). Returns the tone that the value has. A gauge whose metric was never sent shows no value. */
TsmTone    tsm_metric_gauge_update (GtkWidget      *gauge,
                                    TsmMetricId     id,
                                    const TsmView  *view,
                                    const TsmTrend *trend);

G_END_DECLS
