/* The trial of a profile: which step fails, what it says, and that it can be given up at any moment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "redis-test.h"
#include "redis/tsm-trial.h"
#include "support/tsm-test-certificates.h"

static TsmTrial *
start_trial (const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, &error);
  TsmTrial *trial;

  g_assert_no_error (error);
  trial = tsm_trial_new (profile);
  tsm_trial_start (trial);
  return trial;
}

/* (transfer full): a trial that is done */
static TsmTrial *
try_url (const char *url)
{
  TsmTrial *trial = start_trial (url);

  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  tsm_test_settle ();
  return trial;
}

static void
assert_states (TsmTrial   *trial,
               const char *expected)
{
  static const char letters[] = { '.', 'r', 'P', 'W', 'F', 's' };
  char states[TSM_N_TRIAL_STEPS + 1] = "";

  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    {
      const TsmTrialResult *result = tsm_trial_get_result (trial, i);

      states[i] = letters[result->state];
      if (result->state == TSM_TRIAL_PASS && i != TSM_TRIAL_AUTHENTICATE)
        g_assert_cmpint (result->duration, >=, 0);
      if (result->state == TSM_TRIAL_FAIL)
        g_assert_nonnull (result->error);
    }
  g_assert_cmpstr (states, ==, expected);
}

static void
assert_error (TsmTrial     *trial,
              TsmTrialStep  step,
              TsmLinkError  code)
{
  g_assert_error (tsm_trial_get_result (trial, step)->error, TSM_LINK_ERROR, (int) code);
}

static char *
get_url_as (TsmTestRedis *redis,
            const char   *credentials)
{
  return g_strdup_printf ("redis://%slocalhost:%u", credentials, tsm_test_redis_get_port (redis));
}

static void
test_all_well (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = get_url_as (redis, "");
  TsmConnection *engine = redis_test_new_connection (url);
  g_autoptr (TsmTrial) trial = NULL;

  tsm_profile_set_channels (tsm_connection_get_profile (engine), (const char *[]) { "tickstock:monitoring:control", NULL });
  tsm_connection_start (engine);
  g_assert_true (tsm_test_wait_until (redis_test_is_ready (engine)));

  trial = try_url (url);
  assert_states (trial, "PPsPPPP");
  g_assert_cmpint (tsm_trial_get_verdict (trial), ==, TSM_TRIAL_PASS);
  g_assert_cmpint (tsm_trial_get_receivers (trial), ==, 1);
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_RESOLVE)->words, "127.0.0.1"));
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_SERVER)->words, "primary"));
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_SUBSCRIBE)->words, "tickstock:errors"));
  redis_test_close (engine);
}

static void
test_nobody_on_control (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  g_autoptr (TsmTrial) trial = try_url (tsm_test_redis_get_url (redis));

  assert_states (trial, "sPsPPPW");
  g_assert_cmpint (tsm_trial_get_verdict (trial), ==, TSM_TRIAL_WARN);
  g_assert_cmpint (tsm_trial_get_receivers (trial), ==, 0);
}

static void
test_host_unknown (void)
{
  g_autoptr (TsmTrial) trial = try_url ("redis://no-such-host.invalid");

  assert_states (trial, "F......");
  assert_error (trial, TSM_TRIAL_RESOLVE, TSM_LINK_ERROR_HOST_UNKNOWN);
  g_assert_cmpint (tsm_trial_get_verdict (trial), ==, TSM_TRIAL_FAIL);
}

static void
test_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = get_url_as (redis, "");
  g_autoptr (TsmTrial) trial = NULL;

  tsm_test_redis_kill (redis);
  trial = try_url (url);
  assert_states (trial, "PF.....");
  assert_error (trial, TSM_TRIAL_CONNECT, TSM_LINK_ERROR_REFUSED);
}

static void
test_not_redis (void)
{
  const char *answers[] = { "HTTP/1.1 400 Bad Request\r\n", NULL };
  g_autoptr (TsmTestPeer) peer = tsm_test_peer_start (NULL, answers, TSM_TEST_PEER_CLOSES);
  g_autoptr (TsmTrial) trial = try_url (tsm_test_peer_get_url (peer));

  assert_states (trial, "PPsF...");
  assert_error (trial, TSM_TRIAL_SERVER, TSM_LINK_ERROR_NOT_REDIS);
}

