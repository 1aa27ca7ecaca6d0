/* TsmRedisSource: the GSource that reads and writes one hiredis context.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <hiredis/hiredis.h>

G_BEGIN_DECLS

/**
 * TsmRedisSourceFuncs:
 * @reply: one whole reply, freed by the source afterwards
 * @received: bytes have come, before they are parsed
 * @closed: the context is of no more use; @err is one of hiredis' REDIS_ERR_…
 *
 * What the source calls. Each may destroy the source.
 */
typedef struct
{
  void (*reply)    (const redisReply *reply,
                    gpointer          user_data);
  void (*received) (gpointer          user_data);
  void (*closed)   (int               err,
                    const char       *words,
                    gpointer          user_data);
} TsmRedisSourceFuncs;

GSource  *tsm_redis_source_new         (GSocket                   *socket,
                                        const TsmRedisSourceFuncs *funcs,
                                        gpointer                   user_data);
void      tsm_redis_source_send        (GSource                   *source,
                                        guint                      argc,
                                        const char               **argv,
                                        const gsize               *argv_lengths);
void      tsm_redis_source_set_reading (GSource                   *source,
                                        gboolean                   reading);
gboolean  tsm_redis_source_has_input   (GSource                   *source);

G_END_DECLS
