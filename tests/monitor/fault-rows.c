/* How each fault of the table is brought about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-scenes.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "support/tsm-test-loop.h"
#include "support/tsm-test-port.h"

#define CHANNEL TSM_PROFILE_DEFAULT_CHANNEL
#define CONTROL CHANNEL ":control"

#define ARGS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static char *
dup_local_url (const char *scheme,
               guint       port)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme, port);
}

static void
watch (Scene        *scene,
       TsmTestRedis *server)
{
  scene_add_monitor (scene, tsm_test_redis_get_tcp_url (server));
}

/* With the rights of a monitor, and no more. */
static void
watch_with_least_rights (Scene        *scene,
                         TsmTestRedis *server)
{
  g_autofree char *url = scene_dup_user (server, "least", SCENE_LEAST);

  scene_add_monitor (scene, url);
}

static TsmTestRedis *
add_plain_server (Scene *scene)
{
  return scene_add_server (scene, TSM_TEST_REDIS_TCP, NULL);
}

/* ---- the path ---- */

static void
address (Scene *scene)
{
  scene_add_monitor (scene, scene->row->argument);
}

static GSocket *
hold_port (Scene   *scene,
           guint16 *port)
{
  GSocket *sock = tsm_test_port_hold (port);

  g_ptr_array_add (scene->kept, sock);
  return sock;
}

static void
closed_port (Scene *scene)
{
  g_autofree char *url = NULL;
  guint16 port;

  hold_port (scene, &port);
  url = dup_local_url ("redis", port);
  scene_add_monitor (scene, url);
}

/* A queue of connections that is full: the rest vanish. */
static void
full_queue (Scene *scene)
{
  guint16 port;
  GSocket *sock = hold_port (scene, &port);
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (sock, NULL);
  g_autofree char *url = dup_local_url ("redis", port);

  g_socket_set_listen_backlog (sock, 0);
  g_assert_true (g_socket_listen (sock, NULL));
  for (guint i = 0; i < 8; i++)
    {
      GSocket *client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      g_ptr_array_add (scene->kept, client);
      g_socket_set_blocking (client, FALSE);
      g_socket_connect (client, bound, NULL, NULL);
    }
  scene_add_monitor (scene, url);
}

/* Something that takes connections and says what the row has, or nothing. */
static void
peer (Scene *scene)
{
  const char *answers[] = { "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", NULL };
  gboolean is_mute = scene->row->argument[0] != 'h';
  g_autofree char *url = NULL;

  scene->peer = tsm_test_peer_start (NULL, is_mute ? NULL : answers, is_mute ? TSM_TEST_PEER_FALLS_SILENT : TSM_TEST_PEER_CLOSES);
  url = dup_local_url (is_mute ? scene->row->argument : "redis", tsm_test_peer_get_port (scene->peer));
  scene_add_monitor (scene, url);
}

static const struct
{
  const char         *name;
  TsmTestCertificate  certificate;
  const char         *scheme;
  const char         *host;
  gboolean            is_trusted;
} tls_servers[] = {
  { "wrong-name", TSM_TEST_CERTIFICATE_WRONG_NAME, "rediss", "127.0.0.1", TRUE },
  { "unknown-authority", TSM_TEST_CERTIFICATE_GOOD, "rediss", "127.0.0.1", FALSE },
  { "self-signed", TSM_TEST_CERTIFICATE_SELF_SIGNED, "rediss", "localhost", TRUE },
  { "expired", TSM_TEST_CERTIFICATE_EXPIRED, "rediss", "127.0.0.1", TRUE },
  { "not-yet", TSM_TEST_CERTIFICATE_NOT_YET, "rediss", "127.0.0.1", TRUE },
  { "plain", TSM_TEST_CERTIFICATE_GOOD, "redis", "127.0.0.1", TRUE },
};

