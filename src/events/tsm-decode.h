/* The readers of the event types' bodies, one file each, for the decoder's table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-reader.h"

G_BEGIN_DECLS

/* Fill the payload of reader->event, whose type is set, from reader->body. */
void        tsm_decode_metrics         (TsmReader          *reader);
void        tsm_decode_alert_triggered (TsmReader          *reader);
void        tsm_decode_alert_resolved  (TsmReader          *reader);
void        tsm_decode_error           (TsmReader          *reader);
void        tsm_decode_health_check    (TsmReader          *reader);
void        tsm_decode_status          (TsmReader          *reader);
void        tsm_decode_job             (TsmReader          *reader);

/* `health` of a HEALTH_CHECK and `health_score` of a METRIC_UPDATE are read alike. */
void        tsm_decode_health          (TsmReader          *reader,
                                        const TsmJsonToken *object,
                                        TsmHealthData      *data);

/* What a job event's name says: (nullable): the phase, not terminated, of *length bytes; NULL where it is no such name */
const char *tsm_job_name_parse         (const char         *name,
                                        gsize              *length,
                                        TsmJobStage        *stage);

/* Reads the type, sets it on the event, and finds the body. FALSE where the event cannot be used. */
gboolean    tsm_envelope_read_type     (TsmReader          *reader,
                                        void              (**read_body) (TsmReader *reader));

G_END_DECLS
