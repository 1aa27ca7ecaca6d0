/* TsmEventLog: the last events, a GListModel of TsmEvent, oldest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Appended in one batch per flush and trimmed in large pieces, so that a list view is told seldom.
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_EVENT_LOG_CAPACITY 10000 /* events shown; up to a tenth more stand in the list between two trims */
#define TSM_EVENT_LOG_MAX_BYTES (64 * 1024 * 1024) /* of raw messages kept; the oldest events go first, a tenth more as above */

#define TSM_TYPE_EVENT_LOG (tsm_event_log_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventLog, tsm_event_log, TSM, EVENT_LOG, GObject)

/* Property "frozen" (read-write): while it is set, flush changes nothing that is seen and the new wait.
 * Property "n-pending" (read-only): events appended and not yet seen (a paused page shows it as "+128 new"); notified by flush. */

TsmEventLog *tsm_event_log_new           (guint        capacity);
void         tsm_event_log_append        (TsmEventLog *self,
                                          TsmEvent    *event);
void         tsm_event_log_flush         (TsmEventLog *self);
gboolean     tsm_event_log_get_frozen    (TsmEventLog *self);
void         tsm_event_log_set_frozen    (TsmEventLog *self,
                                          gboolean     frozen); /* thawing flushes */
guint64      tsm_event_log_get_n_pending (TsmEventLog *self);
guint64      tsm_event_log_get_n_total   (TsmEventLog *self); /* ever appended */
guint        tsm_event_log_get_n_kept    (TsmEventLog *self); /* of them shown, or waiting to be */

G_END_DECLS
