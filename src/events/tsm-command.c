/* The table of commands, their encoder, and the decoder that a simulated engine listens with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "events/tsm-command.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-event-private.h"
#include "events/tsm-json-writer.h"
#include "events/tsm-time.h"

#define MAX_SIZE  (64 * 1024) /* bytes of a command */
#define MAX_DEPTH 16

static const TsmCommandInfo commands[] = {
  [TSM_COMMAND_FORCE_HEALTH_CHECK] = { "FORCE_HEALTH_CHECK", N_("Force Health Check"), NULL, TSM_EVENT_HEALTH_CHECK, TRUE },
  [TSM_COMMAND_CLEAR_CACHE] = { "CLEAR_CACHE", N_("Clear Cache"),
                                N_("The engine empties its cache. It works more slowly until the cache has filled again."),
                                TSM_EVENT_SYSTEM_STATUS, TRUE },
  [TSM_COMMAND_FORCE_GC] = { "FORCE_GC", N_("Force GC"), NULL, TSM_EVENT_SYSTEM_STATUS, TRUE },
  [TSM_COMMAND_RELOAD_PATTERNS] = { "RELOAD_PATTERNS", N_("Reload Patterns"), NULL, TSM_EVENT_SYSTEM_STATUS, TRUE },
  [TSM_COMMAND_RESTART_WORKERS] = { "RESTART_WORKERS", N_("Restart Workers"),
                                    N_("The engine stops its workers and starts them again. Work in progress may be lost."),
                                    TSM_EVENT_SYSTEM_STATUS, TRUE },
  [TSM_COMMAND_ENABLE_COMPONENT] = { "ENABLE_COMPONENT", N_("Enable Component"),
                                     N_("The engine switches the component on again."), TSM_EVENT_HEALTH_CHECK, FALSE },
  [TSM_COMMAND_ALERT_ACKNOWLEDGED] = { "ALERT_ACKNOWLEDGED", N_("Acknowledge"), NULL, TSM_EVENT_UNKNOWN, FALSE },
  [TSM_COMMAND_ALERT_RESOLVED] = { "ALERT_RESOLVED", N_("Resolve"), NULL, TSM_EVENT_ALERT_RESOLVED, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (commands) == TSM_N_COMMANDS);

/**
 * tsm_command_get_info:
 *
 * Returns: the table's row on @id
 */
const TsmCommandInfo *
tsm_command_get_info (TsmCommandId id)
{
  g_return_val_if_fail ((guint) id < TSM_N_COMMANDS, NULL);

  return &commands[id];
}

/**
 * tsm_command_from_name:
 * @name: e.g. `CLEAR_CACHE` or `clear-cache`
 * @id: (out) (optional): the command
 *
 * Returns: whether there is a command of that name
 */
gboolean
tsm_command_from_name (const char   *name,
                       TsmCommandId *id)
{
  g_autofree char *canonical = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  canonical = g_strdelimit (g_strdup (name), "-", '_');
  for (guint i = 0; i < TSM_N_COMMANDS; i++)
    {
      if (g_ascii_strcasecmp (canonical, commands[i].name) == 0)
        {
          if (id != NULL)
            *id = (TsmCommandId) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * tsm_command_encode:
 *
 * Writes a command as the engine expects it: docs/event-format.md lists the members of each. Of the user's text, `notes`
 * that are NULL are written as "", for the engine may count on them.
 *
 * Returns: (transfer full): one line of JSON
 */
char *
tsm_command_encode (const TsmCommand *command)
{
  g_autofree char *timestamp = NULL;
  gboolean is_alert;
  TsmJsonWriter writer;

  g_return_val_if_fail (command != NULL && (guint) command->id < TSM_N_COMMANDS, NULL);

  timestamp = tsm_time_format (command->timestamp, FALSE);
  is_alert = command->id == TSM_COMMAND_ALERT_ACKNOWLEDGED || command->id == TSM_COMMAND_ALERT_RESOLVED;

  tsm_json_writer_init (&writer);
  tsm_json_writer_begin_object (&writer, NULL);
  tsm_json_writer_string (&writer, "action", commands[command->id].name);
  tsm_json_writer_string (&writer, "timestamp", timestamp);
  if (command->id != TSM_COMMAND_ALERT_RESOLVED)
    tsm_json_writer_string (&writer, "requested_by", command->requested_by);

  if (is_alert)
    {
      tsm_json_writer_string (&writer, "alert_id", command->alert_id);
      tsm_json_writer_string (&writer, command->id == TSM_COMMAND_ALERT_RESOLVED ? "resolved_by" : "acknowledged_by",
                              command->requested_by);
      tsm_json_writer_string (&writer, "notes", command->notes != NULL ? command->notes : "");
    }
  else if (command->id == TSM_COMMAND_ENABLE_COMPONENT)
    {
      tsm_json_writer_string (&writer, "type", command->component_type);
      tsm_json_writer_string (&writer, "name", command->component_name);
    }

  tsm_json_writer_end_object (&writer);
  return tsm_json_writer_finish (&writer);
}

static char *
dup_member (const TsmJson *json,
            const char    *name)
{
  const TsmJsonToken *value = tsm_json_member (json, json->tokens, name);

  return tsm_json_is (value, TSM_JSON_STRING) ? g_strdup (tsm_json_string (json, value)) : NULL;
}

static gint64
read_timestamp (const TsmJson *json)
{
  g_autofree char *text = dup_member (json, "timestamp");
  gint64 timestamp;

  return text != NULL && tsm_time_parse (text, &timestamp) ? timestamp : TSM_TIME_NONE;
}

/**
 * tsm_command_decode:
 * @message: a message of the control channel
 *
 * The other end of tsm_command_encode(), for what plays the engine. `requested_by` is taken from `resolved_by` where
 * the command has no other.
 *
 * Returns: (transfer full) (nullable): the command, NULL where @message is none; free with tsm_command_free()
 */
TsmCommand *
tsm_command_decode (GBytes *message)
{
  g_auto (TsmJson) json = { NULL };
  g_autofree char *action = NULL;
  TsmCommand *command;
  TsmCommandId id;

  g_return_val_if_fail (message != NULL, NULL);

  if (g_bytes_get_size (message) > MAX_SIZE || !tsm_event_read_json (NULL, &json, message, MAX_DEPTH))
    return NULL;

  action = dup_member (&json, "action");
  if (action == NULL || !tsm_command_from_name (action, &id))
    return NULL;

  command = g_new0 (TsmCommand, 1);
  command->id = id;
  command->timestamp = read_timestamp (&json);
  command->requested_by = dup_member (&json, id == TSM_COMMAND_ALERT_RESOLVED ? "resolved_by" : "requested_by");
  command->alert_id = dup_member (&json, "alert_id");
  command->notes = dup_member (&json, "notes");
  command->component_type = dup_member (&json, "type");
  command->component_name = dup_member (&json, "name");
  return command;
}

/**
 * tsm_command_free:
 * @command: (nullable): what tsm_command_decode() returned
 */
void
tsm_command_free (TsmCommand *command)
{
  if (command == NULL)
    return;

  g_free ((char *) command->requested_by);
  g_free ((char *) command->alert_id);
  g_free ((char *) command->notes);
  g_free ((char *) command->component_type);
  g_free ((char *) command->component_name);
  g_free (command);
}
