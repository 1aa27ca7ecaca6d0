/* Each kind has a row of its own, how the row is written from the draft, and how the draft is written from the row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-draft-field.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-colour.h"
#include "ui/tsm-file-button.h"
#include "ui/tsm-note-row.h"
#include "ui/tsm-password-row.h"

struct _TsmDraftField
{
  GObject            parent_instance;

  TsmProfileDraft   *draft;
  TsmDraftPart       part;
  TsmDraftFieldKind  kind;
  GtkWidget         *row;      /* weak: owns the field */
  GtkWidget         *toggle;   /* the switch or button within it */
  TsmNoteRow        *note_row; /* weak */
  char              *note;
  gboolean           editable;
  gboolean           showing; /* the row is being written: it is not the user who types */
};

G_DEFINE_FINAL_TYPE (TsmDraftField, tsm_draft_field, G_TYPE_OBJECT)

typedef struct
{
  GtkWidget *(*create) (TsmDraftField *self);
  void       (*show)   (TsmDraftField *self,
                        const char    *text);
} Kind;

static void
type_text (TsmDraftField *self,
           const char    *text)
{
  if (!self->showing)
    tsm_profile_draft_set_text (self->draft, self->part, text);
}

static void
text_cb (TsmDraftField *self)
{
  type_text (self, gtk_editable_get_text (GTK_EDITABLE (self->row)));
}

static void
show_text (TsmDraftField *self,
           const char    *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->row)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

static GtkWidget *
prepare_entry (TsmDraftField   *self,
               GtkWidget       *row,
               GtkInputPurpose  purpose)
{
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), purpose);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (text_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
create_text (TsmDraftField *self)
{
  return prepare_entry (self, adw_entry_row_new (), GTK_INPUT_PURPOSE_FREE_FORM);
}

static GtkWidget *
create_number (TsmDraftField *self)
{
  return prepare_entry (self, adw_entry_row_new (), GTK_INPUT_PURPOSE_DIGITS);
}

static GtkWidget *
create_password (TsmDraftField *self)
{
  return prepare_entry (self, tsm_password_row_new (), GTK_INPUT_PURPOSE_PASSWORD);
}

static void
settle_cb (TsmDraftField *self)
{
  tsm_profile_draft_settle_url (self->draft);
}

/* What comes in one piece was pasted: it is whole, and may hold a password that must not stay in sight. */
static gboolean
settle_pasted_cb (gpointer user_data)
{
  settle_cb (user_data);
  return G_SOURCE_REMOVE;
}

static void
insert_cb (GtkEditable   *text,
           const char    *piece,
           int            length,
           int           *position,
           TsmDraftField *self)
{
  if (length > 1 && !self->showing)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, settle_pasted_cb, g_object_ref (self), g_object_unref);
}

static GtkWidget *
create_url (TsmDraftField *self)
{
  GtkWidget *row = prepare_entry (self, adw_entry_row_new (), GTK_INPUT_PURPOSE_URL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (settle_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (row)), "insert-text", G_CALLBACK (insert_cb), self, 0);
  gtk_widget_add_controller (row, focus);
  return row;
}

static GtkWidget *
create_file (TsmDraftField *self)
{
  GtkWidget *row = create_text (self);

  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), tsm_file_button_new (GTK_EDITABLE (row), tsm_draft_part_get_title (self->part)));
  return row;
}

static void
switch_cb (TsmDraftField *self)
{
  type_text (self, gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? "true" : "false");
}

static GtkWidget *
create_switch (TsmDraftField *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->toggle = gtk_switch_new ();
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->toggle);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Nothing is sent to the engine: actions and alert commands are off"));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (switch_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_switch (TsmDraftField *self,
             const char    *text)
{
  gtk_switch_set_active (GTK_SWITCH (self->toggle), g_str_equal (text, "true"));
}

static void
colour_cb (TsmDraftField *self)
{
  type_text (self, tsm_profile_get_colours ()[adw_combo_row_get_selected (ADW_COMBO_ROW (self->row))]);
}

