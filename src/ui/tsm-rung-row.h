/* TsmRungRow: one rung of the ladder, that opens to its evidence, its remedy and its button.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "diagnosis/tsm-rung.h"

G_BEGIN_DECLS

#define TSM_TYPE_RUNG_ROW (tsm_rung_row_get_type ())
G_DECLARE_FINAL_TYPE (TsmRungRow, tsm_rung_row, TSM, RUNG_ROW, GtkWidget)

/* Signals:
 *   "toggled" ()   the user opened or closed it
 *   "remedy" ()    the rung's button was clicked
 * Activates "win.toast" after copying. */

GtkWidget *tsm_rung_row_new         (TsmRungId       id,
                                     GtkSizeGroup  **columns); /* as of tsm_rung_head_new() */
gboolean   tsm_rung_row_take_focus  (TsmRungRow     *self);
TsmRungId  tsm_rung_row_get_id      (TsmRungRow     *self);
void       tsm_rung_row_show        (TsmRungRow     *self,
                                     const TsmRung  *rung);
gboolean   tsm_rung_row_get_open    (TsmRungRow     *self);
void       tsm_rung_row_set_open    (TsmRungRow     *self,
                                     gboolean        open);

G_END_DECLS
