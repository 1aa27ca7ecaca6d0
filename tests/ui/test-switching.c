/* Switching from connection to connection of every kind, at every moment of making one: nothing leaks, and nothing is mixed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each server has an engine of its own, told apart by the name of its source. Run it under the sanitizers.
 */

#include "config.h"

#include <locale.h>

#include "support/tsm-test-certificates.h"
#include "support/tsm-test-loop.h"
#include "support/tsm-test-peer.h"
#include "support/tsm-test-redis.h"
#include "support/tsm-test-usage.h"
#include "ui/tsm-session.h"

#define N_ROUNDS   40
#define N_FIRST    60  /* until all that is made once has been made */
#define N_SWITCHES 1000
#define MAX_GROWTH (128 * 1024) /* bytes; 128 for each switch */

typedef enum
{
  PLAIN,
  TLS,
  SENTINEL,
  UNTRUSTED,  /* the server of TLS, without its authority */
  NOT_TLS,    /* the server of PLAIN, asked for TLS */
  NO_TLS,     /* the server of TLS, asked plainly */
  SILENT,     /* takes the connection, and says nothing */
  SILENT_TLS,
  NOBODY,
  UNKNOWN,    /* a name that is not known */
  N_KINDS
} Kind;

typedef struct
{
  TsmTestCertificates *certificates;
  TsmTestRedis        *plain;
  TsmTestRedis        *tls;
  TsmTestRedis        *primary;
  TsmTestRedis        *sentinel;
  TsmTestPeer         *silent;
  TsmSession          *session;
  TsmProfile          *profiles[N_KINDS];
} Fixture;

static TsmProfile *
make_profile (const char *scheme,
              guint16     port,
              const char *rest)
{
  g_autofree char *url = g_strdup_printf ("%s://localhost:%u%s", scheme, port, rest);
  TsmProfile *profile = tsm_profile_new_from_url (url, NULL);

  g_assert_nonnull (profile);
  return profile;
}

