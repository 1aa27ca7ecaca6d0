/* TsmFlowPage: looks at the diagnosis when it changes, and once a second for what time makes of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-flow-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-flow-ladder.h"
#include "ui/tsm-flow-remedy.h"
#include "ui/tsm-flow-verdict.h"
#include "ui/tsm-gaps-card.h"
#include "ui/tsm-received-card.h"
#include "ui/tsm-report-file.h"
#include "ui/tsm-rung-row.h"

#define MAX_WIDTH 1400 /* px: a longer line of text is no longer read at a glance */
#define MARGIN    12   /* px kept free around what is scrolled to */
#define GLANCE    160  /* px of an open row that are enough to see what it is about: nothing scrolls for the rest */

enum
{
  SIDE_LADDER,
  SIDE_CARDS,
};

static const TsmRowsPlan plans[] = {
  { 940, { { { SIDE_LADDER, 9 }, { SIDE_CARDS, 4 } } } },
  { 0,   { { { SIDE_LADDER, 1 } }, { { SIDE_CARDS, 1 } } } },
};

struct _TsmFlowPage
{
  AdwBin        parent_instance;
  GtkWidget    *scroller;
  GtkWidget    *board;
  GtkWidget    *verdict;
  GtkWidget    *ladder;
  GtkWidget    *received;
  GtkWidget    *gaps;

  TsmDiagnosis *diagnosis;
  GSignalGroup *signals;
  TsmLadder    *shown;     /* the last that was shown, for what is clicked */
  GtkWidget    *wanted;    /* the row to be brought into sight once everything has its place */
  guint         scroll_id;
};

G_DEFINE_FINAL_TYPE (TsmFlowPage, tsm_flow_page, ADW_TYPE_BIN)

/* Nothing is worked out for a page that nobody sees; it catches up when it is mapped. */
static void
update (TsmFlowPage *self)
{
  TsmFlowView view = { 0, };

  if (self->diagnosis == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  view.ladder = tsm_diagnosis_get_ladder (self->diagnosis);
  view.facts = tsm_diagnosis_get_facts (self->diagnosis);
  view.gaps = G_LIST_MODEL (tsm_diagnosis_get_gaps (self->diagnosis));
  view.is_checking = tsm_diagnosis_is_running (self->diagnosis);
  view.last_check = tsm_diagnosis_get_last_run (self->diagnosis);
  view.now_real = g_get_real_time ();
  tsm_flow_page_show (self, &view);
}

static gboolean
scroll_cb (gpointer user_data)
{
  TsmFlowPage *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double value = gtk_adjustment_get_value (adjustment);
  double room = gtk_adjustment_get_page_size (adjustment);
  graphene_rect_t bounds;
  double top, bottom;

  self->scroll_id = 0;
  if (self->wanted == NULL || !gtk_widget_compute_bounds (self->wanted, self->board, &bounds))
    return G_SOURCE_REMOVE;

  top = bounds.origin.y - MARGIN;
  bottom = bounds.origin.y + bounds.size.height + MARGIN;
  if (top < value || bounds.origin.y + MIN (bounds.size.height, GLANCE) > value + room)
    gtk_adjustment_set_value (adjustment, MIN (top, MAX (bottom - room, 0)));
  self->wanted = NULL;
  return G_SOURCE_REMOVE;
}

/* After the redraw, which gives every row its place. */
static void
scroll_later (TsmFlowPage *self)
{
  if (self->wanted != NULL && self->scroll_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->scroll_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, scroll_cb, self, NULL);
}

static void
opened_cb (TsmFlowPage *self,
           GtkWidget   *row)
{
  self->wanted = row;
  scroll_later (self);
}

static void
remedy_cb (TsmFlowPage *self,
           guint        id)
{
  tsm_flow_remedy_apply (GTK_WIDGET (self), self->diagnosis, tsm_ladder_get_rung (self->shown, id));
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  tsm_flow_page_run (TSM_FLOW_PAGE (widget));
}

static void
run_deep_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  TsmFlowPage *self = TSM_FLOW_PAGE (widget);

  if (self->diagnosis != NULL)
    tsm_diagnosis_run (self->diagnosis, TRUE);
}

