/* Typed reading of values and members.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "events/tsm-reader.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "events/tsm-time.h"

static const char *const kind_names[] = {
  [TSM_JSON_NULL] = N_("null"),
  [TSM_JSON_FALSE] = N_("true or false"),
  [TSM_JSON_TRUE] = N_("true or false"),
  [TSM_JSON_NUMBER] = N_("a number"),
  [TSM_JSON_NON_FINITE] = N_("a number that is not finite"),
  [TSM_JSON_STRING] = N_("a text"),
  [TSM_JSON_ARRAY] = N_("a list"),
  [TSM_JSON_OBJECT] = N_("an object"),
};

/**
 * tsm_reader_note:
 * @value: (nullable): where; NULL for the whole event
 * @format: a translated sentence
 *
 * Adds a finding.
 */
void
tsm_reader_note (TsmReader          *self,
                 TsmFindingCode      code,
                 const TsmJsonToken *value,
                 const char         *format,
                 ...)
{
  char *path;
  char *message;
  va_list args;

  if (!tsm_event_wants_finding (self->event, code))
    return;

  path = value != NULL ? tsm_json_dup_path (self->json, value) : g_strdup ("");
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  tsm_event_take_finding (self->event, code, -1, path, message);
}

/**
 * tsm_reader_note_missing:
 * @object: where it is missed
 * @name: the member
 *
 * Adds a finding on a member that ought to be there.
 */
void
tsm_reader_note_missing (TsmReader          *self,
                         const TsmJsonToken *object,
                         const char         *name)
{
  g_autofree char *parent = NULL;
  char *path;

  if (!tsm_event_wants_finding (self->event, TSM_FINDING_MISSING_FIELD))
    return;

  parent = tsm_json_dup_path (self->json, object);
  path = *parent == '\0' ? g_strdup (name) : g_strconcat (parent, ".", name, NULL);
  tsm_event_take_finding (self->event, TSM_FINDING_MISSING_FIELD, -1, path,
                          g_strdup_printf (_("The member “%s” is missing"), name));
}

static void
note_wrong_type (TsmReader          *self,
                 const TsmJsonToken *value,
                 TsmJsonKind         expected)
{
  tsm_reader_note (self, TSM_FINDING_WRONG_TYPE, value, _("Expected %s, found %s"),
                   _(kind_names[expected]), _(kind_names[value->kind]));
}

static gboolean
string_to_number (TsmReader          *self,
                  const TsmJsonToken *value,
                  double             *number)
{
  g_autofree char *text = tsm_json_dup_text (self->json, value, TSM_MAX_NAME);
  char *end;

  g_strstrip (text);
  *number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || strchr (text, 'x') != NULL || strchr (text, 'X') != NULL)
    {
      tsm_reader_note_quoted (self, TSM_FINDING_WRONG_TYPE, value, _("Expected a number, found the text “%s”"));
      return FALSE;
    }

  if (!isfinite (*number))
    return TRUE;
  tsm_reader_note_quoted (self, TSM_FINDING_NUMBER_IN_STRING, value, _("The number %s came as a text"));
  return TRUE;
}

/**
 * tsm_reader_to_number:
 * @value: a value of any kind
 * @number: (out): the number, finite
 *
 * Returns: whether @value is a number, or a string that holds one
 */
gboolean
tsm_reader_to_number (TsmReader          *self,
                      const TsmJsonToken *value,
                      double             *number)
{
  if (value->kind == TSM_JSON_NUMBER)
    {
      *number = tsm_json_double (self->json, value);
    }
  else if (value->kind == TSM_JSON_STRING)
    {
      if (!string_to_number (self, value, number))
        return FALSE;
    }
  else if (value->kind == TSM_JSON_NON_FINITE)
    {
      *number = NAN;
    }
  else
    {
      if (value->kind != TSM_JSON_NULL)
        note_wrong_type (self, value, TSM_JSON_NUMBER);
      return FALSE;
    }

  if (!isfinite (*number))
    {
      tsm_reader_note_quoted (self, TSM_FINDING_NON_FINITE, value, _("“%s” is not a finite number"));
      return FALSE;
    }
  return TRUE;
}

