/* TsmEngine: one simulated publisher: it says what comes next, and answers commands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-command.h"

G_BEGIN_DECLS

typedef struct _TsmEngine TsmEngine;

/**
 * TsmEngineEvent:
 * @text: one line of JSON
 * @is_error: whether it belongs on the errors channel
 */
typedef struct
{
  char     *text;
  gboolean  is_error;
} TsmEngineEvent;

TsmEngine  *tsm_engine_new        (TsmDialect        dialect,
                                   guint             index,
                                   guint32           seed,
                                   double            day_seconds);
void        tsm_engine_free       (TsmEngine        *self);

void        tsm_engine_next       (TsmEngine        *self,
                                   double            seconds,
                                   gint64            now,
                                   TsmEngineEvent   *event);
gboolean    tsm_engine_pop_answer (TsmEngine        *self,
                                   gint64            now,
                                   TsmEngineEvent   *event);
gboolean    tsm_engine_command    (TsmEngine        *self,
                                   const TsmCommand *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmEngine, tsm_engine_free)

G_END_DECLS
