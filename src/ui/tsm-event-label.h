/* Labels for text from the wire: plain, bounded, without hyphens that were not sent, and cheap to lay out whatever they hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Characters of a word that a wrapping label may hold. Breaking a long word takes Pango a time that grows with the square of
 * its length: 35 ms for 120 characters, where a list may have hundreds of labels. */
#define TSM_EVENT_LABEL_WORD      80
#define TSM_EVENT_LABEL_WORD_MANY 40 /* in lists of many rows */

GtkWidget *tsm_event_label_new (const char *text,
                                const char *css_class); /* (nullable) */
/* Wraps, or shows one ellipsized line where a word is longer than @max_word. Does nothing where @text is shown already. */
void       tsm_event_label_set (GtkLabel   *label,
                                const char *text,
                                guint       max_word);

G_END_DECLS
