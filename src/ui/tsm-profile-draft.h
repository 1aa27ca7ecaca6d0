/* TsmProfileDraft: a profile while it is typed: the text of every part of the form, and what is wrong with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     URL ◂──▸ transport, host, port, path, sentinels, service, user, password, database
 *
 * Either side may be typed; the other follows as soon as what was typed is legal. Nothing that is typed is lost by an error.
 */

#pragma once

#include "ui/tsm-draft-part.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_DRAFT (tsm_profile_draft_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileDraft, tsm_profile_draft, TSM, PROFILE_DRAFT, GObject)

/* Signal "changed" (): a text, an error or a note differs. */

TsmProfileDraft   *tsm_profile_draft_new             (TsmProfile         *profile);
/* Names that other profiles have. */
void               tsm_profile_draft_set_taken       (TsmProfileDraft    *self,
                                                      const char * const *names);
const char        *tsm_profile_draft_get_text        (TsmProfileDraft    *self,
                                                      TsmDraftPart        part);
void               tsm_profile_draft_set_text        (TsmProfileDraft    *self,
                                                      TsmDraftPart        part,
                                                      const char         *text);
const char        *tsm_profile_draft_get_error       (TsmProfileDraft    *self,
                                                      TsmDraftPart        part); /* (nullable), translated */
char              *tsm_profile_draft_dup_note        (TsmProfileDraft    *self,
                                                      TsmDraftPart        part); /* (nullable), translated: what the value means */
gboolean           tsm_profile_draft_is_used         (TsmProfileDraft    *self,
                                                      TsmDraftPart        part); /* by the present transport */
TsmDraftTransport  tsm_profile_draft_get_transport   (TsmProfileDraft    *self);
void               tsm_profile_draft_settle_url      (TsmProfileDraft    *self); /* writes the URL anew, its password hidden */
char              *tsm_profile_draft_dup_fault       (TsmProfileDraft    *self); /* (nullable): the first thing that is wrong */
gboolean           tsm_profile_draft_is_changed      (TsmProfileDraft    *self);
gboolean           tsm_profile_draft_is_part_changed (TsmProfileDraft    *self,
                                                      TsmDraftPart        part);
void               tsm_profile_draft_load_password   (TsmProfileDraft    *self,
                                                      const char         *password); /* (nullable): that was kept */
TsmProfile        *tsm_profile_draft_dup_profile     (TsmProfileDraft    *self); /* (nullable): NULL while there is a fault */

G_END_DECLS
