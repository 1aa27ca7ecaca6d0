/* The report: what must be in it, and what must not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "diagnosis-fixture.h"
#include "diagnosis/tsm-diagnosis-report.h"
#include "diagnosis/tsm-gap-ledger.h"

static char *
report (TsmDiagnosisFacts *facts,
        TsmReportFormat    format)
{
  g_autoptr (TsmLadder) ladder = tsm_judge (facts);

  return tsm_diagnosis_report (ladder, facts, NULL, format);
}

static JsonNode *
parse (TsmDiagnosisFacts *facts)
{
  g_autofree char *text = report (facts, TSM_REPORT_JSON);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  return node;
}

static void
test_json_shape (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root, *verdict, *rung;

  fixture_never_heard (facts, 20);
  fixture_near_miss (facts, "tickstock.monitoring");
  node = parse (facts);
  root = json_node_get_object (node);
  verdict = json_object_get_object_member (root, "verdict");
  g_assert_cmpstr (json_object_get_string_member (verdict, "code"), ==, "wrong-channel");
  g_assert_cmpstr (json_object_get_string_member (verdict, "rung"), ==, "channel");
  g_assert_nonnull (json_object_get_string_member (verdict, "summary"));

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "rungs")), ==, TSM_N_RUNGS);
  rung = json_array_get_object_element (json_object_get_array_member (root, "rungs"), TSM_RUNG_CHANNEL);
  g_assert_cmpstr (json_object_get_string_member (rung, "id"), ==, "channel");
  g_assert_cmpstr (json_object_get_string_member (rung, "state"), ==, "fail");
  g_assert_cmpstr (json_object_get_string_member (rung, "code"), ==, "wrong-channel");
  g_assert_cmpstr (json_object_get_string_member (rung, "button"), ==, "switch-channel");
  g_assert_nonnull (json_object_get_string_member (rung, "cause"));
  g_assert_nonnull (json_object_get_string_member (rung, "remedy"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (rung, "evidence")), >, 0);
  g_assert_true (json_object_get_null_member (rung, "duration_ms"));
  g_assert_nonnull (json_object_get_object_member (root, "received"));
  g_assert_nonnull (json_object_get_object_member (root, "expected"));
}

static void
test_json_of_health (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (JsonNode) node = parse (facts);
  JsonObject *verdict = json_object_get_object_member (json_node_get_object (node), "verdict");

  g_assert_cmpstr (json_object_get_string_member (verdict, "code"), ==, "healthy");
  g_assert_true (json_object_get_null_member (verdict, "rung"));
}

static void
test_json_of_nothing (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = tsm_diagnosis_facts_new ();
  g_autoptr (JsonNode) node = parse (facts);
  JsonObject *verdict = json_object_get_object_member (json_node_get_object (node), "verdict");

  g_assert_true (json_object_get_null_member (verdict, "code"));
}

/* A channel that tries to break out of the Markdown, and a sample that tries to end its block. */
static void
test_markdown_is_escaped (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmIntake) intake = tsm_intake_new ();
  g_autoptr (TsmEvent) event = fixture_event (0, "````\n# Not a heading\n<img src=x>");
  g_autofree char *text = NULL;
  TsmNearMiss *miss;

  tsm_intake_ingest (intake, event);
  tsm_intake_look (intake, FIXTURE_NOW, &facts->intake);
  miss = fixture_near_miss (facts, "tickstock\n# Heading <b>bold</b> [link](http://x) `code` *star*");
  miss->sample_summary = g_strdup ("<script>");
  text = report (facts, TSM_REPORT_MARKDOWN);

  g_assert_null (strstr (text, "\n# Heading"));
  g_assert_null (strstr (text, "\n# Not a heading"));
  g_assert_null (strstr (text, "<b>bold"));
  g_assert_null (strstr (text, " <script>"));
  g_assert_nonnull (strstr (text, "\\<b\\>bold"));
  g_assert_nonnull (strstr (text, "\\[link\\]\\(http://x\\)"));
  g_assert_nonnull (strstr (text, "\n`````\n"));
}

static void
test_markdown_has_what_the_team_needs (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autofree char *text = NULL;

  fixture_never_heard (facts, 20);
  text = report (facts, TSM_REPORT_MARKDOWN);
  g_assert_true (g_str_has_prefix (text, "# "));
  g_assert_nonnull (strstr (text, "publisher\\-silent"));
  g_assert_nonnull (strstr (text, "1. Is the monitoring service"));
  g_assert_nonnull (strstr (text, "6. What does its log say"));
  g_assert_nonnull (strstr (text, "\"event_type\":\"METRIC_UPDATE\""));
  g_assert_nonnull (strstr (text, "redis://monitor:\\*\\*\\*\\@redis.example:6379"));
}

/* What is promised to be accepted is. */
static void
test_sample_is_accepted (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (JsonNode) node = parse (facts);
  JsonObject *expected = json_object_get_object_member (json_node_get_object (node), "expected");
  g_autofree char *sample = json_to_string (json_object_get_member (expected, "sample"), FALSE);
  g_autoptr (TsmEvent) event = fixture_event (0, sample);

  g_assert_cmpint (tsm_event_get_acceptance (event), ==, TSM_ACCEPTED_YES);
  g_assert_cmpstr (json_object_get_string_member (expected, "channel"), ==, FIXTURE_CHANNEL);
}

static void
test_gaps (void)
{
  g_autoptr (TsmDiagnosisFacts) facts = fixture_facts_new ();
  g_autoptr (TsmLadder) ladder = tsm_judge (facts);
  g_autoptr (TsmGapLedger) gaps = tsm_gap_ledger_new ();
  g_autofree char *json = NULL;
  g_autofree char *markdown = NULL;

  tsm_gap_ledger_keep_open (gaps, TSM_GAP_SILENT, FIXTURE_NOW, FIXTURE_NOW + G_USEC_PER_SEC, FIXTURE_REAL + G_USEC_PER_SEC, 3);
  json = tsm_diagnosis_report (ladder, facts, G_LIST_MODEL (gaps), TSM_REPORT_JSON);
  markdown = tsm_diagnosis_report (ladder, facts, G_LIST_MODEL (gaps), TSM_REPORT_MARKDOWN);
  g_assert_nonnull (strstr (json, "\"gaps\":[{\"cause\":\"silent\",\"start\":\"2026-03-02T14:00:00Z\",\"end\":null,\"missing\":3}]"));
  g_assert_nonnull (strstr (markdown, "Silent until now"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/json-shape", test_json_shape);
  g_test_add_func ("/report/json-of-health", test_json_of_health);
  g_test_add_func ("/report/json-of-nothing", test_json_of_nothing);
  g_test_add_func ("/report/markdown-is-escaped", test_markdown_is_escaped);
  g_test_add_func ("/report/markdown-has-what-the-team-needs", test_markdown_has_what_the_team_needs);
  g_test_add_func ("/report/sample-is-accepted", test_sample_is_accepted);
  g_test_add_func ("/report/gaps", test_gaps);

  return g_test_run ();
}
