/* TsmCard: one card of the Overview: a title, a line at the right, a content.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "monitor/tsm-monitor.h"
#include "ui/tsm-rows-layout.h"

G_BEGIN_DECLS

/**
 * TsmView:
 *
 * What the cards show, made anew for each update.
 * @source: (nullable): the source whose figures are shown
 * @filter: (nullable): show alerts and jobs of this source only; NULL for all
 * @now: monotonic µs
 * @now_real: µs since the epoch
 * @connected: whether the link is up and subscribed
 */
typedef struct
{
  TsmMonitor *monitor;
  TsmSource  *source;
  const char *filter;
  gint64      now;
  gint64      now_real;
  gboolean    connected;
} TsmView;

#define TSM_TYPE_CARD (tsm_card_get_type ())
G_DECLARE_DERIVABLE_TYPE (TsmCard, tsm_card, TSM, CARD, GtkWidget)

struct _TsmCardClass
{
  GtkWidgetClass parent_class;

  /* Shows @view; called at most 10 times a second, only while mapped. */
  void (*update) (TsmCard       *self,
                  const TsmView *view);
  /* Whether all it shows comes from the view's source, which is named where all sources are chosen. */
  gboolean of_source;
};

void       tsm_card_set_title    (TsmCard       *self,
                                  const char    *title);
void       tsm_card_set_subtitle (TsmCard       *self,
                                  const char    *subtitle);
/* Takes it in below the head; may be called several times. */
void       tsm_card_append       (TsmCard       *self,
                                  GtkWidget     *child);
/* Greys the content. @age: µs since the last data, said in the subtitle; at 0 or above when stale. */
void       tsm_card_set_stale    (TsmCard       *self,
                                  gboolean       stale,
                                  gint64         age);
void       tsm_card_update       (TsmCard       *self,
                                  const TsmView *view);

/* A container whose children are laid in rows. @spacing: px */
GtkWidget *tsm_rows_new          (const TsmRowsPlan *plans,
                                  int                spacing);
void       tsm_rows_append       (GtkWidget         *rows,
                                  GtkWidget         *child);

/* Whether the figures of @view's source are too old to be taken for the present, and their age in µs (-1 where there are none). */
gboolean   tsm_view_is_stale     (const TsmView *view,
                                  gint64        *age);
/* Set a text where it differs. */
void       tsm_tooltip_set       (GtkWidget     *widget,
                                  const char    *text);
void       tsm_label_set         (GtkWidget     *label,
                                  const char    *text);
/* What assistive technology reads: on a #GtkMenuButton, and on the toggle within it, which has the focus. */
void       tsm_menu_button_set_label (GtkWidget *button,
                                      const char *label);

G_END_DECLS
