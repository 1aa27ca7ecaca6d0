/* TsmRowsLayout: rows of children by the plan that fits the width.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-rows-layout.h"

struct _TsmRowsLayout
{
  GtkLayoutManager   parent_instance;
  const TsmRowsPlan *plans;
  int                spacing;
};

G_DEFINE_FINAL_TYPE (TsmRowsLayout, tsm_rows_layout, GTK_TYPE_LAYOUT_MANAGER)

/* One row as it will be laid: its visible children and their widths. */
typedef struct
{
  guint      n;
  GtkWidget *children[TSM_ROWS_MAX_CELLS];
  int        weights[TSM_ROWS_MAX_CELLS];
  int        widths[TSM_ROWS_MAX_CELLS];
} Row;

static GtkWidget *
nth_child (GtkWidget *widget,
           guint      n)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  while (child != NULL && n-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
collect_row (GtkWidget         *widget,
             const TsmRowsCell *cells,
             Row               *row)
{
  row->n = 0;
  for (guint i = 0; i < TSM_ROWS_MAX_CELLS && cells[i].weight > 0; i++)
    {
      GtkWidget *child = nth_child (widget, cells[i].child);

      if (child == NULL || !gtk_widget_should_layout (child))
        continue;
      row->children[row->n] = child;
      row->weights[row->n] = cells[i].weight;
      row->n++;
    }
}

/* Where the @column-th column of a grid of @columns that spans @width begins: rows whose weights have the same sum line up. */
static int
column_start (int width,
              int spacing,
              int columns,
              int column)
{
  int left = MAX (width - spacing * (columns - 1), 0);

  return left * column / MAX (columns, 1) + spacing * column;
}

/* Shares @width by weight; a child whose minimum is larger takes that, and the others share what is left. */
static void
share_width (Row *row,
             int  width,
             int  spacing)
{
  gboolean fixed[TSM_ROWS_MAX_CELLS] = { FALSE, };
  gboolean settled = FALSE;

  while (!settled)
    {
      int columns = 0;
      int column = 0;
      int rest = width;

      settled = TRUE;
      for (guint i = 0; i < row->n; i++)
        {
          columns += fixed[i] ? 0 : row->weights[i];
          rest -= fixed[i] ? row->widths[i] + spacing : 0;
        }

      for (guint i = 0; i < row->n && settled; i++)
        {
          int minimum;

          if (fixed[i])
            continue;
          gtk_widget_measure (row->children[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          row->widths[i] = column_start (rest, spacing, columns, column + row->weights[i]) - spacing
                           - column_start (rest, spacing, columns, column);
          column += row->weights[i];
          if (row->widths[i] < minimum)
            {
              row->widths[i] = minimum;
              fixed[i] = TRUE;
              settled = FALSE;
            }
        }
    }
}

static void
measure_row_height (const Row *row,
                    int       *minimum,
                    int       *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < row->n; i++)
    {
      int min, nat;

      gtk_widget_measure (row->children[i], GTK_ORIENTATION_VERTICAL, row->widths[i], &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
    }
}

static void
measure_width (TsmRowsLayout     *self,
               GtkWidget         *widget,
               const TsmRowsPlan *plan,
               int               *minimum,
               int               *natural)
{
  *minimum = *natural = 0;
  for (guint r = 0; r < TSM_ROWS_MAX_ROWS && plan->rows[r][0].weight > 0; r++)
    {
      Row row;
      int row_min = 0;
      int row_nat = 0;

      collect_row (widget, plan->rows[r], &row);
      for (guint i = 0; i < row.n; i++)
        {
          int min, nat;

          gtk_widget_measure (row.children[i], GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
          row_min += min + (i > 0 ? self->spacing : 0);
          row_nat += nat + (i > 0 ? self->spacing : 0);
        }
      *minimum = MAX (*minimum, row_min);
      *natural = MAX (*natural, row_nat);
    }
}

/* The widest that fits: with large text one may need more than the width that it was made for. */
static const TsmRowsPlan *
choose_plan (TsmRowsLayout *self,
             GtkWidget     *widget,
             int            width)
{
  const TsmRowsPlan *plan = self->plans;
  int minimum, ignored;

  for (; width >= 0 && plan->min_width > 0; plan++)
    {
      if (width < plan->min_width)
        continue;
      measure_width (self, widget, plan, &minimum, &ignored);
      if (width >= minimum)
        break;
    }
  return plan;
}

static void
measure_height (TsmRowsLayout *self,
                GtkWidget     *widget,
                int            width,
                int           *minimum,
                int           *natural)
{
  const TsmRowsPlan *plan = choose_plan (self, widget, width);
  int n_rows = 0;
  int ignored;

  if (width < 0)
    measure_width (self, widget, plan, &ignored, &width);

  *minimum = *natural = 0;
  for (guint r = 0; r < TSM_ROWS_MAX_ROWS && plan->rows[r][0].weight > 0; r++)
    {
      Row row;
      int min, nat;

      collect_row (widget, plan->rows[r], &row);
      if (row.n == 0)
        continue;
      share_width (&row, width, self->spacing);
      measure_row_height (&row, &min, &nat);
      *minimum += min + (n_rows > 0 ? self->spacing : 0);
      *natural += nat + (n_rows > 0 ? self->spacing : 0);
      n_rows++;
    }
}

static const TsmRowsPlan *
last_plan (TsmRowsLayout *self)
{
  const TsmRowsPlan *plan = self->plans;

  while (plan->min_width > 0)
    plan++;
  return plan;
}

static void
tsm_rows_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  TsmRowsLayout *self = TSM_ROWS_LAYOUT (manager);
  int ignored;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, widget, for_size, minimum, natural);
      return;
    }

  measure_width (self, widget, last_plan (self), minimum, &ignored);
  measure_width (self, widget, self->plans, &ignored, natural);
  *natural = MAX (*natural, *minimum);
}

static void
allocate_row (TsmRowsLayout *self,
              GtkWidget     *widget,
              const Row     *row,
              int            width,
              int            y,
              int            height)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (guint i = 0; i < row->n; i++)
    {
      GtkAllocation allocation = { rtl ? width - x - row->widths[i] : x, y, row->widths[i], height };

      gtk_widget_size_allocate (row->children[i], &allocation, -1);
      x += row->widths[i] + self->spacing;
    }
}

