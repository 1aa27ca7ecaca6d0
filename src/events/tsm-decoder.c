/* TsmDecoder: a message in, an event with its findings out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "events/tsm-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "events/tsm-decode.h"
#include "events/tsm-time.h"

#define KEPT_OF_TOO_LARGE (64 * 1024) /* bytes */
#define MAX_NON_FINITE    32

struct _TsmDecoder
{
  gsize   max_size;
  guint   max_depth;
  TsmJson json; /* reused, so that a message costs no allocation for its tape */
};

/**
 * tsm_decoder_new:
 * @max_size: bytes of the largest message that is decoded, at most %TSM_JSON_SIZE_LIMIT; 0 for the default
 * @max_depth: nested arrays and objects that are decoded, at most %TSM_JSON_DEPTH_LIMIT; 0 for the default
 *
 * A decoder belongs to one thread at a time.
 *
 * Returns: (transfer full): a decoder
 */
TsmDecoder *
tsm_decoder_new (gsize max_size,
                 guint max_depth)
{
  TsmDecoder *self = g_new0 (TsmDecoder, 1);

  self->max_size = MIN (max_size != 0 ? max_size : TSM_DECODER_MAX_SIZE_DEFAULT, TSM_JSON_SIZE_LIMIT);
  self->max_depth = MIN (max_depth != 0 ? max_depth : TSM_DECODER_MAX_DEPTH_DEFAULT, TSM_JSON_DEPTH_LIMIT);
  return self;
}

/**
 * tsm_decoder_free:
 * @self: (nullable): a decoder
 *
 * Frees it. Events that it made live on.
 */
void
tsm_decoder_free (TsmDecoder *self)
{
  if (self == NULL)
    return;

  tsm_json_clear (&self->json);
  g_free (self);
}

/* Members that weakly tell dialect B, for types that both write almost alike. */
static gboolean
has_weak_marks (TsmReader *reader)
{
  const TsmJsonToken *timestamp = tsm_json_member (reader->json, reader->root, "timestamp");
  const char *text;
  const char *fraction;

  if (tsm_json_member (reader->json, reader->body, "events_published") != NULL
      || tsm_json_member (reader->json, reader->body, "reason") != NULL)
    return TRUE;
  if (!tsm_json_is (timestamp, TSM_JSON_STRING))
    return FALSE;

  /* Python's isoformat(): six digits and no zone */
  text = tsm_json_string (reader->json, timestamp);
  fraction = strchr (text, '.');
  return fraction != NULL && strlen (fraction) == 7 && strspn (fraction + 1, "0123456789") == 6;
}

/* The groups of metrics tell A from B better than a component's word does. */
static gboolean
has_groups_of_a (TsmReader *reader)
{
  const TsmJsonToken *metrics = tsm_json_member (reader->json, reader->body, "metrics");

  return tsm_json_is (metrics, TSM_JSON_OBJECT)
         && tsm_json_member (reader->json, metrics, "application") != NULL
         && tsm_json_member (reader->json, metrics, "processing") == NULL;
}

static TsmDialect
tell_dialect (TsmReader *reader)
{
  TsmEventType type = reader->event->type;

  if (reader->event->dialect == TSM_DIALECT_C)
    return TSM_DIALECT_C;
  if (has_groups_of_a (reader))
    return TSM_DIALECT_A;
  if (reader->is_b || (reader->event->source != NULL && g_str_has_suffix (reader->event->source, "Simulator")))
    return TSM_DIALECT_B;
  if ((type == TSM_EVENT_SYSTEM_STATUS || type == TSM_EVENT_ALERT_RESOLVED) && has_weak_marks (reader))
    return TSM_DIALECT_B;
  return TSM_DIALECT_A;
}

/* Of an event that is rejected: its time is of use in a list, but what is wrong with it is not worth a word. */
static gint64
peek_timestamp (TsmReader *reader)
{
  const TsmJsonToken *value = tsm_json_member (reader->json, reader->root, "timestamp");
  gint64 timestamp;

  if (tsm_json_is (value, TSM_JSON_STRING) && tsm_time_parse (tsm_json_string (reader->json, value), &timestamp))
    return timestamp;
  return TSM_TIME_NONE;
}

