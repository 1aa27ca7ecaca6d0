/* TLS: what is trusted, what is not and why, pins, certificates of our own, and that all else works over it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"
#include "support/tsm-test-certificates.h"

typedef struct
{
  TsmTestCertificates *certificates;
  TsmTestRedis        *redis;
  TsmProfile          *profile;
  TsmConnection       *connection;
} Fixture;

/* @clients: "no", or "yes" where the server wants a certificate from us. */
static void
start_server (Fixture            *fixture,
              TsmTestCertificate  which,
              const char         *clients)
{
  const char *args[] = {
    "--tls-cert-file", tsm_test_certificates_get (fixture->certificates, which),
    "--tls-key-file", tsm_test_certificates_get_key (fixture->certificates, which),
    "--tls-ca-cert-file", tsm_test_certificates_get_ca (fixture->certificates),
    "--tls-auth-clients", clients, NULL,
  };

  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_TLS, args);
}

static void
set (Fixture         *fixture,
     TsmProfileField  field,
     const char      *text)
{
  g_autoptr (GError) error = NULL;

  tsm_profile_set_text (fixture->profile, field, text, &error);
  g_assert_no_error (error);
}

/* To the server, on @host, trusting the test's authority. */
static void
make_profile (Fixture    *fixture,
              const char *scheme,
              const char *host)
{
  g_autofree char *url = g_strdup_printf ("%s://%s:%u", scheme, host, tsm_test_redis_get_port (fixture->redis));

  fixture->profile = tsm_profile_new_from_url (url, NULL);
  set (fixture, TSM_PROFILE_TLS_CA_FILE, tsm_test_certificates_get_ca (fixture->certificates));
}

static void
start_connection (Fixture *fixture)
{
  const TsmTiming timing = { 1500, 1500, 10, 100, 5000, 10000 };

  fixture->connection = tsm_connection_new (fixture->profile);
  tsm_connection_set_timing (fixture->connection, &timing);
  tsm_connection_start (fixture->connection);
}

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  fixture->certificates = tsm_test_certificates_new ();
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  if (fixture->connection != NULL)
    redis_test_close (fixture->connection);
  g_clear_object (&fixture->profile);
  g_clear_pointer (&fixture->redis, tsm_test_redis_free);
  tsm_test_certificates_free (fixture->certificates);
}

static void
assert_ready (Fixture *fixture)
{
  start_connection (fixture);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (fixture->connection)));
}

static void
assert_fails (Fixture      *fixture,
              TsmLinkError  code)
{
  start_connection (fixture);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_error (fixture->connection) != NULL));
  g_assert_error (tsm_connection_get_error (fixture->connection), TSM_LINK_ERROR, (int) code);
}

static void
test_trusted (Fixture       *fixture,
              gconstpointer  host)
{
  const TsmCertificate *certificate;

  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", host);
  assert_ready (fixture);

  certificate = tsm_connection_get_certificate (fixture->connection);
  g_assert_nonnull (certificate);
  g_assert_cmpuint (certificate->faults, ==, 0);
  g_assert_false (certificate->pinned);
  g_assert_cmpstr (certificate->subject, ==, "CN=localhost");
  g_assert_cmpstr (certificate->issuer, ==, "CN=Test Authority");
  g_assert_nonnull (strstr (certificate->names, "127.0.0.1"));
  g_assert_cmpuint (strlen (certificate->fingerprint), ==, 95);
}

static void
test_messages_pass (Fixture       *fixture,
                    gconstpointer  data)
{
  const guint n = 300; /* 6 MB: below any limit at which Redis drops a slow subscriber */
  guint got = 0;

  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_ready (fixture);

  g_assert_cmpint (tsm_test_redis_flood (fixture->redis, TSM_PROFILE_DEFAULT_CHANNEL, n, 20000), ==, n);
  g_assert_true (tsm_test_wait_until ((got += redis_test_pop_all (fixture->connection)) == n));
  g_assert_cmpuint (tsm_connection_get_n_disconnects (fixture->connection), ==, 0);
}

/* A queue that is full stops the stream, and it goes on when there is room; no byte waits unseen inside TLS. It is no more than
 * the sockets hold: Redis 7.0 writes a record again at another length when they are full, which ends the connection ("bad length";
 * https://github.com/valkey-io/valkey/issues/1135). */
static void
test_pause_and_go_on (Fixture       *fixture,
                      gconstpointer  data)
{
  const guint n = 80;

  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_ready (fixture);
  tsm_connection_set_queue_limit (fixture->connection, 16 * 1024);

  /* Records of TLS and what we read at once end at different places each time. */
  for (gsize size = 4000; size < 6000; size += 100)
    {
      guint got = 0;

      tsm_test_redis_flood (fixture->redis, TSM_PROFILE_DEFAULT_CHANNEL, n, size);
      g_assert_true (tsm_test_wait_until (tsm_connection_is_paused (fixture->connection)));
      g_assert_true (tsm_test_wait_until ((got += redis_test_pop_all (fixture->connection)) == n));
    }
}

