/* TsmFlowStrip: shares one line among its steps, the ones that want attention first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/tsm-flow-strip.h"

#include <glib/gi18n-lib.h>

#include "widgets/tsm-children.h"
#include "widgets/tsm-palette.h"
#include "widgets/tsm-step.h"
#include "widgets/tsm-style.h"

/* Room between two steps, with the arrow in it. */
#define BETWEEN      16
#define ARROW_WIDTH  4.0
#define ARROW_HEIGHT 7.0

typedef struct
{
  GtkWidget *button;
  TsmStep   *step;
  int        padding; /* of the button, both sides */
  int        width;   /* in the present layout, with the padding */
} Slot;

struct _TsmFlowStrip
{
  GtkWidget  parent_instance;

  GArray    *slots; /* of Slot */
};

enum
{
  STEP_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmFlowStrip, tsm_flow_strip, GTK_TYPE_WIDGET)

typedef struct
{
  const char *css_class;
  const char *spoken;
} StateRow;

static const StateRow states[] = {
  [TSM_STEP_UNKNOWN] = { "unknown", NC_("step", "not known") },
  [TSM_STEP_BUSY]    = { "busy",    NC_("step", "checking") },
  [TSM_STEP_PASS]    = { "pass",    NC_("step", "passing") },
  [TSM_STEP_WARN]    = { "warn",    NC_("step", "warning") },
  [TSM_STEP_FAIL]    = { "fail",    NC_("step", "failing") },
};

#define MASK(state) (1u << (state))
#define QUIET (MASK (TSM_STEP_UNKNOWN) | MASK (TSM_STEP_BUSY))

/* What gives way, in this order, until all fit. `gradual`: only as far as needed, cut with an ellipsis. */
typedef struct
{
  guint         states;
  TsmStepDetail floor;
  gboolean      gradual;
} Concession;

static const Concession concessions[] = {
  { MASK (TSM_STEP_PASS), TSM_STEP_DETAIL_NAME, FALSE },
  { QUIET,                TSM_STEP_DETAIL_NAME, FALSE },
  { MASK (TSM_STEP_PASS), TSM_STEP_DETAIL_ICON, FALSE },
  { QUIET,                TSM_STEP_DETAIL_ICON, FALSE },
  { MASK (TSM_STEP_WARN), TSM_STEP_DETAIL_ICON, TRUE },
  { MASK (TSM_STEP_FAIL), TSM_STEP_DETAIL_ICON, TRUE },
};

static Slot *
get_slot (TsmFlowStrip *self,
          guint         index)
{
  return &g_array_index (self->slots, Slot, index);
}

/* Returns: the sum of all steps and what is between them */
static int
take_full_widths (TsmFlowStrip *self)
{
  int total = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      int natural;

      gtk_widget_measure (slot->button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      slot->padding = MAX (natural - tsm_step_get_width (slot->step, TSM_STEP_DETAIL_FULL), 0);
      slot->width = natural;
      total += natural + (i > 0 ? BETWEEN : 0);
    }
  return total;
}

/* How many pixels @slot can give by @concession. */
static int
get_yield (const Slot       *slot,
           const Concession *concession)
{
  if ((concession->states & MASK (tsm_step_get_state (slot->step))) == 0)
    return 0;

  return MAX (slot->width - slot->padding - tsm_step_get_width (slot->step, concession->floor), 0);
}

/* Makes the steps narrower until @excess pixels are saved, or this concession yields no more.
 *
 * Returns: the excess that is left, negative where more was saved */
static int
concede (TsmFlowStrip     *self,
         const Concession *concession,
         int               excess)
{
  int yield = 0;
  int open = excess;

  for (guint i = 0; i < self->slots->len; i++)
    yield += get_yield (get_slot (self, i), concession);

  for (guint i = 0; i < self->slots->len && yield > 0; i++)
    {
      Slot *slot = get_slot (self, i);
      int part = get_yield (slot, concession);

      /* Rounded up, so the parts reach the excess. */
      if (concession->gradual && yield > excess)
        part = MIN ((part * excess + yield - 1) / yield, part);
      slot->width -= part;
      open -= part;
    }
  return open;
}

static void
tsm_flow_strip_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  TsmFlowStrip *self = TSM_FLOW_STRIP (widget);

  for (guint i = 0; i < self->slots->len; i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (get_slot (self, i)->button, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum += child_minimum + (i > 0 ? BETWEEN : 0);
          *natural += child_natural + (i > 0 ? BETWEEN : 0);
        }
      else
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
    }
}

static void
tsm_flow_strip_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  TsmFlowStrip *self = TSM_FLOW_STRIP (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int excess = take_full_widths (self) - width;
  int x = 0;

  for (guint i = 0; i < G_N_ELEMENTS (concessions) && excess > 0; i++)
    excess = concede (self, &concessions[i], excess);

  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = get_slot (self, i);

      gtk_widget_size_allocate (slot->button,
                                &(GtkAllocation) { mirrored ? width - x - slot->width : x, 0, slot->width, height },
                                -1);
      x += slot->width + BETWEEN;
    }
}

/* One small triangle, pointing where the events flow. */
static void
draw_arrow (cairo_t  *cr,
            double    x,
            double    y,
            gboolean  mirrored)
{
  double half = (mirrored ? -ARROW_WIDTH : ARROW_WIDTH) / 2.0;

  cairo_move_to (cr, x - half, y - ARROW_HEIGHT / 2.0);
  cairo_line_to (cr, x + half, y);
  cairo_line_to (cr, x - half, y + ARROW_HEIGHT / 2.0);
  cairo_close_path (cr);
}

