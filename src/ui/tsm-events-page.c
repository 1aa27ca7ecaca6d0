/* The events page joins the log to a filter, a list that stays at its end, and the detail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log is frozen while the user pauses it and while the page is not mapped. The newest event stands at the bottom: what
 * is being read does not move when more arrive.
 */

#include "config.h"

#include "ui/tsm-events-page.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-event-columns.h"
#include "ui/tsm-event-detail.h"
#include "ui/tsm-event-follow.h"
#include "ui/tsm-event-list.h"
#include "ui/tsm-event-status.h"
#include "ui/tsm-panes.h"

#define JUMP_DISTANCE 20   /* px below the rows in sight from which the way back to the newest is offered */
#define NARROW_TOOLBAR 560 /* px of the list below which the drop-down and Pause stand on a row of their own */

struct _TsmEventsPage
{
  AdwBin              parent_instance;

  TsmPanes           *panes;
  GtkOrientable      *toolbar;
  GtkEditable        *search;
  GtkDropDown        *type;
  GtkToggleButton    *pause;
  AdwButtonContent   *pause_content;
  GtkStack           *stack;
  GtkScrolledWindow  *scrolled;
  GtkColumnView      *view;
  GtkRevealer        *jump;
  AdwStatusPage      *status;
  GtkWidget          *clear;
  GtkLabel           *count;
  GtkLabel           *pending;
  TsmEventDetail     *detail;

  TsmMonitor         *monitor;
  char               *source;

  TsmColumns         *columns;
  TsmEventList       *list;
  TsmEventFollow     *follow;
  GSignalGroup       *log_signals;
  GSignalGroup       *connection_signals;
  GSignalGroup       *source_signals;
};

G_DEFINE_FINAL_TYPE (TsmEventsPage, tsm_events_page, ADW_TYPE_BIN)

static TsmEventLog *
get_log (TsmEventsPage *self)
{
  return self->monitor != NULL ? tsm_monitor_get_log (self->monitor) : NULL;
}

static guint
get_n_logged (TsmEventsPage *self)
{
  TsmEventLog *log = get_log (self);

  return log != NULL ? g_list_model_get_n_items (G_LIST_MODEL (log)) : 0;
}

static void
apply_frozen (TsmEventsPage *self)
{
  TsmEventLog *log = get_log (self);

  if (log != NULL)
    tsm_event_log_set_frozen (log, gtk_toggle_button_get_active (self->pause)
                                     || !gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
update_count (TsmEventsPage *self)
{
  gboolean is_filtered = self->source != NULL || !tsm_event_filter_is_default (tsm_event_list_get_filter (self->list));
  g_autofree char *text = tsm_event_status_dup_count (tsm_event_list_get_n_shown (self->list), get_n_logged (self), is_filtered);

  gtk_label_set_text (self->count, text);
}

static void
update_pending (TsmEventsPage *self)
{
  TsmEventLog *log = get_log (self);
  gboolean is_paused = gtk_toggle_button_get_active (self->pause);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->pending), is_paused);
  if (!is_paused)
    return;
  text = tsm_event_status_dup_paused (log != NULL ? tsm_event_log_get_n_pending (log) : 0);
  gtk_label_set_text (self->pending, text);
}

static void
update_status (TsmEventsPage *self)
{
  gboolean has_rows = tsm_event_list_get_n_shown (self->list) > 0;
  gboolean has_log = get_n_logged (self) > 0;
  gboolean has_detail = tsm_event_detail_get_event (self->detail) != NULL;

  /* A filter at work shows its matches piece by piece, from none. */
  if (!has_rows && gtk_filter_list_model_get_pending (tsm_event_list_get_rows (self->list)) > 0)
    return;
  tsm_panes_set_alone (self->panes, !has_detail);
  gtk_widget_set_visible (self->clear, has_log);
  if (!has_log)
    tsm_event_status_show_empty (self->status, self->monitor);
  else if (!has_rows)
    tsm_event_status_show_no_match (self->status);
  gtk_stack_set_visible_child_name (self->stack, has_rows ? "list" : "empty");
}

static void
connection_cb (TsmEventsPage *self)
{
  if (get_n_logged (self) == 0)
    update_status (self);
}

static void
rows_cb (TsmEventsPage *self)
{
  update_count (self);
  update_status (self);
}

static void
items_cb (TsmEventsPage *self)
{
  tsm_event_follow_rows_changed (self->follow);
  rows_cb (self);
}

static void
update_jump (TsmEventsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)
                 - gtk_adjustment_get_value (adjustment);

  gtk_revealer_set_reveal_child (self->jump, below > JUMP_DISTANCE && !tsm_event_follow_get_following (self->follow));
}

static void
jump_cb (TsmEventsPage *self)
{
  tsm_event_follow_set_following (self->follow, TRUE);
}

