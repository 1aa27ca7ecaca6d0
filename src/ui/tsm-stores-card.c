/* TsmStoresCard: what the engine says of its database and of its Redis, with their recent course.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "ui/tsm-cards.h"
#include "ui/tsm-figures.h"
#include "ui/tsm-trace.h"

static const TsmMetricId database_metrics[] = {
  TSM_METRIC_DATABASE_CONNECTED, TSM_METRIC_DATABASE_CONNECTIONS, TSM_METRIC_QUERY_MS, TSM_METRIC_SLOW_QUERIES,
  TSM_METRIC_DATABASE_LAST_WRITE,
};

static const TsmMetricId redis_metrics[] = {
  TSM_METRIC_REDIS_CONNECTED, TSM_METRIC_REDIS_MESSAGES, TSM_METRIC_REDIS_CLIENTS, TSM_METRIC_REDIS_CHANNELS,
  TSM_METRIC_REDIS_PUBLISHED, TSM_METRIC_REDIS_MEMORY_MB,
};

/* @traced: the figure whose course is drawn, the first that is sent. */
typedef struct
{
  const char        *title;
  const TsmMetricId *metrics;
  guint              n_metrics;
  TsmMetricId        traced[2];
} Store;

static const Store stores[] = {
  { N_("Database"), database_metrics, G_N_ELEMENTS (database_metrics), { TSM_METRIC_QUERY_MS, TSM_METRIC_DATABASE_CONNECTIONS } },
  { N_("Redis"), redis_metrics, G_N_ELEMENTS (redis_metrics), { TSM_METRIC_REDIS_MESSAGES, TSM_METRIC_REDIS_MEMORY_MB } },
};

static const TsmRowsPlan plans[] = {
  { 300, { { { 0, 1 }, { 1, 1 } } } },
  { 0,   { { { 0, 1 } }, { { 1, 1 } } } },
};

struct _TsmStoresCard
{
  TsmCard    parent_instance;
  GtkWidget *boxes[G_N_ELEMENTS (stores)];
  GtkWidget *figures[G_N_ELEMENTS (stores)];
  GtkWidget *traces[G_N_ELEMENTS (stores)];
};

G_DEFINE_FINAL_TYPE (TsmStoresCard, tsm_stores_card, TSM_TYPE_CARD)

static gboolean
update_store (TsmStoresCard *self,
              guint          i,
              const TsmView *view)
{
  gboolean any = tsm_figures_update (TSM_FIGURES (self->figures[i]), view->source);
  TsmMetricId traced = stores[i].traced[0];
  TsmReading reading;

  if (view->source != NULL && !tsm_source_get_reading (view->source, traced, &reading))
    traced = stores[i].traced[1];
  tsm_trace_update (self->traces[i], view, traced, TSM_TONE_NEUTRAL);
  gtk_widget_set_visible (self->boxes[i], any);
  return any;
}

static void
tsm_stores_card_update (TsmCard       *card,
                        const TsmView *view)
{
  TsmStoresCard *self = TSM_STORES_CARD (card);
  gboolean any = FALSE;
  gint64 age;
  gboolean stale = tsm_view_is_stale (view, &age);

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    any |= update_store (self, i, view);

  tsm_card_set_subtitle (card, NULL);
  tsm_card_set_stale (card, stale, age);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
tsm_stores_card_class_init (TsmStoresCardClass *klass)
{
  TSM_CARD_CLASS (klass)->update = tsm_stores_card_update;
  TSM_CARD_CLASS (klass)->of_source = TRUE;
}

static void
tsm_stores_card_init (TsmStoresCard *self)
{
  GtkWidget *rows = tsm_rows_new (plans, 24);

  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      GtkWidget *title = gtk_label_new (_(stores[i].title));

      self->boxes[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
      self->figures[i] = tsm_figures_new ();
      self->traces[i] = tsm_trace_new (_(stores[i].title), NAN, NAN);
      gtk_widget_set_vexpand (self->traces[i], TRUE);
      gtk_widget_set_valign (self->traces[i], GTK_ALIGN_END);
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_add_css_class (title, "group-title");
      tsm_figures_add_metrics (TSM_FIGURES (self->figures[i]), stores[i].metrics, stores[i].n_metrics);

      gtk_box_append (GTK_BOX (self->boxes[i]), title);
      gtk_box_append (GTK_BOX (self->boxes[i]), self->figures[i]);
      gtk_box_append (GTK_BOX (self->boxes[i]), self->traces[i]);
      tsm_rows_append (rows, self->boxes[i]);
    }

  gtk_widget_set_vexpand (rows, TRUE);
  tsm_card_set_title (TSM_CARD (self), _("Database and Redis"));
  tsm_card_append (TSM_CARD (self), rows);
}
