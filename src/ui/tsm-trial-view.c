/* The page of the form's dialog that shows a TsmTrial.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-trial-view.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-certificate-group.h"
#include "ui/tsm-trial-row.h"

struct _TsmTrialView
{
  AdwBin      parent_instance;

  GtkWidget  *verdict;
  GtkWidget  *button;
  GtkWidget  *rows[TSM_N_TRIAL_STEPS];
  GtkWidget  *certificate;
  TsmTrial   *trial;
  TsmProfile *profile; /* what is tried, for trying it again */
  gboolean    cancelled;
  gboolean    can_pin;
};

G_DEFINE_FINAL_TYPE (TsmTrialView, tsm_trial_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_PIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *style_class;
  const char *words;
} verdicts[] = {
  [TSM_TRIAL_PENDING] = { "dim-label", N_("Not tested yet") },
  [TSM_TRIAL_RUNNING] = { "dim-label", N_("Testing the connection…") },
  [TSM_TRIAL_PASS]    = { "success", N_("The connection works.") },
  [TSM_TRIAL_WARN]    = { "warning", N_("The connection works, with a warning.") },
  [TSM_TRIAL_FAIL]    = { "error", N_("The connection does not work.") },
  [TSM_TRIAL_SKIPPED] = { "dim-label", N_("The test was cancelled.") },
};

static gboolean
is_running (TsmTrialView *self)
{
  return self->trial != NULL && !self->cancelled && !tsm_trial_is_done (self->trial);
}

static void
show_verdict (TsmTrialView *self)
{
  TsmTrialState state = self->trial == NULL ? TSM_TRIAL_PENDING
                        : self->cancelled   ? TSM_TRIAL_SKIPPED
                                            : tsm_trial_get_verdict (self->trial);

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    gtk_widget_remove_css_class (self->verdict, verdicts[i].style_class);
  gtk_widget_add_css_class (self->verdict, verdicts[state].style_class);
  tsm_label_set (self->verdict, _(verdicts[state].words));
  gtk_button_set_label (GTK_BUTTON (self->button), is_running (self) ? _("_Cancel Test") : _("Test _Again"));
}

/* Anything but want of trust is not mended by trusting: a certificate that was not refused needs no pin. */
static void
show_certificate (TsmTrialView *self)
{
  const TsmCertificate *certificate = tsm_trial_get_certificate (self->trial);
  gboolean refused = tsm_trial_get_result (self->trial, TSM_TRIAL_TLS)->state == TSM_TRIAL_FAIL;

  tsm_certificate_group_set (TSM_CERTIFICATE_GROUP (self->certificate), certificate,
                             self->can_pin && certificate != NULL && refused && tsm_certificate_can_be_pinned (certificate));
}

static void
show (TsmTrialView *self)
{
  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    tsm_trial_row_set (TSM_TRIAL_ROW (self->rows[i]), tsm_trial_get_result (self->trial, i), !is_running (self));
  show_certificate (self);
  show_verdict (self);
}

static void
drop (TsmTrialView *self)
{
  if (self->trial == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->trial, self);
  tsm_trial_cancel (self->trial);
  g_clear_object (&self->trial);
}

/**
 * tsm_trial_view_run:
 * @self: a view
 * @profile: what to try
 *
 * Ends what runs, and starts anew.
 */
void
tsm_trial_view_run (TsmTrialView *self,
                    TsmProfile   *profile)
{
  g_return_if_fail (TSM_IS_TRIAL_VIEW (self) && TSM_IS_PROFILE (profile));

  drop (self);
  g_set_object (&self->profile, profile);
  self->cancelled = FALSE;
  self->trial = tsm_trial_new (profile);
  g_signal_connect_swapped (self->trial, "changed", G_CALLBACK (show), self);
  tsm_trial_start (self->trial);
  show (self);
}

/**
 * tsm_trial_view_cancel:
 * @self: a view
 *
 * Ends a test that runs. What it has found stays in sight.
 */
void
tsm_trial_view_cancel (TsmTrialView *self)
{
  g_return_if_fail (TSM_IS_TRIAL_VIEW (self));

  if (!is_running (self))
    return;

  tsm_trial_cancel (self->trial);
  self->cancelled = TRUE;
  show (self);
}

static void
clicked_cb (TsmTrialView *self)
{
  if (is_running (self))
    tsm_trial_view_cancel (self);
  else if (self->profile != NULL)
    tsm_trial_view_run (self, self->profile);
}

static void
pin_cb (TsmTrialView *self,
        const char   *fingerprint)
{
  g_signal_emit (self, signals[SIGNAL_PIN], 0, fingerprint);
}

static gboolean
tsm_trial_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TSM_TRIAL_VIEW (widget)->button);
}

static void
tsm_trial_view_dispose (GObject *object)
{
  TsmTrialView *self = TSM_TRIAL_VIEW (object);

  drop (self);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (tsm_trial_view_parent_class)->dispose (object);
}

static void
tsm_trial_view_class_init (TsmTrialViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsm_trial_view_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = tsm_trial_view_grab_focus;

  signals[SIGNAL_PIN] = g_signal_new ("pin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_head (TsmTrialView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->verdict = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->verdict), 0);
  gtk_label_set_wrap (GTK_LABEL (self->verdict), TRUE);
  gtk_widget_set_hexpand (self->verdict, TRUE);
  gtk_widget_add_css_class (self->verdict, "heading");
  self->button = gtk_button_new_with_mnemonic (_("Test _Again"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->verdict);
  gtk_box_append (GTK_BOX (box), self->button);
  return box;
}

static void
tsm_trial_view_init (TsmTrialView *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *head = adw_preferences_group_new ();
  GtkWidget *steps = adw_preferences_group_new ();
  GtkWidget *last = adw_preferences_group_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (head), make_head (self));
  for (guint i = 0; i < TSM_N_TRIAL_STEPS; i++)
    {
      self->rows[i] = tsm_trial_row_new (i);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (steps), self->rows[i]);
    }
  self->certificate = tsm_certificate_group_new ();
  g_signal_connect_swapped (self->certificate, "pin", G_CALLBACK (pin_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (last), self->certificate);

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (head));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (steps));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (last));
  adw_bin_set_child (ADW_BIN (self), page);
  show_verdict (self);
}

/**
 * tsm_trial_view_new:
 * @can_pin: whether a certificate may be trusted here
 *
 * Returns: (transfer floating): a view of no test yet
 */
GtkWidget *
tsm_trial_view_new (gboolean can_pin)
{
  TsmTrialView *self = g_object_new (TSM_TYPE_TRIAL_VIEW, NULL);

  self->can_pin = can_pin;
  return GTK_WIDGET (self);
}
