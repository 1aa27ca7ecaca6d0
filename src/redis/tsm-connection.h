/* TsmConnection: the live connection to one server.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It owns two links, one that subscribes and one that commands, and a probe between them:
 *
 *     command link ──PUBLISH probe:<id>──▸ redis-server ──message──▸ subscriber link ──▸ queue
 *
 * Both links reconnect for ever with exponential backoff and full jitter (0.5 s to 30 s).
 */

#pragma once

#include "redis/tsm-certificate.h"
#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/* In the order in which a link goes through them. */
typedef enum
{
  TSM_LINK_IDLE,           /* not started, or stopped */
  TSM_LINK_WAITING,        /* between two attempts */
  TSM_LINK_RESOLVING,
  TSM_LINK_CONNECTING,
  TSM_LINK_SECURING,       /* the TLS handshake */
  TSM_LINK_AUTHENTICATING, /* AUTH, PING, INFO */
  TSM_LINK_SUBSCRIBING,    /* the subscriber only */
  TSM_LINK_READY,
} TsmLinkState;

/**
 * TsmLinkError:
 *
 * Why the last attempt, or the last life, of a link ended. The message has the server's or the system's own words.
 */
typedef enum
{
  TSM_LINK_ERROR_HOST_UNKNOWN,
  TSM_LINK_ERROR_REFUSED,
  TSM_LINK_ERROR_TIMEOUT,       /* no connection within the connect timeout */
  TSM_LINK_ERROR_NOT_REDIS,     /* the answer to PING is not RESP */
  TSM_LINK_ERROR_AUTH_REQUIRED, /* NOAUTH */
  TSM_LINK_ERROR_AUTH_WRONG,    /* WRONGPASS, or ERR invalid password */
  TSM_LINK_ERROR_NO_PERMISSION, /* NOPERM */
  TSM_LINK_ERROR_LOADING,
  TSM_LINK_ERROR_MAX_CLIENTS,
  TSM_LINK_ERROR_PROTECTED_MODE,
  TSM_LINK_ERROR_SERVER,        /* any other error reply */
  TSM_LINK_ERROR_LOST,          /* closed by the other side, or reset */
  TSM_LINK_ERROR_HALF_OPEN,     /* silent in spite of probes */
  TSM_LINK_ERROR_TLS_REQUIRED,      /* we speak plainly to a server that speaks TLS */
  TSM_LINK_ERROR_TLS_UNEXPECTED,    /* we speak TLS to a server that speaks plainly */
  TSM_LINK_ERROR_TLS_UNTRUSTED,     /* no authority that we trust has signed the certificate */
  TSM_LINK_ERROR_TLS_HOSTNAME,      /* the certificate is for another name */
  TSM_LINK_ERROR_TLS_EXPIRED,
  TSM_LINK_ERROR_TLS_NOT_YET_VALID,
  TSM_LINK_ERROR_TLS_PIN,           /* another certificate than the one that was accepted */
  TSM_LINK_ERROR_TLS_CLIENT,        /* the server wants a certificate from us, or not this one */
  TSM_LINK_ERROR_TLS_FILE,          /* a file of the profile cannot be used */
  TSM_LINK_ERROR_TLS,               /* any other trouble of the handshake */
  TSM_LINK_ERROR_NO_SENTINEL,       /* none of the sentinels answers */
  TSM_LINK_ERROR_NO_PRIMARY,        /* the sentinels know no primary of that service, or it is not one yet */
  TSM_LINK_ERROR_CUT_OFF,           /* closed in the middle of a message, as a server does for which we read too slowly */
} TsmLinkError;

#define TSM_LINK_ERROR (tsm_link_error_quark ())
GQuark tsm_link_error_quark (void);

const char *tsm_link_state_get_name (TsmLinkState state); /* "ready", not translated */

/**
 * TsmMessage:
 *
 * One message from the server. Ref-counted, immutable.
 * @channel: the channel it was published on
 * @pattern: (nullable): the pattern that matched
 * @payload: the bytes as they came
 * @received: µs since the epoch
 * @received_monotonic: µs
 */
typedef struct
{
  gatomicrefcount ref_count;
  GRefString     *channel;
  GRefString     *pattern;
  GBytes         *payload;
  gint64          received;
  gint64          received_monotonic;
} TsmMessage;

TsmMessage *tsm_message_ref   (TsmMessage *self);
void        tsm_message_unref (TsmMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmMessage, tsm_message_unref)

/**
 * TsmChannelState:
 * @acknowledged: whether the server confirmed the subscription on the present link
 * @refused: whether the server refused it on the present link, or on the one before
 * @messages: received on it since the connection was made
 * @last_received_monotonic: µs, 0 for never
 */
typedef struct
{
  const char *name;
  gboolean    is_pattern;
  gboolean    acknowledged;
  gboolean    refused;
  guint64     messages;
  gint64      last_received_monotonic;
} TsmChannelState;

/**
 * TsmServerInfo:
 *
 * From INFO; strings are NULL and numbers -1 where the server did not say (or ACL forbids INFO).
 */
