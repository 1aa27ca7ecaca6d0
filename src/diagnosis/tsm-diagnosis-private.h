/* TsmDiagnosis as its own files see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-diagnosis.h"
#include "diagnosis/tsm-losses.h"

G_BEGIN_DECLS

struct _TsmDiagnosis
{
  GObject            parent_instance;

  TsmConnection     *connection;
  TsmIntake         *intake;
  TsmSemantics      *semantics;
  TsmGapLedger      *gaps;
  TsmLosses          losses;

  gint64             started;    /* monotonic µs: when the connection was first seen to be made, 0 for never */
  gint64             now;        /* of the last update, monotonic µs */
  gint64             now_real;
  gint64             patience;
  gint64             control_receivers;
  char              *control_error;

  TsmDiagnosisFacts *facts;
  TsmLadder         *ladder;
  TsmExamination    *examination; /* (nullable): the last */

  gboolean           automatic;
  gboolean           deep;          /* whether it searches all channels by itself, too */
  GCancellable      *running;       /* (nullable): while an examination is under way */
  guint              n_listeners;   /* on the control channel, that are the examination's own */
  gint64             last_finished; /* monotonic µs, 0 for never */
  gint64             last_run;      /* µs since the epoch */
  gint64             examined_link; /* ready_since of the link that was examined last */
  gint64             trouble_since; /* monotonic µs, 0 while there is none */
};

/* (transfer full): all that is known now */
TsmDiagnosisFacts *tsm_diagnosis_gather      (TsmDiagnosis *self);
void               tsm_diagnosis_keep_ledger (TsmDiagnosis *self);

G_END_DECLS
