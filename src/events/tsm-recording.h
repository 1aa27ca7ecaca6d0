/* A recording: messages as they arrived, one line of JSON each, that can be read again byte for byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   {"format":"tickstock-monitor-recording","version":1}
 *   {"received":"2026-03-02T14:05:10.120934Z","offset_us":0,"channel":"tickstock:monitoring","payload":"{\"event_type\":…"}
 *   {"received":"2026-03-02T14:05:11.000071Z","offset_us":879137,"channel":"tickstock:errors","pattern":"tickstock:*",
 *    "payload_base64":"H4sIAAAA…"}   (on one line)
 *
 * `channel`, `pattern` and `payload` stand as strings where their bytes are UTF-8 without NUL, and otherwise as Base64 in a
 * member of that name with `_base64` behind it. Members that are not known are skipped.
 */

#pragma once

#include "events/tsm-json.h"

G_BEGIN_DECLS

#define TSM_RECORDING_FORMAT   "tickstock-monitor-recording"
#define TSM_RECORDING_VERSION  1
#define TSM_RECORDING_MAX_LINE (64 * 1024 * 1024) /* bytes; what a reader holds at once */

/**
 * TsmRecordingError:
 * @TSM_RECORDING_ERROR_NOT_A_RECORDING: the first line does not say that it is one
 * @TSM_RECORDING_ERROR_VERSION: of a newer version
 * @TSM_RECORDING_ERROR_BAD_LINE: this line cannot be used; those after it may be fine
 * @TSM_RECORDING_ERROR_TOO_LARGE: this message is too large to be written; nothing was
 *
 * What files themselves refuse is a %G_FILE_ERROR.
 */
typedef enum
{
  TSM_RECORDING_ERROR_NOT_A_RECORDING,
  TSM_RECORDING_ERROR_VERSION,
  TSM_RECORDING_ERROR_BAD_LINE,
  TSM_RECORDING_ERROR_TOO_LARGE,
} TsmRecordingError;

#define TSM_RECORDING_ERROR (tsm_recording_error_quark ())
GQuark tsm_recording_error_quark (void);

/**
 * TsmRecord:
 * @received: when it arrived, µs since the epoch
 * @offset: µs after the first message of the recording, by a clock that nobody sets
 * @channel: any bytes but NUL
 * @pattern: (nullable): the pattern that matched
 * @payload: any bytes
 */
typedef struct
{
  gint64  received;
  gint64  offset;
  char   *channel;
  char   *pattern;
  GBytes *payload;
} TsmRecord;

void      tsm_record_clear         (TsmRecord        *self);
char     *tsm_record_encode        (const TsmRecord  *self,
                                    GError          **error);
gboolean  tsm_record_decode        (TsmRecord        *self,
                                    TsmJson          *json,
                                    const char       *line,
                                    gsize             length,
                                    GError          **error);

char     *tsm_recording_dup_header (void);
gboolean  tsm_recording_check_header (TsmJson        *json,
                                      const char     *line,
                                      gsize           length,
                                      GError        **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsmRecord, tsm_record_clear)

G_END_DECLS