static void
act_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  tsm_flow_page_act (TSM_FLOW_PAGE (widget));
}

static void
copy_report_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  TsmFlowPage *self = TSM_FLOW_PAGE (widget);
  g_autofree char *report = NULL;

  if (self->diagnosis == NULL)
    return;
  report = tsm_diagnosis_dup_report (self->diagnosis, TSM_REPORT_MARKDOWN);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  gtk_widget_activate_action (widget, "win.toast", "s", _("Report copied to the clipboard"));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TsmFlowPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = tsm_report_file_save_finish (result, &error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", saved ? _("Report saved") : error->message);
}

static void
chosen_cb (TsmFlowPage    *self,
           int             response,
           GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (file != NULL && self->diagnosis != NULL)
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *report = tsm_diagnosis_dup_report (self->diagnosis, tsm_report_file_get_format (name));

      tsm_report_file_save_async (file, report, NULL, saved_cb, g_object_ref (self));
    }
  g_object_unref (chooser);
}

static void
save_report_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Report"), window, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = tsm_report_file_dup_name (g_get_real_time ());

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
tsm_flow_page_map (GtkWidget *widget)
{
  TsmFlowPage *self = TSM_FLOW_PAGE (widget);

  GTK_WIDGET_CLASS (tsm_flow_page_parent_class)->map (widget);
  update (self);
  scroll_later (self);
}

/* Tab goes through all that is on the page; without this it would be given to what the page takes the focus with. */
static gboolean
tsm_flow_page_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  return gtk_widget_child_focus (gtk_widget_get_first_child (widget), direction);
}

static gboolean
tsm_flow_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TSM_FLOW_PAGE (widget)->ladder);
}

static void
tsm_flow_page_dispose (GObject *object)
{
  TsmFlowPage *self = TSM_FLOW_PAGE (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->diagnosis);
  g_clear_pointer (&self->shown, tsm_ladder_unref);

  G_OBJECT_CLASS (tsm_flow_page_parent_class)->dispose (object);
}

static void
tsm_flow_page_class_init (TsmFlowPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_flow_page_dispose;
  widget_class->map = tsm_flow_page_map;
  widget_class->grab_focus = tsm_flow_page_grab_focus;
  widget_class->focus = tsm_flow_page_focus;
  gtk_widget_class_install_action (widget_class, "flow.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "flow.run-deep", NULL, run_deep_action);
  gtk_widget_class_install_action (widget_class, "flow.act", NULL, act_action);
  gtk_widget_class_install_action (widget_class, "flow.copy-report", NULL, copy_report_action);
  gtk_widget_class_install_action (widget_class, "flow.save-report", NULL, save_report_action);
}

static GtkWidget *
create_side (GtkWidget *first,
             GtkWidget *second)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_valign (side, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (side), first);
  gtk_box_append (GTK_BOX (side), second);
  return side;
}

static GtkWidget *
create_board (TsmFlowPage *self)
{
  self->verdict = tsm_flow_verdict_new ();
  self->ladder = tsm_flow_ladder_new ();
  self->received = tsm_received_card_new ();
  self->gaps = tsm_gaps_card_new ();
  g_signal_connect_swapped (self->ladder, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->ladder, "remedy", G_CALLBACK (remedy_cb), self);

  self->board = tsm_rows_new (plans, 12);
  tsm_rows_append (self->board, create_side (self->verdict, self->ladder));
  tsm_rows_append (self->board, create_side (self->received, self->gaps));
  gtk_widget_add_css_class (self->board, "board");
  return self->board;
}

static void
tsm_flow_page_init (TsmFlowPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_board (self));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), self->scroller);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flow-page");

  self->signals = g_signal_group_new (TSM_TYPE_DIAGNOSIS);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

