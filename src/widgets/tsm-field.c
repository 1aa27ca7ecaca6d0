/* Fields that are compared before they are written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/tsm-field.h"

#include <math.h>

gboolean
tsm_same_number (double a,
                 double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
tsm_field_set_number (double *field,
                      double  value)
{
  if (tsm_same_number (*field, value))
    return FALSE;

  *field = value;
  return TRUE;
}

gboolean
tsm_field_set_string (char       **field,
                      const char  *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

gboolean
tsm_field_set_choice (int *field,
                      int  value)
{
  if (*field == value)
    return FALSE;

  *field = value;
  return TRUE;
}

gboolean
tsm_field_set (gpointer      field,
               const GValue *value)
{
  if (G_VALUE_HOLDS_STRING (value))
    return tsm_field_set_string (field, g_value_get_string (value));
  if (G_VALUE_HOLDS_DOUBLE (value))
    return tsm_field_set_number (field, g_value_get_double (value));
  if (G_VALUE_HOLDS_BOOLEAN (value))
    return tsm_field_set_choice (field, g_value_get_boolean (value));

  return tsm_field_set_choice (field, g_value_get_enum (value));
}

void
tsm_field_get (gpointer  field,
               GValue   *value)
{
  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, *(char **) field);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, *(double *) field);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, *(gboolean *) field);
  else
    g_value_set_enum (value, *(int *) field);
}
