/* TsmSourceChooser: one engine, or all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/tsm-source-list.h"

G_BEGIN_DECLS

#define TSM_TYPE_SOURCE_CHOOSER (tsm_source_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TsmSourceChooser, tsm_source_chooser, TSM, SOURCE_CHOOSER, AdwBin)

/* Signal "chosen" (): the choice changed. */
void        tsm_source_chooser_set_sources (TsmSourceChooser *self,
                                            TsmSourceList    *sources); /* (nullable) */
const char *tsm_source_chooser_get_source  (TsmSourceChooser *self);    /* (nullable): NULL is all */

G_END_DECLS
