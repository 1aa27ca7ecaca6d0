/* What a TsmAlert is made of, for tsm-alert.c, which writes it, and tsm-alert-getters.c, which reads it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/tsm-alert-private.h"

G_BEGIN_DECLS

struct _TsmAlert
{
  GObject            parent_instance;

  char              *source;
  char              *id;
  TsmAlertKey        key; /* of the two texts above */
  guint64            sequence;
  TsmAlertSlot       slot;
  gboolean           is_changed; /* since the last flush */

  TsmAlertState      state;
  TsmSeverity        severity;
  char              *message;
  char              *component;
  GArray            *details;
  char             **suggested_actions;
  char             **auto_responses;

  guint              count;
  gint64             triggered_at;    /* these four: µs since the epoch */
  gint64             last_seen;
  gint64             acknowledged_at;
  gint64             resolved_at;
  gboolean           needs_confirming;
  char              *who;
  char              *notes;
  TsmAlertTimeline  *timeline;
};

G_END_DECLS