static const struct
{
  const char *word;
  double      value;
} boolean_words[] = {
  { "true", 1 },
  { "false", 0 },
  { "yes", 1 },
  { "no", 0 },
  { "on", 1 },
  { "off", 0 },
  { "connected", 1 },
  { "disconnected", 0 },
};

/**
 * tsm_reader_to_boolean:
 * @number: (out): 0 or 1; another number where one was sent
 *
 * Returns: whether @value is true or false, a number, or a word that means one of them
 */
gboolean
tsm_reader_to_boolean (TsmReader          *self,
                       const TsmJsonToken *value,
                       double             *number)
{
  if (value->kind == TSM_JSON_TRUE || value->kind == TSM_JSON_FALSE)
    {
      *number = value->kind == TSM_JSON_TRUE;
      return TRUE;
    }

  for (gsize i = 0; value->kind == TSM_JSON_STRING && i < G_N_ELEMENTS (boolean_words); i++)
    {
      if (g_ascii_strcasecmp (tsm_json_string (self->json, value), boolean_words[i].word) == 0)
        {
          *number = boolean_words[i].value;
          tsm_reader_note_quoted (self, TSM_FINDING_NUMBER_IN_STRING, value, _("The word “%s” stands for true or false"));
          return TRUE;
        }
    }

  return tsm_reader_to_number (self, value, number);
}

/**
 * tsm_reader_to_time:
 * @time: (out): µs since the epoch
 *
 * Returns: whether @value is a time: ISO 8601, or an epoch number, also in a string
 */
gboolean
tsm_reader_to_time (TsmReader          *self,
                    const TsmJsonToken *value,
                    gint64             *time)
{
  const char *text = tsm_json_string (self->json, value);
  char *end = NULL;
  double number = NAN;

  if (value->kind == TSM_JSON_NULL)
    return FALSE;
  if (value->kind == TSM_JSON_STRING && tsm_time_parse (text, time))
    return TRUE;

  if (value->kind == TSM_JSON_NUMBER)
    number = tsm_json_double (self->json, value);
  else if (value->kind == TSM_JSON_STRING && *text != '\0')
    number = g_ascii_strtod (text, &end);

  if ((end == NULL || *end == '\0') && tsm_time_from_number (number, time))
    {
      tsm_reader_note_quoted (self, TSM_FINDING_EPOCH_TIME, value, _("The time came as the number %s instead of ISO 8601"));
      return TRUE;
    }

  tsm_reader_note_quoted (self, TSM_FINDING_BAD_TIME, value, _("“%s” is not a time of ISO 8601"));
  return FALSE;
}

/* (transfer full) (nullable): a number or a boolean as text, with a finding; NULL for null, lists and objects. What is longer is cut
 * off, between characters. */
static char *
to_text (TsmReader          *self,
         const TsmJsonToken *value,
         gsize               max_bytes)
{
  if (value->kind == TSM_JSON_NULL)
    return NULL;
  if (value->kind != TSM_JSON_STRING)
    note_wrong_type (self, value, TSM_JSON_STRING);
  if (value->kind > TSM_JSON_STRING)
    return NULL;

  return tsm_json_dup_text (self->json, value, max_bytes);
}

/**
 * tsm_reader_number:
 * @minimum: smallest legal value
 * @maximum: largest legal value
 *
 * Returns: the number, NaN where there is none; one that is out of range is kept, with a finding
 */
double
tsm_reader_number (TsmReader          *self,
                   const TsmJsonToken *object,
                   const char         *name,
                   double              minimum,
                   double              maximum)
{
  const TsmJsonToken *value = tsm_json_member (self->json, object, name);
  double number;

  if (value == NULL || !tsm_reader_to_number (self, value, &number))
    return NAN;

  if (number < minimum || number > maximum)
    tsm_reader_note_quoted (self, TSM_FINDING_OUT_OF_RANGE, value, _("%s is out of range"));
  return number;
}

/**
 * tsm_reader_time:
 *
 * Returns: the time in µs since the epoch, %TSM_TIME_NONE where there is none
 */
gint64
tsm_reader_time (TsmReader          *self,
                 const TsmJsonToken *object,
                 const char         *name)
{
  const TsmJsonToken *value = tsm_json_member (self->json, object, name);
  gint64 time;

  return value != NULL && tsm_reader_to_time (self, value, &time) ? time : TSM_TIME_NONE;
}