static const struct
{
  const char   *name;
  const char   *credentials;
  TsmLinkError  code;
} bad_credentials[] = {
  { "missing", "", TSM_LINK_ERROR_AUTH_REQUIRED },
  { "wrong", ":sesame@", TSM_LINK_ERROR_AUTH_WRONG },
};

static void
test_password (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *args[] = { "--requirepass", "hunter2", NULL };
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, args);
  g_autofree char *url = get_url_as (redis, bad_credentials[i].credentials);
  g_autoptr (TsmTrial) trial = try_url (url);

  assert_states (trial, "PPsPF..");
  assert_error (trial, TSM_TRIAL_AUTHENTICATE, bad_credentials[i].code);
  g_assert_null (strstr (tsm_trial_get_result (trial, TSM_TRIAL_AUTHENTICATE)->error->message, "sesame"));
}

static TsmTrial *
try_as_eve (TsmTestRedis *redis,
            const char   *rules)
{
  g_autofree char *command = g_strdup_printf ("ACL SETUSER eve reset on >pw +subscribe +ping +info +auth %s", rules);
  g_autofree char *url = get_url_as (redis, "eve:pw@");

  tsm_test_redis_do (redis, command);
  return try_url (url);
}

static void
test_some_channels_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmTrial) trial = try_as_eve (redis, "+pubsub &tickstock:monitoring");

  assert_states (trial, "PPsPPWW");
  assert_error (trial, TSM_TRIAL_SUBSCRIBE, TSM_LINK_ERROR_NO_PERMISSION);
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_SUBSCRIBE)->words, "tickstock:errors"));
}

static void
test_all_channels_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmTrial) trial = try_as_eve (redis, "+pubsub");

  assert_states (trial, "PPsPPF.");
  assert_error (trial, TSM_TRIAL_SUBSCRIBE, TSM_LINK_ERROR_NO_PERMISSION);
}

static void
test_count_refused (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autoptr (TsmTrial) trial = try_as_eve (redis, "allchannels");

  assert_states (trial, "PPsPPPW");
  g_assert_nonnull (strstr (tsm_trial_get_result (trial, TSM_TRIAL_CONTROL)->words, "NOPERM"));
}

static void
test_read_only (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_UNIX_ONLY, NULL);
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_url (redis), NULL);
  g_autoptr (TsmTrial) trial = NULL;

  tsm_profile_set_text (profile, TSM_PROFILE_READ_ONLY, "true", NULL);
  trial = tsm_trial_new (profile);
  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  assert_states (trial, "sPsPPPs");
  g_assert_cmpint (tsm_trial_get_verdict (trial), ==, TSM_TRIAL_PASS);
}

static TsmTestRedis *
start_tls (TsmTestCertificates *certificates,
           TsmTestCertificate   which,
           const char          *clients)
{
  const char *args[] = {
    "--tls-cert-file", tsm_test_certificates_get (certificates, which),
    "--tls-key-file", tsm_test_certificates_get_key (certificates, which),
    "--tls-ca-cert-file", tsm_test_certificates_get_ca (certificates), "--tls-auth-clients", clients, NULL,
  };

  return tsm_test_redis_start (TSM_TEST_REDIS_TLS, args);
}

/* What the window does: it shows the certificate, pins it where the person accepts it, and tries again. */
static void
test_untrusted_then_pinned (void)
{
  g_autoptr (TsmTestCertificates) certificates = tsm_test_certificates_new ();
  g_autoptr (TsmTestRedis) redis = start_tls (certificates, TSM_TEST_CERTIFICATE_SELF_SIGNED, "no");
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (redis), NULL);
  g_autoptr (TsmTrial) trial = tsm_trial_new (profile);
  g_autoptr (TsmTrial) again = NULL;

  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  assert_states (trial, "PPF....");
  assert_error (trial, TSM_TRIAL_TLS, TSM_LINK_ERROR_TLS_UNTRUSTED);
  g_assert_true (tsm_certificate_can_be_pinned (tsm_trial_get_certificate (trial)));

  tsm_profile_set_text (profile, TSM_PROFILE_TLS_PIN, tsm_trial_get_certificate (trial)->fingerprint, NULL);
  again = tsm_trial_new (profile);
  tsm_trial_start (again);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (again)));
  assert_states (again, "PPPPPPW");
  g_assert_nonnull (strstr (tsm_trial_get_result (again, TSM_TRIAL_TLS)->words, "pinned"));
}

