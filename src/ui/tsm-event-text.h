/* Text from the wire made fit to be shown: bounded, on one line, searchable, and raw bytes as text or as a hex dump.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message may hold a megabyte on one line, control characters or no text at all; Pango would hang on the first.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSM_EVENT_TEXT_CELL  300         /* characters of one list cell */
#define TSM_EVENT_TEXT_LABEL 400         /* characters of one label */
#define TSM_EVENT_TEXT_LINE  2000        /* characters of one line of raw text */
#define TSM_EVENT_TEXT_RAW   (64 * 1024) /* bytes of raw text or of raw bytes shown */

/* All (transfer full). */
char     *tsm_event_text_dup_line  (const char *text,
                                    gsize       max_chars);
char     *tsm_event_text_dup_raw   (const char *bytes,
                                    gsize       size,
                                    gsize       max_bytes);
char     *tsm_event_text_dup_title (const char *name); /* "current_value" as "Current value" */
char     *tsm_event_text_fold      (const char *text);
gboolean  tsm_event_text_contains  (const char *text,
                                    const char *folded);

G_END_DECLS
