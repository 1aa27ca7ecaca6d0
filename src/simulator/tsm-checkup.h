/* The checkup: what an engine says about its own health, worked out from the figures of its market.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "simulator/tsm-market.h"

G_BEGIN_DECLS

/* Components by bit, for the masks below. */
guint    tsm_checkup_get_initially_disabled (TsmDialect     dialect);
gboolean tsm_checkup_find_component         (const char    *name,
                                             guint         *bit);
void     tsm_checkup_fill                   (TsmMarket     *market,
                                             TsmDialect     dialect,
                                             guint          disabled,
                                             gboolean       detailed,
                                             TsmHealthData *data);

G_END_DECLS
