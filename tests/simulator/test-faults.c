/* The faults of publishers: each row does to an event what its code says, and nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "events/tsm-decoder.h"
#include "simulator/tsm-sim-fault.h"
#include "traffic-fixture.h"

#define N_EVENTS 300

/* Those of the flow ladder that a publisher can cause. */
static const char * const codes[] = {
  "wrong-channel", "malformed", "encoded-twice", "compressed", "binary", "wrong-envelope", "wrong-types", "no-metrics", "stale",
  "clock-skew", "duplicate-stream", "not-pubsub", "publisher-silent", "cluster-sharded", NULL,
};

/* What the decoder finds first in each event; what is left out has events that are as they should be. */
static const struct
{
  const char     *code;
  TsmAcceptance   acceptance;
  TsmFindingCode  finding;
} verdicts[] = {
  { "malformed", TSM_ACCEPTED_NO, TSM_FINDING_INVALID_JSON },
  { "encoded-twice", TSM_ACCEPTED_REPAIRED, TSM_FINDING_ENCODED_TWICE },
  { "compressed", TSM_ACCEPTED_NO, TSM_FINDING_COMPRESSED },
  { "binary", TSM_ACCEPTED_NO, TSM_FINDING_BINARY },
  { "wrong-envelope", TSM_ACCEPTED_NO, TSM_FINDING_WRONG_ENVELOPE },
};

static const TsmSimFault *
find (const char *code)
{
  const TsmSimFault *fault = tsm_sim_fault_find (code);

  g_assert_nonnull (fault);
  g_assert_cmpstr (fault->code, ==, code);
  return fault;
}

static char *
next_text (TsmTraffic *traffic)
{
  TsmEngineEvent event;

  tsm_traffic_next (traffic, START, &event);
  return event.text;
}

static TsmEvent *
decode (GBytes *bytes)
{
  g_autoptr (TsmDecoder) decoder = tsm_decoder_new (0, 0);

  return tsm_decoder_decode (decoder, bytes, "test", START, 0);
}

static void
test_codes (void)
{
  g_autofree char *all = g_strjoinv (", ", (char **) codes);
  g_autofree char *known = tsm_sim_fault_dup_codes ();

  g_assert_cmpstr (known, ==, all);
  g_assert_cmpuint (tsm_sim_fault_get_n_faults (), ==, G_N_ELEMENTS (codes) - 1);
  for (guint i = 0; codes[i] != NULL; i++)
    g_assert_cmpstr (tsm_sim_fault_get_nth (i)->code, ==, codes[i]);
  g_assert_null (tsm_sim_fault_find (TSM_SIM_FAULT_NONE));
  g_assert_null (tsm_sim_fault_find (""));
}

static void
test_summaries (void)
{
  for (guint i = 0; i < tsm_sim_fault_get_n_faults (); i++)
    {
      const TsmSimFault *fault = tsm_sim_fault_get_nth (i);

      g_assert_nonnull (fault->summary);
      g_assert_false (g_str_has_suffix (fault->summary, "."));
    }
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 3);

      for (guint j = 0; j < N_EVENTS; j++)
        {
          g_autoptr (GBytes) bytes = tsm_sim_fault_apply (find (verdicts[i].code), next_text (traffic));
          g_autoptr (TsmEvent) event = decode (bytes);

          g_assert_cmpint (tsm_event_get_acceptance (event), ==, verdicts[i].acceptance);
          g_assert_cmpint (tsm_event_get_finding (event, 0)->code, ==, verdicts[i].finding);
        }
    }
}

/* Those whose events are as they should be do not touch them. */
static void
test_others_keep_the_bytes (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 3);
  g_autofree char *text = next_text (traffic);

  for (guint i = 0; i <= tsm_sim_fault_get_n_faults (); i++)
    {
      const TsmSimFault *fault = i > 0 ? tsm_sim_fault_get_nth (i - 1) : NULL;
      g_autoptr (GBytes) bytes = tsm_sim_fault_apply (fault, g_strdup (text));
      gboolean same = g_bytes_get_size (bytes) == strlen (text) && memcmp (g_bytes_get_data (bytes, NULL), text, strlen (text)) == 0;

      g_assert_true (same == (fault == NULL || fault->transform == NULL));
    }
}