static void
tls (Scene *scene)
{
  guint i = 0;
  g_autofree char *url = NULL;
  g_autoptr (TsmProfile) profile = NULL;

  if (!tsm_test_certificates_are_available ())
    {
      scene->skipped = g_strdup ("certtool is not installed");
      return;
    }

  while (!g_str_equal (tls_servers[i].name, scene->row->argument))
    i++;
  scene_add_server (scene, TSM_TEST_REDIS_TLS,
                    ARGS ("--tls-cert-file", tsm_test_certificates_get (scene->certificates, tls_servers[i].certificate),
                          "--tls-key-file", tsm_test_certificates_get_key (scene->certificates, tls_servers[i].certificate),
                          "--tls-auth-clients", "no"));
  url = g_strdup_printf ("%s://%s:%u", tls_servers[i].scheme, tls_servers[i].host, tsm_test_redis_get_port (scene->servers[0]));
  profile = tsm_profile_new_from_url (url, NULL);
  if (tls_servers[i].is_trusted)
    tsm_profile_set_text (profile, TSM_PROFILE_TLS_CA_FILE, tsm_test_certificates_get_ca (scene->certificates), NULL);
  scene_add_monitor_with (scene, profile);
}

static void
tls_unexpected (Scene *scene)
{
  g_autofree char *url = dup_local_url ("rediss", tsm_test_redis_get_port (add_plain_server (scene)));

  scene_add_monitor (scene, url);
}

static void
password (Scene *scene)
{
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--requirepass", "sesame"));
  g_autofree char *url = g_strdup_printf ("redis://%s127.0.0.1:%u", scene->row->argument, tsm_test_redis_get_port (server));

  scene_add_monitor (scene, url);
}

/* A plain connection that is kept, on which nothing is awaited. Without a proxy: to ask for one takes a thread of a pool that the
 * handshakes of other scenes may have used up, and those end in the main loop only. */
static void
keep_client (Scene      *scene,
             const char *inline_command)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", tsm_test_redis_get_port (scene->servers[0]), NULL, NULL);
  g_assert_nonnull (connection);
  g_ptr_array_add (scene->kept, connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), inline_command, strlen (inline_command),
                             NULL, NULL, NULL);
}

static gboolean
is_loading (TsmTestRedis *server)
{
  g_autofree char *reply = tsm_test_redis_command (server, "PING");

  return g_str_has_prefix (reply, "LOADING");
}

/* For longer than any test takes. */
static void
loading (Scene *scene)
{
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP,
                                           ARGS ("--enable-debug-command", "yes",
                                                 "--loading-process-events-interval-bytes", "1024"));

  tsm_test_redis_do (server, "DEBUG POPULATE 100000");
  tsm_test_redis_do (server, "CONFIG SET key-load-delay 20000");
  keep_client (scene, "DEBUG RELOAD\r\n");
  g_assert_true (tsm_test_wait_until (is_loading (server)));
  watch (scene, server);
}

static void
max_clients (Scene *scene)
{
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--maxclients", "1"));

  keep_client (scene, "PING\r\n");
  watch (scene, server);
}

/* (nullable): of this computer, by which a server does not take it for itself */
static char *
dup_outer_address (void)
{
  struct ifaddrs *all = NULL;
  char *found = NULL;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (struct ifaddrs *one = all; one != NULL && found == NULL; one = one->ifa_next)
    if (one->ifa_addr != NULL && one->ifa_addr->sa_family == AF_INET && (one->ifa_flags & IFF_LOOPBACK) == 0)
      {
        g_autoptr (GInetAddress) inet = g_inet_address_new_from_bytes (
          (const guint8 *) &((struct sockaddr_in *) one->ifa_addr)->sin_addr, G_SOCKET_FAMILY_IPV4);

        found = g_inet_address_to_string (inet);
      }
  freeifaddrs (all);
  return found;
}

static void
protected_mode (Scene *scene)
{
  g_autofree char *outer = dup_outer_address ();
  g_autofree char *url = NULL;

  if (outer == NULL)
    {
      scene->skipped = g_strdup ("this computer has no address but the loopback");
      return;
    }

  add_plain_server (scene);
  tsm_test_redis_do (scene->servers[0], "CONFIG SET protected-mode yes");
  tsm_test_redis_do (scene->servers[0], "CONFIG SET bind %s", "* -::*");
  url = g_strdup_printf ("redis://%s:%u", outer, tsm_test_redis_get_port (scene->servers[0]));
  scene_add_monitor (scene, url);
}

