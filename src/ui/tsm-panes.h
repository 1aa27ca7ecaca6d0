/* TsmPanes: a list and the detail of its selection, side by side, or one at a time where there is no room for both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_TYPE_PANES (tsm_panes_get_type ())
G_DECLARE_FINAL_TYPE (TsmPanes, tsm_panes, TSM, PANES, GtkWidget)

/* Properties: list, detail (GtkWidget), detail-shown (bool: which one is in sight while folded),
 *   alone (bool: the list takes all the room, e.g. while it is empty).
 * Signal "layout-changed" (): folded or the list's width changed; emitted after the layout, where widgets may be changed.
 * Action "panes.back": sets detail-shown to FALSE; also Escape and Alt+Left. */
gboolean tsm_panes_get_folded       (TsmPanes *self);
int      tsm_panes_get_list_width   (TsmPanes *self); /* px at the usual text size: less where the text is larger */
gboolean tsm_panes_get_detail_shown (TsmPanes *self);
void     tsm_panes_set_detail_shown (TsmPanes *self,
                                     gboolean  detail_shown);
void     tsm_panes_set_alone        (TsmPanes *self,
                                     gboolean  alone);

G_END_DECLS
