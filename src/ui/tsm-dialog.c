/* A dialog that is wider than a narrow window would hang over its edges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-dialog.h"

#define MIN_WIDTH  340 /* px */
#define MIN_HEIGHT 360

static int
fit (int wanted,
     int least,
     int room)
{
  return room > 0 ? CLAMP (room, least, wanted) : wanted;
}

void
tsm_dialog_place (GtkWindow *dialog,
                  GtkWindow *parent,
                  int        width,
                  int        height)
{
  int room_width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;
  int room_height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  gtk_window_set_transient_for (dialog, parent);
  gtk_window_set_modal (dialog, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (dialog), "connections");
  gtk_widget_set_size_request (GTK_WIDGET (dialog), MIN_WIDTH, MIN_HEIGHT);
  gtk_window_set_default_size (dialog, fit (width, MIN_WIDTH, room_width), fit (height, MIN_HEIGHT, room_height));
}