/* ---- replication ---- */

static gboolean
has_primary (TsmTestRedis *replica)
{
  g_autofree char *info = tsm_test_redis_command (replica, "INFO replication");

  return strstr (info, "master_link_status:up") != NULL;
}

static TsmTestRedis *
add_replica (Scene        *scene,
             TsmTestRedis *primary)
{
  g_autofree char *port = g_strdup_printf ("%u", tsm_test_redis_get_port (primary));
  TsmTestRedis *replica = scene_add_server (scene, TSM_TEST_REDIS_TCP,
                                            ARGS ("--replicaof", "127.0.0.1", port, "--repl-diskless-sync-delay", "0"));

  g_assert_true (tsm_test_wait_until (has_primary (replica)));
  return replica;
}

static TsmTestRedis *
add_primary (Scene *scene)
{
  return scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--repl-diskless-sync-delay", "0"));
}

static void
watch_both (Scene        *scene,
            TsmTestRedis *server)
{
  for (guint i = 0; i < SCENE_MAX_SERVERS && scene->servers[i] != NULL; i++)
    g_free (scene_dup_user (scene->servers[i], "least", SCENE_LEAST));
  watch (scene, server);
  watch_with_least_rights (scene, server);
}

static void
published_on_replica (Scene *scene)
{
  TsmTestRedis *primary = add_primary (scene);
  TsmTestRedis *replica = add_replica (scene, primary);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (replica), NULL, NULL);
  watch_both (scene, primary);
}

static void
published_on_sibling (Scene *scene)
{
  TsmTestRedis *primary = add_primary (scene);
  TsmTestRedis *one = add_replica (scene, primary);
  TsmTestRedis *other = add_replica (scene, primary);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (other), NULL, NULL);
  watch_both (scene, one);
}

static void
on_replica (Scene *scene)
{
  TsmTestRedis *primary = add_primary (scene);
  TsmTestRedis *replica = add_replica (scene, primary);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (primary), NULL, NULL);
  watch_both (scene, replica);
}

static void
replica_link_down (Scene *scene)
{
  watch_both (scene, scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--replicaof", "127.0.0.1", "1")));
}

/* ---- rights ---- */

static void
rights (Scene *scene)
{
  TsmTestRedis *server = add_plain_server (scene);
  g_autofree char *url = scene_dup_user (server, "eve", scene->row->argument);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, NULL);
  scene_add_monitor (scene, url);
}

/* ---- the live link ---- */

static void
engine (Scene *scene)
{
  TsmTestRedis *server = add_plain_server (scene);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, scene->row->argument);
  watch_both (scene, server);
}

/* The engine listens to commands elsewhere than we send them. */
static void
deaf (Scene *scene)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (add_plain_server (scene)), NULL);

  tsm_profile_set_control_channel (profile, "tickstock:commands");
  scene_add_engine (scene, tsm_test_redis_get_tcp_url (scene->servers[0]), NULL, NULL);
  scene_add_monitor_with (scene, profile);
}

static void
slow (Scene *scene)
{
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--client-output-buffer-limit", "pubsub 1mb 1mb 1"));

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, NULL);
  watch_both (scene, server);
}

/* More than we take and the server keeps for us, while we do nothing else. */
static void
burst (Scene *scene)
{
  if (scene->n_ticks != 1)
    return;

  for (guint i = 0; i < scene->n_monitors; i++)
    tsm_connection_set_queue_limit (tsm_monitor_get_connection (scene->monitors[i].monitor), 1024 * 1024);
  tsm_test_redis_flood (scene->servers[0], CHANNEL, 100, 500 * 1000);
}

static void
suspend (Scene *scene)
{
  if (scene->n_ticks == 1)
    tsm_test_redis_suspend (scene->servers[0]);
}

/* Often at first; then with a pause in which it can be told, for who was late. */
static void
break_links (Scene *scene)
{
  if (scene->n_ticks < 12 || scene->n_ticks % 6 == 0)
    g_free (tsm_test_redis_command (scene->servers[0], "CLIENT KILL TYPE pubsub"));
}

