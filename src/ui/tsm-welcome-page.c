/* TsmWelcomePage: the first page: connect, or try the demo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-welcome-page.h"

struct _TsmWelcomePage
{
  AdwBin     parent_instance;
  GtkWidget *url_row;
  GtkWidget *channels_row;
  GtkWidget *error_label;
  GtkWidget *connect_button;
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

static void
connect_cb (TsmWelcomePage *self)
{
  g_autofree char *url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->url_row))));
  g_auto(GStrv) channels = typed_channels (self);
  g_autoptr(TsmProfile) profile = NULL;
  g_autoptr(GError) error = NULL;

  if (*url == '\0')
    {
      tsm_welcome_page_set_error (self, _("Enter the address of the Redis server, such as redis://host:6379."));
      gtk_widget_grab_focus (self->url_row);
      return;
    }

  profile = tsm_profile_new_from_url (url, &error);
  if (profile == NULL)
    {
      tsm_welcome_page_set_error (self, error->message);
      gtk_widget_grab_focus (self->url_row);
      return;
    }

  if (channels[0] != NULL)
    tsm_profile_set_channels (profile, (const char *const *) channels);
  g_signal_emit (self, signals[SIGNAL_CONNECT_TO], 0, profile);
}

static void
url_changed_cb (TsmWelcomePage *self)
{
  tsm_welcome_page_set_error (self, NULL);
}

void
tsm_welcome_page_set_url (TsmWelcomePage *self,
                          const char     *url)
{
  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->url_row), url);
}

void
tsm_welcome_page_set_channels (TsmWelcomePage     *self,
                               const char * const *channels)
{
  g_autofree char *text = g_strjoinv (" ", (char **) channels);

  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->channels_row), text);
}

void
tsm_welcome_page_focus (TsmWelcomePage *self)
{
  g_return_if_fail (TSM_IS_WELCOME_PAGE (self));

  gtk_widget_grab_focus (self->connect_button);
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
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, url_changed_cb);
}

static void
tsm_welcome_page_init (TsmWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