static gboolean
is_noted (TsmEvent   *event,
          const char *path)
{
  for (guint i = 0; i < tsm_event_get_n_findings (event); i++)
    if (g_strcmp0 (tsm_event_get_finding (event, i)->path, path) == 0)
      return TRUE;
  return FALSE;
}

/* Those in members that nobody reads, or reads as text: they too are no JSON, and the next reader may refuse them. Only the
 * first few are looked up, since a path takes a walk through the message. */
static void
note_non_finite (TsmReader *reader)
{
  guint n_left = MAX_NON_FINITE;

  for (guint i = 0; i < reader->json->n_tokens && n_left > 0; i++)
    {
      const TsmJsonToken *token = reader->json->tokens + i;
      g_autofree char *path = NULL;

      if (token->kind != TSM_JSON_NON_FINITE)
        continue;
      n_left--;
      path = tsm_json_dup_path (reader->json, token);
      if (!is_noted (reader->event, path))
        tsm_reader_note_quoted (reader, TSM_FINDING_NON_FINITE, token, _("“%s” is not a finite number"));
    }
}

static void
read_event (TsmReader *reader)
{
  void (*read_body) (TsmReader *reader) = NULL;

  reader->event->source = tsm_reader_text (reader, reader->root, "source", TSM_MAX_NAME);
  if (!tsm_envelope_read_type (reader, &read_body))
    {
      reader->event->timestamp = peek_timestamp (reader);
      return;
    }

  reader->event->timestamp = tsm_reader_time (reader, reader->root, "timestamp");
  if (tsm_json_member (reader->json, reader->root, "timestamp") == NULL)
    tsm_reader_note_missing (reader, reader->root, "timestamp");

  read_body (reader);
  note_non_finite (reader);
  reader->event->dialect = tell_dialect (reader);
}

static void
decode_text (TsmDecoder *self,
             TsmEvent   *event,
             GBytes     *message)
{
  TsmReader reader = { &self->json, event };

  if (!tsm_event_read_json (event, &self->json, message, self->max_depth))
    return;

  reader.root = self->json.tokens;
  if (reader.root->kind == TSM_JSON_OBJECT)
    read_event (&reader);
  else
    tsm_reader_note (&reader, TSM_FINDING_NOT_AN_OBJECT, NULL, _("The message is JSON, but not an object"));
}

static void
reject_too_large (TsmDecoder *self,
                  TsmEvent   *event,
                  GBytes     *message)
{
  g_autofree char *size = g_format_size (g_bytes_get_size (message));
  g_autofree char *limit = g_format_size (self->max_size);

  tsm_event_take_finding (event, TSM_FINDING_TOO_LARGE, -1, g_strdup (""),
                          g_strdup_printf (_("The message has %s; the limit is %s"), size, limit));
  /* a copy, so that the megabytes can go */
  event->raw = g_bytes_new (g_bytes_get_data (message, NULL), MIN (g_bytes_get_size (message), KEPT_OF_TOO_LARGE));
}

/**
 * tsm_decoder_decode:
 * @message: the bytes as they arrived; kept by the event
 * @channel: the channel they arrived on; made valid UTF-8
 * @received: when they arrived, µs since the epoch
 * @received_monotonic: the same in µs of g_get_monotonic_time()
 *
 * Decodes a message, of any bytes whatever. Deviations are repaired where that can be done safely and always noted.
 *
 * Returns: (transfer full): the event; never %NULL
 */
TsmEvent *
tsm_decoder_decode (TsmDecoder *self,
                    GBytes     *message,
                    const char *channel,
                    gint64      received,
                    gint64      received_monotonic)
{
  TsmEvent *event;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  event = g_object_new (TSM_TYPE_EVENT, NULL);
  event->channel = g_utf8_make_valid (channel, -1);
  event->received = received;
  event->received_monotonic = received_monotonic;
  event->size = g_bytes_get_size (message);

  if (event->size > self->max_size)
    {
      reject_too_large (self, event, message);
      return event;
    }

  event->raw = g_bytes_ref (message);
  decode_text (self, event, message);
  tsm_json_trim (&self->json);
  return event;
}
