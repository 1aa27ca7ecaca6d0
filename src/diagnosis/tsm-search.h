/* TsmSearch: listens to all that looks like our channels, for near misses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

typedef struct _TsmSearch TsmSearch;

/* The patterns to listen to, the widest first: an access list may allow a later one only. (transfer full) */
char      **tsm_search_dup_patterns (TsmProfile     *profile,
                                     gboolean        deep);

/* @connection: listens to the patterns */
TsmSearch  *tsm_search_new          (TsmConnection  *connection,
                                     TsmProfile     *profile);
void        tsm_search_free         (TsmSearch      *self);

const char *tsm_search_get_pattern  (TsmSearch      *self); /* (nullable): the widest that was granted */
guint64     tsm_search_get_n_heard  (TsmSearch      *self); /* messages of any kind, each once */
gint64      tsm_search_get_start    (TsmSearch      *self); /* monotonic µs, 0 while nothing was granted */
GPtrArray  *tsm_search_finish       (TsmSearch      *self,
                                     gint64          now); /* (transfer full) (element-type TsmNearMiss) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSearch, tsm_search_free)

G_END_DECLS
