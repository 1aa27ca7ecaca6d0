/* Tries a profile once, step by step, on a link of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is the same link as that of a live connection, so what works here works there. What the link tells is written down at
 * once, and told by a source of its own, as the link must not be freed by what it calls.
 */

#include "redis/tsm-trial.h"

#include <string.h>

#include "redis/tsm-asker.h"
#include "redis/tsm-link-error.h"
#include "redis/tsm-link.h"
#include "redis/tsm-server-info.h"
#include "redis/tsm-timer.h"
#include "redis/tsm-trial-words.h"

struct _TsmTrial
{
  GObject         parent_instance;

  TsmProfile     *profile;
  TsmTiming       timing;
  TsmTrialResult  results[TSM_N_TRIAL_STEPS];
  TsmTrialStep    step;       /* the one that is RUNNING */
  gint64          begun;      /* monotonic µs, of that step */
  gboolean        started;
  gboolean        done;

  TsmLink        *link;
  TsmAsker        asker;
  GSource        *news;
  TsmCertificate *certificate;
  gint64          receivers;
  char           *control_refusal;
};

G_DEFINE_FINAL_TYPE (TsmTrial, tsm_trial, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Which step an error belongs to, where the state of the link does not tell: several come out while it signs in. Before that it is
 * a sentinel that refuses us, and the server was not even looked for. */
static const struct
{
  TsmLinkError code;
  TsmTrialStep step;
} error_steps[] = {
  { TSM_LINK_ERROR_TLS_REQUIRED, TSM_TRIAL_TLS },
  { TSM_LINK_ERROR_TLS_CLIENT, TSM_TRIAL_TLS },
  { TSM_LINK_ERROR_AUTH_REQUIRED, TSM_TRIAL_AUTHENTICATE },
  { TSM_LINK_ERROR_AUTH_WRONG, TSM_TRIAL_AUTHENTICATE },
};

/* Which step is under way in each state of the link. */
static const TsmTrialStep state_steps[] = {
  [TSM_LINK_IDLE] = TSM_TRIAL_RESOLVE,
  [TSM_LINK_WAITING] = TSM_TRIAL_RESOLVE,
  [TSM_LINK_RESOLVING] = TSM_TRIAL_RESOLVE,
  [TSM_LINK_CONNECTING] = TSM_TRIAL_CONNECT,
  [TSM_LINK_SECURING] = TSM_TRIAL_TLS,
  [TSM_LINK_AUTHENTICATING] = TSM_TRIAL_SERVER,
  [TSM_LINK_SUBSCRIBING] = TSM_TRIAL_SUBSCRIBE,
  [TSM_LINK_READY] = TSM_TRIAL_SUBSCRIBE,
};

static void
tell (TsmTrial *self)
{
  tsm_timer_set (self->news, 0);
}

static void
end_step (TsmTrial      *self,
          TsmTrialStep   step,
          TsmTrialState  state,
          char          *words)
{
  TsmTrialResult *result = &self->results[step];

  result->state = state;
  if (state != TSM_TRIAL_SKIPPED && step == self->step)
    result->duration = g_get_monotonic_time () - self->begun;
  g_free (result->words);
  result->words = words;
  tell (self);
}

static gboolean
is_skipped (TsmTrial     *self,
            TsmTrialStep  step)
{
  switch (step)
    {
    case TSM_TRIAL_RESOLVE:
      return tsm_profile_get_socket_path (self->profile) != NULL;
    case TSM_TRIAL_TLS:
      return !tsm_profile_uses_tls (self->profile);
    default:
      return FALSE;
    }
}

/* The step under way has passed, or there was nothing to do. */
static void
pass (TsmTrial *self)
{
  const TsmEndpoint *endpoint = tsm_link_get_endpoint (self->link);

  if (is_skipped (self, self->step))
    end_step (self, self->step, TSM_TRIAL_SKIPPED, NULL);
  else
    end_step (self, self->step, TSM_TRIAL_PASS,
              tsm_trial_words_for_step (self->step, self->profile, tsm_link_get_report (self->link), endpoint));
}

/* What lies before @step has passed. */
static void
go_to (TsmTrial     *self,
       TsmTrialStep  step)
{
  while (self->step < step)
    {
      if (self->results[self->step].state == TSM_TRIAL_RUNNING)
        pass (self);
      self->step++;
      self->begun = g_get_monotonic_time ();
      self->results[self->step].state = TSM_TRIAL_RUNNING;
      tell (self);
    }
}

static void
finish (TsmTrial *self)
{
  self->done = TRUE;
  tell (self);
}

/* @error: (transfer full) */
static void
fail (TsmTrial *self,
      GError   *error)
{
  TsmTrialStep step = self->step;

  for (guint i = 0; i < G_N_ELEMENTS (error_steps); i++)
    if (self->step > TSM_TRIAL_RESOLVE && g_error_matches (error, TSM_LINK_ERROR, (int) error_steps[i].code))
      step = error_steps[i].step;

  if (step > self->step)
    {
      go_to (self, step);
    }
  else if (step < self->step)
    {
      self->results[self->step].state = TSM_TRIAL_PENDING;
      self->step = step;
    }

  end_step (self, step, TSM_TRIAL_FAIL, NULL);
  g_clear_error (&self->results[step].error);
  self->results[step].error = error;
  finish (self);
}

static void
judge_control (TsmTrial *self)
{
  TsmTrialState state = self->receivers > 0 ? TSM_TRIAL_PASS : TSM_TRIAL_WARN;

  self->step = TSM_TRIAL_CONTROL;
  end_step (self, TSM_TRIAL_CONTROL, tsm_profile_is_read_only (self->profile) ? TSM_TRIAL_SKIPPED : state,
            tsm_trial_words_for_control (self->profile, self->receivers, self->control_refusal));
}

/* All channels have been answered. */
static void
asked_cb (gpointer owner)
{
  TsmTrial *self = owner;
  TsmTrialResult *result = &self->results[TSM_TRIAL_SUBSCRIBE];
  const char *refusal = NULL;
  guint n_granted = 0;

  for (guint i = 0; i < self->asker.channels->len; i++)
    {
      const TsmChannel *channel = g_ptr_array_index (self->asker.channels, i);

      n_granted += channel->acknowledged ? 1 : 0;
      if (channel->refusal != NULL)
        refusal = channel->refusal;
    }

  if (refusal != NULL && n_granted == 0)
    {
      fail (self, tsm_link_error_new_from_server (refusal, NULL));
      result->words = tsm_trial_words_for_channels (self->asker.channels);
      return;
    }

  end_step (self, TSM_TRIAL_SUBSCRIBE, refusal != NULL ? TSM_TRIAL_WARN : TSM_TRIAL_PASS,
            tsm_trial_words_for_channels (self->asker.channels));
  if (refusal != NULL)
    result->error = tsm_link_error_new_from_server (refusal, NULL);
  judge_control (self);
  finish (self);
}

/* The answer to PUBSUB NUMSUB: [name, number]. */
static void
counted_cb (const redisReply *reply,
            const GError     *error,
            gpointer          user_data)
{
  TsmTrial *self = user_data;

  if (reply == NULL)
    return;

  if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 2 && reply->element[1]->type == REDIS_REPLY_INTEGER)
    self->receivers = reply->element[1]->integer;
  else if (reply->type == REDIS_REPLY_ERROR)
    self->control_refusal = g_utf8_make_valid (reply->str, -1);
  tsm_asker_start (&self->asker);
}

