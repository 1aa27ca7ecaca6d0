/* TsmAction: one command that was sent, and the three facts about it: sent, delivered to N, effect seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     SENDING ─▸ FAILED
 *        ├─────▸ UNHEARD
 *        ├─────▸ DELIVERED ─▸ UNANSWERED
 *        │           ▾
 *        └─────▸ ANSWERED     the answer can overtake the server's reply to PUBLISH, which comes on another link
 */

#include "config.h"

#include "models/tsm-action.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-component.h"

struct _TsmAction
{
  GObject         parent_instance;

  TsmCommandId    command;
  char           *subject;
  gint64          sent_at;      /* monotonic µs */
  gint64          sent_at_real; /* µs since the epoch */

  TsmActionState  state;
  gint64          receivers;
  gint64          answer_time;
  char           *error;
};

enum
{
  PROP_STATE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TsmAction, tsm_action, G_TYPE_OBJECT)

static void
tsm_action_finalize (GObject *object)
{
  TsmAction *self = TSM_ACTION (object);

  g_free (self->subject);
  g_free (self->error);

  G_OBJECT_CLASS (tsm_action_parent_class)->finalize (object);
}

static void
tsm_action_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TsmAction *self = TSM_ACTION (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_action_class_init (TsmActionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tsm_action_finalize;
  object_class->get_property = tsm_action_get_property;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TSM_ACTION_SENDING, TSM_ACTION_UNANSWERED, TSM_ACTION_SENDING,
                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tsm_action_init (TsmAction *self)
{
  self->receivers = -1;
  self->answer_time = -1;
}

static void
set_state (TsmAction      *self,
           TsmActionState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * tsm_action_new: (constructor)
 * @command: what is sent
 * @subject: (nullable): the alert's id or the component's name
 * @sent_at: monotonic µs
 * @sent_at_real: µs since the epoch
 *
 * Returns: (transfer full): an action whose PUBLISH is under way
 */
TsmAction *
tsm_action_new (TsmCommandId  command,
                const char   *subject,
                gint64        sent_at,
                gint64        sent_at_real)
{
  TsmAction *self;

  g_return_val_if_fail ((guint) command < TSM_N_COMMANDS, NULL);

  self = g_object_new (TSM_TYPE_ACTION, NULL);
  self->command = command;
  self->subject = g_strdup (subject);
  self->sent_at = sent_at;
  self->sent_at_real = sent_at_real;
  return self;
}

/**
 * tsm_action_get_command:
 * @self: an action
 *
 * Returns: what was sent
 */
TsmCommandId
tsm_action_get_command (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), TSM_COMMAND_FORCE_HEALTH_CHECK);

  return self->command;
}

/**
 * tsm_action_get_subject:
 * @self: an action
 *
 * Returns: (transfer none) (nullable): the alert's id or the component's name
 */
const char *
tsm_action_get_subject (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), NULL);

  return self->subject;
}

/**
 * tsm_action_get_state:
 * @self: an action
 *
 * Returns: what is known of its fate
 */
TsmActionState
tsm_action_get_state (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), TSM_ACTION_FAILED);

  return self->state;
}

/**
 * tsm_action_get_receivers:
 * @self: an action
 *
 * Returns: how many subscribers the server counted; -1 until it has answered
 */
gint64
tsm_action_get_receivers (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), -1);

  return self->receivers;
}

/**
 * tsm_action_get_error:
 * @self: an action
 *
 * Returns: (transfer none) (nullable): why PUBLISH failed
 */
const char *
tsm_action_get_error (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), NULL);

  return self->error;
}

/**
 * tsm_action_get_sent_at_real:
 * @self: an action
 *
 * Returns: µs since the epoch
 */
gint64
tsm_action_get_sent_at_real (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), 0);

  return self->sent_at_real;
}

/**
 * tsm_action_get_answer_time:
 * @self: an action
 *
 * Returns: µs from sent to answered; -1 until then
 */
gint64
tsm_action_get_answer_time (TsmAction *self)
{
  g_return_val_if_fail (TSM_IS_ACTION (self), -1);

  return self->answer_time;
}

/**
 * tsm_action_delivered:
 * @self: an action whose PUBLISH was under way
 * @receivers: how many subscribers the server counted, 0 or more
 *
 * The server has answered PUBLISH.
 */
void
tsm_action_delivered (TsmAction *self,
                      gint64     receivers)
{
  g_return_if_fail (TSM_IS_ACTION (self));

  if (self->receivers >= 0 || self->state == TSM_ACTION_FAILED)
    return;

  self->receivers = MAX (receivers, 0);
  if (self->state == TSM_ACTION_SENDING)
    set_state (self, self->receivers > 0 ? TSM_ACTION_DELIVERED : TSM_ACTION_UNHEARD);
}

/**
 * tsm_action_failed:
 * @self: an action whose PUBLISH was under way
 * @message: translated: why it failed
 */
void
tsm_action_failed (TsmAction  *self,
                   const char *message)
{
  g_return_if_fail (TSM_IS_ACTION (self));
  g_return_if_fail (message != NULL);

  if (self->state != TSM_ACTION_SENDING)
    return;

  self->error = g_strdup (message);
  set_state (self, TSM_ACTION_FAILED);
}

