/* TsmFlowVerdict: one sentence, one line below it, buttons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-flow-verdict.h"

#include <glib/gi18n-lib.h>

#include "models/tsm-age.h"
#include "ui/tsm-event-label.h"
#include "ui/tsm-strip-rung.h"
#include "ui/tsm-wrap-box.h"
#include "widgets/tsm-step-icon.h"

struct _TsmFlowVerdict
{
  AdwBin      parent_instance;
  GtkWidget  *icon;
  GtkWidget  *summary;
  GtkWidget  *state;
  GtkWidget  *buttons;
  GtkWidget  *act;
  GtkWidget  *extra;
  int         shown; /* the state whose style class is set, -1 for none */
};

static const char *const state_classes[] = {
  [TSM_RUNG_PASS] = "pass",
  [TSM_RUNG_WARN] = "warn",
  [TSM_RUNG_FAIL] = "fail",
  [TSM_RUNG_UNKNOWN] = "unknown",
  [TSM_RUNG_SKIPPED] = "skipped",
};

G_DEFINE_FINAL_TYPE (TsmFlowVerdict, tsm_flow_verdict, ADW_TYPE_BIN)

static char *
dup_check (const TsmFlowView *view)
{
  g_autofree char *ago = NULL;

  if (view->last_check == 0)
    return g_strdup (view->is_checking ? _("Checking…") : _("Not checked in depth yet"));

  ago = tsm_format_ago (view->now_real - view->last_check);
  if (view->is_checking)
    /* TRANSLATORS: "Checked 12 s ago, checking again…" */
    return g_strdup_printf (_("Checked %s, checking again…"), ago);
  /* TRANSLATORS: "Checked 12 s ago" */
  return g_strdup_printf (_("Checked %s"), ago);
}

/* Where it is broken, and when that was checked. */
static char *
dup_state (const TsmFlowView *view)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (view->ladder);
  g_autofree char *check = dup_check (view);

  if (verdict->rung < 0)
    return g_strdup_printf ("%s · %s", tsm_rung_state_get_label (verdict->state), check);
  /* TRANSLATORS: the state and the name of a step, and when that was checked: "Broken at Channel · Checked 12 s ago" */
  return g_strdup_printf (_("%s at %s · %s"), tsm_rung_state_get_label (verdict->state),
                          tsm_rung_id_get_title (verdict->rung), check);
}

static void
show_class (TsmFlowVerdict *self,
            TsmRungState    state)
{
  if (self->shown == (int) state)
    return;
  if (self->shown >= 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self), state_classes[self->shown]);
  gtk_widget_add_css_class (GTK_WIDGET (self), state_classes[state]);
  self->shown = state;
}

/* What the deciding rung offers, unless a button for that stands here anyway. */
static void
show_act (TsmFlowVerdict  *self,
          const TsmLadder *ladder)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);
  TsmRemedyButton button = verdict->rung >= 0 ? tsm_ladder_get_rung (ladder, verdict->rung)->button : TSM_BUTTON_NONE;
  gboolean is_here = button == TSM_BUTTON_NONE || button == TSM_BUTTON_RUN || button == TSM_BUTTON_RUN_DEEP;

  gtk_widget_set_visible (self->act, !is_here);
  if (!is_here && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->act)), tsm_remedy_button_get_label (button)) != 0)
    gtk_button_set_label (GTK_BUTTON (self->act), tsm_remedy_button_get_label (button));
}

static void
tsm_flow_verdict_class_init (TsmFlowVerdictClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "verdict");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (TsmFlowVerdict *self,
            const char     *label,
            const char     *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  tsm_wrap_box_append (TSM_WRAP_BOX (self->buttons), button);
  return button;
}

static GtkWidget *
create_buttons (TsmFlowVerdict *self)
{
  self->buttons = tsm_wrap_box_new (8);
  self->act = add_button (self, "", "flow.act");
  gtk_widget_add_css_class (self->act, "suggested-action");
  gtk_widget_set_tooltip_text (add_button (self, _("_Run Again"), "flow.run"), _("Check Every Step Now (Ctrl+R)"));
  add_button (self, _("_Copy Report"), "flow.copy-report");
  add_button (self, _("_Save Report…"), "flow.save-report");
  gtk_widget_set_tooltip_text (add_button (self, _("Search _All Channels"), "flow.run-deep"),
                               _("Listen to Every Channel of the Server for a Moment"));
  return self->buttons;
}

static void
tsm_flow_verdict_init (TsmFlowVerdict *self)
{
  GtkWidget *line = gtk_grid_new (); /* a box would try out how narrow the texts can be within its height */
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  self->shown = -1;
  self->icon = tsm_step_icon_new ();
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->icon, "verdict-icon");
  self->summary = tsm_event_label_new (NULL, "verdict-summary");
  gtk_widget_add_css_class (self->summary, "numeric");
  gtk_label_set_selectable (GTK_LABEL (self->summary), TRUE);
  self->state = tsm_event_label_new (NULL, "verdict-state");
  gtk_widget_add_css_class (self->state, "numeric");
  gtk_box_append (GTK_BOX (texts), self->summary);
  gtk_box_append (GTK_BOX (texts), self->state);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (line), 12);
  gtk_grid_attach (GTK_GRID (line), self->icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (line), texts, 1, 0, 1, 1);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), create_buttons (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Verdict"), -1);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * tsm_flow_verdict_new:
 *
 * Returns: (transfer floating): a card that says nothing yet
 */
GtkWidget *
tsm_flow_verdict_new (void)
{
  return g_object_new (TSM_TYPE_FLOW_VERDICT, NULL);
}

/**
 * tsm_flow_verdict_show:
 * @self: the card
 * @view: what it shows
 */
void
tsm_flow_verdict_show (TsmFlowVerdict    *self,
                       const TsmFlowView *view)
{
  const TsmVerdict *verdict;
  g_autofree char *state = NULL;

  g_return_if_fail (TSM_IS_FLOW_VERDICT (self) && view->ladder != NULL);

  verdict = tsm_ladder_get_verdict (view->ladder);
  state = dup_state (view);
  show_class (self, verdict->state);
  tsm_step_icon_set_state (TSM_STEP_ICON (self->icon), tsm_rung_state_get_step (verdict->state));
  tsm_event_label_set (GTK_LABEL (self->summary), verdict->summary, TSM_EVENT_LABEL_WORD);
  tsm_event_label_set (GTK_LABEL (self->state), state, TSM_EVENT_LABEL_WORD);
  show_act (self, view->ladder);
}

/**
 * tsm_flow_verdict_set_extra:
 * @self: the card
 * @extra: (nullable): a widget after the buttons
 */
void
tsm_flow_verdict_set_extra (TsmFlowVerdict *self,
                            GtkWidget      *extra)
{
  g_return_if_fail (TSM_IS_FLOW_VERDICT (self));

  if (self->extra != NULL)
    gtk_widget_unparent (self->extra);
  self->extra = extra;
  if (extra != NULL)
    tsm_wrap_box_append (TSM_WRAP_BOX (self->buttons), extra);
}
