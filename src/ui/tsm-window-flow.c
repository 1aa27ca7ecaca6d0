/* What the window says of the flow ladder on every page: strip, notice, tab, and the desktop notification.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/tsm-card.h"
#include "ui/tsm-channel-switch.h"
#include "ui/tsm-demo-menu.h"
#include "ui/tsm-events-page.h"
#include "ui/tsm-flow-page.h"
#include "ui/tsm-remedy.h"
#include "ui/tsm-strip-rung.h"
#include "ui/tsm-window-flow.h"
#include "ui/tsm-window-private.h"

#define NOTIFICATION_ID "flow"

static TsmLadder *
get_ladder (TsmWindow *self)
{
  return tsm_diagnosis_get_ladder (tsm_monitor_get_diagnosis (self->monitor));
}

static gboolean
is_on_page (TsmWindow *self,
            GtkWidget *page)
{
  return adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack)) == page;
}

static void
show_strip (TsmWindow *self)
{
  g_auto (TsmFlow) flow = { 0, };

  tsm_monitor_get_flow (self->monitor, &flow);
  for (guint i = 0; i < TSM_N_FLOW_STEPS; i++)
    tsm_flow_strip_set_step (TSM_FLOW_STRIP (self->strip), i, tsm_flow_state_get_step (flow.steps[i].state), flow.steps[i].text,
                             flow.steps[i].detail);
}

/* On the Flow page it stands at the top; an Overview on which nothing has ever been shown says it itself. */
static gboolean
is_said_already (TsmWindow        *self,
                 const TsmVerdict *verdict)
{
  gboolean heard = g_list_model_get_n_items (G_LIST_MODEL (tsm_monitor_get_sources (self->monitor))) > 0;

  return is_on_page (self, self->flow) || (!heard && verdict->rung <= TSM_RUNG_SUBSCRIBE && is_on_page (self, self->overview));
}

/* For an error of the link there may be a better button than that of the rung: a password can be entered at once. A button of
 * a notice that is not in sight must not be there for assistive technology either. */
static void
show_notice_button (TsmWindow       *self,
                    TsmRemedyButton  button,
                    gboolean         offline)
{
  const char *label = tsm_remedy_button_get_label (button);

  gtk_widget_set_visible (self->notice_retry, offline);
  if (offline && tsm_remedy_show (self->notice_remedy, tsm_connection_get_error (tsm_monitor_get_connection (self->monitor))))
    return;

  gtk_widget_set_visible (self->notice_remedy, label != NULL && !(offline && button == TSM_BUTTON_RETRY));
  if (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->notice_remedy)), label) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (self->notice_remedy), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_remedy), "win.act-on-flow");
}

static void
show_notice (TsmWindow       *self,
             const TsmLadder *ladder)
{
  const TsmVerdict *verdict = tsm_ladder_get_verdict (ladder);
  gboolean shown = verdict->state == TSM_RUNG_FAIL && !is_said_already (self, verdict);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->notice_revealer), shown);
  show_notice_button (self, shown ? tsm_ladder_get_rung (ladder, verdict->rung)->button : TSM_BUTTON_NONE,
                      shown && verdict->rung < TSM_RUNG_SUBSCRIBE);
  if (shown)
    tsm_label_set (self->notice, verdict->summary);
}

static void
withdraw (TsmWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (application != NULL && g_application_get_is_registered (application))
    g_application_withdraw_notification (application, NOTIFICATION_ID);
}

static void
send (TsmWindow  *self,
      const char *title,
      const char *body,
      gboolean    is_urgent)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (application == NULL || !g_application_get_is_registered (application))
    return;
  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show-flow");
  g_notification_set_priority (notification, is_urgent ? G_NOTIFICATION_PRIORITY_HIGH : G_NOTIFICATION_PRIORITY_NORMAL);
  g_application_send_notification (application, NOTIFICATION_ID, notification);
}

static void
notify (TsmWindow       *self,
        const TsmLadder *ladder)
{
  const char *summary = tsm_ladder_get_verdict (ladder)->summary;
  gboolean in_sight = gtk_window_is_active (GTK_WINDOW (self)) && is_on_page (self, self->flow);

  switch (tsm_flow_notifier_update (&self->notifier, ladder, tsm_monitor_now (self->monitor), in_sight))
    {
    case TSM_FLOW_NEWS_STOPPED:
      send (self, _("Events have stopped"), summary, TRUE);
      break;

    case TSM_FLOW_NEWS_BACK:
      send (self, _("Events flow again"), summary, FALSE);
      break;

    case TSM_FLOW_NEWS_WITHDRAW:
      withdraw (self);
      break;

    case TSM_FLOW_NEWS_NONE:
    default:
      break;
    }
}