typedef struct
{
  char   *version;
  char   *role;        /* "master", "slave" */
  char   *run_id;
  char   *mode;        /* "standalone", "sentinel", "cluster" */
  char   *product;     /* "Redis" or "Valkey" */
  char   *primary_link; /* of a replica: "up" or "down" */
  gint64  uptime_seconds;
} TsmServerInfo;

#define TSM_TYPE_CONNECTION (tsm_connection_get_type ())
G_DECLARE_FINAL_TYPE (TsmConnection, tsm_connection, TSM, CONNECTION, GObject)

/* Signals:
 *   "state-changed" ()  any of the states, errors or times below changed; at most once per main-loop iteration
 *   "queued" ()         the queue went from empty to not empty
 */

TsmConnection       *tsm_connection_new                 (TsmProfile     *profile);
TsmConnection       *tsm_connection_new_without_probe   (TsmProfile     *profile); /* publishes nothing by itself, and hears probes */
void                 tsm_connection_start               (TsmConnection  *self);
void                 tsm_connection_stop                (TsmConnection  *self); /* both links go to IDLE; the queue is kept */
void                 tsm_connection_retry_now           (TsmConnection  *self); /* ends a WAITING at once */
TsmProfile          *tsm_connection_get_profile         (TsmConnection  *self);

TsmLinkState         tsm_connection_get_subscriber_state (TsmConnection *self);
TsmLinkState         tsm_connection_get_command_state   (TsmConnection  *self);
const GError        *tsm_connection_get_error           (TsmConnection  *self); /* of the subscriber, else of the command link; NULL once READY */
const GError        *tsm_connection_get_last_error      (TsmConnection  *self); /* kept after recovery; NULL if there never was one */
gint64               tsm_connection_get_next_attempt    (TsmConnection  *self); /* monotonic µs, 0 unless WAITING */
gint64               tsm_connection_get_ready_since     (TsmConnection  *self); /* monotonic µs, 0 unless the subscriber is READY */
guint                tsm_connection_get_n_attempts      (TsmConnection  *self); /* since last READY */
guint                tsm_connection_get_n_disconnects   (TsmConnection  *self); /* READY links lost since start */
const TsmServerInfo *tsm_connection_get_server_info     (TsmConnection  *self); /* NULL until known */
gboolean             tsm_connection_is_on_replica       (TsmConnection  *self); /* as far as is known */
const TsmCertificate *tsm_connection_get_certificate    (TsmConnection  *self); /* that the server showed last, accepted or not; NULL without TLS */
const char          *tsm_connection_get_primary         (TsmConnection  *self); /* "host:port" by the sentinels; NULL without */
const char          *tsm_connection_get_move            (TsmConnection  *self); /* a sentence about the last fail-over that was followed, or NULL */
guint                tsm_connection_get_n_moves         (TsmConnection  *self); /* fail-overs followed */

guint                tsm_connection_get_n_channels      (TsmConnection  *self); /* those of the profile, not the probe's */
void                 tsm_connection_get_channel         (TsmConnection  *self,
                                                         guint           index,
                                                         TsmChannelState *state);

/* Probe: the round trip through the broker. */
gint64               tsm_connection_get_round_trip      (TsmConnection  *self); /* µs of the last probe, -1 for none yet */
const char          *tsm_connection_get_probe_error     (TsmConnection  *self); /* why no probe can be sent (NOPERM …), or NULL */
gint64               tsm_connection_get_silent_since    (TsmConnection  *self); /* monotonic µs: no byte since a probe was sent, 0 where none is awaited */
void                 tsm_connection_probe               (TsmConnection  *self); /* one now */

/* Queue of received messages, oldest first. When all that may wait does, the server is no longer read: nothing is shed here. */
TsmMessage          *tsm_connection_pop                 (TsmConnection  *self); /* (transfer full) (nullable) */
guint                tsm_connection_get_queue_length    (TsmConnection  *self);
gsize                tsm_connection_get_queue_bytes     (TsmConnection  *self);
void                 tsm_connection_set_queue_limit     (TsmConnection  *self,
                                                         gsize           bytes);
gboolean             tsm_connection_is_paused           (TsmConnection  *self); /* the server is not read, for want of room */
guint64              tsm_connection_get_n_received      (TsmConnection  *self); /* probes not counted */
guint64              tsm_connection_get_n_published     (TsmConnection  *self); /* by tsm_connection_publish_async(), probes not counted */

/* Publishes @payload on @channel. Fails with TSM_LINK_ERROR or G_IO_ERROR_NOT_CONNECTED at once when the command link is
 * not READY, and with TSM_LINK_ERROR_TIMEOUT without a reply in time. */
void                 tsm_connection_publish_async       (TsmConnection       *self,
                                                         const char          *channel,
                                                         GBytes              *payload,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
/* The number of receivers, or -1 with @error set. */
gint64               tsm_connection_publish_finish      (TsmConnection       *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);

/* Any command. The reply comes as a GVariant: s for a status or bulk string (bytes made valid UTF-8), x for an integer,
 * av for an array, mv nothing for nil; an error reply is a GError. */
void                 tsm_connection_command_async       (TsmConnection       *self,
                                                         const char * const  *argv,
                                                         GCancellable        *cancellable,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
GVariant            *tsm_connection_command_finish      (TsmConnection       *self,
                                                         GAsyncResult        *result,
                                                         GError             **error);

G_END_DECLS
