/* The inside of a TsmEvent, for the decoder that fills it. Nobody outside this folder includes this file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "events/tsm-event-data.h"
#include "events/tsm-json.h"

G_BEGIN_DECLS

#define TSM_EVENT_MAX_FINDINGS 100 /* a hostile message could bring one for each of its values */

/* @type_name is a constant, or points to @job_name. */
struct _TsmEvent
{
  GObject        parent_instance;

  TsmEventType   type;
  TsmDialect     dialect;
  TsmAcceptance  acceptance;
  const char    *type_name;
  char          *job_name;
  char          *source;
  char          *channel;
  gint64         timestamp;
  gint64         received;
  gint64         received_monotonic;
  GArray        *findings; /* (nullable) */
  GBytes        *raw;
  gsize          size;
  union
  {
    TsmMetricData metrics;
    TsmHealthData health;
    TsmAlertData  alert;
    TsmStatusData status;
    TsmJobData    job;
  } body;
};

void     tsm_event_set_type     (TsmEvent       *self,
                                 TsmEventType    type);
void     tsm_event_clear_body   (TsmEvent       *self);
gboolean tsm_event_wants_finding (TsmEvent      *self,
                                 TsmFindingCode  code);
void     tsm_event_take_finding (TsmEvent       *self,
                                 TsmFindingCode  code,
                                 gint64          offset,
                                 char           *path,
                                 char           *message);
gboolean tsm_event_read_json    (TsmEvent       *self,
                                 TsmJson        *json,
                                 GBytes         *message,
                                 guint           max_depth);

G_END_DECLS
