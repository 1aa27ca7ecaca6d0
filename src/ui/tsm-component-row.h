/* TsmComponentRow: one component's bar, score and word, and "Enable" where it is disabled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/tsm-component.h"

G_BEGIN_DECLS

#define TSM_TYPE_COMPONENT_ROW (tsm_component_row_get_type ())
G_DECLARE_FINAL_TYPE (TsmComponentRow, tsm_component_row, TSM, COMPONENT_ROW, GtkWidget)

GtkWidget *tsm_component_row_new       (TsmComponent    *component);
void       tsm_component_row_set_stale (TsmComponentRow *self,
                                        gboolean         stale);
/* @refusal: (nullable): why it cannot be enabled from here */
void       tsm_component_row_set_refusal (TsmComponentRow *self,
                                          const char      *refusal);

G_END_DECLS
