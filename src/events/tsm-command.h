/* Commands that the monitor publishes on the control channel: a table, and their encoder and decoder.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_COMMAND_FORCE_HEALTH_CHECK,
  TSM_COMMAND_CLEAR_CACHE,
  TSM_COMMAND_FORCE_GC,
  TSM_COMMAND_RELOAD_PATTERNS,
  TSM_COMMAND_RESTART_WORKERS,
  TSM_COMMAND_ENABLE_COMPONENT,
  TSM_COMMAND_ALERT_ACKNOWLEDGED,
  TSM_COMMAND_ALERT_RESOLVED,
  TSM_N_COMMANDS
} TsmCommandId;

/**
 * TsmCommandInfo:
 * @name: the wire's `action`
 * @label: untranslated button text, e.g. "Clear Cache"
 * @consequence: (nullable): untranslated sentence on what will happen, where the user is asked first
 * @answer: the event type that shows the effect, or TSM_EVENT_UNKNOWN where none is promised
 * @is_manual: whether it is one of the five manual actions
 */
typedef struct
{
  const char   *name;
  const char   *label;
  const char   *consequence;
  TsmEventType  answer;
  gboolean      is_manual;
} TsmCommandInfo;

/**
 * TsmCommand:
 *
 * What goes into one command. Members that the command's form does not have are not written.
 * @timestamp: µs since the epoch
 * @requested_by: also written as `acknowledged_by` and `resolved_by`
 * @component_type: of ENABLE_COMPONENT, `type`
 */
typedef struct
{
  TsmCommandId  id;
  gint64        timestamp;
  const char   *requested_by;
  const char   *alert_id;
  const char   *notes;
  const char   *component_type;
  const char   *component_name;
} TsmCommand;

const TsmCommandInfo *tsm_command_get_info  (TsmCommandId      id);
gboolean              tsm_command_from_name (const char       *name, /* any case, `-` for `_` */
                                             TsmCommandId     *id);
char                 *tsm_command_encode    (const TsmCommand *command); /* (transfer full): one line of JSON */
TsmCommand           *tsm_command_decode    (GBytes           *message); /* (transfer full) (nullable) */
void                  tsm_command_free      (TsmCommand       *command); /* only what decode returned */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmCommand, tsm_command_free)

G_END_DECLS
