/* From what a server answers to facts: INFO, CLIENT LIST, and what was counted between two readings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-info.h"
#include "diagnosis/tsm-tally.h"

static void
test_server (void)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();
  TsmServerFacts *server = &examination->server;

  tsm_info_read_server (server, "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\nrun_id:abc\r\n"
                                "server_time_usec:1772460000000000\r\nuptime_in_seconds:12\r\n", FIXTURE_REAL + 5);
  tsm_info_read_server (server, "role:slave\r\nmaster_host:10.0.0.1\r\nmaster_port:6380\r\nmaster_link_status:down\r\n"
                                "master_link_down_since_seconds:7\r\nslave0:ip=::1,port=6381,state=online\r\n"
                                "slave1:ip=10.0.0.2,port=6382,state=online\r\n", 0);
  g_assert_cmpstr (server->product, ==, "Redis");
  g_assert_cmpstr (server->version, ==, "7.0.15");
  g_assert_cmpstr (server->run_id, ==, "abc");
  g_assert_cmpint (server->uptime_seconds, ==, 12);
  g_assert_cmpint (server->clock, ==, FIXTURE_REAL);
  g_assert_cmpint (server->clock_read, ==, FIXTURE_REAL + 5);
  g_assert_cmpstr (server->role, ==, "slave");
  g_assert_cmpstr (server->master_host, ==, "10.0.0.1");
  g_assert_cmpint (server->master_port, ==, 6380);
  g_assert_cmpstr (server->link_status, ==, "down");
  g_assert_cmpint (server->link_down_seconds, ==, 7);
  g_assert_cmpuint (g_strv_length (server->replicas), ==, 2);
  g_assert_cmpstr (server->replicas[0], ==, "[::1]:6381");
  g_assert_cmpstr (server->replicas[1], ==, "10.0.0.2:6382");
}

static void
test_valkey (void)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();

  tsm_info_read_server (&examination->server, "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n", 0);
  g_assert_cmpstr (examination->server.product, ==, "Valkey");
  g_assert_cmpstr (examination->server.version, ==, "8.0.1");
}

static void
test_nonsense (void)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();

  tsm_info_read_server (&examination->server, "uptime_in_seconds:many\r\nslave0:\r\nslave1:ip=,port=\r\nmaster_port:99999999999999\r\n"
                                              "role:", 0);
  tsm_info_read_counters (&examination->before, "cmdstat_publish:calls=x,rejected_calls", 5);
  g_assert_cmpint (examination->server.uptime_seconds, ==, -1);
  g_assert_cmpint (examination->before.publish_calls, ==, 0);
}

static void
test_counters (void)
{
  TsmCounters counters;

  tsm_counters_init (&counters);
  tsm_info_read_counters (&counters, "# Commandstats\r\ncmdstat_spublish:calls=3,usec=1\r\n"
                                     "cmdstat_publish:calls=10,usec=20,usec_per_call=2.00,rejected_calls=4,failed_calls=5\r\n"
                                     "cmdstat_xadd:calls=6,usec=1\r\ncmdstat_lpush:calls=7,usec=1\r\ncmdstat_rpush:calls=8,usec=1\r\n", 99);
  tsm_info_read_counters (&counters, "acl_access_denied_channel:11\r\nclient_output_buffer_limit_disconnections:12\r\n", 100);
  g_assert_cmpint (counters.time, ==, 99);
  g_assert_cmpint (counters.publish_calls, ==, 10);
  g_assert_cmpint (counters.publish_rejected, ==, 4);
  g_assert_cmpint (counters.shard_publish_calls, ==, 3);
  g_assert_cmpint (counters.stream_adds, ==, 6);
  g_assert_cmpint (counters.list_pushes, ==, 15);
  g_assert_cmpint (counters.channel_denials, ==, 11);
  g_assert_cmpint (counters.output_buffer_drops, ==, 12);
}

#define CLIENT(name, flags, command) "id=1 addr=10.0.0.5:4000 laddr=10.0.0.1:6379 fd=8 name=" name " age=60 idle=5 flags=" flags \
                                     " db=0 sub=0 psub=0 cmd=" command " user=engine resp=2\n"

static void
test_clients (void)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();
  const TsmClientFacts *first;

  tsm_info_read_clients (examination, CLIENT ("tickstock-monitor", "N", "publish")
                                      CLIENT ("", "N", "client|list")
                                      CLIENT ("", "N", "ping")
                                      CLIENT ("", "P", "subscribe")
                                      CLIENT ("", "S", "replconf")
                                      CLIENT ("cache", "N", "get")
                                      CLIENT ("", "N", "publish")
                                      CLIENT ("TickStockPL", "N", "ping"));
  g_assert_cmpint (examination->n_candidates, ==, 3);
  first = g_ptr_array_index (examination->clients, 0);
  g_assert_cmpstr (first->last_command, ==, "publish");
  g_assert_cmpstr (first->address, ==, "10.0.0.5:4000");
  g_assert_cmpstr (first->user, ==, "engine");
  g_assert_cmpint (first->idle, ==, 5);
  g_assert_true (first->is_candidate);
}

static void
test_many_clients (void)
{
  g_autoptr (TsmExamination) examination = tsm_examination_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, CLIENT ("a", "N", "get"));
  tsm_info_read_clients (examination, text->str);
  g_assert_cmpuint (examination->clients->len, ==, 100);
  g_assert_cmpint (examination->n_candidates, ==, 5000);
}

static TsmExamination *
examine (gint64 publishes,
         gint64 rejected,
         guint  heard,
         gint64 started)
{
  TsmExamination *examination = tsm_examination_new ();

  examination->server.run_id = g_strdup ("abc");
  examination->started = FIXTURE_NOW + started * G_USEC_PER_SEC;
  examination->finished = examination->started + 3 * G_USEC_PER_SEC;
  examination->before = (TsmCounters) { .time = examination->started, .publish_calls = 100 };
  examination->after = (TsmCounters) { .time = examination->finished, .publish_calls = 100 + publishes, .publish_rejected = rejected };
  examination->pattern = g_strdup ("tickstock*");
  examination->listened = 3;
  examination->searched = TRUE;
  examination->heard = heard;
  return examination;
}

static void
test_tally (void)
{
  g_autoptr (TsmExamination) examination = examine (20, 2, 5, 0);

  tsm_tally_take (examination, NULL);
  g_assert_cmpfloat (examination->tally.seconds, ==, 3);
  g_assert_cmpfloat (examination->tally.publishes, ==, 20);
  g_assert_cmpfloat (examination->tally.unheard, ==, 14);
  g_assert_cmpfloat (examination->tally.denied, ==, 2);
}

/* An engine that publishes every ten seconds is refused in one run of three. */
static void
test_tally_adds_up (void)
{
  g_autoptr (TsmExamination) earlier = examine (20, 1, 20, 0);
  g_autoptr (TsmExamination) later = examine (20, 0, 20, 5);

  tsm_tally_take (earlier, NULL);
  tsm_tally_take (later, earlier);
  g_assert_cmpfloat (later->tally.denied, ==, 1);
  g_assert_cmpfloat (later->tally.seconds, ==, 6);
}

