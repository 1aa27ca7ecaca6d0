/* The examiner: the active checks, on connections of their own, within a time limit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     trial: resolve ─▸ … ─▸ subscribe ──────────────────────────────────────────────────────────┐
 *     connection: ready ─▸ try control ─▸ all questions ─▸ count ─ listen, search ─▸ count again ─┴─▸ examination
 *     kin:                                                  ready ─ listen ───────────────────────┘
 */

#include "config.h"

#include "diagnosis/tsm-examiner.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "diagnosis/tsm-door.h"
#include "diagnosis/tsm-examination-private.h"
#include "diagnosis/tsm-kin.h"
#include "diagnosis/tsm-path.h"
#include "diagnosis/tsm-questions.h"
#include "diagnosis/tsm-search.h"
#include "diagnosis/tsm-tally.h"
#include "diagnosis/tsm-watch.h"
#include "redis/tsm-trial.h"

#define DEFAULT_SECONDS 3.0
/* After which what is known has to do. Less than the ten seconds within which a fault is to be named. */
#define LIMIT_MS        6500
/* For the first probe, which may be refused, to be over before the server's refusals are counted. */
#define SETTLE_MS       300
/* For the search to be granted what it asks for; it narrows down twice or thrice. */
#define SEARCH_MS       1500
#define POLL_MS         20
/* For what was published before the second reading to come through. */
#define DRAIN_MS        100
/* After which it is tried again whether we may publish commands. A refusal is counted by the server, and looks to other monitors like
 * that of a publisher. µs. */
#define REFUSED_US      (60 * G_USEC_PER_SEC)
#define MAX_KIN         4
#define MAX_FOUND       4

typedef enum
{
  PHASE_CONNECT,
  PHASE_TRY,     /* whether we may publish commands */
  PHASE_ASK,     /* and count for the first time */
  PHASE_LISTEN,
  PHASE_COUNT,   /* for the second time */
  PHASE_DONE,
} Phase;

typedef struct
{
  GTask              *task;
  TsmProfile         *profile;
  TsmExamination     *result;
  TsmExamination     *earlier;    /* (nullable) */
  double              seconds;
  gboolean            listen;
  gboolean            anew;
  Phase               phase;

  TsmTrial           *trial;
  TsmConnection      *connection; /* asks; what it listens to nobody uses */
  TsmQuestions       *questions;
  TsmSearch          *search;     /* (nullable) */
  GPtrArray          *kin;        /* of TsmKin */
  TsmDoor            *door;       /* (nullable) */
  TsmWatch            watch;
  gint64              n_ours;     /* connections when the clients were counted, the live one's among them */

  GSource            *limit;
  GSource            *timer;
  GSource            *cancelled;  /* (nullable) */
} Examiner;

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
set_timer (GSource     **source,
           guint         ms,
           GSourceFunc   func,
           Examiner     *self)
{
  drop_source (source);
  *source = g_timeout_source_new (ms);
  g_source_set_callback (*source, func, self, NULL);
  g_source_attach (*source, g_task_get_context (self->task));
}

static void
examiner_free (gpointer data)
{
  Examiner *self = data;

  drop_source (&self->limit);
  drop_source (&self->timer);
  drop_source (&self->cancelled);
  g_clear_pointer (&self->questions, tsm_questions_free);
  g_clear_pointer (&self->search, tsm_search_free);
  g_clear_pointer (&self->kin, g_ptr_array_unref);
  g_clear_pointer (&self->door, tsm_door_free);
  if (self->trial != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->trial, self);
      tsm_trial_cancel (self->trial);
      g_object_unref (self->trial);
    }
  g_signal_handlers_disconnect_by_data (self->connection, self);
  tsm_connection_stop (self->connection);
  g_object_unref (self->connection);
  g_clear_object (&self->watch.live);
  g_object_unref (self->profile);
  tsm_examination_unref (self->result);
  g_clear_pointer (&self->earlier, tsm_examination_unref);
  g_free (self);
}

