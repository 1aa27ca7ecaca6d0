/* TsmScout: asks for refused channels, on a link of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-link.h"

G_BEGIN_DECLS

typedef struct _TsmScout TsmScout;

/* @granted: (element-type TsmChannel): with the names of those that were refused; some are acknowledged */
typedef void (*TsmScoutFunc) (GPtrArray *granted,
                              gpointer   owner);

TsmScout *tsm_scout_new        (TsmProfile      *profile,
                                GMainContext    *context,
                                const TsmTiming *timing,
                                TsmScoutFunc     granted,
                                gpointer         owner);
void      tsm_scout_free       (TsmScout        *self);

void      tsm_scout_send_later (TsmScout        *self,
                                GPtrArray       *channels);
void      tsm_scout_call_back  (TsmScout        *self);

G_END_DECLS
