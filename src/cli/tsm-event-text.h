/* An event as a line for people, and as members of a JSON object for programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"
#include "events/tsm-json-writer.h"

G_BEGIN_DECLS

#define TSM_EVENT_TEXT_MAX_RAW 4096 /* bytes */

char *tsm_event_text_dup_time        (gint64         time);
void  tsm_event_text_write_members   (TsmJsonWriter *writer,
                                      TsmEvent      *event,
                                      guint64        size);
void  tsm_event_text_append_verdict  (GString       *out,
                                      TsmEvent      *event,
                                      gboolean       colour);
void  tsm_event_text_append_findings (GString       *out,
                                      TsmEvent      *event,
                                      gboolean       colour);

G_END_DECLS
