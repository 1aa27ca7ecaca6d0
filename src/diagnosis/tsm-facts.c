/* TsmDiagnosisFacts: everything that is known about the event path, without any judgement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-facts.h"

#include <math.h>

#include "diagnosis/tsm-examination-private.h"

static void
heard_channel_free (gpointer data)
{
  TsmHeardChannel *channel = data;

  g_free (channel->name);
  g_free (channel);
}

/**
 * tsm_diagnosis_facts_new:
 *
 * Returns: (transfer full): facts that know nothing: numbers are -1 or NaN, and the path is not reached
 */
TsmDiagnosisFacts *
tsm_diagnosis_facts_new (void)
{
  TsmDiagnosisFacts *self = g_new0 (TsmDiagnosisFacts, 1);

  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    tsm_path_step_init (&self->path[i]);
  tsm_server_facts_init (&self->server);
  self->database = -1;
  self->link.round_trip = -1;
  self->control_receivers = -1;
  self->channels = g_ptr_array_new_with_free_func (heard_channel_free);
  self->semantics.all.cadence = NAN;
  self->semantics.metrics.cadence = NAN;
  self->semantics.skew = NAN;
  return self;
}

static void
link_facts_clear (TsmLinkFacts *self)
{
  g_clear_error (&self->error);
  g_clear_error (&self->last_loss);
  g_free (self->probe_error);
}

void
tsm_diagnosis_facts_free (TsmDiagnosisFacts *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    tsm_path_step_clear (&self->path[i]);
  tsm_server_facts_clear (&self->server);
  link_facts_clear (&self->link);
  tsm_semantic_facts_clear (&self->semantics);
  g_ptr_array_unref (self->channels);
  g_free (self->address);
  g_free (self->host);
  g_free (self->user);
  g_free (self->control_channel);
  g_free (self->control_error);
  g_clear_pointer (&self->examination, tsm_examination_unref);
  g_free (self);
}

/**
 * tsm_diagnosis_facts_add_channel:
 * @self: facts
 * @name: of a channel of the profile
 * @is_pattern: whether it is one
 * @acknowledged: whether the server has confirmed it
 * @messages: that came on it
 *
 * Adds a channel of the live link.
 */
void
tsm_diagnosis_facts_add_channel (TsmDiagnosisFacts *self,
                                 const char        *name,
                                 gboolean           is_pattern,
                                 gboolean           acknowledged,
                                 guint64            messages)
{
  TsmHeardChannel *channel = g_new0 (TsmHeardChannel, 1);

  channel->name = g_strdup (name);
  channel->is_pattern = is_pattern;
  channel->acknowledged = acknowledged;
  channel->messages = messages;
  g_ptr_array_add (self->channels, channel);
}

/**
 * tsm_diagnosis_facts_is_listening:
 * @self: facts
 *
 * Returns: whether we are subscribed to one channel at the least
 */
gboolean
tsm_diagnosis_facts_is_listening (const TsmDiagnosisFacts *self)
{
  if (self->link.subscriber != TSM_LINK_READY)
    return FALSE;

  for (guint i = 0; i < self->channels->len; i++)
    if (((TsmHeardChannel *) g_ptr_array_index (self->channels, i))->acknowledged)
      return TRUE;
  return FALSE;
}

/**
 * tsm_diagnosis_facts_get_silence:
 * @self: facts
 *
 * Returns: µs that we have listened since the last message of any kind; 0 where we do not listen, or have not yet read what came
 */
gint64
tsm_diagnosis_facts_get_silence (const TsmDiagnosisFacts *self)
{
  if (!tsm_diagnosis_facts_is_listening (self) || self->link.queued > 0)
    return 0;

  return MAX (self->now - MAX (self->intake.last, self->link.ready_since), 0);
}

/**
 * tsm_diagnosis_facts_is_quiet:
 * @self: facts
 *
 * Returns: whether we listen, and nothing comes although it should: nothing ever came and we have listened long enough, or it
 *   has stopped
 */
gboolean
tsm_diagnosis_facts_is_quiet (const TsmDiagnosisFacts *self)
{
  gint64 silence = tsm_diagnosis_facts_get_silence (self);

  if (!tsm_diagnosis_facts_is_listening (self))
    return FALSE;
  return self->intake.last == 0 ? silence >= self->patience
                                : silence > self->semantics.all.patience;
}
