/* TsmSeverityChip: a severity as a small tinted pill with a mark and a word, so that colour is never the only sign.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "events/tsm-event.h"

G_BEGIN_DECLS

#define TSM_TYPE_SEVERITY_CHIP (tsm_severity_chip_get_type ())
G_DECLARE_FINAL_TYPE (TsmSeverityChip, tsm_severity_chip, TSM, SEVERITY_CHIP, AdwBin)

GtkWidget *tsm_severity_chip_new          (void);
void       tsm_severity_chip_set_severity (TsmSeverityChip *self,
                                           TsmSeverity      severity);

G_END_DECLS
