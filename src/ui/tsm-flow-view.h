/* TsmFlowView: what the Flow page shows at one moment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "diagnosis/tsm-facts.h"
#include "diagnosis/tsm-ladder.h"

G_BEGIN_DECLS

/**
 * TsmFlowView:
 * @facts: (nullable): what was received
 * @gaps: (nullable): (element-type TsmGap): the oldest first
 * @is_checking: whether the active checks run just now
 * @last_check: µs since the epoch when they ended last, 0 for never
 * @now_real: µs since the epoch
 */
typedef struct
{
  const TsmLadder         *ladder;
  const TsmDiagnosisFacts *facts;
  GListModel              *gaps;
  gboolean                 is_checking;
  gint64                   last_check;
  gint64                   now_real;
} TsmFlowView;

G_END_DECLS
