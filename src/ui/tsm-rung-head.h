/* TsmRungHead: one rung of the ladder in a line or two: icon, title, cause, number, state, and whether it stands open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   ◉ Broker        A message to ourselves comes through …    0.4 ms      OK  ▾    wide
 *
 *   ◉ Broker                     0.4 ms      OK  ▾                                 narrow
 *     A message to ourselves comes through the server.
 */

#pragma once

#include <gtk/gtk.h>

#include "diagnosis/tsm-rung.h"

G_BEGIN_DECLS

#define TSM_TYPE_RUNG_HEAD (tsm_rung_head_get_type ())
G_DECLARE_FINAL_TYPE (TsmRungHead, tsm_rung_head, TSM, RUNG_HEAD, GtkWidget)

/* @columns: (nullable): two groups that make the titles and the states of all heads equally wide */
GtkWidget *tsm_rung_head_new      (TsmRungId       id,
                                   GtkSizeGroup  **columns);
void       tsm_rung_head_show     (TsmRungHead    *self,
                                   const TsmRung  *rung);
void       tsm_rung_head_set_open (TsmRungHead    *self,
                                   gboolean        open); /* then the cause is shown whole */

G_END_DECLS