static void
update_source_column (TsmEventsPage *self)
{
  guint n_sources = self->monitor != NULL
                      ? g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (self->monitor)))
                      : 0;

  tsm_columns_set_hidden (self->columns, TSM_EVENT_COLUMN_SOURCE, self->source != NULL || n_sources < 2);
}

/* A selected event stays in the detail when the log sheds it. Reading one ends following: its row should stay in sight. */
static void
selection_cb (TsmEventsPage *self)
{
  TsmEvent *event = gtk_single_selection_get_selected_item (tsm_event_list_get_selection (self->list));

  if (event == NULL)
    return;
  tsm_event_follow_set_following (self->follow, FALSE);
  tsm_event_detail_set_event (self->detail, event);
  update_status (self);
  tsm_panes_set_detail_shown (self->panes, TRUE);
}

static void
activate_cb (TsmEventsPage *self,
             guint          position)
{
  gtk_single_selection_set_selected (tsm_event_list_get_selection (self->list), position);
}

/* Back to the list: a row that stayed selected could not be opened by selecting it again. */
static void
detail_shown_cb (TsmEventsPage *self)
{
  if (tsm_panes_get_detail_shown (self->panes))
    return;
  gtk_single_selection_set_selected (tsm_event_list_get_selection (self->list), GTK_INVALID_LIST_POSITION);
  tsm_event_detail_set_event (self->detail, NULL);
  update_status (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
layout_cb (TsmEventsPage *self)
{
  int width = tsm_panes_get_list_width (self->panes);
  gboolean is_narrow = width < NARROW_TOOLBAR;

  tsm_columns_set_width (self->columns, width);
  tsm_event_detail_set_folded (self->detail, tsm_panes_get_folded (self->panes));
  gtk_orientable_set_orientation (self->toolbar, is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->type), is_narrow);
}

static void
filter_cb (TsmEventsPage *self)
{
  TsmEventFilter *filter = tsm_event_list_get_filter (self->list);

  tsm_row_filter_set_text (TSM_ROW_FILTER (filter), gtk_editable_get_text (self->search));
  tsm_event_filter_set_show (filter, gtk_drop_down_get_selected (self->type));
  tsm_event_follow_set_following (self->follow, TRUE);
  rows_cb (self);
}

static void
stop_search_cb (TsmEventsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
clear_cb (TsmEventsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->type, 0);
  filter_cb (self); /* the entry's own signal waits for a pause in typing */
}

static void
pause_cb (TsmEventsPage *self)
{
  gboolean is_paused = gtk_toggle_button_get_active (self->pause);
  const char *label = is_paused ? _("Resume") : _("Pause");

  adw_button_content_set_label (self->pause_content, label);
  adw_button_content_set_icon_name (self->pause_content,
                                    is_paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  apply_frozen (self);
  update_pending (self);
}

static void
pause_action_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  GtkToggleButton *pause = TSM_EVENTS_PAGE (widget)->pause;

  gtk_toggle_button_set_active (pause, !gtk_toggle_button_get_active (pause));
}

static void
create_list (TsmEventsPage *self)
{
  GtkFilterListModel *rows;

  self->list = tsm_event_list_new ();
  rows = tsm_event_list_get_rows (self->list);
  g_signal_connect_swapped (rows, "items-changed", G_CALLBACK (items_cb), self);
  g_signal_connect_swapped (rows, "notify::pending", G_CALLBACK (update_status), self);
  g_signal_connect_swapped (tsm_event_list_get_selection (self->list), "notify::selected-item", G_CALLBACK (selection_cb), self);
}

static void
create_signals (TsmEventsPage *self)
{
  self->log_signals = g_signal_group_new (TSM_TYPE_EVENT_LOG);
  g_signal_group_connect_swapped (self->log_signals, "notify::n-pending", G_CALLBACK (update_pending), self);
  self->connection_signals = g_signal_group_new (TSM_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "state-changed", G_CALLBACK (connection_cb), self);
  self->source_signals = g_signal_group_new (TSM_TYPE_SOURCE_LIST);
  g_signal_group_connect_swapped (self->source_signals, "items-changed", G_CALLBACK (update_source_column), self);
}

static void
tsm_events_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsm_events_page_parent_class)->map (widget);
  apply_frozen (TSM_EVENTS_PAGE (widget));
}

static void
tsm_events_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsm_events_page_parent_class)->unmap (widget);
  apply_frozen (TSM_EVENTS_PAGE (widget));
}

static gboolean
tsm_events_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TSM_EVENTS_PAGE (widget)->view));
}