static void
make_profiles (Fixture *fixture)
{
  guint16 plain = tsm_test_redis_get_port (fixture->plain);
  guint16 tls = tsm_test_redis_get_port (fixture->tls);
  guint16 silent = tsm_test_peer_get_port (fixture->silent);

  fixture->profiles[PLAIN] = make_profile ("redis", plain, "");
  fixture->profiles[TLS] = make_profile ("rediss", tls, "");
  fixture->profiles[SENTINEL] = make_profile ("redis+sentinel", tsm_test_redis_get_port (fixture->sentinel), "/service");
  fixture->profiles[UNTRUSTED] = make_profile ("rediss", tls, "");
  fixture->profiles[NOT_TLS] = make_profile ("rediss", plain, "");
  fixture->profiles[NO_TLS] = make_profile ("redis", tls, "");
  fixture->profiles[SILENT] = make_profile ("redis", silent, "");
  fixture->profiles[SILENT_TLS] = make_profile ("rediss", silent, "");
  fixture->profiles[NOBODY] = make_profile ("redis", 1, "");
  fixture->profiles[UNKNOWN] = tsm_profile_new_from_url ("redis://nobody.invalid", NULL);
  g_assert_true (tsm_profile_set_text (fixture->profiles[TLS], TSM_PROFILE_TLS_CA_FILE,
                                       tsm_test_certificates_get_ca (fixture->certificates), NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (TsmProfileStore) store = tsm_profile_store_new ("/nonexistent/profiles", (const char *const[]) { NULL });
  g_autoptr (TsmSecrets) secrets = tsm_secrets_new ();
  const char *args[] = { "--tls-cert-file", NULL, "--tls-key-file", NULL, "--tls-auth-clients", "no", NULL };

  fixture->certificates = tsm_test_certificates_new ();
  args[1] = tsm_test_certificates_get (fixture->certificates, TSM_TEST_CERTIFICATE_GOOD);
  args[3] = tsm_test_certificates_get_key (fixture->certificates, TSM_TEST_CERTIFICATE_GOOD);
  fixture->plain = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  fixture->tls = tsm_test_redis_start (TSM_TEST_REDIS_TLS, args);
  fixture->primary = tsm_test_redis_start (TSM_TEST_REDIS_TCP, NULL);
  fixture->sentinel = tsm_test_redis_start (TSM_TEST_REDIS_TCP | TSM_TEST_REDIS_SENTINEL, NULL);
  fixture->silent = tsm_test_peer_start (NULL, NULL, TSM_TEST_PEER_FALLS_SILENT);
  tsm_test_redis_do (fixture->sentinel, "SENTINEL MONITOR service 127.0.0.1 %d 1",
                     (int) tsm_test_redis_get_port (fixture->primary));
  make_profiles (fixture);
  fixture->session = tsm_session_new (store, secrets);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  tsm_session_close (fixture->session);
  g_assert_finalize_object (fixture->session);
  for (guint i = 0; i < N_KINDS; i++)
    g_object_unref (fixture->profiles[i]);
  tsm_test_peer_free (fixture->silent);
  tsm_test_redis_free (fixture->sentinel);
  tsm_test_redis_free (fixture->primary);
  tsm_test_redis_free (fixture->tls);
  tsm_test_redis_free (fixture->plain);
  tsm_test_certificates_free (fixture->certificates);
  tsm_test_settle ();
}

static void
publish (TsmTestRedis *redis,
         const char   *source)
{
  g_autofree char *event = g_strdup_printf ("{\"event_type\":\"METRIC_UPDATE\",\"timestamp\":\"2026-03-02T14:06:00Z\",\"source\":\"%s\","
                                            "\"metrics\":{\"system\":{\"cpu_percent\":37.4}}}", source);

  tsm_test_redis_do (redis, "PUBLISH %s %s", TSM_PROFILE_DEFAULT_CHANNEL, event);
}

static void
publish_everywhere (Fixture *fixture)
{
  publish (fixture->plain, "plain");
  publish (fixture->tls, "tls");
  publish (fixture->primary, "primary");
}

static gboolean
is_ready (Fixture *fixture)
{
  TsmConnection *connection = tsm_monitor_get_connection (tsm_session_get_monitor (fixture->session));

  return tsm_connection_get_subscriber_state (connection) == TSM_LINK_READY
         && tsm_connection_get_command_state (connection) == TSM_LINK_READY;
}

static gboolean
has_event (Fixture *fixture)
{
  TsmMonitorStats stats;

  tsm_monitor_get_stats (tsm_session_get_monitor (fixture->session), &stats);
  return stats.decoded + stats.repaired > 0;
}

/* All that is heard is of @source. */
static void
assert_hears_only (Fixture    *fixture,
                   const char *source)
{
  GListModel *sources;

  g_assert_true (tsm_test_wait_until (is_ready (fixture)));
  publish_everywhere (fixture);
  g_assert_true (tsm_test_wait_until (has_event (fixture)));
  tsm_test_settle ();

  sources = G_LIST_MODEL (tsm_monitor_get_sources (tsm_session_get_monitor (fixture->session)));
  g_assert_true (tsm_test_wait_until (g_list_model_get_n_items (sources) > 0));
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (TsmSource) item = g_list_model_get_item (sources, i);

      g_assert_cmpstr (tsm_source_get_name (item), ==, source);
    }
}

/* How far each connection gets is up to the seed: from not at all to being heard. */
static void
switch_about (Fixture *fixture,
              GRand   *random,
              Kind     last)
{
  gpointer monitors[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      Kind kind = i + 1 < N_ROUNDS ? (Kind) g_rand_int_range (random, 0, N_KINDS) : last;
      gint64 end = g_get_monotonic_time () + g_rand_int_range (random, 0, 12) * G_TIME_SPAN_MILLISECOND;

      tsm_session_open (fixture->session, fixture->profiles[kind], NULL);
      monitors[i] = tsm_session_get_monitor (fixture->session);
      g_object_add_weak_pointer (monitors[i], &monitors[i]);
      if (i % 10 == 0)
        publish_everywhere (fixture);
      while (g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, FALSE);
    }

  for (guint i = 0; i + 1 < N_ROUNDS; i++)
    g_assert_true (tsm_test_wait_until (monitors[i] == NULL));
  g_object_remove_weak_pointer (monitors[N_ROUNDS - 1], &monitors[N_ROUNDS - 1]);
}

static void
test_nothing_is_mixed (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct { Kind kind; const char *source; } ends[] = { { PLAIN, "plain" }, { TLS, "tls" }, { SENTINEL, "primary" } };
  g_autoptr (GRand) random = g_rand_new_with_seed (20250101);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      switch_about (fixture, random, ends[i].kind);
      assert_hears_only (fixture, ends[i].source);
    }
}

