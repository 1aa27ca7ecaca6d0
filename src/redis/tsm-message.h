/* The making of a TsmMessage, for the subscriber only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection.h"

G_BEGIN_DECLS

TsmMessage *tsm_message_new (GRefString *channel,
                             GRefString *pattern,
                             const char *bytes,
                             gsize       length);

G_END_DECLS
