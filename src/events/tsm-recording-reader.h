/* TsmRecordingReader: reads a recording line by line, whatever its size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It has no state but its own, so it may be used in a thread, where a slow disk keeps nobody waiting.
 */

#pragma once

#include "events/tsm-recording.h"

G_BEGIN_DECLS

typedef struct _TsmRecordingReader TsmRecordingReader;

TsmRecordingReader *tsm_recording_reader_new      (const char          *path,
                                                   GError             **error);
gboolean            tsm_recording_reader_next     (TsmRecordingReader  *self,
                                                   TsmRecord           *record,
                                                   GError             **error);
guint64             tsm_recording_reader_get_line (TsmRecordingReader  *self); /* of the last record or bad line, from 1 */
void                tsm_recording_reader_free     (TsmRecordingReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmRecordingReader, tsm_recording_reader_free)

G_END_DECLS
