/* TsmAlarms: the alerts of one engine, raised, repeated and resolved by the figures of its market.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "simulator/tsm-market.h"

G_BEGIN_DECLS

typedef struct _TsmAlarms TsmAlarms;

TsmAlarms *tsm_alarms_new         (TsmMarket    *market,
                                   TsmDialect    dialect,
                                   guint         first_serial);
void       tsm_alarms_free        (TsmAlarms    *self);

void       tsm_alarms_update      (TsmAlarms    *self);
gboolean   tsm_alarms_pop         (TsmAlarms    *self,
                                   TsmAlertData *data,
                                   gboolean     *resolved);
gboolean   tsm_alarms_acknowledge (TsmAlarms    *self,
                                   const char   *id);
gboolean   tsm_alarms_resolve     (TsmAlarms    *self,
                                   const char   *id,
                                   const char   *actor,
                                   const char   *notes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmAlarms, tsm_alarms_free)

G_END_DECLS
