/* Trusting a certificate is asked twice: by a button in the colour of danger, and by a dialog that shows the fingerprint again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-certificate-group.h"

#include <glib/gi18n-lib.h>

#define PAIRS_IN_A_LINE 8

struct _TsmCertificateGroup
{
  AdwBin     parent_instance;

  GtkWidget *group;
  GtkWidget *rows[5]; /* N_ROWS */
  GtkWidget *button;
  char      *fingerprint;
};

G_DEFINE_FINAL_TYPE (TsmCertificateGroup, tsm_certificate_group, ADW_TYPE_BIN)

enum
{
  SIGNAL_PIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  ROW_SUBJECT,
  ROW_ISSUER,
  ROW_NAMES,
  ROW_VALIDITY,
  ROW_FINGERPRINT,
  N_ROWS
};

static const char *const titles[N_ROWS] = {
  [ROW_SUBJECT]     = N_("Issued to"),
  [ROW_ISSUER]      = N_("Issued by"),
  [ROW_NAMES]       = N_("For the names"),
  [ROW_VALIDITY]    = N_("Valid"),
  [ROW_FINGERPRINT] = N_("SHA-256 fingerprint"),
};

/* "AB:CD:…" as four lines of eight pairs, for comparing by eye. */
static char *
format_fingerprint (const char *fingerprint)
{
  g_auto (GStrv) pairs = g_strsplit (fingerprint, ":", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; pairs[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i % PAIRS_IN_A_LINE == 0 ? "\n" : " ", pairs[i]);

  return g_string_free (text, FALSE);
}

static char *
dup_date (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds != 0 ? g_date_time_new_from_unix_local (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup (_("unknown"));
}

static char *
dup_validity (const TsmCertificate *certificate)
{
  g_autofree char *from = dup_date (certificate->not_before);
  g_autofree char *to = dup_date (certificate->not_after);

  /* TRANSLATORS: two dates */
  return g_strdup_printf (_("%s to %s"), from, to);
}

static void
set_row (TsmCertificateGroup *self,
         guint                row,
         const char          *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[row]), text != NULL ? text : _("not said"));
}

static const char *
get_warning (const TsmCertificate *certificate)
{
  if ((certificate->faults & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return _("No authority that this computer trusts vouches for it. Ask the server’s administrator for the fingerprint, and trust "
             "it only if all of it is the same.");

  return _("It is for other names than that of the address. Ask the server’s administrator for the fingerprint, and trust it only if "
           "all of it is the same.");
}

void
tsm_certificate_group_set (TsmCertificateGroup  *self,
                           const TsmCertificate *certificate,
                           gboolean              can_pin)
{
  g_autofree char *validity = NULL;
  g_autofree char *fingerprint = NULL;

  g_return_if_fail (TSM_IS_CERTIFICATE_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self), certificate != NULL);
  if (certificate == NULL)
    return;

  validity = dup_validity (certificate);
  fingerprint = format_fingerprint (certificate->fingerprint);
  g_free (self->fingerprint);
  self->fingerprint = g_strdup (certificate->fingerprint);
  set_row (self, ROW_SUBJECT, certificate->subject);
  set_row (self, ROW_ISSUER, certificate->issuer);
  set_row (self, ROW_NAMES, certificate->names);
  set_row (self, ROW_VALIDITY, validity);
  set_row (self, ROW_FINGERPRINT, fingerprint);
  gtk_widget_set_visible (self->button, can_pin);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), can_pin ? get_warning (certificate) : NULL);
}

static void
response_cb (AdwMessageDialog    *dialog,
             const char          *response,
             TsmCertificateGroup *self)
{
  g_autofree char *fingerprint = g_strdup (g_object_get_data (G_OBJECT (dialog), "fingerprint"));

  g_signal_emit (self, signals[SIGNAL_PIN], 0, fingerprint);
}

static GtkWidget *
make_fingerprint (TsmCertificateGroup *self)
{
  g_autofree char *text = format_fingerprint (self->fingerprint);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_set_can_focus (label, FALSE);
  return label;
}

static void
trust_cb (TsmCertificateGroup *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Trust This Certificate?"),
                                              _("From now on this connection accepts the certificate with this fingerprint and no "
                                                "other. If it is not your server’s, whoever holds it can read and change all "
                                                "that is sent, the password too."));

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_fingerprint (self));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "trust", _("_Trust"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "trust", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "fingerprint", g_strdup (self->fingerprint), g_free);
  g_signal_connect_object (dialog, "response::trust", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tsm_certificate_group_finalize (GObject *object)
{
  g_free (TSM_CERTIFICATE_GROUP (object)->fingerprint);

  G_OBJECT_CLASS (tsm_certificate_group_parent_class)->finalize (object);
}

static void
tsm_certificate_group_class_init (TsmCertificateGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsm_certificate_group_finalize;

  signals[SIGNAL_PIN] = g_signal_new ("pin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tsm_certificate_group_init (TsmCertificateGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("The Server’s Certificate"));
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->rows[i] = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rows[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _(titles[i]));
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->rows[i]), 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->rows[i]);
    }
  gtk_widget_add_css_class (self->rows[ROW_FINGERPRINT], "fingerprint");

  self->button = gtk_button_new_with_mnemonic (_("_Trust This Certificate…"));
  gtk_widget_add_css_class (self->button, "destructive-action");
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (trust_cb), self);

  gtk_box_append (GTK_BOX (box), self->group);
  gtk_box_append (GTK_BOX (box), self->button);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
tsm_certificate_group_new (void)
{
  return g_object_new (TSM_TYPE_CERTIFICATE_GROUP, NULL);
}