static void
test_plain_to_tls (void)
{
  g_autoptr (TsmTestCertificates) certificates = tsm_test_certificates_new ();
  g_autoptr (TsmTestRedis) redis = start_tls (certificates, TSM_TEST_CERTIFICATE_GOOD, "no");
  g_autofree char *url = get_url_as (redis, "");
  g_autoptr (TsmTrial) trial = try_url (url);

  assert_states (trial, "PPF....");
  assert_error (trial, TSM_TRIAL_TLS, TSM_LINK_ERROR_TLS_REQUIRED);
}

static void
test_client_certificate_wanted (void)
{
  g_autoptr (TsmTestCertificates) certificates = tsm_test_certificates_new ();
  g_autoptr (TsmTestRedis) redis = start_tls (certificates, TSM_TEST_CERTIFICATE_GOOD, "yes");
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (redis), NULL);
  g_autoptr (TsmTrial) trial = NULL;

  tsm_profile_set_text (profile, TSM_PROFILE_TLS_CA_FILE, tsm_test_certificates_get_ca (certificates), NULL);
  trial = tsm_trial_new (profile);
  tsm_trial_start (trial);
  g_assert_true (tsm_test_wait_until (tsm_trial_is_done (trial)));
  assert_states (trial, "PPF....");
  assert_error (trial, TSM_TRIAL_TLS, TSM_LINK_ERROR_TLS_CLIENT);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_cancel_in_between (void)
{
  g_autoptr (TsmTestRedis) redis = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *url = get_url_as (redis, "");

  for (guint i = 0; i < 50; i++)
    {
      TsmTrial *trial = start_trial (url);
      guint n_after = 0;

      for (guint n = 0; n < i; n++)
        g_main_context_iteration (NULL, FALSE);
      tsm_trial_cancel (trial);
      g_assert_true (tsm_trial_is_done (trial));
      g_signal_connect_swapped (trial, "changed", G_CALLBACK (count_cb), &n_after);
      tsm_test_settle ();
      g_assert_cmpuint (n_after, ==, 0);
      if (i % 2 == 0)
        tsm_trial_cancel (trial);
      g_object_unref (trial);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  tsm_test_redis_add ("/redis/trial/all-well", test_all_well);
  tsm_test_redis_add ("/redis/trial/nobody-on-control", test_nobody_on_control);
  tsm_test_redis_add ("/redis/trial/host-unknown", test_host_unknown);
  tsm_test_redis_add ("/redis/trial/refused", test_refused);
  tsm_test_redis_add ("/redis/trial/not-redis", test_not_redis);
  for (guint i = 0; i < G_N_ELEMENTS (bad_credentials); i++)
    {
      g_autofree char *path = g_strconcat ("/redis/trial/password/", bad_credentials[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_password);
    }
  tsm_test_redis_add ("/redis/trial/some-channels-refused", test_some_channels_refused);
  tsm_test_redis_add ("/redis/trial/all-channels-refused", test_all_channels_refused);
  tsm_test_redis_add ("/redis/trial/count-refused", test_count_refused);
  tsm_test_redis_add ("/redis/trial/read-only", test_read_only);
  tsm_test_redis_add ("/redis/trial/untrusted-then-pinned", test_untrusted_then_pinned);
  tsm_test_redis_add ("/redis/trial/plain-to-tls", test_plain_to_tls);
  tsm_test_redis_add ("/redis/trial/client-certificate-wanted", test_client_certificate_wanted);
  tsm_test_redis_add ("/redis/trial/cancel-in-between", test_cancel_in_between);

  return g_test_run ();
}
