/* TsmProfile: one named connection: where the server is, who we are there, what we listen to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "redis/tsm-url.h"

G_BEGIN_DECLS

#define TSM_PROFILE_DEFAULT_URL     "redis://127.0.0.1:6379"
#define TSM_PROFILE_DEFAULT_CHANNEL "tickstock:monitoring"
#define TSM_PROFILE_ERRORS_CHANNEL  "tickstock:errors"
#define TSM_PROFILE_PROBE_PREFIX    "tickstock:monitoring:probe:"

/**
 * TsmProfileError:
 * @TSM_PROFILE_ERROR_SCHEME: an address with a scheme that is not known
 * @TSM_PROFILE_ERROR_SYNTAX: not a URL, or a part of it is not legal
 * @TSM_PROFILE_ERROR_VALUE: a value that its field cannot have
 */
typedef enum
{
  TSM_PROFILE_ERROR_SCHEME,
  TSM_PROFILE_ERROR_SYNTAX,
  TSM_PROFILE_ERROR_VALUE,
} TsmProfileError;

#define TSM_PROFILE_ERROR (tsm_profile_error_quark ())
GQuark tsm_profile_error_quark (void);

#define TSM_TYPE_PROFILE (tsm_profile_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfile, tsm_profile, TSM, PROFILE, GObject)

/**
 * TsmProfileKind:
 *
 * What a field holds, for who writes profiles to a file.
 */
typedef enum
{
  TSM_PROFILE_TEXT,
  TSM_PROFILE_LIST,    /* of texts; as one text they are separated by spaces */
  TSM_PROFILE_NUMBER,
  TSM_PROFILE_BOOLEAN, /* as a text: "true" or "false" */
} TsmProfileKind;

/**
 * TsmProfileField:
 *
 * The fields of a profile, which are all that is stored of one. The password is none of them.
 * @TSM_PROFILE_NAME: 1–80 characters
 * @TSM_PROFILE_COLOUR: one of tsm_profile_get_colours()
 * @TSM_PROFILE_URL: see tsm_url_parse(); without the password
 * @TSM_PROFILE_CHANNELS: names and glob patterns
 * @TSM_PROFILE_CONTROL_CHANNEL: empty: the first channel + ":control"
 * @TSM_PROFILE_READ_ONLY: nothing is ever sent to the engine
 * @TSM_PROFILE_REQUESTED_BY: empty: the user's real name
 * @TSM_PROFILE_TLS_CA_FILE: absolute path of a PEM file; empty: the system's trust store
 * @TSM_PROFILE_TLS_CERTIFICATE_FILE: absolute path of our certificate, PEM; may hold the key too
 * @TSM_PROFILE_TLS_KEY_FILE: absolute path of its key, PEM
 * @TSM_PROFILE_TLS_SERVER_NAME: the name that the server's certificate must have; empty: the host of the address
 * @TSM_PROFILE_TLS_PIN: SHA-256 of the one certificate that is accepted, as "AB:CD:…"; empty: none
 * @TSM_PROFILE_CONNECT_TIMEOUT: ms, 100–120,000
 * @TSM_PROFILE_REPLY_TIMEOUT: ms, 100–120,000
 * @TSM_PROFILE_KEEP_ALIVE: s without a byte after which the system asks, 1–3600
 * @TSM_PROFILE_USER_TIMEOUT: ms that written bytes may stay unacknowledged, 1000–600,000
 */
typedef enum
{
  TSM_PROFILE_NAME,
  TSM_PROFILE_COLOUR,
  TSM_PROFILE_URL,
  TSM_PROFILE_CHANNELS,
  TSM_PROFILE_CONTROL_CHANNEL,
  TSM_PROFILE_READ_ONLY,
  TSM_PROFILE_REQUESTED_BY,
  TSM_PROFILE_TLS_CA_FILE,
  TSM_PROFILE_TLS_CERTIFICATE_FILE,
  TSM_PROFILE_TLS_KEY_FILE,
  TSM_PROFILE_TLS_SERVER_NAME,
  TSM_PROFILE_TLS_PIN,
  TSM_PROFILE_CONNECT_TIMEOUT,
  TSM_PROFILE_REPLY_TIMEOUT,
  TSM_PROFILE_KEEP_ALIVE,
  TSM_PROFILE_USER_TIMEOUT,
  TSM_N_PROFILE_FIELDS
} TsmProfileField;

