/* TsmStep: lays out one step of the flow strip by the width it is given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   ◉ Name number     full; the number is cut with an ellipsis first
 *   ◉ Name            then left out, and the name is cut
 *   ◉                 then left out as well
 */

#include "widgets/tsm-step.h"

#include "widgets/tsm-children.h"
#include "widgets/tsm-step-icon.h"
#include "widgets/tsm-text.h"

#define GAP        6
#define TEXT_SCALE 0.92
/* A number or name cut shorter than this many pixels says nothing any more. */
#define LEAST_TEXT 32

struct _TsmStep
{
  GtkWidget     parent_instance;

  TsmStepIcon  *icon;
  TsmText      *name;
  TsmText      *text;

  TsmStepState  state;
  int           reserved; /* for the text, in pixels */
};

G_DEFINE_FINAL_TYPE (TsmStep, tsm_step, GTK_TYPE_WIDGET)

static int
get_icon_width (TsmStep *self)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (self->icon), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
get_name_width (TsmStep *self)
{
  int width;

  tsm_text_get_extent (self->name, &width, NULL);
  return width;
}

/* The room for the text only grows, so that the steps behind it stand still while its digits come and go; it is given back
 * when the text has become a different one, which its state or a much shorter width tells.
 *
 * Returns: whether the room has changed */
static gboolean
reserve (TsmStep  *self,
         gboolean  different)
{
  int width;

  tsm_text_get_extent (self->text, &width, NULL);
  if (!different && width <= self->reserved && width >= self->reserved / 2)
    return FALSE;
  if (width == self->reserved)
    return FALSE;

  self->reserved = width;
  return TRUE;
}

int
tsm_step_get_width (TsmStep       *self,
                    TsmStepDetail  detail)
{
  int width = get_icon_width (self);

  if (detail <= TSM_STEP_DETAIL_NAME)
    width += GAP + get_name_width (self);
  if (detail == TSM_STEP_DETAIL_FULL && self->reserved > 0)
    width += GAP + self->reserved;

  return width;
}

static void
tsm_step_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  TsmStep *self = TSM_STEP (widget);
  int line, icon;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = tsm_step_get_width (self, TSM_STEP_DETAIL_ICON);
      *natural = tsm_step_get_width (self, TSM_STEP_DETAIL_FULL);
      return;
    }

  /* Whatever is shown of it, so the strip never changes its height. */
  gtk_widget_measure (GTK_WIDGET (self->icon), orientation, -1, &icon, NULL, NULL, NULL);
  tsm_text_get_extent (self->name, NULL, &line);
  *minimum = *natural = MAX (icon, line);
}

/* Puts @child at @x, counted from the side where the line of text begins, or hides it where @width is 0. */
static void
place (TsmStep   *self,
       GtkWidget *child,
       int        x,
       int        width,
       int        whole,
       int        height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_widget_set_child_visible (child, width > 0);
  if (width > 0)
    gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? whole - x - width : x, 0, width, height }, -1);
}

static void
tsm_step_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  TsmStep *self = TSM_STEP (widget);
  int icon = get_icon_width (self);
  int name = get_name_width (self);
  int room = width - icon - GAP;
  int text = room - name - GAP;

  if (room < MIN (name, LEAST_TEXT))
    room = 0;
  if (text < MIN (self->reserved, LEAST_TEXT))
    text = 0;
  name = CLAMP (room, 0, name);

  place (self, GTK_WIDGET (self->icon), 0, icon, width, height);
  place (self, GTK_WIDGET (self->name), icon + GAP, name, width, height);
  place (self, GTK_WIDGET (self->text), icon + GAP + name + GAP, text, width, height);
}

static void
tsm_step_dispose (GObject *object)
{
  tsm_children_unparent (GTK_WIDGET (object));

  G_OBJECT_CLASS (tsm_step_parent_class)->dispose (object);
}

static void
tsm_step_class_init (TsmStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_step_dispose;
  widget_class->measure = tsm_step_measure;
  widget_class->size_allocate = tsm_step_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "tsm-step");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsm_step_init (TsmStep *self)
{
  self->icon = TSM_STEP_ICON (tsm_step_icon_new ());
  self->name = TSM_TEXT (tsm_text_new (TSM_TEXT_BOLD, TEXT_SCALE, 0.f));
  self->text = TSM_TEXT (tsm_text_new (TSM_TEXT_DIM, TEXT_SCALE, 0.f));
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->name), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
  tsm_text_set_dim (self->name, TRUE);
}

GtkWidget *
tsm_step_new (const char *label)
{
  TsmStep *self = g_object_new (TSM_TYPE_STEP, NULL);

  tsm_text_set (self->name, label, NULL);
  return GTK_WIDGET (self);
}

/* Returns: whether anything changed */
gboolean
tsm_step_set (TsmStep      *self,
              TsmStepState  state,
              const char   *text)
{
  gboolean other_state = self->state != state;

  if (!tsm_text_set (self->text, text, NULL) && !other_state)
    return FALSE;

  self->state = state;
  tsm_step_icon_set_state (self->icon, state);
  tsm_text_set_dim (self->name, state == TSM_STEP_UNKNOWN || state == TSM_STEP_BUSY);
  /* The number of a step that wants attention is part of the message. */
  tsm_text_set_dim (self->text, state != TSM_STEP_WARN && state != TSM_STEP_FAIL);
  if (reserve (self, other_state) || other_state)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  return TRUE;
}

TsmStepState
tsm_step_get_state (TsmStep *self)
{
  return self->state;
}

const char *
tsm_step_get_label (TsmStep *self)
{
  return tsm_text_get (self->name);
}
