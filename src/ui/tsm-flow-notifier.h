/* TsmFlowNotifier: when a desktop notification tells that events have stopped, and that they are back. Sends nothing itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *                 broken for 5 s ─▸ STOPPED
 *     flowing ◂──────────────────────────────▸ broken
 *                 BACK ◂─ flowing for 5 s
 *
 * Each is told once. Where nothing ever flowed nothing can stop; what nobody knows changes nothing.
 */

#pragma once

#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

#define TSM_FLOW_NOTIFIER_CALM_US (5 * G_USEC_PER_SEC) /* so that a link that is made anew at once is no news */

/**
 * TsmFlowNews:
 * @TSM_FLOW_NEWS_STOPPED: tell the verdict
 * @TSM_FLOW_NEWS_BACK: tell that events flow again, in place of what was told before
 * @TSM_FLOW_NEWS_WITHDRAW: take back what was told
 */
typedef enum
{
  TSM_FLOW_NEWS_NONE,
  TSM_FLOW_NEWS_STOPPED,
  TSM_FLOW_NEWS_BACK,
  TSM_FLOW_NEWS_WITHDRAW,
} TsmFlowNews;

/* All zero at first, and for each connection anew. Times are monotonic µs, 0 for not so. */
typedef struct
{
  gboolean has_flowed;
  gboolean has_stopped;
  gboolean is_shown;
  gint64   changed; /* since when it is the other way round */
} TsmFlowNotifier;

/* @in_sight: the user has the Flow page before the eyes and needs no telling. Called once a second. */
TsmFlowNews tsm_flow_notifier_update (TsmFlowNotifier *self,
                                      const TsmLadder *ladder,
                                      gint64           now,
                                      gboolean         in_sight);

G_END_DECLS
