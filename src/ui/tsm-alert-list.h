/* TsmAlertList: the book filtered, sorted and selectable.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     book ─▸ filter ─▸ sort ─▸ selection
 */

#pragma once

#include "models/tsm-alert-book.h"
#include "ui/tsm-alert-filter.h"

G_BEGIN_DECLS

typedef struct _TsmAlertList TsmAlertList;

TsmAlertList      *tsm_alert_list_new           (void);
void               tsm_alert_list_free          (TsmAlertList *self);
void               tsm_alert_list_set_book      (TsmAlertList *self,
                                                 TsmAlertBook *book);  /* (nullable) */
TsmAlertFilter    *tsm_alert_list_get_filter    (TsmAlertList *self);
GtkSelectionModel *tsm_alert_list_get_selection (TsmAlertList *self);
guint              tsm_alert_list_get_n_shown   (TsmAlertList *self);
void               tsm_alert_list_update        (TsmAlertList *self);  /* after alerts changed in place */
/* (transfer full): the selected alerts that are in @state or before it, as a GPtrArray that owns them; where there are none,
 * @other (nullable) under the same condition. */
GPtrArray         *tsm_alert_list_dup_targets   (TsmAlertList *self,
                                                 TsmAlertState state,
                                                 TsmAlert     *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmAlertList, tsm_alert_list_free)

G_END_DECLS
