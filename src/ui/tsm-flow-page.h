/* TsmFlowPage: the ladder from top to bottom, with the verdict above it and what was received and missed beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "diagnosis/tsm-diagnosis.h"
#include "ui/tsm-flow-view.h"

G_BEGIN_DECLS

#define TSM_TYPE_FLOW_PAGE (tsm_flow_page_get_type ())
G_DECLARE_FINAL_TYPE (TsmFlowPage, tsm_flow_page, TSM, FLOW_PAGE, AdwBin)

void tsm_flow_page_set_diagnosis (TsmFlowPage       *self,
                                  TsmDiagnosis      *diagnosis); /* (nullable) */
/* What a diagnosis leads to, for one moment. */
void tsm_flow_page_show          (TsmFlowPage       *self,
                                  const TsmFlowView *view);
/* Shows what time makes of it; called once a second. */
void tsm_flow_page_tick          (TsmFlowPage       *self);
void tsm_flow_page_run           (TsmFlowPage       *self);
/* Opens a rung, brings it into sight and gives it the focus. */
void tsm_flow_page_show_rung     (TsmFlowPage       *self,
                                  TsmRungId          id);
/* Does what the button of the rung that decides does. */
void tsm_flow_page_act           (TsmFlowPage       *self);
void tsm_flow_page_set_extra     (TsmFlowPage       *self,
                                  GtkWidget         *extra); /* (nullable): beside the buttons at the top */

G_END_DECLS