static gboolean
shows_enabled (TsmEvent   *event,
               const char *name)
{
  const TsmHealthData *health = tsm_event_get_health (event);

  if (health == NULL || health->components == NULL)
    return FALSE;

  for (guint i = 0; i < health->components->len; i++)
    {
      const TsmComponentHealth *component = &g_array_index (health->components, TsmComponentHealth, i);

      if (g_strcmp0 (component->name, name) == 0)
        return tsm_health_level_from_word (component->status) != TSM_HEALTH_DISABLED;
    }

  return FALSE;
}

static gboolean
shows_resolved (TsmEvent   *event,
                const char *id)
{
  const TsmAlertData *alert = tsm_event_get_alert (event);

  return alert != NULL && g_strcmp0 (alert->id, id) == 0;
}

static gboolean
is_effect (TsmAction *self,
           TsmEvent  *event)
{
  TsmEventType answer = tsm_command_get_info (self->command)->answer;

  /* either of two types shows that a component is on again */
  if (self->command == TSM_COMMAND_ENABLE_COMPONENT)
    return shows_enabled (event, self->subject);

  if (answer == TSM_EVENT_UNKNOWN || tsm_event_get_event_type (event) != answer)
    return FALSE;

  return answer != TSM_EVENT_ALERT_RESOLVED || shows_resolved (event, self->subject);
}

/**
 * tsm_action_observe:
 * @self: an action
 * @event: any event
 *
 * Looks whether @event shows the effect of the command: the promised type, about the same subject, after it was sent and
 * within the time limit. Nothing can be the effect of a command that failed or that nobody heard.
 *
 * Returns: whether it is
 */
gboolean
tsm_action_observe (TsmAction *self,
                    TsmEvent  *event)
{
  gint64 elapsed;

  g_return_val_if_fail (TSM_IS_ACTION (self), FALSE);
  g_return_val_if_fail (TSM_IS_EVENT (event), FALSE);

  if (self->state != TSM_ACTION_SENDING && self->state != TSM_ACTION_DELIVERED)
    return FALSE;

  elapsed = tsm_event_get_received_monotonic (event) - self->sent_at;
  if (elapsed < 0 || elapsed > TSM_ACTION_ANSWER_LIMIT_US)
    return FALSE;

  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO || !is_effect (self, event))
    return FALSE;

  self->answer_time = elapsed;
  set_state (self, TSM_ACTION_ANSWERED);
  return TRUE;
}

static gboolean
expects_answer (TsmAction *self)
{
  return self->command == TSM_COMMAND_ENABLE_COMPONENT ||
         tsm_command_get_info (self->command)->answer != TSM_EVENT_UNKNOWN;
}

/**
 * tsm_action_tick:
 * @self: an action
 * @now_monotonic: monotonic µs
 *
 * Gives up on an answer when the time limit has passed. A command that promises none stays delivered.
 */
void
tsm_action_tick (TsmAction *self,
                 gint64     now_monotonic)
{
  g_return_if_fail (TSM_IS_ACTION (self));

  if (self->state == TSM_ACTION_DELIVERED && expects_answer (self) &&
      now_monotonic - self->sent_at > TSM_ACTION_ANSWER_LIMIT_US)
    set_state (self, TSM_ACTION_UNANSWERED);
}

static char *
dup_sent (TsmAction *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->sent_at_real / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char      *time = local != NULL ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("–");

  /* Translators: %s is a time of day, e.g. 14:05:20 */
  return g_strdup_printf (_("Sent %s"), time);
}

static char *
dup_delivery (TsmAction *self)
{
  guint n = (guint) CLAMP (self->receivers, 0, G_MAXINT);

  if (self->state == TSM_ACTION_FAILED)
    /* Translators: %s is the reason */
    return g_strdup_printf (_("not delivered: %s"), self->error);
  if (self->receivers < 0)
    return self->state == TSM_ACTION_SENDING ? g_strdup (_("waiting for the server")) : NULL;
  if (n == 0)
    return g_strdup (_("nobody is listening"));

  /* Translators: the number of programs that received the command */
  return g_strdup_printf (ngettext ("delivered to %u", "delivered to %u", n), n);
}

static char *
dup_answer (TsmAction *self)
{
  const int limit = TSM_ACTION_ANSWER_LIMIT_US / G_USEC_PER_SEC;

  if (self->state == TSM_ACTION_ANSWERED)
    /* Translators: a time in seconds, e.g. 0.3 s */
    return g_strdup_printf (_("answered after %.1f s"), (double) self->answer_time / G_USEC_PER_SEC);
  if (self->state == TSM_ACTION_UNANSWERED)
    /* Translators: a time in seconds, e.g. 30 s */
    return g_strdup_printf (ngettext ("no answer in %d s", "no answer in %d s", limit), limit);

  return NULL;
}

/**
 * tsm_action_dup_text:
 * @self: an action
 *
 * Says what is known of its fate, in local time.
 *
 * Returns: (transfer full): translated, plain text: "Sent 14:05:20 → delivered to 1 → answered after 0.3 s"
 */
char *
tsm_action_dup_text (TsmAction *self)
{
  GString         *text;
  g_autofree char *sent = NULL;
  g_autofree char *delivery = NULL;
  g_autofree char *answer = NULL;

  g_return_val_if_fail (TSM_IS_ACTION (self), NULL);

  sent = dup_sent (self);
  delivery = dup_delivery (self);
  answer = dup_answer (self);

  text = g_string_new (sent);
  if (delivery != NULL)
    g_string_append_printf (text, " → %s", delivery);
  if (answer != NULL)
    g_string_append_printf (text, " → %s", answer);
  return g_string_free (text, FALSE);
}
