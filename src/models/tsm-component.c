/* TsmComponent: the health of one part of an engine, and the levels of health.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "models/tsm-component.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "models/tsm-model-util.h"

struct _TsmComponent
{
  GObject         parent_instance;

  char           *name;
  char           *status;
  char           *details;
  double          score;
  TsmHealthLevel  level;
};

enum
{
  PROP_NAME = 1,
  PROP_STATUS,
  PROP_SCORE,
  PROP_DETAILS,
  PROP_LEVEL,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TsmComponent, tsm_component, G_TYPE_OBJECT)

static const struct
{
  double         from; /* least score */
  TsmHealthLevel level;
} score_bands[] = {
  { 90, TSM_HEALTH_EXCELLENT },
  { 75, TSM_HEALTH_HEALTHY },
  { 60, TSM_HEALTH_DEGRADED },
  { 40, TSM_HEALTH_UNHEALTHY },
  { -INFINITY, TSM_HEALTH_CRITICAL },
};

static const struct
{
  const char     *word;
  TsmHealthLevel  level;
} level_words[] = {
  { "excellent", TSM_HEALTH_EXCELLENT },
  { "ok", TSM_HEALTH_HEALTHY },
  { "healthy", TSM_HEALTH_HEALTHY },
  { "good", TSM_HEALTH_HEALTHY },
  { "running", TSM_HEALTH_HEALTHY },
  { "up", TSM_HEALTH_HEALTHY },
  { "warning", TSM_HEALTH_DEGRADED },
  { "warn", TSM_HEALTH_DEGRADED },
  { "degraded", TSM_HEALTH_DEGRADED },
  { "slow", TSM_HEALTH_DEGRADED },
  { "error", TSM_HEALTH_UNHEALTHY },
  { "unhealthy", TSM_HEALTH_UNHEALTHY },
  { "failing", TSM_HEALTH_UNHEALTHY },
  { "critical", TSM_HEALTH_CRITICAL },
  { "down", TSM_HEALTH_CRITICAL },
  { "failed", TSM_HEALTH_CRITICAL },
  { "stopped", TSM_HEALTH_CRITICAL },
  { "emergency", TSM_HEALTH_CRITICAL },
  { "disabled", TSM_HEALTH_DISABLED },
  { "off", TSM_HEALTH_DISABLED },
  { "paused", TSM_HEALTH_DISABLED },
};

static const char * const level_labels[] = {
  [TSM_HEALTH_UNKNOWN] = N_("unknown"),
  [TSM_HEALTH_DISABLED] = N_("disabled"),
  [TSM_HEALTH_CRITICAL] = N_("critical"),
  [TSM_HEALTH_UNHEALTHY] = N_("unhealthy"),
  [TSM_HEALTH_DEGRADED] = N_("degraded"),
  [TSM_HEALTH_HEALTHY] = N_("healthy"),
  [TSM_HEALTH_EXCELLENT] = N_("excellent"),
};

/**
 * tsm_health_level_from_score: (skip)
 * @score: 0–100, or NaN
 *
 * Returns: the band that @score falls into, %TSM_HEALTH_UNKNOWN for NaN
 */
TsmHealthLevel
tsm_health_level_from_score (double score)
{
  for (guint i = 0; i < G_N_ELEMENTS (score_bands); i++)
    if (score >= score_bands[i].from)
      return score_bands[i].level;

  return TSM_HEALTH_UNKNOWN;
}

/**
 * tsm_health_level_from_word: (skip)
 * @word: (nullable): a status word of the wire, in any case
 *
 * Returns: the nearest level, %TSM_HEALTH_UNKNOWN where the word says nothing about health
 */
TsmHealthLevel
tsm_health_level_from_word (const char *word)
{
  if (word == NULL)
    return TSM_HEALTH_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (level_words); i++)
    if (g_ascii_strcasecmp (level_words[i].word, word) == 0)
      return level_words[i].level;

  return TSM_HEALTH_UNKNOWN;
}

/**
 * tsm_health_level_get_label: (skip)
 * @level: a level
 *
 * Returns: (transfer none): the translated word for it
 */
const char *
tsm_health_level_get_label (TsmHealthLevel level)
{
  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (level_labels), "");

  return _(level_labels[level]);
}

/* A part that is switched off is not ill, whatever score is sent along. */
static TsmHealthLevel
get_level (double      score,
           const char *status)
{
  TsmHealthLevel word = tsm_health_level_from_word (status);

  if (word == TSM_HEALTH_DISABLED || isnan (score))
    return word;

  return tsm_health_level_from_score (score);
}

