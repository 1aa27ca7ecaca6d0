/* One table says which field stands in which group and looks how; the draft knows the rest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-profile-form.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-draft-field.h"

typedef enum
{
  GROUP_NAME,
  GROUP_ADDRESS,
  GROUP_USER,
  GROUP_CHANNELS,
  GROUP_TLS,
  GROUP_TIMES,
  N_GROUPS
} Group;

struct _TsmProfileForm
{
  AdwBin           parent_instance;

  TsmProfileDraft *draft;
  GtkWidget       *tls;
  GtkWidget       *first;
  TsmDraftField   *password; /* owned by its row */
};

G_DEFINE_FINAL_TYPE (TsmProfileForm, tsm_profile_form, ADW_TYPE_BIN)

static const struct
{
  const char *title;
  const char *description;
} groups[N_GROUPS] = {
  [GROUP_NAME]     = { NULL, NULL },
  [GROUP_ADDRESS]  = { N_("Server"), NULL },
  [GROUP_USER]     = { N_("Sign-in"), NULL },
  [GROUP_CHANNELS] = { N_("Channels"), NULL },
  [GROUP_TLS]      = { N_("TLS"), N_("The server’s certificate is always checked: by its authority, or by its fingerprint once you have "
                                     "accepted it in the test of the connection.") },
  [GROUP_TIMES]    = { NULL, NULL },
};

static const struct
{
  Group             group;
  TsmDraftPart      part;
  TsmDraftFieldKind kind;
} fields[] = {
  { GROUP_NAME, TSM_DRAFT_NAME, TSM_DRAFT_FIELD_TEXT },
  { GROUP_NAME, TSM_DRAFT_COLOUR, TSM_DRAFT_FIELD_COLOUR },
  { GROUP_ADDRESS, TSM_DRAFT_URL, TSM_DRAFT_FIELD_URL },
  { GROUP_ADDRESS, TSM_DRAFT_TRANSPORT, TSM_DRAFT_FIELD_TRANSPORT },
  { GROUP_ADDRESS, TSM_DRAFT_HOST, TSM_DRAFT_FIELD_TEXT },
  { GROUP_ADDRESS, TSM_DRAFT_PORT, TSM_DRAFT_FIELD_NUMBER },
  { GROUP_ADDRESS, TSM_DRAFT_PATH, TSM_DRAFT_FIELD_FILE },
  { GROUP_ADDRESS, TSM_DRAFT_SENTINELS, TSM_DRAFT_FIELD_TEXT },
  { GROUP_ADDRESS, TSM_DRAFT_SERVICE, TSM_DRAFT_FIELD_TEXT },
  { GROUP_ADDRESS, TSM_DRAFT_DATABASE, TSM_DRAFT_FIELD_NUMBER },
  { GROUP_USER, TSM_DRAFT_USER, TSM_DRAFT_FIELD_TEXT },
  { GROUP_USER, TSM_DRAFT_PASSWORD, TSM_DRAFT_FIELD_PASSWORD },
  { GROUP_CHANNELS, TSM_DRAFT_CHANNELS, TSM_DRAFT_FIELD_TEXT },
  { GROUP_CHANNELS, TSM_DRAFT_CONTROL_CHANNEL, TSM_DRAFT_FIELD_TEXT },
  { GROUP_CHANNELS, TSM_DRAFT_REQUESTED_BY, TSM_DRAFT_FIELD_TEXT },
  { GROUP_CHANNELS, TSM_DRAFT_READ_ONLY, TSM_DRAFT_FIELD_SWITCH },
  { GROUP_TLS, TSM_DRAFT_TLS_CA_FILE, TSM_DRAFT_FIELD_FILE },
  { GROUP_TLS, TSM_DRAFT_TLS_CERTIFICATE_FILE, TSM_DRAFT_FIELD_FILE },
  { GROUP_TLS, TSM_DRAFT_TLS_KEY_FILE, TSM_DRAFT_FIELD_FILE },
  { GROUP_TLS, TSM_DRAFT_TLS_SERVER_NAME, TSM_DRAFT_FIELD_TEXT },
  { GROUP_TLS, TSM_DRAFT_TLS_PIN, TSM_DRAFT_FIELD_PIN },
  { GROUP_TIMES, TSM_DRAFT_CONNECT_TIMEOUT, TSM_DRAFT_FIELD_NUMBER },
  { GROUP_TIMES, TSM_DRAFT_REPLY_TIMEOUT, TSM_DRAFT_FIELD_NUMBER },
  { GROUP_TIMES, TSM_DRAFT_KEEP_ALIVE, TSM_DRAFT_FIELD_NUMBER },
  { GROUP_TIMES, TSM_DRAFT_USER_TIMEOUT, TSM_DRAFT_FIELD_NUMBER },
};

static void
show (TsmProfileForm *self)
{
  gtk_widget_set_visible (self->tls, tsm_profile_draft_is_used (self->draft, TSM_DRAFT_TLS_PIN));
}

void
tsm_profile_form_set_password_note (TsmProfileForm *self,
                                    const char     *note)
{
  g_return_if_fail (TSM_IS_PROFILE_FORM (self));

  tsm_draft_field_set_note (self->password, note);
}

/* Not what the form does when it is asked to take the focus: Tab asks that too, and would pass over what stands before. */
void
tsm_profile_form_begin (TsmProfileForm *self)
{
  g_return_if_fail (TSM_IS_PROFILE_FORM (self));

  gtk_widget_grab_focus (self->first);
}

static void
tsm_profile_form_dispose (GObject *object)
{
  TsmProfileForm *self = TSM_PROFILE_FORM (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (tsm_profile_form_parent_class)->dispose (object);
}

static void
tsm_profile_form_class_init (TsmProfileFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_profile_form_dispose;
}

static void
tsm_profile_form_init (TsmProfileForm *self)
{
}

static GtkWidget *
make_group (GtkWidget *page,
            Group      group)
{
  GtkWidget *widget = adw_preferences_group_new ();

  if (groups[group].title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), _(groups[group].title));
  if (groups[group].description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (widget), _(groups[group].description));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (widget));
  return widget;
}

static GtkWidget *
make_expander (GtkWidget *group)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Times"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _("Timeouts and keep-alive, for slow or guarded networks"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_fields (TsmProfileForm *self,
            GtkWidget     **containers,
            gboolean        editable)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      TsmDraftField *field = tsm_draft_field_add (containers[fields[i].group], self->draft, fields[i].part, fields[i].kind,
                                                  editable);

      if (fields[i].part == TSM_DRAFT_PASSWORD)
        self->password = field;
      if (fields[i].part == TSM_DRAFT_URL)
        self->first = tsm_draft_field_get_row (field);
    }
}

/**
 * tsm_profile_form_new:
 * @draft: what is shown and typed into
 * @editable: %FALSE: it may only be read
 *
 * Returns: (transfer floating): a form
 */
GtkWidget *
tsm_profile_form_new (TsmProfileDraft *draft,
                      gboolean         editable)
{
  TsmProfileForm *self = g_object_new (TSM_TYPE_PROFILE_FORM, NULL);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *containers[N_GROUPS];

  self->draft = g_object_ref (draft);
  for (guint i = 0; i < N_GROUPS; i++)
    containers[i] = make_group (page, i);
  self->tls = containers[GROUP_TLS];
  containers[GROUP_TIMES] = make_expander (containers[GROUP_TIMES]);
  add_fields (self, containers, editable);
  adw_bin_set_child (ADW_BIN (self), page);

  g_signal_connect_object (draft, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
