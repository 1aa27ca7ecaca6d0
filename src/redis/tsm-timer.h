/* A timer that belongs to one main context and can be set again and again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *tsm_timer_new   (GMainContext *context,
                          GSourceFunc   elapsed,
                          gpointer      user_data);
void     tsm_timer_set   (GSource      *self,
                          guint         ms);
void     tsm_timer_unset (GSource      *self);
void     tsm_timer_free  (GSource      *self);

G_END_DECLS
