/* Publishing commands and following each to its effect.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "monitor/tsm-commander.h"

struct _TsmCommander
{
  TsmConnection    *connection;
  TsmDiagnosis     *diagnosis;
  GCancellable     *cancellable;
  TsmCommanderFunc  done;
  gpointer          user_data;
  TsmAction        *last[TSM_N_COMMANDS];
  gint64            receivers;
  char             *denial;
};

/* What the reply to one PUBLISH needs. The commander is used only while its cancellable is not cancelled. */
typedef struct
{
  TsmCommander *commander;
  TsmAction    *action;
} Delivery;

static void
delivery_free (Delivery *self)
{
  g_object_unref (self->action);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Delivery, delivery_free)

/**
 * tsm_commander_new:
 * @connection: (transfer none): a reference is taken
 * @diagnosis: (transfer none): a reference is taken; it may listen itself, and is no receiver
 * @done: called for each command once its PUBLISH was answered or failed
 * @user_data: for @done
 *
 * Returns: (transfer full):
 */
TsmCommander *
tsm_commander_new (TsmConnection    *connection,
                   TsmDiagnosis     *diagnosis,
                   TsmCommanderFunc  done,
                   gpointer          user_data)
{
  TsmCommander *self = g_new0 (TsmCommander, 1);

  self->connection = g_object_ref (connection);
  self->diagnosis = g_object_ref (diagnosis);
  self->cancellable = g_cancellable_new ();
  self->done = done;
  self->user_data = user_data;
  self->receivers = -1;
  return self;
}

void
tsm_commander_free (TsmCommander *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    g_clear_object (&self->last[i]);
  g_clear_object (&self->connection);
  g_clear_object (&self->diagnosis);
  g_free (self->denial);
  g_free (self);
}

static void
note_denial (TsmCommander *self,
             const GError *error)
{
  g_clear_pointer (&self->denial, g_free);
  if (g_error_matches (error, TSM_LINK_ERROR, TSM_LINK_ERROR_NO_PERMISSION))
    self->denial = g_strdup (error->message);
}

static void
published_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Delivery) delivery = user_data;
  g_autoptr(GError) error = NULL;
  gint64 receivers = tsm_connection_publish_finish (TSM_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (receivers > 0)
    receivers = MAX (receivers - tsm_diagnosis_get_n_listeners (delivery->commander->diagnosis), 0);
  note_denial (delivery->commander, error);
  if (error != NULL)
    tsm_action_failed (delivery->action, error->message);
  else
    {
      tsm_action_delivered (delivery->action, receivers);
      delivery->commander->receivers = receivers;
    }
  delivery->commander->done (delivery->action, delivery->commander->user_data);
}

/**
 * tsm_commander_send:
 * @self: a commander
 * @command: what to send; its members are copied into the message
 * @now: monotonic µs
 *
 * Returns: (transfer none): the action that follows this command; it stays valid until the next command of the same kind
 */
TsmAction *
tsm_commander_send (TsmCommander     *self,
                    const TsmCommand *command,
                    gint64            now)
{
  const char *subject = command->alert_id != NULL ? command->alert_id : command->component_name;
  const char *channel = tsm_profile_get_control_channel (tsm_connection_get_profile (self->connection));
  g_autofree char *text = tsm_command_encode (command);
  g_autoptr(GBytes) payload = g_bytes_new (text, strlen (text));
  TsmAction *action = tsm_action_new (command->id, subject, now, command->timestamp);
  Delivery *delivery = g_new0 (Delivery, 1);

  g_clear_object (&self->last[command->id]);
  self->last[command->id] = action;

  delivery->commander = self;
  delivery->action = g_object_ref (action);
  tsm_connection_publish_async (self->connection, channel, payload, self->cancellable, published_cb, delivery);
  return action;
}

TsmAction *
tsm_commander_get_last (TsmCommander *self,
                        TsmCommandId  id)
{
  g_return_val_if_fail (id < TSM_N_COMMANDS, NULL);

  return self->last[id];
}

void
tsm_commander_observe (TsmCommander *self,
                       TsmEvent     *event)
{
  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    if (self->last[i] != NULL)
      tsm_action_observe (self->last[i], event);
}

void
tsm_commander_tick (TsmCommander *self,
                    gint64        now)
{
  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    if (self->last[i] != NULL)
      tsm_action_tick (self->last[i], now);
}

/* PUBSUB NUMSUB answers [channel, count]. */
static gint64
read_receivers (GVariant *reply)
{
  g_autoptr(GVariant) boxed = NULL;
  g_autoptr(GVariant) count = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")) || g_variant_n_children (reply) < 2)
    return -1;

  boxed = g_variant_get_child_value (reply, 1);
  count = g_variant_get_variant (boxed);
  return g_variant_is_of_type (count, G_VARIANT_TYPE_INT64) ? g_variant_get_int64 (count) : -1;
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  TsmCommander *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = tsm_connection_command_finish (TSM_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->receivers = reply != NULL ? read_receivers (reply) : -1;
}

/**
 * tsm_commander_poll_receivers:
 * @self: a commander
 *
 * Asks the server how many subscribers the control channel has (PUBSUB NUMSUB). Where the user may not ask, or the link is
 * down, the number is unknown.
 */
void
tsm_commander_poll_receivers (TsmCommander *self)
{
  const char *channel = tsm_profile_get_control_channel (tsm_connection_get_profile (self->connection));
  const char *argv[] = { "PUBSUB", "NUMSUB", channel, NULL };

  tsm_connection_command_async (self->connection, argv, self->cancellable, counted_cb, self);
}

gint64
tsm_commander_get_receivers (TsmCommander *self)
{
  return self->receivers;
}

/**
 * tsm_commander_get_denial:
 * @self: a commander
 *
 * Returns: (nullable): why the last command may not be published, with the server's words; %NULL where it may
 */
const char *
tsm_commander_get_denial (TsmCommander *self)
{
  return self->denial;
}
