/* TsmOutlet: sends an event by a command that is not PUBLISH, as a publisher does who got that wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   SPUBLISH   ─▸ reply: receivers
 *   XADD       ─▸ TTL key ─▸ no key, or one of ours ─▸ XADD, EXPIRE ─▸ reply
 *                        └─▸ a key without a life time: somebody's data, which is left alone
 *
 * A stream of ours always has a life time, so that it is gone soon after its publisher, however that ends.
 */

#include "config.h"

#include "simulator/tsm-outlet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH   "1000" /* entries of the stream, about */
#define LIFE_SECONDS "60"
#define TTL_FOR_EVER (-1)

struct _TsmOutlet
{
  GObject        parent_instance;

  TsmConnection *connection;
  GHashTable    *keys;        /* (element-type utf8) streams that are ours */
  char          *foreign_key; /* (nullable) one that is not: then nothing is written anywhere */
};

G_DEFINE_FINAL_TYPE (TsmOutlet, tsm_outlet, G_TYPE_OBJECT)

typedef struct
{
  char *key;
  char *text;
} Entry;

static void
entry_free (Entry *self)
{
  g_free (self->key);
  g_free (self->text);
  g_free (self);
}

static GError *
explain (GError *error)
{
  if (strstr (error->message, "unknown command") != NULL)
    g_prefix_error (&error, "%s ", _("This server has no sharded pub/sub, which came with Redis 7."));

  return error;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);

  if (reply == NULL)
    g_task_return_error (task, explain (g_steal_pointer (&error)));
  else
    g_task_return_int (task, g_variant_is_of_type (reply, G_VARIANT_TYPE_INT64) ? g_variant_get_int64 (reply) : 0);
}

/* Takes the task. */
static void
refuse (TsmOutlet *self,
        GTask     *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS,
                           _("There is a key “%s” already, and it is not the simulator's. Use another --channel."), self->foreign_key);
  g_object_unref (task);
}

/* Takes the task. */
static void
add_to_stream (TsmOutlet *self,
               GTask     *task)
{
  Entry *entry = g_task_get_task_data (task);
  const char *add[] = { "XADD", entry->key, "MAXLEN", "~", MAX_LENGTH, "*", "event", entry->text, NULL };
  const char *expire[] = { "EXPIRE", entry->key, LIFE_SECONDS, NULL };

  tsm_connection_command_async (self->connection, add, g_task_get_cancellable (task), sent_cb, task);
  tsm_connection_command_async (self->connection, expire, NULL, NULL, NULL);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);
  TsmOutlet *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE_INT64) || g_variant_get_int64 (reply) == TTL_FOR_EVER)
    {
      g_free (self->foreign_key);
      self->foreign_key = g_strdup (entry->key);
      refuse (self, g_steal_pointer (&task));
      return;
    }

  g_hash_table_add (self->keys, g_strdup (entry->key));
  add_to_stream (self, g_steal_pointer (&task));
}

/* Takes the task and the text. */
static void
send_to_stream (TsmOutlet  *self,
                GTask      *task,
                const char *key,
                char       *text)
{
  const char *look[] = { "TTL", key, NULL };
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry) { g_strdup (key), text };
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);

  if (self->foreign_key != NULL)
    refuse (self, task);
  else if (g_hash_table_contains (self->keys, key))
    add_to_stream (self, task);
  else
    tsm_connection_command_async (self->connection, look, g_task_get_cancellable (task), looked_cb, task);
}

/**
 * tsm_outlet_send_async:
 * @command: any but %TSM_SIM_PUBLISH
 * @channel: the channel, or the key of the stream
 * @payload: the event, a text
 * @cancellable: (nullable)
 *
 * Sends an event. Events arrive in the order in which they are sent.
 */
void
tsm_outlet_send_async (TsmOutlet           *self,
                       TsmSimCommand        command,
                       const char          *channel,
                       GBytes              *payload,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  gsize size;
  const char *bytes = g_bytes_get_data (payload, &size);
  g_autofree char *text = g_strndup (bytes, size);
  const char *spublish[] = { "SPUBLISH", channel, text, NULL };
  GTask *task;

  g_return_if_fail (TSM_IS_OUTLET (self));
  g_return_if_fail (command != TSM_SIM_PUBLISH);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tsm_outlet_send_async);
  if (command == TSM_SIM_XADD)
    send_to_stream (self, task, channel, g_steal_pointer (&text));
  else
    tsm_connection_command_async (self->connection, spublish, cancellable, sent_cb, task);
}

/**
 * tsm_outlet_send_finish:
 * @error: a #TsmLinkError or #GIOErrorEnum; %G_IO_ERROR_EXISTS where the stream would be in somebody's key
 *
 * Returns: the number of receivers, 0 of a stream; -1 with @error set
 */
gint64
tsm_outlet_send_finish (TsmOutlet     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * tsm_outlet_clear:
 *
 * Removes the streams that are ours, and looks again whose keys there are when another event is sent.
 */
void
tsm_outlet_clear (TsmOutlet *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (TSM_IS_OUTLET (self));

  g_clear_pointer (&self->foreign_key, g_free);
  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *argv[] = { "DEL", key, NULL };

      tsm_connection_command_async (self->connection, argv, NULL, NULL, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

static void
tsm_outlet_finalize (GObject *object)
{
  TsmOutlet *self = TSM_OUTLET (object);

  g_object_unref (self->connection);
  g_hash_table_unref (self->keys);
  g_free (self->foreign_key);

  G_OBJECT_CLASS (tsm_outlet_parent_class)->finalize (object);
}

static void
tsm_outlet_class_init (TsmOutletClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_outlet_finalize;
}

static void
tsm_outlet_init (TsmOutlet *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * tsm_outlet_new:
 * @connection: whose command link is used
 */
TsmOutlet *
tsm_outlet_new (TsmConnection *connection)
{
  TsmOutlet *self = g_object_new (TSM_TYPE_OUTLET, NULL);

  self->connection = g_object_ref (connection);
  return self;
}