static void
test_probe (Fixture       *fixture,
            gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_ready (fixture);
  g_assert_true (tsm_test_wait_until (tsm_connection_get_round_trip (fixture->connection) >= 0));
}

static void
test_server_restarts (Fixture       *fixture,
                      gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_ready (fixture);

  tsm_test_redis_kill (fixture->redis);
  g_assert_true (tsm_test_wait_until (!redis_test_is_ready (fixture->connection)));
  tsm_test_redis_restart (fixture->redis);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (fixture->connection)));
}

static const struct
{
  const char         *name;
  TsmTestCertificate  which;
  TsmLinkError        code;
} bad_certificates[] = {
  { "self-signed", TSM_TEST_CERTIFICATE_SELF_SIGNED, TSM_LINK_ERROR_TLS_UNTRUSTED },
  { "expired", TSM_TEST_CERTIFICATE_EXPIRED, TSM_LINK_ERROR_TLS_EXPIRED },
  { "not-yet-valid", TSM_TEST_CERTIFICATE_NOT_YET, TSM_LINK_ERROR_TLS_NOT_YET_VALID },
  { "wrong-name", TSM_TEST_CERTIFICATE_WRONG_NAME, TSM_LINK_ERROR_TLS_HOSTNAME },
};

static void
test_bad_certificate (Fixture       *fixture,
                      gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);

  start_server (fixture, bad_certificates[i].which, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_fails (fixture, bad_certificates[i].code);
  g_assert_nonnull (tsm_connection_get_certificate (fixture->connection));
  g_assert_cmpuint (tsm_connection_get_certificate (fixture->connection)->faults, !=, 0);
}

static void
test_system_does_not_trust_it (Fixture       *fixture,
                               gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  set (fixture, TSM_PROFILE_TLS_CA_FILE, "");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_UNTRUSTED);
}

static void
test_server_name (Fixture       *fixture,
                  gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_WRONG_NAME, "no");
  make_profile (fixture, "rediss", "127.0.0.1");
  set (fixture, TSM_PROFILE_TLS_SERVER_NAME, "redis.example");
  assert_ready (fixture);
}

/* What the first attempt was shown, as a person would accept it. */
static void
pin_what_is_shown (Fixture *fixture)
{
  const TsmCertificate *certificate = tsm_connection_get_certificate (fixture->connection);

  g_assert_true (tsm_certificate_can_be_pinned (certificate));
  set (fixture, TSM_PROFILE_TLS_PIN, certificate->fingerprint);
  redis_test_close (g_steal_pointer (&fixture->connection));
}

static void
test_pin (Fixture       *fixture,
          gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_SELF_SIGNED, "no");
  make_profile (fixture, "rediss", "127.0.0.1");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_UNTRUSTED);
  pin_what_is_shown (fixture);
  assert_ready (fixture);
  g_assert_true (tsm_connection_get_certificate (fixture->connection)->pinned);
}

/* Another certificate is refused where one is pinned, though the authority that we trust has signed it. */
static void
test_pin_of_another (Fixture       *fixture,
                     gconstpointer  which)
{
  g_autofree char *pin = g_strnfill (64, 'a');

  start_server (fixture, GPOINTER_TO_INT (which), "no");
  make_profile (fixture, "rediss", "localhost");
  set (fixture, TSM_PROFILE_TLS_PIN, pin);
  assert_fails (fixture, TSM_LINK_ERROR_TLS_PIN);
}

/* A pin does not make up for a certificate that has run out. */
static void
test_pin_of_expired (Fixture       *fixture,
                     gconstpointer  data)
{
  const TsmCertificate *certificate;

  start_server (fixture, TSM_TEST_CERTIFICATE_EXPIRED, "no");
  make_profile (fixture, "rediss", "localhost");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_EXPIRED);
  certificate = tsm_connection_get_certificate (fixture->connection);
  g_assert_false (tsm_certificate_can_be_pinned (certificate));

  set (fixture, TSM_PROFILE_TLS_PIN, certificate->fingerprint);
  redis_test_close (g_steal_pointer (&fixture->connection));
  assert_fails (fixture, TSM_LINK_ERROR_TLS_EXPIRED);
}

static void
set_own_certificate (Fixture            *fixture,
                     TsmTestCertificate  which)
{
  set (fixture, TSM_PROFILE_TLS_CERTIFICATE_FILE, tsm_test_certificates_get (fixture->certificates, which));
  set (fixture, TSM_PROFILE_TLS_KEY_FILE, tsm_test_certificates_get_key (fixture->certificates, which));
}

static void
test_client_certificate (Fixture       *fixture,
                         gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "yes");
  make_profile (fixture, "rediss", "localhost");
  set_own_certificate (fixture, TSM_TEST_CERTIFICATE_CLIENT);
  assert_ready (fixture);
}

static void
test_client_certificate_missing (Fixture       *fixture,
                                 gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "yes");
  make_profile (fixture, "rediss", "localhost");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_CLIENT);
}

