/* TsmApplication: options, actions and shortcuts of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "profiles/tsm-arguments.h"

G_BEGIN_DECLS

#define TSM_TYPE_APPLICATION (tsm_application_get_type ())
G_DECLARE_FINAL_TYPE (TsmApplication, tsm_application, TSM, APPLICATION, AdwApplication)

TsmApplication *tsm_application_new (void);
int             tsm_application_run (TsmApplication *self,
                                     TsmArguments   *arguments);

G_END_DECLS
