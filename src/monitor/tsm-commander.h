/* TsmCommander: publishes commands on the control channel and follows each to its effect.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-diagnosis.h"
#include "models/tsm-action.h"
#include "redis/tsm-connection.h"

G_BEGIN_DECLS

typedef struct _TsmCommander TsmCommander;

/* Called once the server answered the PUBLISH, or when it could not be sent. */
typedef void (*TsmCommanderFunc) (TsmAction *action,
                                  gpointer   user_data);

TsmCommander *tsm_commander_new           (TsmConnection    *connection,
                                           TsmDiagnosis     *diagnosis,
                                           TsmCommanderFunc  done,
                                           gpointer          user_data);
void          tsm_commander_free          (TsmCommander     *self);

/* (transfer none): valid until the next command of the same kind. @now: monotonic µs; the command's timestamp: µs since
 * the epoch. */
TsmAction    *tsm_commander_send          (TsmCommander     *self,
                                           const TsmCommand *command,
                                           gint64            now);
TsmAction    *tsm_commander_get_last      (TsmCommander     *self,
                                           TsmCommandId      id);
void          tsm_commander_observe       (TsmCommander     *self,
                                           TsmEvent         *event);
void          tsm_commander_tick          (TsmCommander     *self,
                                           gint64            now);

/* Who listens: asked of the server by tsm_commander_poll_receivers(), -1 while unknown. */
void          tsm_commander_poll_receivers (TsmCommander    *self);
gint64        tsm_commander_get_receivers (TsmCommander     *self);
const char   *tsm_commander_get_denial    (TsmCommander     *self); /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmCommander, tsm_commander_free)

G_END_DECLS
