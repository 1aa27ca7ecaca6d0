/* What the button of a rung does: a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui/tsm-flow-remedy.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-sample-dialog.h"

static void
switch_channel (GtkWidget     *widget,
                TsmDiagnosis  *diagnosis,
                const TsmRung *rung)
{
  if (rung->subject != NULL && diagnosis != NULL)
    tsm_sample_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), rung->subject,
                               tsm_diagnosis_get_near_miss (diagnosis, rung->subject));
}

static void
open_profile (GtkWidget     *widget,
              TsmDiagnosis  *diagnosis,
              const TsmRung *rung)
{
  if (!gtk_widget_activate_action (widget, "win.edit-connection", NULL))
    gtk_widget_activate_action (widget, "win.toast", "s", _("This connection cannot be edited"));
}

static void
retry (GtkWidget     *widget,
       TsmDiagnosis  *diagnosis,
       const TsmRung *rung)
{
  gtk_widget_activate_action (widget, "win.retry", NULL);
}

static void
send_probe (GtkWidget     *widget,
            TsmDiagnosis  *diagnosis,
            const TsmRung *rung)
{
  gtk_widget_activate_action (widget, "win.send-probe", NULL);
  gtk_widget_activate_action (widget, "win.toast", "s", _("Probe sent; Broker shows how long it took"));
}

static void
run (GtkWidget     *widget,
     TsmDiagnosis  *diagnosis,
     const TsmRung *rung)
{
  gtk_widget_activate_action (widget, "flow.run", NULL);
}

static void
run_deep (GtkWidget     *widget,
          TsmDiagnosis  *diagnosis,
          const TsmRung *rung)
{
  gtk_widget_activate_action (widget, "flow.run-deep", NULL);
}

/* Messages that cannot be read are what the rung is about; the other rungs are about events that can. */
static void
show_events (GtkWidget     *widget,
             TsmDiagnosis  *diagnosis,
             const TsmRung *rung)
{
  const TsmDiagnosisFacts *facts = diagnosis != NULL ? tsm_diagnosis_get_facts (diagnosis) : NULL;
  gboolean rejected = rung->id == TSM_RUNG_DECODE && facts != NULL && facts->intake.rejected > 0;

  gtk_widget_activate_action (widget, "win.show-events", "b", rejected);
}

static void
copy_grant (GtkWidget     *widget,
            TsmDiagnosis  *diagnosis,
            const TsmRung *rung)
{
  if (rung->subject == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), rung->subject);
  gtk_widget_activate_action (widget, "win.toast", "s", _("Copied to the clipboard"));
}

static void (*const remedies[TSM_N_BUTTONS]) (GtkWidget     *widget,
                                              TsmDiagnosis  *diagnosis,
                                              const TsmRung *rung) = {
  [TSM_BUTTON_SWITCH_CHANNEL] = switch_channel,
  [TSM_BUTTON_OPEN_PROFILE] = open_profile,
  [TSM_BUTTON_RETRY] = retry,
  [TSM_BUTTON_SEND_PROBE] = send_probe,
  [TSM_BUTTON_RUN] = run,
  [TSM_BUTTON_RUN_DEEP] = run_deep,
  [TSM_BUTTON_SHOW_EVENTS] = show_events,
  [TSM_BUTTON_COPY_GRANT] = copy_grant,
};

/**
 * tsm_flow_remedy_get_button:
 * @rung: a rung
 *
 * Returns: the button of its row: that of its remedy, or for a broker that is well a probe, which shows that it still is
 */
TsmRemedyButton
tsm_flow_remedy_get_button (const TsmRung *rung)
{
  g_return_val_if_fail (rung != NULL, TSM_BUTTON_NONE);

  if (rung->button == TSM_BUTTON_NONE && rung->id == TSM_RUNG_BROKER && rung->state == TSM_RUNG_PASS)
    return TSM_BUTTON_SEND_PROBE;
  return rung->button;
}

/**
 * tsm_flow_remedy_apply:
 * @widget: within the page, whose actions and those of the window it uses
 * @diagnosis: (nullable): what found it
 * @rung: whose button was clicked
 *
 * Does what the button says.
 */
void
tsm_flow_remedy_apply (GtkWidget     *widget,
                       TsmDiagnosis  *diagnosis,
                       const TsmRung *rung)
{
  TsmRemedyButton button;

  g_return_if_fail (GTK_IS_WIDGET (widget) && rung != NULL);

  button = tsm_flow_remedy_get_button (rung);
  if (remedies[button] != NULL)
    remedies[button] (widget, diagnosis, rung);
}
