/* TsmConnectionButton: the state of the connection in the header, and what one can do about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-connection-button.h"

#define MIN_NAME_CHARS 9

struct _TsmConnectionButton
{
  AdwBin         parent_instance;
  GtkWidget     *button;
  GtkWidget     *dot;
  GtkWidget     *name_label;
  GtkWidget     *title;
  GtkWidget     *address;
  GtkWidget     *words;
  TsmConnection *connection;
  char          *name;
};

G_DEFINE_FINAL_TYPE (TsmConnectionButton, tsm_connection_button, ADW_TYPE_BIN)

/* How each state looks: a mark, a style class and a word. */
static const struct
{
  const char *mark;
  const char *style_class;
  const char *word;
} looks[] = {
  [TSM_LINK_IDLE]           = { "○", "dim-label", N_("Not connected") },
  [TSM_LINK_WAITING]        = { "✕", "error",     N_("Disconnected, retrying") },
  [TSM_LINK_RESOLVING]      = { "◌", "warning",   N_("Looking up the name") },
  [TSM_LINK_CONNECTING]     = { "◌", "warning",   N_("Connecting") },
  [TSM_LINK_SECURING]       = { "◌", "warning",   N_("Securing the connection") },
  [TSM_LINK_AUTHENTICATING] = { "◌", "warning",   N_("Signing in") },
  [TSM_LINK_SUBSCRIBING]    = { "◌", "warning",   N_("Subscribing") },
  [TSM_LINK_READY]          = { "●", "success",   N_("Connected") },
};

static void
show_state (TsmConnectionButton *self)
{
  TsmLinkState state = tsm_connection_get_subscriber_state (self->connection);
  const GError *error = tsm_connection_get_error (self->connection);
  const GError *last = tsm_connection_get_last_error (self->connection);
  g_autofree char *words = NULL;
  g_autofree char *said = g_strdup_printf ("%s: %s", self->name, _(looks[state].word));

  if (error != NULL)
    words = g_strdup (error->message);
  else if (last != NULL)
    words = g_strdup_printf (_("Last trouble: %s"), last->message);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->dot, looks[i].style_class);
  gtk_widget_add_css_class (self->dot, looks[state].style_class);
  tsm_label_set (self->dot, looks[state].mark);
  tsm_label_set (self->name_label, self->name);
  gtk_label_set_width_chars (GTK_LABEL (self->name_label), MIN ((int) g_utf8_strlen (self->name, -1) + 1, MIN_NAME_CHARS));
  tsm_label_set (self->title, _(looks[state].word));
  tsm_label_set (self->words, words);
  gtk_widget_set_visible (self->words, words != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  tsm_tooltip_set (self->button, said);
}

void
tsm_connection_button_set_connection (TsmConnectionButton *self,
                                      TsmConnection       *connection,
                                      const char          *name)
{
  g_return_if_fail (TSM_IS_CONNECTION_BUTTON (self));

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_set_object (&self->connection, connection);
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_set_visible (GTK_WIDGET (self), connection != NULL);
  if (connection == NULL)
    return;

  {
    g_autofree char *url = tsm_profile_dup_display_url (tsm_connection_get_profile (connection));

    tsm_label_set (self->address, url);
  }
  g_signal_connect_object (connection, "state-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

void
tsm_connection_button_set_compact (TsmConnectionButton *self,
                                   gboolean             compact)
{
  g_return_if_fail (TSM_IS_CONNECTION_BUTTON (self));

  gtk_widget_set_visible (self->name_label, !compact);
}

static GtkWidget *
make_label (const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, style_class);
  return label;
}

static GtkWidget *
make_action (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
make_popover (TsmConnectionButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = make_label ("heading");
  self->address = make_label ("dim-label");
  self->words = make_label ("body");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->address);
  gtk_box_append (GTK_BOX (box), self->words);
  gtk_box_append (GTK_BOX (buttons), make_action (_("_Retry Now"), "win.retry"));
  gtk_box_append (GTK_BOX (buttons), make_action (_("_Disconnect"), "win.disconnect"));
  gtk_widget_set_margin_top (buttons, 6);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "popover-text");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
tsm_connection_button_dispose (GObject *object)
{
  TsmConnectionButton *self = TSM_CONNECTION_BUTTON (object);

  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (tsm_connection_button_parent_class)->dispose (object);
}

static void
tsm_connection_button_class_init (TsmConnectionButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_connection_button_dispose;
}

static void
tsm_connection_button_init (TsmConnectionButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->dot = gtk_label_new (NULL);
  self->name_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name_label), 20);
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), self->name_label);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), make_popover (self));
  adw_bin_set_child (ADW_BIN (self), self->button);
}
