/* TsmWelcomePage: the first page: connect, or try the demo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "profiles/tsm-profile-store.h"

G_BEGIN_DECLS

#define TSM_TYPE_WELCOME_PAGE (tsm_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (TsmWelcomePage, tsm_welcome_page, TSM, WELCOME_PAGE, AdwBin)

/* Signal "connect-to" (TsmProfile): a profile made of what was typed, valid in itself.
 * Its buttons and rows activate "win.switch-to", "win.add-connection", "win.import-connections" and "win.demo". */

void tsm_welcome_page_set_store    (TsmWelcomePage     *self,
                                    TsmProfileStore    *store);

void tsm_welcome_page_set_url      (TsmWelcomePage     *self,
                                    const char         *url);
void tsm_welcome_page_set_error    (TsmWelcomePage     *self,
                                    const char         *message); /* (nullable) */
void tsm_welcome_page_focus        (TsmWelcomePage     *self);

G_END_DECLS
