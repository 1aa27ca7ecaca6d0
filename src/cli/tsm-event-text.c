/* An event as a line for people, and as members of a JSON object for programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/tsm-event-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cli/tsm-text.h"
#include "events/tsm-time.h"

static void
write_string_or_null (TsmJsonWriter *writer,
                      const char    *name,
                      const char    *value)
{
  if (value != NULL && value[0] != '\0')
    tsm_json_writer_string (writer, name, value);
  else
    tsm_json_writer_raw (writer, name, "null");
}

static void
write_findings (TsmJsonWriter *writer,
                TsmEvent      *event)
{
  g_autoptr (GString) array = g_string_new ("[");

  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      g_string_append (array, i == 0 ? "{\"code\":" : ",{\"code\":");
      tsm_json_append_string (array, tsm_finding_code_get_name (finding->code));
      g_string_append (array, ",\"path\":");
      tsm_json_append_string (array, finding->path);
      g_string_append (array, ",\"message\":");
      tsm_json_append_string (array, finding->message);
      g_string_append_c (array, '}');
    }
  g_string_append_c (array, ']');

  tsm_json_writer_raw (writer, "findings", array->str);
}

static void
append_node (GString  *out,
             JsonNode *node);

static void
append_object (GString    *out,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  char separator = '{';

  if (json_object_get_size (object) == 0)
    g_string_append_c (out, '{');

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append_c (out, separator);
      separator = ',';
      tsm_json_append_string (out, name);
      g_string_append_c (out, ':');
      append_node (out, member);
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString   *out,
              JsonArray *array)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString  *out,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    {
      tsm_json_append_string (out, json_node_get_string (node));
    }
  else if (type == G_TYPE_BOOLEAN)
    {
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    }
  else if (type == G_TYPE_INT64)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  else
    {
      double value = json_node_get_double (node);
      g_autofree char *number = isfinite (value) ? tsm_json_dup_number (value) : g_strdup ("null");

      g_string_append (out, number);
    }
}

/* Recurses no deeper than the decoder lets an event nest. */
static void
append_node (GString  *out,
             JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;

    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;

    case JSON_NODE_VALUE:
      append_value (out, node);
      break;

    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/* What was accepted without a finding is JSON already, so its own bytes are shown: nothing is lost, and parsing it
 * again would take longer than decoding it did. A line break can only stand between its tokens. But for NaN and
 * Infinity: a decoder may pass them over in a member that it does not know. */
static char *
dup_accepted (TsmEvent *event)
{
  gsize size;
  const char *raw = g_bytes_get_data (tsm_event_get_raw (event), &size);
  char *text;

  if (memmem (raw, size, "NaN", 3) != NULL || memmem (raw, size, "Infinity", 8) != NULL)
    return NULL;

  text = g_strndup (raw, size);
  g_strdelimit (text, "\r\n\t", ' ');
  return g_strstrip (text);
}

static char *
dup_data (TsmEvent *event)
{
  g_autoptr (JsonNode) node = NULL;
  char *accepted;
  GString *out;

  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    return g_strdup ("null");
  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_YES && (accepted = dup_accepted (event)) != NULL)
    return accepted;

  node = tsm_event_dup_data (event);
  if (node == NULL)
    return g_strdup ("null");

  out = g_string_new (NULL);
  append_node (out, node);
  return g_string_free (out, FALSE);
}

/**
 * tsm_event_text_dup_time:
 * @time: µs since the epoch
 *
 * Returns: (transfer full): ISO 8601 in UTC, always with six decimals, so that texts sort as the times do
 */
char *
tsm_event_text_dup_time (gint64 time)
{
  g_autofree char *text = tsm_time_format (time, TRUE);

  return g_strconcat (text, strchr (text, '.') == NULL ? ".000000Z" : "Z", NULL);
}

/**
 * tsm_event_text_write_members:
 * @size: bytes of the message as it arrived
 *
 * Writes `type`, `dialect`, `source`, `timestamp`, `accepted`, `findings` and `data`, and for what was rejected `raw` and
 * `size`, into the object that @writer has begun.
 */
void
tsm_event_text_write_members (TsmJsonWriter *writer,
                              TsmEvent      *event,
                              guint64        size)
{
  gint64 timestamp = tsm_event_get_timestamp (event);
  g_autofree char *time = timestamp != TSM_TIME_NONE ? tsm_event_text_dup_time (timestamp) : NULL;
  g_autofree char *data = dup_data (event);

  write_string_or_null (writer, "type", tsm_event_get_type_name (event));
  write_string_or_null (writer, "dialect", tsm_event_get_dialect_name (event));
  write_string_or_null (writer, "source", tsm_event_get_source (event));
  write_string_or_null (writer, "timestamp", time);
  tsm_json_writer_string (writer, "accepted", tsm_event_get_acceptance_name (event));
  write_findings (writer, event);
  tsm_json_writer_raw (writer, "data", data);
  if (tsm_event_get_acceptance (event) == TSM_ACCEPTED_NO)
    {
      g_autofree char *raw = tsm_text_from_bytes (tsm_event_get_raw (event), TSM_EVENT_TEXT_MAX_RAW);

      tsm_json_writer_string (writer, "raw", raw);
      tsm_json_writer_number (writer, "size", size);
    }
}

/**
 * tsm_event_text_append_verdict:
 * @colour: whether the line goes to a terminal
 *
 * Appends type, source, verdict and summary, without a newline.
 */
void
tsm_event_text_append_verdict (GString  *out,
                               TsmEvent *event,
                               gboolean  colour)
{
  static const TsmTone tones[] = {
    [TSM_ACCEPTED_YES] = TSM_TONE_GOOD, [TSM_ACCEPTED_REPAIRED] = TSM_TONE_MIDDLING, [TSM_ACCEPTED_NO] = TSM_TONE_BAD,
  };
  static const char * const words[] = {
    [TSM_ACCEPTED_YES] = N_("accepted"), [TSM_ACCEPTED_REPAIRED] = N_("repaired"), [TSM_ACCEPTED_NO] = N_("rejected"),
  };
  TsmAcceptance acceptance = tsm_event_get_acceptance (event);
  const char *type = tsm_event_get_type_name (event);
  const char *source = tsm_event_get_source (event);
  g_autofree char *summary = tsm_event_dup_summary (event);

  tsm_text_append_escaped (out, type != NULL ? type : "?");
  g_string_append (out, "  ");
  tsm_text_append_escaped (out, source[0] != '\0' ? source : "-");
  g_string_append (out, "  ");
  tsm_text_append_toned (out, _(words[acceptance]), tones[acceptance], colour);
  g_string_append (out, "  ");
  tsm_text_append_escaped (out, summary);
}

/**
 * tsm_event_text_append_findings:
 * @colour: whether the lines go to a terminal
 *
 * Appends an indented line for each finding, each with a newline in front.
 */
void
tsm_event_text_append_findings (GString  *out,
                                TsmEvent *event,
                                gboolean  colour)
{
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    {
      const TsmFinding *finding = tsm_event_get_finding (event, i);

      g_string_append (out, "\n    ");
      tsm_text_append_toned (out, tsm_finding_code_get_name (finding->code), TSM_TONE_DIM, colour);
      g_string_append (out, "  ");
      if (finding->path[0] != '\0')
        {
          tsm_text_append_escaped (out, finding->path);
          g_string_append (out, ": ");
        }
      tsm_text_append_escaped (out, finding->message);
    }
}
