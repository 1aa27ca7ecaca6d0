/* TsmFigures: rows of a name and a number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-figures.h"
#include "ui/tsm-format.h"

/* @metric: TSM_N_METRICS for a row that is not one metric's. */
typedef struct
{
  GtkWidget   *box;
  GtkWidget   *value;
  char        *name;
  TsmMetricId  metric;
} FigureRow;

struct _TsmFigures
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GArray    *rows;
};

G_DEFINE_FINAL_TYPE (TsmFigures, tsm_figures, GTK_TYPE_WIDGET)

/**
 * tsm_figures_add:
 * @self: the rows
 * @name: translated
 *
 * Adds a row, hidden until it has a text.
 *
 * Returns: its number
 */
guint
tsm_figures_add (TsmFigures *self,
                 const char *name)
{
  FigureRow row = { .metric = TSM_N_METRICS };
  GtkWidget *label = gtk_label_new (name);

  row.box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row.value = gtk_label_new (NULL);
  row.name = g_strdup (name);
  gtk_widget_set_visible (row.box, FALSE);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "figure-name");

  gtk_label_set_xalign (GTK_LABEL (row.value), 1);
  gtk_widget_add_css_class (row.value, "figure-value");
  gtk_widget_add_css_class (row.value, "numeric");

  gtk_box_append (GTK_BOX (row.box), label);
  gtk_box_append (GTK_BOX (row.box), row.value);
  gtk_box_append (GTK_BOX (self->box), row.box);
  g_array_append_val (self->rows, row);
  return self->rows->len - 1;
}

void
tsm_figures_set (TsmFigures *self,
                 guint       index,
                 const char *text)
{
  FigureRow *row;
  g_autofree char *said = NULL;

  g_return_if_fail (index < self->rows->len);

  row = &g_array_index (self->rows, FigureRow, index);
  gtk_widget_set_visible (row->box, text != NULL);
  if (text == NULL || g_strcmp0 (gtk_label_get_text (GTK_LABEL (row->value)), text) == 0)
    return;

  gtk_label_set_text (GTK_LABEL (row->value), text);
  said = g_strdup_printf ("%s %s", row->name, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->value), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

void
tsm_figures_add_metrics (TsmFigures        *self,
                         const TsmMetricId *ids,
                         guint              n_ids)
{
  for (guint i = 0; i < n_ids; i++)
    {
      guint row = tsm_figures_add (self, _(tsm_metric_get_info (ids[i])->label));

      g_array_index (self->rows, FigureRow, row).metric = ids[i];
    }
}

gboolean
tsm_figures_update (TsmFigures *self,
                    TsmSource  *source)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      TsmMetricId id = g_array_index (self->rows, FigureRow, i).metric;
      g_autofree char *text = NULL;
      TsmReading reading;

      if (id == TSM_N_METRICS)
        continue;
      if (source != NULL && tsm_source_get_reading (source, id, &reading))
        text = tsm_format_reading (reading.value, id);
      tsm_figures_set (self, i, text);
      any |= text != NULL;
    }
  return any;
}

static void
clear_row (gpointer data)
{
  g_free (((FigureRow *) data)->name);
}

static void
tsm_figures_dispose (GObject *object)
{
  TsmFigures *self = TSM_FIGURES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (tsm_figures_parent_class)->dispose (object);
}

static void
tsm_figures_finalize (GObject *object)
{
  g_array_unref (TSM_FIGURES (object)->rows);

  G_OBJECT_CLASS (tsm_figures_parent_class)->finalize (object);
}

static void
tsm_figures_class_init (TsmFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_figures_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsm_figures_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tsm_figures_init (TsmFigures *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (FigureRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
tsm_figures_new (void)
{
  return g_object_new (TSM_TYPE_FIGURES, NULL);
}
