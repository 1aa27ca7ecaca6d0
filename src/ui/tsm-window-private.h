/* TsmWindow as its own files see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-demo.h"
#include "ui/tsm-flow-notifier.h"
#include "ui/tsm-window.h"

G_BEGIN_DECLS

struct _TsmWindow
{
  AdwApplicationWindow  parent_instance;

  GtkWidget            *toasts;
  GtkWidget            *header;
  GtkWidget            *menu_button;
  GtkWidget            *switcher_title;
  GtkWidget            *source_chooser;
  GtkWidget            *connection_button;
  GtkWidget            *shell;
  GtkWidget            *welcome;
  GtkWidget            *strip;
  GtkWidget            *notice_revealer;
  GtkWidget            *notice_box;
  GtkWidget            *notice;
  GtkWidget            *notice_retry;
  GtkWidget            *notice_remedy;
  GtkWidget            *stack;
  GtkWidget            *overview;
  GtkWidget            *alerts;
  GtkWidget            *events;
  GtkWidget            *flow;
  AdwViewStackPage     *alerts_tab;
  AdwViewStackPage     *flow_tab;

  GSettings            *settings; /* NULL where the schema is not installed */
  TsmSession           *session;
  TsmMonitor           *monitor;  /* of the session; NULL: the first page is shown */
  TsmDemo              *demo;
  TsmFlowNotifier       notifier;
};

void tsm_window_toast           (TsmWindow      *self,
                                 const char     *text); /* plain; in answer to the user */
void tsm_window_tell            (TsmWindow      *self,
                                 const char     *text); /* plain; of what has happened by itself */
void tsm_window_show_shell      (TsmWindow      *self,
                                 const char     *name); /* "welcome", "monitor" */
void tsm_window_disconnect      (TsmWindow      *self);
void tsm_window_switch_to       (TsmWindow      *self,
                                 TsmProfile     *profile); /* of the store */
void tsm_window_open_session    (TsmWindow      *self);
void tsm_window_close_session   (TsmWindow      *self);
void tsm_window_focus_page      (TsmWindow      *self);
void tsm_window_update          (TsmWindow      *self);
void tsm_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
