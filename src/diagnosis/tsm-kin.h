/* TsmKin: listens for a moment at another server of the same replication.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

typedef struct _TsmKin TsmKin;

/* @address: "host:port"; (nullable): NULL where that is no address. The rest is as in @profile. */
TsmKin     *tsm_kin_new          (TsmProfile  *profile,
                                  const char  *address,
                                  const char  *role);
void        tsm_kin_free         (TsmKin      *self);
const char *tsm_kin_get_address  (TsmKin      *self);
char      **tsm_kin_dup_replicas (TsmKin      *self); /* (nullable): that it names as its own */
/* What was heard until now. */
void        tsm_kin_tell         (TsmKin         *self,
                                  TsmExamination *examination);

G_END_DECLS
