/* The diagnosis' report as a file: its name, its format by the name, and the way to the disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "diagnosis/tsm-diagnosis-report.h"

G_BEGIN_DECLS

/* JSON for names that end in ".json", in any case; else Markdown. */
TsmReportFormat tsm_report_file_get_format (const char          *name);
char           *tsm_report_file_dup_name   (gint64               now_real); /* "tickstock-report-2026-03-02-1405.md" */

/* Replaces what is there. @text is copied. */
void            tsm_report_file_save_async  (GFile               *file,
                                             const char          *text,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean        tsm_report_file_save_finish (GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
