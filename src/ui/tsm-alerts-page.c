/* The alerts page joins the list of alerts to its view, the filter's controls and the detail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alerts change in place: at each "changed" of the book the bound cells are refreshed in one pass. Nothing is refreshed while
 * the page is not mapped.
 */

#include "config.h"

#include "ui/tsm-alerts-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-alert-columns.h"
#include "ui/tsm-alert-detail.h"
#include "ui/tsm-alert-list.h"
#include "ui/tsm-alert-status.h"
#include "ui/tsm-card.h"
#include "ui/tsm-event-follow.h"
#include "ui/tsm-panes.h"
#include "ui/tsm-resolve-dialog.h"

#define NARROW_TOOLBAR 560 /* px of the list below which the drop-downs stand on a row of their own */

struct _TsmAlertsPage
{
  AdwBin              parent_instance;

  TsmPanes           *panes;
  GtkOrientable      *toolbar;
  GtkEditable        *search;
  GtkDropDown        *state;
  GtkDropDown        *severity;
  GtkWidget          *notice;
  GtkStack           *stack;
  GtkScrolledWindow  *scrolled;
  GtkColumnView      *view;
  AdwStatusPage      *status;
  GtkButton          *status_button;
  GtkRevealer        *bar;
  GtkLabel           *selected;
  TsmAlertDetail     *detail;

  TsmMonitor         *monitor;
  char               *source;
  TsmAlertStatus      reason;    /* why the list is empty, where it is */
  gboolean            is_dirty;  /* changed while not mapped */
  gboolean            has_opened; /* the worst alert was selected for the user */

  TsmColumns         *columns;
  TsmAlertList       *list;
  TsmEventFollow     *follow;    /* of the top, where the worst stand */
  GSignalGroup       *book_signals;
  GSignalGroup       *monitor_signals;
  GSignalGroup       *connection_signals;
  GSignalGroup       *source_signals;
};

G_DEFINE_FINAL_TYPE (TsmAlertsPage, tsm_alerts_page, ADW_TYPE_BIN)

static TsmAlertBook *
get_book (TsmAlertsPage *self)
{
  return self->monitor != NULL ? tsm_monitor_get_alerts (self->monitor) : NULL;
}

static void
update_actions (TsmAlertsPage *self)
{
  TsmAlert *shown = tsm_alert_detail_get_alert (self->detail);
  const char *refusal = self->monitor != NULL ? tsm_monitor_get_refusal (self->monitor) : NULL;
  g_autoptr (GPtrArray) unresolved = tsm_alert_list_dup_targets (self->list, TSM_ALERT_ACKNOWLEDGED, shown);
  g_autoptr (GPtrArray) open = tsm_alert_list_dup_targets (self->list, TSM_ALERT_OPEN, shown);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alerts.resolve", unresolved->len > 0 && refusal == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "alerts.acknowledge", open->len > 0 && refusal == NULL);
  tsm_alert_detail_set_refusal (self->detail, refusal);
}

static void
show_notice (TsmAlertsPage *self,
             gboolean       has_rows)
{
  const char *text = self->monitor != NULL ? tsm_monitor_get_refusal (self->monitor) : NULL;

  if (!tsm_alert_status_is_heard (self->monitor))
    text = _("Not connected: alerts raised now are not heard.");
  tsm_label_set (self->notice, text);
  gtk_widget_set_visible (self->notice, has_rows && text != NULL);
}

static void
update_status (TsmAlertsPage *self)
{
  gboolean has_rows = tsm_alert_list_get_n_shown (self->list) > 0;
  gboolean has_detail = tsm_alert_detail_get_alert (self->detail) != NULL;
  gboolean is_default = tsm_alert_filter_is_default (tsm_alert_list_get_filter (self->list));

  show_notice (self, has_rows);
  tsm_panes_set_alone (self->panes, !has_detail && !gtk_revealer_get_reveal_child (self->bar));
  if (!has_rows)
    {
      self->reason = tsm_alert_status_find (self->monitor, is_default, self->source != NULL);
      tsm_alert_status_show (self->reason, self->monitor, self->status, self->status_button);
    }
  gtk_stack_set_visible_child_name (self->stack, has_rows ? "list" : "empty");
}