/**
 * tsm_reader_text:
 *
 * Returns: (transfer full) (nullable): the text, NULL where there is none
 */
char *
tsm_reader_text (TsmReader          *self,
                 const TsmJsonToken *object,
                 const char         *name,
                 gsize               max_bytes)
{
  const TsmJsonToken *value = tsm_json_member (self->json, object, name);

  return value != NULL ? to_text (self, value, max_bytes) : NULL;
}

/**
 * tsm_reader_object:
 *
 * Returns: (nullable): the member where it is an object
 */
const TsmJsonToken *
tsm_reader_object (TsmReader          *self,
                   const TsmJsonToken *object,
                   const char         *name)
{
  const TsmJsonToken *value = tsm_json_member (self->json, object, name);

  if (value == NULL || value->kind == TSM_JSON_NULL)
    return NULL;
  if (value->kind == TSM_JSON_OBJECT)
    return value;

  note_wrong_type (self, value, TSM_JSON_OBJECT);
  return NULL;
}

/**
 * tsm_reader_to_strings:
 *
 * Reads a list of texts. A text that stands alone is a list of one, with a finding.
 *
 * Returns: (transfer full) (nullable): at most %TSM_MAX_STRINGS texts; NULL for null
 */
char **
tsm_reader_to_strings (TsmReader          *self,
                       const TsmJsonToken *list)
{
  GPtrArray *strings;
  TsmJsonIter iter;

  if (list->kind == TSM_JSON_NULL)
    return NULL;

  strings = g_ptr_array_sized_new (4);
  if (list->kind != TSM_JSON_ARRAY)
    {
      note_wrong_type (self, list, TSM_JSON_ARRAY);
      if (list->kind == TSM_JSON_STRING)
        g_ptr_array_add (strings, tsm_json_dup_text (self->json, list, TSM_MAX_TEXT));
      g_ptr_array_add (strings, NULL);
      return (char **) g_ptr_array_free (strings, FALSE);
    }

  tsm_json_iter_init (&iter, self->json, list);
  for (guint i = 0; i < TSM_MAX_STRINGS && tsm_json_iter_next (&iter); i++)
    {
      char *text = to_text (self, iter.value, TSM_MAX_TEXT);

      if (text != NULL)
        g_ptr_array_add (strings, text);
    }
  if (tsm_json_iter_next (&iter))
    tsm_reader_note (self, TSM_FINDING_TOO_MANY, list, _("Only the first %d are kept"), TSM_MAX_STRINGS);

  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (strings, FALSE);
}

/**
 * tsm_reader_strings:
 *
 * Returns: (transfer full) (nullable): the list of texts; NULL where there is none
 */
char **
tsm_reader_strings (TsmReader          *self,
                    const TsmJsonToken *object,
                    const char         *name)
{
  const TsmJsonToken *value = tsm_json_member (self->json, object, name);

  return value != NULL ? tsm_reader_to_strings (self, value) : NULL;
}

/**
 * tsm_reader_details:
 *
 * Reads an object of any members as names and texts, in the order of the wire.
 *
 * Returns: (transfer full) (nullable) (element-type TsmDetail): at most %TSM_MAX_DETAILS; NULL where there are none
 */
GArray *
tsm_reader_details (TsmReader          *self,
                    const TsmJsonToken *object,
                    const char         *name)
{
  const TsmJsonToken *value = tsm_reader_object (self, object, name);
  GArray *details = NULL;
  TsmJsonIter iter;

  if (value == NULL)
    return NULL;

  tsm_json_iter_init (&iter, self->json, value);
  while (tsm_json_iter_next (&iter))
    {
      g_autofree char *key = NULL;
      g_autofree char *text = NULL;

      if (details != NULL && details->len == TSM_MAX_DETAILS)
        {
          tsm_reader_note (self, TSM_FINDING_TOO_MANY, value, _("Only the first %d are kept"), TSM_MAX_DETAILS);
          break;
        }

      key = tsm_json_dup_text (self->json, iter.key, TSM_MAX_NAME);
      text = tsm_json_dup_text (self->json, iter.value, TSM_MAX_DETAIL);
      tsm_details_add (&details, key, text);
    }

  return details;
}
