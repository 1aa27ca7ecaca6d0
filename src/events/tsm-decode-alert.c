/* ALERT_TRIGGERED, ALERT_RESOLVED and `error`: what is wrong, how badly, and what was done about it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "events/tsm-decode.h"

/* The first five are the wire's own words; the others are what people write for them. */
static const struct
{
  const char  *word;
  TsmSeverity  severity;
} levels[] = {
  { "INFO", TSM_SEVERITY_INFO },
  { "WARNING", TSM_SEVERITY_WARNING },
  { "ERROR", TSM_SEVERITY_ERROR },
  { "CRITICAL", TSM_SEVERITY_CRITICAL },
  { "EMERGENCY", TSM_SEVERITY_EMERGENCY },
  { "DEBUG", TSM_SEVERITY_INFO },
  { "INFORMATION", TSM_SEVERITY_INFO },
  { "NOTICE", TSM_SEVERITY_INFO },
  { "LOW", TSM_SEVERITY_INFO },
  { "WARN", TSM_SEVERITY_WARNING },
  { "MEDIUM", TSM_SEVERITY_WARNING },
  { "ERR", TSM_SEVERITY_ERROR },
  { "HIGH", TSM_SEVERITY_ERROR },
  { "CRIT", TSM_SEVERITY_CRITICAL },
  { "SEVERE", TSM_SEVERITY_CRITICAL },
  { "FATAL", TSM_SEVERITY_CRITICAL },
  { "EMERG", TSM_SEVERITY_EMERGENCY },
  { "PANIC", TSM_SEVERITY_EMERGENCY },
};

static TsmSeverity
read_level (TsmReader          *reader,
            const TsmJsonToken *object,
            const char         *name)
{
  g_autofree char *word = tsm_reader_text (reader, object, name, TSM_MAX_NAME);

  if (word == NULL)
    {
      tsm_reader_note_missing (reader, object, name);
      return TSM_SEVERITY_WARNING;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (g_ascii_strcasecmp (word, levels[i].word) == 0)
        {
          reader->is_b |= g_ascii_islower (word[0]);
          return levels[i].severity;
        }
    }

  tsm_reader_note_quoted (reader, TSM_FINDING_UNKNOWN_LEVEL, tsm_json_member (reader->json, object, name),
                          _("“%s” is no known severity; it is taken as a warning"));
  return TSM_SEVERITY_WARNING;
}

static void
read_message (TsmReader          *reader,
              const TsmJsonToken *object,
              TsmAlertData       *data)
{
  data->component = tsm_reader_text (reader, object, "component", TSM_MAX_NAME);
  data->message = tsm_reader_text (reader, object, "message", TSM_MAX_TEXT);
  if (data->message == NULL)
    {
      tsm_reader_note_missing (reader, object, "message");
      data->message = g_strdup ("");
    }
}

/* Without an id no alert can be told from another, acknowledged or resolved. */
static void
reject_without_id (TsmReader    *reader,
                   TsmAlertData *data)
{
  if (data->id == NULL || *data->id == '\0')
    tsm_reader_note (reader, TSM_FINDING_MISSING_BODY, NULL, _("The alert has no id"));
}

void
tsm_decode_alert_triggered (TsmReader *reader)
{
  TsmAlertData *data = &reader->event->body.alert;
  const TsmJsonToken *alert = tsm_reader_object (reader, reader->body, "alert");

  if (alert != NULL)
    {
      data->id = tsm_reader_text (reader, alert, "id", TSM_MAX_ID);
      data->severity = read_level (reader, alert, "level");
      read_message (reader, alert, data);
      data->details = tsm_reader_details (reader, alert, "details");
      data->suggested_actions = tsm_reader_strings (reader, alert, "suggested_actions");
      data->auto_responses = tsm_reader_strings (reader, alert, "auto_responses");
    }

  reject_without_id (reader, data);
}

void
tsm_decode_alert_resolved (TsmReader *reader)
{
  TsmAlertData *data = &reader->event->body.alert;
  const TsmJsonToken *body = reader->body;

  data->id = tsm_reader_text (reader, body, "alert_id", TSM_MAX_ID);
  if (data->id == NULL)
    data->id = tsm_reader_text (reader, tsm_json_member (reader->json, body, "alert"), "id", TSM_MAX_ID);
  data->actor = tsm_reader_text (reader, body, "resolved_by", TSM_MAX_NAME);
  data->notes = tsm_reader_text (reader, body, "notes", TSM_MAX_TEXT);
  if (data->notes == NULL)
    data->notes = tsm_reader_text (reader, body, "reason", TSM_MAX_TEXT);

  reject_without_id (reader, data);
}

void
tsm_decode_error (TsmReader *reader)
{
  TsmAlertData *data = &reader->event->body.alert;

  data->severity = read_level (reader, reader->body, "severity");
  data->error_code = tsm_reader_text (reader, reader->body, "error_code", TSM_MAX_NAME);
  read_message (reader, reader->body, data);
  data->details = tsm_reader_details (reader, reader->body, "context");
}
