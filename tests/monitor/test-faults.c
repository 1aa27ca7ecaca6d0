/* Each row of the fault table, by real servers; and of two faults, the first on the ladder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same faults through the command line stand in tests/cli/test_doctor.py. All scenes of a batch begin with its first test, and play
 * side by side while that waits; so a batch takes as long as its longest scene. The batches are run by processes of their own.
 */

#include <string.h>

#include "diagnosis/tsm-fault.h"
#include "fault-scenes.h"
#include "support/tsm-test-loop.h"

#define LIMIT_S     40
#define LONG_HOLD_S 20

typedef struct
{
  TsmTestCertificates *certificates; /* (nullable) */
  GPtrArray           *plays;
  SceneFunc            set_up;       /* (nullable): instead of that of the rows */
} Batch;

typedef struct
{
  Batch          *batch;
  const SceneRow *row;
  Scene          *scene;
} Play;

static void
play_free (gpointer data)
{
  Play *self = data;

  g_clear_pointer (&self->scene, scene_free);
  g_free (self);
}

static Batch *
batch_new (SceneFunc set_up)
{
  Batch *self = g_new0 (Batch, 1);

  self->plays = g_ptr_array_new_with_free_func (play_free);
  self->set_up = set_up;
  return self;
}

static void
batch_free (Batch *self)
{
  g_ptr_array_unref (self->plays);
  g_clear_pointer (&self->certificates, tsm_test_certificates_free);
  g_free (self);
}

static void
batch_add (Batch          *self,
           const SceneRow *row,
           const char     *kind,
           GTestDataFunc   func)
{
  g_autofree char *path = g_strdup_printf ("/faults/%s/%s%s%s", kind, row->code, row->name != NULL ? "-" : "",
                                           row->name != NULL ? row->name : "");
  Play *play = g_new0 (Play, 1);

  play->batch = self;
  play->row = row;
  g_ptr_array_add (self->plays, play);
  g_test_add_data_func (path, play, func);
}

static void
batch_begin (Batch *self)
{
  if (tsm_test_certificates_are_available ())
    self->certificates = tsm_test_certificates_new ();
  for (guint i = 0; i < self->plays->len; i++)
    {
      Play *play = g_ptr_array_index (self->plays, i);

      play->scene = scene_new (play->row, self->set_up != NULL ? self->set_up : play->row->set_up, self->certificates);
      tsm_test_settle ();
    }
}

/* Of a pair it is enough to be named, in any state. */
static gboolean
is_pair (Play *play)
{
  return play->batch->set_up != NULL;
}

static guint
get_hold (Play *play)
{
  return is_pair (play) ? 0 : play->row->hold;
}

/* All have said it, for long enough. */
static gboolean
is_over (Play *play)
{
  gint64 least = g_get_monotonic_time () - get_hold (play) * G_USEC_PER_SEC;

  for (guint i = 0; i < play->scene->n_monitors; i++)
    if (play->scene->monitors[i].named == 0 || play->scene->monitors[i].named > least)
      return FALSE;
  return is_pair (play) || scene_monitor_has_said_all (&play->scene->monitors[0]);
}

static void
assert_monitor (Play               *play,
                const SceneMonitor *monitor)
{
  const TsmVerdict *verdict = scene_monitor_get_verdict (monitor);

  if (monitor->named == 0)
    g_error ("%s, monitor %u: not %s, but %s: %s", play->row->code, (guint) (monitor - play->scene->monitors), monitor->code,
             verdict->code, verdict->summary);
  if (get_hold (play) > 0)
    g_assert_cmpstr (monitor->strayed, ==, NULL);
}

/* Waits for the end of a scene, looks at it, and lets it go. */
static gboolean
play_to_the_end (Play *play)
{
  if (!tsm_test_redis_is_available ())
    {
      g_test_skip ("redis-server is not installed");
      return FALSE;
    }
  if (play->scene == NULL)
    batch_begin (play->batch);
  if (play->scene->skipped != NULL)
    {
      g_test_skip (play->scene->skipped);
      return FALSE;
    }

  tsm_test_wait_until_for (is_over (play), LIMIT_S + get_hold (play));
  for (guint i = 0; i < play->scene->n_monitors; i++)
    assert_monitor (play, &play->scene->monitors[i]);
  return TRUE;
}