static void
test_client_certificate_of_a_stranger (Fixture       *fixture,
                                       gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "yes");
  make_profile (fixture, "rediss", "localhost");
  set_own_certificate (fixture, TSM_TEST_CERTIFICATE_STRANGER);
  assert_fails (fixture, TSM_LINK_ERROR_TLS_CLIENT);
}

static void
test_plain_server (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  make_profile (fixture, "rediss", "127.0.0.1");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_UNEXPECTED);
}

static void
test_tls_server (Fixture       *fixture,
                 gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, data);
  make_profile (fixture, "redis", "127.0.0.1");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_REQUIRED);
}

static void
test_silent_peer (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, NULL, TSM_TEST_PEER_FALLS_SILENT);
  g_autofree char *url = g_strdup_printf ("rediss://127.0.0.1:%u", tsm_test_peer_get_port (peer));

  fixture->profile = tsm_profile_new_from_url (url, NULL);
  assert_fails (fixture, TSM_LINK_ERROR_TIMEOUT);
}

static void
test_missing_file (Fixture       *fixture,
                   gconstpointer  field)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");
  set (fixture, GPOINTER_TO_INT (field), "/nonexistent/file.pem");
  assert_fails (fixture, TSM_LINK_ERROR_TLS_FILE);
  g_assert_nonnull (strstr (tsm_connection_get_error (fixture->connection)->message, "/nonexistent/file.pem"));
}

/* Stopped at any moment of the handshake, it neither leaks nor calls back. */
static void
test_stop_in_between (Fixture       *fixture,
                      gconstpointer  data)
{
  start_server (fixture, TSM_TEST_CERTIFICATE_GOOD, "no");
  make_profile (fixture, "rediss", "localhost");

  for (guint i = 0; i < 40; i++)
    {
      start_connection (fixture);
      for (guint n = 0; n < i; n++)
        g_main_context_iteration (NULL, FALSE);
      if (i % 2 == 0)
        g_assert_true (tsm_test_wait_until (tsm_connection_get_subscriber_state (fixture->connection) >= TSM_LINK_SECURING));
      redis_test_close (g_steal_pointer (&fixture->connection));
    }
}

static void
add (const char    *path,
     gconstpointer  data,
     void         (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, setup, test, teardown);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!tsm_test_redis_is_available () || !tsm_test_certificates_are_available ())
    {
      g_printerr ("no redis-server, or no certtool\n");
      return 77;
    }

  add ("/redis/tls/trusted/name", "localhost", test_trusted);
  add ("/redis/tls/trusted/ipv4", "127.0.0.1", test_trusted);
  add ("/redis/tls/trusted/ipv6", "[::1]", test_trusted);
  add ("/redis/tls/messages-pass", NULL, test_messages_pass);
  add ("/redis/tls/pause-and-go-on", NULL, test_pause_and_go_on);
  add ("/redis/tls/probe", NULL, test_probe);
  add ("/redis/tls/server-restarts", NULL, test_server_restarts);
  for (guint i = 0; i < G_N_ELEMENTS (bad_certificates); i++)
    {
      g_autofree char *path = g_strconcat ("/redis/tls/bad/", bad_certificates[i].name, NULL);

      add (path, GUINT_TO_POINTER (i), test_bad_certificate);
    }
  add ("/redis/tls/bad/system-does-not-trust-it", NULL, test_system_does_not_trust_it);
  add ("/redis/tls/server-name", NULL, test_server_name);
  add ("/redis/tls/pin/right", NULL, test_pin);
  add ("/redis/tls/pin/of-another", GINT_TO_POINTER (TSM_TEST_CERTIFICATE_GOOD), test_pin_of_another);
  add ("/redis/tls/pin/of-another-self-signed", GINT_TO_POINTER (TSM_TEST_CERTIFICATE_SELF_SIGNED), test_pin_of_another);
  add ("/redis/tls/pin/of-expired", NULL, test_pin_of_expired);
  add ("/redis/tls/client/right", NULL, test_client_certificate);
  add ("/redis/tls/client/missing", NULL, test_client_certificate_missing);
  add ("/redis/tls/client/of-a-stranger", NULL, test_client_certificate_of_a_stranger);
  add ("/redis/tls/plain-server", NULL, test_plain_server);
  add ("/redis/tls/tls-server", "no", test_tls_server);
  add ("/redis/tls/tls-server-with-client-certificates", "yes", test_tls_server);
  add ("/redis/tls/silent-peer", NULL, test_silent_peer);
  add ("/redis/tls/missing-ca", GINT_TO_POINTER (TSM_PROFILE_TLS_CA_FILE), test_missing_file);
  add ("/redis/tls/missing-certificate", GINT_TO_POINTER (TSM_PROFILE_TLS_CERTIFICATE_FILE), test_missing_file);
  add ("/redis/tls/stop-in-between", NULL, test_stop_in_between);

  return g_test_run ();
}
