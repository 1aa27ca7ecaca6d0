/* TsmSimulator: publishes simulated traffic on a server at a steady rate, and answers the commands that arrive there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"
#include "simulator/tsm-sim-fault.h"
#include "simulator/tsm-traffic.h"

G_BEGIN_DECLS

/**
 * TsmSimulatorStats:
 * @published: events that the server took
 * @failed: events that were lost with the connection or refused; others were made in their place
 * @receptions: receivers, summed over all events
 * @max_receivers: of one event
 * @commands: commands understood
 * @bad_commands: messages on the control channel that meant nothing
 */
typedef struct
{
  guint64 published;
  guint64 failed;
  guint64 receptions;
  gint64  max_receivers;
  guint64 commands;
  guint64 bad_commands;
} TsmSimulatorStats;

#define TSM_TYPE_SIMULATOR (tsm_simulator_get_type ())
G_DECLARE_FINAL_TYPE (TsmSimulator, tsm_simulator, TSM, SIMULATOR, GObject)

/* Signals:
 *   "finished" ()  as many events as wanted have been published
 */

TsmSimulator  *tsm_simulator_new            (TsmProfile              *profile,
                                             const char              *channel,
                                             const TsmTrafficOptions *options,
                                             guint64                  count);
void           tsm_simulator_start          (TsmSimulator            *self);
void           tsm_simulator_stop           (TsmSimulator            *self);
void           tsm_simulator_set_fault      (TsmSimulator            *self,
                                             const TsmSimFault       *fault);

TsmConnection *tsm_simulator_get_connection (TsmSimulator            *self);
void           tsm_simulator_get_stats      (TsmSimulator            *self,
                                             TsmSimulatorStats       *stats);
const char    *tsm_simulator_get_error      (TsmSimulator            *self); /* the server's words on the last refusal, or NULL */

G_END_DECLS