/* ---- who publishes, and where ---- */

static void
silent_server (Scene *scene)
{
  watch (scene, add_plain_server (scene));
}

static void
silent_server_least (Scene *scene)
{
  watch_with_least_rights (scene, add_plain_server (scene));
}

static void
denied (Scene *scene)
{
  TsmTestRedis *server = add_plain_server (scene);
  g_autofree char *url = scene_dup_user (server, "engine", "+@all resetchannels &" CONTROL);

  scene_add_engine (scene, url, NULL, NULL);
  watch_both (scene, server);
}

static void
elsewhere (Scene *scene)
{
  TsmTestRedis *server = add_plain_server (scene);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), scene->row->argument, NULL);
  watch_both (scene, server);
}

static gboolean
is_cluster_ready (TsmTestRedis *server)
{
  g_autofree char *info = tsm_test_redis_command (server, "CLUSTER INFO");

  return strstr (info, "cluster_state:ok") != NULL;
}

static void
cluster (Scene *scene)
{
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP, ARGS ("--cluster-enabled", "yes", "--cluster-port", "0"));

  tsm_test_redis_do (server, "CLUSTER ADDSLOTSRANGE 0 16383");
  g_assert_true (tsm_test_wait_until (is_cluster_ready (server)));
  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, scene->row->argument);
  watch_both (scene, server);
}

/* Into a list, as another program than the simulator may do. */
static void
push (Scene *scene)
{
  tsm_test_redis_do (scene->servers[0], "LPUSH " CHANNEL " x");
}

/* ---- silence, and what is heard in it ---- */

/* Three monitors, whose probes are all that is published. */
static void
three_monitors (Scene *scene)
{
  engine (scene);
  watch (scene, scene->servers[0]);
}

/* Users who may not search, and may not publish: each examination is refused something. */
static void
poor_monitors (Scene *scene)
{
  TsmTestRedis *server = add_plain_server (scene);
  g_autofree char *deaf = scene_dup_user (server, "deaf", SCENE_LEAST " -psubscribe");
  g_autofree char *mute = scene_dup_user (server, "mute", SCENE_LEAST " +multi +discard resetchannels &" CHANNEL " &"
                                                          TSM_PROFILE_ERRORS_CHANNEL " &" TSM_PROFILE_PROBE_PREFIX "*");

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, scene->row->argument);
  scene_add_monitor (scene, deaf);
  scene_add_monitor (scene, mute);
  scene_add_monitor (scene, mute);
}

static void
send_commands (Scene *scene)
{
  if (scene->n_ticks % 8 == 0)
    for (guint i = 0; i < scene->n_monitors; i++)
      tsm_monitor_send (scene->monitors[i].monitor, TSM_COMMAND_FORCE_GC, NULL, NULL);
}

/* Another program, that publishes now as it did before. */
static void
publish_prices (Scene *scene)
{
  for (guint i = 0; i < 4; i++)
    tsm_test_redis_do (scene->servers[0], "PUBLISH prices:%d 1", (int) i);
}

static void
watched_by_sentinels (Scene *scene)
{
  engine (scene);
  for (guint i = 1; i < SCENE_MAX_SERVERS; i++)
    {
      scene_add_server (scene, TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, NULL);
      tsm_test_redis_do (scene->servers[i], "SENTINEL MONITOR engine 127.0.0.1 %d 2",
                         (int) tsm_test_redis_get_port (scene->servers[0]));
    }
}

#define LEAST_BUT(channels) SCENE_LEAST " resetchannels " channels
#define ON(rung, state) TSM_RUNG_##rung, TSM_RUNG_##state

