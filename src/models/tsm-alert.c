/* TsmAlert: one alert and its life: triggered → acknowledged → resolved, from either side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-alert-private.h"
#include "models/tsm-alert-struct.h"
#include "models/tsm-model-util.h"

enum
{
  PROP_STATE = 1,
  PROP_SEVERITY,
  PROP_MESSAGE,
  PROP_COMPONENT,
  PROP_COUNT,
  PROP_WHO,
  PROP_LAST_SEEN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TsmAlert, tsm_alert, G_TYPE_OBJECT)

static void
detail_clear (gpointer data)
{
  TsmDetail *detail = data;

  g_free (detail->name);
  g_free (detail->value);
}

static void
tsm_alert_finalize (GObject *object)
{
  TsmAlert *self = TSM_ALERT (object);

  g_free (self->source);
  g_free (self->id);
  g_free (self->message);
  g_free (self->component);
  g_free (self->who);
  g_free (self->notes);
  g_clear_pointer (&self->details, g_array_unref);
  g_strfreev (self->suggested_actions);
  g_strfreev (self->auto_responses);
  g_object_unref (self->timeline);

  G_OBJECT_CLASS (tsm_alert_parent_class)->finalize (object);
}

static void
tsm_alert_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TsmAlert *self = TSM_ALERT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_SEVERITY:
      g_value_set_int (value, self->severity);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_COMPONENT:
      g_value_set_string (value, self->component);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    case PROP_WHO:
      g_value_set_string (value, self->who);
      break;
    case PROP_LAST_SEEN:
      g_value_set_int64 (value, self->last_seen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_alert_class_init (TsmAlertClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = tsm_alert_finalize;
  object_class->get_property = tsm_alert_get_property;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TSM_ALERT_OPEN, TSM_ALERT_RESOLVED, TSM_ALERT_OPEN, flags);
  properties[PROP_SEVERITY] =
    g_param_spec_int ("severity", NULL, NULL, 0, TSM_N_SEVERITIES - 1, TSM_SEVERITY_INFO, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_COMPONENT] = g_param_spec_string ("component", NULL, NULL, NULL, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_WHO] = g_param_spec_string ("who", NULL, NULL, NULL, flags);
  properties[PROP_LAST_SEEN] = g_param_spec_int64 ("last-seen", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tsm_alert_init (TsmAlert *self)
{
  self->acknowledged_at = TSM_TIME_NONE;
  self->resolved_at = TSM_TIME_NONE;
  self->message = g_strdup ("");
  self->timeline = tsm_alert_timeline_new ();
  self->slot.link.data = self;
}

/**
 * tsm_alert_new: (constructor)
 * @source: who publishes it
 * @id: its id, unique for @source
 * @sequence: its place in the order of arrival
 *
 * Makes an alert that was not triggered yet.
 *
 * Returns: (transfer full): the alert
 */
TsmAlert *
tsm_alert_new (const char *source,
               const char *id,
               guint64     sequence)
{
  TsmAlert *self = g_object_new (TSM_TYPE_ALERT, NULL);

  self->source = g_strdup (source);
  self->id = g_strdup (id);
  self->key = (TsmAlertKey) { self->source, self->id };
  self->sequence = sequence;
  return self;
}

const TsmAlertKey *
tsm_alert_get_key (TsmAlert *self)
{
  return &self->key;
}

TsmAlertSlot *
tsm_alert_get_slot (TsmAlert *self)
{
  return &self->slot;
}

/**
 * tsm_alert_begin_change: (skip)
 * @self: an alert
 *
 * Holds the notifies back until tsm_alert_flush().
 *
 * Returns: whether it is the first change since the last flush, which the caller must answer with a flush later
 */
gboolean
tsm_alert_begin_change (TsmAlert *self)
{
  if (self->is_changed)
    return FALSE;

  self->is_changed = TRUE;
  g_object_freeze_notify (G_OBJECT (self));
  return TRUE;
}

/**
 * tsm_alert_flush: (skip)
 * @self: an alert that was changed
 *
 * Tells watchers of all changes since tsm_alert_begin_change().
 */
