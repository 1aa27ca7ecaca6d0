/* TsmHandshake: what is said to a server before anything else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-link.h"

G_BEGIN_DECLS

typedef struct _TsmHandshake TsmHandshake;

/* @info: (transfer full) */
typedef void (*TsmHandshakeFunc) (TsmServerInfo *info,
                                  gpointer       user_data);

TsmHandshake *tsm_handshake_new  (TsmLink          *link,
                                  TsmHandshakeFunc  done,
                                  gpointer          user_data);
void          tsm_handshake_next (TsmHandshake     *self);
void          tsm_handshake_free (TsmHandshake     *self);

G_END_DECLS
