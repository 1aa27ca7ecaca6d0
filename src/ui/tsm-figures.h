/* TsmFigures: rows of a name and a number. A row whose number was never sent takes no space.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-card.h"

G_BEGIN_DECLS

#define TSM_TYPE_FIGURES (tsm_figures_get_type ())
G_DECLARE_FINAL_TYPE (TsmFigures, tsm_figures, TSM, FIGURES, GtkWidget)

GtkWidget *tsm_figures_new         (void);
/* Returns the row's number. */
guint      tsm_figures_add         (TsmFigures  *self,
                                    const char  *name);
/* @text: (nullable): NULL hides the row */
void       tsm_figures_set         (TsmFigures  *self,
                                    guint        row,
                                    const char  *text);
/* Rows of metrics: added from a table, then filled from a source. */
void       tsm_figures_add_metrics (TsmFigures        *self,
                                    const TsmMetricId *ids,
                                    guint              n_ids);
/* Whether any of the metrics has a reading. */
gboolean   tsm_figures_update      (TsmFigures  *self,
                                    TsmSource   *source);

G_END_DECLS