static void
tsm_flow_strip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  TsmFlowStrip *self = TSM_FLOW_STRIP (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GdkRGBA rgba;
  int x = 0;

  tsm_ink_get_rgba (TSM_INK_MARK, widget, &rgba);
  gdk_cairo_set_source_rgba (cr, &rgba);
  for (guint i = 0; i + 1 < self->slots->len; i++)
    {
      x += get_slot (self, i)->width + BETWEEN;
      draw_arrow (cr, mirrored ? width - x + BETWEEN / 2.0 : x - BETWEEN / 2.0, height / 2.0, mirrored);
    }
  cairo_fill (cr);
  cairo_destroy (cr);

  GTK_WIDGET_CLASS (tsm_flow_strip_parent_class)->snapshot (widget, snapshot);
}

static void
button_clicked_cb (GtkButton    *button,
                   TsmFlowStrip *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      if (get_slot (self, i)->button == GTK_WIDGET (button))
        {
          g_signal_emit (self, signals[STEP_ACTIVATED], 0, i, button);
          return;
        }
    }
}

/* "Redis: passing, 0.4 ms" */
static void
publish (const Slot *slot,
         const char *text)
{
  const char *spoken = g_dpgettext2 (GETTEXT_PACKAGE, "step", states[tsm_step_get_state (slot->step)].spoken);
  g_autofree char *state = g_strjoin (", ", spoken, text, NULL);
  g_autofree char *name = g_strdup_printf (C_("step", "%s: %s"), tsm_step_get_label (slot->step), state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (slot->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
tsm_flow_strip_dispose (GObject *object)
{
  TsmFlowStrip *self = TSM_FLOW_STRIP (object);

  g_array_set_size (self->slots, 0);
  tsm_children_unparent (GTK_WIDGET (self));

  G_OBJECT_CLASS (tsm_flow_strip_parent_class)->dispose (object);
}

static void
tsm_flow_strip_finalize (GObject *object)
{
  g_array_unref (TSM_FLOW_STRIP (object)->slots);

  G_OBJECT_CLASS (tsm_flow_strip_parent_class)->finalize (object);
}

static void
tsm_flow_strip_class_init (TsmFlowStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tsm_flow_strip_dispose;
  object_class->finalize = tsm_flow_strip_finalize;
  widget_class->measure = tsm_flow_strip_measure;
  widget_class->size_allocate = tsm_flow_strip_size_allocate;
  widget_class->snapshot = tsm_flow_strip_snapshot;

  /**
   * TsmFlowStrip::step-activated:
   * @self: the strip
   * @index: which step, counted from 0
   * @button: its button, to point a popover at
   *
   * A step was clicked, or chosen by keyboard.
   */
  signals[STEP_ACTIVATED] =
    g_signal_new ("step-activated", TSM_TYPE_FLOW_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, GTK_TYPE_WIDGET);

  gtk_widget_class_set_css_name (widget_class, "tsm-flow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsm_flow_strip_init (TsmFlowStrip *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  tsm_style_ensure (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Flow of events"), -1);
}

/**
 * tsm_flow_strip_new:
 *
 * Creates a strip without steps.
 *
 * Returns: (transfer floating): the strip
 */
GtkWidget *
tsm_flow_strip_new (void)
{
  return g_object_new (TSM_TYPE_FLOW_STRIP, NULL);
}

/**
 * tsm_flow_strip_add_step:
 * @self: the strip
 * @label: its name, "Redis"
 *
 * Adds a step at the end, in a state not known.
 */
void
tsm_flow_strip_add_step (TsmFlowStrip *self,
                         const char   *label)
{
  Slot slot = { NULL };

  g_return_if_fail (TSM_IS_FLOW_STRIP (self));
  g_return_if_fail (label != NULL);

  slot.step = TSM_STEP (tsm_step_new (label));
  slot.button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (slot.button), GTK_WIDGET (slot.step));
  gtk_widget_add_css_class (slot.button, "flat");
  gtk_widget_add_css_class (slot.button, "tsm-step");
  gtk_widget_add_css_class (slot.button, states[TSM_STEP_UNKNOWN].css_class);
  g_signal_connect (slot.button, "clicked", G_CALLBACK (button_clicked_cb), self);
  gtk_widget_set_parent (slot.button, GTK_WIDGET (self));

  g_array_append_val (self->slots, slot);
  publish (&slot, NULL);
}

/**
 * tsm_flow_strip_set_step:
 * @self: the strip
 * @index: which step, counted from 0
 * @state: its state
 * @text: (nullable): its number, "0.4 ms"
 * @tooltip: (nullable): more about it
 *
 * Sets what a step shows. The room for @text only grows while the state stays, so the other steps stand still.
 */
void
tsm_flow_strip_set_step (TsmFlowStrip *self,
                         guint         index,
                         TsmStepState  state,
                         const char   *text,
                         const char   *tooltip)
{
  TsmStepState old;
  Slot *slot;

  g_return_if_fail (TSM_IS_FLOW_STRIP (self));
  g_return_if_fail (index < self->slots->len);
  g_return_if_fail (state < G_N_ELEMENTS (states));

  slot = get_slot (self, index);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (slot->button), tooltip) != 0)
    gtk_widget_set_tooltip_text (slot->button, tooltip);

  old = tsm_step_get_state (slot->step);
  if (!tsm_step_set (slot->step, state, text))
    return;

  if (old != state)
    {
      gtk_widget_remove_css_class (slot->button, states[old].css_class);
      gtk_widget_add_css_class (slot->button, states[state].css_class);
    }
  publish (slot, text);
}
