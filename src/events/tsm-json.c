/* Reading the tape: members, numbers, and json-glib nodes for those who want a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "events/tsm-json.h"

#include <math.h>
#include <string.h>

/**
 * tsm_json_member:
 * @object: (nullable): a value of any kind
 *
 * Returns: (nullable): the value of the last member called @name, NULL where there is none or @object is no object
 */
const TsmJsonToken *
tsm_json_member (const TsmJson      *self,
                 const TsmJsonToken *object,
                 const char         *name)
{
  const TsmJsonToken *found = NULL;
  gsize length = strlen (name);
  TsmJsonIter iter;

  if (!tsm_json_is (object, TSM_JSON_OBJECT))
    return NULL;

  tsm_json_iter_init (&iter, self, object);
  while (tsm_json_iter_next (&iter))
    {
      if (iter.key->length == length && memcmp (self->text + iter.key->start, name, length) == 0)
        found = iter.value;
    }

  return found;
}

/**
 * tsm_json_double:
 * @number: a token of kind %TSM_JSON_NUMBER
 *
 * Returns: its value; an infinity where it is larger than a double can be
 */
double
tsm_json_double (const TsmJson      *self,
                 const TsmJsonToken *number)
{
  const char *text = self->text + number->start;
  gint64 value = 0;

  if (number->length > 15)
    return g_ascii_strtod (text, NULL);

  /* Most numbers are short integers, exact in a double: no need for strtod(). */
  for (guint32 i = 0; i < number->length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return g_ascii_strtod (text, NULL);
      value = value * 10 + (text[i] - '0');
    }

  return (double) value;
}

static JsonNode *
container_to_node (const TsmJson      *self,
                   const TsmJsonToken *value)
{
  JsonNode *node = json_node_alloc ();
  TsmJsonIter iter;

  tsm_json_iter_init (&iter, self, value);
  if (iter.keyed)
    {
      JsonObject *object = json_object_new ();

      while (tsm_json_iter_next (&iter))
        json_object_set_member (object, tsm_json_string (self, iter.key), tsm_json_to_node (self, iter.value));
      json_node_init_object (node, object);
      json_object_unref (object);
    }
  else
    {
      JsonArray *array = json_array_sized_new (value->length);

      while (tsm_json_iter_next (&iter))
        json_array_add_element (array, tsm_json_to_node (self, iter.value));
      json_node_init_array (node, array);
      json_array_unref (array);
    }

  return node;
}

static JsonNode *
number_to_node (const TsmJson      *self,
                const TsmJsonToken *number)
{
  const char *text = tsm_json_string (self, number);
  double value = tsm_json_double (self, number);

  if (!isfinite (value))
    return json_node_init_null (json_node_alloc ());
  if (fabs (value) < 9e18 && strspn (text, "-0123456789") >= number->length)
    return json_node_init_int (json_node_alloc (), g_ascii_strtoll (text, NULL, 10));
  return json_node_init_double (json_node_alloc (), value);
}

/**
 * tsm_json_to_node:
 * @value: a value of the tape
 *
 * Makes a tree of @value. What is not finite becomes null, since JSON has no word for it. Recurses at most
 * %TSM_JSON_DEPTH_LIMIT deep.
 *
 * Returns: (transfer full): the tree
 */
JsonNode *
tsm_json_to_node (const TsmJson      *self,
                  const TsmJsonToken *value)
{
  switch ((TsmJsonKind) value->kind)
    {
    case TSM_JSON_FALSE:
    case TSM_JSON_TRUE:
      return json_node_init_boolean (json_node_alloc (), value->kind == TSM_JSON_TRUE);

    case TSM_JSON_NUMBER:
      return number_to_node (self, value);

    case TSM_JSON_STRING:
      return json_node_init_string (json_node_alloc (), tsm_json_string (self, value));

    case TSM_JSON_ARRAY:
    case TSM_JSON_OBJECT:
      return container_to_node (self, value);

    case TSM_JSON_NULL:
    case TSM_JSON_NON_FINITE:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}
