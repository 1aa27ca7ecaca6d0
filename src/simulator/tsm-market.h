/* TsmMarket: the figures of one engine through a trading day, each following from the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     session hour ─▸ ticks/s ─▸ CPU ─▸ detection time
 *                       ├─▸ queue depth, network, memory ─▸ collection (sawtooth)
 *     cache hit rate ─▸ query time ─▸ slow queries
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_MARKET_DAY_HOURS   10.0   /* a session day runs from 08:00 to 18:00 */
#define TSM_MARKET_DAY_REAL    36000.0 /* s: such a day at its true pace */
#define TSM_MARKET_DAY_DEFAULT 600.0  /* s: a day lasts ten minutes */
#define TSM_MARKET_DAY_MIN     60.0   /* s */

/* Disturbances that push some figures over their limits for a while. */
typedef enum
{
  TSM_INCIDENT_SLOW_QUERIES,
  TSM_INCIDENT_CPU_SPIKE,
  TSM_INCIDENT_MEMORY_LEAK,
  TSM_INCIDENT_OVERLOAD,
  TSM_N_INCIDENTS
} TsmIncident;

typedef struct _TsmMarket TsmMarket;

TsmMarket *tsm_market_new             (guint32      seed,
                                       double       day_seconds,
                                       double       incident_delay);
void       tsm_market_free            (TsmMarket   *self);

void       tsm_market_advance         (TsmMarket   *self,
                                       double       seconds);
double     tsm_market_get             (TsmMarket   *self,
                                       TsmMetricId  metric);
double     tsm_market_get_elapsed     (TsmMarket   *self); /* s since the start */
double     tsm_market_get_hour        (TsmMarket   *self); /* 8–18 */
double     tsm_market_get_workers     (TsmMarket   *self); /* threads at work; a restart takes them down to a few */
gboolean   tsm_market_is_session_open (TsmMarket   *self); /* 09:30 to 16:00 */
void       tsm_market_get_trend       (TsmMarket   *self,
                                       TsmMetricId  metric,
                                       TsmTrend    *trend); /* CPU_PERCENT and MEMORY_PERCENT; others are unknown */

/* What an operator can do to it. */
void       tsm_market_clear_cache     (TsmMarket   *self);
void       tsm_market_force_gc        (TsmMarket   *self);
void       tsm_market_reload_patterns (TsmMarket   *self);
void       tsm_market_restart_workers (TsmMarket   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmMarket, tsm_market_free)

G_END_DECLS
