/* Every mark has a word: in the label beside it, in the tooltip, and in what assistive technology reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-connection-button.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-colour.h"
#include "ui/tsm-connection-popover.h"

#define MIN_NAME_CHARS 9
#define MAX_NAME_CHARS 20

struct _TsmConnectionButton
{
  AdwBin         parent_instance;

  GtkWidget     *button;
  GtkWidget     *popover;
  GtkWidget     *stripe;
  GtkWidget     *dot;
  GtkWidget     *name_label;
  GtkWidget     *lock;
  GtkWidget     *pin;
  GtkWidget     *read_only;
  TsmSession    *session;
  TsmConnection *connection; /* that is listened to */
  gboolean       compact;
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

static gboolean
is_pinned (TsmProfile *profile)
{
  return tsm_profile_uses_tls (profile) && tsm_profile_get_tls_pin (profile) != NULL;
}

static void
show_marks (TsmConnectionButton *self,
            TsmProfile          *profile)
{
  tsm_colour_dot_set (self->stripe, tsm_profile_get_colour (profile), FALSE);
  gtk_widget_set_visible (self->lock, tsm_profile_uses_tls (profile));
  gtk_widget_set_visible (self->pin, is_pinned (profile) && !self->compact);
  gtk_widget_set_visible (self->read_only, tsm_profile_is_read_only (profile) && !self->compact);
  gtk_widget_set_visible (self->name_label, !self->compact);
}

static char *
dup_said (TsmConnectionButton *self,
          TsmProfile          *profile,
          const char          *word)
{
  GString *said = g_string_new (NULL);

  /* TRANSLATORS: the name of a connection, and its state */
  g_string_printf (said, _("%s: %s"), tsm_session_get_name (self->session), word);
  if (is_pinned (profile))
    g_string_append_printf (said, " · %s %s", _("Pinned certificate: SHA-256"), tsm_profile_get_tls_pin (profile));
  else if (tsm_profile_uses_tls (profile))
    g_string_append_printf (said, " · %s", _("Over TLS"));
  if (tsm_profile_is_read_only (profile))
    g_string_append_printf (said, " · %s", _("Read-only"));

  return g_string_free (said, FALSE);
}

static void
show_name (TsmConnectionButton *self)
{
  const char *name = tsm_session_get_name (self->session);

  tsm_label_set (self->name_label, name);
  gtk_label_set_width_chars (GTK_LABEL (self->name_label), MIN ((int) g_utf8_strlen (name, -1) + 1, MIN_NAME_CHARS));
}

static void
show (TsmConnectionButton *self)
{
  TsmProfile *profile = tsm_session_get_profile (self->session);
  TsmLinkState state;
  const char *word;
  g_autofree char *said = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), profile != NULL);
  if (profile == NULL)
    return;

  state = tsm_connection_get_subscriber_state (tsm_monitor_get_connection (tsm_session_get_monitor (self->session)));
  word = tsm_session_is_waiting (self->session) ? _("Waiting for the keyring") : _(looks[state].word);
  said = dup_said (self, profile, word);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->dot, looks[i].style_class);
  gtk_widget_add_css_class (self->dot, looks[state].style_class);
  tsm_label_set (self->dot, looks[state].mark);
  show_name (self);
  show_marks (self, profile);
  tsm_connection_popover_show_state (TSM_CONNECTION_POPOVER (self->popover), word);
  tsm_menu_button_set_label (self->button, said);
  tsm_tooltip_set (self->button, said);
}

static void
drop_connection (TsmConnectionButton *self)
{
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
}

static void
opened_cb (TsmConnectionButton *self)
{
  TsmMonitor *monitor = tsm_session_get_monitor (self->session);

  drop_connection (self);
  if (monitor != NULL)
    {
      self->connection = g_object_ref (tsm_monitor_get_connection (monitor));
      g_signal_connect_object (self->connection, "state-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    }
  show (self);
}

void
tsm_connection_button_set_session (TsmConnectionButton *self,
                                   TsmSession          *session)
{
  g_return_if_fail (TSM_IS_CONNECTION_BUTTON (self) && self->session == NULL);

  self->session = g_object_ref (session);
  tsm_connection_popover_set_session (TSM_CONNECTION_POPOVER (self->popover), session);
  g_signal_connect_object (session, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  opened_cb (self);
}

void
tsm_connection_button_set_compact (TsmConnectionButton *self,
                                   gboolean             compact)
{
  g_return_if_fail (TSM_IS_CONNECTION_BUTTON (self));

  self->compact = compact;
  if (self->session != NULL)
    show (self);
}

static void
tsm_connection_button_dispose (GObject *object)
{
  TsmConnectionButton *self = TSM_CONNECTION_BUTTON (object);

  drop_connection (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (tsm_connection_button_parent_class)->dispose (object);
}

static void
tsm_connection_button_class_init (TsmConnectionButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_connection_button_dispose;
}

static GtkWidget *
make_mark (const char *word)
{
  GtkWidget *label = gtk_label_new (word);

  gtk_widget_add_css_class (label, "chip");
  return label;
}

static void
tsm_connection_button_init (TsmConnectionButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget **marks[] = { &self->stripe, &self->dot, &self->name_label, &self->lock, &self->pin, &self->read_only };

  self->stripe = tsm_colour_dot_new ();
  gtk_widget_add_css_class (self->stripe, "stripe");
  self->dot = gtk_label_new (NULL);
  self->name_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name_label), MAX_NAME_CHARS);
  self->lock = gtk_image_new_from_icon_name ("channel-secure-symbolic");
  self->pin = make_mark (_("Pinned"));
  self->read_only = make_mark (_("Read-only"));
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    gtk_box_append (GTK_BOX (box), *marks[i]);

  self->popover = tsm_connection_popover_new ();
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  adw_bin_set_child (ADW_BIN (self), self->button);
}