/**
 * tsm_flow_page_show:
 * @self: the page
 * @view: what it shows
 *
 * Updates in place.
 */
void
tsm_flow_page_show (TsmFlowPage       *self,
                    const TsmFlowView *view)
{
  TsmLadder *ladder;

  g_return_if_fail (TSM_IS_FLOW_PAGE (self) && view != NULL && view->ladder != NULL);

  ladder = tsm_ladder_ref ((TsmLadder *) view->ladder);
  g_clear_pointer (&self->shown, tsm_ladder_unref);
  self->shown = ladder;
  tsm_flow_verdict_show (TSM_FLOW_VERDICT (self->verdict), view);
  tsm_flow_ladder_show (TSM_FLOW_LADDER (self->ladder), ladder);
  tsm_received_card_show (TSM_RECEIVED_CARD (self->received), view->facts);
  tsm_gaps_card_show (TSM_GAPS_CARD (self->gaps), view->gaps, view->now_real);
}

/**
 * tsm_flow_page_set_diagnosis:
 * @self: the page
 * @diagnosis: (nullable): what it shows from now on
 */
void
tsm_flow_page_set_diagnosis (TsmFlowPage  *self,
                             TsmDiagnosis *diagnosis)
{
  g_return_if_fail (TSM_IS_FLOW_PAGE (self));

  if (!g_set_object (&self->diagnosis, diagnosis))
    return;
  g_signal_group_set_target (self->signals, diagnosis);
  self->wanted = NULL;
  tsm_flow_ladder_reset (TSM_FLOW_LADDER (self->ladder));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  update (self);
}

/**
 * tsm_flow_page_tick:
 * @self: the page
 *
 * To be called once a second.
 */
void
tsm_flow_page_tick (TsmFlowPage *self)
{
  g_return_if_fail (TSM_IS_FLOW_PAGE (self));

  update (self);
}

/**
 * tsm_flow_page_run:
 * @self: the page
 *
 * Runs the active checks now.
 */
void
tsm_flow_page_run (TsmFlowPage *self)
{
  g_return_if_fail (TSM_IS_FLOW_PAGE (self));

  if (self->diagnosis != NULL)
    tsm_diagnosis_run (self->diagnosis, FALSE);
}

/**
 * tsm_flow_page_show_rung:
 * @self: the page
 * @id: a rung
 *
 * Opens it, brings it into sight and gives it the focus.
 */
void
tsm_flow_page_show_rung (TsmFlowPage *self,
                         TsmRungId    id)
{
  g_return_if_fail (TSM_IS_FLOW_PAGE (self) && (guint) id < TSM_N_RUNGS);

  self->wanted = tsm_flow_ladder_open (TSM_FLOW_LADDER (self->ladder), id);
  tsm_rung_row_take_focus (TSM_RUNG_ROW (self->wanted));
  scroll_later (self);
}

/**
 * tsm_flow_page_act:
 * @self: the page
 *
 * Does what the button of the rung that decides does.
 */
void
tsm_flow_page_act (TsmFlowPage *self)
{
  TsmLadder *ladder;
  int rung;

  g_return_if_fail (TSM_IS_FLOW_PAGE (self));

  ladder = self->diagnosis != NULL ? tsm_diagnosis_get_ladder (self->diagnosis) : self->shown;
  rung = ladder != NULL ? tsm_ladder_get_verdict (ladder)->rung : -1;
  if (rung >= 0)
    tsm_flow_remedy_apply (GTK_WIDGET (self), self->diagnosis, tsm_ladder_get_rung (ladder, rung));
}

/**
 * tsm_flow_page_set_extra:
 * @self: the page
 * @extra: (nullable): a widget beside the buttons at the top
 */
void
tsm_flow_page_set_extra (TsmFlowPage *self,
                         GtkWidget   *extra)
{
  g_return_if_fail (TSM_IS_FLOW_PAGE (self));

  tsm_flow_verdict_set_extra (TSM_FLOW_VERDICT (self->verdict), extra);
}
