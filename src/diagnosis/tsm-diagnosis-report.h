/* The report: one document that can be sent to the engine's team as it is. Holds no password and no key.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

/**
 * TsmReportFormat:
 * @TSM_REPORT_MARKDOWN: for people, translated
 * @TSM_REPORT_JSON: for programs, one line; members as in docs/cli.md
 */
typedef enum
{
  TSM_REPORT_MARKDOWN,
  TSM_REPORT_JSON,
} TsmReportFormat;

/* (transfer full), ends in a newline. @gaps: (nullable) (element-type TsmGap) */
char *tsm_diagnosis_report (const TsmLadder         *ladder,
                            const TsmDiagnosisFacts *facts,
                            GListModel              *gaps,
                            TsmReportFormat          format);

G_END_DECLS
