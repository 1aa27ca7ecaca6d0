/* TsmDiagnosis: keeps the ladder of one connection true.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     connection ─┐
 *     events ─────┼─▸ facts ─judge─▸ ladder ─▸ "changed"
 *     examiner ───┘
 *
 * Its owner feeds it with every event and calls tsm_diagnosis_update() once a second. It examines by itself: at once when
 * something is wrong, again while it stays so, and seldom while all is well. What an examination found stays until the live
 * connection contradicts it or a newer one has ended.
 */

#pragma once

#include "diagnosis/tsm-diagnosis-report.h"
#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-gap-ledger.h"
#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

#define TSM_TYPE_DIAGNOSIS (tsm_diagnosis_get_type ())
G_DECLARE_FINAL_TYPE (TsmDiagnosis, tsm_diagnosis, TSM, DIAGNOSIS, GObject)

/* Signals:
 *   "changed" ()       the ladder, or whether it is being checked, changed
 *   "examined" ()      a run that was asked for or fell due has ended; after "changed" */

TsmDiagnosis      *tsm_diagnosis_new            (TsmConnection     *connection);

/* What its owner feeds it with. */
void               tsm_diagnosis_ingest         (TsmDiagnosis      *self,
                                                 TsmEvent          *event); /* rejected ones too */
void               tsm_diagnosis_set_control    (TsmDiagnosis      *self,
                                                 gint64             receivers,
                                                 const char        *error);
void               tsm_diagnosis_set_patience   (TsmDiagnosis      *self,
                                                 gint64             patience);
gint64             tsm_diagnosis_get_patience   (TsmDiagnosis      *self); /* µs: how long a silence may be now, as learned */
void               tsm_diagnosis_set_deep       (TsmDiagnosis      *self,
                                                 gboolean           deep);
void               tsm_diagnosis_set_automatic  (TsmDiagnosis      *self,
                                                 gboolean           automatic);
void               tsm_diagnosis_update         (TsmDiagnosis      *self,
                                                 gint64             now,
                                                 gint64             now_real);

/* Examines now; one that is under way is given up. @deep: searches all channels, which an access list may forbid. */
void               tsm_diagnosis_run            (TsmDiagnosis      *self,
                                                 gboolean           deep);
void               tsm_diagnosis_cancel         (TsmDiagnosis      *self);
guint              tsm_diagnosis_get_n_listeners (TsmDiagnosis     *self); /* that are our own, of a command's receivers now */
gboolean           tsm_diagnosis_is_running     (TsmDiagnosis      *self);
gint64             tsm_diagnosis_get_last_run   (TsmDiagnosis      *self); /* µs since the epoch, 0 for never */

TsmLadder         *tsm_diagnosis_get_ladder     (TsmDiagnosis      *self); /* (transfer none), never NULL; immutable: ref it to keep it */
const TsmDiagnosisFacts *tsm_diagnosis_get_facts (TsmDiagnosis     *self); /* valid until the next iteration of the main loop */
TsmGapLedger      *tsm_diagnosis_get_gaps       (TsmDiagnosis      *self); /* (transfer none) */
const TsmNearMiss *tsm_diagnosis_get_near_miss  (TsmDiagnosis      *self,
                                                 const char        *channel); /* (nullable): as found last, with its sample */
char              *tsm_diagnosis_dup_report     (TsmDiagnosis      *self,
                                                 TsmReportFormat    format); /* (transfer full) */

G_END_DECLS
