/* How long to wait before the next attempt: exponential, with full jitter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint tsm_backoff_get_delay (guint  n_attempts,
                             double random,
                             guint  min_ms,
                             guint  max_ms);

G_END_DECLS
