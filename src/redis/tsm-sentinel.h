/* TsmSentinel: asks the sentinels of a profile where the primary is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"
#include "redis/tsm-timing.h"

G_BEGIN_DECLS

typedef struct _TsmSentinel TsmSentinel;

/**
 * TsmSentinelFunc:
 * @primary: (nullable): where it is; NULL with @error set
 * @error: in TSM_LINK_ERROR
 *
 * The answer, once. Free the TsmSentinel.
 */
typedef void (*TsmSentinelFunc) (const TsmEndpoint *primary,
                                 const GError      *error,
                                 gpointer           owner);

TsmSentinel *tsm_sentinel_new  (TsmProfile        *profile,
                                const TsmEndpoint *doubted,
                                GMainContext      *context,
                                const TsmTiming   *timing,
                                TsmSentinelFunc    done,
                                gpointer           owner);
void         tsm_sentinel_free (TsmSentinel       *self);

G_END_DECLS
