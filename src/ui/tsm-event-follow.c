/* How a move of the user is told from one of the list: the list moves only while it is laid out after its rows, or its room,
 * changed. From such a change to the end of the next frame no move counts as the user's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     rows change ─▸ layout (the list moves: not counted) ─▸ paint ─▸ after-paint: move to the edge, count again
 */

#include "config.h"

#include "ui/tsm-event-follow.h"

#define NEAR 2.0 /* px from the edge that still count as the edge */

struct _TsmEventFollow
{
  GObject            parent_instance;

  GtkScrolledWindow *scrolled;   /* weak */
  GtkAdjustment     *adjustment; /* of it, vertical */
  GdkFrameClock     *clock;      /* while a layout is awaited */
  gulong             paint_id;
  GtkPositionType    edge;
  gboolean           following;
};

G_DEFINE_FINAL_TYPE (TsmEventFollow, tsm_event_follow, G_TYPE_OBJECT)

enum
{
  PROP_FOLLOWING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static double
get_edge (TsmEventFollow *self)
{
  if (self->edge == GTK_POS_TOP)
    return gtk_adjustment_get_lower (self->adjustment);

  return gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);
}

static gboolean
is_at_edge (TsmEventFollow *self)
{
  return ABS (gtk_adjustment_get_value (self->adjustment) - get_edge (self)) <= NEAR;
}

static void
forget_clock (TsmEventFollow *self)
{
  if (self->clock != NULL)
    g_clear_signal_handler (&self->paint_id, self->clock);
  g_clear_object (&self->clock);
}

/* Only now does the list agree with its adjustment; while it is laid out it is deaf to a new value. */
static void
after_paint_cb (TsmEventFollow *self)
{
  if (self->following)
    gtk_adjustment_set_value (self->adjustment, get_edge (self));
  forget_clock (self);
}

static void
await_layout (TsmEventFollow *self)
{
  GdkFrameClock *clock = self->scrolled != NULL ? gtk_widget_get_frame_clock (GTK_WIDGET (self->scrolled)) : NULL;

  if (self->clock != NULL || clock == NULL)
    return;
  self->clock = g_object_ref (clock);
  self->paint_id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
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
value_changed_cb (TsmEventFollow *self)
{
  if (self->clock == NULL)
    set_following (self, is_at_edge (self));
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

  forget_clock (self);
  g_clear_weak_pointer (&self->scrolled);
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
 * @scrolled: around the list
 * @edge: %GTK_POS_TOP or %GTK_POS_BOTTOM
 *
 * A list view keeps the rows in sight where they are when others come before them; a list whose first row matters most, or
 * whose last is the newest, should show that one instead, as long as nobody scrolled away.
 *
 * Returns: (transfer full): a follower of that edge
 */
TsmEventFollow *
tsm_event_follow_new (GtkScrolledWindow *scrolled,
                      GtkPositionType    edge)
{
  TsmEventFollow *self;

  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled), NULL);

  self = g_object_new (TSM_TYPE_EVENT_FOLLOW, NULL);
  self->edge = edge;
  g_set_weak_pointer (&self->scrolled, scrolled);
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scrolled));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (await_layout), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * tsm_event_follow_rows_changed:
 * @self: a follower
 *
 * To be called when rows came or went, before they are laid out.
 */
void
tsm_event_follow_rows_changed (TsmEventFollow *self)
{
  g_return_if_fail (TSM_IS_EVENT_FOLLOW (self));

  await_layout (self);
}

/**
 * tsm_event_follow_get_following:
 * @self: a follower
 *
 * Returns: whether the list stays at its edge
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
 * @following: TRUE moves to the edge and stays there; FALSE stays where the list is
 */
void
tsm_event_follow_set_following (TsmEventFollow *self,
                                gboolean        following)
{
  g_return_if_fail (TSM_IS_EVENT_FOLLOW (self));

  if (following)
    await_layout (self);
  set_following (self, !!following);
}
