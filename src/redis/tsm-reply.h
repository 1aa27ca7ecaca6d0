/* What replies are, and replies as values of GLib.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>

G_BEGIN_DECLS

gboolean  tsm_reply_is_message (const redisReply *reply);
GVariant *tsm_reply_to_variant (const redisReply *reply);

G_END_DECLS
