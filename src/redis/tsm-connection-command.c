/* The commands of a connection, as asynchronous calls.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "redis/tsm-connection-inside.h"

#include <string.h>

#include "redis/tsm-link-error.h"

/**
 * tsm_connection_publish_async:
 * @self: a connection
 * @channel: where to
 * @payload: what
 * @cancellable: (nullable): to give up waiting; the message may be out by then
 * @callback: called when the server has answered
 * @user_data: passed to @callback
 *
 * Publishes a message. Fails at once when the command link is not READY.
 */
void
tsm_connection_publish_async (TsmConnection       *self,
                              const char          *channel,
                              GBytes              *payload,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  const char *argv[] = { "PUBLISH", channel, NULL };
  gsize lengths[] = { strlen ("PUBLISH"), 0, 0 };

  g_return_if_fail (TSM_IS_CONNECTION (self));
  g_return_if_fail (channel != NULL);
  g_return_if_fail (payload != NULL);

  lengths[1] = strlen (channel);
  argv[2] = g_bytes_get_data (payload, &lengths[2]);

  self->n_published++;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tsm_connection_publish_async);
  tsm_command_link_run (self->command_link, G_N_ELEMENTS (argv), argv, lengths, task);
}

/**
 * tsm_connection_publish_finish:
 * @self: a connection
 * @result: what the callback was given
 * @error: return location for a #TsmLinkError or a #GIOErrorEnum
 *
 * Returns: the number of clients that the server handed the message to, 0 when nobody listens; -1 with @error set
 */
gint64
tsm_connection_publish_finish (TsmConnection  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_autoptr (GVariant) reply = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (reply == NULL)
    return -1;

  if (g_variant_is_of_type (reply, G_VARIANT_TYPE_INT64))
    return g_variant_get_int64 (reply);

  g_propagate_error (error, tsm_link_error_new (TSM_LINK_ERROR_NOT_REDIS, NULL));
  return -1;
}

/**
 * tsm_connection_command_async:
 * @self: a connection
 * @argv: (array zero-terminated=1): a command and its arguments
 * @cancellable: (nullable): to give up waiting
 * @callback: called when the server has answered
 * @user_data: passed to @callback
 *
 * Sends a command. Fails at once when the command link is not READY.
 */
void
tsm_connection_command_async (TsmConnection       *self,
                              const char * const  *argv,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  guint argc;
  g_autofree gsize *lengths = NULL;
  g_autofree const char **words = NULL;

  g_return_if_fail (TSM_IS_CONNECTION (self));
  g_return_if_fail (argv != NULL && argv[0] != NULL);

  argc = g_strv_length ((char **) argv);
  lengths = g_new (gsize, argc);
  words = g_new (const char *, argc);
  for (guint i = 0; i < argc; i++)
    {
      words[i] = argv[i];
      lengths[i] = strlen (argv[i]);
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tsm_connection_command_async);
  tsm_command_link_run (self->command_link, argc, words, lengths, task);
}

/**
 * tsm_connection_command_finish:
 * @self: a connection
 * @result: what the callback was given
 * @error: return location for a #TsmLinkError or a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the reply: `s`, `x`, `av`, or `mv` nothing for nil
 */
GVariant *
tsm_connection_command_finish (TsmConnection  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