static void
tsm_events_page_dispose (GObject *object)
{
  TsmEventsPage *self = TSM_EVENTS_PAGE (object);

  g_clear_object (&self->log_signals);
  g_clear_object (&self->connection_signals);
  g_clear_object (&self->source_signals);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (tsm_event_list_get_rows (self->list), self);
      g_signal_handlers_disconnect_by_data (tsm_event_list_get_selection (self->list), self);
    }
  if (self->follow != NULL)
    g_signal_handlers_disconnect_by_data (self->follow, self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->columns, tsm_columns_free);
  g_clear_object (&self->follow);
  g_clear_pointer (&self->list, tsm_event_list_free);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->source, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else AdwBin would unparent what the template has let go */
  gtk_widget_dispose_template (GTK_WIDGET (self), TSM_TYPE_EVENTS_PAGE);

  G_OBJECT_CLASS (tsm_events_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, panes);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, type);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, pause);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, pause_content);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, view);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, jump);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, status);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, clear);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, count);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, pending);
  gtk_widget_class_bind_template_child (widget_class, TsmEventsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, layout_cb);
  gtk_widget_class_bind_template_callback (widget_class, detail_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, jump_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
tsm_events_page_class_init (TsmEventsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsm_events_page_dispose;
  widget_class->map = tsm_events_page_map;
  widget_class->unmap = tsm_events_page_unmap;
  widget_class->grab_focus = tsm_events_page_grab_focus;

  g_type_ensure (TSM_TYPE_PANES);
  g_type_ensure (TSM_TYPE_EVENT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-events-page.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "events.pause", NULL, pause_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "events.pause", NULL);
}

static void
tsm_events_page_init (TsmEventsPage *self)
{
  create_list (self);
  create_signals (self);
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (tsm_event_list_get_selection (self->list)));
  self->columns = tsm_event_columns_new (self->view);
  self->follow = tsm_event_follow_new (self->scrolled, GTK_POS_BOTTOM);
  g_signal_connect_swapped (self->follow, "notify::following", G_CALLBACK (update_jump), self);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "changed", G_CALLBACK (update_jump), self,
                           G_CONNECT_SWAPPED);
  update_source_column (self);
  pause_cb (self);
  rows_cb (self);
}

/**
 * tsm_events_page_set_monitor:
 * @self: the page
 * @monitor: (nullable): whose log it shows, and freezes at will until another is set; NULL empties the page
 */
void
tsm_events_page_set_monitor (TsmEventsPage *self,
                             TsmMonitor    *monitor)
{
  TsmEventLog *log;

  g_return_if_fail (TSM_IS_EVENTS_PAGE (self));
  g_return_if_fail (monitor == NULL || TSM_IS_MONITOR (monitor));

  if (self->monitor == monitor)
    return;
  tsm_event_list_set_log (self->list, NULL);
  tsm_event_detail_set_event (self->detail, NULL);
  if (self->monitor != NULL)
    tsm_event_log_set_frozen (get_log (self), FALSE);
  g_set_object (&self->monitor, monitor);

  log = get_log (self);
  apply_frozen (self);
  g_signal_group_set_target (self->log_signals, log);
  g_signal_group_set_target (self->connection_signals, monitor != NULL ? tsm_monitor_get_connection (monitor) : NULL);
  g_signal_group_set_target (self->source_signals, monitor != NULL ? tsm_monitor_get_sources (monitor) : NULL);
  tsm_event_list_set_log (self->list, log);
  tsm_event_follow_set_following (self->follow, TRUE);
  update_source_column (self);
  update_pending (self);
  rows_cb (self);
}

/**
 * tsm_events_page_set_source:
 * @self: the page
 * @source: (nullable): the only source whose events are shown; NULL for all
 */
void
tsm_events_page_set_source (TsmEventsPage *self,
                            const char    *source)
{
  g_return_if_fail (TSM_IS_EVENTS_PAGE (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  tsm_row_filter_set_source (TSM_ROW_FILTER (tsm_event_list_get_filter (self->list)), source);
  update_source_column (self);
  filter_cb (self);
}

/**
 * tsm_events_page_focus_filter:
 * @self: the page
 *
 * Puts the cursor into the filter's text, which is selected.
 */
void
tsm_events_page_focus_filter (TsmEventsPage *self)
{
  g_return_if_fail (TSM_IS_EVENTS_PAGE (self));

  if (tsm_panes_get_folded (self->panes))
    tsm_panes_set_detail_shown (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (self->search, 0, -1);
}

/**
 * tsm_events_page_set_show:
 * @self: the page
 * @show: what to show of the log
 *
 * Sets the filter to one kind of event and to any text.
 */
void
tsm_events_page_set_show (TsmEventsPage *self,
                          TsmEventShow   show)
{
  g_return_if_fail (TSM_IS_EVENTS_PAGE (self));

  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->type, show);
  filter_cb (self);
}
