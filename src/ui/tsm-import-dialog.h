/* TsmImportDialog: connections from a file or from pasted text, looked at before they are added.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "ui/tsm-session.h"

G_BEGIN_DECLS

#define TSM_TYPE_IMPORT_DIALOG (tsm_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TsmImportDialog, tsm_import_dialog, TSM, IMPORT_DIALOG, AdwWindow)

/* Returns: (transfer none) */
TsmImportDialog *tsm_import_dialog_present (GtkWindow  *parent,
                                            TsmSession *session);

G_END_DECLS
