/* The fault table: every fault that the ladder tells apart, a row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new fault is one row in tsm-fault-table.c, one check, one section in docs/troubleshooting.md, and one test. Rows stand in
 * the order in which they are tried; of one rung the first that matches counts. A code may have several rows.
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-findings.h"

G_BEGIN_DECLS

/**
 * TsmFault:
 * @code: as in --json and in docs/troubleshooting.md
 * @state: of the rung where it matches: FAIL or WARN
 * @check: pure; adds to @findings what {names} of the sentences stand for, and the evidence; FALSE: no match
 * @argument: passed to @check: of one check that several rows use, which they mean
 * @summary: untranslated, a few words for a narrow place
 * @cause: untranslated sentence, with {names}
 * @remedy: untranslated sentence, with {names}
 * @button: what does it, on the {subject}
 */
typedef struct
{
  const char       *code;
  TsmRungId         rung;
  TsmRungState      state;
  TsmRemedyButton   button;
  gboolean        (*check) (const TsmDiagnosisFacts *facts,
                            TsmFindings             *findings,
                            int                      argument);
  int               argument;
  const char       *summary;
  const char       *cause;
  const char       *remedy;
} TsmFault;

guint           tsm_fault_table_get_size (void);
const TsmFault *tsm_fault_table_get_row  (guint       index);

G_END_DECLS
