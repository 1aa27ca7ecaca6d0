/* A writer of compact JSON into a string.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib's generator writes 37.399999999999999 for 37.4; this one writes the shortest decimal that reads back to the
 * same double, as the engine does, and skips members that have no value.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsmJsonWriter:
 * @out: the text so far
 * @separate: whether a comma is due before the next value
 */
typedef struct
{
  GString  *out;
  gboolean  separate;
} TsmJsonWriter;

void  tsm_json_append_string       (GString       *out,
                                    const char    *text);
char *tsm_json_dup_number          (double         value);
char *tsm_json_harden              (char          *json);

/* `name` is NULL for elements of an array and for the root. */
void  tsm_json_writer_init         (TsmJsonWriter *self);
char *tsm_json_writer_finish       (TsmJsonWriter *self);
void  tsm_json_writer_begin_object (TsmJsonWriter *self,
                                    const char    *name);
void  tsm_json_writer_end_object   (TsmJsonWriter *self);
void  tsm_json_writer_begin_array  (TsmJsonWriter *self,
                                    const char    *name);
void  tsm_json_writer_end_array    (TsmJsonWriter *self);
void  tsm_json_writer_string       (TsmJsonWriter *self,
                                    const char    *name,
                                    const char    *value); /* nothing where NULL */
void  tsm_json_writer_number       (TsmJsonWriter *self,
                                    const char    *name,
                                    double         value); /* nothing where not finite */
void  tsm_json_writer_boolean      (TsmJsonWriter *self,
                                    const char    *name,
                                    gboolean       value);
void  tsm_json_writer_strings      (TsmJsonWriter *self,
                                    const char    *name,
                                    char         **values); /* nothing where NULL */
void  tsm_json_writer_raw          (TsmJsonWriter *self,
                                    const char    *name,
                                    const char    *json);

G_END_DECLS
