/* TsmOutlet: sends an event by a command that is not PUBLISH, as a publisher does who got that wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"
#include "simulator/tsm-sim-fault.h"

G_BEGIN_DECLS

#define TSM_TYPE_OUTLET (tsm_outlet_get_type ())
G_DECLARE_FINAL_TYPE (TsmOutlet, tsm_outlet, TSM, OUTLET, GObject)

TsmOutlet *tsm_outlet_new          (TsmConnection        *connection);
void       tsm_outlet_send_async   (TsmOutlet            *self,
                                    TsmSimCommand         command,
                                    const char           *channel,
                                    GBytes               *payload,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gint64     tsm_outlet_send_finish  (TsmOutlet            *self,
                                    GAsyncResult         *result,
                                    GError              **error);
void       tsm_outlet_clear        (TsmOutlet            *self);

G_END_DECLS
