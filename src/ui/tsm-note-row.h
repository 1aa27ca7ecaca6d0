/* TsmNoteRow: the line under a row of a form: what is wrong there, or what the value means.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TSM_TYPE_NOTE_ROW (tsm_note_row_get_type ())
G_DECLARE_FINAL_TYPE (TsmNoteRow, tsm_note_row, TSM, NOTE_ROW, AdwPreferencesRow)

/* @subject: the row above. It gets the look of one without a line below, and of a wrong one. */
GtkWidget *tsm_note_row_new (GtkWidget  *subject);
/* @error: (nullable), @note: (nullable): plain text; the error goes first, without either the line is hidden */
void       tsm_note_row_set (TsmNoteRow *self,
                             const char *error,
                             const char *note);

G_END_DECLS
