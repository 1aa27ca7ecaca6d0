/* TsmMeterBar: a thin horizontal bar from 0 to 100 with rounded ends (component scores, job progress). Role meter or progress bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

#define TSM_TYPE_METER_BAR (tsm_meter_bar_get_type ())
G_DECLARE_FINAL_TYPE (TsmMeterBar, tsm_meter_bar, TSM, METER_BAR, GtkWidget)

GtkWidget *tsm_meter_bar_new       (GtkAccessibleRole role);
void       tsm_meter_bar_set_value (TsmMeterBar *self,
                                    double       value, /* 0–100; NaN: empty */
                                    const char  *value_text);
void       tsm_meter_bar_set_tone  (TsmMeterBar *self,
                                    TsmTone      tone);
void       tsm_meter_bar_set_stale (TsmMeterBar *self,
                                    gboolean     stale);

G_END_DECLS
