/* Cells are GtkInscriptions: their size does not hang on their text, so a new text costs no layout of the list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-columns.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-event-text.h"

#define MIN_CHARS 6            /* where there is no room for all */
#define MIN_CHARS_EXPANDING 14

typedef struct
{
  TsmColumns          *owner;
  const TsmColumnSpec *spec;
  GtkColumnViewColumn *column;  /* owned */
  GtkListItemFactory  *factory; /* owned */
  GPtrArray           *bound;   /* the GtkListItems that show something, not owned */
  gboolean             hidden;
} Column;

struct _TsmColumns
{
  gpointer  user_data;
  int       width; /* px */
  guint     n_columns;
  Column   *columns;
};

static void
update_cell (Column      *column,
             GtkListItem *list_item)
{
  column->spec->update (gtk_list_item_get_child (list_item), gtk_list_item_get_item (list_item), column->owner->user_data);
}

static GtkWidget *
make_text (const TsmColumnSpec *spec)
{
  GtkInscription *text = GTK_INSCRIPTION (gtk_inscription_new (NULL));

  gtk_inscription_set_text_overflow (text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (text, MIN (spec->chars, spec->expands ? MIN_CHARS_EXPANDING : MIN_CHARS));
  gtk_inscription_set_nat_chars (text, spec->chars);
  gtk_inscription_set_min_lines (text, 1);
  gtk_inscription_set_yalign (text, 0.5);
  /* By the direction of the window, as the header above it, and not by that of the text. */
  gtk_inscription_set_xalign (text, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? 1.0 : 0.0);

  return GTK_WIDGET (text);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item,
          gpointer                  user_data)
{
  Column *column = user_data;
  GtkWidget *cell = column->spec->make != NULL ? column->spec->make () : make_text (column->spec);

  if (column->spec->css_class != NULL)
    gtk_widget_add_css_class (cell, column->spec->css_class);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         gpointer                  user_data)
{
  Column *column = user_data;

  g_ptr_array_add (column->bound, list_item);
  update_cell (column, list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  user_data)
{
  Column *column = user_data;

  g_ptr_array_remove_fast (column->bound, list_item);
}

static void
apply_visibility (Column *column)
{
  gboolean is_visible = !column->hidden && column->owner->width >= column->spec->from_width;

  if (gtk_column_view_column_get_visible (column->column) != is_visible)
    gtk_column_view_column_set_visible (column->column, is_visible);
}

static void
add_column (Column              *column,
            TsmColumns          *owner,
            const TsmColumnSpec *spec,
            GtkColumnView       *view)
{
  column->owner = owner;
  column->spec = spec;
  column->bound = g_ptr_array_new ();
  column->factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (column->factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (column->factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (column->factory, "unbind", G_CALLBACK (unbind_cb), column);
  column->column = gtk_column_view_column_new (_(spec->title), g_object_ref (column->factory));
  gtk_column_view_column_set_expand (column->column, spec->expands);
  apply_visibility (column);
  gtk_column_view_append_column (view, column->column);
}

/**
 * tsm_columns_new:
 * @view: a column view without columns
 * @specs: (array length=n_specs): the table, in the order of the columns
 * @n_specs: how many
 * @user_data: given to each update function
 *
 * Adds the columns to @view.
 *
 * Returns: (transfer full): the columns; free them only once @view has no model, or goes away itself
 */
TsmColumns *
tsm_columns_new (GtkColumnView       *view,
                 const TsmColumnSpec *specs,
                 guint                n_specs,
                 gpointer             user_data)
{
  TsmColumns *self;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  self = g_new0 (TsmColumns, 1);
  self->user_data = user_data;
  self->n_columns = n_specs;
  self->columns = g_new0 (Column, n_specs);
  for (guint i = 0; i < n_specs; i++)
    add_column (&self->columns[i], self, &specs[i], view);

  return self;
}

/**
 * tsm_columns_free:
 * @self: (transfer full): the columns
 *
 * The view keeps its columns, which stay as they are.
 */
void
tsm_columns_free (TsmColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];

      g_signal_handlers_disconnect_by_data (column->factory, column);
      g_clear_object (&column->factory);
      g_clear_object (&column->column);
      g_clear_pointer (&column->bound, g_ptr_array_unref);
    }
  g_free (self->columns);
  g_free (self);
}

/**
 * tsm_columns_refresh:
 * @self: the columns
 *
 * Updates every cell that stands for an item.
 */
void
tsm_columns_refresh (TsmColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    tsm_columns_refresh_at (self, i);
}

/**
 * tsm_columns_refresh_at:
 * @self: the columns
 * @index: of one column in the table
 *
 * Updates the cells of that column only.
 */
void
tsm_columns_refresh_at (TsmColumns *self,
                        guint       index)
{
  Column *column;

  g_return_if_fail (index < self->n_columns);

  column = &self->columns[index];
  for (guint i = 0; i < column->bound->len; i++)
    update_cell (column, g_ptr_array_index (column->bound, i));
}

/**
 * tsm_columns_set_width:
 * @self: the columns
 * @width: of the list, px at the usual text size
 *
 * Shows the columns that there is room for.
 */
void
tsm_columns_set_width (TsmColumns *self,
                       int         width)
{
  self->width = width;
  for (guint i = 0; i < self->n_columns; i++)
    apply_visibility (&self->columns[i]);
}

/**
 * tsm_columns_set_hidden:
 * @self: the columns
 * @index: of one column in the table
 * @hidden: whether it is hidden whatever the width
 */
void
tsm_columns_set_hidden (TsmColumns *self,
                        guint       index,
                        gboolean    hidden)
{
  g_return_if_fail (index < self->n_columns);

  self->columns[index].hidden = hidden;
  apply_visibility (&self->columns[index]);
}

/**
 * tsm_columns_set_text:
 * @cell: a text cell
 * @text: (nullable): its new text; NULL for an empty cell
 */
void
tsm_columns_set_text (GtkWidget  *cell,
                      const char *text)
{
  g_autofree char *line = tsm_event_text_dup_line (text, TSM_EVENT_TEXT_CELL);

  if (g_strcmp0 (line, gtk_inscription_get_text (GTK_INSCRIPTION (cell))) == 0)
    return;
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), line);
  /* GTK 4.8 does not do it by itself. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
}

/**
 * tsm_columns_set_class:
 * @cell: a cell
 * @css_class: a style class
 * @has_class: whether the cell should have it
 */
void
tsm_columns_set_class (GtkWidget  *cell,
                       const char *css_class,
                       gboolean    has_class)
{
  if (gtk_widget_has_css_class (cell, css_class) == !!has_class)
    return;
  if (has_class)
    gtk_widget_add_css_class (cell, css_class);
  else
    gtk_widget_remove_css_class (cell, css_class);
}

/**
 * tsm_columns_has_focus:
 * @view: a column view
 *
 * Returns: whether the keyboard focus of its window is in it
 */
gboolean
tsm_columns_has_focus (GtkColumnView *view)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (view));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (view) || gtk_widget_is_ancestor (focus, GTK_WIDGET (view)));
}
