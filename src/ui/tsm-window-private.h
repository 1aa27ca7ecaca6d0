/* TsmWindow as its own files see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-demo.h"
#include "ui/tsm-window.h"

G_BEGIN_DECLS

struct _TsmWindow
{
  AdwApplicationWindow  parent_instance;

  GtkWidget            *toasts;
  GtkWidget            *header;
  GtkWidget            *switcher_title;
  GtkWidget            *source_chooser;
  GtkWidget            *connection_button;
  GtkWidget            *shell;
  GtkWidget            *welcome;
  GtkWidget            *strip;
  GtkWidget            *notice_revealer;
  GtkWidget            *notice;
  GtkWidget            *notice_retry;
  GtkWidget            *stack;
  GtkWidget            *overview;
  GtkWidget            *alerts;
  GtkWidget            *events;
  AdwViewStackPage     *alerts_tab;

  GSettings            *settings; /* NULL where the schema is not installed */
  TsmMonitor           *monitor;
  TsmDemo              *demo;
};

void tsm_window_toast           (TsmWindow      *self,
                                 const char     *text); /* plain */
void tsm_window_disconnect      (TsmWindow      *self);
void tsm_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
