/* TsmFlowVerdict: the top of the Flow page: what is the matter in one sentence, when that was checked, and what to do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-flow-view.h"

G_BEGIN_DECLS

#define TSM_TYPE_FLOW_VERDICT (tsm_flow_verdict_get_type ())
G_DECLARE_FINAL_TYPE (TsmFlowVerdict, tsm_flow_verdict, TSM, FLOW_VERDICT, AdwBin)

/* Its buttons activate "flow.act", "flow.run", "flow.run-deep", "flow.copy-report" and "flow.save-report". */

GtkWidget *tsm_flow_verdict_new  (void);
void       tsm_flow_verdict_show (TsmFlowVerdict    *self,
                                  const TsmFlowView *view);
/* (nullable): shown beside the buttons; NULL takes it away */
void       tsm_flow_verdict_set_extra (TsmFlowVerdict *self,
                                       GtkWidget      *extra);

G_END_DECLS