static void
take_search (Examiner *self,
             gint64    now)
{
  TsmExamination *result = self->result;

  if (self->search == NULL)
    return;

  if (tsm_search_get_start (self->search) != 0)
    result->listened = (now - tsm_search_get_start (self->search)) / (double) G_USEC_PER_SEC;
  result->pattern = tsm_search_dup_pattern (self->search);
  result->spares_control = tsm_search_spares_control (self->search);
  g_ptr_array_unref (result->near_misses);
  result->near_misses = tsm_search_finish (self->search, now);
  if (result->pattern == NULL && tsm_search_is_settled (self->search))
    {
      const char *user = tsm_profile_get_user (self->profile);
      g_autofree char *grant = g_strdup_printf ("ACL SETUSER %s +psubscribe &tickstock:*", user != NULL ? user : "default");

      tsm_examination_add_missing (result, TSM_RUNG_CHANNEL, "PSUBSCRIBE tickstock:*", "NOPERM", grant);
    }
}

/* The live connection has two, and so has ours. */
static gint64
count_ours (Examiner *self)
{
  return 4 + (self->search != NULL ? tsm_search_get_n_links (self->search) : 0) + !tsm_trial_is_done (self->trial);
}

/* Where only the number of clients is known. */
static void
take_others (Examiner *self)
{
  TsmExamination *result = self->result;

  if (result->n_candidates < 0 && result->server.connected_clients >= 0)
    result->n_others = (int) CLAMP (result->server.connected_clients - self->n_ours, 0, G_MAXINT);
}

