/* TsmAlert: one alert and its life: triggered → acknowledged → resolved, from either side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *              ┌────────────── triggered again ──────────────┐
 *              ▼                                             │
 *            OPEN ──acknowledge──▸ ACKNOWLEDGED ──resolve──▸ RESOLVED
 *              └───────────────────resolve────────────────────▴
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_ALERT_OPEN,
  TSM_ALERT_ACKNOWLEDGED,
  TSM_ALERT_RESOLVED,
} TsmAlertState;

const char *tsm_alert_state_get_label (TsmAlertState state); /* translated */

/* What happened to an alert. */
typedef enum
{
  TSM_ALERT_ENTRY_TRIGGERED,
  TSM_ALERT_ENTRY_REPEATED,
  TSM_ALERT_ENTRY_ACKNOWLEDGED,
  TSM_ALERT_ENTRY_RESOLVED,
  TSM_ALERT_ENTRY_REOPENED,
  TSM_ALERT_ENTRY_RESPONSE,  /* an automatic response of the engine */
  TSM_ALERT_ENTRY_DELIVERY,  /* what became of a command of ours */
} TsmAlertEntryKind;

/* One line of the timeline. Immutable. */
#define TSM_TYPE_ALERT_ENTRY (tsm_alert_entry_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertEntry, tsm_alert_entry, TSM, ALERT_ENTRY, GObject)

TsmAlertEntryKind  tsm_alert_entry_get_kind (TsmAlertEntry *self);
gint64             tsm_alert_entry_get_time (TsmAlertEntry *self); /* µs since the epoch */
const char        *tsm_alert_entry_get_note (TsmAlertEntry *self); /* (nullable) */
char              *tsm_alert_entry_dup_text (TsmAlertEntry *self); /* translated: "Acknowledged by ops-2" */

#define TSM_ALERT_MAX_TIMELINE 200 /* lines kept; of REPEATED lines the oldest go first */

#define TSM_TYPE_ALERT (tsm_alert_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlert, tsm_alert, TSM, ALERT, GObject)

/* Properties, read-only, notified in batches: state, severity, message, component, count, who, last-seen. */
const char         *tsm_alert_get_id                (TsmAlert *self); /* unique per source only */
const char         *tsm_alert_get_source            (TsmAlert *self);
TsmSeverity         tsm_alert_get_severity          (TsmAlert *self);
TsmAlertState       tsm_alert_get_state             (TsmAlert *self);
const char         *tsm_alert_get_message           (TsmAlert *self); /* never NULL */
const char         *tsm_alert_get_component         (TsmAlert *self); /* (nullable) */
guint               tsm_alert_get_count             (TsmAlert *self); /* times triggered since it last opened */
gint64              tsm_alert_get_triggered_at      (TsmAlert *self); /* µs since the epoch, of this opening */
gint64              tsm_alert_get_last_seen         (TsmAlert *self); /* µs since the epoch, last trigger or repeat */
gint64              tsm_alert_get_acknowledged_at   (TsmAlert *self); /* or TSM_TIME_NONE */
gint64              tsm_alert_get_resolved_at       (TsmAlert *self); /* or TSM_TIME_NONE */
const char         *tsm_alert_get_who               (TsmAlert *self); /* (nullable): who acknowledged or resolved it last */
const char         *tsm_alert_get_notes             (TsmAlert *self); /* (nullable): the last note */
const GArray       *tsm_alert_get_details           (TsmAlert *self); /* (element-type TsmDetail) (nullable) */
const char * const *tsm_alert_get_suggested_actions (TsmAlert *self); /* (nullable) */
const char * const *tsm_alert_get_auto_responses    (TsmAlert *self); /* (nullable) */
GListModel         *tsm_alert_get_timeline          (TsmAlert *self); /* (transfer none) of TsmAlertEntry, oldest first */

/* The order of the list: open before acknowledged before resolved, worse first, then newer first. */
int                 tsm_alert_compare               (TsmAlert *a,
                                                     TsmAlert *b);

G_END_DECLS
