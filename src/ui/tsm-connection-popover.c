/* The facts stand in labels that hide while they have nothing to say; the list below is bound to the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-connection-popover.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-colour.h"
#include "ui/tsm-remedy.h"

#define MAX_LIST_HEIGHT 264 /* px */
#define MAX_CHARS       40
#define N_KEYS          9   /* Alt+1 to Alt+9 */

typedef enum
{
  FACT_STATE,
  FACT_ADDRESS,
  FACT_SECURITY,
  FACT_READ_ONLY,
  FACT_WORDS,
  FACT_REPLICA,
  FACT_MOVE,
  N_FACTS
} Fact;

struct _TsmConnectionPopover
{
  GtkPopover  parent_instance;

  GtkWidget  *facts[N_FACTS];
  GtkWidget  *remedy;
  GtkWidget  *retry;
  GtkWidget  *switcher;
  GtkWidget  *list;
  TsmSession *session;
};

G_DEFINE_FINAL_TYPE (TsmConnectionPopover, tsm_connection_popover, GTK_TYPE_POPOVER)

static const char *const fact_classes[N_FACTS] = {
  [FACT_STATE] = "heading",  [FACT_ADDRESS] = "dim-label", [FACT_SECURITY] = "body", [FACT_READ_ONLY] = "body",
  [FACT_WORDS] = "body",     [FACT_REPLICA] = "body",      [FACT_MOVE] = "dim-label",
};

static void
set_fact (TsmConnectionPopover *self,
          Fact                  fact,
          const char           *text)
{
  tsm_label_set (self->facts[fact], text);
  gtk_widget_set_visible (self->facts[fact], text != NULL);
}

static char *
dup_security (TsmProfile *profile)
{
  if (!tsm_profile_uses_tls (profile))
    return NULL;
  if (tsm_profile_get_tls_pin (profile) != NULL)
    /* TRANSLATORS: %s is a fingerprint */
    return g_strdup_printf (_("Over TLS. Pinned certificate: SHA-256\n%s"), tsm_profile_get_tls_pin (profile));

  return g_strdup (_("Over TLS. The certificate is checked by its authority."));
}

static char *
dup_words (TsmConnection *connection)
{
  const GError *error = tsm_connection_get_error (connection);
  const GError *last = tsm_connection_get_last_error (connection);

  if (error != NULL)
    return g_utf8_make_valid (error->message, -1);
  if (last == NULL)
    return NULL;

  /* TRANSLATORS: %s is what was wrong */
  return g_strdup_printf (_("Last trouble: %s"), last->message);
}

void
tsm_connection_popover_show_state (TsmConnectionPopover *self,
                                   const char           *word)
{
  TsmConnection *connection;
  TsmProfile *profile;
  g_autofree char *address = NULL;
  g_autofree char *security = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (TSM_IS_CONNECTION_POPOVER (self));

  profile = self->session != NULL ? tsm_session_get_profile (self->session) : NULL;
  if (profile == NULL)
    return;

  connection = tsm_monitor_get_connection (tsm_session_get_monitor (self->session));
  address = tsm_profile_dup_display_url (profile);
  security = dup_security (profile);
  words = dup_words (connection);
  set_fact (self, FACT_STATE, word);
  set_fact (self, FACT_ADDRESS, address);
  set_fact (self, FACT_SECURITY, security);
  set_fact (self, FACT_READ_ONLY, tsm_monitor_get_refusal (tsm_session_get_monitor (self->session)));
  set_fact (self, FACT_WORDS, words);
  set_fact (self, FACT_REPLICA, tsm_connection_is_on_replica (connection)
                                  ? _("This is a replica: commands sent here do not reach an engine on the primary.") : NULL);
  set_fact (self, FACT_MOVE, tsm_connection_get_move (connection));
  tsm_remedy_show (self->remedy, tsm_connection_get_error (connection));
  /* With both links up there is nothing to retry. */
  gtk_widget_set_visible (self->retry, tsm_connection_get_subscriber_state (connection) != TSM_LINK_READY
                                       || tsm_connection_get_command_state (connection) != TSM_LINK_READY);
}

