/* TsmComponent: the health of one part of an engine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

/**
 * TsmHealthLevel:
 *
 * The bands of a health score (docs/event-format.md): ≥ 90 excellent, ≥ 75 healthy, ≥ 60 degraded, ≥ 40 unhealthy, below
 * critical. A word without a score is mapped to the nearest level.
 */
typedef enum
{
  TSM_HEALTH_UNKNOWN,
  TSM_HEALTH_DISABLED,
  TSM_HEALTH_CRITICAL,
  TSM_HEALTH_UNHEALTHY,
  TSM_HEALTH_DEGRADED,
  TSM_HEALTH_HEALTHY,
  TSM_HEALTH_EXCELLENT,
} TsmHealthLevel;

TsmHealthLevel tsm_health_level_from_score (double          score);  /* NaN: UNKNOWN */
TsmHealthLevel tsm_health_level_from_word  (const char     *word);   /* (nullable), any case */
const char    *tsm_health_level_get_label  (TsmHealthLevel  level);  /* translated: "excellent" */

#define TSM_TYPE_COMPONENT (tsm_component_get_type ())
G_DECLARE_FINAL_TYPE (TsmComponent, tsm_component, TSM, COMPONENT, GObject)

/* Properties, each with a notify, all read-only from outside: name, status, score, details, level. */
TsmComponent   *tsm_component_new         (const char               *name);
gboolean        tsm_component_update      (TsmComponent             *self,
                                           const TsmComponentHealth *health); /* whether anything changed */
gboolean        tsm_component_would_change (TsmComponent            *self,
                                            const TsmComponentHealth *health); /* whether an update with it would */
const char     *tsm_component_get_name    (TsmComponent             *self);
char           *tsm_component_dup_title   (TsmComponent             *self); /* "Pattern detection" for pattern_detection */
const char     *tsm_component_get_status  (TsmComponent             *self); /* (nullable) */
double          tsm_component_get_score   (TsmComponent             *self); /* 0–100 or NaN */
const char     *tsm_component_get_details (TsmComponent             *self); /* (nullable) */
TsmHealthLevel  tsm_component_get_level   (TsmComponent             *self);

G_END_DECLS
