/* The making of a TsmExamination, for who examines and for who builds facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

void            tsm_path_step_init          (TsmPathStep          *self);
void            tsm_path_step_copy          (const TsmPathStep    *self,
                                             TsmPathStep          *copy);
void            tsm_server_facts_init       (TsmServerFacts       *self);
void            tsm_server_facts_clear      (TsmServerFacts       *self);
void            tsm_server_facts_copy       (const TsmServerFacts *self,
                                             TsmServerFacts       *copy);
void            tsm_counters_init           (TsmCounters          *self);

TsmClientFacts  *tsm_examination_add_client  (TsmExamination      *self);
TsmChannelFacts *tsm_examination_add_channel (TsmExamination      *self,
                                              const char          *name);
TsmKinFacts     *tsm_examination_add_kin     (TsmExamination      *self,
                                              const char          *address,
                                              const char          *role);
/* Nothing where the command is noted already. */
void             tsm_examination_add_missing (TsmExamination      *self,
                                              TsmRungId            rung,
                                              const char          *command,
                                              const char          *words,
                                              const char          *grant);

G_END_DECLS
