/* TsmExamination: what one run of the active checks found out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "diagnosis/tsm-examination-private.h"

#include "redis/tsm-channel.h"

void
tsm_path_step_init (TsmPathStep *self)
{
  *self = (TsmPathStep) { .state = TSM_RUNG_UNKNOWN, .duration = -1 };
}

void
tsm_path_step_clear (TsmPathStep *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->words, g_free);
}

/* @copy must have been initialised. */
void
tsm_path_step_copy (const TsmPathStep *self,
                    TsmPathStep       *copy)
{
  tsm_path_step_clear (copy);
  *copy = *self;
  copy->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  copy->words = g_strdup (self->words);
}

void
tsm_server_facts_init (TsmServerFacts *self)
{
  *self = (TsmServerFacts) {
    .uptime_seconds = -1, .loading = -1, .cluster_enabled = -1, .master_port = -1, .link_down_seconds = -1,
    .connected_clients = -1, .max_clients = -1, .largest_output_buffer = -1,
  };
}

void
tsm_server_facts_clear (TsmServerFacts *self)
{
  g_free (self->product);
  g_free (self->version);
  g_free (self->run_id);
  g_free (self->role);
  g_free (self->mode);
  g_free (self->master_host);
  g_free (self->link_status);
  g_strfreev (self->replicas);
  tsm_server_facts_init (self);
}

/* @copy must have been initialised. */
void
tsm_server_facts_copy (const TsmServerFacts *self,
                       TsmServerFacts       *copy)
{
  tsm_server_facts_clear (copy);
  *copy = *self;
  copy->product = g_strdup (self->product);
  copy->version = g_strdup (self->version);
  copy->run_id = g_strdup (self->run_id);
  copy->role = g_strdup (self->role);
  copy->mode = g_strdup (self->mode);
  copy->master_host = g_strdup (self->master_host);
  copy->link_status = g_strdup (self->link_status);
  copy->replicas = g_strdupv (self->replicas);
}

void
tsm_counters_init (TsmCounters *self)
{
  *self = (TsmCounters) { 0, -1, -1, -1, -1, -1, -1, -1 };
}

static void
client_facts_free (gpointer data)
{
  TsmClientFacts *client = data;

  g_free (client->name);
  g_free (client->address);
  g_free (client->user);
  g_free (client->last_command);
  g_free (client);
}

static void
channel_facts_clear (TsmChannelFacts *self)
{
  g_free (self->name);
  g_free (self->key_type);
}

static void
channel_facts_free (gpointer data)
{
  channel_facts_clear (data);
  g_free (data);
}

static void
kin_facts_free (gpointer data)
{
  TsmKinFacts *kin = data;

  g_free (kin->address);
  g_free (kin->role);
  g_free (kin->error);
  g_free (kin);
}

static void
missing_free (gpointer data)
{
  TsmMissing *missing = data;

  g_free (missing->command);
  g_free (missing->words);
  g_free (missing->grant);
  g_free (missing);
}

/**
 * tsm_examination_new:
 *
 * Returns: (transfer full): an examination that has found nothing; @clients is %NULL
 */
TsmExamination *
tsm_examination_new (void)
{
  TsmExamination *self = g_new0 (TsmExamination, 1);

  g_atomic_ref_count_init (&self->ref_count);
  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    tsm_path_step_init (&self->path[i]);
  tsm_server_facts_init (&self->server);
  tsm_counters_init (&self->before);
  tsm_counters_init (&self->after);
  self->n_candidates = -1;
  self->n_others = -1;
  self->n_probes = -1;
  self->control.subscribers = -1;
  self->near_misses = g_ptr_array_new_with_free_func ((GDestroyNotify) tsm_near_miss_free);
  self->channels = g_ptr_array_new_with_free_func (channel_facts_free);
  self->kin = g_ptr_array_new_with_free_func (kin_facts_free);
  self->missing = g_ptr_array_new_with_free_func (missing_free);
  return self;
}

TsmExamination *
tsm_examination_ref (TsmExamination *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tsm_examination_unref (TsmExamination *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < TSM_N_PATH_RUNGS; i++)
    tsm_path_step_clear (&self->path[i]);
  tsm_server_facts_clear (&self->server);
  channel_facts_clear (&self->control);
  g_clear_error (&self->error);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_ptr_array_unref (self->near_misses);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->kin);
  g_ptr_array_unref (self->missing);
  g_free (self->who);
  g_free (self->pattern);
  g_free (self->control_error);
  g_strfreev (self->shard_channels);
  g_free (self);
}

/**
 * tsm_examination_add_client:
 * @self: an examination
 *
 * Returns: (transfer none): a new client, all of whose members are empty
 */
TsmClientFacts *
tsm_examination_add_client (TsmExamination *self)
{
  TsmClientFacts *client = g_new0 (TsmClientFacts, 1);

  if (self->clients == NULL)
    self->clients = g_ptr_array_new_with_free_func (client_facts_free);
  g_ptr_array_add (self->clients, client);
  return client;
}

TsmChannelFacts *
tsm_examination_add_channel (TsmExamination *self,
                             const char     *name)
{
  TsmChannelFacts *channel = g_new0 (TsmChannelFacts, 1);

  channel->name = g_strdup (name);
  channel->is_pattern = tsm_channel_is_pattern (name);
  channel->subscribers = -1;
  g_ptr_array_add (self->channels, channel);
  return channel;
}

TsmKinFacts *
tsm_examination_add_kin (TsmExamination *self,
                         const char     *address,
                         const char     *role)
{
  TsmKinFacts *kin = g_new0 (TsmKinFacts, 1);

  kin->address = g_strdup (address);
  kin->role = g_strdup (role);
  kin->receivers = -1;
  g_ptr_array_add (self->kin, kin);
  return kin;
}

void
tsm_examination_add_missing (TsmExamination *self,
                             TsmRungId       rung,
                             const char     *command,
                             const char     *words,
                             const char     *grant)
{
  TsmMissing *missing;

  for (guint i = 0; i < self->missing->len; i++)
    if (g_str_equal (((TsmMissing *) g_ptr_array_index (self->missing, i))->command, command))
      return;

  missing = g_new0 (TsmMissing, 1);
  missing->rung = rung;
  missing->command = g_strdup (command);
  missing->words = g_strdup (words);
  missing->grant = g_strdup (grant);
  g_ptr_array_add (self->missing, missing);
}

/**
 * tsm_examination_searched_all:
 * @self: an examination
 *
 * Returns: whether it searched all channels, and was permitted to
 */
gboolean
tsm_examination_searched_all (const TsmExamination *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->deep && self->pattern != NULL && self->pattern[0] == '*';
}

/**
 * tsm_examination_get_missing:
 * @self: an examination
 * @rung: a rung
 *
 * Returns: (transfer none) (nullable): the first permission that the rung lacked
 */
const TsmMissing *
tsm_examination_get_missing (const TsmExamination *self,
                             TsmRungId             rung)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->missing->len; i++)
    {
      const TsmMissing *missing = g_ptr_array_index (self->missing, i);

      if (missing->rung == rung)
        return missing;
    }
  return NULL;
}
