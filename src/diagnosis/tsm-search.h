/* TsmSearch: listens to all that looks like our channels, for near misses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"
#include "diagnosis/tsm-search-patterns.h"

G_BEGIN_DECLS

typedef struct _TsmSearch TsmSearch;

/* Begins at once. @found: (nullable): names that are heard in any case. @n_listeners: (nullable): raised by as many listeners as we are
 * on the control channel meanwhile */
TsmSearch  *tsm_search_new          (TsmProfile         *profile,
                                     gboolean            deep,
                                     const char * const *found,
                                     guint              *n_listeners);
void        tsm_search_free         (TsmSearch      *self);

char       *tsm_search_dup_pattern  (TsmSearch      *self); /* (transfer full) (nullable): the first that was granted, for people */
gboolean    tsm_search_spares_control (TsmSearch    *self); /* whether it is not heard, although the pattern matches it */
gboolean    tsm_search_is_settled   (TsmSearch      *self); /* whether it listens, or will not */
gint64      tsm_search_get_since    (TsmSearch      *self); /* monotonic µs since which it hears all that it searches; 0 while it does not */
gboolean    tsm_search_listens_by_name (TsmSearch   *self,
                                        const char  *channel); /* to one of our channels, which its patterns do not match */
guint       tsm_search_get_n_links  (TsmSearch      *self); /* connections that it has */
guint64     tsm_search_get_n_heard  (TsmSearch      *self); /* messages of any kind, each once */
gint64      tsm_search_get_start    (TsmSearch      *self); /* monotonic µs, 0 while nothing was granted */
GPtrArray  *tsm_search_finish       (TsmSearch      *self,
                                     gint64          now); /* (transfer full) (element-type TsmNearMiss) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSearch, tsm_search_free)

G_END_DECLS