/* From the main loop and nowhere else: with the task goes all that may have called us. */
static gboolean
finish_cb (gpointer user_data)
{
  Examiner *self = user_data;
  TsmExamination *result = self->result;
  gint64 now = g_get_monotonic_time ();
  const GError *error = tsm_connection_get_error (self->connection);
  GTask *task = self->task;

  tsm_path_take (result, self->trial);
  take_search (self, now);
  take_others (self);
  for (guint i = 0; i < self->kin->len; i++)
    tsm_kin_tell (g_ptr_array_index (self->kin, i), result);
  if (tsm_connection_get_command_state (self->connection) != TSM_LINK_READY && error != NULL)
    result->error = g_error_copy (error);

  result->finished = now;
  result->finished_real = g_get_real_time ();
  tsm_tally_take (result, self->earlier);
  /* it tells its owner, who may be gone once the task has returned */
  g_clear_pointer (&self->search, tsm_search_free);
  g_task_return_pointer (task, tsm_examination_ref (result), (GDestroyNotify) tsm_examination_unref);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
finish_soon (Examiner *self)
{
  self->phase = PHASE_DONE;
  g_source_set_ready_time (self->limit, 0);
}

/* Where no connection can be made, the trial says why. */
static void
finish_if_it_is_in_vain (Examiner *self)
{
  gboolean failed = tsm_trial_get_verdict (self->trial) == TSM_TRIAL_FAIL
                    || tsm_connection_get_command_state (self->connection) == TSM_LINK_WAITING;

  if (self->phase == PHASE_CONNECT && failed && tsm_trial_is_done (self->trial))
    finish_soon (self);
}

static void
trial_changed_cb (Examiner *self)
{
  finish_if_it_is_in_vain (self);
}

static gboolean
count_again_cb (gpointer user_data)
{
  Examiner *self = user_data;

  drop_source (&self->timer);
  self->phase = PHASE_COUNT;
  tsm_questions_count (self->questions, &self->result->after);
  return G_SOURCE_REMOVE;
}

static void
add_kin (Examiner   *self,
         const char *address,
         const char *role)
{
  TsmKin *kin;

  if (self->kin->len >= MAX_KIN)
    return;
  for (guint i = 0; i < self->kin->len; i++)
    if (g_str_equal (tsm_kin_get_address (g_ptr_array_index (self->kin, i)), address))
      return;

  kin = tsm_kin_new (self->profile, address, role);
  if (kin != NULL)
    g_ptr_array_add (self->kin, kin);
}

static void
add_all_kin (Examiner    *self,
             char       **replicas)
{
  for (; replicas != NULL && *replicas != NULL; replicas++)
    add_kin (self, *replicas, "replica");
}

/* A replica names its primary, and that one its other replicas. */
static void
visit_kin (Examiner *self)
{
  const TsmServerFacts *server = &self->result->server;
  g_autofree char *primary = NULL;

  if (server->master_host != NULL && server->master_port > 0)
    {
      TsmEndpoint endpoint = { server->master_host, (guint16) server->master_port };

      primary = tsm_endpoint_to_string (&endpoint);
      add_kin (self, primary, "primary");
    }
  add_all_kin (self, server->replicas);
}

static gboolean
visit_siblings_cb (gpointer user_data)
{
  Examiner *self = user_data;

  if (self->kin->len > 0)
    {
      g_auto (GStrv) replicas = tsm_kin_dup_replicas (g_ptr_array_index (self->kin, 0));

      add_all_kin (self, replicas);
    }
  set_timer (&self->timer, (guint) (self->seconds * 800), count_again_cb, self);
  return G_SOURCE_REMOVE;
}

static void
listen_awhile (Examiner *self)
{
  self->phase = PHASE_LISTEN;
  if (tsm_questions_may_not_try (self->questions))
    self->door = tsm_door_new (self->profile, self->result);
  if (self->listen)
    visit_kin (self);
  if (self->kin->len > 0)
    set_timer (&self->timer, (guint) (self->seconds * 200), visit_siblings_cb, self);
  else
    set_timer (&self->timer, (guint) (self->seconds * 1000), count_again_cb, self);
}

static void
ask_all (Examiner *self)
{
  self->phase = PHASE_ASK;
  self->n_ours = count_ours (self);
  self->watch.trial = !tsm_trial_is_done (self->trial);
  tsm_watch_begin (&self->watch);
  tsm_questions_ask (self->questions, self->profile);
  tsm_questions_count (self->questions, &self->result->before);
}

static gboolean
take_heard_cb (gpointer user_data)
{
  Examiner *self = user_data;

  drop_source (&self->timer);
  tsm_watch_end (&self->watch, self->result);
  finish_soon (self);
  return G_SOURCE_REMOVE;
}

static void
answered_cb (gpointer owner)
{
  Examiner *self = owner;

  switch (self->phase)
    {
    case PHASE_TRY:
      ask_all (self);
      break;
    case PHASE_ASK:
      listen_awhile (self);
      break;
    case PHASE_COUNT:
      set_timer (&self->timer, DRAIN_MS, take_heard_cb, self);
      break;
    case PHASE_CONNECT:
    case PHASE_LISTEN:
    case PHASE_DONE:
    default:
      break;
    }
}

/* Takes over that we may not publish commands, where that was found out lately at this server. */
static gboolean
take_refusal (Examiner *self)
{
  const TsmServerInfo *info = tsm_connection_get_server_info (self->connection);
  const TsmExamination *earlier = self->earlier;

  if (self->anew || earlier == NULL || earlier->control_refused == 0
      || g_get_monotonic_time () - earlier->control_refused > REFUSED_US
      || info == NULL || g_strcmp0 (info->run_id, earlier->server.run_id) != 0)
    return FALSE;

  self->result->control_error = g_strdup (earlier->control_error);
  self->result->control_refused = earlier->control_refused;
  return TRUE;
}

/* What is counted is to be heard, too. */
static gboolean
waits_for_search (Examiner *self)
{
  return self->search != NULL && !tsm_search_is_settled (self->search)
         && g_get_monotonic_time () - self->result->started < SEARCH_MS * G_TIME_SPAN_MILLISECOND;
}

static gboolean
try_cb (gpointer user_data)
{
  Examiner *self = user_data;

  drop_source (&self->timer);
  if (waits_for_search (self))
    set_timer (&self->timer, POLL_MS, try_cb, self);
  else if (tsm_profile_is_read_only (self->profile) || take_refusal (self))
    ask_all (self);
  else
    tsm_questions_try_control (self->questions);
  return G_SOURCE_REMOVE;
}

static void
connection_changed_cb (Examiner *self)
{
  if (self->phase == PHASE_CONNECT && tsm_connection_get_command_state (self->connection) == TSM_LINK_READY)
    {
      self->phase = PHASE_TRY;
      set_timer (&self->timer, SETTLE_MS, try_cb, self);
    }
  else
    finish_if_it_is_in_vain (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  finish_soon (user_data);
  return G_SOURCE_REMOVE;
}

static TsmConnection *
make_connection (TsmProfile *profile)
{
  g_autoptr (TsmProfile) copy = tsm_profile_copy (profile);
  const char *channels[] = { TSM_QUESTIONS_CHANNEL, NULL };

  tsm_profile_set_channels (copy, channels);
  return tsm_connection_new_without_probe (copy);
}

/* (transfer full): channels on which events were heard: those are heard again, without a search that is as wide. */
static char **
dup_found (const TsmExamination *earlier)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; earlier != NULL && i < earlier->near_misses->len && n < MAX_FOUND; i++)
    {
      const TsmNearMiss *miss = g_ptr_array_index (earlier->near_misses, i);

      if (!tsm_near_miss_has_events (miss))
        continue;
      g_strv_builder_add (names, miss->channel);
      n++;
    }
  return g_strv_builder_end (names);
}