static void
test_tally_forgets (void)
{
  g_autoptr (TsmExamination) earlier = examine (20, 1, 20, 0);
  g_autoptr (TsmExamination) later = examine (20, 0, 20, 100);

  tsm_tally_take (earlier, NULL);
  tsm_tally_take (later, earlier);
  g_assert_cmpfloat (later->tally.denied, ==, 0);
}

/* A server that was restarted counts from nothing. */
static void
test_tally_of_another_server (void)
{
  g_autoptr (TsmExamination) earlier = examine (20, 1, 20, 0);
  g_autoptr (TsmExamination) later = examine (20, 0, 20, 5);

  tsm_tally_take (earlier, NULL);
  g_free (later->server.run_id);
  later->server.run_id = g_strdup ("other");
  tsm_tally_take (later, earlier);
  g_assert_cmpfloat (later->tally.denied, ==, 0);
}

/* Without a search, as one may be refused or events come. */
static TsmExamination *
examine_without_search (gint64 publishes)
{
  TsmExamination *examination = examine (publishes, 0, 0, 0);

  g_clear_pointer (&examination->pattern, g_free);
  examination->listened = 0;
  examination->searched = FALSE;
  return examination;
}

/* While events come, what was published is no riddle; but what others publish is remembered. */
static void
test_tally_without_a_search (void)
{
  g_autoptr (TsmExamination) examination = examine_without_search (50);

  examination->heard_live = 25;
  examination->n_probes = 1;
  tsm_tally_take (examination, NULL);
  g_assert_cmpfloat (examination->tally.unheard, ==, 0);
  g_assert_cmpfloat_with_epsilon (examination->others, (50 * 0.95 - 25 - 2) / 3, 0.001);
}

