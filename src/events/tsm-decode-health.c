/* HEALTH_CHECK, and the `health_score` of a METRIC_UPDATE: the whole's score and each component's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "events/tsm-decode.h"

#define MAX_COMPONENTS 200

static void
note_score_range (TsmReader          *reader,
                  const TsmJsonToken *value,
                  double              score)
{
  if (score < 0 || score > 100)
    tsm_reader_note (reader, TSM_FINDING_OUT_OF_RANGE, value, _("%.4g is not between 0 and 100"), score);
}

static void
append_pair (GString            *out,
             const TsmJson      *json,
             const TsmJsonToken *key,
             const TsmJsonToken *value)
{
  g_autofree char *name = tsm_json_dup_text (json, key, TSM_MAX_NAME);
  g_autofree char *text = tsm_json_dup_text (json, value, TSM_MAX_DETAIL);

  g_string_append_printf (out, "%s%s %s", out->len > 0 ? ", " : "", name, text);
}

/* `details` first, then the members that have no place of their own: "12 workers, latency_ms 4". */
static char *
dup_details (TsmReader          *reader,
             const TsmJsonToken *object)
{
  static const char *const own[] = { "status", "score", "details", NULL };
  const TsmJson *json = reader->json;
  const TsmJsonToken *details = tsm_json_member (json, object, "details");
  g_autoptr (GString) out = NULL;
  TsmJsonIter iter;

  if (details != NULL && details->kind <= TSM_JSON_STRING && details->kind != TSM_JSON_NULL)
    {
      g_autofree char *text = tsm_json_dup_text (json, details, TSM_MAX_DETAIL);

      out = g_string_new (text);
    }
  else if (tsm_json_is (details, TSM_JSON_OBJECT))
    {
      out = g_string_new (NULL);
      tsm_json_iter_init (&iter, json, details);
      while (out->len < TSM_MAX_DETAIL && tsm_json_iter_next (&iter))
        append_pair (out, json, iter.key, iter.value);
    }

  tsm_json_iter_init (&iter, json, object);
  while ((out == NULL || out->len < TSM_MAX_DETAIL) && tsm_json_iter_next (&iter))
    {
      if (g_strv_contains (own, tsm_json_string (json, iter.key)))
        continue;
      if (out == NULL)
        out = g_string_new (NULL);
      append_pair (out, json, iter.key, iter.value);
    }

  return out != NULL ? tsm_text_dup_bounded (out->str, out->len, TSM_MAX_DETAIL) : NULL;
}

static gboolean
looks_like_number (const char *text)
{
  return *text != '\0' && strspn (text, "+-.0123456789eE") == strlen (text) && strpbrk (text, "0123456789") != NULL;
}

/* A score (95), a word ("healthy"), or an object with either and more. */
static void
read_component (TsmReader          *reader,
                const TsmJsonToken *key,
                const TsmJsonToken *value,
                TsmHealthData      *data)
{
  g_autofree char *name = tsm_json_dup_text (reader->json, key, TSM_MAX_NAME);
  g_autofree char *status = NULL;
  g_autofree char *details = NULL;
  const char *text = tsm_json_string (reader->json, value);
  double score = NAN;

  if (value->kind == TSM_JSON_OBJECT)
    {
      status = tsm_reader_text (reader, value, "status", TSM_MAX_NAME);
      score = tsm_reader_number (reader, value, "score", 0, 100);
      details = dup_details (reader, value);
    }
  else if (value->kind == TSM_JSON_STRING && !looks_like_number (text))
    {
      status = tsm_json_dup_text (reader->json, value, TSM_MAX_NAME);
      reader->is_b = TRUE;
    }
  else
    {
      if (!tsm_reader_to_number (reader, value, &score))
        score = NAN;
      note_score_range (reader, value, score);
    }

  tsm_health_data_add_component (data, name, status, score, details);
}

static void
read_components (TsmReader          *reader,
                 const TsmJsonToken *object,
                 TsmHealthData      *data)
{
  const TsmJsonToken *components = tsm_reader_object (reader, object, "components");
  TsmJsonIter iter;

  if (components == NULL)
    return;

  tsm_json_iter_init (&iter, reader->json, components);
  for (guint i = 0; tsm_json_iter_next (&iter); i++)
    {
      if (i == MAX_COMPONENTS)
        {
          tsm_reader_note (reader, TSM_FINDING_TOO_MANY, components, _("Only the first %d are kept"), MAX_COMPONENTS);
          return;
        }
      read_component (reader, iter.key, iter.value, data);
    }
}

/* @value: an object with the score and the rest, or, as a deviation, the score alone */
void
tsm_decode_health (TsmReader          *reader,
                   const TsmJsonToken *value,
                   TsmHealthData      *data)
{
  if (value->kind == TSM_JSON_NULL)
    return;

  if (value->kind != TSM_JSON_OBJECT)
    {
      if (value->kind == TSM_JSON_NUMBER)
        tsm_reader_note (reader, TSM_FINDING_WRONG_TYPE, value, _("Expected an object, found the score alone"));
      if (tsm_reader_to_number (reader, value, &data->overall))
        note_score_range (reader, value, data->overall);
      else
        data->overall = NAN;
      return;
    }

  data->overall = tsm_reader_number (reader, value, "overall", 0, 100);
  if (isnan (data->overall))
    data->overall = tsm_reader_number (reader, value, "overall_score", 0, 100);
  data->status = tsm_reader_text (reader, value, "status", TSM_MAX_NAME);
  data->uptime_seconds = tsm_reader_number (reader, value, "uptime_seconds", 0, G_MAXDOUBLE);
  data->recommendations = tsm_reader_strings (reader, value, "recommendations");
  read_components (reader, value, data);
}

/* Dialect A puts it all into `health`, dialect B at the top level. */
void
tsm_decode_health_check (TsmReader *reader)
{
  const TsmJsonToken *health = tsm_json_member (reader->json, reader->body, "health");

  if (tsm_json_is (health, TSM_JSON_OBJECT))
    {
      tsm_decode_health (reader, health, &reader->event->body.health);
      reader->is_b = FALSE;
      return;
    }

  if (health != NULL)
    tsm_reader_object (reader, reader->body, "health");
  tsm_decode_health (reader, reader->body, &reader->event->body.health);
  reader->is_b = TRUE;
}
