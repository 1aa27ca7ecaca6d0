/* TsmReader: typed reading of members that turns every deviation into a finding.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event-private.h"

G_BEGIN_DECLS

#define TSM_MAX_QUOTE   64          /* bytes of the wire that a message repeats */
#define TSM_MAX_NAME    256         /* bytes of a name, a word */
#define TSM_MAX_ID      (4 * 1024)  /* bytes of an alert's id, which goes back to the engine whole */
#define TSM_MAX_TEXT    (4 * 1024)  /* bytes of a message */
#define TSM_MAX_DETAIL  1024        /* bytes of one detail's value */
#define TSM_MAX_DETAILS 64
#define TSM_MAX_STRINGS 100         /* of one list */

/**
 * TsmReader:
 *
 * What the readers of the parts of an event share.
 * @root: the event's root object
 * @body: the object that holds the type's own members: @root, or `payload` in dialect C
 * @is_b: set by the readers when they meet what only dialect B has
 */
typedef struct
{
  const TsmJson      *json;
  TsmEvent           *event;
  const TsmJsonToken *root;
  const TsmJsonToken *body;
  gboolean            is_b;
} TsmReader;

void                tsm_reader_note         (TsmReader          *self,
                                             TsmFindingCode      code,
                                             const TsmJsonToken *value,
                                             const char         *format,
                                             ...) G_GNUC_PRINTF (4, 5);
void                tsm_reader_note_missing (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name);

/* A finding whose sentence repeats the value, cut short. */
#define tsm_reader_note_quoted(self, code, value, format)                                   \
  G_STMT_START                                                                              \
    {                                                                                       \
      g_autofree char *quote_ = tsm_json_dup_text ((self)->json, (value), TSM_MAX_QUOTE);   \
      tsm_reader_note ((self), (code), (value), (format), quote_);                          \
    }                                                                                       \
  G_STMT_END

/* One value. FALSE, with a finding unless it is null, where it is not of the kind. */
gboolean            tsm_reader_to_number    (TsmReader          *self,
                                             const TsmJsonToken *value,
                                             double             *number);
gboolean            tsm_reader_to_boolean   (TsmReader          *self,
                                             const TsmJsonToken *value,
                                             double             *number);
gboolean            tsm_reader_to_time      (TsmReader          *self,
                                             const TsmJsonToken *value,
                                             gint64             *time);
char              **tsm_reader_to_strings   (TsmReader          *self,
                                             const TsmJsonToken *value);

/* One member of an object. Absent and null are the same, and no finding. */
double              tsm_reader_number       (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name,
                                             double              minimum,
                                             double              maximum);
gint64              tsm_reader_time         (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name);
char               *tsm_reader_text         (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name,
                                             gsize               max_bytes);
char              **tsm_reader_strings      (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name);
GArray             *tsm_reader_details      (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name);
const TsmJsonToken *tsm_reader_object       (TsmReader          *self,
                                             const TsmJsonToken *object,
                                             const char         *name);

G_END_DECLS
