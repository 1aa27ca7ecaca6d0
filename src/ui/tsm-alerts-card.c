/* TsmAlertsCard: the few worst open alerts, with their buttons.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-format.h"
#include "ui/tsm-resolve-dialog.h"
#include "ui/tsm-severity-chip.h"

#define MAX_SHOWN 3

/* Where it is narrow the buttons stand below what they act on. */
static const TsmRowsPlan row_plans[] = {
  { 340, { { { 0, 1 }, { 1, 1 } } } },
  { 0,   { { { 0, 1 } }, { { 1, 1 } } } },
};

typedef struct
{
  GtkWidget *box;
  GtkWidget *chip;
  GtkWidget *message;
  GtkWidget *component;
  GtkWidget *age;
  GtkWidget *acknowledge;
  GtkWidget *resolve;
  TsmAlert  *alert;
} AlertRow;

struct _TsmAlertsCard
{
  TsmCard     parent_instance;
  AlertRow    rows[MAX_SHOWN];
  GtkWidget  *empty;
  GtkWidget  *all;
  TsmMonitor *monitor; /* weak */
};

G_DEFINE_FINAL_TYPE (TsmAlertsCard, tsm_alerts_card, TSM_TYPE_CARD)

static char *
describe_age (TsmAlert      *alert,
              const TsmView *view)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *ago = tsm_format_ago (view->now_real - tsm_alert_get_triggered_at (alert));
  guint count = tsm_alert_get_count (alert);

  if (tsm_alert_get_component (alert) != NULL)
    g_string_append (text, "· ");
  g_string_append (text, ago);
  if (count > 1)
    g_string_append_printf (text, " · %u×", count);
  if (tsm_alert_get_state (alert) == TSM_ALERT_ACKNOWLEDGED)
    g_string_append_printf (text, " · ✓ %s", tsm_alert_get_who (alert));
  return g_strdup (text->str);
}

static void
show_alert (AlertRow      *row,
            TsmAlert      *alert,
            const TsmView *view)
{
  const char *refusal = tsm_monitor_get_refusal (view->monitor);
  g_autofree char *age = describe_age (alert, view);

  g_set_object (&row->alert, alert);
  tsm_severity_chip_set_severity (TSM_SEVERITY_CHIP (row->chip), tsm_alert_get_severity (alert));
  tsm_label_set (row->message, tsm_alert_get_message (alert));
  tsm_tooltip_set (row->message, tsm_alert_get_message (alert));
  tsm_label_set (row->component, tsm_alert_get_component (alert));
  tsm_tooltip_set (row->component, tsm_alert_get_component (alert));
  tsm_label_set (row->age, age);
  gtk_widget_set_visible (row->acknowledge, tsm_alert_get_state (alert) == TSM_ALERT_OPEN);
  gtk_widget_set_sensitive (row->acknowledge, refusal == NULL);
  gtk_widget_set_sensitive (row->resolve, refusal == NULL);
  tsm_tooltip_set (row->acknowledge, refusal);
  tsm_tooltip_set (row->resolve, refusal);
}

/* The book itself counts for all sources only. */
static void
count_alerts (TsmAlertBook   *book,
              const char     *source,
              TsmAlertCounts *counts)
{
  tsm_alert_book_get_counts (book, counts);
  if (source == NULL)
    return;

  counts->n_open = counts->acknowledged = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (book)); i++)
    {
      g_autoptr(TsmAlert) alert = g_list_model_get_item (G_LIST_MODEL (book), i);

      if (g_strcmp0 (tsm_alert_get_source (alert), source) != 0)
        continue;
      counts->n_open += tsm_alert_get_state (alert) == TSM_ALERT_OPEN;
      counts->acknowledged += tsm_alert_get_state (alert) == TSM_ALERT_ACKNOWLEDGED;
    }
}

static void
show_counts (TsmAlertsCard        *self,
             const TsmAlertCounts *counts,
             guint                 shown)
{
  g_autofree char *text = g_strdup_printf (_("%u open · %u acknowledged"), counts->n_open, counts->acknowledged);
  guint more = counts->n_open + counts->acknowledged - MIN (shown, counts->n_open + counts->acknowledged);
  g_autofree char *all = more > 0 ? g_strdup_printf (_("All Alerts (%u more)"), more) : g_strdup (_("All Alerts"));

  tsm_card_set_subtitle (TSM_CARD (self), text);
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->all)), all) != 0)
    gtk_button_set_label (GTK_BUTTON (self->all), all);
}

