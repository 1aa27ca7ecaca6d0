/* TsmGapsCard: the spans in which events were, or may have been, missed: when, why, how long, about how many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-card.h"

G_BEGIN_DECLS

#define TSM_GAPS_CARD_ROWS 12 /* the newest; the others are counted */

#define TSM_TYPE_GAPS_CARD (tsm_gaps_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmGapsCard, tsm_gaps_card, TSM, GAPS_CARD, TsmCard)

GtkWidget *tsm_gaps_card_new  (void);
/* @gaps: (nullable) (element-type TsmGap): the oldest first; @now_real: µs since the epoch */
void       tsm_gaps_card_show (TsmGapsCard *self,
                               GListModel  *gaps,
                               gint64       now_real);

G_END_DECLS
