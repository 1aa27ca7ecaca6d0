/* TsmRecordingWriter: writes a recording, a line a message, as they arrive.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-recording.h"

G_BEGIN_DECLS

typedef struct _TsmRecordingWriter TsmRecordingWriter;

TsmRecordingWriter *tsm_recording_writer_new        (const char          *path,
                                                     gboolean             overwrite,
                                                     GError             **error);
TsmRecordingWriter *tsm_recording_writer_new_for_fd (int                  fd,
                                                     const char          *name,
                                                     GError             **error);
gboolean            tsm_recording_writer_write      (TsmRecordingWriter  *self,
                                                     gint64               received,
                                                     gint64               received_monotonic,
                                                     const char          *channel,
                                                     const char          *pattern,
                                                     GBytes              *payload,
                                                     GError             **error);
gboolean            tsm_recording_writer_finish     (TsmRecordingWriter  *self,
                                                     GError             **error);
void                tsm_recording_writer_free       (TsmRecordingWriter  *self);

guint64             tsm_recording_writer_get_n_records (TsmRecordingWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmRecordingWriter, tsm_recording_writer_free)

G_END_DECLS