static void
test_wrong_types (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_A, 3);
  guint n_metrics = 0;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autoptr (GBytes) bytes = tsm_sim_fault_apply (find ("wrong-types"), next_text (traffic));
      g_autoptr (TsmEvent) event = decode (bytes);

      g_assert_cmpint (tsm_event_get_acceptance (event), !=, TSM_ACCEPTED_NO);
      if (tsm_event_get_event_type (event) != TSM_EVENT_METRIC_UPDATE)
        continue;

      n_metrics++;
      g_assert_cmpint (tsm_event_get_finding (event, 0)->code, ==, TSM_FINDING_WRONG_TYPE);
      g_assert_cmpuint (tsm_event_get_metrics (event)->present, ==, 0);
    }

  g_assert_cmpuint (n_metrics, >, 0);
}

/* Texts with digits, quotes and backslashes in them are left as they are. */
static void
test_wrong_types_leaves_texts (void)
{
  g_autoptr (GBytes) bytes = tsm_sim_fault_apply (find ("wrong-types"),
                                                  g_strdup ("{\"a1\":-1.5e-3,\"b\":\"7 \\\" 8 \\\\\",\"c\":[10,true,null]}"));

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   "{\"a1\":\"-1.5e-3 units\",\"b\":\"7 \\\" 8 \\\\\",\"c\":[\"10 units\",true,null]}",
                   strlen ("{\"a1\":\"-1.5e-3 units\",\"b\":\"7 \\\" 8 \\\\\",\"c\":[\"10 units\",true,null]}"));
}

static void
test_no_metrics (void)
{
  g_autoptr (TsmTraffic) traffic = traffic_make (TSM_TRAFFIC_MIXED, 3);
  guint n_kept = 0, n_dropped = 0;

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *text = next_text (traffic);
      g_autoptr (TsmEvent) event = traffic_decode (text);
      gboolean kept = tsm_sim_fault_keeps (find ("no-metrics"), text, 0);

      g_assert_true (kept == (tsm_event_get_event_type (event) != TSM_EVENT_METRIC_UPDATE));
      n_kept += kept;
      n_dropped += !kept;
    }

  g_assert_cmpuint (n_kept, >, N_EVENTS / 10);
  g_assert_cmpuint (n_dropped, >, N_EVENTS / 10);
}

static void
test_stale (void)
{
  const TsmSimFault *fault = find ("stale");
  gint64 end = fault->seconds * G_TIME_SPAN_SECOND;

  g_assert_cmpint (fault->seconds, >=, 5); /* long enough for a rhythm to be learned */
  g_assert_true (tsm_sim_fault_keeps (fault, "{}", 0));
  g_assert_true (tsm_sim_fault_keeps (fault, "{}", end - 1));
  g_assert_false (tsm_sim_fault_keeps (fault, "{}", end));
  g_assert_false (tsm_sim_fault_keeps (fault, "{}", 1000 * end));
}

static void
test_publisher_silent (void)
{
  g_assert_false (tsm_sim_fault_keeps (find ("publisher-silent"), "{}", 0));
  g_assert_true (tsm_sim_fault_keeps (NULL, "{}", 0));
  g_assert_true (tsm_sim_fault_keeps (find ("malformed"), "{}", G_MAXINT64));
}

static void
assert_channel (const char *code,
                const char *channel,
                const char *expected)
{
  g_autofree char *other = tsm_sim_fault_dup_channel (code != NULL ? find (code) : NULL, channel);

  g_assert_cmpstr (other, ==, expected);
}

static void
test_channels (void)
{
  assert_channel ("wrong-channel", "tickstock:monitoring", "tickstock.monitoring");
  assert_channel ("wrong-channel", "tickstock:errors", "tickstock.errors");
  assert_channel ("wrong-channel", "plain", "plains");
  assert_channel ("malformed", "tickstock:monitoring", "tickstock:monitoring");
  assert_channel (NULL, "tickstock:monitoring", "tickstock:monitoring");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/codes", test_codes);
  g_test_add_func ("/faults/summaries", test_summaries);
  g_test_add_func ("/faults/verdicts", test_verdicts);
  g_test_add_func ("/faults/others-keep-the-bytes", test_others_keep_the_bytes);
  g_test_add_func ("/faults/wrong-types", test_wrong_types);
  g_test_add_func ("/faults/wrong-types-leaves-texts", test_wrong_types_leaves_texts);
  g_test_add_func ("/faults/no-metrics", test_no_metrics);
  g_test_add_func ("/faults/stale", test_stale);
  g_test_add_func ("/faults/publisher-silent", test_publisher_silent);
  g_test_add_func ("/faults/channels", test_channels);

  return g_test_run ();
}