void
tsm_alert_flush (TsmAlert *self)
{
  self->is_changed = FALSE;
  g_object_thaw_notify (G_OBJECT (self));
  tsm_alert_timeline_flush (self->timeline);
}

static void
notify (TsmAlert *self,
        guint     property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_text (TsmAlert   *self,
          guint       property,
          char      **field,
          const char *value)
{
  if (tsm_text_assign (field, value))
    notify (self, property);
}

static void
set_state (TsmAlert      *self,
           TsmAlertState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_severity (TsmAlert    *self,
              TsmSeverity  severity)
{
  if (self->severity == severity)
    return;

  self->severity = severity;
  notify (self, PROP_SEVERITY);
}

static void
set_seen (TsmAlert *self,
          guint     count,
          gint64    when)
{
  if (self->count != count)
    {
      self->count = count;
      notify (self, PROP_COUNT);
    }
  if (self->last_seen != when)
    {
      self->last_seen = when;
      notify (self, PROP_LAST_SEEN);
    }
}

static void
add_line (TsmAlert          *self,
          TsmAlertEntryKind  kind,
          gint64             when,
          const char        *who,
          const char        *note)
{
  tsm_alert_timeline_add (self->timeline, tsm_alert_entry_new (kind, when, who, note));
}

static void
set_details (TsmAlert     *self,
             const GArray *details)
{
  g_clear_pointer (&self->details, g_array_unref);

  if (details == NULL)
    return;

  self->details = g_array_sized_new (FALSE, FALSE, sizeof (TsmDetail), details->len);
  g_array_set_clear_func (self->details, detail_clear);

  for (guint i = 0; i < details->len; i++)
    {
      const TsmDetail *detail = &g_array_index (details, TsmDetail, i);
      TsmDetail        copy = { g_strdup (detail->name), g_strdup (detail->value) };

      g_array_append_val (self->details, copy);
    }
}

/* Tells of the responses that the alert did not list before. */
static void
set_auto_responses (TsmAlert  *self,
                    char     **responses,
                    gint64     when)
{
  if (responses == NULL)
    return;

  for (guint i = 0; responses[i] != NULL; i++)
    if (self->auto_responses == NULL || !g_strv_contains ((const char * const *) self->auto_responses, responses[i]))
      add_line (self, TSM_ALERT_ENTRY_RESPONSE, when, NULL, responses[i]);

  tsm_strv_assign (&self->auto_responses, (const char * const *) responses);
}

static void
set_content (TsmAlert           *self,
             const TsmAlertData *data)
{
  set_severity (self, data->severity);
  set_text (self, PROP_MESSAGE, &self->message, data->message != NULL ? data->message : "");

  if (data->component != NULL)
    set_text (self, PROP_COMPONENT, &self->component, data->component);
  if (data->details != NULL)
    set_details (self, data->details);
  if (data->suggested_actions != NULL)
    tsm_strv_assign (&self->suggested_actions, (const char * const *) data->suggested_actions);
}

/* What was decided holds for one opening only. */
static void
forget_decisions (TsmAlert *self)
{
  self->acknowledged_at = TSM_TIME_NONE;
  self->resolved_at = TSM_TIME_NONE;
  self->needs_confirming = FALSE;
  set_text (self, PROP_WHO, &self->who, NULL);
  tsm_text_assign (&self->notes, NULL);
}

static void
open_anew (TsmAlert          *self,
           TsmAlertEntryKind  kind,
           gint64             when)
{
  forget_decisions (self);
  self->triggered_at = when;
  set_state (self, TSM_ALERT_OPEN);
  set_seen (self, 1, when);
  add_line (self, kind, when, NULL, NULL);
}

/* What somebody took note of is worse now, so it is not taken note of any more. */
static void
escalate (TsmAlert    *self,
          TsmSeverity  severity,
          gint64       when)
{
  /* Translators: %s is a severity, e.g. CRITICAL */
  g_autofree char *reason = g_strdup_printf (_("its severity rose to %s"), tsm_severity_get_name (severity));

  forget_decisions (self);
  set_state (self, TSM_ALERT_OPEN);
  set_seen (self, self->count + 1, when);
  add_line (self, TSM_ALERT_ENTRY_REOPENED, when, NULL, reason);
}

/**
 * tsm_alert_trigger: (skip)
 * @self: an alert, after tsm_alert_begin_change()
 * @data: what the event says
 * @when: µs since the epoch
 *
 * Opens the alert, opens it again, or counts a repeat.
 *
 * Returns: whether it opened
 */
gboolean
tsm_alert_trigger (TsmAlert           *self,
                   const TsmAlertData *data,
                   gint64              when)
{
  gboolean is_new = self->count == 0;
  gboolean is_back = self->state == TSM_ALERT_RESOLVED;
  gboolean is_worse = self->state == TSM_ALERT_ACKNOWLEDGED && data->severity > self->severity;

  if (is_new || is_back)
    open_anew (self, is_new ? TSM_ALERT_ENTRY_TRIGGERED : TSM_ALERT_ENTRY_REOPENED, when);
  else if (is_worse)
    escalate (self, data->severity, when);
  else
    {
      set_seen (self, self->count + 1, when);
      add_line (self, TSM_ALERT_ENTRY_REPEATED, when, NULL, NULL);
    }

  set_content (self, data);
  set_auto_responses (self, data->auto_responses, when);
  return is_new || is_back || is_worse;
}

static void
decide (TsmAlert          *self,
        TsmAlertState      state,
        TsmAlertEntryKind  kind,
        const char        *who,
        const char        *note,
        gint64             when)
{
  const char *name = tsm_text_is_blank (who) ? NULL : who;

  set_state (self, state);
  set_text (self, PROP_WHO, &self->who, name);
  if (!tsm_text_is_blank (note))
    tsm_text_assign (&self->notes, note);
  add_line (self, kind, when, name, note);
}

/**
 * tsm_alert_acknowledge: (skip)
 * @self: an open alert, after tsm_alert_begin_change()
 * @who: (nullable): who did it
 * @note: (nullable): why
 * @when: µs since the epoch
 */
void
tsm_alert_acknowledge (TsmAlert   *self,
                       const char *who,
                       const char *note,
                       gint64      when)
{
  self->acknowledged_at = when;
  decide (self, TSM_ALERT_ACKNOWLEDGED, TSM_ALERT_ENTRY_ACKNOWLEDGED, who, note, when);
}

/**
 * tsm_alert_resolve: (skip)
 * @self: an alert that is not resolved, after tsm_alert_begin_change()
 * @who: (nullable): who did it
 * @note: (nullable): why
 * @when: µs since the epoch
 * @by_engine: whether the engine said so; else it is expected to confirm
 */
void
tsm_alert_resolve (TsmAlert   *self,
                   const char *who,
                   const char *note,
                   gint64      when,
                   gboolean    by_engine)
{
  self->resolved_at = when;
  self->needs_confirming = !by_engine;
  decide (self, TSM_ALERT_RESOLVED, TSM_ALERT_ENTRY_RESOLVED, who, note, when);
}

gboolean
tsm_alert_needs_confirming (TsmAlert *self)
{
  return self->needs_confirming;
}

/**
 * tsm_alert_confirm: (skip)
 * @self: an alert that was resolved here, after tsm_alert_begin_change()
 * @who: (nullable): whom the engine names
 * @when: µs since the epoch
 *
 * The engine agrees: adds a line, changes nothing else.
 */
void
tsm_alert_confirm (TsmAlert   *self,
                   const char *who,
                   gint64      when)
{
  self->needs_confirming = FALSE;
  add_line (self, TSM_ALERT_ENTRY_DELIVERY, when, who, _("The engine confirmed that it is resolved"));
}

/**
 * tsm_alert_add_delivery: (skip)
 * @self: an alert, after tsm_alert_begin_change()
 * @text: translated: what became of a command
 * @when: µs since the epoch
 */
void
tsm_alert_add_delivery (TsmAlert   *self,
                        const char *text,
                        gint64      when)
{
  add_line (self, TSM_ALERT_ENTRY_DELIVERY, when, NULL, text);
}
