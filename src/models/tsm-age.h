/* How long ago, in the words of people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Both (transfer full) and translated; @age_us in µs, negative taken as 0. */
char *tsm_format_age (gint64 age_us); /* "2 s", "4 min 12 s", "2 d 3 h" */
char *tsm_format_ago (gint64 age_us); /* "just now", "2 s ago" */

G_END_DECLS
