/* TsmAction: one command that was sent, and the three facts about it: sent, delivered to N, effect seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-command.h"
#include "events/tsm-event.h"

G_BEGIN_DECLS

/**
 * TsmActionState:
 * @TSM_ACTION_SENDING: PUBLISH is under way
 * @TSM_ACTION_FAILED: PUBLISH failed; see the error
 * @TSM_ACTION_UNHEARD: published, and the server counted zero receivers
 * @TSM_ACTION_DELIVERED: published to n-receivers; no effect seen (yet)
 * @TSM_ACTION_ANSWERED: an event that shows the effect arrived
 * @TSM_ACTION_UNANSWERED: delivered, and no effect was seen within the time limit (30 s)
 */
typedef enum
{
  TSM_ACTION_SENDING,
  TSM_ACTION_FAILED,
  TSM_ACTION_UNHEARD,
  TSM_ACTION_DELIVERED,
  TSM_ACTION_ANSWERED,
  TSM_ACTION_UNANSWERED,
} TsmActionState;

#define TSM_ACTION_ANSWER_LIMIT_US (30 * G_USEC_PER_SEC)

#define TSM_TYPE_ACTION (tsm_action_get_type ())
G_DECLARE_FINAL_TYPE (TsmAction, tsm_action, TSM, ACTION, GObject)

/* Property "state" (read-only) notifies. @subject is the alert id or the component name, or NULL. Times: monotonic µs. */
TsmAction      *tsm_action_new             (TsmCommandId  command,
                                            const char   *subject,
                                            gint64        sent_at,
                                            gint64        sent_at_real);
TsmCommandId    tsm_action_get_command     (TsmAction    *self);
const char     *tsm_action_get_subject     (TsmAction    *self);
TsmActionState  tsm_action_get_state       (TsmAction    *self);
gint64          tsm_action_get_receivers   (TsmAction    *self); /* -1 until known */
const char     *tsm_action_get_error       (TsmAction    *self); /* (nullable) */
gint64          tsm_action_get_sent_at_real (TsmAction   *self); /* µs since the epoch */
gint64          tsm_action_get_answer_time (TsmAction    *self); /* µs from sent to answer, -1 until answered */
char           *tsm_action_dup_text        (TsmAction    *self); /* translated: "Sent 14:05:20 → delivered to 1 → answered after 0.3 s" */

void            tsm_action_delivered       (TsmAction    *self,
                                            gint64        receivers);
void            tsm_action_failed          (TsmAction    *self,
                                            const char   *message);
gboolean        tsm_action_observe         (TsmAction    *self,
                                            TsmEvent     *event); /* whether @event is the effect; sets ANSWERED */
void            tsm_action_tick            (TsmAction    *self,
                                            gint64        now_monotonic); /* sets UNANSWERED when the limit has passed */

G_END_DECLS
