/* TsmDraftField: joins a part of a draft to the row of the form that shows it, with the line of its fault under it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-profile-draft.h"

G_BEGIN_DECLS

typedef enum
{
  TSM_DRAFT_FIELD_TEXT,
  TSM_DRAFT_FIELD_NUMBER,
  TSM_DRAFT_FIELD_URL,
  TSM_DRAFT_FIELD_PASSWORD,
  TSM_DRAFT_FIELD_FILE,
  TSM_DRAFT_FIELD_SWITCH,
  TSM_DRAFT_FIELD_COLOUR,
  TSM_DRAFT_FIELD_TRANSPORT,
  TSM_DRAFT_FIELD_PIN,
} TsmDraftFieldKind;

#define TSM_TYPE_DRAFT_FIELD (tsm_draft_field_get_type ())
G_DECLARE_FINAL_TYPE (TsmDraftField, tsm_draft_field, TSM, DRAFT_FIELD, GObject)

/* @container: an #AdwPreferencesGroup or an #AdwExpanderRow, which gets the row and its line; the field lives as long as they do.
 * @editable: FALSE: to be read only. Returns: (transfer none) */
TsmDraftField *tsm_draft_field_add      (GtkWidget         *container,
                                         TsmProfileDraft   *draft,
                                         TsmDraftPart       part,
                                         TsmDraftFieldKind  kind,
                                         gboolean           editable);
GtkWidget     *tsm_draft_field_get_row  (TsmDraftField     *self);
/* @note: (nullable): said in place of the note that the draft has */
void           tsm_draft_field_set_note (TsmDraftField     *self,
                                         const char        *note);

G_END_DECLS
