/* TsmProfileForm: the fields of a connection, in groups.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-profile-draft.h"

G_BEGIN_DECLS

#define TSM_TYPE_PROFILE_FORM (tsm_profile_form_get_type ())
G_DECLARE_FINAL_TYPE (TsmProfileForm, tsm_profile_form, TSM, PROFILE_FORM, AdwBin)

GtkWidget *tsm_profile_form_new               (TsmProfileDraft *draft,
                                               gboolean         editable);
/* Gives the focus to the field that one begins with. */
void       tsm_profile_form_begin             (TsmProfileForm  *self);
/* @note: where the password is kept; plain, translated */
void       tsm_profile_form_set_password_note (TsmProfileForm  *self,
                                               const char      *note);

G_END_DECLS
