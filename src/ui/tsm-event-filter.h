/* TsmEventFilter: what the events page is asked to show: text, type, source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

/* Beside each TsmEventType. */
#define TSM_EVENT_SHOW_ALL      -1
#define TSM_EVENT_SHOW_REJECTED TSM_N_EVENT_TYPES

#define TSM_TYPE_EVENT_FILTER (tsm_event_filter_get_type ())
G_DECLARE_FINAL_TYPE (TsmEventFilter, tsm_event_filter, TSM, EVENT_FILTER, GtkFilter)

/* Each setter tells the filter's watchers only where something changed. */
TsmEventFilter *tsm_event_filter_new        (void);
void            tsm_event_filter_set_text   (TsmEventFilter *self,
                                             const char     *text);
void            tsm_event_filter_set_show   (TsmEventFilter *self,
                                             int             show);   /* a TsmEventType or TSM_EVENT_SHOW_… */
void            tsm_event_filter_set_source (TsmEventFilter *self,
                                             const char     *source); /* (nullable): any */
gboolean        tsm_event_filter_is_default (TsmEventFilter *self);   /* the source apart */

G_END_DECLS
