/* Fields that are compared before they are written, where NaN equals itself. Private to this room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gboolean tsm_same_number      (double        a,
                               double        b);
/* All return whether the field has changed. */
gboolean tsm_field_set_number (double       *field,
                               double        value);
gboolean tsm_field_set_string (char        **field,
                               const char   *value);
/* For booleans and enumerations, which are as wide as an int. */
gboolean tsm_field_set_choice (int          *field,
                               int           value);

/* The same by the value's type: a string, a double, a boolean or an enumeration. */
gboolean tsm_field_set        (gpointer      field,
                               const GValue *value);
void     tsm_field_get        (gpointer      field,
                               GValue       *value);

G_END_DECLS
