/* TsmExaminer: the active checks, on connections of their own, within a time limit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The live subscription is not touched. What is not permitted is noted and left out.
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

/**
 * TsmExaminerOptions:
 * @listen: whether to search for near misses, and to listen at the other servers of the same replication
 * @deep: whether to search all channels
 * @n_listeners: (nullable): raised by as many listeners as we are on the control channel, while we are
 * @seconds: between the two readings of the server's counters, and for the search; 0 for the default of 3
 * @before: (nullable): an earlier examination, which is gone on from
 * @anew: whether also that is asked again which the earlier one has been refused lately
 * @live: (nullable): the live connection, on which messages are counted
 */
typedef struct
{
  gboolean        listen;
  gboolean        deep;
  guint          *n_listeners;
  double          seconds;
  TsmExamination *before;
  gboolean        anew;
  TsmConnection  *live;
} TsmExaminerOptions;

void            tsm_examine_async  (TsmProfile                *profile,
                                    const TsmExaminerOptions  *options,
                                    GCancellable              *cancellable,
                                    GAsyncReadyCallback        callback,
                                    gpointer                   user_data);
/* (transfer full): NULL with @error set only where it was cancelled; a server that cannot be reached is a finding. */
TsmExamination *tsm_examine_finish (GAsyncResult              *result,
                                    GError                   **error);

G_END_DECLS
