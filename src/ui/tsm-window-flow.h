/* The flow ladder in the window: for the window's own files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ui/tsm-window.h"

G_BEGIN_DECLS

void tsm_window_watch_flow (TsmWindow *self);
void tsm_window_show_flow  (TsmWindow *self);
void tsm_window_show_step  (TsmWindow *self,
                            guint      index);

/* Actions of the prefix `win`. */
void tsm_window_run_diagnosis_action (GtkWidget  *widget,
                                      const char *action,
                                      GVariant   *parameter);
void tsm_window_act_on_flow_action   (GtkWidget  *widget,
                                      const char *action,
                                      GVariant   *parameter);
void tsm_window_show_events_action   (GtkWidget  *widget,
                                      const char *action,
                                      GVariant   *parameter); /* b: the rejected only */
void tsm_window_send_probe_action    (GtkWidget  *widget,
                                      const char *action,
                                      GVariant   *parameter);
void tsm_window_listen_to_action     (GtkWidget  *widget,
                                      const char *action,
                                      GVariant   *parameter); /* s: a channel */

G_END_DECLS
