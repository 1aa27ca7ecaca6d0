/* The end of the children of a widget that is no container of GTK's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/tsm-children.h"

/**
 * tsm_children_unparent:
 * @parent: a widget that is disposed of
 *
 * Lets go all children. Called again, it finds none.
 */
void
tsm_children_unparent (GtkWidget *parent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    gtk_widget_unparent (child);
}
