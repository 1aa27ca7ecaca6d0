/* TsmFlowStrip: one thin line of steps, each a button with a state icon, a name and a number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Too narrow for all, it drops the numbers of the passing steps first, then their names, so that a failing step is read whole.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  TSM_STEP_UNKNOWN, /* grey dash */
  TSM_STEP_BUSY,    /* grey dots; nothing spins */
  TSM_STEP_PASS,    /* green tick */
  TSM_STEP_WARN,    /* amber mark */
  TSM_STEP_FAIL,    /* red mark, tinted background */
} TsmStepState;

#define TSM_TYPE_FLOW_STRIP (tsm_flow_strip_get_type ())
G_DECLARE_FINAL_TYPE (TsmFlowStrip, tsm_flow_strip, TSM, FLOW_STRIP, GtkWidget)

/* Signal "step-activated" (guint index, GtkWidget *button). */
GtkWidget *tsm_flow_strip_new      (void);
void       tsm_flow_strip_add_step (TsmFlowStrip *self,
                                    const char   *label);
void       tsm_flow_strip_set_step (TsmFlowStrip *self,
                                    guint         index,
                                    TsmStepState  state,
                                    const char   *text,
                                    const char   *tooltip);

G_END_DECLS