const char         *tsm_profile_field_get_key      (TsmProfileField     field); /* "tls-ca-file": of keyfiles and JSON */
TsmProfileKind      tsm_profile_field_get_kind     (TsmProfileField     field);
gboolean            tsm_profile_field_from_key     (const char         *key,
                                                    TsmProfileField    *field);
const char * const *tsm_profile_get_colours        (void); /* "none" first; names of what the window paints */

TsmProfile         *tsm_profile_new                (void); /* the default address; a new id; no name */
TsmProfile         *tsm_profile_new_from_url       (const char         *url,
                                                    GError            **error);
TsmProfile         *tsm_profile_copy               (TsmProfile         *self); /* id and password too */
gboolean            tsm_profile_equal              (TsmProfile         *self,
                                                    TsmProfile         *other); /* all but the id */

/* Any field as text: for forms, files and the command line. What is set is checked first. */
gboolean            tsm_profile_set_text           (TsmProfile         *self,
                                                    TsmProfileField     field,
                                                    const char         *text,
                                                    GError            **error);
char               *tsm_profile_dup_text           (TsmProfile         *self,
                                                    TsmProfileField     field);
gboolean            tsm_profile_is_default         (TsmProfile         *self,
                                                    TsmProfileField     field);

const char         *tsm_profile_get_id             (TsmProfile         *self); /* never empty */
void                tsm_profile_set_id             (TsmProfile         *self,
                                                    const char         *id);
gboolean            tsm_profile_is_legal_id        (const char         *id); /* 1–64 of A–Z a–z 0–9 . _ - */
gboolean            tsm_profile_is_managed         (TsmProfile         *self); /* by the administrator: not to be edited */
void                tsm_profile_set_managed        (TsmProfile         *self,
                                                    gboolean            managed);
const char         *tsm_profile_get_name           (TsmProfile         *self);
const char         *tsm_profile_get_colour         (TsmProfile         *self);

const char         *tsm_profile_get_host           (TsmProfile         *self); /* NULL for a Unix socket and for sentinels; IPv6 without brackets */
guint16             tsm_profile_get_port           (TsmProfile         *self);
const char         *tsm_profile_get_socket_path    (TsmProfile         *self); /* NULL for TCP */
gboolean            tsm_profile_uses_tls           (TsmProfile         *self);
guint               tsm_profile_get_n_sentinels    (TsmProfile         *self);
const TsmEndpoint  *tsm_profile_get_sentinel       (TsmProfile         *self,
                                                    guint               index);
const char         *tsm_profile_get_service        (TsmProfile         *self); /* NULL without sentinels */
const char         *tsm_profile_get_user           (TsmProfile         *self); /* (nullable) */
const char         *tsm_profile_get_password       (TsmProfile         *self); /* (nullable) */
void                tsm_profile_set_password       (TsmProfile         *self,
                                                    const char         *password); /* (nullable) */
int                 tsm_profile_get_database       (TsmProfile         *self); /* -1 where not given; pub/sub ignores it */
char               *tsm_profile_dup_display_url    (TsmProfile         *self); /* password as *** */

const char * const *tsm_profile_get_channels       (TsmProfile         *self); /* glob patterns among them */
void                tsm_profile_set_channels       (TsmProfile         *self,
                                                    const char * const *channels);
const char         *tsm_profile_get_control_channel (TsmProfile        *self);
void                tsm_profile_set_control_channel (TsmProfile        *self,
                                                     const char        *channel);
gboolean            tsm_profile_is_read_only       (TsmProfile         *self);
const char         *tsm_profile_get_requested_by   (TsmProfile         *self); /* default: the user's real name */
const char         *tsm_profile_get_tls_file       (TsmProfile         *self,
                                                    TsmProfileField     field); /* (nullable): …_FILE */
const char         *tsm_profile_get_tls_server_name (TsmProfile        *self); /* (nullable) */
const char         *tsm_profile_get_tls_pin        (TsmProfile         *self); /* (nullable) */
guint               tsm_profile_get_number         (TsmProfile         *self,
                                                    TsmProfileField     field); /* …_TIMEOUT, KEEP_ALIVE */

G_END_DECLS
