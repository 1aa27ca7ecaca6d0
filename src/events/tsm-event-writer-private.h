/* What the encoders of the event types share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event-writer.h"
#include "events/tsm-json-writer.h"

G_BEGIN_DECLS

void  tsm_event_writer_begin     (TsmJsonWriter            *writer,
                                  TsmDialect                dialect,
                                  const char               *type,
                                  const char               *source,
                                  gint64                    timestamp);
char *tsm_event_writer_end       (TsmJsonWriter            *writer,
                                  TsmDialect                dialect);
void  tsm_event_writer_time      (TsmJsonWriter            *writer,
                                  TsmDialect                dialect,
                                  const char               *name,
                                  gint64                    time);
void  tsm_event_writer_component (TsmJsonWriter            *writer,
                                  TsmDialect                dialect,
                                  const TsmComponentHealth *component);

G_END_DECLS