static GtkWidget *
make_switch_row (TsmConnectionPopover *self,
                 TsmProfile           *profile)
{
  TsmProfile *open = tsm_session_get_profile (self->session);
  gboolean is_open = open != NULL && g_str_equal (tsm_profile_get_id (open), tsm_profile_get_id (profile));
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *dot = tsm_colour_dot_new ();
  GtkWidget *name = gtk_label_new (tsm_profile_get_name (profile));
  g_autofree char *said = NULL;

  /* TRANSLATORS: the name of the connection that is open */
  said = is_open ? g_strdup_printf (_("%s, open"), tsm_profile_get_name (profile)) : g_strdup (tsm_profile_get_name (profile));
  gtk_widget_set_opacity (mark, is_open ? 1 : 0);
  tsm_colour_dot_set (dot, tsm_profile_get_colour (profile), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (name), MAX_CHARS);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data_full (G_OBJECT (row), "profile", g_object_ref (profile), g_object_unref);
  return row;
}

static void
add_key (GtkWidget *row,
         guint      index)
{
  GtkWidget *label;
  g_autofree char *text = NULL;

  if (index >= N_KEYS)
    return;

  text = gtk_accelerator_get_label (GDK_KEY_1 + index, GDK_ALT_MASK);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), label);
}

/* Made anew each time it is opened: it is short, and nobody reads it in between. */
static void
fill_list (TsmConnectionPopover *self)
{
  GListModel *store = G_LIST_MODEL (tsm_session_get_store (self->session));
  guint n = g_list_model_get_n_items (store);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), old);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsmProfile) profile = g_list_model_get_item (store, i);
      GtkWidget *row = make_switch_row (self, profile);

      add_key (row, i);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  gtk_widget_set_visible (self->switcher, n > 0);
}

static void
row_activated_cb (TsmConnectionPopover *self,
                  GtkListBoxRow        *row)
{
  TsmProfile *profile = g_object_get_data (G_OBJECT (row), "profile");
  g_autofree char *id = g_strdup (tsm_profile_get_id (profile));

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-to", "s", id);
}

/* Before it is measured. */
static void
tsm_connection_popover_show (GtkWidget *widget)
{
  TsmConnectionPopover *self = TSM_CONNECTION_POPOVER (widget);

  if (self->session != NULL)
    fill_list (self);
  GTK_WIDGET_CLASS (tsm_connection_popover_parent_class)->show (widget);
}

void
tsm_connection_popover_set_session (TsmConnectionPopover *self,
                                    TsmSession           *session)
{
  g_return_if_fail (TSM_IS_CONNECTION_POPOVER (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "opened", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
make_fact (const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, style_class);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static GtkWidget *
make_switcher (TsmConnectionPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Switch To"));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "switch-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Switch To"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), scrolled);
  return box;
}

/* A dialog that it opens must not find it still there. */
static void
clicked_cb (TsmConnectionPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static GtkWidget *
make_action (TsmConnectionPopover *self,
             const char           *label,
             const char           *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_actions (TsmConnectionPopover *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  self->retry = make_action (self, _("_Retry Now"), "win.retry");
  gtk_grid_attach (GTK_GRID (grid), self->retry, 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), make_action (self, _("_Edit…"), "win.edit-connection"), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), make_action (self, _("_Disconnect"), "win.disconnect"), 1, 1, 1, 1);
  gtk_widget_set_margin_top (grid, 6);
  return grid;
}

static void
tsm_connection_popover_dispose (GObject *object)
{
  g_clear_object (&TSM_CONNECTION_POPOVER (object)->session);

  G_OBJECT_CLASS (tsm_connection_popover_parent_class)->dispose (object);
}

static void
tsm_connection_popover_class_init (TsmConnectionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_connection_popover_dispose;
  GTK_WIDGET_CLASS (klass)->show = tsm_connection_popover_show;

  /* The keys that are shown here reach the window only while no popover is open. */
  for (guint i = 0; i < N_KEYS; i++)
    gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_1 + i, GDK_ALT_MASK, "win.switch-nth", "u", i + 1);
}

static void
tsm_connection_popover_init (TsmConnectionPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < N_FACTS; i++)
    {
      self->facts[i] = make_fact (fact_classes[i]);
      gtk_box_append (GTK_BOX (box), self->facts[i]);
    }
  self->remedy = gtk_button_new ();
  gtk_widget_add_css_class (self->remedy, "suggested-action");
  g_signal_connect_object (self->remedy, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->remedy);
  self->switcher = make_switcher (self);
  gtk_box_append (GTK_BOX (box), make_actions (self));
  gtk_box_append (GTK_BOX (box), self->switcher);
  gtk_box_append (GTK_BOX (box), make_action (self, _("_Manage Connections…"), "win.manage-connections"));
  gtk_widget_add_css_class (box, "popover-text");
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
tsm_connection_popover_new (void)
{
  return g_object_new (TSM_TYPE_CONNECTION_POPOVER, NULL);
}
