/* TsmReceivedCard: what was received, by type of event, and what was the matter with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-facts.h"
#include "ui/tsm-card.h"

G_BEGIN_DECLS

#define TSM_TYPE_RECEIVED_CARD (tsm_received_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmReceivedCard, tsm_received_card, TSM, RECEIVED_CARD, TsmCard)

GtkWidget *tsm_received_card_new  (void);
void       tsm_received_card_show (TsmReceivedCard         *self,
                                   const TsmDiagnosisFacts *facts); /* (nullable) */

G_END_DECLS