static gboolean
score_equal (double a,
             double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

static void
tsm_component_finalize (GObject *object)
{
  TsmComponent *self = TSM_COMPONENT (object);

  g_free (self->name);
  g_free (self->status);
  g_free (self->details);

  G_OBJECT_CLASS (tsm_component_parent_class)->finalize (object);
}

static void
tsm_component_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TsmComponent *self = TSM_COMPONENT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_SCORE:
      g_value_set_double (value, self->score);
      break;
    case PROP_DETAILS:
      g_value_set_string (value, self->details);
      break;
    case PROP_LEVEL:
      g_value_set_int (value, self->level);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsm_component_class_init (TsmComponentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = tsm_component_finalize;
  object_class->get_property = tsm_component_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_SCORE] = g_param_spec_double ("score", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_DETAILS] = g_param_spec_string ("details", NULL, NULL, NULL, flags);
  properties[PROP_LEVEL] = g_param_spec_int ("level", NULL, NULL, TSM_HEALTH_UNKNOWN, TSM_HEALTH_EXCELLENT,
                                             TSM_HEALTH_UNKNOWN, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
tsm_component_init (TsmComponent *self)
{
  self->score = NAN;
}

/**
 * tsm_component_new: (constructor)
 * @name: its name on the wire
 *
 * Makes a component whose health is not known yet.
 *
 * Returns: (transfer full): the component
 */
TsmComponent *
tsm_component_new (const char *name)
{
  TsmComponent *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (TSM_TYPE_COMPONENT, NULL);
  self->name = g_strdup (name);
  return self;
}

/* Many events bring a score alone. The details that came before still explain the level, as long as it is the same. */
static const char *
get_next_details (TsmComponent             *self,
                  const TsmComponentHealth *health)
{
  if (health->details == NULL && get_level (health->score, health->status) == self->level)
    return self->details;

  return health->details;
}

/**
 * tsm_component_would_change:
 * @self: a component
 * @health: what an event says of it
 *
 * Returns: whether tsm_component_update() with @health would change and notify anything
 */
gboolean
tsm_component_would_change (TsmComponent             *self,
                            const TsmComponentHealth *health)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), FALSE);
  g_return_val_if_fail (health != NULL, FALSE);

  return !score_equal (self->score, health->score) ||
         g_strcmp0 (self->status, health->status) != 0 ||
         (health->details != NULL && g_strcmp0 (self->details, health->details) != 0);
}

/**
 * tsm_component_update:
 * @self: a component
 * @health: what an event says of it; its name is not looked at
 *
 * Takes over the status and the score together, since one without the other would contradict it. Details stay where
 * @health has none and the level is the same.
 *
 * Returns: whether anything changed
 */
gboolean
tsm_component_update (TsmComponent             *self,
                      const TsmComponentHealth *health)
{
  g_autofree char *details = NULL;
  TsmHealthLevel   level;

  g_return_val_if_fail (TSM_IS_COMPONENT (self), FALSE);
  g_return_val_if_fail (health != NULL, FALSE);

  if (!tsm_component_would_change (self, health))
    return FALSE;

  level = get_level (health->score, health->status);
  details = g_strdup (get_next_details (self, health));

  g_object_freeze_notify (G_OBJECT (self));

  if (tsm_text_assign (&self->status, health->status))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
  if (tsm_text_assign (&self->details, details))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS]);
  if (!score_equal (self->score, health->score))
    {
      self->score = health->score;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCORE]);
    }
  if (self->level != level)
    {
      self->level = level;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
    }

  g_object_thaw_notify (G_OBJECT (self));
  return TRUE;
}

/**
 * tsm_component_get_name:
 * @self: a component
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
tsm_component_get_name (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), NULL);

  return self->name;
}

/**
 * tsm_component_dup_title:
 * @self: a component
 *
 * Returns: (transfer full): its name for people, e.g. "Pattern detection"
 */
char *
tsm_component_dup_title (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), NULL);

  return tsm_text_dup_title (self->name);
}

/**
 * tsm_component_get_status:
 * @self: a component
 *
 * Returns: (transfer none) (nullable): the wire's word, e.g. `OK`
 */
const char *
tsm_component_get_status (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), NULL);

  return self->status;
}

/**
 * tsm_component_get_score:
 * @self: a component
 *
 * Returns: 0–100, or NaN where only a word was sent
 */
double
tsm_component_get_score (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), NAN);

  return self->score;
}

/**
 * tsm_component_get_details:
 * @self: a component
 *
 * Returns: (transfer none) (nullable): plain text that explains the status
 */
const char *
tsm_component_get_details (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), NULL);

  return self->details;
}

/**
 * tsm_component_get_level:
 * @self: a component
 *
 * Returns: disabled where the word says so, else by the score, else by the word
 */
TsmHealthLevel
tsm_component_get_level (TsmComponent *self)
{
  g_return_val_if_fail (TSM_IS_COMPONENT (self), TSM_HEALTH_UNKNOWN);

  return self->level;
}