/* The one with all rights: the others may have to be told less. */
static void
assert_first_monitor (Play *play)
{
  const SceneMonitor *monitor = &play->scene->monitors[0];

  g_assert_cmpint (monitor->state, ==, play->row->state);
  if (strstr (monitor->remedy, play->row->remedy) == NULL)
    g_error ("%s: “%s” is not in the remedy: %s", play->row->code, play->row->remedy, monitor->remedy);
}

/* What was lost then was shed by the server, and is told as such. */
static void
assert_gap_is_shed (Play *play)
{
  GListModel *gaps = G_LIST_MODEL (tsm_diagnosis_get_gaps (tsm_monitor_get_diagnosis (play->scene->monitors[0].monitor)));

  g_assert_cmpuint (g_list_model_get_n_items (gaps), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (gaps); i++)
    {
      g_autoptr (TsmGap) gap = g_list_model_get_item (gaps, i);

      g_assert_cmpint (tsm_gap_get_cause (gap), !=, TSM_GAP_DISCONNECTED);
    }
}

static void
test_single (gconstpointer data)
{
  Play *play = (Play *) data;

  if (!play_to_the_end (play))
    return;
  assert_first_monitor (play);
  if (g_str_equal (play->row->code, "slow-consumer"))
    assert_gap_is_shed (play);
  g_clear_pointer (&play->scene, scene_free);
}

static void
test_pair (gconstpointer data)
{
  Play *play = (Play *) data;

  play_to_the_end (play);
  g_clear_pointer (&play->scene, scene_free);
}

/* The fault of the row comes from the engine; beside it, nobody hears the commands of the first monitor, the second may send none, and
 * the third may not listen to all channels. What only warns gives way to what fails. */
static void
set_up_pair (Scene *scene)
{
  const SceneRow *row = scene->row;
  TsmTestRedis *server = scene_add_server (scene, TSM_TEST_REDIS_TCP, NULL);
  g_autofree char *mute = scene_dup_user (server, "mute", "+@all resetchannels &tickstock:monitoring &tickstock:errors "
                                                          "&" TSM_PROFILE_PROBE_PREFIX "*");
  g_autofree char *half = scene_dup_user (server, "half", "+@all resetchannels &tickstock:monitoring &tickstock:monitoring:*");
  g_autoptr (TsmProfile) deaf = tsm_profile_new_from_url (tsm_test_redis_get_tcp_url (server), NULL);

  scene_add_engine (scene, tsm_test_redis_get_tcp_url (server), NULL, row->argument);
  tsm_profile_set_control_channel (deaf, "tickstock:commands");
  scene_add_monitor_with (scene, deaf);
  scene_add_monitor (scene, mute);
  if (row->state != TSM_RUNG_FAIL)
    scene_expect (scene, "acl-publish", TSM_RUNG_CONTROL);
  scene_add_monitor (scene, half);
  if (row->state != TSM_RUNG_FAIL)
    scene_expect (scene, "acl-channel", TSM_RUNG_SUBSCRIBE);
}

/* So that none can be added without a scene that brings it about. */
static void
test_every_row_is_played (void)
{
  for (guint i = 0; i < tsm_fault_table_get_size (); i++)
    {
      const TsmFault *fault = tsm_fault_table_get_row (i);
      gboolean found = FALSE;

      for (guint j = 0; j < scene_n_rows; j++)
        found |= g_str_equal (scene_rows[j].code, fault->code) && scene_rows[j].rung == fault->rung;
      if (!found)
        g_error ("%s on rung %d is not played", fault->code, fault->rung);
    }
}

int
main (int    argc,
      char **argv)
{
  Batch *singles = batch_new (NULL);
  Batch *silences = batch_new (NULL);
  Batch *pairs = batch_new (set_up_pair);
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/row/every-one-is-played", test_every_row_is_played);
  for (guint i = 0; i < scene_n_rows; i++)
    if (scene_rows[i].hold >= LONG_HOLD_S)
      batch_add (silences, &scene_rows[i], "silence", test_single);
    else
      batch_add (singles, &scene_rows[i], "row", test_single);
  for (guint i = 0; i < scene_n_rows; i++)
    if (scene_row_is_of_engine (&scene_rows[i]))
      batch_add (pairs, &scene_rows[i], "pair", test_pair);
  status = g_test_run ();

  batch_free (silences);
  batch_free (singles);
  batch_free (pairs);
  return status;
}
