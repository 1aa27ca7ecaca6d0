/* TsmRowsLayout: a layout manager that lays its children in rows by the plan that fits the width.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Children of one row share its height; their widths follow their weights. A hidden child leaves no hole: the others of its
 * row share its width, and a row without a visible child takes no space.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_ROWS_MAX_CELLS 4
#define TSM_ROWS_MAX_ROWS  8

/* @child: position among the widget's children; @weight: share of the row's width, 0 ends the row. */
typedef struct
{
  guint8 child;
  guint8 weight;
} TsmRowsCell;

/* @min_width: px from which the plan is used. The last plan of an array has 0. A row whose first weight is 0 ends the plan. */
typedef struct
{
  int         min_width;
  TsmRowsCell rows[TSM_ROWS_MAX_ROWS][TSM_ROWS_MAX_CELLS];
} TsmRowsPlan;

#define TSM_TYPE_ROWS_LAYOUT (tsm_rows_layout_get_type ())
G_DECLARE_FINAL_TYPE (TsmRowsLayout, tsm_rows_layout, TSM, ROWS_LAYOUT, GtkLayoutManager)

/* @plans: widest first, static. @spacing: px between rows and between cells. */
GtkLayoutManager *tsm_rows_layout_new (const TsmRowsPlan *plans,
                                       int                spacing);

G_END_DECLS
