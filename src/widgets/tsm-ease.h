/* TsmEase: a number that glides to its new value, at a bounded cost. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSM_EASE_DURATION (240 * G_TIME_SPAN_MILLISECOND)

/* Lives inside the widget that draws it. */
typedef struct
{
  GtkWidget *widget;
  double     from;
  double     to;
  double     shown;
  gint64     begun;   /* frame time in µs; 0 until the first frame */
  gint64     changed; /* monotonic time of the last change in µs */
  guint      tick;    /* 0: at rest */
} TsmEase;

void tsm_ease_init (TsmEase   *self,
                    GtkWidget *widget,
                    double     value);
void tsm_ease_set  (TsmEase   *self,
                    double     value,
                    double     least);
void tsm_ease_stop (TsmEase   *self);

G_END_DECLS
