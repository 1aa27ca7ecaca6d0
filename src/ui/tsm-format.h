/* Text of numbers, ages and times for people, and the icon, word and tone of a severity.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"
#include "models/tsm-component.h"
#include "models/tsm-age.h"
#include "widgets/tsm-palette.h"

G_BEGIN_DECLS

/* Each (transfer full). NaN gives "–". */
char       *tsm_format_value         (double       value,
                                      TsmUnit      unit);      /* "37.4", "1,487", "2.9": without its unit */
char       *tsm_format_reading       (double       value,
                                      TsmMetricId  id);        /* "37.4 %", "2.9 GiB", "1.8 MiB/s", "13.1 ms" */
char       *tsm_format_clock         (gint64       time_us);   /* local "14:05:20" of µs since the epoch; with the date when it is not today */
char       *tsm_format_clock_ms      (gint64       time_us);   /* local "14:05:20.123" */

const char *tsm_severity_get_label   (TsmSeverity  severity);  /* translated, upper case: "CRITICAL" */
const char *tsm_severity_get_class   (TsmSeverity  severity);  /* style class of its chip: "sev-critical" */
const char *tsm_severity_get_icon    (TsmSeverity  severity);  /* "▲": a text mark, one per severity */
TsmTone     tsm_health_level_get_tone (TsmHealthLevel level);

G_END_DECLS
