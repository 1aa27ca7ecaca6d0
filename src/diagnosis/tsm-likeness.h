/* How much a channel looks like one of ours, and whether it is one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much @channel looks like @wanted, 0–1; @difference (out) (optional) (nullable): translated, a constant. */
double   tsm_likeness        (const char  *channel,
                              const char  *wanted,
                              const char **difference);
/* Which of @wanted @channel was meant to be; the first where it is like none. Both (out) are optional. */
guint    tsm_find_most_alike (const char * const  *wanted,
                              const char          *channel,
                              double              *likeness,
                              const char         **difference);
/* Whether a pattern of Redis (*, ?, [a-z], \) matches. */
gboolean tsm_pattern_matches (const char  *pattern,
                              const char  *text);

G_END_DECLS
