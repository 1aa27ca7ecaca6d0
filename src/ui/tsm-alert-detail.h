/* TsmAlertDetail: everything about one alert: what it says, its values, what to do, and what has happened to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/tsm-alert.h"

G_BEGIN_DECLS

#define TSM_TYPE_ALERT_DETAIL (tsm_alert_detail_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertDetail, tsm_alert_detail, TSM, ALERT_DETAIL, AdwBin)

/* Its buttons activate "alerts.acknowledge", "alerts.resolve", "panes.back" and "win.send-command". */
void      tsm_alert_detail_set_alert   (TsmAlertDetail *self,
                                        TsmAlert       *alert);      /* (nullable) */
TsmAlert *tsm_alert_detail_get_alert   (TsmAlertDetail *self);       /* (transfer none) (nullable) */
void      tsm_alert_detail_refresh     (TsmAlertDetail *self);       /* after a flush of the book */
void      tsm_alert_detail_set_hint    (TsmAlertDetail *self,
                                        const char     *hint);       /* shown while there is no alert */
/* @refusal: (nullable): why nothing can be sent about it */
void      tsm_alert_detail_set_refusal (TsmAlertDetail *self,
                                        const char     *refusal);
void      tsm_alert_detail_set_folded (TsmAlertDetail *self,
                                       gboolean        folded); /* whether there is a list to go back to */

G_END_DECLS
