/* TsmMonitor as its own files see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-decoder.h"
#include "monitor/tsm-commander.h"
#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

struct _TsmMonitor
{
  GObject          parent_instance;

  TsmClock         clock;
  TsmConnection   *connection;
  TsmDecoder      *decoder;
  TsmCommander    *commander;
  TsmDiagnosis    *diagnosis;

  TsmSourceList   *sources;
  TsmAlertBook    *alerts;
  TsmJobList      *jobs;
  TsmEventLog     *log;
  TsmSource       *lead;
  TsmMonitorStats  stats;

  guint            slice_id;
  guint            flush_id;
  guint            tick_id;
  guint            n_ticks;
  gint64           flush_due; /* monotonic µs: when the next flush would be due at exactly ten a second */
  gboolean         was_ready;
};

void tsm_monitor_request_flush (TsmMonitor *self);
void tsm_monitor_command_done  (TsmAction  *action,
                                gpointer    user_data);

G_END_DECLS