static void
tick_cb (TsmWindow *self)
{
  notify (self, get_ladder (self));
  tsm_flow_page_tick (TSM_FLOW_PAGE (self->flow));
}

/**
 * tsm_window_watch_flow:
 * @self: a window whose monitor has just been set, or taken away
 *
 * Forgets what was told of the one before.
 */
void
tsm_window_watch_flow (TsmWindow *self)
{
  if (self->notifier.is_shown)
    withdraw (self);
  self->notifier = (TsmFlowNotifier) { 0, };
  tsm_flow_page_set_diagnosis (TSM_FLOW_PAGE (self->flow),
                               self->monitor != NULL ? tsm_monitor_get_diagnosis (self->monitor) : NULL);
  tsm_flow_page_set_extra (TSM_FLOW_PAGE (self->flow),
                           self->monitor != NULL && self->demo != NULL ? tsm_demo_menu_new (self->demo) : NULL);
  if (self->monitor == NULL)
    return;
  g_signal_connect_swapped (self->monitor, "tick", G_CALLBACK (tick_cb), self);
  g_signal_connect_object (tsm_monitor_get_diagnosis (self->monitor), "changed", G_CALLBACK (tsm_window_show_flow), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsm_window_show_flow:
 * @self: a window
 *
 * Shows what the ladder says now in the strip, the notice and the tab.
 */
void
tsm_window_show_flow (TsmWindow *self)
{
  TsmLadder *ladder;

  if (self->monitor == NULL)
    return;
  ladder = get_ladder (self);
  show_strip (self);
  show_notice (self, ladder);
  adw_view_stack_page_set_needs_attention (self->flow_tab, tsm_ladder_get_verdict (ladder)->state == TSM_RUNG_FAIL);
}

/* Of the strip: the Flow page, at the rung that the step speaks of. */
void
tsm_window_show_step (TsmWindow *self,
                      guint      index)
{
  if (self->monitor == NULL || index >= TSM_N_FLOW_STEPS)
    return;
  tsm_window_show_page (self, "flow");
  tsm_flow_page_show_rung (TSM_FLOW_PAGE (self->flow), tsm_strip_find_rung (get_ladder (self), index));
}

void
tsm_window_run_diagnosis_action (GtkWidget  *widget,
                                 const char *action,
                                 GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);

  if (self->monitor == NULL)
    return;
  tsm_window_show_page (self, "flow");
  tsm_flow_page_run (TSM_FLOW_PAGE (self->flow));
}

void
tsm_window_act_on_flow_action (GtkWidget  *widget,
                               const char *action,
                               GVariant   *parameter)
{
  tsm_flow_page_act (TSM_FLOW_PAGE (TSM_WINDOW (widget)->flow));
}

void
tsm_window_show_events_action (GtkWidget  *widget,
                               const char *action,
                               GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);

  tsm_events_page_set_show (TSM_EVENTS_PAGE (self->events),
                            g_variant_get_boolean (parameter) ? TSM_EVENT_SHOW_REJECTED : TSM_EVENT_SHOW_ALL);
  tsm_window_show_page (self, "events");
}

void
tsm_window_send_probe_action (GtkWidget  *widget,
                              const char *action,
                              GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);

  if (self->monitor != NULL)
    tsm_connection_probe (tsm_monitor_get_connection (self->monitor));
}

void
tsm_window_listen_to_action (GtkWidget  *widget,
                             const char *action,
                             GVariant   *parameter)
{
  TsmWindow *self = TSM_WINDOW (widget);
  const char *channel = g_variant_get_string (parameter, NULL);
  g_autoptr (TsmProfile) profile = NULL;
  g_autofree char *name = g_strdup (tsm_session_get_name (self->session)); /* the session's own goes when it opens another */
  g_autofree char *text = NULL;

  if (self->monitor == NULL || *channel == '\0')
    return;
  profile = tsm_channel_switch (tsm_session_get_profile (self->session), channel);
  if (tsm_session_is_saved (self->session))
    tsm_session_save (self->session, profile, FALSE);
  else
    tsm_window_connect (self, profile, name);
  text = g_strdup_printf (_("Listening to “%s”"), channel);
  tsm_window_toast (self, text);
}
