/* From the text of INFO and CLIENT LIST to facts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

/* Each takes up what @text says of its matter; what it does not mention stays. */
void tsm_info_read_server   (TsmServerFacts *self,
                             const char     *text,
                             gint64          now_real);
void tsm_info_read_counters (TsmCounters    *self,
                             const char     *text,
                             gint64          now);

/* Takes up to 100 clients, candidates first, and counts the candidates among all. */
void tsm_info_read_clients  (TsmExamination *self,
                             const char     *text);

G_END_DECLS
