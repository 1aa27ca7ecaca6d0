/* The decoder: bytes in, an event with its findings out. It never fails and never recurses without a bound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_DECODER_MAX_SIZE_DEFAULT  (1024 * 1024) /* bytes */
#define TSM_DECODER_MAX_DEPTH_DEFAULT 64            /* nested arrays and objects */

typedef struct _TsmDecoder TsmDecoder;

TsmDecoder *tsm_decoder_new    (gsize       max_size,
                                guint       max_depth);
void        tsm_decoder_free   (TsmDecoder *self);

/* (transfer full), never NULL */
TsmEvent   *tsm_decoder_decode (TsmDecoder *self,
                                GBytes     *message,
                                const char *channel,
                                gint64      received,
                                gint64      received_monotonic);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmDecoder, tsm_decoder_free)

G_END_DECLS
