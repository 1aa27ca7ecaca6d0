/* The diagnosis' report as a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui/tsm-report-file.h"

#include <string.h>

/**
 * tsm_report_file_get_format:
 * @name: of a file
 *
 * Returns: the format that its ending asks for
 */
TsmReportFormat
tsm_report_file_get_format (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  return g_str_has_suffix (folded, ".json") ? TSM_REPORT_JSON : TSM_REPORT_MARKDOWN;
}

/**
 * tsm_report_file_dup_name:
 * @now_real: µs since the epoch
 *
 * Returns: (transfer full): a name to begin with, in local time
 */
char *
tsm_report_file_dup_name (gint64 now_real)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_real / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "tickstock-report-%Y-%m-%d-%H%M.md");
}

static void
replaced_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * tsm_report_file_save_async:
 * @file: where to
 * @text: what
 * @cancellable: (nullable):
 * @callback: (scope async):
 * @user_data: for @callback
 *
 * Writes without waiting for the disk.
 */
void
tsm_report_file_save_async (GFile               *file,
                            const char          *text,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GBytes) bytes = NULL;
  GTask *task;

  g_return_if_fail (G_IS_FILE (file) && text != NULL);

  bytes = g_bytes_new (text, strlen (text));
  task = g_task_new (file, cancellable, callback, user_data);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, replaced_cb,
                                       task);
}

/**
 * tsm_report_file_save_finish:
 * @result: of the callback
 * @error: (out) (optional): why it could not be written
 *
 * Returns: whether it was written
 */
gboolean
tsm_report_file_save_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
