/* Guards the library's row against a fault of libadwaita 1.2: what has the focus outlives the row within a window that is destroyed, and
 * still calls the row when it loses it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-password-row.h"

static void
destroyed_cb (GtkWidget   *row,
              GtkEditable *text)
{
  g_signal_handlers_disconnect_by_data (text, row);
}

static void
unref_cb (gpointer  data,
          GClosure *closure)
{
  g_object_unref (data);
}

GtkWidget *
tsm_password_row_new (void)
{
  GtkWidget *row = adw_password_entry_row_new ();
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  g_signal_connect_data (row, "destroy", G_CALLBACK (destroyed_cb), g_object_ref (text), unref_cb, 0);
  return row;
}
