/* The link that commands: each command is a GTask that ends with the reply, an error, or its cancellation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "redis/tsm-command-link.h"

#include <glib/gi18n-lib.h>

#include "redis/tsm-link-error.h"
#include "redis/tsm-reply.h"

struct _TsmCommandLink
{
  GMainContext              *context;
  TsmLink                   *link;
  const TsmCommandLinkFuncs *funcs;
  gpointer                   owner;
};

/* One command under way. It outlives its task where that is cancelled: its reply still has to be taken off the link. */
typedef struct
{
  GTask   *task;
  GSource *cancelled;
} Command;

/* What a task will return. */
typedef struct
{
  GVariant *reply;
  GError   *error;
} Answer;

/* After these the link would not be one that answers each command with one reply. */
static const char * const unfit_commands[] = {
  "HELLO", "MONITOR", "PSUBSCRIBE", "PSYNC", "PUNSUBSCRIBE", "QUIT", "RESET",
  "SSUBSCRIBE", "SUBSCRIBE", "SUNSUBSCRIBE", "SYNC", "UNSUBSCRIBE",
};

static gboolean
is_fit (guint         argc,
        const char  **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (unfit_commands); i++)
    if (g_ascii_strcasecmp (argv[0], unfit_commands[i]) == 0)
      return FALSE;

  return argc < 2 || g_ascii_strcasecmp (argv[0], "CLIENT") != 0 || g_ascii_strcasecmp (argv[1], "REPLY") != 0;
}

/* What would reach the engine. The probe, which only we hear, goes past this. */
static gboolean
is_publication (const char *command)
{
  return g_ascii_strcasecmp (command, "PUBLISH") == 0 || g_ascii_strcasecmp (command, "SPUBLISH") == 0;
}

