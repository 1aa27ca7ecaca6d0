/* libadwaita's entry rows have no place for a subtitle: this is a row of its own that looks as if it were one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-note-row.h"

#include "ui/tsm-card.h"

struct _TsmNoteRow
{
  AdwPreferencesRow  parent_instance;

  GtkWidget         *icon;
  GtkWidget         *label;
  GtkWidget         *subject; /* weak */
};

G_DEFINE_FINAL_TYPE (TsmNoteRow, tsm_note_row, ADW_TYPE_PREFERENCES_ROW)

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* What takes the keys is within an entry row. */
static GtkAccessible *
get_spoken (GtkWidget *subject)
{
  GtkEditable *delegate = GTK_IS_EDITABLE (subject) ? gtk_editable_get_delegate (GTK_EDITABLE (subject)) : NULL;

  return delegate != NULL ? GTK_ACCESSIBLE (delegate) : GTK_ACCESSIBLE (subject);
}

void
tsm_note_row_set (TsmNoteRow *self,
                  const char *error,
                  const char *note)
{
  const char *text = error != NULL ? error : note;

  g_return_if_fail (TSM_IS_NOTE_ROW (self));

  tsm_label_set (self->label, text);
  gtk_widget_set_visible (self->icon, error != NULL);
  set_class (self->label, "error", error != NULL);
  set_class (self->label, "dim-label", error == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && self->subject != NULL && gtk_widget_get_visible (self->subject));
  if (self->subject == NULL)
    return;

  set_class (self->subject, "error", error != NULL);
  set_class (self->subject, "noted", text != NULL);
  gtk_accessible_update_state (get_spoken (self->subject), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text != NULL)
    gtk_accessible_update_property (get_spoken (self->subject), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (get_spoken (self->subject), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* A list that moves the focus goes on from the row that it came to, or leaves: the note hands it to the next that takes it. */
static gboolean
tsm_note_row_focus (GtkWidget        *widget,
                    GtkDirectionType  direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *row = widget;

  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    return FALSE;
  do
    row = back ? gtk_widget_get_prev_sibling (row) : gtk_widget_get_next_sibling (row);
  while (row != NULL && !gtk_widget_get_visible (row));
  return row != NULL && gtk_widget_child_focus (row, direction);
}

static void
tsm_note_row_dispose (GObject *object)
{
  g_clear_weak_pointer (&TSM_NOTE_ROW (object)->subject);

  G_OBJECT_CLASS (tsm_note_row_parent_class)->dispose (object);
}

static void
tsm_note_row_class_init (TsmNoteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_note_row_dispose;
  GTK_WIDGET_CLASS (klass)->focus = tsm_note_row_focus;
}

static void
tsm_note_row_init (TsmNoteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->icon, "error");
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);

  gtk_widget_add_css_class (GTK_WIDGET (self), "note-row");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
tsm_note_row_new (GtkWidget *subject)
{
  TsmNoteRow *self = g_object_new (TSM_TYPE_NOTE_ROW, NULL);

  g_set_weak_pointer (&self->subject, subject);
  return GTK_WIDGET (self);
}