/* Nothing keeps the main loop, however far a connection is when it is dropped. */
static void
test_closing_is_quick (Fixture       *fixture,
                       gconstpointer  data)
{
  for (guint i = 0; i < N_KINDS; i++)
    for (guint ms = 0; ms < 32; ms += 8)
      {
        gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
        gpointer monitor;

        tsm_session_open (fixture->session, fixture->profiles[i], NULL);
        monitor = tsm_session_get_monitor (fixture->session);
        g_object_add_weak_pointer (monitor, &monitor);
        while (g_get_monotonic_time () < end)
          g_main_context_iteration (NULL, FALSE);
        tsm_session_close (fixture->session);
        g_assert_true (tsm_test_wait_until (monitor == NULL));
      }
}

static TsmTestUsage
switch_often (Fixture *fixture,
              guint    n)
{
  static const Kind kinds[] = { PLAIN, SILENT, TLS, NOBODY };
  gpointer monitor = NULL;

  for (guint i = 0; i < n; i++)
    {
      Kind kind = kinds[i % G_N_ELEMENTS (kinds)];

      tsm_session_open (fixture->session, fixture->profiles[kind], NULL);
      if (kind == PLAIN || kind == TLS)
        g_assert_true (tsm_test_wait_until (is_ready (fixture)));
    }

  monitor = tsm_session_get_monitor (fixture->session);
  g_object_add_weak_pointer (monitor, &monitor);
  tsm_session_close (fixture->session);
  g_assert_true (tsm_test_wait_until (monitor == NULL));
  tsm_test_settle ();
  return tsm_test_usage_get ();
}

static void
test_a_thousand (Fixture       *fixture,
                 gconstpointer  data)
{
  TsmTestUsage before = switch_often (fixture, N_FIRST);
  TsmTestUsage after = switch_often (fixture, N_SWITCHES);

  /* The silent peer sees the ends of the last ones a little later. */
  g_assert_true (tsm_test_wait_until ((after = tsm_test_usage_get ()).n_fds <= before.n_fds));
  g_test_message ("heap: %" G_GSIZE_FORMAT " bytes, then %" G_GSIZE_FORMAT "; threads: %u, then %u",
                  before.heap, after.heap, before.n_threads, after.n_threads);
  g_assert_cmpuint (after.heap, <=, before.heap + MAX_GROWTH);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!tsm_test_redis_is_available () || !tsm_test_certificates_are_available ())
    {
      g_print ("1..0 # SKIP redis-server or certtool is not installed\n");
      return 0;
    }
  g_test_add ("/ui/switching/nothing-is-mixed", Fixture, NULL, set_up, test_nothing_is_mixed, tear_down);
  g_test_add ("/ui/switching/closing-is-quick", Fixture, NULL, set_up, test_closing_is_quick, tear_down);
  g_test_add ("/ui/switching/a-thousand", Fixture, NULL, set_up, test_a_thousand, tear_down);
  return g_test_run ();
}