static void
answer_free (Answer *self)
{
  g_clear_pointer (&self->reply, g_variant_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  Answer *answer = g_task_get_task_data (task);

  if (answer->error != NULL)
    g_task_return_error (task, g_steal_pointer (&answer->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&answer->reply), (GDestroyNotify) g_variant_unref);

  return G_SOURCE_REMOVE;
}

/* Returns the task from the main loop: its callback may free the connection, which the link is still busy with here. */
static void
answer_later (GTask    *task,
              GVariant *reply,
              GError   *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Answer *answer = g_new (Answer, 1);

  answer->reply = reply != NULL ? g_variant_ref_sink (reply) : NULL;
  answer->error = error;
  g_task_set_task_data (task, answer, (GDestroyNotify) answer_free);
  g_task_attach_source (task, source, answer_cb);
}

/* (transfer full) (nullable): NULL when it was returned as cancelled */
static GTask *
steal_task (Command *command)
{
  if (command->cancelled != NULL)
    g_source_destroy (command->cancelled);
  g_clear_pointer (&command->cancelled, g_source_unref);

  return g_steal_pointer (&command->task);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = steal_task (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* The user's own command may have made the server repeat the password. */
static GError *
new_server_error (GTask            *task,
                  const redisReply *reply)
{
  TsmProfile *profile = tsm_connection_get_profile (g_task_get_source_object (task));

  return tsm_link_error_new_from_server (reply->str, tsm_profile_get_password (profile));
}

static void
reply_cb (const redisReply *reply,
          const GError     *error,
          gpointer          user_data)
{
  g_autofree Command *command = user_data;
  g_autoptr (GTask) task = steal_task (command);

  if (task == NULL)
    return;

  if (reply == NULL)
    answer_later (task, NULL, g_error_copy (error));
  else if (reply->type == REDIS_REPLY_ERROR)
    answer_later (task, NULL, new_server_error (task, reply));
  else
    answer_later (task, tsm_reply_to_variant (reply), NULL);
}

static void
watch_cancellable (TsmCommandLink *self,
                   Command        *command)
{
  GCancellable *cancellable = g_task_get_cancellable (command->task);

  if (cancellable == NULL)
    return;

  command->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (command->cancelled, G_SOURCE_FUNC (cancelled_cb), command, NULL);
  g_source_attach (command->cancelled, self->context);
}

static void
return_not_connected (TsmCommandLink *self,
                      GTask          *task)
{
  const GError *error = tsm_link_get_status (self->link)->error;

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "%s",
                             _("There is no connection to the server yet. Try again when there is."));
}

static void
greeted_cb (TsmServerInfo *info,
            gpointer       user_data)
{
  TsmCommandLink *self = user_data;

  tsm_link_set_ready (self->link);
  self->funcs->greeted (info, self->owner);
}

static void
down_cb (gpointer user_data)
{
}

static void
changed_cb (gpointer user_data)
{
  TsmCommandLink *self = user_data;

  self->funcs->changed (self->owner);
}

static const TsmLinkFuncs link_funcs = {
  .greeted = greeted_cb,
  .down = down_cb,
  .changed = changed_cb,
};

/**
 * tsm_command_link_new:
 * @profile: where to, and who we are
 * @context: the main context to run in
 * @timing: (transfer none): the times to keep to; must outlive the link
 * @funcs: what to call
 * @owner: passed to @funcs
 *
 * Returns: (transfer full): a command link that is IDLE
 */
TsmCommandLink *
tsm_command_link_new (TsmProfile                *profile,
                      GMainContext              *context,
                      const TsmTiming           *timing,
                      const TsmCommandLinkFuncs *funcs,
                      gpointer                   owner)
{
  TsmCommandLink *self = g_new0 (TsmCommandLink, 1);

  self->context = g_main_context_ref (context);
  self->funcs = funcs;
  self->owner = owner;
  self->link = tsm_link_new (profile, context, timing, &link_funcs, self);
  return self;
}

/**
 * tsm_command_link_free:
 * @self: (transfer full): a command link that is IDLE
 *
 * Frees the link.
 */
void
tsm_command_link_free (TsmCommandLink *self)
{
  tsm_link_free (self->link);
  g_main_context_unref (self->context);
  g_free (self);
}

/* The link itself, for its status and for commands that need no task. (transfer none) */
TsmLink *
tsm_command_link_get_link (TsmCommandLink *self)
{
  return self->link;
}

/**
 * tsm_command_link_run:
 * @self: a command link
 * @argc: the number of arguments, from 1
 * @argv: (array length=argc): the command and its arguments
 * @argv_lengths: (array length=argc): their lengths in bytes
 * @task: (transfer full): of a #TsmConnection; returns a #GVariant, see tsm_reply_to_variant()
 *
 * Runs a command. Fails at once when the link is not READY, with why it is not, and with %G_IO_ERROR_NOT_SUPPORTED for a
 * command that would change what the link is, as SUBSCRIBE does, and with %G_IO_ERROR_READ_ONLY for one that publishes where
 * the profile is read-only.
 */
void
tsm_command_link_run (TsmCommandLink  *self,
                      guint            argc,
                      const char     **argv,
                      const gsize     *argv_lengths,
                      GTask           *task)
{
  g_autoptr (GTask) owned = task;
  Command *command;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (!is_fit (argc, argv))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                               _("This command cannot be sent here, as it changes what the connection is for."));
      return;
    }

  if (tsm_profile_is_read_only (tsm_link_get_profile (self->link)) && is_publication (argv[0]))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_READ_ONLY, "%s",
                               _("This connection is read-only: nothing is sent to the engine."));
      return;
    }

  if (tsm_link_get_status (self->link)->state != TSM_LINK_READY)
    {
      return_not_connected (self, task);
      return;
    }

  command = g_new0 (Command, 1);
  command->task = g_steal_pointer (&owned);
  watch_cancellable (self, command);
  tsm_link_send (self->link, argc, argv, argv_lengths, reply_cb, command);
}