static void
tsm_alerts_card_update (TsmCard       *card,
                        const TsmView *view)
{
  TsmAlertsCard *self = TSM_ALERTS_CARD (card);
  TsmAlertBook *book = tsm_monitor_get_alerts (view->monitor);
  g_autoptr(GPtrArray) worst = tsm_alert_book_dup_worst (book, view->filter, MAX_SHOWN);
  TsmAlertCounts counts;

  g_set_weak_pointer (&self->monitor, view->monitor);
  count_alerts (book, view->filter, &counts);
  show_counts (self, &counts, worst->len);

  for (guint i = 0; i < MAX_SHOWN; i++)
    {
      gtk_widget_set_visible (self->rows[i].box, i < worst->len);
      if (i < worst->len)
        show_alert (&self->rows[i], g_ptr_array_index (worst, i), view);
      else
        g_clear_object (&self->rows[i].alert);
    }
  gtk_widget_set_visible (self->empty, worst->len == 0);
  tsm_label_set (self->empty, view->connected ? _("No open alerts")
                                              : _("No open alerts known. New ones cannot be heard while disconnected."));
}

static AlertRow *
find_row (TsmAlertsCard *self,
          GtkWidget     *button)
{
  for (guint i = 0; i < MAX_SHOWN; i++)
    if (gtk_widget_is_ancestor (button, self->rows[i].box))
      return &self->rows[i];
  g_return_val_if_reached (NULL);
}

static void
acknowledge_cb (TsmAlertsCard *self,
                GtkWidget     *button)
{
  AlertRow *row = find_row (self, button);

  if (row != NULL && row->alert != NULL && self->monitor != NULL)
    tsm_monitor_acknowledge (self->monitor, row->alert, NULL);
}

static void
resolve_cb (TsmAlertsCard *self,
            GtkWidget     *button)
{
  AlertRow *row = find_row (self, button);
  g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func (g_object_unref);

  if (row == NULL || row->alert == NULL || self->monitor == NULL)
    return;
  g_ptr_array_add (alerts, g_object_ref (row->alert));
  tsm_resolve_dialog_present (GTK_WINDOW (gtk_widget_get_root (button)), self->monitor, alerts);
}

static GtkWidget *
make_button (TsmAlertsCard *self,
             const char    *label,
             GCallback      callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "small-button");
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_label (const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
init_row (TsmAlertsCard *self,
          AlertRow      *row)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *body = tsm_rows_new (row_plans, 6);
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  row->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  row->chip = tsm_severity_chip_new ();
  gtk_widget_set_valign (row->chip, GTK_ALIGN_CENTER);
  row->message = make_label ("group-title");
  gtk_label_set_ellipsize (GTK_LABEL (row->message), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (row->message, TRUE);

  /* Where it is tight the component gives way: the age stays readable. */
  row->component = make_label ("dim-label");
  row->age = make_label ("dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (row->component), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (row->age, TRUE);
  gtk_widget_set_halign (row->age, GTK_ALIGN_START);

  row->acknowledge = make_button (self, _("Acknowledge"), G_CALLBACK (acknowledge_cb));
  row->resolve = make_button (self, _("Resolve…"), G_CALLBACK (resolve_cb));

  gtk_box_append (GTK_BOX (head), row->chip);
  gtk_box_append (GTK_BOX (head), row->message);
  gtk_box_append (GTK_BOX (facts), row->component);
  gtk_box_append (GTK_BOX (facts), row->age);
  gtk_box_append (GTK_BOX (buttons), row->acknowledge);
  gtk_box_append (GTK_BOX (buttons), row->resolve);
  gtk_box_append (GTK_BOX (row->box), head);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  tsm_rows_append (body, facts);
  tsm_rows_append (body, buttons);
  gtk_box_append (GTK_BOX (row->box), body);
  tsm_card_append (TSM_CARD (self), row->box);
}

static void
tsm_alerts_card_dispose (GObject *object)
{
  TsmAlertsCard *self = TSM_ALERTS_CARD (object);

  for (guint i = 0; i < MAX_SHOWN; i++)
    g_clear_object (&self->rows[i].alert);
  g_clear_weak_pointer (&self->monitor);

  G_OBJECT_CLASS (tsm_alerts_card_parent_class)->dispose (object);
}

static void
tsm_alerts_card_class_init (TsmAlertsCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_alerts_card_dispose;
  TSM_CARD_CLASS (klass)->update = tsm_alerts_card_update;
}

static void
tsm_alerts_card_init (TsmAlertsCard *self)
{
  tsm_card_set_title (TSM_CARD (self), _("Alerts"));

  self->empty = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->empty), GTK_JUSTIFY_CENTER);
  gtk_widget_set_vexpand (self->empty, TRUE);
  tsm_card_append (TSM_CARD (self), self->empty);

  for (guint i = 0; i < MAX_SHOWN; i++)
    init_row (self, &self->rows[i]);

  self->all = gtk_button_new_with_label (_("All Alerts"));
  gtk_widget_set_halign (self->all, GTK_ALIGN_END);
  gtk_widget_set_valign (self->all, GTK_ALIGN_END);
  gtk_widget_set_vexpand (self->all, TRUE);
  gtk_widget_add_css_class (self->all, "flat");
  gtk_widget_add_css_class (self->all, "small-button");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->all), "win.page::alerts");
  tsm_card_append (TSM_CARD (self), self->all);
}
