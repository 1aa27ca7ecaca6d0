/* TsmTraffic: what a number of simulated publishers say, one event after the other. It knows no server and no clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "simulator/tsm-engine.h"

G_BEGIN_DECLS

#define TSM_TRAFFIC_MAX_SOURCES 10000
#define TSM_TRAFFIC_MAX_RATE    1e6 /* events per second */
#define TSM_TRAFFIC_MIN_RATE    1e-3

/**
 * TsmTrafficMix:
 * @TSM_TRAFFIC_A: engines that speak dialect A
 * @TSM_TRAFFIC_B: engines that speak dialect B
 * @TSM_TRAFFIC_C: job pipelines
 * @TSM_TRAFFIC_MIXED: one of each in turn
 */
typedef enum
{
  TSM_TRAFFIC_A,
  TSM_TRAFFIC_B,
  TSM_TRAFFIC_C,
  TSM_TRAFFIC_MIXED,
} TsmTrafficMix;

/**
 * TsmTrafficOptions:
 * @n_sources: publishers; 0 for one, or for one of each dialect where they are mixed
 * @rate: events per second of all of them together; 0 for one a second each
 * @seed: the same seed gives the same events but for their timestamps
 * @day_seconds: how long a trading day lasts, in s
 * @start_time: the timestamps count from here (µs since the epoch) at @rate; TSM_TIME_NONE for the time given with each
 */
typedef struct
{
  TsmTrafficMix mix;
  guint         n_sources;
  double        rate;
  guint32       seed;
  double        day_seconds;
  gint64        start_time;
} TsmTrafficOptions;

#define TSM_TRAFFIC_OPTIONS_DEFAULT ((TsmTrafficOptions) { TSM_TRAFFIC_MIXED, 0, 0, 1, 600, TSM_TIME_NONE })

typedef struct _TsmTraffic TsmTraffic;

TsmTraffic *tsm_traffic_new           (const TsmTrafficOptions *options);
void        tsm_traffic_free          (TsmTraffic              *self);

guint       tsm_traffic_get_n_sources (TsmTraffic              *self);
double      tsm_traffic_get_rate      (TsmTraffic              *self); /* events per second */
void        tsm_traffic_next          (TsmTraffic              *self,
                                       gint64                   now,
                                       TsmEngineEvent          *event);
gboolean    tsm_traffic_pop_answer    (TsmTraffic              *self,
                                       gint64                   now,
                                       TsmEngineEvent          *event);
gboolean    tsm_traffic_command       (TsmTraffic              *self,
                                       GBytes                  *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmTraffic, tsm_traffic_free)

G_END_DECLS
