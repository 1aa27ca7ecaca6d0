/* What the process holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/tsm-test-usage.h"

#include <malloc.h>

static guint
count_entries (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  guint n = 0;

  g_assert_no_error (error);
  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

TsmTestUsage
tsm_test_usage_get (void)
{
  return (TsmTestUsage) {
    .n_fds = count_entries ("/proc/self/fd"),
    .n_threads = count_entries ("/proc/self/task"),
    .heap = mallinfo2 ().uordblks,
  };
}
