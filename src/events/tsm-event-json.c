/* From the bytes of a message to its tape: what is not JSON is told apart and named, what nearly is gets repaired.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "events/tsm-event-private.h"
#include "events/tsm-recognise.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define WHITE_SPACE     " \t\r\n"

/* A piece of text: the message, or the string in it that holds the event. */
typedef struct
{
  const char *text;
  gsize       length;
} Span;

static void
note (TsmEvent       *event,
      TsmFindingCode  code,
      gint64          offset,
      char           *message)
{
  if (event != NULL)
    tsm_event_take_finding (event, code, offset, g_strdup (""), message);
  else
    g_free (message);
}

static Span
skip_white_space (Span span)
{
  while (span.length > 0 && strchr (WHITE_SPACE, *span.text) != NULL && *span.text != '\0')
    {
      span.text++;
      span.length--;
    }

  return span;
}

static Span
skip_byte_order_mark (TsmEvent *event,
                      Span      span)
{
  gsize length = strlen (BYTE_ORDER_MARK);

  if (span.length >= length && memcmp (span.text, BYTE_ORDER_MARK, length) == 0)
    {
      note (event, TSM_FINDING_BYTE_ORDER_MARK, 0, g_strdup (_("A byte-order mark stands before the event")));
      span.text += length;
      span.length -= length;
    }

  return span;
}

static void
reject_recognised (TsmEvent      *event,
                   TsmRecognised  recognised,
                   gsize          offset)
{
  char *message;

  if (recognised.code == TSM_FINDING_COMPRESSED)
    message = g_strdup_printf (_("The message is compressed (%s): publish plain JSON"), recognised.name);
  else if (recognised.code == TSM_FINDING_INVALID_JSON)
    message = g_strdup (_("The message is in Python’s own notation: publish json.dumps(event) instead of str(event)"));
  else if (recognised.name != NULL)
    message = g_strdup_printf (_("The message is binary (%s): publish plain JSON"), recognised.name);
  else
    message = g_strdup (_("The message is binary and of no known kind: publish plain JSON"));

  note (event, recognised.code, recognised.code == TSM_FINDING_INVALID_JSON ? (gint64) offset : -1, message);
}

/* @offset: of the fault, in the message as it arrived */
static void
reject_text (TsmEvent      *event,
             TsmJsonStatus  status,
             gsize          offset,
             const char    *expected)
{
  char *message;

  switch (status)
    {
    case TSM_JSON_TOO_DEEP:
      message = g_strdup_printf (_("Arrays and objects are nested too deep at byte %lu"), (gulong) offset);
      note (event, TSM_FINDING_TOO_DEEP, (gint64) offset, message);
      break;

    case TSM_JSON_NOT_UTF8:
      message = g_strdup_printf (_("The text is not UTF-8 at byte %lu"), (gulong) offset);
      note (event, TSM_FINDING_INVALID_UTF8, (gint64) offset, message);
      break;

    case TSM_JSON_OK:
    case TSM_JSON_SYNTAX:
    default:
      message = g_strdup_printf (_("Not JSON at byte %lu: expected %s"), (gulong) offset, _(expected));
      note (event, TSM_FINDING_INVALID_JSON, (gint64) offset, message);
      break;
    }
}

/* The root is a string: a publisher that called json.dumps() twice. Its text, where that looks like an event. */
static gboolean
find_inner (TsmEvent *event,
            TsmJson  *json,
            Span     *inner)
{
  Span span = { tsm_json_string (json, json->tokens), json->tokens->length };
  Span start = skip_white_space (span);

  if (g_str_has_prefix (start.text, BYTE_ORDER_MARK))
    start = skip_white_space ((Span) { start.text + strlen (BYTE_ORDER_MARK), start.length - strlen (BYTE_ORDER_MARK) });
  if (*start.text != '{')
    return FALSE;

  note (event, TSM_FINDING_ENCODED_TWICE, -1, g_strdup (_("The event was encoded as JSON twice")));
  *inner = skip_byte_order_mark (event, skip_white_space (span));
  return TRUE;
}

static gboolean
read_inner (TsmEvent *event,
            TsmJson  *json,
            Span      message,
            Span      outer,
            guint     max_depth)
{
  const char *escaped = skip_white_space (outer).text + 1;
  TsmJsonError error;
  TsmJsonStatus status;
  Span inner;
  gsize skipped;

  if (!find_inner (event, json, &inner))
    return TRUE;

  skipped = (gsize) (inner.text - tsm_json_string (json, json->tokens));
  status = tsm_json_scan (json, inner.text, inner.length, max_depth, &error);
  if (status == TSM_JSON_OK)
    return TRUE;

  reject_text (event, status,
               (gsize) (escaped - message.text) + tsm_json_escaped_offset (escaped, skipped + error.offset),
               error.expected);
  return FALSE;
}

/**
 * tsm_event_read_json:
 * @self: (nullable): takes the findings
 * @json: filled where %TRUE is returned
 *
 * Scans @message, past a byte-order mark and out of a string where it was encoded twice.
 *
 * Returns: whether the message is JSON; its root may be of any kind
 */
gboolean
tsm_event_read_json (TsmEvent *self,
                     TsmJson  *json,
                     GBytes   *message,
                     guint     max_depth)
{
  Span whole;
  Span outer;
  TsmJsonError error;
  TsmJsonStatus status;
  TsmRecognised recognised;
  gsize offset;

  whole.text = g_bytes_get_data (message, &whole.length);
  if (skip_white_space (whole).length == 0)
    {
      note (self, TSM_FINDING_EMPTY, -1, g_strdup (_("The message is empty")));
      return FALSE;
    }

  outer = skip_byte_order_mark (self, whole);
  status = tsm_json_scan (json, outer.text, outer.length, max_depth, &error);
  if (status == TSM_JSON_OK)
    return json->tokens->kind != TSM_JSON_STRING || read_inner (self, json, whole, outer, max_depth);

  offset = (gsize) (outer.text - whole.text) + error.offset;
  if (status != TSM_JSON_TOO_DEEP && tsm_recognise ((const guint8 *) whole.text, whole.length, &recognised))
    reject_recognised (self, recognised, offset);
  else
    reject_text (self, status, offset, error.expected);
  return FALSE;
}
