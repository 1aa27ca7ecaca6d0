/* TsmOverviewPage: the cards, laid out by width.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-overview-page.h"
#include "ui/tsm-remedy.h"

enum
{
  CARD_SYSTEM,
  CARD_HEALTH,
  CARD_PROCESSING,
  CARD_ALERTS,
  CARD_STORES,
  CARD_JOBS,
  CARD_ACTIONS,
  N_CARDS
};

/* Cards of one row share its height. */
static const TsmRowsPlan plans[] = {
  { 1040, { { { CARD_SYSTEM, 17 }, { CARD_HEALTH, 8 } },
            { { CARD_PROCESSING, 17 }, { CARD_ALERTS, 8 } },
            { { CARD_STORES, 9 }, { CARD_JOBS, 8 }, { CARD_ACTIONS, 8 } } } },
  { 700,  { { { CARD_SYSTEM, 1 } },
            { { CARD_HEALTH, 1 }, { CARD_ALERTS, 1 } },
            { { CARD_PROCESSING, 1 } },
            { { CARD_STORES, 1 }, { CARD_ACTIONS, 1 } },
            { { CARD_JOBS, 1 } } } },
  { 0,    { { { CARD_ALERTS, 1 } }, { { CARD_SYSTEM, 1 } }, { { CARD_HEALTH, 1 } }, { { CARD_PROCESSING, 1 } },
            { { CARD_STORES, 1 } }, { { CARD_JOBS, 1 } }, { { CARD_ACTIONS, 1 } } } },
};

struct _TsmOverviewPage
{
  AdwBin      parent_instance;
  GtkWidget  *stack;
  GtkWidget  *status;
  GtkWidget  *remedy;
  GtkWidget  *cards[N_CARDS];
  TsmMonitor *monitor;
  char       *source;
  gboolean    recorded;
};

G_DEFINE_FINAL_TYPE (TsmOverviewPage, tsm_overview_page, ADW_TYPE_BIN)

/* Without a connection, and before anything has come, the page says what is missing and what to do next. Once connected it
 * shows the board, with nothing on it yet: the actions work. */
static void
show_empty (TsmOverviewPage *self)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (tsm_diagnosis_get_ladder (tsm_monitor_get_diagnosis (self->monitor)));
  g_autofree char *markup = NULL;

  adw_status_page_set_title (ADW_STATUS_PAGE (self->status),
                             verdict->rung == TSM_RUNG_SUBSCRIBE ? _("Not Subscribed") : _("Not Connected"));
  if (verdict->summary == NULL)
    return;
  markup = g_markup_escape_text (verdict->summary, -1); /* the description is markup */
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), markup);
}

static gboolean
is_empty (TsmOverviewPage *self,
          const TsmView   *view)
{
  return !view->connected
         && g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (self->monitor))) == 0;
}

/* Nothing is worked out for a page that nobody sees; it catches up when it is mapped. */
static void
update (TsmOverviewPage *self)
{
  TsmView view = { .monitor = self->monitor, .filter = self->source };

  if (self->monitor == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  view.source = self->source != NULL ? tsm_source_list_lookup (tsm_monitor_get_sources (self->monitor), self->source)
                                     : tsm_monitor_get_lead_source (self->monitor);
  view.now = tsm_monitor_now (self->monitor);
  view.now_real = tsm_monitor_now_real (self->monitor);
  view.connected = self->recorded
                   || tsm_connection_get_subscriber_state (tsm_monitor_get_connection (self->monitor)) == TSM_LINK_READY;

  tsm_remedy_show (self->remedy, tsm_connection_get_error (tsm_monitor_get_connection (self->monitor)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), is_empty (self, &view) ? "empty" : "board");
  if (is_empty (self, &view))
    show_empty (self);
  for (guint i = 0; i < N_CARDS; i++)
    tsm_card_update (TSM_CARD (self->cards[i]), &view);
}

void
tsm_overview_page_set_monitor (TsmOverviewPage *self,
                               TsmMonitor      *monitor)
{
  g_return_if_fail (TSM_IS_OVERVIEW_PAGE (self));

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_set_object (&self->monitor, monitor);
  if (monitor == NULL)
    return;

  g_signal_connect_object (monitor, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
tsm_overview_page_set_source (TsmOverviewPage *self,
                              const char      *source)
{
  g_return_if_fail (TSM_IS_OVERVIEW_PAGE (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  update (self);
}

void
tsm_overview_page_set_recorded (TsmOverviewPage *self,
                                gboolean         recorded)
{
  g_return_if_fail (TSM_IS_OVERVIEW_PAGE (self));

  self->recorded = recorded;
  update (self);
}

static void
tsm_overview_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsm_overview_page_parent_class)->map (widget);

  update (TSM_OVERVIEW_PAGE (widget));
}

static void
tsm_overview_page_dispose (GObject *object)
{
  tsm_overview_page_set_monitor (TSM_OVERVIEW_PAGE (object), NULL);

  G_OBJECT_CLASS (tsm_overview_page_parent_class)->dispose (object);
}

static void
tsm_overview_page_finalize (GObject *object)
{
  g_free (TSM_OVERVIEW_PAGE (object)->source);

  G_OBJECT_CLASS (tsm_overview_page_parent_class)->finalize (object);
}

static void
tsm_overview_page_class_init (TsmOverviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_overview_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_overview_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = tsm_overview_page_map;
}

static GtkWidget *
make_status (TsmOverviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *retry = gtk_button_new_with_label (_("Retry Now"));

  gtk_widget_add_css_class (retry, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (retry), "win.retry");
  self->remedy = gtk_button_new ();
  gtk_widget_set_visible (self->remedy, FALSE);
  gtk_widget_add_css_class (self->remedy, "pill");
  gtk_widget_add_css_class (self->remedy, "suggested-action");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->remedy);
  gtk_box_append (GTK_BOX (box), retry);

  self->status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), "network-offline-symbolic");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), box);
  return self->status;
}

static void
tsm_overview_page_init (TsmOverviewPage *self)
{
  const GType types[N_CARDS] = {
    [CARD_SYSTEM]     = TSM_TYPE_SYSTEM_CARD,
    [CARD_HEALTH]     = TSM_TYPE_HEALTH_CARD,
    [CARD_PROCESSING] = TSM_TYPE_PROCESSING_CARD,
    [CARD_ALERTS]     = TSM_TYPE_ALERTS_CARD,
    [CARD_STORES]     = TSM_TYPE_STORES_CARD,
    [CARD_JOBS]       = TSM_TYPE_JOBS_CARD,
    [CARD_ACTIONS]    = TSM_TYPE_ACTIONS_CARD,
  };
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *rows = tsm_rows_new (plans, 12);

  for (guint i = 0; i < N_CARDS; i++)
    {
      self->cards[i] = g_object_new (types[i], NULL);
      tsm_rows_append (rows, self->cards[i]);
    }

  gtk_widget_add_css_class (rows, "board");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), rows);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_status (self), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "board");
  adw_bin_set_child (ADW_BIN (self), self->stack);
}
