/* Times on the wire: ISO 8601 and epoch numbers to µs, and µs to ISO 8601. The local time zone plays no part.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tsm_time_parse       (const char *text,
                               gint64     *time);
gboolean tsm_time_from_number (double      number,
                               gint64     *time);
char    *tsm_time_format      (gint64      time,
                               gboolean    naive);

G_END_DECLS
