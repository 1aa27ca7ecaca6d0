/* TsmWrapBox: children side by side, as wide as they wish to be, in as many lines as that takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_TYPE_WRAP_BOX (tsm_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (TsmWrapBox, tsm_wrap_box, TSM, WRAP_BOX, GtkWidget)

GtkWidget *tsm_wrap_box_new    (int         spacing); /* px, between children and between lines */
void       tsm_wrap_box_append (TsmWrapBox *self,
                                GtkWidget  *child);

G_END_DECLS
