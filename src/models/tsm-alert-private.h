/* How TsmAlertBook changes a TsmAlert and its timeline. Every change waits for tsm_alert_flush() to be told to watchers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-alert.h"

G_BEGIN_DECLS

TsmAlertEntry *tsm_alert_entry_new (TsmAlertEntryKind  kind,
                                    gint64             time,
                                    const char        *who,
                                    const char        *note);

/* A GListModel of TsmAlertEntry whose new lines wait for the flush. */
#define TSM_TYPE_ALERT_TIMELINE (tsm_alert_timeline_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertTimeline, tsm_alert_timeline, TSM, ALERT_TIMELINE, GObject)

TsmAlertTimeline *tsm_alert_timeline_new   (void);
void              tsm_alert_timeline_add   (TsmAlertTimeline *self,
                                            TsmAlertEntry    *entry); /* (transfer full) */
void              tsm_alert_timeline_flush (TsmAlertTimeline *self);

/* What tells alerts apart. */
typedef struct
{
  const char *source;
  const char *id;
} TsmAlertKey;

/**
 * TsmAlertSlot:
 *
 * What the book keeps on an alert.
 * @link: in the queue of the active or in that of the resolved
 * @is_kept: whether it is in the book
 * @has_opened: whether "opened" is due at the next flush
 */
typedef struct
{
  GList    link;
  gboolean is_kept;
  gboolean has_opened;
} TsmAlertSlot;

TsmAlert          *tsm_alert_new            (const char         *source,
                                             const char         *id,
                                             guint64             sequence);
const TsmAlertKey *tsm_alert_get_key        (TsmAlert           *self);
TsmAlertSlot      *tsm_alert_get_slot       (TsmAlert           *self);
gboolean           tsm_alert_begin_change   (TsmAlert           *self); /* whether it is the first since the flush */
gboolean           tsm_alert_trigger        (TsmAlert           *self,
                                             const TsmAlertData *data,
                                             gint64              when); /* whether it opened */
void               tsm_alert_acknowledge    (TsmAlert           *self,
                                             const char         *who,
                                             const char         *note,
                                             gint64              when);
void               tsm_alert_resolve        (TsmAlert           *self,
                                             const char         *who,
                                             const char         *note,
                                             gint64              when,
                                             gboolean            by_engine);
gboolean           tsm_alert_needs_confirming (TsmAlert         *self); /* resolved here, the engine has not said so */
void               tsm_alert_confirm        (TsmAlert           *self,
                                             const char         *who,
                                             gint64              when);
void               tsm_alert_add_delivery   (TsmAlert           *self,
                                             const char         *text,
                                             gint64              when);
void               tsm_alert_flush          (TsmAlert           *self);

G_END_DECLS