const SceneRow scene_rows[] = {
  { "stale", NULL, ON (SEMANTICS, FAIL), "still runs", three_monitors, NULL, "stale", 22 },
  { "stale", "poor-rights", ON (SEMANTICS, FAIL), "still runs", poor_monitors, NULL, "stale", 22 },
  { "stale", "commands", ON (SEMANTICS, FAIL), "still runs", engine, send_commands, "stale", 22 },
  { "stale", "other-program", ON (SEMANTICS, FAIL), "still runs", engine, publish_prices, "stale", 22 },
  { "stale", "sentinels", ON (SEMANTICS, FAIL), "still runs", watched_by_sentinels, NULL, "stale", 22 },
  { "publisher-silent", NULL, ON (PUBLISHER, FAIL), "service runs", three_monitors, NULL, "publisher-silent", 30 },
  { "publisher-silent", "poor-rights", ON (PUBLISHER, FAIL), "service runs", poor_monitors, NULL, "publisher-silent", 30 },
  { "publisher-silent", "sentinels", ON (PUBLISHER, FAIL), "service runs", watched_by_sentinels, NULL, "publisher-silent", 30 },
  { "no-publisher", NULL, ON (PUBLISHER, FAIL), "Start the engine", silent_server, NULL, NULL, 30 },
  { "no-publisher", "least", ON (PUBLISHER, FAIL), "Start the engine", silent_server_least, NULL, NULL, 30 },

  { "host-unknown", NULL, ON (RESOLVE, FAIL), "spelling", address, NULL, "redis://no-such-host.invalid", 0 },
  { "refused", NULL, ON (CONNECT, FAIL), "port", closed_port, NULL, NULL, 0 },
  { "timeout", NULL, ON (CONNECT, FAIL), "firewalls", full_queue, NULL, NULL, 0 },
  { "timeout", "mute", ON (SERVER, FAIL), "hangs", peer, NULL, "redis", 0 },
  { "timeout", "tls-mute", ON (TLS, FAIL), "hangs", peer, NULL, "rediss", 0 },
  { "not-redis", NULL, ON (SERVER, FAIL), "port", peer, NULL, "http", 0 },
  { "tls-required", NULL, ON (TLS, FAIL), "rediss://", tls, NULL, "plain", 0 },
  { "tls-unexpected", NULL, ON (TLS, FAIL), "TLS port", tls_unexpected, NULL, NULL, 0 },
  { "tls-untrusted", NULL, ON (TLS, FAIL), "CA", tls, NULL, "unknown-authority", 0 },
  { "tls-untrusted", "self-signed", ON (TLS, FAIL), "CA", tls, NULL, "self-signed", 0 },
  { "tls-hostname", NULL, ON (TLS, FAIL), "name in the certificate", tls, NULL, "wrong-name", 0 },
  { "tls-expired", NULL, ON (TLS, FAIL), "renewed", tls, NULL, "expired", 0 },
  { "tls-expired", "not-yet", ON (TLS, FAIL), "clocks", tls, NULL, "not-yet", 0 },
  { "auth-required", NULL, ON (AUTHENTICATE, FAIL), "password", password, NULL, "", 0 },
  { "auth-wrong", NULL, ON (AUTHENTICATE, FAIL), "password", password, NULL, ":wrong@", 0 },
  { "loading", NULL, ON (SERVER, FAIL), "tried again", loading, NULL, NULL, 0 },
  { "max-clients", NULL, ON (SERVER, FAIL), "maxclients", max_clients, NULL, NULL, 0 },
  { "protected-mode", NULL, ON (SERVER, FAIL), "requirepass", protected_mode, NULL, NULL, 0 },
  { "replica", NULL, ON (SERVER, FAIL), "publish on the primary", published_on_replica, NULL, NULL, 0 },
  { "replica", "sibling", ON (SERVER, FAIL), "publish on the primary", published_on_sibling, NULL, NULL, 0 },
  { "replica", "commands", ON (SERVER, WARN), "instead", on_replica, NULL, NULL, 0 },
  { "replica-link-down", NULL, ON (SERVER, FAIL), "replication", replica_link_down, NULL, NULL, 0 },
  { "acl-command", NULL, ON (SUBSCRIBE, FAIL), "ACL SETUSER eve +subscribe", rights, NULL, SCENE_LEAST " -subscribe", 0 },
  { "acl-channel", NULL, ON (SUBSCRIBE, FAIL), "&" CHANNEL, rights, NULL, LEAST_BUT ("&other"), 0 },
  { "acl-channel", "some", ON (SUBSCRIBE, WARN), "&" TSM_PROFILE_ERRORS_CHANNEL, rights, NULL,
    LEAST_BUT ("&" CHANNEL " &" CHANNEL ":*"), 0 },

  { "slow-consumer", NULL, ON (BROKER, FAIL), "client-output-buffer-limit", slow, burst, NULL, 0 },
  { "half-open", NULL, ON (BROKER, FAIL), "made anew", engine, suspend, NULL, 0 },
  { "flapping", NULL, ON (BROKER, FAIL), "log of the server", engine, break_links, NULL, 0 },

  { "publisher-denied", NULL, ON (PUBLISHER, FAIL), "+publish &" CHANNEL, denied, NULL, NULL, 5 },
  { "wrong-channel", NULL, ON (CHANNEL, FAIL), "tickstock.monitoring", engine, NULL, "wrong-channel", 0 },
  { "wrong-channel", "same-end", ON (CHANNEL, FAIL), "Listen to “tickstock:monitorcontrol”", elsewhere, NULL, "tickstock:monitorcontrol", 5 },
  { "wrong-channel", "unknown", ON (CHANNEL, FAIL), "Search all", elsewhere, NULL, "prod/monitoring", 5 },
  { "cluster-sharded", NULL, ON (CHANNEL, FAIL), "PUBLISH instead of SPUBLISH", engine, NULL, "cluster-sharded", 5 },
  { "cluster-sharded", "cluster", ON (CHANNEL, FAIL), "PUBLISH instead of SPUBLISH", cluster, NULL, "cluster-sharded", 0 },
  { "not-pubsub", NULL, ON (CHANNEL, FAIL), "use PUBLISH", engine, NULL, "not-pubsub", 5 },
  { "not-pubsub", "list", ON (CHANNEL, FAIL), "use PUBLISH", engine, push, "publisher-silent", 0 },

  { "compressed", NULL, ON (DECODE, FAIL), "without compressing", engine, NULL, "compressed", 0 },
  { "binary", NULL, ON (DECODE, FAIL), "JSON text", engine, NULL, "binary", 0 },
  { "encoded-twice", NULL, ON (DECODE, WARN), "once", engine, NULL, "encoded-twice", 0 },
  { "wrong-envelope", NULL, ON (DECODE, FAIL), "event_type", engine, NULL, "wrong-envelope", 0 },
  { "malformed", NULL, ON (DECODE, FAIL), "JSON library", engine, NULL, "malformed", 0 },

  { "wrong-types", NULL, ON (SEMANTICS, FAIL), "JSON numbers", engine, NULL, "wrong-types", 0 },
  { "no-metrics", NULL, ON (SEMANTICS, FAIL), "collects metrics", engine, NULL, "no-metrics", 0 },
  { "duplicate-stream", NULL, ON (SEMANTICS, WARN), "two", engine, NULL, "duplicate-stream", 0 },
  { "clock-skew", NULL, ON (SEMANTICS, WARN), "NTP", engine, NULL, "clock-skew", 0 },

  { "acl-publish", NULL, ON (CONTROL, FAIL), "&" CONTROL, rights, NULL,
    LEAST_BUT ("&" CHANNEL " &" TSM_PROFILE_ERRORS_CHANNEL " &" TSM_PROFILE_PROBE_PREFIX "* +multi +discard"), 0 },
  { "acl-publish", "no-way-to-try", ON (CONTROL, FAIL), "&" CONTROL, rights, NULL,
    LEAST_BUT ("&" CHANNEL " &" TSM_PROFILE_ERRORS_CHANNEL " &" TSM_PROFILE_PROBE_PREFIX "*"), 0 },
  { "control-deaf", NULL, ON (CONTROL, WARN), "listener", deaf, NULL, NULL, 0 },
  { "acl-publish", "command", ON (CONTROL, FAIL), "+publish", rights, NULL, SCENE_LEAST " -publish", 0 },
};

const guint scene_n_rows = G_N_ELEMENTS (scene_rows);

gboolean
scene_row_is_of_engine (const SceneRow *row)
{
  return row->set_up == engine && row->disturb == NULL;
}