/* The count is asked for while commands may still be sent on the link: once it is subscribed, they may not. */
static void
greeted_cb (TsmServerInfo *info,
            gpointer       owner)
{
  TsmTrial *self = owner;
  g_autoptr (TsmServerInfo) facts = info;
  const char *argv[] = { "PUBSUB", "NUMSUB", tsm_profile_get_control_channel (self->profile) };
  gsize lengths[] = { strlen (argv[0]), strlen (argv[1]), strlen (argv[2]) };

  end_step (self, TSM_TRIAL_SERVER, g_strcmp0 (facts->role, "slave") == 0 ? TSM_TRIAL_WARN : TSM_TRIAL_PASS,
            tsm_trial_words_for_server (facts));
  go_to (self, TSM_TRIAL_SUBSCRIBE);
  self->results[TSM_TRIAL_AUTHENTICATE].duration = -1;
  tsm_link_send (self->link, G_N_ELEMENTS (argv), argv, lengths, counted_cb, self);
}

static void
pushed_cb (const redisReply *reply,
           gpointer          owner)
{
}

static void
note_certificate (TsmTrial *self)
{
  const TsmCertificate *certificate = tsm_link_get_report (self->link)->tls.certificate;

  if (certificate == NULL)
    return;

  g_clear_pointer (&self->certificate, tsm_certificate_free);
  self->certificate = tsm_certificate_copy (certificate);
}

