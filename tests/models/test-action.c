/* TsmAction: the states of every command, and what is said of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"
#include "models/tsm-action.h"

#define HEALTH_CHECK   "{'event_type':'HEALTH_CHECK','status':'healthy','components':{'workers':'ok'}}"
#define SYSTEM_STATUS  "{'event_type':'SYSTEM_STATUS','status':'RUNNING'}"
#define METRIC_UPDATE  "{'event_type':'METRIC_UPDATE','metrics':{},'health_score':{'components':{'workers':'ok'}}}"
#define ALERT_RESOLVED "{'event_type':'ALERT_RESOLVED','alert_id':'a1'}"
#define STILL_DISABLED "{'event_type':'HEALTH_CHECK','status':'healthy','components':{'workers':'disabled'}}"
#define OTHER_PART     "{'event_type':'HEALTH_CHECK','status':'healthy','components':{'redis':'ok'}}"
#define OTHER_ALERT    "{'event_type':'ALERT_RESOLVED','alert_id':'a2'}"

static TsmAction *
new_action (TsmCommandId  command,
            const char   *subject)
{
  return tsm_action_new (command, subject, fixture_monotonic (0), fixture_real (320));
}

static gboolean
observe (TsmAction  *action,
         double      seconds,
         const char *json)
{
  g_autoptr (TsmEvent) event = fixture_event (seconds, "%s", json);

  return tsm_action_observe (action, event);
}

static void
assert_text (TsmAction  *action,
             const char *expected)
{
  g_autofree char *text = tsm_action_dup_text (action);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_new (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_ENABLE_COMPONENT, "workers");

  g_assert_cmpint (tsm_action_get_command (action), ==, TSM_COMMAND_ENABLE_COMPONENT);
  g_assert_cmpstr (tsm_action_get_subject (action), ==, "workers");
  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_SENDING);
  g_assert_cmpint (tsm_action_get_receivers (action), ==, -1);
  g_assert_cmpint (tsm_action_get_answer_time (action), ==, -1);
  g_assert_cmpint (tsm_action_get_sent_at_real (action), ==, fixture_real (320));
  g_assert_null (tsm_action_get_error (action));
  assert_text (action, "Sent 14:05:20 → waiting for the server");
}

static void
test_delivered (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_CLEAR_CACHE, NULL);

  tsm_action_delivered (action, 2);

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_DELIVERED);
  g_assert_cmpint (tsm_action_get_receivers (action), ==, 2);
  assert_text (action, "Sent 14:05:20 → delivered to 2");
}

static void
test_unheard (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_CLEAR_CACHE, NULL);

  tsm_action_delivered (action, 0);
  tsm_action_tick (action, fixture_monotonic (100));

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_UNHEARD);
  assert_text (action, "Sent 14:05:20 → nobody is listening");
}

static void
test_unheard_takes_no_answer (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  tsm_action_delivered (action, 0);

  g_assert_false (observe (action, 1, HEALTH_CHECK));
  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_UNHEARD);
}

static void
test_failed (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_CLEAR_CACHE, NULL);

  tsm_action_failed (action, "No permission");
  tsm_action_delivered (action, 1);
  tsm_action_tick (action, fixture_monotonic (100));

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_FAILED);
  g_assert_cmpstr (tsm_action_get_error (action), ==, "No permission");
  assert_text (action, "Sent 14:05:20 → not delivered: No permission");
}

static void
test_answered (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  tsm_action_delivered (action, 1);
  g_assert_true (observe (action, 0.3, HEALTH_CHECK));
  g_assert_false (observe (action, 0.5, HEALTH_CHECK));
  tsm_action_tick (action, fixture_monotonic (100));

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_ANSWERED);
  g_assert_cmpint (tsm_action_get_answer_time (action), ==, 300000);
  assert_text (action, "Sent 14:05:20 → delivered to 1 → answered after 0.3 s");
}

/* The answer travels on one link, the reply to PUBLISH on another. */
static void
test_answer_before_delivery (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  g_assert_true (observe (action, 0.1, HEALTH_CHECK));
  tsm_action_delivered (action, 1);

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_ANSWERED);
  assert_text (action, "Sent 14:05:20 → delivered to 1 → answered after 0.1 s");
}

static void
test_answer_from_before (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  tsm_action_delivered (action, 1);

  g_assert_false (observe (action, -1, HEALTH_CHECK));
}

static void
test_unanswered (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  tsm_action_delivered (action, 1);
  tsm_action_tick (action, fixture_monotonic (30));
  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_DELIVERED);
  tsm_action_tick (action, fixture_monotonic (30.1));

  g_assert_cmpint (tsm_action_get_state (action), ==, TSM_ACTION_UNANSWERED);
  assert_text (action, "Sent 14:05:20 → delivered to 1 → no answer in 30 s");
}

