/* TsmWelcomePage: the first page: connect, or try the demo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-welcome-page.h"

#include "profiles/tsm-mask.h"
#include "ui/tsm-colour.h"
#include "ui/tsm-profile-row.h"

struct _TsmWelcomePage
{
  AdwBin     parent_instance;
  GtkWidget *url_row;
  GtkWidget *channels_row;
  GtkWidget *error_label;
  GtkWidget *connect_button;
  GtkWidget *status;
  GtkWidget *saved;
  GtkWidget *saved_list;
  GtkWidget *quick;
};

enum
{
  SIGNAL_CONNECT_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsmWelcomePage, tsm_welcome_page, ADW_TYPE_BIN)

/**
 * tsm_welcome_page_set_error:
 * @self: the page
 * @message: (nullable): why the URL cannot be used, or NULL
 */
void
tsm_welcome_page_set_error (TsmWelcomePage *self,
                            const char     *message)
{
  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  gtk_label_set_text (GTK_LABEL (self->error_label), message != NULL ? message : "");
  gtk_widget_set_visible (self->error_label, message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (self->url_row, "error");
  else
    gtk_widget_remove_css_class (self->url_row, "error");
}

static char **
typed_channels (TsmWelcomePage *self)
{
  g_auto(GStrv) words = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->channels_row)), " ,\t", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
  return g_strv_builder_end (builder);
}

/* A password in it is shown as `***`. */
void
tsm_welcome_page_set_url (TsmWelcomePage *self,
                          const char     *url)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  shown = tsm_mask_dup_url (url);
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), shown);
}

/* The page comes back after the connection. What is shown of a password then means the one that is kept. */
static void
show_without_password (TsmWelcomePage *self,
                       TsmProfile     *profile)
{
  g_autofree char *shown = tsm_profile_dup_display_url (profile);

  tsm_welcome_page_set_url (self, shown);
  if (g_strcmp0 (tsm_profile_get_password (profile), TSM_URL_HIDDEN_PASSWORD) == 0)
    tsm_profile_set_password (profile, NULL);
}

static void
connect_cb (TsmWelcomePage *self)
{
  char *url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url_row))));
  g_auto(GStrv) channels = typed_channels (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(TsmProfile) profile = *url != '\0' ? tsm_profile_new_from_url (url, &error) : NULL;

  tsm_url_wipe (url);
  if (profile == NULL)
    {
      tsm_welcome_page_set_error (self, error != NULL ? error->message
                                                      : _("Enter the address of the Redis server, such as redis://host:6379."));
      gtk_widget_grab_focus (self->url_row);
      return;
    }

  if (channels[0] != NULL)
    tsm_profile_set_channels (profile, (const char *const *) channels);
  show_without_password (self, profile);
  g_signal_emit (self, signals[SIGNAL_CONNECT_TO], 0, profile);
}

static void
url_changed_cb (TsmWelcomePage *self)
{
  tsm_welcome_page_set_error (self, NULL);
}

static void
set_channels (TsmWelcomePage     *self,
              const char * const *channels)
{
  g_autofree char *text = g_strjoinv (" ", (char **) channels);

  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->channels_row), text);
}

static void
chosen_cb (TsmWelcomePage *self,
           GtkListBoxRow  *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-to", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), "id"));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  TsmProfile *profile = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *dot = tsm_colour_dot_new ();
  g_autofree char *address = tsm_profile_dup_display_url (profile);
  g_autofree char *marks = tsm_profile_row_dup_marks (profile);
  g_autofree char *subtitle = marks != NULL ? g_strdup_printf ("%s\n%s", address, marks) : g_strdup (address);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tsm_profile_get_name (profile));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  tsm_colour_dot_set (dot, tsm_profile_get_colour (profile), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (tsm_profile_get_id (profile)), g_free);
  return row;
}

static void
count_cb (TsmWelcomePage *self,
          guint           position,
          guint           removed,
          guint           added,
          GListModel     *store)
{
  gboolean has_any = g_list_model_get_n_items (store) > 0;

  gtk_widget_set_visible (self->saved, has_any);
  if (has_any)
    gtk_widget_add_css_class (self->status, "compact");
  else
    gtk_widget_remove_css_class (self->status, "compact");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->quick), has_any ? _("Another Server") : "");
}

void
tsm_welcome_page_set_store (TsmWelcomePage  *self,
                            TsmProfileStore *store)
{
  g_return_if_fail (TSM_IS_WELCOME_PAGE (self) && TSM_IS_PROFILE_STORE (store));

  gtk_list_box_bind_model (GTK_LIST_BOX (self->saved_list), G_LIST_MODEL (store), create_row_cb, NULL, NULL);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  count_cb (self, 0, 0, 0, G_LIST_MODEL (store));
}

/* The first saved connection is one key away; without any the default address is. */
void
tsm_welcome_page_focus (TsmWelcomePage *self)
{
  GtkListBoxRow *first;

  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->saved_list), 0);
  gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (first) : self->connect_button);
}

static void
tsm_welcome_page_class_init (TsmWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CONNECT_TO] = g_signal_new ("connect-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, TSM_TYPE_PROFILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/ai/tickstock/Monitor/ui/tsm-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, url_row);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, channels_row);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, error_label);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, status);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, saved);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, saved_list);
  gtk_widget_class_bind_template_child (widget_class, TsmWelcomePage, quick);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_changed_cb);
}

static void
tsm_welcome_page_init (TsmWelcomePage *self)
{
  static const char *const channels[] = { TSM_PROFILE_DEFAULT_CHANNEL, TSM_PROFILE_ERRORS_CHANNEL, NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  tsm_welcome_page_set_url (self, TSM_PROFILE_DEFAULT_URL);
  set_channels (self, channels);
}