static void
down_cb (gpointer owner)
{
  TsmTrial *self = owner;
  const GError *error = tsm_link_get_status (self->link)->error;

  tsm_asker_forget (&self->asker);
  note_certificate (self);
  if (!self->done && error != NULL)
    fail (self, g_error_copy (error));
}

static void
changed_cb (gpointer owner)
{
  TsmTrial *self = owner;
  TsmLinkState state = tsm_link_get_status (self->link)->state;

  if (self->done || state <= TSM_LINK_WAITING)
    return;

  note_certificate (self);
  go_to (self, state_steps[state]);
}

static const TsmLinkFuncs link_funcs = {
  .greeted = greeted_cb,
  .pushed = pushed_cb,
  .down = down_cb,
  .changed = changed_cb,
};

static gboolean
news_cb (gpointer user_data)
{
  g_autoptr (TsmTrial) self = g_object_ref (user_data);

  if (self->done)
    tsm_link_stop (self->link);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tsm_trial_dispose (GObject *object)
{
  tsm_trial_cancel (TSM_TRIAL (object));

  G_OBJECT_CLASS (tsm_trial_parent_class)->dispose (object);
}

static void
tsm_trial_finalize (GObject *object)
{
  TsmTrial *self = TSM_TRIAL (object);

  g_clear_pointer (&self->link, tsm_link_free);
  g_clear_pointer (&self->news, tsm_timer_free);
  g_clear_pointer (&self->asker.channels, g_ptr_array_unref);
  g_clear_pointer (&self->certificate, tsm_certificate_free);
  g_clear_object (&self->profile);
  g_free (self->control_refusal);
  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    {
      g_free (self->results[i].words);
      g_clear_error (&self->results[i].error);
    }

  G_OBJECT_CLASS (tsm_trial_parent_class)->finalize (object);
}

static void
tsm_trial_class_init (TsmTrialClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_trial_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_trial_finalize;

  /**
   * TsmTrial::changed:
   *
   * A step has begun or ended; at most once per iteration of the main loop.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TSM_TYPE_TRIAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsm_trial_init (TsmTrial *self)
{
  self->receivers = -1;
  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    self->results[i].duration = -1;
}

/**
 * tsm_trial_new:
 * @profile: what to try; a copy is kept
 *
 * Returns: (transfer full): a trial that is not started, in the thread-default main context of the caller
 */
TsmTrial *
tsm_trial_new (TsmProfile *profile)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  const char * const *names;
  TsmTrial *self;

  g_return_val_if_fail (TSM_IS_PROFILE (profile), NULL);

  self = g_object_new (TSM_TYPE_TRIAL, NULL);
  self->profile = tsm_profile_copy (profile);
  self->timing = TSM_TIMING_DEFAULT;
  self->timing.connect_ms = tsm_profile_get_number (profile, TSM_PROFILE_CONNECT_TIMEOUT);
  self->timing.reply_ms = tsm_profile_get_number (profile, TSM_PROFILE_REPLY_TIMEOUT);
  self->news = tsm_timer_new (context, news_cb, self);
  self->link = tsm_link_new (self->profile, context, &self->timing, &link_funcs, self);
  self->asker = (TsmAsker) {
    .link = self->link,
    .channels = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_channel_free),
    .done = asked_cb,
    .owner = self,
  };
  for (names = tsm_profile_get_channels (self->profile); *names != NULL; names++)
    g_ptr_array_add (self->asker.channels, tsm_channel_new (*names));

  return self;
}

