/* TsmSearch: listens to all that looks like our channels, for near misses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "diagnosis/tsm-examination.h"

G_BEGIN_DECLS

typedef struct _TsmSearch TsmSearch;

/**
 * TsmSearchWidth:
 * @TSM_SEARCH_ALL: every channel of the server
 * @TSM_SEARCH_FAMILY: whatever begins like our channels, but for the control channel, where we would count as a listener
 * @TSM_SEARCH_PERMITTED: what an access list of the least rights names, word by word
 */
typedef enum
{
  TSM_SEARCH_ALL,
  TSM_SEARCH_FAMILY,
  TSM_SEARCH_PERMITTED,
} TsmSearchWidth;

/* (transfer full): the patterns to listen to */
char      **tsm_search_dup_patterns (TsmProfile     *profile,
                                     TsmSearchWidth  width);

/* Begins at once. @n_listeners: (nullable): raised by as many listeners as we are on the control channel meanwhile */
TsmSearch  *tsm_search_new          (TsmProfile     *profile,
                                     gboolean        deep,
                                     guint          *n_listeners);
void        tsm_search_free         (TsmSearch      *self);

const char *tsm_search_get_pattern  (TsmSearch      *self); /* (nullable): the first that was granted */
guint       tsm_search_get_n_links  (TsmSearch      *self); /* connections that it has */
guint64     tsm_search_get_n_heard  (TsmSearch      *self); /* messages of any kind, each once */
gint64      tsm_search_get_start    (TsmSearch      *self); /* monotonic µs, 0 while nothing was granted */
GPtrArray  *tsm_search_finish       (TsmSearch      *self,
                                     gint64          now); /* (transfer full) (element-type TsmNearMiss) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsmSearch, tsm_search_free)

G_END_DECLS
