/* TsmRedisSource: the GSource that drives one asynchronous context of hiredis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <hiredis/hiredis.h>

#include "redis/tsm-socket.h"

G_BEGIN_DECLS

/* In the place of a REDIS_ERR_…: the connection ended, or was reset, within a message. */
#define TSM_REDIS_SOURCE_CUT_OFF 100

/**
 * TsmRedisSourceFuncs:
 * @connected: the connection is made; the first command may be sent. NULL for who takes over a connected source.
 * @reply: one whole reply, freed by hiredis afterwards
 * @received: so many bytes, about, have come, before they are parsed; must not free the source
 * @closed: the connection could not be made, or has ended; @err is one of hiredis' REDIS_ERR_… or
 *   %TSM_REDIS_SOURCE_CUT_OFF; @cause: (nullable): in G_IO_ERROR or G_TLS_ERROR, what is known beyond that
 *
 * What the source calls. All but @received may free the source.
 */
typedef struct
{
  void (*connected) (gpointer          user_data);
  void (*reply)     (const redisReply *reply,
                     gpointer          user_data);
  void (*received)  (gsize             n,
                     gpointer          user_data);
  void (*closed)    (int               err,
                     const char       *words,
                     const GError     *cause,
                     gpointer          user_data);
} TsmRedisSourceFuncs;

GSource  *tsm_redis_source_new         (const char                 *address,
                                        guint16                     port,
                                        const TsmSocketOptions     *options,
                                        GError                    **error);
void      tsm_redis_source_free        (GSource                    *source);
void      tsm_redis_source_set_funcs   (GSource                    *source,
                                        const TsmRedisSourceFuncs  *funcs,
                                        gpointer                    user_data);

void      tsm_redis_source_send        (GSource                    *source,
                                        guint                       argc,
                                        const char                **argv,
                                        const gsize                *argv_lengths);
void      tsm_redis_source_send_secret (GSource                    *source,
                                        guint                       argc,
                                        const char                **argv,
                                        const gsize                *argv_lengths);
void      tsm_redis_source_set_reading (GSource                    *source,
                                        gboolean                    reading);
gboolean  tsm_redis_source_has_input   (GSource                    *source);
void      tsm_redis_source_set_buffer  (GSource                    *source,
                                        gsize                       limit);
gboolean  tsm_redis_source_divert      (GSource                    *source,
                                        GSocket                   **server,
                                        GError                    **error);
void      tsm_redis_source_join        (GSource                    *source,
                                        GIOStream                  *stream,
                                        GSocket                    *server);
gboolean  tsm_redis_source_is_full     (GSource                    *source);
int       tsm_redis_source_get_fd      (GSource                    *source);

G_END_DECLS
