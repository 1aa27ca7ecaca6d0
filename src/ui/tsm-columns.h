/* TsmColumns: the columns of a GtkColumnView made from a table, and the rows in sight refreshed in one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TsmColumnSpec:
 * @title: untranslated header
 * @css_class: (nullable): of each cell
 * @chars: width in characters; the text never changes it, so nothing jumps
 * @from_width: px of the list below which the column is hidden
 * @expands: whether it takes the room that is left
 * @make: (nullable): makes a cell; NULL for text
 * @update: shows @item in @cell
 */
typedef struct
{
  const char  *title;
  const char  *css_class;
  guint        chars;
  int          from_width;
  gboolean     expands;
  GtkWidget *(*make)   (void);
  void       (*update) (GtkWidget *cell,
                        gpointer   item,
                        gpointer   user_data);
} TsmColumnSpec;

typedef struct _TsmColumns TsmColumns;

/* @specs must outlive the columns, as must @user_data, which @update is given. */
TsmColumns *tsm_columns_new        (GtkColumnView       *view,
                                    const TsmColumnSpec *specs,
                                    guint                n_specs,
                                    gpointer             user_data);
void        tsm_columns_free       (TsmColumns          *self);
void        tsm_columns_refresh    (TsmColumns          *self);
void        tsm_columns_refresh_at (TsmColumns          *self,
                                    guint                index);
void        tsm_columns_set_width  (TsmColumns          *self,
                                    int                  width);
void        tsm_columns_set_hidden (TsmColumns          *self,
                                    guint                index,
                                    gboolean             hidden);

/* For @update: bounds @text, and changes nothing where it is shown already. */
void        tsm_columns_set_text   (GtkWidget           *cell,
                                    const char          *text);
void        tsm_columns_set_class  (GtkWidget           *cell,
                                    const char          *css_class,
                                    gboolean             has_class);
/* Of any column view. */
gboolean    tsm_columns_has_focus  (GtkColumnView       *view); /* it or something in it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmColumns, tsm_columns_free)

G_END_DECLS
