/* TsmFlowLadder: which rows stand open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-flow-ladder.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-rung-row.h"

struct _TsmFlowLadder
{
  AdwBin     parent_instance;
  GtkWidget *rows[TSM_N_RUNGS];
  gboolean   is_touched[TSM_N_RUNGS]; /* opened or closed by the user */
  int        decisive;                /* the rung that decided last, or -1 */
};

enum
{
  SIGNAL_REMEDY,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmFlowLadder, tsm_flow_ladder, ADW_TYPE_BIN)

static void
toggled_cb (TsmFlowLadder *self,
            TsmRungRow    *row)
{
  self->is_touched[tsm_rung_row_get_id (row)] = TRUE;
}

static void
remedy_cb (TsmFlowLadder *self,
           TsmRungRow    *row)
{
  g_signal_emit (self, signals[SIGNAL_REMEDY], 0, (guint) tsm_rung_row_get_id (row));
}

/* A warning may stand for hours: only what is broken opens by itself. */
static int
get_decisive (const TsmLadder *ladder)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);

  return verdict->state == TSM_RUNG_FAIL ? verdict->rung : -1;
}

static void
set_open_by_itself (TsmFlowLadder *self,
                    int            id,
                    gboolean       open)
{
  if (id >= 0 && !self->is_touched[id])
    tsm_rung_row_set_open (TSM_RUNG_ROW (self->rows[id]), open);
}

/* Tab leaves at both ends; without this it would be given to the row that the ladder takes the focus with. */
static gboolean
tsm_flow_ladder_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  return gtk_widget_child_focus (gtk_widget_get_first_child (widget), direction);
}

/* The arrow keys work at once, from the rung that decides. */
static gboolean
tsm_flow_ladder_grab_focus (GtkWidget *widget)
{
  TsmFlowLadder *self = TSM_FLOW_LADDER (widget);

  return tsm_rung_row_take_focus (TSM_RUNG_ROW (self->rows[MAX (self->decisive, 0)]));
}

static void
tsm_flow_ladder_class_init (TsmFlowLadderClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = tsm_flow_ladder_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = tsm_flow_ladder_focus;
  signals[SIGNAL_REMEDY] = g_signal_new ("remedy", TSM_TYPE_FLOW_LADDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", TSM_TYPE_FLOW_LADDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
}

static void
tsm_flow_ladder_init (TsmFlowLadder *self)
{
  GtkSizeGroup *columns[2] = { gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL), gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL) };
  GtkWidget *list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      self->rows[i] = tsm_rung_row_new (i, columns);
      g_signal_connect_swapped (self->rows[i], "toggled", G_CALLBACK (toggled_cb), self);
      g_signal_connect_swapped (self->rows[i], "remedy", G_CALLBACK (remedy_cb), self);
      gtk_box_append (GTK_BOX (list), self->rows[i]);
    }
  g_object_unref (columns[0]); /* the labels hold them */
  g_object_unref (columns[1]);

  self->decisive = -1;
  gtk_widget_add_css_class (list, "ladder");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps of the event path"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  adw_bin_set_child (ADW_BIN (self), list);
}

/**
 * tsm_flow_ladder_new:
 *
 * Returns: (transfer floating): rows that say nothing yet
 */
GtkWidget *
tsm_flow_ladder_new (void)
{
  return g_object_new (TSM_TYPE_FLOW_LADDER, NULL);
}

/**
 * tsm_flow_ladder_show:
 * @self: the rows
 * @ladder: what they show
 *
 * Updates in place. Emits "opened" when another rung is broken than before.
 */
void
tsm_flow_ladder_show (TsmFlowLadder   *self,
                      const TsmLadder *ladder)
{
  int decisive;

  g_return_if_fail (TSM_IS_FLOW_LADDER (self) && ladder != NULL);

  for (guint i = 0; i < TSM_N_RUNGS; i++)
    tsm_rung_row_show (TSM_RUNG_ROW (self->rows[i]), tsm_ladder_get_rung (ladder, i));

  decisive = get_decisive (ladder);
  if (decisive == self->decisive)
    return;
  set_open_by_itself (self, self->decisive, FALSE);
  self->decisive = decisive;
  set_open_by_itself (self, decisive, TRUE);
  if (decisive >= 0)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->rows[decisive]);
}

/**
 * tsm_flow_ladder_reset:
 * @self: the rows
 *
 * Closes all, and forgets what the user opened and closed.
 */
void
tsm_flow_ladder_reset (TsmFlowLadder *self)
{
  g_return_if_fail (TSM_IS_FLOW_LADDER (self));

  self->decisive = -1;
  for (guint i = 0; i < TSM_N_RUNGS; i++)
    {
      self->is_touched[i] = FALSE;
      tsm_rung_row_set_open (TSM_RUNG_ROW (self->rows[i]), FALSE);
    }
}

/**
 * tsm_flow_ladder_open:
 * @self: the rows
 * @id: a rung
 *
 * Opens a row, which then stays open until the user closes it.
 *
 * Returns: (transfer none): the row
 */
GtkWidget *
tsm_flow_ladder_open (TsmFlowLadder *self,
                      TsmRungId      id)
{
  g_return_val_if_fail (TSM_IS_FLOW_LADDER (self) && (guint) id < TSM_N_RUNGS, NULL);

  self->is_touched[id] = TRUE;
  tsm_rung_row_set_open (TSM_RUNG_ROW (self->rows[id]), TRUE);
  return self->rows[id];
}

gboolean
tsm_flow_ladder_is_open (TsmFlowLadder *self,
                         TsmRungId      id)
{
  g_return_val_if_fail (TSM_IS_FLOW_LADDER (self) && (guint) id < TSM_N_RUNGS, FALSE);

  return tsm_rung_row_get_open (TSM_RUNG_ROW (self->rows[id]));
}
