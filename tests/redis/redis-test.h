/* What the tests of the connection share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-connection-private.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-peer.h"
#include "support/tsm-test-redis.h"

G_BEGIN_DECLS

/* A connection that hurries, to the default channels. (transfer full): not started */
TsmConnection *redis_test_new_connection (const char    *url);
/* Started, and both links are READY. */
TsmConnection *redis_test_connect        (const char    *url);
/* Stops, lets go, and dispatches what is left. */
void           redis_test_close          (TsmConnection *connection);

gboolean       redis_test_is_ready       (TsmConnection *connection);
gboolean       redis_test_has_error      (TsmConnection *connection,
                                          TsmLinkError   code);
gboolean       redis_test_is_heard       (TsmConnection *connection,
                                          const char    *channel);
/* Frees all messages of the queue; how many there were. */
guint          redis_test_pop_all        (TsmConnection *connection);
/* The payload of the next message. (transfer full) */
char          *redis_test_pop_text       (TsmConnection *connection);

G_END_DECLS