/**
 * tsm_trial_start:
 * @self: a trial that was not started yet
 *
 * Begins. "changed" is emitted as it goes on.
 */
void
tsm_trial_start (TsmTrial *self)
{
  g_return_if_fail (TSM_IS_TRIAL (self));
  g_return_if_fail (!self->started);

  self->started = TRUE;
  self->begun = g_get_monotonic_time ();
  self->results[TSM_TRIAL_RESOLVE].state = TSM_TRIAL_RUNNING;
  tell (self);
  tsm_link_start (self->link);
}

/**
 * tsm_trial_cancel:
 * @self: a trial
 *
 * Gives up what is under way. The step that was RUNNING is PENDING again.
 */
void
tsm_trial_cancel (TsmTrial *self)
{
  g_return_if_fail (TSM_IS_TRIAL (self));

  if (!self->done && self->results[self->step].state == TSM_TRIAL_RUNNING)
    self->results[self->step].state = TSM_TRIAL_PENDING;
  self->done = TRUE;
  tsm_link_stop (self->link);
  tsm_timer_unset (self->news);
}

/**
 * tsm_trial_is_done:
 * @self: a trial
 *
 * Returns: whether no step will change any more: all have ended, one has failed, or it was cancelled
 */
gboolean
tsm_trial_is_done (TsmTrial *self)
{
  g_return_val_if_fail (TSM_IS_TRIAL (self), TRUE);

  return self->done;
}

/**
 * tsm_trial_get_result:
 * @self: a trial
 * @step: a step
 *
 * Returns: (transfer none): how it stands now
 */
const TsmTrialResult *
tsm_trial_get_result (TsmTrial     *self,
                      TsmTrialStep  step)
{
  g_return_val_if_fail (TSM_IS_TRIAL (self), NULL);
  g_return_val_if_fail (step < TSM_N_TRIAL_STEPS, NULL);

  return &self->results[step];
}

/**
 * tsm_trial_get_verdict:
 * @self: a trial
 *
 * Returns: RUNNING until the trial is done; then FAIL where a step failed, PENDING where it was cancelled, else WARN where a
 *   step has a warning, else PASS
 */
TsmTrialState
tsm_trial_get_verdict (TsmTrial *self)
{
  TsmTrialState verdict = TSM_TRIAL_PASS;

  g_return_val_if_fail (TSM_IS_TRIAL (self), TSM_TRIAL_PENDING);

  if (!self->done)
    return TSM_TRIAL_RUNNING;

  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    {
      TsmTrialState state = self->results[i].state;

      if (state == TSM_TRIAL_FAIL || state == TSM_TRIAL_PENDING)
        return state;
      if (state == TSM_TRIAL_WARN)
        verdict = TSM_TRIAL_WARN;
    }

  return verdict;
}

/**
 * tsm_trial_get_certificate:
 * @self: a trial
 *
 * Returns: (transfer none) (nullable): the certificate that the server showed, accepted or not; %NULL where none was shown
 */
const TsmCertificate *
tsm_trial_get_certificate (TsmTrial *self)
{
  g_return_val_if_fail (TSM_IS_TRIAL (self), NULL);

  return self->certificate;
}

/**
 * tsm_trial_get_receivers:
 * @self: a trial
 *
 * Returns: how many listen on the control channel; -1 where that is not known
 */
gint64
tsm_trial_get_receivers (TsmTrial *self)
{
  g_return_val_if_fail (TSM_IS_TRIAL (self), -1);

  return self->receivers;
}
