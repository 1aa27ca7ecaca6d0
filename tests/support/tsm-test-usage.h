/* What the process holds: to see that what is done a thousand times leaves nothing behind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @heap: bytes in use in the main thread's arena; always 0 where a sanitizer has taken the place of malloc() */
typedef struct
{
  guint n_fds;
  guint n_threads;
  gsize heap;
} TsmTestUsage;

TsmTestUsage tsm_test_usage_get (void);

G_END_DECLS