/* Where there is room for it, the page opens on the worst alert; afterwards the choice is the user's. */
static void
select_worst_once (TsmAlertsPage *self)
{
  if (self->has_opened || tsm_panes_get_list_width (self->panes) == 0 || tsm_panes_get_folded (self->panes)
      || !gtk_widget_get_mapped (GTK_WIDGET (self)) || tsm_alert_list_get_n_shown (self->list) == 0)
    return;

  self->has_opened = TRUE;
  if (tsm_alert_detail_get_alert (self->detail) == NULL)
    gtk_selection_model_select_item (tsm_alert_list_get_selection (self->list), 0, TRUE);
}

static void
update_columns (TsmAlertsPage *self)
{
  guint n_sources = self->monitor != NULL
                      ? g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (self->monitor)))
                      : 0;

  tsm_alert_columns_fit (self->columns, tsm_panes_get_list_width (self->panes), self->source == NULL && n_sources > 1);
}

/* A row that leaves takes the focus with it, and the next "A" would be typed into the filter. */
static void
update_order (TsmAlertsPage *self)
{
  gboolean had_focus = tsm_columns_has_focus (self->view);

  tsm_alert_list_update (self->list);
  if (had_focus && !tsm_columns_has_focus (self->view))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
refresh (TsmAlertsPage *self)
{
  self->is_dirty = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_dirty)
    return;

  update_order (self);
  tsm_columns_refresh (self->columns);
  tsm_alert_detail_refresh (self->detail);
  select_worst_once (self);
  update_status (self);
  update_actions (self);
}

static void
tick_cb (TsmAlertsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    tsm_columns_refresh_at (self->columns, TSM_ALERT_COLUMN_AGE);
}

static void
selection_cb (TsmAlertsPage *self)
{
  GtkSelectionModel *selection = tsm_alert_list_get_selection (self->list);
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (selection);
  guint n = (guint) gtk_bitset_get_size (bits);
  g_autofree char *text = g_strdup_printf (ngettext ("%u alert selected", "%u alerts selected", n), n);
  g_autoptr (TsmAlert) alert = NULL;

  if (n == 1)
    alert = g_list_model_get_item (G_LIST_MODEL (selection), gtk_bitset_get_nth (bits, 0));
  tsm_alert_detail_set_hint (self->detail, n > 1 ? text : _("Select an alert to see its details"));
  tsm_alert_detail_set_alert (self->detail, alert);
  if (alert != NULL)
    tsm_panes_set_detail_shown (self->panes, TRUE);
  gtk_label_set_text (self->selected, text);
  gtk_revealer_set_reveal_child (self->bar, n > 1);
  update_status (self);
  update_actions (self);
}

static void
activate_cb (TsmAlertsPage *self,
             guint          position)
{
  gtk_selection_model_select_item (tsm_alert_list_get_selection (self->list), position, TRUE);
}

/* Back to the list: a row that stayed selected could not be opened by selecting it again. */
static void
detail_shown_cb (TsmAlertsPage *self)
{
  if (tsm_panes_get_detail_shown (self->panes))
    return;
  gtk_selection_model_unselect_all (tsm_alert_list_get_selection (self->list));
  tsm_alert_detail_set_alert (self->detail, NULL);
  update_status (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
items_cb (TsmAlertsPage *self)
{
  tsm_event_follow_rows_changed (self->follow);
}

static void
layout_cb (TsmAlertsPage *self)
{
  gboolean is_narrow = tsm_panes_get_list_width (self->panes) < NARROW_TOOLBAR;

  update_columns (self);
  tsm_alert_detail_set_folded (self->detail, tsm_panes_get_folded (self->panes));
  gtk_orientable_set_orientation (self->toolbar, is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->state), is_narrow);
  gtk_widget_set_hexpand (GTK_WIDGET (self->severity), is_narrow);
  select_worst_once (self);
}

static void
filter_cb (TsmAlertsPage *self)
{
  TsmAlertFilter *filter = tsm_alert_list_get_filter (self->list);

  tsm_row_filter_set_text (TSM_ROW_FILTER (filter), gtk_editable_get_text (self->search));
  tsm_alert_filter_set_show (filter, gtk_drop_down_get_selected (self->state));
  tsm_alert_filter_set_min_severity (filter, gtk_drop_down_get_selected (self->severity));
  tsm_event_follow_set_following (self->follow, TRUE);
  update_status (self);
}

static void
stop_search_cb (TsmAlertsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
clear_filter (TsmAlertsPage *self,
              TsmAlertShow   show)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->severity, TSM_SEVERITY_INFO);
  gtk_drop_down_set_selected (self->state, show);
  filter_cb (self); /* the entry's own signal waits for a pause in typing */
}