/* Each connection that listens for a probe sends one; where it is not known how many do, a few are taken for granted. */
static void
test_tally_knows_probes (void)
{
  g_autoptr (TsmExamination) known = examine_without_search (10);
  g_autoptr (TsmExamination) unknown = examine_without_search (10);

  known->n_probes = 3;
  tsm_tally_take (known, NULL);
  g_assert_cmpfloat (known->tally.unheard, ==, 10 * 0.95 - 3 * 2);
  tsm_tally_take (unknown, NULL);
  g_assert_cmpfloat (unknown->tally.unheard, ==, 10 * 0.95 - 4 * 2);
}

/* Sentinels publish every two seconds on a channel that only a deep search hears; and we ourselves on the control channel. */
static void
test_tally_knows_sentinels_and_commands (void)
{
  g_autoptr (TsmExamination) shallow = examine (20, 0, 0, 0);
  g_autoptr (TsmExamination) deep = examine (20, 0, 0, 0);

  shallow->n_sentinels = deep->n_sentinels = 3;
  shallow->sent_live = deep->sent_live = 2;
  deep->deep = TRUE;
  tsm_tally_take (shallow, NULL);
  g_assert_cmpfloat (shallow->tally.unheard, ==, 19 - 2 - 3 * 3);
  tsm_tally_take (deep, NULL);
  g_assert_cmpfloat (deep->tally.unheard, ==, 19 - 2);
}

/* A search that was made anew in between has heard only a part. */
static void
test_tally_of_half_a_search (void)
{
  g_autoptr (TsmExamination) examination = examine (20, 0, 3, 0);

  examination->searched = FALSE;
  tsm_tally_take (examination, NULL);
  g_assert_cmpfloat (examination->tally.unheard, ==, 0);
  g_assert_cmpfloat (examination->others_seconds, ==, 0);
}

/* What others publish is measured while events come: the most of it, which fades. */
static void
test_tally_remembers_others (void)
{
  g_autoptr (TsmExamination) flowing = examine (60, 0, 27, 0);
  g_autoptr (TsmExamination) calm = examine (30, 0, 27, 60);
  g_autoptr (TsmExamination) silent = examine (30, 0, 0, 120);
  g_autoptr (TsmExamination) elsewhere = examine (30, 0, 0, 200);

  flowing->heard_live = calm->heard_live = 27;
  tsm_tally_take (flowing, NULL);
  g_assert_cmpfloat (flowing->others, ==, 10);
  g_assert_cmpfloat (flowing->others_seconds, ==, 3);
  g_assert_cmpfloat (flowing->tally.unheard, ==, 0);
  tsm_tally_take (calm, flowing);
  g_assert_cmpfloat (calm->others, ==, 9);
  g_assert_cmpfloat (calm->others_seconds, ==, 6);
  tsm_tally_take (silent, calm);
  g_assert_cmpfloat (silent->others, ==, 9);
  g_assert_cmpfloat (silent->others_seconds, ==, 6);
  g_assert_cmpfloat (silent->tally.unheard, ==, 28.5);
  g_free (elsewhere->server.run_id);
  elsewhere->server.run_id = g_strdup ("other");
  tsm_tally_take (elsewhere, silent);
  g_assert_cmpfloat (elsewhere->others_seconds, ==, 0);
}

/* What was watched for long weighs half as much each time. */
static void
test_tally_fades (void)
{
  g_autoptr (TsmExamination) earlier = examine (0, 0, 0, 0);
  g_autoptr (TsmExamination) later = examine (0, 0, 0, 5);

  earlier->tally = (TsmTally) { .seconds = 80, .unheard = 10, .denied = 6 };
  tsm_tally_take (later, earlier);
  g_assert_cmpfloat (later->tally.seconds, ==, 3 + 40);
  g_assert_cmpfloat (later->tally.unheard, ==, 5);
  g_assert_cmpfloat (later->tally.denied, ==, 3);
}