/* The next regular HEALTH_CHECK is not the answer. */
static void
test_late_answer (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_FORCE_HEALTH_CHECK, NULL);

  tsm_action_delivered (action, 1);

  g_assert_false (observe (action, 31, HEALTH_CHECK));
}

static void
test_notifies_changes_only (void)
{
  g_autoptr (TsmAction) action = new_action (TSM_COMMAND_CLEAR_CACHE, NULL);
  guint                 n;

  fixture_count (action, "notify::state", &n);
  tsm_action_tick (action, fixture_monotonic (1));
  g_assert_cmpuint (n, ==, 0);
  tsm_action_delivered (action, 1);
  tsm_action_delivered (action, 1);

  g_assert_cmpuint (n, ==, 1);
}

/* Every command: what is its effect, and what is not. */
static const struct
{
  TsmCommandId  command;
  const char   *subject;
  const char   *effect;    /* (nullable): none is promised */
  const char   *others[3]; /* must not count */
} effects[] = {
  { TSM_COMMAND_FORCE_HEALTH_CHECK, NULL, HEALTH_CHECK, { SYSTEM_STATUS, METRIC_UPDATE, ALERT_RESOLVED } },
  { TSM_COMMAND_CLEAR_CACHE, NULL, SYSTEM_STATUS, { HEALTH_CHECK, METRIC_UPDATE } },
  { TSM_COMMAND_FORCE_GC, NULL, SYSTEM_STATUS, { HEALTH_CHECK, METRIC_UPDATE } },
  { TSM_COMMAND_RELOAD_PATTERNS, NULL, SYSTEM_STATUS, { HEALTH_CHECK, METRIC_UPDATE } },
  { TSM_COMMAND_RESTART_WORKERS, NULL, SYSTEM_STATUS, { HEALTH_CHECK, METRIC_UPDATE } },
  { TSM_COMMAND_ENABLE_COMPONENT, "workers", HEALTH_CHECK, { STILL_DISABLED, OTHER_PART, SYSTEM_STATUS } },
  { TSM_COMMAND_ENABLE_COMPONENT, "workers", METRIC_UPDATE, { STILL_DISABLED, OTHER_PART, SYSTEM_STATUS } },
  { TSM_COMMAND_ALERT_ACKNOWLEDGED, "a1", NULL, { SYSTEM_STATUS, ALERT_RESOLVED, HEALTH_CHECK } },
  { TSM_COMMAND_ALERT_RESOLVED, "a1", ALERT_RESOLVED, { OTHER_ALERT, SYSTEM_STATUS, HEALTH_CHECK } },
};

static void
test_effect_of_every_command (void)
{
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      g_autoptr (TsmAction) action = new_action (effects[i].command, effects[i].subject);

      seen |= 1u << effects[i].command;
      tsm_action_delivered (action, 1);
      for (guint j = 0; j < G_N_ELEMENTS (effects[i].others) && effects[i].others[j] != NULL; j++)
        g_assert_false (observe (action, 1, effects[i].others[j]));

      if (effects[i].effect != NULL)
        g_assert_true (observe (action, 2, effects[i].effect));
    }

  g_assert_cmpuint (seen, ==, (1u << TSM_N_COMMANDS) - 1);
}

static void
test_every_command_times_out (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      g_autoptr (TsmAction) action = new_action (effects[i].command, effects[i].subject);

      tsm_action_delivered (action, 1);
      tsm_action_tick (action, fixture_monotonic (31));

      g_assert_cmpint (tsm_action_get_state (action), ==,
                       effects[i].effect != NULL ? TSM_ACTION_UNANSWERED : TSM_ACTION_DELIVERED);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/action/new", test_new);
  g_test_add_func ("/action/delivered", test_delivered);
  g_test_add_func ("/action/unheard", test_unheard);
  g_test_add_func ("/action/unheard-takes-no-answer", test_unheard_takes_no_answer);
  g_test_add_func ("/action/failed", test_failed);
  g_test_add_func ("/action/answered", test_answered);
  g_test_add_func ("/action/answer-before-delivery", test_answer_before_delivery);
  g_test_add_func ("/action/answer-from-before", test_answer_from_before);
  g_test_add_func ("/action/unanswered", test_unanswered);
  g_test_add_func ("/action/late-answer", test_late_answer);
  g_test_add_func ("/action/notifies-changes-only", test_notifies_changes_only);
  g_test_add_func ("/action/effect-of-every-command", test_effect_of_every_command);
  g_test_add_func ("/action/every-command-times-out", test_every_command_times_out);

  return g_test_run ();
}