static GtkWidget *
create_colour (TsmDraftField *self)
{
  GtkWidget *row = tsm_colour_row_new ("");

  g_signal_connect_object (row, "notify::selected", G_CALLBACK (colour_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_colour (TsmDraftField *self,
             const char    *text)
{
  for (guint i = 0; tsm_profile_get_colours ()[i] != NULL; i++)
    if (g_str_equal (tsm_profile_get_colours ()[i], text))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
}

static void
transport_cb (TsmDraftField *self)
{
  g_autofree char *number = g_strdup_printf ("%u", adw_combo_row_get_selected (ADW_COMBO_ROW (self->row)));

  type_text (self, number);
}

static GtkWidget *
create_transport (TsmDraftField *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < TSM_N_DRAFT_TRANSPORTS; i++)
    gtk_string_list_append (model, tsm_draft_transport_get_title (i));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (transport_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_transport (TsmDraftField *self,
                const char    *text)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), tsm_profile_draft_get_transport (self->draft));
}

static void
forget_cb (TsmDraftField *self)
{
  type_text (self, "");
}

static GtkWidget *
create_pin (TsmDraftField *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->toggle = gtk_button_new_with_mnemonic (_("F_orget"));
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->toggle, _("Check the server’s certificate by its authority again"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->toggle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_signal_connect_object (self->toggle, "clicked", G_CALLBACK (forget_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
show_pin (TsmDraftField *self,
          const char    *text)
{
  g_autofree char *words = NULL;

  /* TRANSLATORS: %s is the fingerprint of a certificate */
  words = *text != '\0' ? g_strdup_printf (_("Only this certificate is accepted: SHA-256 %s"), text)
                        : g_strdup (_("None: the server’s certificate must be signed by an authority"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), words);
  gtk_widget_set_visible (self->toggle, *text != '\0');
}

static const Kind kinds[] = {
  [TSM_DRAFT_FIELD_TEXT]      = { create_text, show_text },
  [TSM_DRAFT_FIELD_NUMBER]    = { create_number, show_text },
  [TSM_DRAFT_FIELD_URL]       = { create_url, show_text },
  [TSM_DRAFT_FIELD_PASSWORD]  = { create_password, show_text },
  [TSM_DRAFT_FIELD_FILE]      = { create_file, show_text },
  [TSM_DRAFT_FIELD_SWITCH]    = { create_switch, show_switch },
  [TSM_DRAFT_FIELD_COLOUR]    = { create_colour, show_colour },
  [TSM_DRAFT_FIELD_TRANSPORT] = { create_transport, show_transport },
  [TSM_DRAFT_FIELD_PIN]       = { create_pin, show_pin },
};

static char *
dup_note (TsmDraftField *self)
{
  if (self->note != NULL)
    return g_strdup (self->note);
  if (self->kind == TSM_DRAFT_FIELD_URL && !self->editable)
    return NULL; /* it says how to fill the form */

  return tsm_profile_draft_dup_note (self->draft, self->part);
}

static void
show (TsmDraftField *self)
{
  g_autofree char *note = dup_note (self);

  if (self->row == NULL || self->note_row == NULL)
    return; /* the form is being destroyed */

  self->showing = TRUE;
  kinds[self->kind].show (self, tsm_profile_draft_get_text (self->draft, self->part));
  self->showing = FALSE;
  gtk_widget_set_visible (self->row, tsm_profile_draft_is_used (self->draft, self->part));
  tsm_note_row_set (self->note_row, tsm_profile_draft_get_error (self->draft, self->part), note);
}

static void
add (GtkWidget *container,
     GtkWidget *row)
{
  if (ADW_IS_EXPANDER_ROW (container))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (container), row);
  else
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (container), row);
}

static void
set_editable (TsmDraftField *self,
              gboolean       editable)
{
  self->editable = editable;
  if (GTK_IS_EDITABLE (self->row))
    gtk_editable_set_editable (GTK_EDITABLE (self->row), editable);
  else
    gtk_widget_set_sensitive (self->row, editable);
}

GtkWidget *
tsm_draft_field_get_row (TsmDraftField *self)
{
  g_return_val_if_fail (TSM_IS_DRAFT_FIELD (self), NULL);

  return self->row;
}

void
tsm_draft_field_set_note (TsmDraftField *self,
                          const char    *note)
{
  g_return_if_fail (TSM_IS_DRAFT_FIELD (self));

  g_free (self->note);
  self->note = g_strdup (note);
  show (self);
}

static void
tsm_draft_field_finalize (GObject *object)
{
  TsmDraftField *self = TSM_DRAFT_FIELD (object);

  g_clear_object (&self->draft);
  g_clear_weak_pointer (&self->row);
  g_clear_weak_pointer (&self->note_row);
  g_free (self->note);

  G_OBJECT_CLASS (tsm_draft_field_parent_class)->finalize (object);
}

static void
tsm_draft_field_class_init (TsmDraftFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_draft_field_finalize;
}

static void
tsm_draft_field_init (TsmDraftField *self)
{
}

TsmDraftField *
tsm_draft_field_add (GtkWidget         *container,
                     TsmProfileDraft   *draft,
                     TsmDraftPart       part,
                     TsmDraftFieldKind  kind,
                     gboolean           editable)
{
  TsmDraftField *self = g_object_new (TSM_TYPE_DRAFT_FIELD, NULL);

  self->draft = g_object_ref (draft);
  self->part = part;
  self->kind = kind;
  self->showing = TRUE; /* the row may begin with a value of its own */
  g_set_weak_pointer (&self->row, kinds[kind].create (self));
  g_object_set_data_full (G_OBJECT (self->row), "tsm-draft-field", self, g_object_unref);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), tsm_draft_part_get_title (part));
  g_set_weak_pointer (&self->note_row, TSM_NOTE_ROW (tsm_note_row_new (self->row)));
  add (container, self->row);
  add (container, GTK_WIDGET (self->note_row));
  set_editable (self, editable);

  g_signal_connect_object (draft, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return self;
}
