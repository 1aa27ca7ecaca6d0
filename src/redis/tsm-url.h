/* TsmUrl: the parts of a server's address, as it is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     redis://user:password@host:port/db        unix://user:password@/path/to.sock?db=N
 *             └────┬──────┘ └─┬┘ └┬┘  └┬┘             └─────┬─────┘ └─────┬─────┘   └┬┘
 *             credentials   host port  database        credentials   socket_path  database
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSM_URL_DEFAULT_PORT 6379
#define TSM_URL_MAX_LENGTH   2048 /* bytes */

/**
 * TsmUrl:
 * @host: (nullable): NULL for a Unix socket; an IPv6 address is without brackets
 * @port: 1–65535, or 0 for a Unix socket
 * @socket_path: (nullable): absolute
 * @database: -1 where not given
 */
typedef struct
{
  char    *host;
  guint16  port;
  char    *socket_path;
  char    *user;
  char    *password;
  int      database;
} TsmUrl;

TsmUrl *tsm_url_parse      (const char  *text,
                            GError     **error);
void    tsm_url_free       (TsmUrl      *self);
void    tsm_url_wipe       (char        *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmUrl, tsm_url_free)

G_END_DECLS
