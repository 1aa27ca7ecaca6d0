/* What both forms of the report have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-diagnosis-report.h"

G_BEGIN_DECLS

char               *tsm_report_dup_sample    (gint64                   now_real); /* an event that is accepted: one line of JSON */
const char * const *tsm_report_get_checklist (void); /* untranslated: what the engine's team should check, in order */
char               *tsm_report_dup_time      (gint64                   time); /* ISO 8601, UTC; NULL for 0 */

char               *tsm_report_markdown      (const TsmLadder         *ladder,
                                              const TsmDiagnosisFacts *facts,
                                              GListModel              *gaps);
char               *tsm_report_json          (const TsmLadder         *ladder,
                                              const TsmDiagnosisFacts *facts,
                                              GListModel              *gaps);

G_END_DECLS
