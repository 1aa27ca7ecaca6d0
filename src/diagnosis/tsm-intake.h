/* TsmIntake: what became of every message, by cause, with a sample of each cause.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_SPECIMEN_MAX_BYTES 4096

/**
 * TsmSpecimen:
 * @bytes: the message as it came; the first 4 KiB
 * @size: bytes of the whole message
 * @channel: where it came
 * @received: µs since the epoch
 * @findings: (element-type utf8): one line each: the code, where, and the message
 * @reason: (nullable): the message of the finding that it was rejected for
 */
typedef struct
{
  GBytes    *bytes;
  gsize      size;
  char      *channel;
  gint64     received;
  GPtrArray *findings;
  char      *reason;
} TsmSpecimen;

TsmSpecimen *tsm_specimen_new      (TsmEvent          *event);
void         tsm_specimen_free     (TsmSpecimen       *self);
char        *tsm_specimen_dup_text (const TsmSpecimen *self); /* valid UTF-8; bytes that are none as \xff */

/**
 * TsmIntakeFacts:
 * @by_type: accepted events
 * @by_code: messages that carry such a finding
 * @recent: of the last messages (256 at the most, of the last minute), how many there are
 * @recent_rejected: of @recent
 * @recent_by_code: of @recent, by the finding that matters most
 * @first: monotonic µs of the first message, 0 for never
 * @last: monotonic µs of the last message, 0 for never
 * @last_accepted: monotonic µs of the last event, 0 for never
 * @samples: (array fixed-size=TSM_N_FINDING_CODES) (nullable elements): by code, the latest; belong to the intake
 * @sample: (nullable): the last accepted event; belongs to the intake
 */
typedef struct
{
  guint64          decoded;
  guint64          repaired;
  guint64          rejected;
  guint64          by_type[TSM_N_EVENT_TYPES];
  guint64          by_code[TSM_N_FINDING_CODES];
  guint            recent;
  guint            recent_rejected;
  guint            recent_by_code[TSM_N_FINDING_CODES];
  gint64           first;
  gint64           last;
  gint64           last_accepted;
  const TsmSpecimen *samples[TSM_N_FINDING_CODES];
  const TsmSpecimen *sample;
} TsmIntakeFacts;

typedef struct _TsmIntake TsmIntake;

TsmIntake *tsm_intake_new    (void);
void       tsm_intake_free   (TsmIntake      *self);
void       tsm_intake_ingest (TsmIntake      *self,
                              TsmEvent       *event);
void       tsm_intake_look   (TsmIntake      *self,
                              gint64          now, /* monotonic µs */
                              TsmIntakeFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSpecimen, tsm_specimen_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmIntake, tsm_intake_free)

G_END_DECLS
