/* How a move of the user is told from one of the list: the list moves only when its length or its room changes too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-event-follow.h"

#define NEAR 2.0 /* px from the end that still count as the end */

struct _TsmEventFollow
{
  GObject        parent_instance;

  GtkAdjustment *adjustment;
  gboolean       following;
  double         upper;     /* px, as at the last move that was understood */
  double         page_size; /* px */
  guint          pin_id;
};

G_DEFINE_FINAL_TYPE (TsmEventFollow, tsm_event_follow, G_TYPE_OBJECT)

enum
{
  PROP_FOLLOWING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
note_size (TsmEventFollow *self)
{
  self->upper = gtk_adjustment_get_upper (self->adjustment);
  self->page_size = gtk_adjustment_get_page_size (self->adjustment);
}

static gboolean
is_at_end (TsmEventFollow *self)
{
  GtkAdjustment *adjustment = self->adjustment;

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + NEAR
         >= gtk_adjustment_get_upper (adjustment);
}

static gboolean
pin_cb (gpointer user_data)
{
  TsmEventFollow *self = user_data;

  self->pin_id = 0;
  note_size (self);
  gtk_adjustment_set_value (self->adjustment, self->upper - self->page_size);

  return G_SOURCE_REMOVE;
}

/* The list resizes its adjustment while it is laid out and is deaf to a new value then; the end is found after it. */
static void
pin (TsmEventFollow *self)
{
  if (self->pin_id == 0)
    self->pin_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, pin_cb, self, NULL);
}

static void
set_following (TsmEventFollow *self,
               gboolean        following)
{
  if (self->following == following)
    return;
  self->following = following;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static void
changed_cb (TsmEventFollow *self)
{
  if (self->following)
    pin (self);
}

static void
value_changed_cb (TsmEventFollow *self)
{
  gboolean is_same_size = self->upper == gtk_adjustment_get_upper (self->adjustment)
                          && self->page_size == gtk_adjustment_get_page_size (self->adjustment);

  note_size (self);
  if (!is_same_size)
    return;
  if (!is_at_end (self))
    g_clear_handle_id (&self->pin_id, g_source_remove);
  set_following (self, is_at_end (self));
}

static void
tsm_event_follow_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TsmEventFollow *self = TSM_EVENT_FOLLOW (object);

  switch (property_id)
    {
    case PROP_FOLLOWING:
      g_value_set_boolean (value, self->following);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tsm_event_follow_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TsmEventFollow *self = TSM_EVENT_FOLLOW (object);

  switch (property_id)
    {
    case PROP_FOLLOWING:
      tsm_event_follow_set_following (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tsm_event_follow_dispose (GObject *object)
{
  TsmEventFollow *self = TSM_EVENT_FOLLOW (object);

  g_clear_handle_id (&self->pin_id, g_source_remove);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (tsm_event_follow_parent_class)->dispose (object);
}

static void
tsm_event_follow_class_init (TsmEventFollowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tsm_event_follow_get_property;
  object_class->set_property = tsm_event_follow_set_property;
  object_class->dispose = tsm_event_follow_dispose;

  properties[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tsm_event_follow_init (TsmEventFollow *self)
{
  self->following = TRUE;
}

/**
 * tsm_event_follow_new:
 * @adjustment: of the list, vertical
 *
 * Returns: (transfer full): a follower of its end
 */
TsmEventFollow *
tsm_event_follow_new (GtkAdjustment *adjustment)
{
  TsmEventFollow *self;

  g_return_val_if_fail (GTK_IS_ADJUSTMENT (adjustment), NULL);

  self = g_object_new (TSM_TYPE_EVENT_FOLLOW, NULL);
  self->adjustment = g_object_ref (adjustment);
  note_size (self);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * tsm_event_follow_get_following:
 * @self: a follower
 *
 * Returns: whether the list stays at its end
 */
gboolean
tsm_event_follow_get_following (TsmEventFollow *self)
{
  g_return_val_if_fail (TSM_IS_EVENT_FOLLOW (self), FALSE);

  return self->following;
}

/**
 * tsm_event_follow_set_following:
 * @self: a follower
 * @following: TRUE moves to the end and stays there; FALSE stays where the list is
 */
void
tsm_event_follow_set_following (TsmEventFollow *self,
                                gboolean        following)
{
  g_return_if_fail (TSM_IS_EVENT_FOLLOW (self));

  if (following)
    pin (self);
  else
    g_clear_handle_id (&self->pin_id, g_source_remove);
  set_following (self, !!following);
}
