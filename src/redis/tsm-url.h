/* TsmUrl: the parts of a server's address, as it is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     redis://user:password@host:port/db        unix://user:password@/path/to.sock?db=N
 *             └────┬──────┘ └─┬┘ └┬┘  └┬┘             └─────┬─────┘ └─────┬─────┘   └┬┘
 *             credentials   host port  database        credentials   socket_path  database
 *
 *     redis+sentinel://user:password@host:port,host:port/service/db
 *                      └────┬──────┘ └───────┬─────────┘ └──┬──┘
 *                   of the primary       sentinels       service
 *
 * rediss:// and rediss+sentinel:// are the same over TLS.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSM_URL_DEFAULT_PORT          6379
#define TSM_URL_DEFAULT_SENTINEL_PORT 26379
#define TSM_URL_MAX_LENGTH            2048 /* bytes */
#define TSM_URL_HIDDEN_PASSWORD       "***"

/**
 * TsmEndpoint:
 * @host: a name or an address; IPv6 is without brackets
 * @port: 1–65535
 */
typedef struct
{
  char    *host;
  guint16  port;
} TsmEndpoint;

TsmEndpoint *tsm_endpoint_new       (const char        *host,
                                     guint16            port);
void         tsm_endpoint_free      (TsmEndpoint       *self);
char        *tsm_endpoint_to_string (const TsmEndpoint *self); /* "host:port" or "[::1]:port" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmEndpoint, tsm_endpoint_free)

/**
 * TsmUrl:
 * @tls: rediss:// or rediss+sentinel://
 * @host: (nullable): NULL for a Unix socket and where sentinels are asked; an IPv6 address is without brackets
 * @port: 1–65535, or 0 where @host is NULL
 * @socket_path: (nullable): absolute
 * @sentinels: (nullable) (element-type TsmEndpoint): whom to ask for the primary of @service
 * @database: -1 where not given
 */
typedef struct
{
  gboolean   tls;
  char      *host;
  guint16    port;
  char      *socket_path;
  GPtrArray *sentinels;
  char      *service;
  char      *user;
  char      *password;
  int        database;
} TsmUrl;

/**
 * TsmUrlForm:
 * @TSM_URL_BARE: without the password, as it is stored
 * @TSM_URL_MASKED: with `***` in the place of the password, as it is shown
 */
typedef enum
{
  TSM_URL_BARE,
  TSM_URL_MASKED,
} TsmUrlForm;

TsmUrl *tsm_url_parse        (const char    *text,
                              GError       **error);
TsmUrl *tsm_url_copy         (const TsmUrl  *self);
void    tsm_url_free         (TsmUrl        *self);
void    tsm_url_add_sentinel (TsmUrl        *self,
                              TsmEndpoint   *sentinel);
char   *tsm_url_to_string    (const TsmUrl  *self,
                              TsmUrlForm     form);
void    tsm_url_wipe         (char          *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmUrl, tsm_url_free)

G_END_DECLS
