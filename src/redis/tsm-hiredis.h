/* What has to be seen to around hiredis, 0.14 as 1.x. For TsmRedisSource.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <hiredis/async.h>

G_BEGIN_DECLS

redisAsyncContext *tsm_hiredis_connect        (const char          *address,
                                               guint16              port,
                                               GError             **error);
void               tsm_hiredis_expect_unasked (redisAsyncContext   *context,
                                               redisCallbackFn     *func);
void               tsm_hiredis_send_secret    (redisAsyncContext   *context,
                                               redisCallbackFn     *func,
                                               guint                argc,
                                               const char         **argv,
                                               const gsize         *argv_lengths);
gboolean           tsm_hiredis_is_cut_off     (const redisContext  *context);

G_END_DECLS
