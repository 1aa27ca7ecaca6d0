/* TsmRecordingLoader: puts the messages of a recording into a monitor, as if they had just arrived one after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     thread: 1000 lines ─▸ main loop: slices of 4 ms ─▸ monitor
 *           ◂──────────── the next ────────────┘
 *
 * The monitor's clock stands at the last message that was put in.
 */

#pragma once

#include "monitor/tsm-monitor.h"

G_BEGIN_DECLS

#define TSM_TYPE_RECORDING_LOADER (tsm_recording_loader_get_type ())
G_DECLARE_FINAL_TYPE (TsmRecordingLoader, tsm_recording_loader, TSM, RECORDING_LOADER, GObject)

/* Signals:
 *   "progress" ()                        some more messages were put in; at most ten times a second
 *   "done" (const char *message)         the end, or (nullable) why it stopped before: plain, translated */

TsmRecordingLoader *tsm_recording_loader_new         (GFile              *file);
void                tsm_recording_loader_start       (TsmRecordingLoader *self);
void                tsm_recording_loader_cancel      (TsmRecordingLoader *self); /* what was put in stays; "done" follows */
gboolean            tsm_recording_loader_is_loading  (TsmRecordingLoader *self);
TsmMonitor         *tsm_recording_loader_get_monitor (TsmRecordingLoader *self); /* (transfer none): never started; read-only */
guint64             tsm_recording_loader_get_n       (TsmRecordingLoader *self); /* messages */
guint64             tsm_recording_loader_get_n_bad   (TsmRecordingLoader *self); /* lines that cannot be read */
gint64              tsm_recording_loader_get_begin   (TsmRecordingLoader *self); /* µs since the epoch, 0 before the first message */
gint64              tsm_recording_loader_get_end     (TsmRecordingLoader *self);

G_END_DECLS
