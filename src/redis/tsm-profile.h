/* TsmProfile: where the server is, who we are there, what we listen to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TSM_PROFILE_DEFAULT_URL     "redis://127.0.0.1:6379"
#define TSM_PROFILE_DEFAULT_CHANNEL "tickstock:monitoring"
#define TSM_PROFILE_ERRORS_CHANNEL  "tickstock:errors"
#define TSM_PROFILE_PROBE_PREFIX    "tickstock:monitoring:probe:"

/**
 * TsmProfileError:
 * @TSM_PROFILE_ERROR_SCHEME: not redis:// or unix://
 * @TSM_PROFILE_ERROR_SYNTAX: not a URL, or a part of it is not legal
 */
typedef enum
{
  TSM_PROFILE_ERROR_SCHEME,
  TSM_PROFILE_ERROR_SYNTAX,
} TsmProfileError;

#define TSM_PROFILE_ERROR (tsm_profile_error_quark ())
GQuark tsm_profile_error_quark (void);

#define TSM_TYPE_PROFILE (tsm_profile_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfile, tsm_profile, TSM, PROFILE, GObject)

/* redis://[user[:password]@]host[:port][/db], redis://:password@host, unix://[user:password@]/path/to.sock[?db=N].
 * Channels start as the default channel and the errors channel; the control channel as channel + ":control". */
TsmProfile         *tsm_profile_new_from_url       (const char         *url,
                                                    GError            **error);

const char         *tsm_profile_get_host           (TsmProfile         *self); /* NULL for a Unix socket; IPv6 without brackets */
guint16             tsm_profile_get_port           (TsmProfile         *self);
const char         *tsm_profile_get_socket_path    (TsmProfile         *self); /* NULL for TCP */
const char         *tsm_profile_get_user           (TsmProfile         *self); /* (nullable) */
const char         *tsm_profile_get_password       (TsmProfile         *self); /* (nullable) */
int                 tsm_profile_get_database       (TsmProfile         *self); /* -1 where not given; pub/sub ignores it */
char               *tsm_profile_dup_display_url    (TsmProfile         *self); /* password as *** */

const char * const *tsm_profile_get_channels       (TsmProfile         *self); /* glob patterns among them */
void                tsm_profile_set_channels       (TsmProfile         *self,
                                                    const char * const *channels);
const char         *tsm_profile_get_control_channel (TsmProfile        *self);
void                tsm_profile_set_control_channel (TsmProfile        *self,
                                                     const char        *channel);
const char         *tsm_profile_get_requested_by   (TsmProfile         *self); /* default: the user's real name */

gboolean            tsm_channel_is_pattern         (const char         *channel); /* has *, ? or [ not escaped */

G_END_DECLS
