/* TsmAlertRoster: which alerts there are: found by key, queued and counted by state.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-alert-book.h"
#include "models/tsm-alert-private.h"

G_BEGIN_DECLS

/**
 * TsmAlertRoster:
 * @table: (element-type TsmAlertKey TsmAlert): owns neither
 * @active: of TsmAlert: open or acknowledged
 * @resolved: of TsmAlert: longest resolved first
 */
typedef struct
{
  GHashTable     *table;
  GQueue          active;
  GQueue          resolved;
  TsmAlertCounts  counts;
} TsmAlertRoster;

void       tsm_alert_roster_init     (TsmAlertRoster *self);
void       tsm_alert_roster_clear    (TsmAlertRoster *self);
TsmAlert  *tsm_alert_roster_lookup   (TsmAlertRoster *self,
                                      const char     *source,
                                      const char     *id);
void       tsm_alert_roster_put      (TsmAlertRoster *self,
                                      TsmAlert       *alert);
void       tsm_alert_roster_take     (TsmAlertRoster *self,
                                      TsmAlert       *alert);
void       tsm_alert_roster_shed     (TsmAlertRoster *self,
                                      guint           n_resolved);
GPtrArray *tsm_alert_roster_dup_worst (TsmAlertRoster *self,
                                      const char     *source,
                                      guint           n);

G_END_DECLS
