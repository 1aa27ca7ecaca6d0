/* The envelope: which key names the type, which type it is, and where the body stands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "events/tsm-decode.h"

#define MAX_KEYS_NAMED 8

typedef void (*ReadBody) (TsmReader *reader);

/**
 * TypeRow:
 * @name: canonical, as on the wire
 * @in_payload: dialect C: the body stands in `payload`
 * @marks: members of the body, of which one at least must be there
 */
typedef struct
{
  const char   *name;
  TsmEventType  type;
  gboolean      in_payload;
  ReadBody      read_body;
  const char   *marks[4];
} TypeRow;

static const TypeRow types[] = {
  { "METRIC_UPDATE", TSM_EVENT_METRIC_UPDATE, FALSE, tsm_decode_metrics, { "metrics", "health_score" } },
  { "ALERT_TRIGGERED", TSM_EVENT_ALERT_TRIGGERED, FALSE, tsm_decode_alert_triggered, { "alert" } },
  { "ALERT_RESOLVED", TSM_EVENT_ALERT_RESOLVED, FALSE, tsm_decode_alert_resolved, { "alert_id", "alert" } },
  { "HEALTH_CHECK", TSM_EVENT_HEALTH_CHECK, FALSE, tsm_decode_health_check, { "health", "components", "status" } },
  { "SYSTEM_STATUS", TSM_EVENT_SYSTEM_STATUS, FALSE, tsm_decode_status, { "status", "message", "details" } },
  { "error", TSM_EVENT_ERROR, TRUE, tsm_decode_error, { NULL } },
};

/* Jobs have many names; see tsm_job_name_parse(). */
static const TypeRow job_type = { NULL, TSM_EVENT_JOB, TRUE, tsm_decode_job, { NULL } };

static const char *const type_keys[] = { "event_type", "event", "type" };

/* The first type key that holds a text, or else, to be named as unknown, a number or the like. */
static const TsmJsonToken *
find_type (TsmReader   *reader,
           const char **key)
{
  const TsmJsonToken *other = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (type_keys); i++)
    {
      const TsmJsonToken *value = tsm_json_member (reader->json, reader->root, type_keys[i]);

      if (tsm_json_is (value, TSM_JSON_STRING))
        {
          *key = type_keys[i];
          return value;
        }
      if (value != NULL && value->kind != TSM_JSON_OBJECT)
        other = value;
    }

  return other;
}

static void
reject_without_type (TsmReader *reader)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  TsmJsonIter iter;

  tsm_json_iter_init (&iter, reader->json, reader->root);
  for (guint i = 0; tsm_json_iter_next (&iter); i++)
    {
      g_autofree char *key = tsm_json_dup_text (reader->json, iter.key, 64);

      if (i == MAX_KEYS_NAMED)
        {
          g_string_append (keys, ", …");
          break;
        }
      g_string_append_printf (keys, "%s%s", i > 0 ? ", " : "", key);
    }

  if (keys->len == 0)
    tsm_reader_note (reader, TSM_FINDING_WRONG_ENVELOPE, NULL,
                     _("No member names the event’s type (event_type): the object is empty"));
  else
    tsm_reader_note (reader, TSM_FINDING_WRONG_ENVELOPE, NULL,
                     _("No member names the event’s type (event_type); the members are: %s"), keys->str);
}

static const TypeRow *
find_row (TsmReader          *reader,
          const TsmJsonToken *value,
          const TsmJsonToken *payload)
{
  const char *name = tsm_json_string (reader->json, value);
  g_autofree char *lower = NULL;
  TsmJobStage stage;
  gsize length;

  if (value->kind != TSM_JSON_STRING)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_ascii_strcasecmp (name, types[i].name) == 0)
        {
          reader->event->type_name = types[i].name;
          return &types[i];
        }
    }

  /* Any name that ends like a job's is one: but not in upper case without a payload, which is A's or B's manner. */
  lower = g_ascii_strdown (name, -1);
  if (value->length > TSM_MAX_NAME || tsm_job_name_parse (lower, &length, &stage) == NULL
      || (payload == NULL && !g_str_equal (lower, name)))
    return NULL;

  reader->event->job_name = g_steal_pointer (&lower);
  reader->event->type_name = reader->event->job_name;
  return &job_type;
}

static gboolean
has_marks (TsmReader          *reader,
           const TypeRow      *row,
           const TsmJsonToken *object)
{
  for (gsize i = 0; row->marks[i] != NULL; i++)
    {
      const TsmJsonToken *value = tsm_json_member (reader->json, object, row->marks[i]);

      if (value != NULL && value->kind != TSM_JSON_NULL)
        return TRUE;
    }

  return row->marks[0] == NULL;
}

/* Types of A and B have their body at the top level, but are understood in the envelope of C as well. */
static void
find_body (TsmReader          *reader,
           const TypeRow      *row,
           const char         *key,
           const TsmJsonToken *payload)
{
  gboolean by_event = g_str_equal (key, "event");
  gboolean in_payload = row->in_payload
                        || (payload != NULL && (by_event || !has_marks (reader, row, reader->root)));

  reader->body = in_payload ? payload : reader->root;
  if (in_payload)
    reader->event->dialect = TSM_DIALECT_C;
  if (in_payload != by_event || g_str_equal (key, "type"))
    tsm_reader_note (reader, TSM_FINDING_TYPE_KEY, tsm_json_member (reader->json, reader->root, key),
                     _("The type stands in “%s” instead of “%s”"), key, in_payload ? "event" : "event_type");
}

gboolean
tsm_envelope_read_type (TsmReader *reader,
                        ReadBody  *read_body)
{
  const TsmJsonToken *payload = tsm_json_member (reader->json, reader->root, "payload");
  const char *key = NULL;
  const TsmJsonToken *value = find_type (reader, &key);
  const TypeRow *row;

  if (value == NULL)
    {
      reject_without_type (reader);
      return FALSE;
    }

  if (!tsm_json_is (payload, TSM_JSON_OBJECT))
    payload = NULL;

  row = find_row (reader, value, payload);
  if (row == NULL)
    {
      tsm_reader_note_quoted (reader, TSM_FINDING_UNKNOWN_TYPE, value, _("The event type “%s” is not known"));
      return FALSE;
    }

  tsm_event_set_type (reader->event, row->type);
  if (!g_str_equal (reader->event->type_name, tsm_json_string (reader->json, value)))
    tsm_reader_note (reader, TSM_FINDING_TYPE_CASE, value, _("The type is written “%s” instead of “%s”"),
                     tsm_json_string (reader->json, value), reader->event->type_name);

  find_body (reader, row, key, payload);
  if (reader->body == NULL || !has_marks (reader, row, reader->body))
    {
      tsm_reader_note (reader, TSM_FINDING_MISSING_BODY, NULL, _("The event has no “%s”"),
                       row->marks[0] != NULL ? row->marks[0] : "payload");
      return FALSE;
    }

  *read_body = row->read_body;
  return TRUE;
}
