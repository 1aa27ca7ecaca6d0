/* TsmEventDetail: one event: what was noticed about it, its decoded tree, and its raw bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_TYPE_EVENT_DETAIL (tsm_event_detail_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventDetail, tsm_event_detail, TSM, EVENT_DETAIL, AdwBin)

/* Its buttons activate "panes.back", and "win.toast" after copying. */
void      tsm_event_detail_set_event (TsmEventDetail *self,
                                      TsmEvent       *event); /* (nullable) */
TsmEvent *tsm_event_detail_get_event (TsmEventDetail *self);  /* (transfer none) (nullable) */
void      tsm_event_detail_set_folded (TsmEventDetail *self,
                                       gboolean        folded); /* whether there is a list to go back to */

G_END_DECLS