static void
status_button_cb (TsmAlertsPage *self)
{
  clear_filter (self, self->reason == TSM_ALERT_STATUS_RESOLVED ? TSM_ALERT_SHOW_RESOLVED : TSM_ALERT_SHOW_UNRESOLVED);
}

/* Those of the selected alerts, or of the one in the detail, that are open. */
static void
acknowledge_action_cb (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  TsmAlertsPage *self = TSM_ALERTS_PAGE (widget);
  g_autoptr (GPtrArray) targets = NULL;
  g_autofree char *toast = NULL;

  targets = tsm_alert_list_dup_targets (self->list, TSM_ALERT_OPEN, tsm_alert_detail_get_alert (self->detail));
  if (targets->len == 0 || self->monitor == NULL || tsm_monitor_get_refusal (self->monitor) != NULL)
    return;

  for (guint i = 0; i < targets->len; i++)
    tsm_monitor_acknowledge (self->monitor, g_ptr_array_index (targets, i), NULL);
  toast = g_strdup_printf (ngettext ("%u alert acknowledged", "%u alerts acknowledged", targets->len), targets->len);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", toast);
}

/* The selected alerts, or the one in the detail, once notes have been asked for. */
static void
resolve_action_cb (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  TsmAlertsPage *self = TSM_ALERTS_PAGE (widget);
  g_autoptr (GPtrArray) targets = NULL;
  GtkRoot *root;

  targets = tsm_alert_list_dup_targets (self->list, TSM_ALERT_ACKNOWLEDGED, tsm_alert_detail_get_alert (self->detail));
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (targets->len > 0 && self->monitor != NULL && tsm_monitor_get_refusal (self->monitor) == NULL)
    tsm_resolve_dialog_present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->monitor, targets);
}

static void
tsm_alerts_page_map (GtkWidget *widget)
{
  TsmAlertsPage *self = TSM_ALERTS_PAGE (widget);

  GTK_WIDGET_CLASS (tsm_alerts_page_parent_class)->map (widget);

  if (self->is_dirty)
    refresh (self);
  tick_cb (self);
}

static gboolean
tsm_alerts_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TSM_ALERTS_PAGE (widget)->view));
}

static void
tsm_alerts_page_dispose (GObject *object)
{
  TsmAlertsPage *self = TSM_ALERTS_PAGE (object);

  g_clear_object (&self->book_signals);
  g_clear_object (&self->monitor_signals);
  g_clear_object (&self->connection_signals);
  g_clear_object (&self->source_signals);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->columns, tsm_columns_free);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (tsm_alert_list_get_selection (self->list), self);
  g_clear_pointer (&self->list, tsm_alert_list_free);
  g_clear_object (&self->follow);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->source, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin would unparent what the template has let go */
  gtk_widget_dispose_template (GTK_WIDGET (self), TSM_TYPE_ALERTS_PAGE);

  G_OBJECT_CLASS (tsm_alerts_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, panes);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, state);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, severity);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, view);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, status);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, status_button);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, selected);
  gtk_widget_class_bind_template_child (widget_class, TsmAlertsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, layout_cb);
  gtk_widget_class_bind_template_callback (widget_class, detail_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_button_cb);
}

