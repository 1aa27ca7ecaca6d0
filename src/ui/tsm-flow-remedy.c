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
  g_return_if_fail (GTK_IS_WIDGET (widget) && rung != NULL);

  if (remedies[rung->button] != NULL)
    remedies[rung->button] (widget, diagnosis, rung);
}
