/* What the button of a rung does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "diagnosis/tsm-diagnosis.h"

G_BEGIN_DECLS

TsmRemedyButton tsm_flow_remedy_get_button (const TsmRung *rung);
/* By an action of the window that holds @widget, by the clipboard, or by @diagnosis, which is (nullable). */
void            tsm_flow_remedy_apply      (GtkWidget     *widget,
                                            TsmDiagnosis  *diagnosis,
                                            const TsmRung *rung);

G_END_DECLS
