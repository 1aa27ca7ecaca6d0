/* TsmStep: icon, name and number of one step, in as much detail as its width allows. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/tsm-flow-strip.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_STEP_DETAIL_FULL,
  TSM_STEP_DETAIL_NAME, /* and icon */
  TSM_STEP_DETAIL_ICON,
} TsmStepDetail;

#define TSM_TYPE_STEP (tsm_step_get_type ())
G_DECLARE_FINAL_TYPE (TsmStep, tsm_step, TSM, STEP, GtkWidget)

GtkWidget    *tsm_step_new       (const char    *label);
gboolean      tsm_step_set       (TsmStep       *self,
                                  TsmStepState   state,
                                  const char    *text);
TsmStepState  tsm_step_get_state (TsmStep       *self);
const char   *tsm_step_get_label (TsmStep       *self);
/* In pixels, as FULL with the room reserved for the text. */
int           tsm_step_get_width (TsmStep       *self,
                                  TsmStepDetail  detail);

G_END_DECLS
