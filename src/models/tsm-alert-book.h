/* TsmAlertBook: every alert, once per source and id. A GListModel of TsmAlert in the order of arrival.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-alert.h"

G_BEGIN_DECLS

#define TSM_ALERT_BOOK_MAX_RESOLVED 10000 /* resolved alerts kept; open ones are never shed */

/**
 * TsmAlertCounts:
 * @open: by severity, not acknowledged
 * @acknowledged: acknowledged and not resolved
 * @resolved: kept in the book
 * @orphans: ALERT_RESOLVED for an alert that was never triggered here
 */
typedef struct
{
  guint   open[TSM_N_SEVERITIES];
  guint   n_open;
  guint   acknowledged;
  guint   resolved;
  guint64 orphans;
} TsmAlertCounts;

#define TSM_TYPE_ALERT_BOOK (tsm_alert_book_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertBook, tsm_alert_book, TSM, ALERT_BOOK, GObject)

/* Signal "changed" (): by tsm_alert_book_flush(), after the notifies and items_changed.
 * Signal "opened" (TsmAlert): by tsm_alert_book_flush(), for each alert that opened or opened again. */

TsmAlertBook   *tsm_alert_book_new         (void);
void            tsm_alert_book_ingest      (TsmAlertBook   *self,
                                            TsmEvent       *event); /* ALERT_TRIGGERED, ALERT_RESOLVED; others are ignored */
void            tsm_alert_book_flush       (TsmAlertBook   *self);
TsmAlert       *tsm_alert_book_lookup      (TsmAlertBook   *self,
                                            const char     *source,
                                            const char     *id); /* (transfer none) (nullable) */
/* Both return FALSE where the alert is not in a state for it. Effects show at the next flush. */
gboolean        tsm_alert_book_acknowledge (TsmAlertBook   *self,
                                            TsmAlert       *alert,
                                            const char     *who,
                                            const char     *note,
                                            gint64          when);
gboolean        tsm_alert_book_resolve     (TsmAlertBook   *self,
                                            TsmAlert       *alert,
                                            const char     *who,
                                            const char     *note,
                                            gint64          when);
/* Adds a DELIVERY line, e.g. "Delivered to 1 engine". */
void            tsm_alert_book_add_delivery (TsmAlertBook  *self,
                                            TsmAlert       *alert,
                                            const char     *text,
                                            gint64          when);
void            tsm_alert_book_get_counts  (TsmAlertBook   *self,
                                            TsmAlertCounts *counts);
/* (transfer container): up to @n open or acknowledged alerts of @source (NULL: any), worst first. */
GPtrArray      *tsm_alert_book_dup_worst   (TsmAlertBook   *self,
                                            const char     *source,
                                            guint           n);

G_END_DECLS
