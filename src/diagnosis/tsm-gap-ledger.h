/* TsmGapLedger: the spans in which events were, or may have been, missed. A list of TsmGap, oldest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pub/sub has no replay: what is published while nobody listens is gone. Silence is not zero.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSM_GAP_LEDGER_CAPACITY 1000 /* gaps; the oldest go */

/**
 * TsmGapCause:
 * @TSM_GAP_DISCONNECTED: we had no subscription
 * @TSM_GAP_PAUSED: the server was not read, for want of room
 * @TSM_GAP_SHED: messages were dropped, by us or by the server
 * @TSM_GAP_SILENT: nothing was published although something was due
 */
typedef enum
{
  TSM_GAP_DISCONNECTED,
  TSM_GAP_PAUSED,
  TSM_GAP_SHED,
  TSM_GAP_SILENT,
  TSM_N_GAP_CAUSES
} TsmGapCause;

const char *tsm_gap_cause_get_name  (TsmGapCause cause); /* "disconnected"; not translated */
const char *tsm_gap_cause_get_label (TsmGapCause cause); /* translated: "Disconnected" */

#define TSM_TYPE_GAP (tsm_gap_get_type ())
G_DECLARE_FINAL_TYPE (TsmGap, tsm_gap, TSM, GAP, GObject)

/* Properties "end" and "missing" notify. Times are µs: monotonic, and since the epoch. */
TsmGapCause   tsm_gap_get_cause        (TsmGap       *self);
gint64        tsm_gap_get_start        (TsmGap       *self);
gint64        tsm_gap_get_end          (TsmGap       *self); /* 0 while it lasts */
gint64        tsm_gap_get_start_real   (TsmGap       *self);
gint64        tsm_gap_get_end_real     (TsmGap       *self); /* 0 while it lasts */
gint64        tsm_gap_get_missing      (TsmGap       *self); /* events, by the learned cadence; -1 where none is known */
char         *tsm_gap_dup_text         (TsmGap       *self); /* translated: "Disconnected for 40 s, about 12 events missing" */

#define TSM_TYPE_GAP_LEDGER (tsm_gap_ledger_get_type ())
G_DECLARE_FINAL_TYPE (TsmGapLedger, tsm_gap_ledger, TSM, GAP_LEDGER, GObject)

TsmGapLedger *tsm_gap_ledger_new       (void);
/* Opens the gap of this cause at @now, or tells the one that is open how many are missing by now. @rate: events per second
 * that are due, NaN where not known. @now_real: µs since the epoch. */
void          tsm_gap_ledger_keep_open (TsmGapLedger *self,
                                        TsmGapCause   cause,
                                        gint64        start,
                                        gint64        now,
                                        gint64        now_real,
                                        double        rate);
/* Nothing where none is open. */
void          tsm_gap_ledger_close     (TsmGapLedger *self,
                                        TsmGapCause   cause,
                                        gint64        now,
                                        gint64        now_real);
TsmGap       *tsm_gap_ledger_get_open  (TsmGapLedger *self,
                                        TsmGapCause   cause); /* (transfer none) (nullable) */
guint         tsm_gap_ledger_count     (TsmGapLedger *self,
                                        TsmGapCause   cause,
                                        gint64        since); /* that began or lasted after @since, monotonic µs */

G_END_DECLS
