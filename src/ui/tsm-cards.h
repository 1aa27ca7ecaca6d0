/* The cards of the Overview, one type each; they share the frame of TsmCard and are told what to show by tsm_card_update().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-card.h"

G_BEGIN_DECLS

#define TSM_TYPE_SYSTEM_CARD (tsm_system_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmSystemCard, tsm_system_card, TSM, SYSTEM_CARD, TsmCard)

#define TSM_TYPE_PROCESSING_CARD (tsm_processing_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmProcessingCard, tsm_processing_card, TSM, PROCESSING_CARD, TsmCard)

#define TSM_TYPE_HEALTH_CARD (tsm_health_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmHealthCard, tsm_health_card, TSM, HEALTH_CARD, TsmCard)

#define TSM_TYPE_STORES_CARD (tsm_stores_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmStoresCard, tsm_stores_card, TSM, STORES_CARD, TsmCard)

#define TSM_TYPE_JOBS_CARD (tsm_jobs_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmJobsCard, tsm_jobs_card, TSM, JOBS_CARD, TsmCard)

#define TSM_TYPE_ALERTS_CARD (tsm_alerts_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmAlertsCard, tsm_alerts_card, TSM, ALERTS_CARD, TsmCard)

#define TSM_TYPE_ACTIONS_CARD (tsm_actions_card_get_type ())
G_DECLARE_FINAL_TYPE (TsmActionsCard, tsm_actions_card, TSM, ACTIONS_CARD, TsmCard)

G_END_DECLS
