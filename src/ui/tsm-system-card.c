/* TsmSystemCard: CPU and memory as large gauges with their recent course, and the machine's other figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-figures.h"
#include "ui/tsm-format.h"
#include "ui/tsm-metric-gauge.h"
#include "ui/tsm-trace.h"

static const TsmMetricId figure_metrics[] = {
  TSM_METRIC_MEMORY_MB, TSM_METRIC_THREAD_COUNT, TSM_METRIC_DISK_PERCENT,
  TSM_METRIC_NETWORK_RECEIVED, TSM_METRIC_NETWORK_SENT,
};

static const TsmRowsPlan plans[] = {
  { 560, { { { 0, 3 }, { 1, 3 }, { 2, 3 } } } },
  { 0,   { { { 0, 1 }, { 1, 1 } }, { { 2, 1 } } } },
};

struct _TsmSystemCard
{
  TsmCard    parent_instance;
  GtkWidget *cpu;
  GtkWidget *memory;
  GtkWidget *cpu_trace;
  GtkWidget *memory_trace;
  GtkWidget *figures;
  guint      uptime_row;
};

G_DEFINE_FINAL_TYPE (TsmSystemCard, tsm_system_card, TSM_TYPE_CARD)

static void
show_age (TsmSystemCard *self,
          const TsmView *view)
{
  g_autofree char *text = NULL;
  g_autofree char *ago = NULL;
  gint64 age;
  gboolean stale = tsm_view_is_stale (view, &age);

  if (stale)
    {
      tsm_card_set_stale (TSM_CARD (self), TRUE, age);
      return;
    }

  tsm_card_set_stale (TSM_CARD (self), FALSE, 0);
  if (age < 0)
    {
      tsm_card_set_subtitle (TSM_CARD (self), _("no data yet"));
      return;
    }
  ago = tsm_format_ago (age);
  text = g_strdup_printf (_("updated %s"), ago);
  tsm_card_set_subtitle (TSM_CARD (self), text);
}

static void
tsm_system_card_update (TsmCard       *card,
                        const TsmView *view)
{
  TsmSystemCard *self = TSM_SYSTEM_CARD (card);
  TsmTrend cpu = { 0, }, memory = { 0, };
  g_autofree char *uptime = NULL;

  if (view->source != NULL)
    {
      double seconds = tsm_source_get_uptime (view->source, view->now);

      cpu = tsm_source_get_cpu_trend (view->source);
      memory = tsm_source_get_memory_trend (view->source);
      if (!isnan (seconds))
        uptime = tsm_format_age ((gint64) (MIN (seconds, 1e9) * G_USEC_PER_SEC));
    }

  show_age (self, view);
  tsm_trace_update (self->cpu_trace, view, TSM_METRIC_CPU_PERCENT,
                    tsm_metric_gauge_update (self->cpu, TSM_METRIC_CPU_PERCENT, view, &cpu));
  tsm_trace_update (self->memory_trace, view, TSM_METRIC_MEMORY_PERCENT,
                    tsm_metric_gauge_update (self->memory, TSM_METRIC_MEMORY_PERCENT, view, &memory));
  tsm_figures_update (TSM_FIGURES (self->figures), view->source);
  tsm_figures_set (TSM_FIGURES (self->figures), self->uptime_row, uptime);
}

static GtkWidget *
stack_gauge (GtkWidget *gauge,
             GtkWidget *trace)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_vexpand (gauge, TRUE);
  gtk_widget_set_size_request (gauge, 130, 150);
  gtk_box_append (GTK_BOX (box), gauge);
  gtk_box_append (GTK_BOX (box), trace);
  return box;
}

static void
tsm_system_card_class_init (TsmSystemCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = tsm_system_card_update;
  TSM_CARD_CLASS (klass)->of_source = TRUE;
}

static void
tsm_system_card_init (TsmSystemCard *self)
{
  GtkWidget *rows = tsm_rows_new (plans, 24);

  self->cpu = tsm_metric_gauge_new (TSM_METRIC_CPU_PERCENT, TSM_GAUGE_ARC);
  self->memory = tsm_metric_gauge_new (TSM_METRIC_MEMORY_PERCENT, TSM_GAUGE_ARC);
  self->cpu_trace = tsm_trace_new (_("CPU"), 0, 100);
  self->memory_trace = tsm_trace_new (_("Memory"), 0, 100);
  self->figures = tsm_figures_new ();
  gtk_widget_set_valign (self->figures, GTK_ALIGN_CENTER);
  tsm_figures_add_metrics (TSM_FIGURES (self->figures), figure_metrics, G_N_ELEMENTS (figure_metrics));
  self->uptime_row = tsm_figures_add (TSM_FIGURES (self->figures), _("Uptime"));

  tsm_rows_append (rows, stack_gauge (self->cpu, self->cpu_trace));
  tsm_rows_append (rows, stack_gauge (self->memory, self->memory_trace));
  tsm_rows_append (rows, self->figures);
  gtk_widget_set_vexpand (rows, TRUE);

  tsm_card_set_title (TSM_CARD (self), _("System"));
  tsm_card_append (TSM_CARD (self), rows);
}
