/* TsmEventFollow: keeps a changing list at one of its ends until the user scrolls away from it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_TYPE_EVENT_FOLLOW (tsm_event_follow_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventFollow, tsm_event_follow, TSM, EVENT_FOLLOW, GObject)

/* Property following (bool, read-write): starts as TRUE; scrolling away clears it, scrolling to the end sets it. */
TsmEventFollow *tsm_event_follow_new           (GtkScrolledWindow *scrolled,
                                                GtkPositionType    edge);      /* top or bottom */
void            tsm_event_follow_rows_changed  (TsmEventFollow    *self);      /* at each "items-changed" of the model */
gboolean        tsm_event_follow_get_following (TsmEventFollow    *self);
void            tsm_event_follow_set_following (TsmEventFollow    *self,
                                                gboolean           following);

G_END_DECLS
