/* TsmTestRedis: a real redis-server of the test's own, in a private directory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It listens on a Unix socket and, where asked for, on a free TCP port of the loopback. It dies with the test. What cannot
 * be started or answered ends the test with g_error().
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TsmTestRedis TsmTestRedis;

typedef enum
{
  TSM_TEST_REDIS_UNIX_ONLY = 0,
  TSM_TEST_REDIS_TCP = 1 << 0,
  TSM_TEST_REDIS_TLS = 1 << 1,      /* the TCP port speaks TLS; give its certificate by arguments */
  TSM_TEST_REDIS_SENTINEL = 1 << 2, /* a sentinel, whose Unix socket speaks plainly */
} TsmTestRedisFlags;

/* Whether a redis-server is installed; skip the test where it is not. */
gboolean      tsm_test_redis_is_available  (void);
/* As g_test_add_func(), for a test that is skipped there. */
void          tsm_test_redis_add           (const char         *path,
                                            GTestFunc           func);

/* @args: (nullable) (array zero-terminated=1): more arguments of redis-server, e.g. "--requirepass", "secret". Waits until
 * it answers. */
TsmTestRedis *tsm_test_redis_start         (TsmTestRedisFlags   flags,
                                            const char * const *args);
void          tsm_test_redis_free          (TsmTestRedis       *self); /* kills it, and removes the directory */

const char   *tsm_test_redis_get_url       (TsmTestRedis       *self); /* unix://… */
const char   *tsm_test_redis_get_tcp_url   (TsmTestRedis       *self); /* redis://127.0.0.1:… or rediss://localhost:…; NULL without TCP */
const char   *tsm_test_redis_get_directory (TsmTestRedis       *self);
const char   *tsm_test_redis_get_socket    (TsmTestRedis       *self); /* the path */
guint16       tsm_test_redis_get_port      (TsmTestRedis       *self); /* 0 without TCP */

/* What tsm_test_redis_command() logs in with; NULL for nothing. */
void          tsm_test_redis_set_password  (TsmTestRedis       *self,
                                            const char         *password);

/* One command on a connection of its own, formatted as by hiredis: each %s and %b is one argument whatever is in it.
 * Returns (transfer full) a status, string or error ("ERR …"), a number in decimal, or an array as lines. */
char         *tsm_test_redis_command       (TsmTestRedis       *self,
                                            const char         *format,
                                            ...);
/* The same without a result, but an error reply ends the test. */
void          tsm_test_redis_do            (TsmTestRedis       *self,
                                            const char         *format,
                                            ...);
/* Publishes @n messages of @size bytes by pipeline and returns how many receivers they had in all. */
gint64        tsm_test_redis_flood         (TsmTestRedis       *self,
                                            const char         *channel,
                                            guint               n,
                                            gsize               size);

void          tsm_test_redis_kill          (TsmTestRedis       *self); /* SIGKILL */
void          tsm_test_redis_stop          (TsmTestRedis       *self); /* SIGTERM, as an administrator would */
void          tsm_test_redis_restart       (TsmTestRedis       *self); /* on the same addresses; after one of the two */
void          tsm_test_redis_suspend       (TsmTestRedis       *self); /* SIGSTOP: connected, but dead */
void          tsm_test_redis_resume        (TsmTestRedis       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmTestRedis, tsm_test_redis_free)

G_END_DECLS
