/* TsmProcessingCard: rates as half gauges, times and counts as figures, and the active timeframes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-figures.h"
#include "ui/tsm-metric-gauge.h"

/* What the source does not send takes no space, so dialects A and B each show their own. */
static const TsmMetricId gauge_metrics[] = {
  TSM_METRIC_TICKS_PER_SECOND, TSM_METRIC_PATTERNS_PER_SECOND, TSM_METRIC_INDICATORS_PER_SECOND, TSM_METRIC_CACHE_HIT_RATE,
};

static const TsmMetricId figure_metrics[] = {
  TSM_METRIC_PATTERN_DETECTION_MS, TSM_METRIC_INDICATOR_CALC_MS, TSM_METRIC_SYMBOLS_PROCESSED,
  TSM_METRIC_PATTERNS_DETECTED, TSM_METRIC_ACTIVE_BACKTESTS, TSM_METRIC_QUEUE_DEPTH,
};

static const char *const timeframes[] = { "1min", "5min", "hourly", "daily", "weekly", "monthly" };

static const TsmRowsPlan gauge_plans[] = {
  { 430, { { { 0, 1 }, { 1, 1 }, { 2, 1 }, { 3, 1 } } } },
  { 0,   { { { 0, 1 }, { 1, 1 } }, { { 2, 1 }, { 3, 1 } } } },
};

static const TsmRowsPlan plans[] = {
  { 620, { { { 0, 6 }, { 1, 3 } } } },
  { 0,   { { { 0, 1 } }, { { 1, 1 } } } },
};

struct _TsmProcessingCard
{
  TsmCard    parent_instance;
  GtkWidget *gauges[G_N_ELEMENTS (gauge_metrics)];
  GtkWidget *figures;
  GtkWidget *chips_box;
  GtkWidget *chips[G_N_ELEMENTS (timeframes)];
};

G_DEFINE_FINAL_TYPE (TsmProcessingCard, tsm_processing_card, TSM_TYPE_CARD)

static void
show_timeframes (TsmProcessingCard *self,
                 TsmSource         *source)
{
  const char *const *active = source != NULL ? tsm_source_get_timeframes (source) : NULL;

  gtk_widget_set_visible (self->chips_box, active != NULL);
  for (guint i = 0; active != NULL && i < G_N_ELEMENTS (timeframes); i++)
    {
      gboolean on = g_strv_contains (active, timeframes[i]);
      g_autofree char *said = g_strdup_printf (on ? _("%s: active") : _("%s: not active"), timeframes[i]);

      if (on)
        gtk_widget_add_css_class (self->chips[i], "active");
      else
        gtk_widget_remove_css_class (self->chips[i], "active");
      if (g_strcmp0 (gtk_widget_get_tooltip_text (self->chips[i]), said) != 0)
        {
          tsm_tooltip_set (self->chips[i], said);
          gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
        }
    }
}

static void
tsm_processing_card_update (TsmCard       *card,
                            const TsmView *view)
{
  TsmProcessingCard *self = TSM_PROCESSING_CARD (card);
  gboolean any = FALSE;
  gint64 age;
  gboolean stale = tsm_view_is_stale (view, &age);

  for (guint i = 0; i < G_N_ELEMENTS (gauge_metrics); i++)
    {
      TsmReading reading;
      gboolean sent = view->source != NULL && tsm_source_get_reading (view->source, gauge_metrics[i], &reading);

      gtk_widget_set_visible (self->gauges[i], sent);
      if (sent)
        tsm_metric_gauge_update (self->gauges[i], gauge_metrics[i], view, NULL);
      any |= sent;
    }

  any |= tsm_figures_update (TSM_FIGURES (self->figures), view->source);
  show_timeframes (self, view->source);
  tsm_card_set_subtitle (card, NULL);
  tsm_card_set_stale (card, stale, age);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static GtkWidget *
make_gauges (TsmProcessingCard *self)
{
  GtkWidget *gauges = tsm_rows_new (gauge_plans, 12);

  for (guint i = 0; i < G_N_ELEMENTS (gauge_metrics); i++)
    {
      self->gauges[i] = tsm_metric_gauge_new (gauge_metrics[i], TSM_GAUGE_HALF);
      gtk_widget_set_size_request (self->gauges[i], 90, -1);
      tsm_rows_append (gauges, self->gauges[i]);
    }
  return gauges;
}

static GtkWidget *
make_chips (TsmProcessingCard *self)
{
  self->chips_box = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips_box), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips_box), G_N_ELEMENTS (timeframes));
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->chips_box), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips_box), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->chips_box), 6);
  gtk_widget_set_halign (self->chips_box, GTK_ALIGN_START);
  /* Nothing in it takes the focus, and it would hold Tab back. */
  gtk_widget_set_can_focus (self->chips_box, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (timeframes); i++)
    {
      self->chips[i] = gtk_label_new (timeframes[i]);
      gtk_widget_add_css_class (self->chips[i], "chip");
      gtk_flow_box_append (GTK_FLOW_BOX (self->chips_box), self->chips[i]);
      gtk_widget_set_focusable (gtk_widget_get_parent (self->chips[i]), FALSE);
    }
  return self->chips_box;
}

static void
tsm_processing_card_class_init (TsmProcessingCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = tsm_processing_card_update;
  TSM_CARD_CLASS (klass)->of_source = TRUE;
}

static void
tsm_processing_card_init (TsmProcessingCard *self)
{
  GtkWidget *rows = tsm_rows_new (plans, 24);

  tsm_rows_append (rows, make_gauges (self));
  self->figures = tsm_figures_new ();
  gtk_widget_set_valign (self->figures, GTK_ALIGN_CENTER);
  tsm_figures_add_metrics (TSM_FIGURES (self->figures), figure_metrics, G_N_ELEMENTS (figure_metrics));
  tsm_rows_append (rows, self->figures);
  gtk_widget_set_vexpand (rows, TRUE);

  tsm_card_set_title (TSM_CARD (self), _("Processing"));
  tsm_card_append (TSM_CARD (self), rows);
  tsm_card_append (TSM_CARD (self), make_chips (self));
}