/* What is left over is shared evenly; what is missing is taken from where there is some to spare: no row is cut off. */
static int
share_height (int extra,
              int rows_left,
              int spare,
              int spare_left)
{
  if (extra >= 0)
    return extra / rows_left;
  return spare_left > 0 ? MAX (extra, -spare_left) * spare / spare_left : 0;
}

static void
tsm_rows_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  TsmRowsLayout *self = TSM_ROWS_LAYOUT (manager);
  const TsmRowsPlan *plan = choose_plan (self, widget, width);
  Row rows[TSM_ROWS_MAX_ROWS];
  int heights[TSM_ROWS_MAX_ROWS];
  int spares[TSM_ROWS_MAX_ROWS];
  int n_rows = 0;
  int extra = height;
  int spare_left = 0;
  int y = 0;

  for (guint r = 0; r < TSM_ROWS_MAX_ROWS && plan->rows[r][0].weight > 0; r++)
    {
      int minimum;

      collect_row (widget, plan->rows[r], &rows[n_rows]);
      if (rows[n_rows].n == 0)
        continue;
      share_width (&rows[n_rows], width, self->spacing);
      measure_row_height (&rows[n_rows], &minimum, &heights[n_rows]);
      spares[n_rows] = heights[n_rows] - minimum;
      spare_left += spares[n_rows];
      extra -= heights[n_rows] + (n_rows > 0 ? self->spacing : 0);
      n_rows++;
    }

  for (int r = 0; r < n_rows; r++)
    {
      int share = share_height (extra, n_rows - r, spares[r], spare_left);

      allocate_row (self, widget, &rows[r], width, y, heights[r] + share);
      y += heights[r] + share + self->spacing;
      extra -= share;
      spare_left -= spares[r];
    }
}

static GtkSizeRequestMode
tsm_rows_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tsm_rows_layout_class_init (TsmRowsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = tsm_rows_layout_get_request_mode;
  layout_class->measure = tsm_rows_layout_measure;
  layout_class->allocate = tsm_rows_layout_allocate;
}

static void
tsm_rows_layout_init (TsmRowsLayout *self)
{
}

/**
 * tsm_rows_layout_new:
 * @plans: widest first, the last with min_width 0; must outlive the layout
 * @spacing: px
 *
 * Returns: (transfer full): a layout manager, to be given to one widget
 */
GtkLayoutManager *
tsm_rows_layout_new (const TsmRowsPlan *plans,
                     int                spacing)
{
  TsmRowsLayout *self = g_object_new (TSM_TYPE_ROWS_LAYOUT, NULL);

  self->plans = plans;
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
