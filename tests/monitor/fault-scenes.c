/* Scenes: each brings about one fault with real servers, and has monitors that look at it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-scenes.h"

#include <string.h>

#include "redis/tsm-connection.h"
#include "simulator/tsm-simulator.h"

#define TICK_MS 500
#define RATE    5 /* events per second */

/* From the live connection, or from the examinations: a monitor has come as far as it can. */
static gboolean
has_heard (TsmMonitor *monitor)
{
  return tsm_connection_get_round_trip (tsm_monitor_get_connection (monitor)) > 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  Scene *self = user_data;

  if (self->n_ticks == 0 && !has_heard (self->monitors[0].monitor))
    return G_SOURCE_CONTINUE;
  self->n_ticks++;
  self->row->disturb (self);
  return G_SOURCE_CONTINUE;
}

Scene *
scene_new (const SceneRow      *row,
           SceneFunc            set_up,
           TsmTestCertificates *certificates)
{
  Scene *self = g_new0 (Scene, 1);

  self->row = row;
  self->certificates = certificates;
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->engines = g_ptr_array_new_with_free_func (g_object_unref);
  set_up (self);
  if (row->disturb != NULL && self->skipped == NULL)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  return self;
}

static void
free_monitors (Scene *self)
{
  for (guint i = 0; i < self->n_monitors; i++)
    {
      SceneMonitor *monitor = &self->monitors[i];

      g_signal_handlers_disconnect_by_data (tsm_monitor_get_diagnosis (monitor->monitor), monitor);
      tsm_monitor_stop (monitor->monitor);
      g_clear_object (&monitor->monitor);
      g_clear_pointer (&monitor->remedy, g_free);
      g_clear_pointer (&monitor->strayed, g_free);
    }
}

void
scene_free (Scene *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  free_monitors (self);
  for (guint i = 0; i < self->engines->len; i++)
    tsm_simulator_stop (g_ptr_array_index (self->engines, i));
  g_ptr_array_unref (self->engines);
  g_ptr_array_unref (self->kept);
  for (guint i = 0; i < SCENE_MAX_SERVERS; i++)
    g_clear_pointer (&self->servers[i], tsm_test_redis_free);
  g_clear_pointer (&self->peer, tsm_test_peer_free);
  g_free (self->skipped);
  g_free (self);
}

TsmTestRedis *
scene_add_server (Scene              *self,
                  TsmTestRedisFlags   flags,
                  const char * const *args)
{
  guint i = 0;

  while (self->servers[i] != NULL)
    i++;
  g_assert_cmpuint (i, <, SCENE_MAX_SERVERS);
  self->servers[i] = tsm_test_redis_start (flags, args);
  return self->servers[i];
}

char *
scene_dup_user (TsmTestRedis *server,
                const char   *name,
                const char   *rights)
{
  g_autofree char *command = g_strdup_printf ("ACL SETUSER %s reset on >pw %s", name, rights);

  tsm_test_redis_do (server, command);
  return g_strdup_printf ("redis://%s:pw@127.0.0.1:%u", name, tsm_test_redis_get_port (server));
}

static TsmLadder *
get_ladder (const SceneMonitor *self)
{
  return tsm_diagnosis_get_ladder (tsm_monitor_get_diagnosis (self->monitor));
}

const TsmVerdict *
scene_monitor_get_verdict (const SceneMonitor *self)
{
  return tsm_ladder_get_verdict (get_ladder (self));
}

gboolean
scene_monitor_is_right (const SceneMonitor *self)
{
  const TsmVerdict *verdict = scene_monitor_get_verdict (self);

  return g_strcmp0 (verdict->code, self->code) == 0 && verdict->rung == self->rung;
}

gboolean
scene_monitor_has_said_all (const SceneMonitor *self)
{
  const SceneRow *row = self->scene->row;

  return self->named != 0 && self->state == row->state && strstr (self->remedy, row->remedy) != NULL;
}

static void
keep_what_is_right (SceneMonitor *self)
{
  const TsmRung *rung = tsm_ladder_get_rung (get_ladder (self), self->rung);

  if (scene_monitor_has_said_all (self))
    return;

  g_assert_cmpstr (rung->code, ==, self->code);
  g_assert_cmpstr (rung->cause, ==, scene_monitor_get_verdict (self)->summary);
  g_assert_nonnull (rung->remedy);
  if (self->named == 0)
    self->named = g_get_monotonic_time ();
  self->state = rung->state;
  g_free (self->remedy);
  self->remedy = g_strdup (rung->remedy);
}

/* What comes after is not of this scene: on a busy machine its turn may be minutes later. */
static gboolean
has_held (const SceneMonitor *self)
{
  return self->named != 0 && g_get_monotonic_time () - self->named > self->scene->row->hold * G_USEC_PER_SEC;
}

static void
changed_cb (TsmDiagnosis *diagnosis,
            SceneMonitor *self)
{
  const TsmVerdict *verdict = scene_monitor_get_verdict (self);

  if (scene_monitor_is_right (self))
    keep_what_is_right (self);
  else if (!has_held (self) && self->strayed == NULL && verdict->code != NULL
           && (self->named != 0 || (verdict->state != TSM_RUNG_PASS && verdict->rung <= self->rung)))
    self->strayed = g_strdup_printf ("%s: %s", verdict->code, verdict->summary);
}

void
scene_expect (Scene      *self,
              const char *code,
              int         rung)
{
  self->monitors[self->n_monitors - 1].code = code;
  self->monitors[self->n_monitors - 1].rung = rung;
}

void
scene_add_monitor_with (Scene      *self,
                        TsmProfile *profile)
{
  SceneMonitor *monitor = &self->monitors[self->n_monitors++];

  g_assert_cmpuint (self->n_monitors, <=, SCENE_MAX_MONITORS);
  monitor->scene = self;
  monitor->monitor = tsm_monitor_new (profile, NULL);
  scene_expect (self, self->row->code, self->row->rung);
  g_signal_connect (tsm_monitor_get_diagnosis (monitor->monitor), "changed", G_CALLBACK (changed_cb), monitor);
  tsm_monitor_start (monitor->monitor);
}

void
scene_add_monitor (Scene      *self,
                   const char *url)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);

  scene_add_monitor_with (self, profile);
}

void
scene_add_engine (Scene      *self,
                  const char *url,
                  const char *channel,
                  const char *fault)
{
  g_autoptr (TsmProfile) profile = tsm_profile_new_from_url (url, NULL);
  TsmTrafficOptions options = TSM_TRAFFIC_OPTIONS_DEFAULT;
  TsmSimulator *engine;

  options.rate = RATE;
  engine = tsm_simulator_new (profile, channel, &options, 0);
  if (fault != NULL)
    tsm_simulator_set_fault (engine, tsm_sim_fault_find (fault));
  tsm_simulator_start (engine);
  g_ptr_array_add (self->engines, engine);
}
