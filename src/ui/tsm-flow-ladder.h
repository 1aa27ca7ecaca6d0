/* TsmFlowLadder: the rungs from top to bottom, a row each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rung that decides stands open by itself, and closes by itself when another one decides; what the user opened or closed
 * stays as it is.
 */

#pragma once

#include <adwaita.h>

#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

#define TSM_TYPE_FLOW_LADDER (tsm_flow_ladder_get_type ())
G_DECLARE_FINAL_TYPE (TsmFlowLadder, tsm_flow_ladder, TSM, FLOW_LADDER, AdwBin)

/* Signal "remedy" (guint rung): that rung's button was clicked.
 * Signal "opened" (GtkWidget *row): it opened by itself and wants to be seen. */

GtkWidget *tsm_flow_ladder_new     (void);
void       tsm_flow_ladder_show    (TsmFlowLadder   *self,
                                    const TsmLadder *ladder);
/* Forgets what was opened and closed, as for another connection. */
void       tsm_flow_ladder_reset   (TsmFlowLadder   *self);
/* Opens it, as the user would. (transfer none): its row */
GtkWidget *tsm_flow_ladder_open    (TsmFlowLadder   *self,
                                    TsmRungId        id);
gboolean   tsm_flow_ladder_is_open (TsmFlowLadder   *self,
                                    TsmRungId        id);

G_END_DECLS