static Examiner *
examiner_new (GTask                    *task,
              TsmProfile               *profile,
              const TsmExaminerOptions *options)
{
  Examiner *self = g_new0 (Examiner, 1);
  g_auto (GStrv) found = dup_found (options->before);

  self->task = task;
  self->profile = tsm_profile_copy (profile);
  self->result = tsm_examination_new ();
  self->result->started = g_get_monotonic_time ();
  self->result->deep = options->deep;
  self->result->control.name = g_strdup (tsm_profile_get_control_channel (profile));
  self->earlier = options->before != NULL ? tsm_examination_ref (options->before) : NULL;
  self->seconds = options->seconds > 0 ? options->seconds : DEFAULT_SECONDS;
  self->listen = options->listen || options->deep;
  self->anew = options->anew;
  self->kin = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_kin_free);
  self->trial = tsm_trial_new (profile);
  self->connection = make_connection (profile);
  self->questions = tsm_questions_new (self->connection, self->result, tsm_profile_get_user (profile), answered_cb, self);
  if (self->listen)
    self->search = tsm_search_new (self->profile, options->deep, (const char * const *) found, options->n_listeners);
  self->watch.search = self->search;
  self->watch.live = options->live != NULL ? g_object_ref (options->live) : NULL;
  return self;
}

/**
 * tsm_examine_async:
 * @profile: the connection that is examined
 * @options: what to do
 * @cancellable: (nullable): to give up
 * @callback: called when all is known
 * @user_data: passed to @callback
 *
 * Runs all active checks: tries the path step by step, asks the server about itself, us, its clients and its channels, counts what
 * is published in a span of time and, where asked for, listens to similar channels and at related servers. Takes the seconds of the
 * options and a little more; up to six seconds longer where something does not answer.
 */
void
tsm_examine_async (TsmProfile               *profile,
                   const TsmExaminerOptions *options,
                   GCancellable             *cancellable,
                   GAsyncReadyCallback       callback,
                   gpointer                  user_data)
{
  GTask *task;
  Examiner *self;

  g_return_if_fail (TSM_IS_PROFILE (profile));
  g_return_if_fail (options != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tsm_examine_async);
  self = examiner_new (task, profile, options);
  g_task_set_task_data (task, self, examiner_free);

  set_timer (&self->limit, LIMIT_MS + (guint) (self->seconds * 1000), finish_cb, self);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelled, g_task_get_context (task));
    }
  g_signal_connect_swapped (self->trial, "changed", G_CALLBACK (trial_changed_cb), self);
  g_signal_connect_swapped (self->connection, "state-changed", G_CALLBACK (connection_changed_cb), self);
  tsm_trial_start (self->trial);
  tsm_connection_start (self->connection);
}

/**
 * tsm_examine_finish:
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found out; a server that cannot be reached is a finding
 */
TsmExamination *
tsm_examine_finish (GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
