/* TsmEventList: the log filtered and selectable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     log ─▸ filter (incremental) ─▸ selection
 */

#pragma once

#include "models/tsm-event-log.h"
#include "ui/tsm-event-filter.h"

G_BEGIN_DECLS

typedef struct _TsmEventList TsmEventList;

TsmEventList       *tsm_event_list_new           (void);
void                tsm_event_list_free          (TsmEventList *self);
void                tsm_event_list_set_log       (TsmEventList *self,
                                                  TsmEventLog  *log); /* (nullable) */
TsmEventFilter     *tsm_event_list_get_filter    (TsmEventList *self);
GtkFilterListModel *tsm_event_list_get_rows      (TsmEventList *self);
GtkSingleSelection *tsm_event_list_get_selection (TsmEventList *self);
guint               tsm_event_list_get_n_shown   (TsmEventList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmEventList, tsm_event_list_free)

G_END_DECLS