/* A server or a computer that is busy: the time was up before the answers came. */
static void
test_tally_keeps_answers (void)
{
  g_autoptr (TsmExamination) earlier = examine (0, 0, 0, 0);
  g_autoptr (TsmExamination) cut_short = tsm_examination_new ();
  g_autoptr (TsmExamination) refused = examine (0, 0, 0, 8);

  earlier->n_candidates = 2;
  earlier->tally.denied = 3;
  earlier->control_error = g_strdup ("NOPERM");
  earlier->control_refused = earlier->started;
  tsm_examination_add_client (earlier);
  cut_short->started = earlier->finished + G_USEC_PER_SEC;
  tsm_tally_take (cut_short, earlier);
  g_assert_cmpint (cut_short->n_candidates, ==, 2);
  g_assert_cmpuint (cut_short->clients->len, ==, 1);
  g_assert_cmpfloat (cut_short->tally.denied, ==, 3);
  g_assert_cmpstr (cut_short->server.run_id, ==, "abc");
  g_assert_cmpstr (cut_short->control_error, ==, "NOPERM");
  g_assert_cmpint (cut_short->control_refused, ==, earlier->started);

  refused->n_others = 5;
  tsm_tally_take (refused, earlier);
  g_assert_cmpint (refused->n_candidates, ==, -1);
  g_assert_cmpint (refused->n_others, ==, 5);
  g_assert_null (refused->control_error);
}

static void
test_tally_of_what_is_not_known (void)
{
  g_autoptr (TsmExamination) examination = examine (0, 0, 0, 0);

  examination->before.publish_calls = -1;
  examination->after.publish_calls = 500;
  tsm_tally_take (examination, NULL);
  g_assert_cmpfloat (examination->tally.publishes, ==, 0);
}

static void
add_near_miss (TsmExamination *examination,
               const char     *channel,
               double          rate)
{
  TsmNearMiss *miss = g_new0 (TsmNearMiss, 1);

  miss->channel = g_strdup (channel);
  miss->rate = rate;
  g_ptr_array_add (examination->near_misses, miss);
}

/* One that is not heard again is let go after a while; one that is counts anew. */
static void
test_near_misses_are_kept (void)
{
  g_autoptr (TsmExamination) earlier = examine (0, 0, 0, 0);
  g_autoptr (TsmExamination) later = examine (0, 0, 0, 5);

  add_near_miss (earlier, "tickstock.monitoring", 0.3);
  add_near_miss (earlier, "tickstock.forgotten", 0.01);
  add_near_miss (earlier, "tickstock.again", 5);
  add_near_miss (later, "tickstock.again", 2);
  tsm_tally_take (later, earlier);
  g_assert_cmpuint (later->near_misses->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (later->near_misses, i);

      g_assert_cmpfloat (miss->rate, ==, g_str_equal (miss->channel, "tickstock.again") ? 2 : 0.15);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/info/server", test_server);
  g_test_add_func ("/info/valkey", test_valkey);
  g_test_add_func ("/info/nonsense", test_nonsense);
  g_test_add_func ("/info/counters", test_counters);
  g_test_add_func ("/info/clients", test_clients);
  g_test_add_func ("/info/many-clients", test_many_clients);
  g_test_add_func ("/tally/counts", test_tally);
  g_test_add_func ("/tally/adds-up", test_tally_adds_up);
  g_test_add_func ("/tally/forgets", test_tally_forgets);
  g_test_add_func ("/tally/of-another-server", test_tally_of_another_server);
  g_test_add_func ("/tally/without-a-search", test_tally_without_a_search);
  g_test_add_func ("/tally/knows-probes", test_tally_knows_probes);
  g_test_add_func ("/tally/knows-sentinels-and-commands", test_tally_knows_sentinels_and_commands);
  g_test_add_func ("/tally/of-half-a-search", test_tally_of_half_a_search);
  g_test_add_func ("/tally/remembers-others", test_tally_remembers_others);
  g_test_add_func ("/tally/fades", test_tally_fades);
  g_test_add_func ("/tally/keeps-answers", test_tally_keeps_answers);
  g_test_add_func ("/tally/of-what-is-not-known", test_tally_of_what_is_not_known);
  g_test_add_func ("/tally/near-misses-are-kept", test_near_misses_are_kept);

  return g_test_run ();
}
