/* What several models share: texts that change, names for people, the time of an event, rows that leave a list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

/* Both return whether the value is another than before. */
gboolean  tsm_text_assign       (char              **field,
                                 const char         *value);
gboolean  tsm_strv_assign       (char             ***field,
                                 const char * const *value);
gboolean  tsm_text_is_blank     (const char         *text); /* NULL or "" */
char     *tsm_text_dup_title    (const char         *name); /* "Pattern detection" for pattern_detection */
gint64    tsm_event_get_time    (TsmEvent           *event); /* µs since the epoch, the source's where it is believable */

typedef gboolean (*TsmRowFunc)  (gpointer            row,
                                 gpointer            user_data);

void      tsm_model_remove_rows (GListModel         *model,
                                 GPtrArray          *rows,
                                 TsmRowFunc          is_leaving,
                                 gpointer            user_data);

G_END_DECLS
