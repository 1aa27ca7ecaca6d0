/* TsmEvidenceList: what was sent and what came back, line by line, to be read, selected and copied.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "diagnosis/tsm-rung.h"

G_BEGIN_DECLS

#define TSM_EVIDENCE_MAX_LINES 40 /* shown; the copy has all */

#define TSM_TYPE_EVIDENCE_LIST (tsm_evidence_list_get_type ())
G_DECLARE_FINAL_TYPE (TsmEvidenceList, tsm_evidence_list, TSM, EVIDENCE_LIST, GtkWidget)

GtkWidget *tsm_evidence_list_new  (void);
/* @evidence: (nullable) (element-type TsmEvidence). A text that stays keeps what is selected in it. */
void       tsm_evidence_list_show (TsmEvidenceList *self,
                                   GPtrArray       *evidence);

G_END_DECLS