static void
tsm_alerts_page_class_init (TsmAlertsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_alerts_page_dispose;
  widget_class->map = tsm_alerts_page_map;
  widget_class->grab_focus = tsm_alerts_page_grab_focus;

  g_type_ensure (TSM_TYPE_PANES);
  g_type_ensure (TSM_TYPE_ALERT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-alerts-page.ui");
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "alerts.acknowledge", NULL, acknowledge_action_cb);
  gtk_widget_class_install_action (widget_class, "alerts.resolve", NULL, resolve_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, 0, "alerts.acknowledge", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, 0, "alerts.resolve", NULL);
}

static void
create_signals (TsmAlertsPage *self)
{
  self->book_signals = g_signal_group_new (TSM_TYPE_ALERT_BOOK);
  g_signal_group_connect_swapped (self->book_signals, "changed", G_CALLBACK (refresh), self);
  self->monitor_signals = g_signal_group_new (TSM_TYPE_MONITOR);
  g_signal_group_connect_swapped (self->monitor_signals, "tick", G_CALLBACK (tick_cb), self);
  self->connection_signals = g_signal_group_new (TSM_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "state-changed", G_CALLBACK (update_status), self);
  self->source_signals = g_signal_group_new (TSM_TYPE_SOURCE_LIST);
  g_signal_group_connect_swapped (self->source_signals, "items-changed", G_CALLBACK (update_columns), self);
}

static void
tsm_alerts_page_init (TsmAlertsPage *self)
{
  GtkSelectionModel *selection;

  self->list = tsm_alert_list_new ();
  selection = tsm_alert_list_get_selection (self->list);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (selection_cb), self);
  g_signal_connect_swapped (selection, "items-changed", G_CALLBACK (items_cb), self);
  create_signals (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_column_view_set_model (self->view, selection);
  self->columns = tsm_alert_columns_new (self->view, &self->monitor);
  self->follow = tsm_event_follow_new (self->scrolled, GTK_POS_TOP);
  update_columns (self);
  update_status (self);
  update_actions (self);
}

/**
 * tsm_alerts_page_set_monitor:
 * @self: the page
 * @monitor: (nullable): whose alerts it shows; NULL empties the page
 */
void
tsm_alerts_page_set_monitor (TsmAlertsPage *self,
                             TsmMonitor    *monitor)
{
  g_return_if_fail (TSM_IS_ALERTS_PAGE (self));
  g_return_if_fail (monitor == NULL || TSM_IS_MONITOR (monitor));

  if (!g_set_object (&self->monitor, monitor))
    return;
  tsm_alert_detail_set_alert (self->detail, NULL);
  g_signal_group_set_target (self->book_signals, monitor != NULL ? tsm_monitor_get_alerts (monitor) : NULL);
  g_signal_group_set_target (self->monitor_signals, monitor);
  g_signal_group_set_target (self->connection_signals, monitor != NULL ? tsm_monitor_get_connection (monitor) : NULL);
  g_signal_group_set_target (self->source_signals, monitor != NULL ? tsm_monitor_get_sources (monitor) : NULL);
  tsm_alert_list_set_book (self->list, get_book (self));
  update_columns (self);
  update_status (self);
  update_actions (self);
}

/**
 * tsm_alerts_page_set_source:
 * @self: the page
 * @source: (nullable): the only source whose alerts are shown; NULL for all
 */
void
tsm_alerts_page_set_source (TsmAlertsPage *self,
                            const char    *source)
{
  g_return_if_fail (TSM_IS_ALERTS_PAGE (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  tsm_row_filter_set_source (TSM_ROW_FILTER (tsm_alert_list_get_filter (self->list)), source);
  update_columns (self);
  filter_cb (self);
}

/**
 * tsm_alerts_page_focus_filter:
 * @self: the page
 *
 * Puts the cursor into the filter's text, which is selected.
 */
void
tsm_alerts_page_focus_filter (TsmAlertsPage *self)
{
  g_return_if_fail (TSM_IS_ALERTS_PAGE (self));

  if (tsm_panes_get_folded (self->panes))
    tsm_panes_set_detail_shown (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}
