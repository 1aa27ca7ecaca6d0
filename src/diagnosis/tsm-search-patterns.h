/* What a search listens to, as patterns of PSUBSCRIBE.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "redis/tsm-profile.h"

G_BEGIN_DECLS

/**
 * TsmSearchWidth:
 * @TSM_SEARCH_ALL: every channel of the server, but for the control channel, where we would count as a listener
 * @TSM_SEARCH_FAMILY: whatever begins like our channels, but for the control channel
 * @TSM_SEARCH_PERMITTED: what an access list of the least rights names, word by word
 * @TSM_SEARCH_PREFIX: what a wider one may name
 *
 * From the widest to what is asked for last.
 */
typedef enum
{
  TSM_SEARCH_ALL,
  TSM_SEARCH_FAMILY,
  TSM_SEARCH_PERMITTED,
  TSM_SEARCH_PREFIX,
} TsmSearchWidth;

/* (transfer full): what to listen to; the first @n_searched (out) are what is searched, and behind them stand those of our own channels
 * that are not among it, without which they could not be counted */
char **tsm_search_dup_patterns (TsmProfile         *profile,
                                TsmSearchWidth      width,
                                const char * const *found,      /* (nullable): names of others that are to be heard all the same */
                                guint              *n_searched);

/* Adds patterns that match all that begins with @prefix but @left_out; each name is matched by one of them only. */
void   tsm_search_add_all_but  (GPtrArray      *patterns,
                                const char     *prefix,
                                const char     *left_out);

G_END_DECLS
