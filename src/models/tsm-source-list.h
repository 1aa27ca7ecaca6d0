/* TsmSourceList: a GListModel of TsmSource, in the order in which they were first heard.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-source.h"

G_BEGIN_DECLS

#define TSM_SOURCE_LIST_MAX 5000 /* beyond it the longest-silent source makes room; counted */

#define TSM_TYPE_SOURCE_LIST (tsm_source_list_get_type ())
G_DECLARE_FINAL_TYPE (TsmSourceList, tsm_source_list, TSM, SOURCE_LIST, GObject)

TsmSourceList *tsm_source_list_new             (void);
TsmSource     *tsm_source_list_ingest          (TsmSourceList *self,
                                                TsmEvent      *event); /* (transfer none): its source; items_changed waits for flush */
void           tsm_source_list_flush           (TsmSourceList *self);  /* one items_changed for the new, then each changed source's flush */
void           tsm_source_list_update_liveness (TsmSourceList *self,
                                                gint64         now_monotonic);
void           tsm_source_list_mark_gap        (TsmSourceList *self,
                                                gint64         now_monotonic);
TsmSource     *tsm_source_list_lookup          (TsmSourceList *self,
                                                const char    *name); /* (transfer none) (nullable) */
guint          tsm_source_list_count           (TsmSourceList *self,
                                                TsmLiveness    liveness);
guint64        tsm_source_list_get_n_dropped   (TsmSourceList *self);

G_END_DECLS
